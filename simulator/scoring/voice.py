"""How a call was spoken, from its log: who spoke when, and the measures of each spoken turn and of the whole. Pure.

Plain acoustics: pace, pauses, delays, talk-over, fillers, level. Typed messages are not measured; they are counted, so
that whoever shows the figures can say of what they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.scenario.acts import vocabulary_of
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AgentInterrupted,
    AgentSpoke,
    ContactEnded,
    ContactOpened,
    CustomerSpoke,
    LineEnded,
    LineTimed,
    Party,
    StepEntered,
)


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A spoken message of the agent. `seq`: its event; times in session milliseconds; `measures`: by name, as the
    microphone's were logged (`AgentSpoke.voice`); `over`: where it sounded over the customer's line."""

    seq: int
    to: Party
    begin_ms: int
    end_ms: int
    heard: bool
    measures: tuple[tuple[str, int], ...]
    over: tuple[tuple[int, int], ...] = ()

    def measure(self, name: str) -> int | None:
        """One of the measures, None where it is not known."""
        return next((value for known, value in self.measures if known == name), None)

    @property
    def lasts_ms(self) -> int:
        """How long it took to say."""
        return self.end_ms - self.begin_ms

    @property
    def over_ms(self) -> int:
        """How long it sounded over the customer's line."""
        return sum(end - begin for begin, end in self.over)

    @property
    def pauses(self) -> tuple[tuple[int, int], ...]:
        """Begin and end of each pause whose place was logged, in session milliseconds."""
        known = dict(self.measures)
        starts = sorted(name for name in known if name.startswith("pause") and name.endswith("_at"))
        found = ((self.begin_ms + known[name], known.get(name.removesuffix("_at") + "_ms", 0)) for name in starts)
        return tuple((begin, begin + ms) for begin, ms in found)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A line of the customer as long as it sounded. `seq`: its event; times in session milliseconds."""

    seq: int
    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class CallVoice:
    """The call as it was spoken. A figure is None where no spoken turn gives it.

    `wpm`: words a minute, each turn weighing as long as it lasted (the figure of speak-slowly). `sps10`: tenths of
    syllables a second, each turn weighing as long as it sounded, its pauses taken away. `agent_ms`,
    `customer_ms`: speaking time to each other; `talk_share`: the agent's part of both, per cent. `longest_ms`: the
    agent's longest time of speaking in one contact without a line of the customer between. `over_ms`: time in which
    both spoke, `over_permille`: of the time that contacts lasted, each from when it was taken. `delay_ms`: mean time
    from the end of the customer's line to the answer. `fillers10`: tenths of fillers a minute of speaking. `pauses`,
    `pause_ms`: inside the turns. `dbfs`: mean level; `snr`: its mean distance from the noise, dB; `swing`: its greatest
    swing within a turn, dB. `typed`: messages that could have been spoken and were not.
    """

    turns: tuple[SpokenTurn, ...]
    lines: tuple[CustomerLine, ...]
    lasts_ms: int
    typed: int
    wpm: int | None
    agent_ms: int
    customer_ms: int
    talk_share: int | None
    longest_ms: int
    over_ms: int
    over_permille: int
    delay_ms: int | None
    fillers10: int | None
    pauses: int | None
    pause_ms: int | None
    dbfs: int | None
    snr: int | None = None
    swing: int | None = None
    sps10: int | None = None

    @property
    def bars(self) -> tuple["SpokenTurn | CustomerLine", ...]:
        """Turns and lines, in the order in which they began."""
        bars: list[SpokenTurn | CustomerLine] = [*self.turns, *self.lines]
        return tuple(sorted(bars, key=lambda bar: bar.begin_ms))

    @property
    def can_talk_over(self) -> bool:
        """Whether the microphone was ever open while the customer spoke; else no talk-over says nothing."""
        return self.over_ms > 0 or any(turn.measure("duplex") != 0 for turn in self.turns)


def call_voice(events: Iterable[Event]) -> CallVoice:
    """The voice of a call, from its log. Without a spoken turn `turns` is empty and the figures say nothing."""
    log = tuple(events)
    lines = _lines(log)
    turns, typed, lost_over = _turns(log)
    to_customer = [turn for turn in turns if turn.heard and turn.to == "customer"]
    aloud = [turn for turn in turns if turn.heard and turn.to != "side"]
    agent_ms = sum(turn.lasts_ms for turn in to_customer)
    customer_ms = sum(line.end_ms - line.begin_ms for line in lines)
    over_ms = sum(turn.over_ms for turn in turns) + lost_over
    delays = [delay for turn in to_customer if (delay := turn.measure("delay_ms")) is not None]
    fillers = [(found, turn.lasts_ms) for turn in aloud if (found := turn.measure("fillers")) is not None]
    filled_ms = sum(ms for _, ms in fillers)
    return CallVoice(
        turns=turns,
        lines=lines,
        lasts_ms=max((event.at_ms for event in log), default=0),
        typed=typed,
        wpm=_weighted(aloud, "wpm"),
        agent_ms=agent_ms,
        customer_ms=customer_ms,
        talk_share=_part(100, agent_ms, agent_ms + customer_ms) if agent_ms else None,
        longest_ms=_longest(log, to_customer),
        over_ms=over_ms,
        over_permille=_part(1000, over_ms, _on_the_line(log)) or 0,
        delay_ms=None if not delays else sum(delays) // len(delays),
        fillers10=_part(600_000, sum(found for found, _ in fillers), filled_ms) if fillers else None,
        pauses=_sum(aloud, "pauses"),
        pause_ms=_sum(aloud, "pause_ms"),
        dbfs=_weighted(aloud, "dbfs"),
        snr=_weighted(aloud, "snr"),
        sps10=mean_over_time(
            (sps10, max(0, turn.lasts_ms - (turn.measure("pause_ms") or 0)))
            for turn in aloud
            if (sps10 := turn.measure("sps10")) is not None
        ),
        swing=max((swing for turn in aloud if (swing := turn.measure("swing")) is not None), default=None),
    )


def _lines(log: Sequence[Event]) -> tuple[CustomerLine, ...]:
    """The customer's lines: until the shell said that they ended, or as long as it timed them, or as estimated."""
    lasts = {event.seq: event.what.lasts_ms for event in log if isinstance(event.what, CustomerSpoke)}
    begins = {event.seq: event.at_ms for event in log if event.seq in lasts}
    whose = {event.seq: event.contact for event in log if event.seq in lasts}
    ends: dict[int, int] = {}
    for event in log:
        match event.what:
            case LineTimed(spoken=seq, lasts_ms=ms) if seq in lasts:
                lasts[seq] = ms
            case AgentInterrupted(spoken=seq) if seq in lasts:
                ends[seq] = event.at_ms
            case LineEnded(spoken=seq, cut=cut) if seq in lasts:
                # A line that was cut when the agent's message was over did not sound longer than it is.
                natural = begins[seq] + lasts[seq]
                ends.setdefault(seq, min(event.at_ms, natural) if cut else event.at_ms)
            case ContactEnded():
                for seq, at in begins.items():
                    if whose[seq] == event.contact and at <= event.at_ms < at + lasts[seq]:
                        ends.setdefault(seq, event.at_ms)
            case _:
                pass
    return tuple(CustomerLine(seq, at, max(at, ends.get(seq, at + lasts[seq]))) for seq, at in begins.items())


def _turns(log: Sequence[Event]) -> tuple[tuple[SpokenTurn, ...], int, int]:
    """The spoken messages, how many were typed that could have been spoken, and the talk-over (ms) of a voice of which
    no message came."""
    opened = {event.contact: event.what.channel for event in log if isinstance(event.what, ContactOpened)}
    written = {contact for contact, channel in opened.items() if vocabulary_of(channel).written}
    turns: list[SpokenTurn] = []
    typed = lost = 0
    over: list[tuple[int, int]] = []
    for event in log:
        match event.what:
            case AgentInterrupted(over_ms=ms):
                over.append((event.at_ms - ms, event.at_ms))
            case AgentSpoke(to=to, voice=()):
                typed += to != "side" and event.contact not in written
            case AgentSpoke(takes_ms=takes, overlap_ms=overlap) as said:
                end = event.at_ms - dict(said.voice).get("waited_ms", 0)
                begin = end - takes
                if not over and overlap > 0 and said.heard and takes > 0:
                    over.append((begin, begin + min(overlap, takes)))
                mine = tuple(piece for piece in over if begin <= piece[1] and piece[0] <= end)
                lost += sum(until - since for since, until in over if (since, until) not in mine)
                over = []
                turns.append(SpokenTurn(event.seq, said.to, begin, end, said.heard, said.voice, mine))
            case _:
                pass
    return tuple(turns), typed, lost + sum(until - since for since, until in over)


def _on_the_line(log: Sequence[Event]) -> int:
    """How long (ms) the contacts lasted together: each from when it was taken to its end, or to the last event."""
    taken: dict[str, int] = {}
    lasted: dict[str, int] = {}
    for event in log:
        match event.what:
            case AgentActed(name="answer") | StepEntered(party="customer"):
                taken.setdefault(event.contact, event.at_ms)
            case ContactEnded() if event.contact in taken:
                lasted[event.contact] = event.at_ms - taken[event.contact]
            case _:
                pass
    last = max((event.at_ms for event in log), default=0)
    return sum(lasted.get(contact, last - begin) for contact, begin in taken.items())


def _longest(log: Sequence[Event], turns: Sequence[SpokenTurn]) -> int:
    lasts = {turn.seq: turn.lasts_ms for turn in turns}
    longest = running = 0
    talked_with = ""
    for event in log:
        if isinstance(event.what, CustomerSpoke) or (event.seq in lasts and event.contact != talked_with):
            running, talked_with = 0, event.contact
        running += lasts.get(event.seq, 0)
        longest = max(longest, running)
    return longest


def mean_over_time(values: Iterable[tuple[int, int]]) -> int | None:
    """The mean of values that each lasted some milliseconds, rounded down; None of no time."""
    found = tuple(values)
    total = sum(ms for _, ms in found)
    return sum(value * ms for value, ms in found) // total if total else None


def _weighted(turns: Iterable[SpokenTurn], name: str) -> int | None:
    """The mean of a measure, each turn weighing as long as it lasted."""
    return mean_over_time((value, turn.lasts_ms) for turn in turns if (value := turn.measure(name)) is not None)


def _sum(turns: Iterable[SpokenTurn], name: str) -> int | None:
    found = [value for turn in turns if (value := turn.measure(name)) is not None]
    return sum(found) if found else None


def _part(of: int, part: int, whole: int) -> int | None:
    """A share as a whole number, rounded half up; None of nothing."""
    return (2 * of * part + whole) // (2 * whole) if whole > 0 else None


_FIGURES = (
    "lasts_ms", "typed", "wpm", "agent_ms", "customer_ms", "talk_share", "longest_ms", "over_ms", "over_permille",
    "delay_ms", "fillers10", "pauses", "pause_ms", "dbfs", "snr",
    "swing", "sps10",
)  # fmt: skip


def voice_json(voice: CallVoice) -> dict[str, Any] | None:
    """The JSON of the report's key `voice` (docs/play-json.md); None when nothing was spoken."""
    if not voice.turns:
        return None
    return {
        **{name: getattr(voice, name) for name in _FIGURES},
        "turns": [
            {
                "event": turn.seq,
                "to": turn.to,
                "begin_ms": turn.begin_ms,
                "end_ms": turn.end_ms,
                "heard": turn.heard,
                "measures": dict(turn.measures),
                "over": [list(piece) for piece in turn.over],
            }
            for turn in voice.turns
        ],
        "lines": [{"event": line.seq, "begin_ms": line.begin_ms, "end_ms": line.end_ms} for line in voice.lines],
    }
