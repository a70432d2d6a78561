"""Chat: visitors queue, several are talked with at once; hold, transfer, survey, close."""

from dataclasses import dataclass

from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import Deadline
from simulator.session.channels.talking import areas_of, hold_deadlines, last_line
from simulator.session.channels.writing import close, do, due, reading, waiting
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end, react, read_agent
from simulator.session.difficulty import patience_ms
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
        do(story, command, self.allowed(story.of(id), story.contact(id)), at)
        match name:
            case "accept":
                enter(story, id, next(iter(story.of(id).doc.steps)), at)
            case "transfer":
                reach_end(story, id, at, default="transferred")
            case "close":
                close(story, id, at)
            case "hold" | "resume" | "survey":
                react(story, id, "act", at, act=name)
            case _:
                pass

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        chat = scenario.doc.chat
        match contact.phase:
            case Phase.WAITING:
                leaves = contact.opened_ms + patience_ms(scenario, contact, chat.queue_patience)
                return [Deadline(leaves, "unanswered")]
            case Phase.TALKING if contact.held_since is None:
                return [*reading(contact), *waiting(scenario, contact, chat.patience)]
            case Phase.TALKING:
                return [*reading(contact), *hold_deadlines(scenario, contact, chat.hold_patience)]
            case Phase.ENDING:
                return [last_line(state, contact)]
            case Phase.AFTER:
                return []

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        if deadline.kind == "hold-patience":
            reach_end(story, contact_id, deadline.at, default="left-on-hold")
        else:
            due(story, contact_id, deadline)
