"""Logs and commands: a log replays, a part of it can be lived anew, old words can be marked by newer rules."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from simulator.scenario.scenario import Scenario
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
from simulator.session.dialogue import area_of
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
from simulator.session.evolve import evolve
from simulator.session.marking import Part, mark_turn, turn_so_far
from simulator.session.situation import situation
from simulator.session.state import State


def commands_of(events: Sequence[Event]) -> list[Command]:
    """The commands that a log answers to: decided again over the same scenario they give the same log."""
    commands: list[Command] = []
    for event in events:
        at, contact = event.at_ms, event.contact
        match event.what:
            case AttemptStarted() as s:
                commands.append(
                    Start(
                        at, event.attempt, s.seed, s.agent, s.scenario_hash, s.protocol_hash, s.difficulty, s.hints,
                        s.mode, s.software, s.intensity, s.exam,
                    )
                )  # fmt: skip
            case AgentSpoke(to="side", text=text):
                commands.append(TellSide(at, text, contact))
            case AgentSpoke(text=text, takes_ms=takes, voice=voice, recognised=recognised):
                commands.append(Say(at, text, contact, takes, True, voice, recognised))
            case AgentInterrupted(over_ms=over):
                commands.append(Interrupt(at, at - over, contact))
            case AgentActed(name=name, args=args):
                commands.append(Act(at, name, args, contact))
            case AgentTyped():
                commands.append(Type(at, contact))
            case InterruptionWarned():
                commands.append(Say(at, "…", contact))
            case LineTimed(spoken=seq, lasts_ms=lasts):
                commands.append(TimeLine(at, seq, lasts, contact))
            case LineEnded(spoken=seq, cut=False):
                commands.append(EndLine(at, seq, contact))
            case AttemptPaused(why=why):
                commands.append(Pause(at, why))
            case GapNoticed(lasts_ms=lasts):
                commands.append(NoticeGap(at, lasts))
            case CaptionsShown():
                commands.append(ShowCaptions(at))
            case AttemptContinued():
                commands.append(Continue(at))
            case AttemptEnded(how="withdrawn"):
                commands.append(Withdraw(at))
            case AttemptEnded():
                commands.append(Finish(at))
            case (
                LineEnded() | ContactOpened() | PhoneRang() | RangOut() | ColleagueChatted() | CustomerReacted()
                | StepEntered() | CustomerSpoke() | ColleagueSpoke() | ColleagueAnswered() | ConsultationFailed()
                | EndReached() | ContactEnded() | ClockJumped() | AgendaReached()
                | TimeRanOut()
            ):  # fmt: skip
                pass  # consequences: decided again, not commanded
            case _:
                assert_never(event.what)
    if events and not isinstance(events[-1].what, AttemptEnded):
        commands.append(PassTime(events[-1].at_ms))  # what came by itself after the last command
    return commands


def forked(events: Iterable[Event], at_seq: int, attempt: str) -> list[Event]:
    """The log up to and including `at_seq` as the beginning of a new attempt, to be lived on from there: for practice,
    whatever it came from."""
    copied: list[Event] = []
    for event in events:
        if event.seq > at_seq:
            break
        what = event.what
        if isinstance(what, AttemptStarted):
            what = replace(what, forked_from=event.attempt, at_seq=at_seq, mode="practice", exam=None)
        copied.append(replace(event, attempt=attempt, what=what))
    return copied


def remarked(scenario: Scenario, events: Iterable[Event]) -> list[Event]:
    """The log with the agent's words understood anew under the scenario's present rules; nothing else changes.

    The customer's reactions stay as they were lived: this is for a second scorecard beside the first.
    """
    state = State()
    anew: list[Event] = []
    for event in events:
        what = event.what
        if isinstance(what, AgentSpoke) and what.heard and what.to != "side":
            contact = state.contacts[event.contact]
            parts = turn_so_far(contact, what.to, Part(event.seq, what.text, what.recognised, what.voice))
            own = scenario.of(contact.id)
            rules = own.rules_at(area_of(contact), contact.party.step)
            marks = mark_turn(rules, situation(own, state, contact, what.to, event.at_ms), parts)
            event = replace(event, what=replace(what, marks=marks))
        state = evolve(state, event)
        anew.append(event)
    return anew
