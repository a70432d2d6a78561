"""Calling people from a list: dial, it rings there, somebody picks up or nobody does; then it is a telephone call.

Each person of the list is a contact. The agent has one line: who is on it must be done before another is dialled.
"""

from simulator.scenario.scenario import Scenario
from simulator.scenario.sections.outbound import MOST_TRIES
from simulator.session.channels.channel import Deadline
from simulator.session.channels.phone import RING_EVERY_MS, RING_MS, Phone
from simulator.session.channels.talking import side_deadlines
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end
from simulator.session.events import AgentActed, ContactEnded, PhoneRang, RangOut
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

PICK_UP_MS = RING_MS + 1_500
"""So long after its beginning a ring is interrupted by somebody who picks up: in the pause after the sound."""


class Outbound(Phone):
    """See `Channel`. A person whose number is not being dialled waits (`Phase.WAITING`) on the list."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        if contact.phase is not Phase.WAITING:
            return super().allowed(scenario, contact)
        acts = {"dismiss-colleague"} if contact.side_open else set()
        if dialled_at(contact) is not None:
            acts.add("cancel")
        else:
            acts |= {"dial", "notes"} if tries(contact) > 0 else {"dial"}
        return frozenset(acts)

    def act(self, story: Story, command: Act, at: int) -> None:
        """Notes on a number that nobody answers close the matter: it is not called any more."""
        waiting = story.contact(command.contact).phase is Phase.WAITING
        match command.name:
            case "dial" if on_the_line(story.state) is not None:
                raise CommandRefusedError("line-busy")
            case "dial" | "cancel":
                story.tell(AgentActed(command.name), at, command.contact)
            case "notes" if waiting:
                super().act(story, command, at)
                reach_end(story, command.contact, at, default="no-answer")
            case _:
                super().act(story, command, at)

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        if contact.phase is not Phase.WAITING:
            return super().deadlines(scenario, state, contact)
        found = side_deadlines(scenario, contact)
        since, call = dialled_at(contact), scenario.doc.outbound
        assert call is not None  # the loader sees to it
        if since is None:
            if on_the_line(state) is None:
                found.append(Deadline(_idle_since(state, contact) + call.within * 1000, "too-late"))
            return found
        first = since + scenario.doc.phone.rings_after * 1000
        answers = call.at_try > 0 and tries(contact) + 1 >= call.at_try
        if answers and contact.rings >= call.picks_up:
            return [*found, Deadline(first + (contact.rings - 1) * RING_EVERY_MS + PICK_UP_MS, "picks-up")]
        return [*found, Deadline(first + contact.rings * RING_EVERY_MS, "ring")]

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        contact, at, scenario = story.contact(contact_id), deadline.at, story.of(contact_id)
        match deadline.kind:
            case "too-late":
                reach_end(story, contact_id, at, default="no-answer" if tries(contact) > 0 else "not-called")
            case "ring" if contact.rings >= scenario.doc.phone.gives_up_after:
                times = tries(contact) + 1
                story.tell(RangOut(times), at, contact_id)
                if times >= MOST_TRIES:
                    reach_end(story, contact_id, at, default="no-answer")
            case "ring":
                story.tell(PhoneRang(contact.rings + 1), at, contact_id)
            case "picks-up":
                enter(story, contact_id, next(iter(scenario.doc.steps)), at)
            case _:
                super().due(story, contact_id, deadline)


def tries(contact: ContactState) -> int:
    """How often the number rang in vain."""
    return sum(isinstance(event.what, RangOut) for event in contact.events)


def dialled_at(contact: ContactState) -> int | None:
    """Since when (ms) the number is being called; None before, afterwards, and when that call is over in vain."""
    if contact.phase is not Phase.WAITING:
        return None
    for event in reversed(contact.events):
        match event.what:
            case AgentActed(name="dial"):
                return event.at_ms
            case AgentActed(name="cancel") | RangOut():
                return None
            case _:
                pass
    return None


def on_the_line(state: State) -> str | None:
    """The contact that takes the agent's line: its number is being called, or somebody is on it."""
    for contact in state.contacts.values():
        if contact.phase in (Phase.TALKING, Phase.ENDING) or dialled_at(contact) is not None:
            return contact.id
    return None


def _idle_since(state: State, contact: ContactState) -> int:
    """Since when (ms) the agent could have dialled: from the contact's coming, or the last thing done on the line."""
    found = [contact.opened_ms]
    for other in state.contacts.values():
        talked = bool(other.customer.step)  # the end of a call that never was frees nothing
        done = (AgentActed, RangOut, ContactEnded) if talked else (AgentActed, RangOut)
        found.append(next((event.at_ms for event in reversed(other.events) if isinstance(event.what, done)), 0))
    return max(found)
