"""What moved the customer's mood, and when: the rows behind the plot and its table. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from simulator.scenario.scenario import FIRST_CONTACT
from simulator.scoring.card import MoodPoint
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentSpoke, ContactEnded, CustomerReacted
from simulator.session.moments import backwards
from simulator.session.telling import clock_text, desk_text
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class MoodMove:
    """A change of the mood, or its beginning. `change` None at the beginning, of whoever else comes on the line too;
    `because`: what the agent said, did or left unsaid; `seq`: the event to show for it (the agent's own where there is
    one); `contact`: whose mood it is; `name`: theirs, "" where there is but one."""

    at_ms: int
    mood: int
    change: int | None
    because: str
    seq: int
    contact: str = FIRST_CONTACT
    name: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """The mood of one customer until `end_ms`."""

    name: str
    moves: tuple[MoodMove, ...]
    end_ms: int


def mood_moves(
    events: Sequence[Event], points: Sequence[MoodPoint], names: Mapping[str, str] = MappingProxyType({})
) -> tuple[MoodMove, ...]:
    """One row for each point of the card's curves. `names`: of the customers by contact, where there are several."""
    moves: list[MoodMove] = []
    moods: dict[str, int] = {}
    for point in points:
        before = moods.get(point.contact)
        moods[point.contact] = point.mood
        because, seq = _cause(events, point.event)
        if before is None:
            because = _("The customer's mood at the beginning")
        change = None if before is None or _took_over(events, point.event) else point.mood - before
        name = names.get(point.contact, "")
        moves.append(MoodMove(point.at_ms, point.mood, change, because, seq, point.contact, name))
    return tuple(moves)


def curves(moves: Sequence[MoodMove], events: Sequence[Event], lasts_ms: int) -> tuple[Curve, ...]:
    """A curve for each contact, from its beginning to its end, in the order in which they came."""
    ends = {event.contact: event.at_ms for event in events if isinstance(event.what, ContactEnded)}
    found = {
        contact: [move for move in moves if move.contact == contact]
        for contact in dict.fromkeys(m.contact for m in moves)
    }
    if len(found) == 1:
        ends = {}  # to the end of the attempt, after-call work included
    return tuple(
        Curve(own[0].name, tuple(own), max(ends.get(contact, lasts_ms), own[-1].at_ms))
        for contact, own in found.items()
    )


def _cause(events: Sequence[Event], index: int) -> tuple[str, int]:
    """What the reaction `index` answers: the agent's turn or act before it, or a silence."""
    what = events[index].what if 0 <= index < len(events) else None
    if not isinstance(what, CustomerReacted):
        return "", index
    if what.trigger == "silent":
        return _("Nobody said anything"), index
    if what.trigger == "interrupted":
        return _("You spoke over the customer"), index
    if what.trigger == "took-over":
        return _("Somebody else came on the line"), index
    if what.trigger == "held":
        return _("The customer waited on hold"), index
    for event in backwards(events, index):
        if what.trigger == "turn" and isinstance(event.what, AgentSpoke) and event.what.to == "customer":
            return f"«{event.what.text}»", event.seq
        if what.trigger == "act" and isinstance(event.what, AgentActed):
            return desk_text(event.what.name, dict(event.what.args)), event.seq
    return "", index


def _took_over(events: Sequence[Event], index: int) -> bool:
    what = events[index].what if 0 <= index < len(events) else None
    return isinstance(what, CustomerReacted) and what.trigger == "took-over"


def change_text(change: int | None) -> str:
    """`+15`, `−5`, or nothing at the beginning."""
    if change is None:
        return ""
    return f"+{change}" if change > 0 else f"−{-change}" if change < 0 else "0"


def described(move: MoodMove) -> str:
    """A move in one line, for tooltips and screen readers."""
    head = " · ".join(part for part in (clock_text(move.at_ms), move.name, str(move.mood)) if part)
    change = change_text(move.change)
    return f"{head} ({change}) · {move.because}" if change else f"{head} · {move.because}"
