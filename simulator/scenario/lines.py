"""Every line that somebody of a scenario may say, with whose it is and the name under which it can be recorded."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from simulator.scenario.model import Line, ScenarioDocument, Step

AGENT = "_agent"
"""What stands for the name of whoever answers: a line with it is another line in each call."""


@dataclass(frozen=True, slots=True)
class AuthoredLine:
    """A line where its author wrote it. `speaker`: the name of the customer, of whoever is on the line in their place,
    or the colleague's; `area`: the colleague's, None for the customer; `place`: the step's or the end's id, "" for a
    general reaction; `reply`: the reply's id, "" where it is none; `contact`: the further contact whose line it is,
    or ""; `name`: unique in the scenario for what is said, lower-case ASCII, the stem of a recording's file."""

    line: Line
    speaker: str
    area: str | None
    kind: Literal["step", "reply", "reaction", "end"]
    place: str
    reply: str = ""
    contact: str = ""
    name: str = ""

    @property
    def variants(self) -> tuple[str, str | None, str, str, str]:
        """What it shares with the lines of which one is drawn, and with no others."""
        return (self.contact, self.area, self.kind, self.place, self.reply)

    @property
    def names_agent(self) -> bool:
        """Whether it names the agent, so that no recording of it can be right."""
        return AGENT in self.line.say


def authored_lines(document: ScenarioDocument) -> tuple[AuthoredLine, ...]:
    """All lines in the order of the file, those of further contacts last. A line's name is its id; where several
    different lines have one id (a short `say:` shares its reply's), each is named after its place too: `opening.else`.
    """
    found = [*_all(document)]
    for id in document.contacts:
        own = document.as_of(id).model_copy(update={"colleagues": ()})
        found.extend(replace(line, contact=id) for line in _all(own))
    meanings: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for line in found:
        meanings[line.line.id].add((line.speaker, line.line.say))
    return tuple(
        replace(line, name=line.line.id if len(meanings[line.line.id]) == 1 else _qualified(line)) for line in found
    )


def _all(document: ScenarioDocument) -> Iterator[AuthoredLine]:
    customer = document.customer.name
    yield from _of_steps(document.steps, customer, None)
    for reply in document.reactions:
        yield from (AuthoredLine(line, customer, None, "reaction", "", reply.id) for line in reply.say)
    for id, end in document.ends.items():
        yield from (AuthoredLine(line, customer, None, "end", id) for line in end.say)
    for colleague in document.colleagues:
        yield from _of_steps(colleague.steps, colleague.name, colleague.area)


def _of_steps(steps: Mapping[str, Step], speaker: str, area: str | None) -> Iterator[AuthoredLine]:
    for id, step in steps.items():
        who = step.speaker or speaker
        yield from (AuthoredLine(line, who, area, "step", id) for line in step.customer)
        for reply in step.replies:
            yield from (AuthoredLine(line, who, area, "reply", id, reply.id) for line in reply.say)


def _qualified(line: AuthoredLine) -> str:
    place = line.place or "reactions"
    whose = line.contact if line.area is None else _plain(line.area)
    return ".".join(part for part in (whose, place, line.line.id) if part)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower())
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in letters if not unicodedata.combining(c))).strip("-")
