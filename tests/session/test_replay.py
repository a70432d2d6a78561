"""The log is the attempt: it replays, forks, survives its codec, and does not depend on how often time is told."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.rehearsal.player import replay
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
from simulator.session.envelope import decode, encode
from simulator.session.events import AttemptEnded, AttemptStarted, ContactEnded, Recognised
from simulator.session.evolve import replayed
from simulator.session.replay import commands_of, forked, remarked
from simulator.session.story import CommandRefusedError
from tests.session.cases import Desk, mini

ACTS = (
    "answer", "hold", "resume", "mute", "unmute", "complete", "return", "escalate", "dismiss-colleague", "hang-up",
)  # fmt: skip
TEXTS = (
    "Telenova, buenos días.", "Le hacemos el reintegro.", "Cálmese.", "La señora Ríos.", "🙂 ¿Aló?", "idiota", "Ajá",
)  # fmt: skip
HEARD = Recognised("te le novo buenos días", "scripted", ((0, 2, 60), (3, 5, 99), (6, 10, 40)))


def command_at(at: int) -> st.SearchStrategy[Command]:
    """Anything that may be asked at a moment."""

    def built(make: Callable[..., Command], *values: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
        return st.builds(make, st.just(at), *values)

    texts, seqs = st.sampled_from(TEXTS), st.integers(0, 40)
    areas = st.sampled_from(["Facturación", "Soporte técnico"]).map(lambda area: (("area", area),))
    return st.one_of(
        built(Say, texts),
        built(Say, texts, st.just("c1"), st.just(0), st.just(True)),
        st.just(Say(at, "te le novo buenos días", "c1", 900, False, (("duplex", 1), ("wpm", 120)), HEARD)),
        st.just(Interrupt(at, at - 700)),
        built(TellSide, texts),
        built(Act, st.sampled_from(ACTS)),
        built(Act, st.just("consult"), areas),
        built(Type),
        built(EndLine, seqs),
        built(TimeLine, seqs, st.just(2_000)),
        *(built(kind) for kind in (Pause, Continue, PassTime, Finish, Withdraw)),
    )


@st.composite
def command_lists(draw: Any) -> list[Command]:
    """A start and then anything, at times that go forward."""
    at = 0
    commands: list[Command] = [Start(0, "a1", draw(st.integers(1, 50)), "Diego Salas")]
    for _ in range(draw(st.integers(0, 25))):
        at += draw(st.sampled_from([0, 100, 900, 2_500, 4_000, 9_000, 31_000]))
        commands.append(draw(command_at(at)))
    return commands


def played(commands: list[Command]) -> Desk:
    """A desk that was sent everything; what is refused is skipped, as on screen."""
    desk = Desk()
    for command in commands:
        try:
            desk.send(command)
        except CommandRefusedError:
            continue
    return desk


@settings(max_examples=60, deadline=None)
@given(command_lists())
def test_a_log_replays_to_the_same_bytes(commands: list[Command]) -> None:
    desk = played(commands)
    again = replay(mini(), commands_of(desk.events))
    assert [encode(event) for event in again] == [encode(event) for event in desk.events]


@settings(max_examples=60, deadline=None)
@given(command_lists())
def test_the_state_is_what_the_log_says(commands: list[Command]) -> None:
    desk = played(commands)
    assert replayed(desk.events) == desk.state
    assert [event.seq for event in desk.events] == list(range(len(desk.events)))
    assert all(a.at_ms <= b.at_ms for a, b in zip(desk.events, desk.events[1:], strict=False))
    assert len(desk.of(ContactEnded)) <= 1
    assert len(desk.of(AttemptEnded)) <= 1


@settings(max_examples=60, deadline=None)
@given(command_lists(), st.integers(200, 3_000))
def test_how_often_time_is_told_changes_nothing(commands: list[Command], every: int) -> None:
    ticking: list[Command] = []
    now = 0
    for command in commands:
        while now + every < command.at:
            now += every
            ticking.append(PassTime(now))
        now = command.at
        ticking.append(command)
    last = PassTime(now)  # a refused last command tells nothing, not even what was due before it
    ticked, plain = played([*ticking, last]), played([*commands, last])
    assert [encode(e) for e in ticked.events] == [encode(e) for e in plain.events]


@settings(max_examples=40, deadline=None)
@given(command_lists())
def test_events_survive_their_codec(commands: list[Command]) -> None:
    for event in played(commands).events:
        assert decode(encode(event)) == event


def test_a_fork_lives_on_from_its_moment() -> None:
    desk = Desk.complaining()
    at_seq = desk.events[-1].seq
    desk.say(11_000, "Cálmese.")
    fork = forked(desk.events, at_seq, "a2")
    assert [event.attempt for event in fork] == ["a2"] * len(fork)
    started = fork[0].what
    assert isinstance(started, AttemptStarted)
    assert (started.forked_from, started.at_seq) == ("a1", at_seq)
    other = Desk(state=replayed(fork), events=list(fork))
    other.say(11_000, "Le hacemos el reintegro.")
    assert other.contact.mood == 70


def test_words_can_be_marked_anew() -> None:
    desk = Desk.complaining()
    desk.say(11_000, "Le hacemos el reintegro.")
    assert remarked(mini(), desk.events) == desk.events
