"""How the time of a shift was spent, and how much of it as the agenda had it. All times are simulated milliseconds."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.scenario.acts import ABANDONED, AFTER_CALL, AVAILABLE
from simulator.scenario.agenda import Agenda, Entry
from simulator.scenario.scenario import Scenario
from simulator.session.events import ContactEnded
from simulator.session.state import State

CONTACT, OVERRUN, OFF = "contact", "overrun", "off"

_FITTING = {
    "work": frozenset({AVAILABLE, CONTACT, AFTER_CALL}),
    "break": frozenset({"break", CONTACT, AFTER_CALL}),
    "activity": frozenset({"activity", CONTACT, AFTER_CALL}),
}
"""What the agent may be doing while something is scheduled: nobody leaves a customer because a break is due."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in one state: `off` (nothing was said yet), `available`, `break`, `activity`, `other`,
    `contact`, `after-call` (as much of it as each contact is allowed) or `overrun` (more). `seq`: of the event that it
    began with, or -1."""

    begins_ms: int
    ends_ms: int
    state: str
    seq: int

    @property
    def lasts_ms(self) -> int:
        return self.ends_ms - self.begins_ms


def spans(scenario: Scenario, state: State, until_ms: int) -> list[Span]:
    """The time from the start of the attempt to `until_ms` by what the agent was doing, without a gap."""
    agenda = scenario.agenda
    assert agenda is not None
    points = [(0, -1, OFF), *((state.simulated(seq, at), seq, presence) for seq, at, presence in state.presences)]
    busy = sorted(_attended(state, until_ms))
    found: list[Span] = []
    for (begins, seq, presence), (ends, _, _) in zip(points, [*points[1:], (until_ms, -1, OFF)], strict=True):
        free, since = begins, begins
        for opened, closed, by in busy:
            if opened < ends and closed > free:
                found += _free(agenda, free, opened, presence, seq, since)
                found.append(Span(max(free, opened), min(closed, ends), CONTACT, by))
                free = min(closed, ends)
        found += _free(agenda, free, ends, presence, seq, since)
    cut = (Span(span.begins_ms, min(span.ends_ms, until_ms), span.state, span.seq) for span in found)
    return [span for span in cut if span.lasts_ms > 0]


def adhered(scenario: Scenario, state: State, until_ms: int) -> list[tuple[Entry, Span, bool]]:
    """The scheduled time up to `until_ms`, each piece with what was scheduled, what was done, and whether it fits."""
    agenda = scenario.agenda
    assert agenda is not None
    found = []
    for span in spans(scenario, state, min(until_ms, agenda.ends_ms)):
        for entry in agenda.entries:
            begins, ends = max(span.begins_ms, entry.begins_ms), min(span.ends_ms, entry.ends_ms)
            if begins < ends:
                piece = Span(begins, ends, span.state, span.seq)
                found.append((entry, piece, span.state in _FITTING[entry.kind]))
    return found


def _attended(state: State, until_ms: int) -> Iterator[tuple[int, int, int]]:
    """When each contact was with the agent, from the offer to its end, and the seq of the offer."""
    for contact in state.contacts.values():
        if contact.end == ABANDONED:
            continue
        first = contact.events[0]
        ended = next((event for event in contact.events if isinstance(event.what, ContactEnded)), None)
        closed = until_ms if ended is None else state.simulated(ended.seq, ended.at_ms)
        yield state.simulated(first.seq, first.at_ms), closed, first.seq


def _free(agenda: Agenda, begins: int, ends: int, presence: str, seq: int, since: int) -> list[Span]:
    """Time without a contact in a presence that lasts since `since`; after-call work is divided where it becomes too
    much."""
    if presence != AFTER_CALL:
        return [Span(begins, ends, presence, seq)]
    limit = min(max(since + agenda.after_call_ms, begins), ends)
    return [Span(begins, limit, AFTER_CALL, seq), Span(limit, ends, OVERRUN, seq)]
