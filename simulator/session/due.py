"""What happens by itself, each at its own time: contacts arrive, deadlines of channels fall due; and the leaps of the
simulated clock, over which nothing that is due is passed by.

The simulated clock is session time and the leaps so far (`State.jumps`); only the leaps make it a matter of days.
"""

from simulator.scenario.acts import JUMPS
from simulator.scenario.scenario import Scenario
from simulator.session import shift
from simulator.session.channels import CHANNELS
from simulator.session.channels.channel import READS, Deadline
from simulator.session.commands import Act
from simulator.session.events import (
    AgentActed,
    AttemptEnded,
    ClockJumped,
    ContactEnded,
    ContactOpened,
    EndReached,
    TimeRanOut,
)
from simulator.session.state import Phase, State
from simulator.session.story import CommandRefusedError, Story

ARRIVES = "arrives"
"""The deadline of a contact that is still to come."""
LIMIT = "limit"
"""The deadline of an exam, which is of session time: no leap of the simulated clock comes nearer to it."""
TIME_OVER = "time-over"
"""How a contact ends that an exam's time limit cuts off."""


def next_due(scenario: Scenario, state: State) -> tuple[Deadline, str] | None:
    """The next deadline and the contact it belongs to, if anything is to happen by itself."""
    found = _next_simulated(scenario, state)
    left = state.left_ms(0)
    if left is None or state.ended is not None:
        return found
    limit = (Deadline(left, LIMIT), "")
    return limit if found is None else min(found, limit)


def _next_simulated(scenario: Scenario, state: State) -> tuple[Deadline, str] | None:
    """The next deadline that comes nearer when the simulated clock leaps."""
    if state.paused or state.ended is not None:
        return None
    return min(_all_due(scenario, state), default=None)


def _all_due(scenario: Scenario, state: State) -> list[tuple[Deadline, str]]:
    found = [
        (deadline, contact.id)
        for contact in state.contacts.values()
        for deadline in CHANNELS[contact.channel].deadlines(scenario.of(contact.id), state, contact)
    ]
    if state.started is not None:
        found.extend(
            (Deadline(scenario.doc.arrives_ms(id) - state.jumped_ms, ARRIVES), id)
            for id in scenario.doc.contacts
            if id not in state.contacts
        )
    return [*found, *shift.deadlines(scenario, state)]


def settle(story: Story, until: int) -> None:
    """Lets everything happen that is due by `until`, each at its own time."""
    while (found := next_due(story.scenario, story.state)) is not None and found[0].at <= until:
        deadline, contact_id = found
        if deadline.kind == LIMIT:
            _run_out(story, deadline.at)
            return
        if story.scenario.agenda is not None and contact_id not in story.state.contacts:
            shift.due(story, contact_id, deadline)
            continue
        if contact_id not in story.state.contacts:
            open_contact(story, contact_id, deadline.at)
            continue
        told = len(story.events)
        CHANNELS[story.contact(contact_id).channel].due(story, contact_id, deadline)
        if len(story.events) == told:
            raise AssertionError(f"nothing happened at {deadline}")  # the clock would stand still for ever


def _run_out(story: Story, at: int) -> None:
    """An exam's time is over: every contact that is open ends, and the attempt with them."""
    story.tell(TimeRanOut(), at)
    for contact in story.state.contacts.values():
        if contact.phase is Phase.AFTER:
            continue
        if contact.end is None:
            story.tell(EndReached(TIME_OVER, False, "customer"), at, contact.id)
        story.tell(ContactEnded(contact.end or TIME_OVER, contact.ended_by), at, contact.id)
    story.tell(AttemptEnded("finished"), at)


def open_contact(story: Story, contact: str, at: int) -> None:
    """The contact comes: the telephone is about to ring, a message lies in the inbox."""
    doc = story.of(contact).doc
    story.tell(ContactOpened(doc.channel, doc.customer.mood), at, contact)


def jumps(scenario: Scenario, state: State, at: int) -> dict[str, int]:
    """Where the simulated clock may leap (`JUMPS`) at session time `at` (ms), each with how far (ms) that is; nothing
    where there is neither an inbox nor a shift."""
    if scenario.agenda is not None:
        leap = shift.leap_ms(scenario, state, at)
        return {"next": leap} if leap else {}
    inbox, doc = scenario.doc.inbox, scenario.doc
    if inbox is None or state.paused or state.ended is not None:
        return {}
    now = at + state.jumped_ms
    goals = {
        "morning": doc.since_start(doc.calendar.next_at(doc.moment(now), inbox.opens)),
        "end": doc.since_start(inbox.until),
    }
    for goal, kind in (("message", ARRIVES), ("answer", READS)):
        due = [deadline.at for deadline, _ in _all_due(scenario, state) if deadline.kind == kind]
        if due:
            goals[goal] = min(due) + state.jumped_ms
    return {goal: goals[goal] - now for goal in JUMPS if now < goals.get(goal, now) <= goals["end"]}


def jump(story: Story, command: Act, at: int) -> None:
    """Lets the simulated clock leap to a goal; what is due on the way happens in its turn, at its own hour.

    Errors: `CommandRefusedError` `nothing-due` when there is no such goal now.
    """
    goal = dict(command.args).get("to", "")
    left = jumps(story.scenario, story.state, at).get(goal)
    if left is None:
        raise CommandRefusedError("nothing-due")
    story.tell(AgentActed(command.name, (("to", goal),)), at, command.contact)
    while left > 0:
        found = _next_simulated(story.scenario, story.state)
        leap = left if found is None else min(left, max(0, found[0].at - at))
        if leap > 0:
            story.tell(ClockJumped(leap), at)
        left -= leap
        settle(story, at)
