"""The state of an attempt: what `decide` needs to know, and nothing that the log does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from simulator.session.envelope import Event
from simulator.session.events import AttemptStarted, ExamRules

_NONE: Mapping[str, int] = MappingProxyType({})


class Phase(StrEnum):
    """Where a contact stands."""

    WAITING = "waiting"  # not yet ringing, or ringing
    TALKING = "talking"
    ENDING = "ending"  # an end is reached, the last line is being said
    AFTER = "after"  # the line is dead: after-call work


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line being said, or the last one said. `seq`: of its event."""

    seq: int
    from_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class PartyState:
    """One who talks with the agent and follows steps: the customer, or a consulted colleague.

    `quiet_from`: since when the agent owes an answer (or the line is simply quiet); `typing_from`/`typing_last`: the
    keys of the reply being typed; `fired`: silent and held replies already given since the agent last spoke;
    `interrupted_ms`: how much of their line was left when the agent's voice cut it off, until the words are there.
    """

    step: str = ""
    visits: Mapping[str, int] = field(default_factory=lambda: _NONE)
    turns: int = 0
    spoken: Spoken | None = None
    quiet_from: int = 0
    typing_from: int | None = None
    typing_last: int | None = None
    fired: frozenset[str] = frozenset()
    interrupted_ms: int = 0

    def speaking(self, at: int) -> bool:
        """Whether a line of theirs sounds at `at`."""
        return self.spoken is not None and self.spoken.from_ms <= at < self.spoken.until_ms


@dataclass(frozen=True, slots=True)
class Consultation:
    """A colleague is being called, or talks. `answered_at` None: the area still rings; `failed`: nobody came."""

    area: str
    since_ms: int
    colleague: str = ""
    answered_at: int | None = None
    failed: bool = False
    party: PartyState = PartyState()


@dataclass(frozen=True, slots=True)
class ContactState:
    """One contact. `difficulty`: of the attempt, 1–5.
    `held_since` is set while the customer waits (on hold or during a consultation); `private`: what the agent writes
    next goes to the customer alone, and not under the post where all read it."""

    id: str
    channel: str
    opened_ms: int
    mood: int
    difficulty: int = 0
    phase: Phase = Phase.WAITING
    rings: int = 0
    customer: PartyState = PartyState()
    held_since: int | None = None
    muted: bool = False
    private: bool = False
    consultation: Consultation | None = None
    side_open: bool = False
    side_lines: int = 0
    warned: int | None = None  # seq of the line over which the agent was warned
    heard: frozenset[str] = frozenset()
    replied: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    end: str | None = None
    ended_by: Literal["customer", "agent"] = "customer"
    events: tuple[Event, ...] = ()

    @property
    def party(self) -> PartyState:
        """Who the agent talks with now: the consulted colleague, or the customer."""
        return self.customer if self.consultation is None else self.consultation.party


_EMPTY: Mapping[str, ContactState] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class State:
    """The attempt so far. `started` None: nothing happened yet. `jumps`: seq and size (ms) of the simulated clock's
    leaps; `presences`: seq, session ms and word of each change of the agent's availability in a shift; `marks`: how
    many marks of its agenda were reached; `captions`: in an exam, the customer's words are shown all the same;
    `out_of_time`: its time limit is reached."""

    attempt: str = ""
    started: AttemptStarted | None = None
    next_seq: int = 0
    at_ms: int = 0
    contacts: Mapping[str, ContactState] = field(default_factory=lambda: _EMPTY)
    jumps: tuple[tuple[int, int], ...] = ()
    presences: tuple[tuple[int, int, str], ...] = ()
    marks: int = 0
    paused: bool = False
    captions: bool = False
    out_of_time: bool = False
    ended: str | None = None  # finished, withdrawn, abandoned

    @property
    def jumped_ms(self) -> int:
        """How far the simulated clock is ahead of session time."""
        return sum(ms for _, ms in self.jumps)

    @property
    def exam(self) -> ExamRules | None:
        """The rules of the exam that this is a try of; None: it is practice."""
        return None if self.started is None else self.started.exam

    def left_ms(self, at: int) -> int | None:
        """How much of an exam's time (ms) is left at session time `at`; None where there is no limit."""
        return None if self.exam is None else max(0, self.exam.time_limit_ms - at)

    @property
    def presence(self) -> str:
        """Whether the agent of a shift is available, away (by its reason) or in after-call work; "" before any word."""
        return self.presences[-1][2] if self.presences else ""

    def simulated(self, seq: int, at_ms: int) -> int:
        """When event `seq` of the log happened on the simulated clock, in milliseconds since the start."""
        return at_ms + sum(ms for jump, ms in self.jumps if jump < seq)
