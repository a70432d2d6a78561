"""The transcript: who said and did what, in order, for people to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AgentSpoke,
    ColleagueChatted,
    ColleagueSpoke,
    ContactEnded,
    CustomerReacted,
    CustomerSpoke,
    PhoneRang,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `who`: agent, customer, colleague, side, or desk for acts and rings. `to`: of the agent's words.
    `text`: the words; for the desk, a code (`ring`, an act's name, `ended`) with `args` for wording.
    `mood`: after it, 0–100. `heard`: what the recogniser heard, where the trainee sent something else."""

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


def transcript(events: Iterable[Event], customer: str = "", agent: str = "") -> list[Entry]:
    """The rows of a log, oldest first. `customer`, `agent`: their names, for display."""
    rows: list[Entry] = []
    mood: int | None = None
    for event in events:
        seq, at = event.seq, event.at_ms
        match event.what:
            case CustomerReacted(mood_to=to):
                mood = to
            case AgentSpoke(to=to_whom, text=text, recognised=recognised):
                heard = recognised.text if recognised is not None and recognised.text != text else ""
                rows.append(Entry(seq, at, "agent", text, to=to_whom, name=agent, mood=mood, heard=heard))
            case CustomerSpoke(text=text, mood=mood_now, lines=lines):
                mood = mood_now
                rows.append(Entry(seq, at, "customer", text, name=customer, mood=mood, lines=lines))
            case ColleagueSpoke(text=text, colleague=name, lines=lines):
                rows.append(Entry(seq, at, "colleague", text, name=name, lines=lines))
            case ColleagueChatted(text=text, colleague=name):
                rows.append(Entry(seq, at, "side", text, name=name))
            case AgentActed(name=name, args=args):
                rows.append(Entry(seq, at, "desk", name, args=args))
            case PhoneRang(ring=ring):
                rows.append(Entry(seq, at, "desk", "ring", args=(("ring", str(ring)),)))
            case ContactEnded(end=end, by=by):
                rows.append(Entry(seq, at, "desk", "ended", args=(("by", by), ("end", end))))
            case _:
                pass
    return rows
