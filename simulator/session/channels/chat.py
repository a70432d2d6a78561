"""Chat: visitors queue, several are talked with at once; hold, transfer, survey, close."""

from dataclasses import dataclass

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import Deadline
from simulator.session.channels.talking import (
    areas_of,
    hold_deadlines,
    noted,
    silence_deadlines,
    timed_reply,
    waits_since,
)
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end, react, read_agent, unread
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentActed, ContactEnded
from simulator.session.evolve import typing_until
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

_READ_FIRST = ("hold", "transfer", "close")
"""Before these the visitor has read what was sent: a chat is not closed over words that nobody saw."""


def open_chats(state: State) -> int:
    """How many conversations the agent holds now."""
    return sum(contact.phase in (Phase.TALKING, Phase.ENDING) for contact in state.contacts.values())


@dataclass(frozen=True, slots=True)
class Chat:
    """See `Channel`."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        survey = set() if "survey" in contact.done else {"survey"}
        match contact.phase:
            case Phase.WAITING:
                return frozenset({"accept", "check-equipment"})
            case Phase.TALKING:
                acts = {"check-equipment", "close", "notes", "hold" if contact.held_since is None else "resume"}
                return frozenset(acts | survey | ({"transfer"} if areas_of(scenario) else set()))
            case Phase.ENDING:
                return frozenset({"check-equipment", "close", "notes"} | survey)
            case Phase.AFTER:
                return frozenset({"notes"})

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        match contact.phase:
            case Phase.WAITING:
                return "chat-not-accepted"
            case Phase.AFTER:
                return "chat-over"
            case Phase.TALKING | Phase.ENDING:
                return None if contact.held_since is None else "visitor-on-hold"

    def act(self, story: Story, command: Act, at: int) -> None:
        id, name = command.contact, command.name
        if name == "accept":
            limit = story.scenario.doc.chat.at_once
            if open_chats(story.state) >= limit:
                raise CommandRefusedError("chats-full", limit=limit)
        area = dict(command.args).get("area", "")
        if name == "transfer" and area not in areas_of(story.of(id)):
            raise CommandRefusedError("no-such-area", area=area)
        if name in _READ_FIRST:
            read_agent(story, id, at)
        contact = story.contact(id)
        if name not in self.allowed(story.of(id), contact):
            raise CommandRefusedError("act-not-now", act=name)  # what they read makes them leave by themselves
        args, marks = noted(story, contact, command, at)
        story.tell(AgentActed(name, args, marks), at, id)
        match name:
            case "accept":
                enter(story, id, next(iter(story.of(id).doc.steps)), at)
            case "transfer":
                reach_end(story, id, at, default="transferred")
            case "close" if contact.phase is Phase.ENDING:
                story.tell(ContactEnded(contact.end or "closed", "agent"), at, id)
            case "close":
                reach_end(story, id, at, default="closed")
            case "hold" | "resume" | "survey":
                react(story, id, "act", at, act=name)
            case _:
                pass

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        chat, party = scenario.doc.chat, contact.customer
        match contact.phase:
            case Phase.WAITING:
                leaves = contact.opened_ms + patience_ms(scenario, contact, chat.queue_patience)
                return [Deadline(leaves, "unanswered")]
            case Phase.TALKING:
                found = hold_deadlines(scenario, contact, chat.hold_patience)
                if unread(contact) is not None:
                    reads = party.quiet_from + vocabulary_of(contact.channel).reads_ms
                    said = party.spoken.until_ms if party.spoken is not None else 0
                    found.append(Deadline(max(reads, said, typing_until(party)), "reads"))
                if contact.held_since is None:
                    found.extend(silence_deadlines(scenario, contact))
                    since = waits_since(contact)
                    base = max(party.quiet_from if since is None else since, typing_until(party))
                    found.append(Deadline(base + patience_ms(scenario, contact, chat.patience), "gave-up"))
                return found
            case Phase.ENDING:
                spoken = party.spoken
                return [Deadline(spoken.until_ms if spoken is not None else state.at_ms, "over")]
            case Phase.AFTER:
                return []

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        contact, at = story.contact(contact_id), deadline.at
        match deadline.kind:
            case "unanswered" | "gave-up":
                reach_end(story, contact_id, at, default=deadline.kind)
            case "hold-patience":
                reach_end(story, contact_id, at, default="left-on-hold")
            case "reads":
                read_agent(story, contact_id, at)
            case "silent":
                react(story, contact_id, "silent", at, only=timed_reply(story.of(contact_id), contact, deadline))
            case "held":
                react(story, contact_id, "held", at, only=timed_reply(story.of(contact_id), contact, deadline))
            case "over":
                story.tell(ContactEnded(contact.end or "", contact.ended_by), at, contact_id)
            case _:
                raise AssertionError(deadline)
