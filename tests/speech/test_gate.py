"""Silence is not offered to a recogniser."""

from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.listening.gate import Gate, level_dbfs
from tests.speech.synthetic import room, voice


def gate_of(*parts: bytes) -> Gate:
    gate = Gate()
    for part in parts:
        gate.accept(part)
    return gate


def test_a_voice_is_something() -> None:
    assert gate_of(room(300), voice(600), room(700)).heard_something


def test_a_soft_voice_is_something() -> None:
    assert gate_of(room(300), voice(600, level=-48), room(700)).heard_something


def test_a_short_word_under_a_held_key_is_something() -> None:
    assert gate_of(voice(320)).heard_something


def test_a_quiet_room_is_nothing() -> None:
    assert not gate_of(room(2000)).heard_something


def test_the_hum_of_a_loud_fan_is_nothing() -> None:
    assert not gate_of(room(2000, level=-40)).heard_something


def test_the_hum_after_a_device_that_delivers_late_is_nothing() -> None:
    assert not gate_of(bytes(3200 * 3), room(2000, level=-40)).heard_something


def test_no_sound_at_all_is_nothing() -> None:
    assert not gate_of().heard_something
    assert not gate_of(bytes(32_000)).heard_something


@given(st.lists(st.integers(1, 9000), max_size=12))
def test_the_size_of_the_pieces_does_not_matter(sizes: list[int]) -> None:
    sound = room(300) + voice(400, level=-50)
    gate, at = Gate(), 0
    for size in sizes:
        gate.accept(sound[at : at + size])
        at += size
    gate.accept(sound[at:])
    assert gate.heard_something


def test_levels_are_of_full_scale() -> None:
    assert level_dbfs(b"") == level_dbfs(bytes(200)) == -90
    assert abs(level_dbfs(room(1000, level=-30)) + 30) < 0.2
