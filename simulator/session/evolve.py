"""`evolve`: files an event into the state. It holds no rules: those are in `decide`."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from simulator.scenario.acts import ABANDONED, AFTER_CALL, AVAILABLE, AWAY, JUMP, act_names
from simulator.session.envelope import Event
from simulator.session.events import (
    AgendaReached,
    AgentActed,
    AgentInterrupted,
    AgentSpoke,
    AgentTyped,
    AttemptContinued,
    AttemptEnded,
    AttemptPaused,
    AttemptStarted,
    CaptionsShown,
    ClockJumped,
    ColleagueAnswered,
    ColleagueChatted,
    ColleagueSpoke,
    ConsultationFailed,
    ContactEnded,
    ContactOpened,
    CustomerReacted,
    CustomerSpoke,
    EndReached,
    GapNoticed,
    InterruptionWarned,
    LineEnded,
    LineTimed,
    PhoneRang,
    RangOut,
    StepEntered,
    TimeRanOut,
)
from simulator.session.state import Consultation, ContactState, PartyState, Phase, Spoken, State

TYPING_LAPSES_MS = 4_000
"""Without a key for so long the trainee no longer holds the floor."""
TYPING_HOLDS_MS = 60_000
"""The floor is held by typing for at most so long (DESIGN, «Time, chance, log»)."""


def evolve(state: State, event: Event) -> State:
    """The state after the event."""
    state = replace(state, next_seq=event.seq + 1, at_ms=max(state.at_ms, event.at_ms))
    what = event.what
    match what:
        case AttemptStarted():
            shown = what.exam is not None and what.exam.captions
            return replace(state, attempt=event.attempt, started=what, captions=shown)
        case AttemptPaused():
            return replace(state, paused=True)
        case AttemptContinued():
            return replace(state, paused=False)
        case AttemptEnded(how=how):
            return replace(state, ended=how, paused=False)
        case GapNoticed():
            return state
        case CaptionsShown():
            return replace(state, captions=True)
        case TimeRanOut():
            return replace(state, out_of_time=True)
        case ClockJumped(ms=ms):
            return replace(state, jumps=(*state.jumps, (event.seq, ms)))
        case AgendaReached():
            return replace(state, marks=state.marks + 1)
        case AgentActed(name=name, args=args) if not event.contact:
            presence = dict(args)["reason"] if name == AWAY else name
            return state if name == JUMP else _present(state, event, presence)
        case ContactOpened(channel=channel, mood=mood):
            difficulty = 0 if state.started is None else state.started.difficulty
            contact = ContactState(event.contact, channel, event.at_ms, mood, difficulty)
        case _:
            contact = _in_contact(state.contacts[event.contact], event)
            if isinstance(what, ContactEnded) and what.end != ABANDONED and state.presence == AVAILABLE:
                # Whoever let it ring until nobody was there any more is not there.
                state = _present(state, event, AFTER_CALL if contact.customer.visits else "other")
    contact = replace(contact, events=(*contact.events, event))
    return replace(state, contacts=MappingProxyType({**state.contacts, event.contact: contact}))


def _present(state: State, event: Event, presence: str) -> State:
    return replace(state, presences=(*state.presences, (event.seq, event.at_ms, presence)))


def replayed(events: Iterable[Event]) -> State:
    """The state that a log leads to."""
    state = State()
    for event in events:
        state = evolve(state, event)
    return state


def typing_until(party: PartyState) -> int:
    """Until when (ms) the keys so far hold the floor; 0 when none arrived since the last turn."""
    if party.typing_from is None or party.typing_last is None:
        return 0
    return min(party.typing_last + TYPING_LAPSES_MS, party.typing_from + TYPING_HOLDS_MS)


def _in_contact(contact: ContactState, event: Event) -> ContactState:
    at, what = event.at_ms, event.what
    match what:
        case PhoneRang(ring=ring):
            return replace(contact, rings=ring)
        case RangOut():
            return replace(contact, rings=0)
        case ColleagueChatted(line=line):
            return replace(contact, side_open=True, side_lines=line)
        case AgentTyped():
            return _with_party(contact, _typed(contact.party, at))
        case InterruptionWarned():
            spoken = contact.party.spoken
            return replace(contact, warned=None if spoken is None else spoken.seq)
        case AgentInterrupted(left_ms=left):
            return _with_party(contact, replace(_typed(contact.party, at), interrupted_ms=left))
        case AgentActed():
            return _acted(contact, what, at)
        case AgentSpoke():
            if what.to == "side" or not what.heard:
                return contact  # the party on the line heard nothing
            return _with_party(contact, _answered(contact.party, at))
        case CustomerReacted(replies=replies, mood_to=mood):
            contact = replace(contact, mood=mood, replied=contact.replied | frozenset(replies))
            if what.trigger == "held":
                held = contact.customer.fired | frozenset(replies)
                return replace(contact, customer=replace(contact.customer, fired=held))
            fired = frozenset(replies) if what.trigger == "silent" else frozenset()
            return _with_party(contact, replace(contact.party, fired=contact.party.fired | fired))
        case StepEntered(party=party):
            entered = _entered(contact.customer if party == "customer" else contact.party, what.step, what.visit)
            if party != "customer":
                return _with_party(contact, entered)
            if contact.phase is not Phase.WAITING:
                return replace(contact, customer=entered)
            begun = replace(entered, quiet_from=max(entered.quiet_from, at))
            return replace(contact, customer=begun, phase=Phase.TALKING)
        case CustomerSpoke(facts=facts, lasts_ms=lasts):
            # Whoever writes again opens what was closed.
            contact = replace(contact, heard=contact.heard | frozenset(facts), done=contact.done - {"close"})
            return replace(contact, customer=_said(contact.customer, event.seq, at, lasts))
        case ColleagueSpoke(lasts_ms=lasts):
            return _with_party(contact, _said(contact.party, event.seq, at, lasts))
        case LineTimed(spoken=seq, lasts_ms=lasts):
            return _retimed(contact, seq, lasts, None)
        case LineEnded(spoken=seq):
            return _retimed(contact, seq, None, at)
        case ColleagueAnswered(colleague=name):
            assert contact.consultation is not None
            answered = replace(contact.consultation, answered_at=at, colleague=name, party=PartyState(quiet_from=at))
            return replace(contact, consultation=answered)
        case ConsultationFailed():
            assert contact.consultation is not None
            return replace(contact, consultation=replace(contact.consultation, failed=True))
        case EndReached(end=end, by=by):
            return replace(contact, phase=Phase.ENDING, end=end, ended_by=by)
        case ContactEnded(end=end, by=by):
            return replace(
                contact, phase=Phase.AFTER, end=end, ended_by=by, held_since=None, consultation=None, side_open=False
            )
        case (
            AttemptStarted() | AttemptPaused() | AttemptContinued() | AttemptEnded() | ContactOpened() | ClockJumped()
            | AgendaReached() | GapNoticed() | CaptionsShown() | TimeRanOut()
        ):  # fmt: skip
            raise AssertionError("filed by evolve itself")
        case _:
            assert_never(what)


def _with_party(contact: ContactState, party: PartyState) -> ContactState:
    if contact.consultation is None:
        return replace(contact, customer=party)
    return replace(contact, consultation=replace(contact.consultation, party=party))


def _typed(party: PartyState, at: int) -> PartyState:
    return replace(party, typing_from=at if party.typing_from is None else party.typing_from, typing_last=at)


def _answered(party: PartyState, at: int) -> PartyState:
    return replace(
        party,
        turns=party.turns + 1,
        quiet_from=at,
        typing_from=None,
        typing_last=None,
        fired=frozenset(),
        interrupted_ms=0,
    )


def _entered(party: PartyState, step: str, visit: int) -> PartyState:
    return replace(party, step=step, visits=MappingProxyType({**party.visits, step: visit}), turns=0)


def _said(party: PartyState, seq: int, at: int, lasts: int) -> PartyState:
    return replace(
        party,
        spoken=Spoken(seq, at, at + lasts),
        quiet_from=at + lasts,
        typing_from=None,
        typing_last=None,
        interrupted_ms=0,
    )


def _retimed(contact: ContactState, seq: int, lasts: int | None, end: int | None) -> ContactState:
    """The line `seq` lasts otherwise than estimated: from its beginning, or until now."""

    def fixed(party: PartyState) -> PartyState:
        spoken = party.spoken
        if spoken is None or spoken.seq != seq:
            return party
        until = spoken.from_ms + lasts if lasts is not None else end
        assert until is not None
        quiet = until if party.quiet_from == spoken.until_ms else max(party.quiet_from, until)
        return replace(party, spoken=replace(spoken, until_ms=until), quiet_from=quiet)

    contact = replace(contact, customer=fixed(contact.customer))
    if contact.consultation is not None:
        party = fixed(contact.consultation.party)
        contact = replace(contact, consultation=replace(contact.consultation, party=party))
    return contact


def _acted(contact: ContactState, act: AgentActed, at: int) -> ContactState:
    contact = replace(contact, done=contact.done | set(act_names(act.name, act.args)))
    customer = contact.customer
    match act.name:
        case "answer" | "accept":
            return replace(contact, phase=Phase.TALKING, customer=replace(customer, quiet_from=at))
        case "dial":
            return replace(contact, rings=0)
        case "hold":
            return replace(contact, held_since=at)
        case "resume" | "return":
            back = replace(customer, quiet_from=at, fired=frozenset())
            return replace(contact, held_since=None, consultation=None, customer=back)
        case "private" | "public":
            return replace(contact, private=act.name == "private")
        case "mute":
            return replace(contact, muted=True)
        case "unmute":
            return replace(contact, muted=False)
        case "consult":
            area = dict(act.args)["area"]
            held = at if contact.held_since is None else contact.held_since
            return replace(contact, held_since=held, consultation=Consultation(area, at))
        case "dismiss-colleague":
            return replace(contact, side_open=False)
        case _:
            return contact
