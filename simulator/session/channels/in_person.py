"""In person: somebody comes up to the counter, is greeted or speaks by themself, and leaves.

That they have come is the entering of their first step: from then on both can speak.
"""

from dataclasses import dataclass

from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import Deadline
from simulator.session.channels.talking import (
    chat_on,
    cut_line,
    noted,
    side_deadlines,
    silence_deadlines,
    timed_reply,
)
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end, react, speak_first
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentActed, AgentSpoke, ContactEnded
from simulator.session.evolve import typing_until
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import Story


@dataclass(frozen=True, slots=True)
class InPerson:
    """See `Channel`."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        acts = {"dismiss-colleague"} if contact.side_open else set()
        match contact.phase:
            case Phase.WAITING:
                pass
            case Phase.TALKING:
                acts |= {"call-next", "notes"}
                if scenario.doc.supervisor is not None:
                    acts.add("escalate")
            case Phase.ENDING:
                acts |= {"call-next", "notes"}
            case Phase.AFTER:
                acts = {"notes"}
        return frozenset(acts)

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        match contact.phase:
            case Phase.WAITING:
                return "nobody-at-counter"
            case Phase.AFTER:
                return "customer-left"
            case Phase.TALKING | Phase.ENDING:
                return None

    def act(self, story: Story, command: Act, at: int) -> None:
        contact = story.contact(command.contact)
        args, marks = noted(story, contact, command, at)
        if command.name in ("escalate", "call-next"):
            cut_line(story, contact, at)
        story.tell(AgentActed(command.name, args, marks), at, contact.id)
        match command.name:
            case "call-next" if contact.phase is Phase.ENDING:
                story.tell(ContactEnded(contact.end or "dismissed", "agent"), at, contact.id)
            case "call-next":
                reach_end(story, contact.id, at, default="dismissed")
            case "escalate":
                react(story, contact.id, "act", at, act="escalate")
                reach_end(story, contact.id, at, default="escalated")
            case "dismiss-colleague":
                react(story, contact.id, "act", at, act="dismiss-colleague")
            case _:
                pass

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        match contact.phase:
            case Phase.WAITING:
                arrives = contact.opened_ms + scenario.doc.counter.arrives_after * 1000
                return [Deadline(arrives, "arrives"), *side_deadlines(scenario, contact)]
            case Phase.TALKING:
                unmet = [] if _met(contact) else _unmet_deadlines(scenario, contact)
                return [*unmet, *side_deadlines(scenario, contact), *silence_deadlines(scenario, contact)]
            case Phase.ENDING:
                spoken = contact.customer.spoken
                return [Deadline(spoken.until_ms if spoken is not None else state.at_ms, "gone")]
            case Phase.AFTER:
                return []

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        contact, at, scenario = story.contact(contact_id), deadline.at, story.of(contact_id)
        match deadline.kind:
            case "arrives":
                enter(story, contact_id, next(iter(scenario.doc.steps)), at)
            case "side":
                chat_on(story, contact, at)
            case "speaks":
                speak_first(story, contact_id, deadline.detail, at)
            case "leaves":
                reach_end(story, contact_id, at, default="unattended")
            case "silent":
                react(story, contact_id, "silent", at, only=timed_reply(scenario, contact, deadline))
            case "gone":
                story.tell(ContactEnded(contact.end or "", contact.ended_by), at, contact_id)
            case _:
                raise AssertionError(deadline)


def _met(contact: ContactState) -> bool:
    """Whether the agent has said a word to the customer."""
    return any(isinstance(event.what, AgentSpoke) and event.what.to == "customer" for event in contact.events)


def _unmet_deadlines(scenario: Scenario, contact: ContactState) -> list[Deadline]:
    """What somebody does who stands at the counter and is not greeted: they speak by themself, and at last they go."""
    counter, customer = scenario.doc.counter, contact.customer
    since = max(contact.opened_ms + counter.arrives_after * 1000, typing_until(customer))
    quiet = max(since, customer.quiet_from)
    found = [Deadline(max(quiet, since + patience_ms(scenario, contact, counter.leaves_after)), "leaves")]
    asks = step_asked_from(scenario)
    if customer.spoken is None and asks is not None:
        found.append(Deadline(since + patience_ms(scenario, contact, counter.speaks_after), "speaks", asks))
    return found


def step_asked_from(scenario: Scenario) -> str | None:
    """The step, or end, that a customer goes to who has to speak first; None: they go on waiting."""
    doc = scenario.doc
    if doc.counter.asks is not None:
        return doc.counter.asks
    first = next(iter(doc.steps.values()))
    return next((reply.otherwise for reply in first.replies if reply.otherwise is not None), None)
