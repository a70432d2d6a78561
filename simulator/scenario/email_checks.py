"""What must be right about an inbox before it can be played: what it needs, names that are on its lists, its dates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from simulator.scenario.model import ScenarioDocument
from simulator.scenario.sections.email import CLASSES, NOT_OURS
from simulator.source.diagnostics import suggest

Mistake = tuple[str, tuple[str | int, ...], dict[str, str]]
"""A diagnostic's code, where it is, and its values."""


def check_inbox(doc: ScenarioDocument) -> Iterator[Mistake]:
    """What the whole file needs for its inbox."""
    if doc.channel != "email":
        return
    if doc.date is None:
        yield _missing("date", ())
    if doc.inbox is None:
        yield _missing("inbox", ())
    elif doc.date is not None and doc.inbox.until <= doc.moment(0):
        yield _beyond("until", ("inbox", "until"), doc.inbox.until, doc.moment(0))
    if doc.letter is not None and doc.date is not None and doc.letter.received > doc.moment(0):
        yield _beyond("received", ("letter", "received"), doc.letter.received, doc.moment(0))


def check_letter(doc: ScenarioDocument) -> Iterator[Mistake]:
    """What each contact needs: a message, and names that the inbox knows."""
    if doc.channel != "email":
        return
    letter, inbox = doc.letter, doc.inbox
    if letter is None:
        yield _missing("letter", ())
        return
    if letter.kind == NOT_OURS and letter.body is None:
        yield _missing("body", ("letter",))
    if inbox is None:
        return
    for key, name, there in (("advisor", letter.advisor, inbox.advisors), ("body", letter.body, inbox.bodies)):
        if name is not None and name not in there:
            yield _choice(name, there, ("letter", key))
    if letter.received >= inbox.until:
        yield _beyond("received", ("letter", "received"), letter.received, inbox.until)


def named_values(doc: ScenarioDocument) -> Mapping[str, Sequence[str]]:
    """What the acts of an inbox may be done with, by act: conditions name them as `act:value`."""
    inbox = doc.inbox
    if doc.channel != "email" or inbox is None:
        return {}
    return {"triage": CLASSES, "assign": inbox.advisors, "forward": inbox.bodies}


def _missing(key: str, path: tuple[str | int, ...]) -> Mistake:
    return "scenario-missing-key", path, {"key": key}


def _choice(value: str, choices: Sequence[str], path: tuple[str | int, ...]) -> Mistake:
    args = {"value": value, "choices": ", ".join(choices), "suggestion": suggest(value, choices) or ""}
    return "scenario-bad-choice", path, args


def _beyond(key: str, path: tuple[str | int, ...], value: datetime, limit: datetime) -> Mistake:
    args = {"key": key, "value": f"{value:{_WRITTEN}}", "limit": f"{limit:{_WRITTEN}}"}
    return "scenario-out-of-range", path, args


_WRITTEN = "%Y-%m-%d %H:%M"
