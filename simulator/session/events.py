"""What happened: the facts of an attempt, in the past tense, as they are stored.

Times are whole milliseconds of session time, moods 0–100. A name or a field, once released, keeps its meaning for ever:
old logs are read back. New fields get a default.
"""

from dataclasses import dataclass
from typing import Literal

Party = Literal["customer", "colleague", "side"]
"""Who hears the agent: the customer, the consulted colleague, or the one who chats across the desk."""

Intensity = Literal["full", "mild"]
"""How strong the customer's language is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one rule found in the agent's turn so far, judged alone. `spans`: (seq of the message, start, end) in
    code points of that message's own text; `missing`: the named elements that were looked for and not found."""

    checkpoint: str
    verdict: str
    spans: tuple[tuple[int, int, int], ...] = ()
    rule: str = ""
    missing: tuple[str, ...] = ()
    reason: str = ""
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExamRules:
    """What an exam lays down for one attempt. `exam`, `title`: its id and name; `exam_hash`: of its text as stored;
    `number`: which try of `tries` this is; `time_limit_ms`: of session time, which no gap stops; `captions`: the
    customer's words are shown, because the trainee needs them for access."""

    exam: str
    exam_hash: str
    title: str
    number: int
    tries: int
    time_limit_ms: int
    pass_mark: int
    captions: bool = False


@dataclass(frozen=True, slots=True)
class AttemptStarted:
    """The attempt and everything that the rest depends on. `agent`: the name that the trainee uses at the desk;
    `intensity`: whether offensive lines are said as they are written, or milder where the author gave a milder one."""

    scenario: str
    scenario_hash: str
    protocol_hash: str
    seed: int
    agent: str
    difficulty: int
    hints: bool = False
    mode: Literal["practice", "exam"] = "practice"
    software: str = ""
    forked_from: str | None = None
    at_seq: int | None = None
    intensity: Intensity = "full"
    exam: ExamRules | None = None


@dataclass(frozen=True, slots=True)
class ContactOpened:
    channel: str
    mood: int


@dataclass(frozen=True, slots=True)
class PhoneRang:
    """Ring `ring` (1, 2, …) begins."""

    ring: int


@dataclass(frozen=True, slots=True)
class RangOut:
    """The number that the agent called rang until the network gave up; `times`: how often by now."""

    times: int


@dataclass(frozen=True, slots=True)
class ColleagueChatted:
    """The colleague across the desk says something while no customer is on the line, or, worse, while one is."""

    line: int
    colleague: str
    text: str


@dataclass(frozen=True, slots=True)
class AgentActed:
    """The agent did something in the channel's panel. `args`: name and value, sorted by name. `marks`: of the notes,
    what the sheet's patterns find in their fields (`sheet:reason`, `sheet:solutions`)."""

    name: str
    args: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentTyped:
    """Keys arrive: the agent holds the floor. Logged about once a second, not per key."""


@dataclass(frozen=True, slots=True)
class InterruptionWarned:
    """Enter was pressed while the customer spoke: the text is kept; a second Enter interrupts."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a recogniser made of a spoken message. `text`: as heard, before the trainee mended it; `words`: start and
    end in code points of `text`, and confidence (0–100), of each word; `reviewed`: the trainee read the text, could
    mend it, and sent it by hand, so that it is their word; `rejected`: the sound did not fit the words found;
    `unheard`: words of this call's names that the recogniser cannot write."""

    text: str
    engine: str = ""
    words: tuple[tuple[int, int, int], ...] = ()
    reviewed: bool = False
    rejected: bool = False
    unheard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentInterrupted:
    """The agent's voice sounds over the line `spoken` (its seq), which is cut off by it. `left_ms`: how much of the
    line was left when the agent began; `over_ms`: how long both spoke at once."""

    spoken: int
    left_ms: int
    over_ms: int


@dataclass(frozen=True, slots=True)
class AgentSpoke:
    """The agent said or sent something. `takes_ms`: how long saying it took, until `at_ms`; `overlap_ms`: how much of
    the other's line was left when the agent began; `heard`: false when the microphone was muted; `marks`: what the
    rules find in the turn, this message included.

    `voice`: measures of a spoken message by name, empty when typed: `wpm`, `sps10` (tenths of syllables a second),
    `pauses`, `pause_ms`, `longest_pause_ms`, `delay_ms`, `fillers`, `dbfs`, `noise_dbfs`, `snr`, `swing` (dB),
    `clipped` (per mille), `tail` (dB, how the line's end differs from its level), `usual_dbfs` (the speaker's own level
    in the microphone check), `confidence` (per cent), `waited_ms` (how long the words waited, to be understood, read
    and sent), `duplex` (0: the microphone was closed while the customer spoke);
    `pause01_at` (ms after the voice begins) and `pause01_ms`, …: where the pauses are."""

    to: Party
    text: str
    takes_ms: int = 0
    overlap_ms: int = 0
    heard: bool = True
    marks: tuple[Mark, ...] = ()
    voice: tuple[tuple[str, int], ...] = ()
    recognised: Recognised | None = None


@dataclass(frozen=True, slots=True)
class CustomerReacted:
    """Replies of the scenario that matched, or what the customer feels at once. `trigger`: turn, act, silent, held,
    interrupted, or took-over (somebody else came on the line, in their own mood); `replies`: ids, the step's own as
    `step.reply`, general ones as `reply`."""

    trigger: Literal["turn", "act", "silent", "held", "interrupted", "took-over"]
    replies: tuple[str, ...]
    mood_from: int
    mood_to: int


@dataclass(frozen=True, slots=True)
class StepEntered:
    party: Party
    step: str
    visit: int


@dataclass(frozen=True, slots=True)
class CustomerSpoke:
    """The customer begins a line. `lines`: ids of the authored lines that make the text; `lasts_ms`: the core's
    estimate from text and rate; `speaker`: who is on the line instead of the customer (a secretary), or ""."""

    lines: tuple[str, ...]
    text: str
    facts: tuple[str, ...]
    lasts_ms: int
    mood: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class ColleagueSpoke:
    """The consulted colleague begins a line."""

    lines: tuple[str, ...]
    colleague: str
    text: str
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class LineTimed:
    """The shell rendered the line `spoken` (its seq): it lasts so long from its beginning."""

    spoken: int
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class LineEnded:
    """The line `spoken` (its seq) is over, earlier or later than estimated. `cut`: by the agent's interruption."""

    spoken: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class ColleagueAnswered:
    colleague: str
    area: str


@dataclass(frozen=True, slots=True)
class ConsultationFailed:
    """Nobody answered in the area; the agent has to return to the customer."""

    area: str


@dataclass(frozen=True, slots=True)
class EndReached:
    """An end of the scenario, or one of the channel's: hung-up, unanswered …"""

    end: str
    good: bool
    by: Literal["customer", "agent"]


@dataclass(frozen=True, slots=True)
class ContactEnded:
    """The line is dead. What follows is after-call work."""

    end: str
    by: Literal["customer", "agent"]


@dataclass(frozen=True, slots=True)
class ClockJumped:
    """The simulated clock went on by `ms` at once; session time did not."""

    ms: int


@dataclass(frozen=True, slots=True)
class AgendaReached:
    """Of a shift: what the agenda has next falls due: `work`, a `break`, an `activity`, or the shift is `over`.
    `title`: of the break or activity, or ""."""

    kind: Literal["work", "break", "activity", "over"]
    title: str = ""


@dataclass(frozen=True, slots=True)
class AttemptPaused:
    """`why`: asked by the trainee, or a gap (suspend, kill) that the shell noticed."""

    why: Literal["asked", "gap"]


@dataclass(frozen=True, slots=True)
class GapNoticed:
    """Of an exam: for the last `lasts_ms` the shell was away (suspend, kill). Time ran on, and all that was due in it
    happened."""

    lasts_ms: int


@dataclass(frozen=True, slots=True)
class CaptionsShown:
    """Of an exam: from here on the customer's words are shown, because their voice cannot be heard well enough."""


@dataclass(frozen=True, slots=True)
class TimeRanOut:
    """Of an exam: its time limit is reached. What is still open ends here, and what was done is scored."""


@dataclass(frozen=True, slots=True)
class AttemptContinued:
    pass


@dataclass(frozen=True, slots=True)
class AttemptEnded:
    """`how`: finished after the contact's end; withdrawn by the trainee without penalty; abandoned before an end."""

    how: Literal["finished", "withdrawn", "abandoned"]


Happening = (
    AttemptStarted
    | ContactOpened
    | PhoneRang
    | RangOut
    | ColleagueChatted
    | AgentActed
    | AgentTyped
    | InterruptionWarned
    | AgentInterrupted
    | AgentSpoke
    | CustomerReacted
    | StepEntered
    | CustomerSpoke
    | ColleagueSpoke
    | LineTimed
    | LineEnded
    | ColleagueAnswered
    | ConsultationFailed
    | EndReached
    | ContactEnded
    | ClockJumped
    | AgendaReached
    | AttemptPaused
    | GapNoticed
    | CaptionsShown
    | TimeRanOut
    | AttemptContinued
    | AttemptEnded
)
