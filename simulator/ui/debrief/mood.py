"""What moved the customer's mood, and when: the rows behind the plot and its table. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.scoring.card import MoodPoint
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentSpoke, CustomerReacted
from simulator.ui.desk.words import clock_text, desk_text
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class MoodMove:
    """A change of the mood, or its beginning. `change` None at the beginning; `because`: what the agent said, did or
    left unsaid; `seq`: the event to show for it (the agent's own where there is one)."""

    at_ms: int
    mood: int
    change: int | None
    because: str
    seq: int


def mood_moves(events: Sequence[Event], points: Sequence[MoodPoint]) -> tuple[MoodMove, ...]:
    """One row for each point of the card's curve."""
    moves: list[MoodMove] = []
    for point in points:
        before = moves[-1].mood if moves else None
        because, seq = _cause(events, point.event)
        if before is None:
            because = _("The customer's mood at the beginning")
        change = None if before is None else point.mood - before
        moves.append(MoodMove(point.at_ms, point.mood, change, because, seq))
    return tuple(moves)


def _cause(events: Sequence[Event], index: int) -> tuple[str, int]:
    """What the reaction `index` answers: the agent's turn or act before it, or a silence."""
    what = events[index].what if 0 <= index < len(events) else None
    if not isinstance(what, CustomerReacted):
        return "", index
    if what.trigger == "silent":
        return _("Nobody said anything"), index
    if what.trigger == "interrupted":
        return _("You spoke over the customer"), index
    if what.trigger == "held":
        return _("The customer waited on hold"), index
    for event in reversed(events[:index]):
        if what.trigger == "turn" and isinstance(event.what, AgentSpoke) and event.what.to == "customer":
            return f"«{event.what.text}»", event.seq
        if what.trigger == "act" and isinstance(event.what, AgentActed):
            return desk_text(event.what.name, dict(event.what.args)), event.seq
    return "", index


def change_text(change: int | None) -> str:
    """`+15`, `−5`, or nothing at the beginning."""
    if change is None:
        return ""
    return f"+{change}" if change > 0 else f"−{-change}" if change < 0 else "0"


def described(move: MoodMove) -> str:
    """A move in one line, for tooltips and screen readers."""
    head = f"{clock_text(move.at_ms)} · {move.mood}"
    change = change_text(move.change)
    return f"{head} ({change}) · {move.because}" if change else f"{head} · {move.because}"
