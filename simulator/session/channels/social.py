"""A social network: people comment under a post; the agent answers there, or in private, or hides what offends."""

from dataclasses import dataclass

from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import Deadline
from simulator.session.channels.talking import last_line
from simulator.session.channels.writing import close, do, due, reading, waiting
from simulator.session.commands import Act
from simulator.session.dialogue import enter, react, read_agent
from simulator.session.events import AgentActed, AgentSpoke, CustomerSpoke
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import Story
from simulator.session.turns import private_messages


def comments(contact: ContactState) -> frozenset[int]:
    """The seqs of what the person wrote under the post, for all to read."""
    private = private_messages(contact.events)
    written = (event.seq for event in contact.events if isinstance(event.what, CustomerSpoke))
    return frozenset(seq for seq in written if seq not in private)


def hidden(contact: ContactState) -> frozenset[int]:
    """The seqs of the comments that the agent took out of sight."""
    acts = (e.seq for e in contact.events if isinstance(e.what, AgentActed) and e.what.name == "hide")
    last = max(acts, default=-1)
    return frozenset(seq for seq in comments(contact) if seq < last)


def is_answered(contact: ContactState) -> bool:
    """Whether the agent has written to the person at all, publicly or in private."""
    return any(isinstance(event.what, AgentSpoke) for event in contact.events)


def patience_of(scenario: Scenario) -> int:
    """How many seconds the person (`scenario` as they have it) waits for an answer."""
    doc = scenario.doc
    assert doc.social is not None
    assert doc.commenter is not None
    return doc.commenter.patience or doc.social.patience


@dataclass(frozen=True, slots=True)
class Social:
    """See `Channel`. A comment stands there at once; nobody has to take it first, and nobody takes it away either: who
    gets no answer goes."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:  # noqa: ARG002 - see `Channel`
        match contact.phase:
            case Phase.WAITING:
                return frozenset()
            case Phase.TALKING | Phase.ENDING:
                shown = comments(contact) - hidden(contact)
                side = "public" if contact.private else "private"
                return frozenset({side, "close", "notes"} | ({"hide"} if shown else set()))
            case Phase.AFTER:
                return frozenset({"notes"})

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        return {Phase.WAITING: "nobody-there", Phase.AFTER: "thread-closed"}.get(contact.phase)

    def act(self, story: Story, command: Act, at: int) -> None:
        id, name = command.contact, command.name
        if name != "notes":
            read_agent(story, id, at)  # what was written is read where it stands
        do(story, command, self.allowed(story.of(id), story.contact(id)), at)
        match name:
            case "close":
                close(story, id, at)
            case "hide":
                react(story, id, "act", at, act=name)
            case _:
                pass

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        match contact.phase:
            case Phase.WAITING:
                return [Deadline(contact.opened_ms, "comments")]
            case Phase.TALKING:
                return [*reading(contact), *waiting(scenario, contact, patience_of(scenario))]
            case Phase.ENDING:
                return [last_line(state, contact)]
            case Phase.AFTER:
                return []

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        contact, at = story.contact(contact_id), deadline.at
        if deadline.kind == "comments":
            enter(story, contact_id, next(iter(story.of(contact_id).doc.steps)), at)
        elif deadline.kind == "gave-up" and not is_answered(contact):
            due(story, contact_id, Deadline(at, "unanswered"))
        else:
            due(story, contact_id, deadline)
