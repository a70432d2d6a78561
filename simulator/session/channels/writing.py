"""What the channels have in common on which people write to each other and read before they react. Pure."""

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import READS, Deadline
from simulator.session.channels.talking import noted, silence_deadlines, timed_reply, waits_since
from simulator.session.commands import Act
from simulator.session.dialogue import reach_end, react, read_agent, unread
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentActed, ContactEnded
from simulator.session.evolve import typing_until
from simulator.session.state import ContactState, Phase
from simulator.session.story import CommandRefusedError, Story


def reading(contact: ContactState) -> list[Deadline]:
    """When the customer has read what they have not reacted to yet, if there is anything."""
    if unread(contact) is None:
        return []
    party = contact.customer
    reads = party.quiet_from + vocabulary_of(contact.channel).reads_ms
    written = party.spoken.until_ms if party.spoken is not None else 0
    return [Deadline(max(reads, written, typing_until(party)), READS)]


def waiting(scenario: Scenario, contact: ContactState, patience: int) -> list[Deadline]:
    """What a customer does who gets no answer: their `silent` replies, and leaving after `patience` seconds."""
    party, since = contact.customer, waits_since(contact)
    base = max(party.quiet_from if since is None else since, typing_until(party))
    leaves = base + patience_ms(scenario, contact, patience)
    return [*silence_deadlines(scenario, contact), Deadline(leaves, "gave-up")]


def do(story: Story, command: Act, allowed: frozenset[str], at: int) -> None:
    """Logs an act. Errors: `CommandRefusedError` when it makes no sense (any more: what was read may have ended it)."""
    contact = story.contact(command.contact)
    if command.name not in allowed:
        raise CommandRefusedError("act-not-now", act=command.name)
    args, marks = noted(story, contact, command, at)
    story.tell(AgentActed(command.name, args, marks), at, contact.id)


def close(story: Story, contact_id: str, at: int) -> None:
    """The agent ends the conversation, over the customer's last words or before there were any."""
    contact = story.contact(contact_id)
    if contact.phase is Phase.ENDING:
        story.tell(ContactEnded(contact.end or "closed", "agent"), at, contact_id)
    else:
        reach_end(story, contact_id, at, default="closed")


def due(story: Story, contact_id: str, deadline: Deadline) -> None:
    """Makes happen what is due on such a channel."""
    contact, at = story.contact(contact_id), deadline.at
    match deadline.kind:
        case "reads":
            read_agent(story, contact_id, at)
        case "silent":
            react(story, contact_id, "silent", at, only=timed_reply(story.of(contact_id), contact, deadline))
        case "held":
            react(story, contact_id, "held", at, only=timed_reply(story.of(contact_id), contact, deadline))
        case "unanswered" | "gave-up":
            reach_end(story, contact_id, at, default=deadline.kind)
        case "line-dead":
            story.tell(ContactEnded(contact.end or "", contact.ended_by), at, contact_id)
        case _:
            raise AssertionError(deadline)
