"""The scorecard: what was met and missed, with the proof of each, as stored and as `--json` prints it.

Version 1. Whole numbers only: `score` is a whole per cent, rounded half up. Reasons are a code with values;
`simulator.wording` says them in Spanish.
"""

from dataclasses import dataclass
from typing import Literal

Result = Literal["passed", "failed", "pending", "incomplete", "not-scored"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote (`start`, `end` in code points of the text of event `event`), or, with an empty quote, an act or the
    moment where something should have been. `at_ms`: when."""

    event: int
    at_ms: int
    quote: str = ""
    start: int = 0
    end: int = 0
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One checkpoint of the card. `reason`: a code; `args`: its values as text; `model`: better wording or "";
    `rule`: the pattern, detector or clock that decided."""

    id: str
    phase: str
    title: str
    critical: bool
    weight: int
    verdict: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    reason: str = ""
    args: tuple[tuple[str, str], ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class MoodPoint:
    """The customer's mood after event `event`; `replies` are the scenario's replies that moved it; `contact`: whose
    mood it is."""

    event: int
    at_ms: int
    mood: int
    replies: tuple[str, ...] = ()
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a contact ended. `customer`: their name; `end` None: it did not."""

    contact: str
    customer: str
    end: str | None
    end_good: bool
    end_title: str


@dataclass(frozen=True, slots=True)
class ShiftContact:
    """How it went with one who came in a shift. `score`: of this contact alone, or None; `waited_ms`: from their coming
    until they were attended or gave up; `handled_ms`: from the offer to the end, 0 when nobody attended;
    `after_call_ms`: of the work after it."""

    contact: str
    outcome: Literal["handled", "unanswered", "abandoned", "not-come"]
    score: int | None
    waited_ms: int
    handled_ms: int
    after_call_ms: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift in figures. `scheduled_ms`, `adhered_ms`: of its minutes, and of those spent as the agenda had it, with
    `percent` of them (rounded down); averages over those who were handled, of the wait over all who came; `states`:
    the scheduled time by what the agent was doing (`simulator.session.adherence.Span`)."""

    scheduled_ms: int
    adhered_ms: int
    percent: int
    handled: int
    unanswered: int
    abandoned: int
    average_wait_ms: int
    average_handling_ms: int
    average_after_call_ms: int
    states: tuple[tuple[str, int], ...]
    contacts: tuple[ShiftContact, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`score` None: nothing to score. `lowest`/`highest`: the score if every unclear were missed / met. `failed_by`:
    the criticals that failed the attempt. `end` None: no end was reached. `contacts`: how each contact ended. With
    several, a checkpoint is met when it is met in each that gave occasion for it, and missed when it is in one.
    `shift`: its figures, where it is one."""

    scenario: str
    seed: int
    score: int | None
    lowest: int | None
    highest: int | None
    pass_mark: int
    result: Result
    failed_by: tuple[str, ...]
    end: str | None
    end_good: bool
    end_title: str
    checkpoints: tuple[Line, ...]
    moods: tuple[MoodPoint, ...]
    duration_ms: int
    contacts: tuple[Outcome, ...] = ()
    shift: Shift | None = None
