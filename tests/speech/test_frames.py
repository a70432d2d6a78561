"""Samples on their way, their moments, and SpeechRecognition's own loops over them."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.heard import RATE
from simulator.speech.listening.frames import FrameStream, Recent, Timeline
from simulator.speech.listening.source import FrameSource
from tests.speech.synthetic import room, voice


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def read_all(stream: FrameStream, size: int = 800) -> bytes:
    return b"".join(iter(lambda: stream.read(size), b""))


@given(st.lists(st.binary(max_size=200), max_size=20), st.integers(1, 100))
def test_what_is_fed_is_read_in_blocks_of_the_size_asked_for(blocks: list[bytes], size: int) -> None:
    stream = FrameStream()
    whole = b"".join(block[: len(block) // 2 * 2] for block in blocks)
    for block in blocks:
        stream.feed(block)
    stream.end()
    found = list(iter(lambda: stream.read(size), b""))
    assert b"".join(found) == whole
    assert all(len(block) == 2 * size for block in found[:-1])
    assert stream.read(size) == b""


def test_a_dead_device_does_not_block_the_reader() -> None:
    stream = FrameStream(limit_s=0.02)
    stream.feed(bytes(200))
    assert stream.read(800) == bytes(200)
    assert stream.starved
    assert stream.read(800) == b""
    stream.feed(bytes(2000))
    assert stream.read(800) == b""


def test_a_cancelled_stream_wakes_its_reader_and_forgets() -> None:
    stream = FrameStream(limit_s=30)
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(stream.read(800)))
    reader.start()
    stream.cancel()
    reader.join(5)
    assert found == [b""]
    assert not stream.starved


@pytest.mark.expects_log
def test_the_oldest_sound_is_dropped_when_nobody_reads(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    stream = FrameStream(capacity_ms=1000, clock=clock)
    for number in range(30):
        clock.now += 0.05
        stream.feed(bytes([number, 0]) * 800)
    stream.end()
    assert stream.read(1) == bytes([10, 0])
    assert stream.moment_ms == pytest.approx(100_000 + 10 * 50)
    assert stream.dropped_ms == 500
    assert len(caplog.records) == 1


def test_moments_follow_the_samples_and_not_the_unevenness_of_the_blocks() -> None:
    timeline = Timeline()
    for number, late in enumerate((40, 5, 90, 30, 0, 60)):
        timeline.add(number * 800, 800, 1000 + 50 * (number + 1) + late)
    assert timeline.at(0) == pytest.approx(1000)
    assert timeline.at(4800) == pytest.approx(1300)


def test_a_gap_in_the_sound_is_a_gap_in_its_moments() -> None:
    clock = Clock()
    stream = FrameStream(clock=clock)
    moments = []
    for pause in (0.05, 0.05, 1.05, 0.05):
        clock.now += pause
        stream.feed(bytes(1600))
        stream.read(800)
        moments.append(stream.moment_ms)
    assert moments == pytest.approx([100_000, 100_050, 101_100, 101_150])


def test_there_is_no_moment_before_any_sound() -> None:
    with pytest.raises(ValueError, match="no sound"):
        Timeline().at(0)


def fed(recent: Recent, clock: Clock, milliseconds: int) -> None:
    for _ in range(milliseconds // 50):
        clock.now += 0.05
        recent.feed(bytes(1600))


def given_length(recent: Recent, clock: Clock) -> tuple[int, int]:
    """Milliseconds that the turn is given, and those before it."""
    stream = FrameStream(clock=clock)
    before = recent.hand_over(stream)
    stream.end()
    return len(read_all(stream)) // 32, len(before) // 32


def test_a_turn_begins_with_its_pre_roll() -> None:
    clock = Clock()
    recent = Recent(clock)
    fed(recent, clock, 5000)
    assert given_length(recent, clock) == (300, 1700)
    assert given_length(recent, clock) == (0, 0)


def test_what_was_said_since_the_turn_before_belongs_to_the_next_one() -> None:
    clock = Clock()
    recent = Recent(clock)
    recent.turn_ended([(bytes(3200), clock.now * 1000 - 100)])
    fed(recent, clock, 600)
    assert given_length(recent, clock) == (700, 0)


def test_what_was_heard_before_the_microphone_was_closed_is_no_beginning() -> None:
    clock = Clock()
    recent = Recent(clock)
    fed(recent, clock, 1000)
    clock.now += 3
    assert given_length(recent, clock) == (0, 1000)


def test_the_library_listens_to_a_phrase_of_the_source() -> None:
    import speech_recognition

    stream = FrameStream(limit_s=0.05)
    stream.feed(room(1000) + voice(900) + room(1500))
    recognizer = speech_recognition.Recognizer()
    with FrameSource(stream) as source:
        phrase = recognizer.listen(source)
    assert phrase.sample_rate == RATE
    assert phrase.sample_width == 2
    assert 0.9 <= len(phrase.frame_data) / 2 / RATE <= 2.2


def test_a_dead_device_does_not_block_the_library() -> None:
    import speech_recognition

    stream = FrameStream(limit_s=0.05)
    stream.feed(room(200))
    with FrameSource(stream) as source:
        phrase = speech_recognition.Recognizer().listen(source)
    assert stream.starved
    assert len(phrase.frame_data) <= 2 * RATE
    assert source.stream is None
