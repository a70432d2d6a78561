"""What the channels on which people talk with each other have in common: silences, holds, areas, notes, and
a colleague who chats across the desk. Pure."""

from simulator.scenario.acts import NOTES
from simulator.scenario.model import Reply
from simulator.scenario.scenario import Scenario, reply_name
from simulator.session.channels.channel import Deadline
from simulator.session.commands import Act
from simulator.session.dialogue import area_of, is_open
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentActed, AgentSpoke, ColleagueChatted, CustomerSpoke, LineEnded, Mark
from simulator.session.evolve import typing_until
from simulator.session.marking import mark_notes
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import Story

NOBODY_ANSWERS_MS = 20_000
"""So long an area rings when the scenario has nobody there."""


def areas_of(scenario: Scenario) -> set[str]:
    """The areas that may be called."""
    return {*scenario.doc.company.areas, *(colleague.area for colleague in scenario.doc.colleagues)}


def last_line(state: State, contact: ContactState) -> Deadline:
    """When the last line of an end is over: then the contact is (`line-dead`)."""
    spoken = contact.customer.spoken
    return Deadline(spoken.until_ms if spoken is not None else state.at_ms, "line-dead")


def cut_line(story: Story, contact: ContactState, at: int) -> None:
    """A line that still sounds is cut off by the act."""
    spoken = contact.party.spoken
    if spoken is not None and contact.party.speaking(at):
        story.tell(LineEnded(spoken.seq, cut=True), at, contact.id)


def side_deadlines(scenario: Scenario, contact: ContactState) -> list[Deadline]:
    """The colleague across the desk goes on until the conversation is closed (`side`)."""
    chat = scenario.doc.side_conversation
    if (
        chat is None
        or contact.difficulty < chat.from_difficulty
        or "dismiss-colleague" in contact.done
        or contact.side_lines >= len(chat.lines)
    ):
        return []
    return [Deadline(contact.opened_ms + chat.lines[contact.side_lines].at * 1000, "side")]


def chat_on(story: Story, contact: ContactState, at: int) -> None:
    """The colleague's next line, when its deadline (`side`) has come."""
    chat = story.of(contact.id).doc.side_conversation
    assert chat is not None
    line = contact.side_lines
    story.tell(ColleagueChatted(line + 1, chat.colleague, chat.lines[line].say), at, contact.id)


def noted(
    story: Story, contact: ContactState, command: Act, at: int
) -> tuple[tuple[tuple[str, str], ...], tuple[Mark, ...]]:
    """An act's arguments as they are logged, and what the sheet finds in them where they are notes."""
    if command.name != "notes":
        return tuple(sorted(command.args)), ()
    fields = {name: dict(command.args).get(name, "") for name in NOTES}
    return tuple(sorted(fields.items())), mark_notes(story.of(contact.id), story.state, contact, fields, at)


def waits_since(contact: ContactState) -> int | None:
    """Since when (session ms; in the future while their message still comes) a customer who writes waits for the agent:
    to be taken, on hold, or for an answer to the first message since the agent's last one. None: they do not wait."""
    if contact.phase is Phase.WAITING:
        return contact.opened_ms
    if contact.phase is not Phase.TALKING:
        return None
    if contact.held_since is not None:
        return contact.held_since
    since: int | None = None
    for event in reversed(contact.events):
        match event.what:
            case AgentSpoke(to="customer", heard=True):
                return since
            case CustomerSpoke(lasts_ms=lasts):
                since = event.at_ms + lasts
            case AgentActed(name="accept" | "resume"):
                return since if since is not None else event.at_ms
            case _:
                pass
    return since


def hold_deadlines(scenario: Scenario, contact: ContactState, patience: int) -> list[Deadline]:
    """What a customer on hold does: their `held` replies, and leaving after `patience` seconds (`hold-patience`)."""
    if contact.held_since is None:
        return []
    since = contact.held_since
    found = [Deadline(since + patience_ms(scenario, contact, patience), "hold-patience")]
    for reply in scenario.replies_at(None, contact.customer.step):
        name = reply_name(scenario, None, contact.customer.step, reply)
        if reply.held is not None and name not in contact.customer.fired and is_open(scenario, contact, reply):
            found.append(Deadline(since + reply.held * 1000, "held", name))
    return found


def silence_deadlines(scenario: Scenario, contact: ContactState) -> list[Deadline]:
    """What the party on the line does when the agent says nothing, or keeps the floor for too long (both `silent`); and
    the colleague who is still to answer."""
    consultation, party = contact.consultation, contact.party
    if consultation is not None and consultation.answered_at is None:
        if consultation.failed:
            return []
        colleague = scenario.doc.colleague_of(consultation.area)
        wait = NOBODY_ANSWERS_MS if colleague is None else colleague.answers_after * 1000
        return [Deadline(consultation.since_ms + wait, "colleague")]
    if consultation is None and contact.held_since is not None:
        return []
    base = max(party.quiet_from, typing_until(party))
    found = []
    for reply in scenario.replies_at(area_of(contact), party.step):
        name = reply_name(scenario, area_of(contact), party.step, reply)
        if name in party.fired or not is_open(scenario, contact, reply):
            continue
        if reply.silent is not None:
            found.append(Deadline(base + patience_ms(scenario, contact, reply.silent), "silent", name))
        if reply.keeps_floor is not None and party.typing_from is not None:
            at = party.typing_from + patience_ms(scenario, contact, reply.keeps_floor)
            if at <= typing_until(party):
                found.append(Deadline(at, "silent", name))
    return found


def timed_reply(scenario: Scenario, contact: ContactState, deadline: Deadline) -> Reply:
    """The silent or held reply whose deadline it is."""
    area, step = (None, contact.customer.step) if deadline.kind == "held" else (area_of(contact), contact.party.step)
    return next(
        reply for reply in scenario.replies_at(area, step) if reply_name(scenario, area, step, reply) == deadline.detail
    )
