"""The telephone: ring, answer, mute, hold, consult, transfer, escalate, hang up."""

from dataclasses import dataclass

from simulator.scenario.scenario import Scenario
from simulator.session.channels.channel import Deadline
from simulator.session.channels.talking import (
    areas_of,
    chat_on,
    cut_line,
    hold_deadlines,
    last_line,
    noted,
    side_deadlines,
    silence_deadlines,
    timed_reply,
)
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end, react
from simulator.session.events import (
    AgentActed,
    ColleagueAnswered,
    ConsultationFailed,
    ContactEnded,
    PhoneRang,
)
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

RING_MS = 1_000
"""How long the bell sounds: with the pause, the 1 s on, 4 s off cadence of Colombia and most of Latin America (ITU-T
E.180, supplement 2)."""
RING_EVERY_MS = 5_000


@dataclass(frozen=True, slots=True)
class Phone:
    """See `Channel`."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        side = {"dismiss-colleague"} if contact.side_open else set()
        match contact.phase:
            case Phase.WAITING:
                return frozenset(side | ({"answer"} if contact.rings else set()))
            case Phase.TALKING:
                return frozenset(side | self._on_the_line(scenario, contact))
            case Phase.ENDING:
                return frozenset({"hang-up", "notes"})
            case Phase.AFTER:
                return frozenset({"notes"})

    def _on_the_line(self, scenario: Scenario, contact: ContactState) -> set[str]:
        acts = {"hang-up", "notes", "unmute" if contact.muted else "mute"}
        if contact.consultation is None:
            acts |= {"resume" if contact.held_since is not None else "hold", "consult"}
            if scenario.doc.supervisor is not None:
                acts.add("escalate")
        else:
            acts.add("return")
            if not contact.consultation.failed:
                acts.add("complete")
        return acts

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        match contact.phase:
            case Phase.WAITING:
                return "line-not-open"
            case Phase.AFTER:
                return "line-dead"
            case Phase.TALKING | Phase.ENDING:
                consultation = contact.consultation
                if consultation is not None:
                    return None if consultation.answered_at is not None else "nobody-there"
                return None if contact.held_since is None else "customer-on-hold"

    def act(self, story: Story, command: Act, at: int) -> None:
        contact = story.contact(command.contact)
        if command.name == "consult":
            area = dict(command.args).get("area", "")
            if area not in areas_of(story.of(contact.id)):
                raise CommandRefusedError("no-such-area", area=area)
        args, marks = noted(story, contact, command, at)
        if command.name in ("hold", "consult", "escalate", "hang-up"):
            cut_line(story, contact, at)
        story.tell(AgentActed(command.name, args, marks), at, contact.id)
        match command.name:
            case "answer":
                first = next(iter(story.of(contact.id).doc.steps))
                enter(story, contact.id, first, at)
            case "complete":
                reach_end(story, contact.id, at, default="transferred")
            case "escalate":
                react(story, contact.id, "act", at, act="escalate")
                reach_end(story, contact.id, at, default="escalated")
            case "hang-up" if contact.phase is Phase.ENDING:
                story.tell(ContactEnded(contact.end or "hung-up", "agent"), at, contact.id)
            case "hang-up":
                reach_end(story, contact.id, at, default="hung-up")
            case "hold" | "resume" | "return" | "mute" | "unmute" | "consult":
                react(story, contact.id, "act", at, act=command.name)
            case _:
                pass

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        phone = scenario.doc.phone
        match contact.phase:
            case Phase.WAITING:
                ring = contact.opened_ms + phone.rings_after * 1000 + contact.rings * RING_EVERY_MS
                return [Deadline(ring, "ring"), *side_deadlines(scenario, contact)]
            case Phase.TALKING:
                waiting = hold_deadlines(scenario, contact, phone.hold_patience)
                return [*side_deadlines(scenario, contact), *waiting, *silence_deadlines(scenario, contact)]
            case Phase.ENDING:
                return [last_line(state, contact)]
            case Phase.AFTER:
                return []

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        contact, at, scenario = story.contact(contact_id), deadline.at, story.of(contact_id)
        match deadline.kind:
            case "ring" if contact.rings >= scenario.doc.phone.gives_up_after:
                reach_end(story, contact_id, at, default="unanswered")
            case "ring":
                story.tell(PhoneRang(contact.rings + 1), at, contact_id)
            case "side":
                chat_on(story, contact, at)
            case "hold-patience":
                reach_end(story, contact_id, at, default="left-on-hold")
            case "colleague":
                assert contact.consultation is not None
                area = contact.consultation.area
                colleague = scenario.doc.colleague_of(area)
                if colleague is None:
                    story.tell(ConsultationFailed(area), at, contact_id)
                else:
                    story.tell(ColleagueAnswered(colleague.name, area), at, contact_id)
                    enter(story, contact_id, next(iter(colleague.steps)), at)
            case "silent" | "held":
                reply = timed_reply(scenario, contact, deadline)
                react(story, contact_id, "silent" if deadline.kind == "silent" else "held", at, only=reply)
            case "line-dead":
                story.tell(ContactEnded(contact.end or "", contact.ended_by), at, contact_id)
            case _:
                raise AssertionError(deadline)
