"""Where a turn begins and ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.settings import PATIENCE_MS
from simulator.speech.heard import RATE
from simulator.speech.listening.endpoint import QUIETEST, Endpoint, NoiseFloor, State, level_of
from tests.speech.synthetic import room, voice

BLOCK = 2 * RATE // 20


def listened(endpoint: Endpoint, pcm: bytes, *, going_on: bool = False) -> State:
    """In blocks of 50 ms, as the listener does."""
    state = endpoint.state
    for at in range(0, len(pcm), BLOCK):
        state = endpoint.accept(pcm[at : at + BLOCK], going_on=going_on)
    return state


def ms(index: int | None) -> float:
    assert index is not None
    return index * 1000 / RATE


@pytest.mark.parametrize("patience", PATIENCE_MS.values())
def test_silence_of_the_chosen_length_ends_a_turn(patience: int) -> None:
    endpoint = Endpoint(patience)
    assert listened(endpoint, room(500)) is State.QUIET
    assert listened(endpoint, voice(600)) is State.SPEAKING
    assert listened(endpoint, room(patience - 100)) is State.PAUSE
    assert listened(endpoint, room(150)) is State.ENDED
    assert ms(endpoint.began) == pytest.approx(500, abs=20)
    assert ms(endpoint.ended) == pytest.approx(1100, abs=40)


def test_a_pause_shorter_than_the_patience_is_no_end() -> None:
    endpoint = Endpoint(700)
    listened(endpoint, room(300))
    for _ in range(4):
        assert listened(endpoint, voice(400)) is State.SPEAKING
        assert listened(endpoint, room(600)) is State.PAUSE


def test_while_the_words_go_on_the_wait_is_twice_as_long() -> None:
    endpoint = Endpoint(700)
    listened(endpoint, room(300) + voice(500))
    assert listened(endpoint, room(1350), going_on=True) is State.PAUSE
    assert listened(endpoint, room(100), going_on=True) is State.ENDED


def test_a_turn_may_begin_with_voice() -> None:
    endpoint = Endpoint(700)
    assert listened(endpoint, voice(300)) is State.SPEAKING
    assert endpoint.began == 0


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(room(30, -10), id="click"),
        pytest.param(voice(120), id="a tap that rings"),
        pytest.param((room(30, -10) + room(400)) * 8, id="typing"),
        pytest.param(room(600, -40), id="breath"),
        pytest.param(voice(2000, -68), id="somebody far away"),
    ],
)
def test_what_is_no_speech_begins_no_turn(sound: bytes) -> None:
    endpoint = Endpoint(700)
    assert listened(endpoint, room(1000) + sound + room(1500)) is State.QUIET
    assert endpoint.began is None
    assert endpoint.earliest == endpoint.position


def test_after_a_click_the_turn_begins_with_the_voice() -> None:
    endpoint = Endpoint(700)
    listened(endpoint, room(500) + room(30, -10) + room(470) + voice(500))
    assert ms(endpoint.began) == pytest.approx(1000, abs=20)


def test_a_noisy_room_is_learnt_and_a_voice_in_it_heard() -> None:
    endpoint = Endpoint(1200)
    endpoint.learn(room(2000, -40))
    assert listened(endpoint, room(3000, -40)) is State.QUIET
    assert listened(endpoint, voice(800, -22, noise=-40)) is State.SPEAKING
    assert listened(endpoint, room(1300, -40)) is State.ENDED


def test_a_fan_that_is_switched_on_does_not_keep_the_turn_open() -> None:
    endpoint = Endpoint(700)
    listened(endpoint, room(1000) + voice(600))
    assert listened(endpoint, room(5000, -45)) is State.ENDED


def test_the_room_is_remembered_from_turn_to_turn() -> None:
    floor = NoiseFloor()
    Endpoint(700, floor).learn(room(3000, -40))
    assert floor.level == pytest.approx(-40, abs=2)
    assert listened(Endpoint(700, floor), room(1000, -40)) is State.QUIET


def test_digital_silence_is_quiet_and_ends_a_turn() -> None:
    endpoint = Endpoint(700)
    nothing = bytes(len(room(3000)))
    assert listened(endpoint, nothing) is State.QUIET
    assert listened(endpoint, voice(400)) is State.SPEAKING
    assert listened(endpoint, nothing) is State.ENDED
    assert level_of(nothing) == QUIETEST
    assert level_of(b"") == QUIETEST


def test_nobody_speaks_longer_than_a_minute() -> None:
    endpoint = Endpoint(700, longest_ms=5000)
    assert listened(endpoint, (voice(700) + room(100)) * 6) is State.PAUSE
    assert listened(endpoint, (voice(700) + room(100)) * 2) is State.ENDED


@given(st.integers(80, 300), st.floats(-45, -10), st.floats(-80, -65))
@settings(max_examples=30, deadline=None)
def test_voices_high_and_low_loud_and_soft_are_heard(pitch: int, level: float, noise: float) -> None:
    endpoint = Endpoint(700)
    listened(endpoint, room(600, noise))
    assert listened(endpoint, voice(400, level, pitch, noise)) is State.SPEAKING
    assert listened(endpoint, room(800, noise)) is State.ENDED


@given(st.lists(st.integers(0, 3000), max_size=40))
@settings(max_examples=40, deadline=None)
def test_how_the_samples_are_cut_into_blocks_changes_nothing(sizes: list[int]) -> None:
    sound = room(400) + voice(500) + room(1000)
    whole, pieces = Endpoint(700), Endpoint(700)
    whole.accept(sound)
    at = 0
    for size in sizes:
        pieces.accept(sound[at : at + size])
        at += size
    pieces.accept(sound[at:])
    assert (pieces.state, pieces.began, pieces.ended, pieces.position) == (
        whole.state,
        whole.began,
        whole.ended,
        whole.position,
    )


@given(st.binary(max_size=20_000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_judged(pcm: bytes) -> None:
    endpoint = Endpoint(700)
    assert endpoint.accept(pcm) in State
    assert QUIETEST <= level_of(pcm) <= 0.0
    assert endpoint.began is None or 0 <= endpoint.began < endpoint.position
