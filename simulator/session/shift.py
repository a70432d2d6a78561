"""The shift: the agent's availability, the queue of those who wait, the agenda's marks, and the leap to what is due.

Times called *simulated* are milliseconds of the simulated clock since the start (session time and the leaps so far).
A contact that waits in the queue is not in the state yet: it is opened when it is offered to the agent, or when it
gives up, and then ends at once.
"""

from dataclasses import dataclass

from simulator.scenario.acts import ABANDONED, AFTER_CALL, AVAILABLE, AWAY, JUMP, REASONS
from simulator.scenario.model import End
from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import Deadline
from simulator.session.commands import Act
from simulator.session.dialogue import end_contact
from simulator.session.difficulty import queue_patience_ms
from simulator.session.events import AgendaReached, AgentActed, ContactOpened
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

OFFERS, GIVES_UP, MARK = "offers", "gives-up", "mark"
"""Deadlines: the one who waits longest is offered; somebody gives up; the agenda's next mark is reached."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits in the queue, since `since_ms` and until `until_ms` at most (simulated)."""

    contact: str
    since_ms: int
    until_ms: int


def taken(state: State) -> ContactState | None:
    """The contact that the agent is offered or attends; None: the agent is free."""
    return next((contact for contact in state.contacts.values() if contact.phase is not Phase.AFTER), None)


def expected(scenario: Scenario, state: State) -> list[Waiting]:
    """Those who have not been offered and have not given up, those to come included, in the order of their coming."""
    agenda = scenario.agenda
    if agenda is None or state.started is None:
        return []
    found = []
    for id, arrival in agenda.arrivals.items():
        if id not in state.contacts:
            until = arrival.at_ms + queue_patience_ms(scenario, state.started.difficulty, arrival.patience_ms)
            found.append(Waiting(id, arrival.at_ms, min(until, agenda.ends_ms)))
    return sorted(found, key=lambda waiting: (waiting.since_ms, waiting.contact))


def queue(scenario: Scenario, state: State, simulated_ms: int) -> list[Waiting]:
    """Those who wait now, the one who came first at the head."""
    return [waiting for waiting in expected(scenario, state) if waiting.since_ms <= simulated_ms]


def is_over(scenario: Scenario, state: State) -> bool:
    """Whether the shift has come to its end and nobody is attended or waits any more."""
    agenda = scenario.agenda
    assert agenda is not None
    reached = state.marks == len(agenda.marks)
    return reached and taken(state) is None and set(state.contacts).issuperset(scenario.contacts)


def deadlines(scenario: Scenario, state: State) -> list[tuple[Deadline, str]]:
    """What happens by itself in a shift, each with the contact that it concerns, or ""."""
    agenda = scenario.agenda
    if agenda is None or state.started is None:
        return []
    ahead, found = state.jumped_ms, []
    marks = agenda.marks[state.marks : state.marks + 1]
    found += [(Deadline(mark - ahead, MARK), "") for mark in marks]
    waiting = expected(scenario, state)
    found += [(Deadline(one.until_ms - ahead, GIVES_UP), one.contact) for one in waiting]
    if waiting and state.presence == AVAILABLE and taken(state) is None:
        first = waiting[0]
        found.append((Deadline(max(first.since_ms - ahead, state.at_ms), OFFERS), first.contact))
    return found


def due(story: Story, contact_id: str, deadline: Deadline) -> None:
    """Makes the deadline happen."""
    at, doc = deadline.at, story.of(contact_id).doc
    if deadline.kind == MARK:
        _reach_mark(story, at)
        return
    story.tell(ContactOpened(doc.channel, doc.customer.mood), at, contact_id)
    if deadline.kind == GIVES_UP:
        end_contact(story, contact_id, ABANDONED, doc.ends.get(ABANDONED, End()), at, by="customer")


def _reach_mark(story: Story, at: int) -> None:
    agenda = story.scenario.agenda
    assert agenda is not None
    number = story.state.marks
    if number == len(agenda.entries):
        story.tell(AgendaReached("over"), at)
    else:
        entry = agenda.entries[number]
        story.tell(AgendaReached(entry.kind, entry.title), at)


def allowed(scenario: Scenario, state: State, at: int) -> frozenset[str]:
    """The acts of the agent's own that make sense now."""
    if state.started is None or state.paused or state.ended is not None:
        return frozenset()
    ready = set() if state.presence == AVAILABLE else {AVAILABLE}
    return frozenset({AWAY} | ready | ({JUMP} if leap_ms(scenario, state, at) else set()))


def leap_ms(scenario: Scenario, state: State, at: int) -> int:
    """How far (ms) the clock may leap at session time `at`, to whatever is due next or whoever comes next; 0: not at
    all, because somebody is attended, there is work to finish after a contact, or nothing is to come."""
    if scenario.agenda is None or taken(state) is not None or state.presence == AFTER_CALL:
        return 0
    due_at = [deadline.at for deadline, _ in deadlines(scenario, state)]
    come_at = [waiting.since_ms - state.jumped_ms for waiting in expected(scenario, state)]
    return min((moment - at for moment in (*due_at, *come_at) if moment > at), default=0)


def act(story: Story, command: Act, at: int) -> None:
    """The agent says whether they are available. Errors: `CommandRefusedError` for a reason that is none."""
    reason = dict(command.args).get("reason", "")
    if command.name == AWAY and reason not in REASONS:
        raise CommandRefusedError("no-such-reason", name=reason)
    story.tell(AgentActed(command.name, tuple(sorted(command.args))), at)
