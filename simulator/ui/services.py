"""What the pages show and what they may ask for: plain values, and the interface that `simulator.app` fulfils.

Pages never touch store, files or core: they are shown values and emit signals; the window routes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from simulator.settings import Intensity, Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A person at this desk. `attempts`: how many they have made."""

    id: str
    name: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A scenario of the library. `problems`: its diagnostics as lines; with `broken` it cannot be played.
    `last`: the newest finished attempt of the person, as result code and score (None without one)."""

    id: str
    file: str
    title: str
    summary: str
    channel: str
    difficulty: int
    minutes: int
    broken: bool = False
    problems: tuple[str, ...] = ()
    last_result: str | None = None
    last_score: int | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class ExamEntry:
    """An exam of the library, and how the person stands at it. `minutes`: its time limit; `used` of `tries` are begun;
    `captions`: who needs them may have them; `under_way`: the attempt (its id) that is not over, or ""; `best_result`,
    `best_score`: of the tries that are over. With `broken` it cannot be sat, `problems` say why."""

    id: str
    title: str
    summary: str
    minutes: int
    tries: int
    pass_mark: int
    used: int = 0
    difficulty: int | None = None
    captions: bool = True
    under_way: str = ""
    best_result: str | None = None
    best_score: int | None = None
    file: str = ""
    broken: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint that will be marked. `text`: what meets it, in one sentence."""

    id: str
    title: str
    text: str
    phase: str
    critical: bool
    weight: int


@dataclass(frozen=True, slots=True)
class BriefingView:
    """What is told before a call. `customer`: name or "" while it is not known; `side_chat`: a colleague will be
    talking when the phone rings."""

    id: str
    title: str
    text: str
    channel: str
    company: str
    area: str
    clock: str
    customer: str
    customer_about: str
    difficulty: int
    minutes: int
    pass_mark: int
    cards: tuple[str, ...]
    checkpoints: tuple[CheckpointRow, ...]
    spoken: bool = True
    strong: bool = False
    """Customers use offensive language in it."""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """A stored attempt. `number` of `total` at this scenario; `forked`: lived on from a moment of another;
    `recorded`: sound of it is kept; `submitted`: handed over, which cannot be taken back; `exam`: a try at one."""

    id: str
    scenario: str
    title: str
    started: datetime
    number: int
    total: int
    score: int | None
    result: str | None
    open: bool
    forked: bool
    recorded: bool = False
    submitted: bool = False
    exam: bool = False


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What the trainee chose on the briefing. `record`: both sides of this call are kept as sound."""

    hints: bool
    captions: bool
    difficulty: int
    guided: bool = False
    record: bool = False
    intensity: Intensity | None = None
    """None: nothing was asked about it."""


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the first page needs, fetched in one go off the GUI thread. `unread`: scenario files of the library that
    are still to be read; `folders`: where scenario files may appear."""

    profiles: tuple[ProfileRow, ...] = ()
    library: tuple[LibraryEntry, ...] = ()
    unread: int = 0
    folders: tuple[str, ...] = ()
    attempts: tuple[AttemptRow, ...] = field(default=())
    exams: tuple[ExamEntry, ...] = ()


class Services(Protocol):
    """What the window asks of the program. The slow ones answer by callback on the GUI thread."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""

    def save_settings(self, settings: Settings) -> None:
        """Puts settings in force and keeps them."""

    def glance(self, profile: str | None, success: Callable[[Glance], None]) -> None:
        """Profiles, library and the person's attempts."""

    def add_profile(self, name: str, success: Callable[[ProfileRow], None]) -> None:
        """Adds a person."""

    def briefing(self, scenario: str, success: Callable[[BriefingView], None]) -> None:
        """What is told before a call of that scenario."""

    def delete_attempt(self, attempt: str, success: Callable[[None], None]) -> None:
        """Deletes a practice attempt for good."""
