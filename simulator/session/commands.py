"""What may be asked of a session: imperatives, each at its session time in milliseconds."""

from dataclasses import dataclass, field
from typing import Literal

from simulator.session.events import ExamRules, Intensity, Recognised


@dataclass(frozen=True, slots=True)
class Start:
    """Begins the attempt. `attempt`: its id, chosen outside; hashes: of the stored scenario and protocol texts; `exam`:
    the rules of the exam that it is a try of, which has no hints."""

    at: int
    attempt: str
    seed: int
    agent: str
    scenario_hash: str = ""
    protocol_hash: str = ""
    difficulty: int | None = None
    hints: bool = False
    mode: Literal["practice", "exam"] = "practice"
    software: str = ""
    intensity: Intensity = "full"
    exam: ExamRules | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """The agent's words, to whoever is on the line. `at`: when they are all said or sent. `voice`: what was measured of
    a spoken reply (`simulator.session.events.AgentSpoke`); `recognised`: what a recogniser made of it."""

    at: int
    text: str
    contact: str = "c1"
    takes_ms: int = 0
    interrupt: bool = False
    voice: tuple[tuple[str, int], ...] = ()
    recognised: Recognised | None = None


@dataclass(frozen=True, slots=True)
class Interrupt:
    """The agent's voice has sounded over the other's line since `began` (ms of session time): sent when it has lasted
    longer than the grace time, while it goes on. The words follow as a `Say`."""

    at: int
    began: int
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class Type:
    """A key arrived in the reply field, or the agent's voice sounds: the floor is held."""

    at: int
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the channel, checked by the channel's own table."""

    at: int
    name: str
    args: tuple[tuple[str, str], ...] = field(default=())
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class TellSide:
    """The agent's words to the colleague across the desk, not to the line."""

    at: int
    text: str
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The shell rendered the line `spoken` (its seq) and knows how long it lasts."""

    at: int
    spoken: int
    lasts_ms: int
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class EndLine:
    """The line `spoken` (its seq) is over, now."""

    at: int
    spoken: int
    contact: str = "c1"


@dataclass(frozen=True, slots=True)
class PassTime:
    """Nothing but time. Sent at each deadline, and at least every five seconds."""

    at: int


@dataclass(frozen=True, slots=True)
class Pause:
    at: int
    why: Literal["asked", "gap"] = "asked"


@dataclass(frozen=True, slots=True)
class NoticeGap:
    """The shell was away for `lasts_ms` until now, and in an exam time ran on."""

    at: int
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class ShowCaptions:
    """The shell shows the customer's words from now on, because their voice cannot be heard well enough."""

    at: int


@dataclass(frozen=True, slots=True)
class Continue:
    at: int


@dataclass(frozen=True, slots=True)
class Finish:
    """Ends the attempt after the contact's end; before it, abandons it."""

    at: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Leaves without penalty: the attempt is not scored."""

    at: int


Command = (
    Start
    | Say
    | Interrupt
    | Type
    | Act
    | TellSide
    | TimeLine
    | EndLine
    | PassTime
    | Pause
    | NoticeGap
    | ShowCaptions
    | Continue
    | Finish
    | Withdraw
)
