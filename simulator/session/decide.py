"""`decide`: a command and the state in, events out. All rules of a session begin here; it is pure.

Whatever is due before a command happens first, at its own time: how often the shell sends `PassTime` changes nothing.
"""

from dataclasses import replace
from typing import assert_never

from simulator.scenario.acts import JUMP, vocabulary_of
from simulator.scenario.scenario import FIRST_CONTACT, Scenario
from simulator.session import shift
from simulator.session.channels import CHANNELS
from simulator.session.commands import (
    Act,
    Command,
    Continue,
    EndLine,
    Finish,
    Interrupt,
    NoticeGap,
    PassTime,
    Pause,
    Say,
    ShowCaptions,
    Start,
    TellSide,
    TimeLine,
    Type,
    Withdraw,
)
from simulator.session.dialogue import GRACE_MS, cut_in, hear_agent, sent_by_hand
from simulator.session.due import jump, next_due, open_contact, settle
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentSpoke,
    AgentTyped,
    AttemptContinued,
    AttemptEnded,
    AttemptPaused,
    AttemptStarted,
    CaptionsShown,
    GapNoticed,
    InterruptionWarned,
    LineEnded,
    LineTimed,
)
from simulator.session.evolve import TYPING_HOLDS_MS
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

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
        if isinstance(command, PassTime | Pause | EndLine | TimeLine | NoticeGap | ShowCaptions):
            return []
        raise CommandRefusedError("paused")
    at = max(command.at, state.at_ms)
    if not state.paused:
        settle(story, at)
        if story.state.ended is not None:
            return story.events  # an exam's time ran out before the command came
    _carry_out(story, command, at)
    return story.events


def next_deadline(scenario: Scenario, state: State) -> int | None:
    """When (ms) something will happen by itself, or None. The shell sends `PassTime` then, or a little later."""
    found = next_due(scenario, state)
    return None if found is None else found[0].at


def allowed_acts(scenario: Scenario, state: State, contact_id: str = FIRST_CONTACT) -> frozenset[str]:
    """The acts of the channel that make sense now; none while paused or after the attempt."""
    if scenario.agenda is not None and not contact_id:
        return shift.allowed(scenario, state, state.at_ms)
    contact = state.contacts.get(contact_id)
    if contact is None or state.paused or state.ended is not None:
        return frozenset()
    return CHANNELS[contact.channel].allowed(scenario.of(contact_id), contact)


def all_over(scenario: Scenario, state: State) -> bool:
    """Whether every contact came and is over: what is left is to write it up and finish."""
    if scenario.agenda is not None:
        return shift.is_over(scenario, state)
    contacts = state.contacts
    came = bool(contacts) and set(contacts).issuperset(scenario.doc.contacts)
    return came and all(contact.phase is Phase.AFTER for contact in contacts.values())


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
        case Act(contact="") if story.scenario.agenda is not None:
            _act_in_shift(story, command, at)
        case Act(name=name, contact=id):
            contact = story.contact(id)
            channel = CHANNELS[contact.channel]
            if name not in channel.allowed(story.of(id), contact):
                raise CommandRefusedError("act-not-now", act=name)
            if name == JUMP:
                jump(story, command, at)  # the clock is the attempt's, not a contact's
            else:
                channel.act(story, command, at)
        case TimeLine(spoken=seq, lasts_ms=lasts, contact=id):
            if _is_sounding(story.contact(id), seq) and lasts > 0:
                story.tell(LineTimed(seq, lasts), at, id)
        case EndLine(spoken=seq, contact=id):
            if _is_sounding(story.contact(id), seq):
                story.tell(LineEnded(seq), at, id)
        case Pause() if story.state.started is not None and story.state.started.mode == "exam":
            raise CommandRefusedError("exam-no-pause")
        case NoticeGap(lasts_ms=lasts):
            story.tell(GapNoticed(lasts), at)
        case ShowCaptions():
            if not story.state.captions:
                story.tell(CaptionsShown(), at)
        case Pause(why=why):
            story.tell(AttemptPaused(why), at)
        case Continue():
            if not story.state.paused:
                raise CommandRefusedError("not-paused")
            story.tell(AttemptContinued(), at)
            settle(story, at)  # what is due at this very moment must not wait for the next command
        case Finish():
            story.tell(AttemptEnded("finished" if all_over(story.scenario, story.state) else "abandoned"), at)
        case Withdraw():
            story.tell(AttemptEnded("withdrawn"), at)
        case Start():
            raise AssertionError("handled by decide")
        case _:
            assert_never(command)


def _act_in_shift(story: Story, command: Act, at: int) -> None:
    """What is the agent's and no contact's. Who becomes available is offered at once whoever waits."""
    if command.name == JUMP:
        jump(story, command, at)
        return
    if command.name not in shift.allowed(story.scenario, story.state, at):
        raise CommandRefusedError("act-not-now", act=command.name)
    shift.act(story, command, at)
    settle(story, at)


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
        hints=command.hints and command.mode != "exam",
        mode=command.mode,
        software=command.software,
        intensity=command.intensity,
        exam=command.exam,
    )
    story.tell(started, command.at)
    if story.scenario.agenda is None:
        open_contact(story, FIRST_CONTACT, command.at)
    settle(story, command.at)


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
