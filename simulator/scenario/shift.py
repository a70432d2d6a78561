"""A shift as its author writes it: an agenda, and a queue drawn from other scenario files.

What is stored with an attempt must replay without those files: the text of a loaded shift is a bundle of its own text
and theirs (`bundled`), and the loader reads either.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.model import Card, ScenarioDocument, ScenarioTest, Sheet
from simulator.scenario.moves import AsIn, Move, Speak, Turn
from simulator.scenario.scenario import Scenario
from simulator.scenario.sections.shift import FILE, Interval, Shift, ShiftContact, minutes_of
from simulator.scenario.values import Hour, Id, Model, Text
from simulator.source.diagnostics import suggest

CHANNEL = "shift"

Find = Callable[[str], str | None]
"""The text of a scenario file by its path below the scenarios, without its ending; None: there is none."""

Mistake = tuple[str, tuple[str | int, ...], dict[str, str]]
"""A diagnostic's code, where it is, and its values."""

_BUNDLE = '{"files":'

_UNFIT = ("chat", "email", "outbound", "social", CHANNEL)
"""Channels whose desk is an inbox, a list or a queue of its own: they fill a shift by themselves."""


class ShiftDocument(Model):
    """A whole file of a shift. `clock`: when the attempt begins, at the beginning of the shift or a little before."""

    scenario: Id
    title: Text
    summary: Text | None = None
    minutes: Annotated[int, Field(ge=1, le=60)] = 25
    channel: Literal["shift"]
    difficulty: Annotated[int, Field(ge=1, le=5)] = 2
    clock: Hour
    agent: Text
    pass_mark: Annotated[int, Field(ge=1, le=100)] = 80
    briefing: Text
    knowledge: tuple[Card, ...] = ()
    shift: Shift
    contacts: dict[Id, ShiftContact] = Field(min_length=1)
    tests: tuple[ScenarioTest, ...] = ()


def bundled(text: str, files: Mapping[str, str]) -> str:
    """The one text of a shift and of the files that it names."""
    return json.dumps({"files": dict(sorted(files.items())), "shift": text}, ensure_ascii=False, separators=(",", ":"))


def unbundled(text: str) -> tuple[str, Mapping[str, str]] | None:
    """The text of the shift and those of its files, by name; None: the text is no bundle."""
    if not text.startswith(_BUNDLE):
        return None
    try:
        read = json.loads(text)
        return str(read["shift"]), {str(name): str(file) for name, file in read["files"].items()}
    except (ValueError, KeyError, AttributeError):
        return None


def names_in(text: bytes) -> tuple[str, ...]:
    """The files that a shift's text may name, without reading it as YAML: at least all that it names, in any order. Of
    other scenarios, none."""
    if not re.search(rb"^channel:\s*[\"']?shift\b", text, re.M):
        return ()
    found = re.findall(rb"scenario:\s*[\"']?([a-z0-9/-]+)", text)
    return tuple(sorted({name.decode() for name in found if re.match(FILE, name.decode())}))


def check_hours(doc: ShiftDocument) -> Iterator[Mistake]:
    """What must be right about the hours: inside the shift, apart from each other, in order."""
    begins, ends = doc.shift.begins, doc.shift.ends
    if ends <= begins:
        yield _beyond("ends", ("shift", "ends"), ends, begins)
        return
    if doc.clock > begins:
        yield _beyond("clock", ("clock",), doc.clock, begins)
    placed: list[tuple[int, int, Interval]] = []
    for key, intervals in (("breaks", doc.shift.breaks), ("activities", doc.shift.activities)):
        for index, own in enumerate(intervals):
            here = ("shift", key, index)
            since = minutes_of(own.begins)
            until = since + own.minutes
            if own.begins < begins or until > minutes_of(ends):
                limit = begins if own.begins < begins else ends
                yield _beyond("from", (*here, "from"), own.begins, limit)
            other = next((other for a, b, other in placed if since < b and a < until), None)
            if other is not None:
                yield "shift-overlap", here, {"title": own.title, "other": other.title}
            placed.append((since, until, own))
    for id, contact in doc.contacts.items():
        if not doc.clock <= contact.at < ends:
            limit = doc.clock if contact.at < doc.clock else ends
            yield _beyond("at", ("contacts", id, "at"), contact.at, limit)


def why_unfit(doc: ScenarioDocument) -> str | None:
    """The channel on account of which a scenario cannot be part of a queue, or None when it can."""
    return doc.channel if doc.channel in _UNFIT or doc.contacts else None


def check_scripts(doc: ShiftDocument, parts: Mapping[str, ScenarioDocument]) -> Iterator[Mistake]:
    """Moves that name what is not there: a contact, or a test of a contact's own scenario."""
    for number, test in enumerate(doc.tests):
        at = next(iter(doc.contacts))
        for index, move in enumerate(test.do):
            here = ("tests", number, "do", index)
            if isinstance(move, Turn):
                at = move.contact
            known: Sequence[str] = tuple(doc.contacts)
            if isinstance(move, Turn) and at not in known:
                yield "scenario-unknown-contact", here, {"name": at, "suggestion": suggest(at, known) or ""}
            elif isinstance(move, AsIn) and at in parts:
                known = tuple(test.name for test in parts[at].tests)
                if move.test not in known:
                    yield "scenario-bad-choice", here, _choice(move.test, known)


def as_queued(doc: ShiftDocument, own: Scenario) -> Scenario:
    """A contact's scenario as the shift has it: its hour, its agent (in the scripts too) and its difficulty; the
    briefing of its file is the first card of its knowledge."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in own.doc.briefing.split("\n\n"))
    line = Card(id="line", title=own.doc.company.name, body="\n\n".join(paragraphs))
    written = {
        "clock": _text(doc.clock),
        "agent": doc.agent,
        "difficulty": doc.difficulty,
        "knowledge": (line, *own.doc.knowledge),
        "tests": tuple(_renamed(test, own.doc.agent, doc.agent) for test in own.doc.tests),
    }
    return replace(own, doc=own.doc.model_copy(update=written))


def shell(doc: ShiftDocument, first: ScenarioDocument) -> ScenarioDocument:
    """The shift as everything sees it that asks for a scenario's title, briefing and marks. Nobody speaks in it: who
    comes is in the scenarios of the contacts; company and country are the first one's."""
    written: dict[str, object] = {
        "scenario": doc.scenario,
        "title": doc.title,
        "summary": doc.summary,
        "minutes": doc.minutes,
        "channel": CHANNEL,
        "difficulty": doc.difficulty,
        "clock": _text(doc.clock),
        "agent": doc.agent,
        "pass_mark": doc.pass_mark,
        "briefing": doc.briefing,
        "knowledge": doc.knowledge,
        "tests": doc.tests,
        "account": None,
        "sheet": Sheet(),
        "people": (),
        "colleagues": (),
        "protocol": {},
        "required": (),
        "steps": {},
        "reactions": (),
        "ends": {},
        "side_conversation": None,
    }
    return first.model_copy(update=written)


def _renamed(test: ScenarioTest, before: str, now: str) -> ScenarioTest:
    """A test of a contact's own, said by the agent of the shift."""
    pairs = [(before, now), (before.split()[0], now.split()[0])]

    def said(move: Move) -> Move:
        if not isinstance(move, Speak):
            return move
        text = move.text
        for old, new in pairs:
            text = re.sub(rf"\b{re.escape(old)}\b", new, text)
        return replace(move, text=text)

    return test.model_copy(update={"do": tuple(said(move) for move in test.do)})


def _choice(value: str, choices: Sequence[str]) -> dict[str, str]:
    return {"value": value, "choices": ", ".join(choices), "suggestion": suggest(value, choices) or ""}


def _beyond(key: str, path: tuple[str | int, ...], value: time, limit: time) -> Mistake:
    return "scenario-out-of-range", path, {"key": key, "value": _text(value), "limit": _text(limit)}


def _text(hour: time) -> str:
    return f"{hour:%H:%M}"
