"""What goes into the store and what comes out of it. Importing this module costs nothing: no database library.

Times are aware `datetime`s and come from outside, as do all ids; the store reads no clock and draws no chance.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from simulator.errors import TercerTimbreError

SEED_LIMIT = 2**63  # a seed is stored as a signed 64-bit integer, by SQLite and PostgreSQL alike


SEALED = "sealed"
SUBMITTED = "submitted"
"""What is signed about an attempt (`statements`): that its log is closed; that its trainee hands it over."""
ERASED = "erased"
"""What is signed about an attempt that is no more (`erasure`)."""


class Mode(StrEnum):
    """Practice is private until it is submitted; an exam is not."""

    PRACTICE = "practice"
    EXAM = "exam"


class Status(StrEnum):
    """Where an attempt stands. The last three are final."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"

    @property
    def open(self) -> bool:
        """True while events may still be appended."""
        return self in (Status.RUNNING, Status.PAUSED)


class TextKind(StrEnum):
    """What a text that is kept by its hash is."""

    SCENARIO = "scenario"
    PROTOCOL = "protocol"
    EXAM = "exam"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProfile:
    """A person at this desk. `pseudonym` is the id that exports show in place of the name; it never changes."""

    id: str
    name: str
    pseudonym: str
    created_at: datetime

    def __post_init__(self) -> None:
        _demand_aware(self.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A stored profile. Two people may bear the same name: the id tells them apart."""

    id: str
    name: str
    pseudonym: str
    created_at: datetime
    archived: bool


def named_person(people: Iterable[Profile], named: str) -> Profile:
    """The one of these people with that pseudonym, else with that name, capitals or not.

    Errors: person-unknown; person-ambiguous with the `pseudonyms` of those who bear the name.
    """
    everybody = list(people)
    found = [it for it in everybody if it.pseudonym == named] or [
        it for it in everybody if it.name.casefold() == named.strip().casefold()
    ]
    if not found:
        raise TercerTimbreError("person-unknown", name=named)
    if len(found) > 1:
        pseudonyms = ", ".join(it.pseudonym for it in found)
        raise TercerTimbreError("person-ambiguous", name=named, pseudonyms=pseudonyms)
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttempt:
    """An attempt as it begins. The two hashes are what `put_text` and `put_files` returned.

    `title` is the scenario's, kept so that a list of attempts needs no YAML. `software` is this program's version.
    A fork names the attempt it came from and `at_seq`, the seq of the last event it shares with that attempt.
    """

    id: str
    profile: str
    scenario: str
    title: str
    scenario_hash: str
    protocol_hash: str
    seed: int
    mode: Mode
    hints: bool
    difficulty: int
    channel: str
    started_at: datetime
    software: str
    forked_from: str | None = None
    at_seq: int | None = None

    def __post_init__(self) -> None:
        _demand_aware(self.started_at)
        if not -SEED_LIMIT <= self.seed < SEED_LIMIT:
            raise ValueError(f"seed {self.seed} does not fit in 64 bits")
        if (self.forked_from is None) != (self.at_seq is None):
            raise ValueError("a fork has both forked_from and at_seq, any other attempt neither")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptSummary:
    """A stored attempt without its events.

    `score` (0–100, whole) and `result` are those of the scorecard it was finished with; None before; `final_…`: with
    what people decided since. `events` counts
    the stored events; `submitted`: its trainee handed it over. It is attempt `number` of `total` of this profile at
    this scenario, forks included, oldest first.
    """

    id: str
    profile: str
    scenario: str
    title: str
    scenario_hash: str
    protocol_hash: str
    seed: int
    mode: Mode
    hints: bool
    difficulty: int
    channel: str
    started_at: datetime
    software: str
    forked_from: str | None
    at_seq: int | None
    status: Status
    ended_at: datetime | None
    score: int | None
    result: str | None
    final_score: int | None
    final_result: str | None
    events: int
    number: int
    total: int
    submitted: bool

    @property
    def submittable(self) -> bool:
        """Whether its trainee may hand it over: practice with marks, finished or broken off, no fork."""
        closed = self.status in (Status.FINISHED, Status.ABANDONED) and self.mode is Mode.PRACTICE
        return closed and self.result is not None and self.at_seq is None and not self.submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScorecard:
    """One scoring of an attempt: canonical JSON, under the protocol with that hash. `ordinal` counts from 0."""

    attempt: str
    ordinal: int
    protocol_hash: str
    created_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a trainee has typed and not yet sent in one contact of an attempt, and the notes not yet saved."""

    text: str
    notes: Mapping[str, str]


def _demand_aware(moment: datetime) -> None:
    """Refuse a time without a zone: a mistake of the caller, not of the user."""
    if moment.tzinfo is None:
        raise ValueError("times in the store need a zone")


MOMENT_WIDTH = 27
"""Characters of a moment in the store."""


def write_moment(moment: datetime) -> str:
    """UTC in ISO 8601 with six decimals always, so that the order of the texts is the order of the times."""
    _demand_aware(moment)
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """The inverse of `write_moment`, in UTC."""
    return datetime.fromisoformat(text)
