"""E-mail: open, class, assign, check, send, forward, close; hours pass on the simulated clock, which can leap."""

from dataclasses import dataclass
from datetime import date

from simulator.scenario.acts import JUMP, SPELL_CHECK
from simulator.scenario.scenario import Scenario
from simulator.scenario.sections.email import class_of
from simulator.session.channels.channel import READS, Deadline
from simulator.session.channels.talking import noted
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end, react, read_agent, unread
from simulator.session.events import AgentActed, AgentSpoke, ContactEnded
from simulator.session.marking import Part, mark_turn
from simulator.session.situation import situation
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

MINUTE_MS = 60_000


def is_closed(contact: ContactState) -> bool:
    """Whether the agent closed the message and nobody has written again since."""
    return contact.phase in (Phase.ENDING, Phase.AFTER) or "close" in contact.done


@dataclass(frozen=True, slots=True)
class Email:
    """See `Channel`. A message that is closed before the sender has read the reply ends when they have, unless they
    write again: that opens it anew."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        match contact.phase:
            case Phase.WAITING:
                return frozenset({"open", JUMP})
            case Phase.TALKING if not is_closed(contact):
                acts = {"triage", "verify", "assign", SPELL_CHECK, "follow-up-on", "close", "notes", JUMP}
                inbox = scenario.doc.inbox
                return frozenset(acts | ({"forward"} if inbox is not None and inbox.bodies else set()))
            case _:
                return frozenset({"notes", JUMP})

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        if contact.phase is Phase.WAITING:
            return "message-not-open"
        return "message-closed" if is_closed(contact) else None

    def act(self, story: Story, command: Act, at: int) -> None:
        id = command.contact
        contact, scenario = story.contact(id), story.of(id)
        args, marks = noted(story, contact, command, at)
        args = _checked(scenario, story.state, command.name, args, at)
        if command.name == SPELL_CHECK:
            text = dict(args)["text"]
            now = situation(scenario, story.state, contact, "customer", at)
            marks = mark_turn({"spelling": scenario.rules["spelling"]}, now, [Part(story.state.next_seq, text)])
        story.tell(AgentActed(command.name, args, marks), at, id)
        match command.name:
            case "open":
                enter(story, id, next(iter(scenario.doc.steps)), at)
            case "close" if unread(contact) is None:
                reach_end(story, id, at, default="closed")
            case "triage" | "verify" | "assign" | "forward" | "follow-up-on":
                react(story, id, "act", at, act=command.name, args=args)
            case _:
                pass

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        doc = scenario.doc
        assert doc.inbox is not None
        assert doc.letter is not None
        if contact.phase is Phase.AFTER:
            return []
        if contact.phase is Phase.ENDING:
            return [Deadline(state.at_ms, "over")]
        found = [Deadline(doc.since_start(doc.inbox.until) - state.jumped_ms, "until")]
        if unread(contact) is not None:
            sent = next(event for event in reversed(contact.events) if isinstance(event.what, AgentSpoke))
            read = state.simulated(sent.seq, sent.at_ms) + doc.letter.answers_after * MINUTE_MS
            found.append(Deadline(read - state.jumped_ms, READS))
        return found

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        at = deadline.at
        match deadline.kind:
            case "reads":
                read_agent(story, contact_id, at)
                contact = story.contact(contact_id)
                if contact.phase is Phase.TALKING and is_closed(contact):
                    reach_end(story, contact_id, at, default="closed")
            case "until":
                contact = story.contact(contact_id)
                replied = any(isinstance(event.what, AgentSpoke) for event in contact.events)
                left = "closed" if is_closed(contact) else "left-open" if replied else "unanswered"
                reach_end(story, contact_id, at, default=left)
            case "over":
                contact = story.contact(contact_id)
                story.tell(ContactEnded(contact.end or "", contact.ended_by), at, contact_id)
            case _:
                raise AssertionError(deadline)


def _checked(
    scenario: Scenario, state: State, act: str, args: tuple[tuple[str, str], ...], at: int
) -> tuple[tuple[str, str], ...]:
    """The arguments of an act as they are logged. Errors: `CommandRefusedError` for what is not on the list."""
    doc, said = scenario.doc, dict(args)
    assert doc.inbox is not None
    match act:
        case "triage":
            name = class_of(said.get("class", ""))
            if name is None:
                raise CommandRefusedError("no-such-class", name=said.get("class", ""))
            return (("class", name),)
        case "assign" if said.get("advisor") not in doc.inbox.advisors:
            raise CommandRefusedError("no-such-advisor", name=said.get("advisor", ""))
        case "forward" if said.get("body") not in doc.inbox.bodies:
            raise CommandRefusedError("no-such-body", name=said.get("body", ""))
        case "spell-check" if not said.get("text", "").strip():
            raise CommandRefusedError("nothing-said")
        case "follow-up-on":
            return (("date", _day_to_come(said.get("date", ""), doc.moment(at + state.jumped_ms).date())),)
        case _:
            pass
    return args


def _day_to_come(text: str, today: date) -> str:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise CommandRefusedError("bad-date", text=text) from None
    if day <= today:
        raise CommandRefusedError("date-past", text=text)
    return day.isoformat()
