"""`decide`: a command and the state in, events out. All rules of a session begin here; it is pure.

Whatever is due before a command happens first, at its own time: how often the shell sends `PassTime` changes nothing.
"""

from dataclasses import replace
from typing import assert_never

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.scenario import FIRST_CONTACT, Scenario
from simulator.session.channels import CHANNELS
from simulator.session.channels.channel import Deadline
from simulator.session.commands import (
    Act,
    Command,
    Continue,
    EndLine,
    Finish,
    Interrupt,
    PassTime,
    Pause,
    Say,
    Start,
    TellSide,
    TimeLine,
    Type,
    Withdraw,
)
from simulator.session.dialogue import GRACE_MS, cut_in, hear_agent, sent_by_hand
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentSpoke,
    AgentTyped,
    AttemptContinued,
    AttemptEnded,
    AttemptPaused,
    AttemptStarted,
    ContactOpened,
    InterruptionWarned,
    LineEnded,
    LineTimed,
)
from simulator.session.evolve import TYPING_HOLDS_MS
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

_ARRIVES = "arrives"
"""The deadline of a contact that is still to come."""
TYPING_EVERY_MS = 1_000
"""Keys are logged at most so often."""
MAX_REPLY = 4_000
"""Longest message, in characters; more is refused with its code, nothing is cut silently."""


def decide(scenario: Scenario, state: State, command: Command) -> list[Event]:
    """The events that the command causes, those that were due before it included.

    Errors: `CommandRefusedError` when the command makes no sense now; then nothing of it happened.
    """
    story = Story(scenario, state)
    if isinstance(command, Start):
        _start(story, command)
        return story.events
    if state.started is None:
        raise CommandRefusedError("not-started")
    if state.ended is not None:
        raise CommandRefusedError("attempt-over")
    if state.paused and not isinstance(command, Continue | Finish | Withdraw):
        if isinstance(command, PassTime | Pause | EndLine | TimeLine):
            return []
        raise CommandRefusedError("paused")
    at = max(command.at, state.at_ms)
    if not state.paused:
        _settle(story, at)
    _carry_out(story, command, at)
    return story.events


def next_deadline(scenario: Scenario, state: State) -> int | None:
    """When (ms) something will happen by itself, or None. The shell sends `PassTime` then, or a little later."""
    found = _next(scenario, state)
    return None if found is None else found[0].at


def allowed_acts(scenario: Scenario, state: State, contact_id: str = FIRST_CONTACT) -> frozenset[str]:
    """The acts of the channel that make sense now; none while paused or after the attempt."""
    contact = state.contacts.get(contact_id)
    if contact is None or state.paused or state.ended is not None:
        return frozenset()
    return CHANNELS[contact.channel].allowed(scenario.of(contact_id), contact)


def _next(scenario: Scenario, state: State) -> tuple[Deadline, str] | None:
    if state.paused or state.ended is not None:
        return None
    found = [
        (deadline, contact.id)
        for contact in state.contacts.values()
        for deadline in CHANNELS[contact.channel].deadlines(scenario.of(contact.id), state, contact)
    ]
    if state.started is not None:
        found.extend(
            (Deadline(own.arrives * 1000, _ARRIVES), id)
            for id, own in scenario.doc.contacts.items()
            if id not in state.contacts
        )
    return min(found, default=None)


def _settle(story: Story, until: int) -> None:
    """Lets everything happen that is due by `until`, each at its own time."""
    while (found := _next(story.scenario, story.state)) is not None and found[0].at <= until:
        deadline, contact_id = found
        if contact_id not in story.state.contacts:
            _open(story, contact_id, deadline.at)
            continue
        told = len(story.events)
        CHANNELS[story.contact(contact_id).channel].due(story, contact_id, deadline)
        if len(story.events) == told:
            raise AssertionError(f"nothing happened at {deadline}")  # the clock would stand still for ever


def _carry_out(story: Story, command: Command, at: int) -> None:
    match command:
        case PassTime():
            pass
        case Type(contact=id):
            _type(story, story.contact(id), at)
        case Say():
            _say(story, command, at)
        case Interrupt(began=began, contact=id):
            cut_in(story, id, began, at)
        case TellSide(text=text, contact=id):
            if not story.contact(id).side_open:
                raise CommandRefusedError("nobody-there")
            story.tell(AgentSpoke("side", _checked(text)), at, id)
        case Act(name=name, contact=id):
            contact = story.contact(id)
            channel = CHANNELS[contact.channel]
            if name not in channel.allowed(story.of(id), contact):
                raise CommandRefusedError("act-not-now", act=name)
            channel.act(story, command, at)
        case TimeLine(spoken=seq, lasts_ms=lasts, contact=id):
            if _is_sounding(story.contact(id), seq) and lasts > 0:
                story.tell(LineTimed(seq, lasts), at, id)
        case EndLine(spoken=seq, contact=id):
            if _is_sounding(story.contact(id), seq):
                story.tell(LineEnded(seq), at, id)
        case Pause(why=why):
            story.tell(AttemptPaused(why), at)
        case Continue():
            if not story.state.paused:
                raise CommandRefusedError("not-paused")
            story.tell(AttemptContinued(), at)
            _settle(story, at)  # what is due at this very moment must not wait for the next command
        case Finish():
            contacts = story.state.contacts
            came = set(contacts).issuperset(story.scenario.doc.contacts)
            over = came and all(contact.phase is Phase.AFTER for contact in contacts.values())
            story.tell(AttemptEnded("finished" if over else "abandoned"), at)
        case Withdraw():
            story.tell(AttemptEnded("withdrawn"), at)
        case Start():
            raise AssertionError("handled by decide")
        case _:
            assert_never(command)


def _start(story: Story, command: Start) -> None:
    if story.state.started is not None:
        raise CommandRefusedError("already-started")
    doc = story.scenario.doc
    story.state = replace(story.state, attempt=command.attempt)
    difficulty = doc.difficulty if command.difficulty is None else command.difficulty
    started = AttemptStarted(
        scenario=doc.scenario,
        scenario_hash=command.scenario_hash or story.scenario.hash,
        protocol_hash=command.protocol_hash or story.scenario.protocol_hash,
        seed=command.seed,
        agent=command.agent,
        difficulty=difficulty,
        hints=command.hints,
        mode=command.mode,
        software=command.software,
        intensity=command.intensity,
    )
    story.tell(started, command.at)
    _open(story, FIRST_CONTACT, command.at)
    _settle(story, command.at)


def _open(story: Story, contact: str, at: int) -> None:
    doc = story.of(contact).doc
    story.tell(ContactOpened(doc.channel, doc.customer.mood), at, contact)


def _type(story: Story, contact: ContactState, at: int) -> None:
    """Keys hold the floor: logged when the floor is taken, and then about once a second up to the limit."""
    party = contact.party
    if party.typing_from is not None and party.typing_last is not None:
        too_soon = at < party.typing_last + TYPING_EVERY_MS
        too_long = at >= party.typing_from + TYPING_HOLDS_MS
        if too_soon or too_long:
            return
    if contact.phase is Phase.TALKING:
        story.tell(AgentTyped(), at, contact.id)


def _say(story: Story, command: Say, at: int) -> None:
    contact = story.contact(command.contact)
    _checked(command.text)
    refusal = CHANNELS[contact.channel].refusal_to_speak(contact)
    if refusal is not None:
        raise CommandRefusedError(refusal)
    spoken = contact.party.spoken
    written = vocabulary_of(contact.channel).written
    if (
        not written
        and spoken is not None
        and spoken.from_ms <= at < spoken.until_ms - GRACE_MS
        and contact.warned != spoken.seq
    ):
        meant = command.interrupt or (command.takes_ms > 0 and not sent_by_hand(command))
        if not meant:
            story.tell(InterruptionWarned(), at, contact.id)
            return
    hear_agent(story, command, at)


def _checked(text: str) -> str:
    if not text.strip():
        raise CommandRefusedError("nothing-said")
    if len(text) > MAX_REPLY:
        raise CommandRefusedError("too-long", limit=MAX_REPLY)
    return text


def _is_sounding(contact: ContactState, seq: int) -> bool:
    parties = [contact.customer] + ([contact.consultation.party] if contact.consultation is not None else [])
    return any(party.spoken is not None and party.spoken.seq == seq for party in parties)
