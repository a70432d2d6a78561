"""Moments of a finished log: where it can be lived anew, and which turn of the agent an event belongs to. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.scenario.scenario import FIRST_CONTACT
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentInterrupted,
    AgentSpoke,
    AgentTyped,
    CustomerReacted,
    InterruptionWarned,
    LineEnded,
)
from simulator.session.turns import conversation


@dataclass(frozen=True, slots=True)
class RetryPoint:
    """An agent's turn that can be said anew. `turn_seq`: of its first message; `at_seq`: the last event kept."""

    turn_seq: int
    at_seq: int


def retry_points(events: Sequence[Event], contact: str = FIRST_CONTACT) -> tuple[RetryPoint, ...]:
    """The turns of the agent that can be said anew, in order: the fork keeps all before the turn's first key.

    Keys, the warning, the interruption and what it did to the other belong to the turn itself. An event's seq is its
    index.
    """
    talk = conversation(event for event in events if event.contact == contact)
    return tuple(_point(events, turn.first_seq) for turn in talk.turns if turn.first_seq > 0)


def _point(events: Sequence[Event], turn_seq: int) -> RetryPoint:
    at = turn_seq - 1
    while at > 0 and _belongs_to_what_follows(events[at]):
        at -= 1
    return RetryPoint(turn_seq, at)


def _belongs_to_what_follows(event: Event) -> bool:
    match event.what:
        case AgentTyped() | InterruptionWarned() | AgentInterrupted():
            return True
        case LineEnded(cut=True) | CustomerReacted(trigger="interrupted"):
            return True
        case _:
            return False


def retry_point_of(events: Sequence[Event], seq: int) -> RetryPoint | None:
    """The retry point of the agent's turn that message `seq` belongs to; None when it is no message of the agent."""
    if not (0 <= seq < len(events) and isinstance(events[seq].what, AgentSpoke)):
        return None
    found: RetryPoint | None = None
    for point in retry_points(events, events[seq].contact):
        if point.turn_seq > seq:
            break
        found = point
    return found


def nearest_agent_message(events: Sequence[Event], seq: int) -> int | None:
    """The agent's message that led to event `seq`: itself, or the last one before it to the same contact; None when
    there is none."""
    return next((event.seq for event in backwards(events, seq) if isinstance(event.what, AgentSpoke)), None)


def backwards(events: Sequence[Event], seq: int) -> Iterator[Event]:
    """The events from `seq` on backwards that concern the same contact."""
    if not events:
        return
    last = min(seq, len(events) - 1)
    contact = events[last].contact
    for index in range(last, -1, -1):
        if events[index].contact == contact:
            yield events[index]
