"""The transcript: who said and did what, in order, for people to read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from simulator.session.envelope import Event
from simulator.session.events import (
    AgendaReached,
    AgentActed,
    AgentSpoke,
    ColleagueChatted,
    ColleagueSpoke,
    ContactEnded,
    ContactOpened,
    CustomerReacted,
    CustomerSpoke,
    GapNoticed,
    PhoneRang,
    RangOut,
    TimeRanOut,
)
from simulator.session.turns import private_messages


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `who`: agent, customer, colleague, side, or desk for acts and rings. `to`: of the agent's words.
    `text`: the words; for the desk, a code (`ring`, `rang-out`, an act's name, `agenda-work` …, `gap`, `time-over`,
    `ended`) with `args`
    for wording. `mood`: after it, 0–100. `heard`: what the recogniser heard, where the trainee sent something else.
    `contact`: the contact that it belongs to. `private`: nobody but the two can read it, where others read along
    elsewhere."""

    seq: int
    at_ms: int
    who: str
    text: str
    to: str = ""
    name: str = ""
    args: tuple[tuple[str, str], ...] = ()
    mood: int | None = None
    lines: tuple[str, ...] = ()
    heard: str = ""
    contact: str = ""
    private: bool = False


def transcript(
    events: Iterable[Event],
    customer: str = "",
    agent: str = "",
    others: Mapping[str, str] = MappingProxyType({}),
    *,
    channel: str = "",
) -> list[Entry]:
    """The rows of a log, oldest first. `customer`, `agent`: their names, for display; `others`: the names of the
    customers of further contacts, by contact; `channel`: of the contacts whose opening is not among the events."""
    log = tuple(events)
    private = private_messages(log)
    rows = _rows(log, {**others, "": customer}, agent, channel)
    return [replace(row, contact=event.contact, private=event.seq in private) for event, row in rows]


def _rows(
    events: Iterable[Event], customers: Mapping[str, str], agent: str, channel: str
) -> Iterator[tuple[Event, Entry]]:
    moods: dict[str, int] = {}
    channels: dict[str, str] = {}
    for event in events:
        seq, at, contact = event.seq, event.at_ms, event.contact
        mood = moods.get(contact)
        match event.what:
            case ContactOpened(channel=own):
                channels[contact] = own
            case CustomerReacted(mood_to=to):
                moods[contact] = to
            case AgentSpoke(to=to_whom, text=text, recognised=recognised):
                heard = recognised.text if recognised is not None and recognised.text != text else ""
                yield event, Entry(seq, at, "agent", text, to=to_whom, name=agent, mood=mood, heard=heard)
            case CustomerSpoke(text=text, mood=mood_now, lines=lines, speaker=speaker):
                moods[contact] = mood_now
                name = speaker or customers.get(contact, customers[""])
                yield event, Entry(seq, at, "customer", text, name=name, mood=mood_now, lines=lines)
            case ColleagueSpoke(text=text, colleague=name, lines=lines):
                yield event, Entry(seq, at, "colleague", text, name=name, lines=lines)
            case ColleagueChatted(text=text, colleague=name):
                yield event, Entry(seq, at, "side", text, name=name)
            case AgentActed(name="dial"):
                person = customers.get(event.contact, customers[""])
                yield event, Entry(seq, at, "desk", "dial", args=(("person", person),))
            case AgentActed(name=name, args=args):
                yield event, Entry(seq, at, "desk", name, args=args)
            case PhoneRang(ring=ring):
                yield event, Entry(seq, at, "desk", "ring", args=(("ring", str(ring)),))
            case RangOut(times=times):
                yield event, Entry(seq, at, "desk", "rang-out", args=(("times", str(times)),))
            case ContactEnded(end=end, by=by):
                on = channels.get(contact, channel)
                yield event, Entry(seq, at, "desk", "ended", args=(("by", by), ("channel", on), ("end", end)))
            case GapNoticed(lasts_ms=lasts):
                yield event, Entry(seq, at, "desk", "gap", args=(("seconds", str(lasts // 1000)),))
            case TimeRanOut():
                yield event, Entry(seq, at, "desk", "time-over")
            case AgendaReached(kind=kind, title=title):
                yield event, Entry(seq, at, "desk", f"agenda-{kind}", args=(("title", title),))
            case _:
                pass
