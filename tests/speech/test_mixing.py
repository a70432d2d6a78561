"""Both sides of a call in one track, each where it was."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.speech import samples
from simulator.speech.heard import RATE
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.mixing import LONG_MS, SHORT_MS, Clip, Mixing, Track
from tests.speech.acoustics import level


def tone(ms: int, rate: int, hertz: int = 440, amplitude: float = 0.3) -> bytes:
    return samples.to_pcm(amplitude * np.sin(2 * np.pi * hertz * np.arange(ms * rate // 1000) / rate))


def of(pcm: bytes) -> Callable[[], bytes]:
    return lambda: pcm


def clip(begin: int, end: int, rate: int = RATE, *, lead: int = 0, voice: bool = False, hertz: int = 440) -> Clip:
    pcm = bytes(lead * rate // 1000 * 2) + tone(end - begin, rate, hertz)
    return Clip(begin, end, of(pcm), rate, voice)


def mixed(*clips: Clip) -> Track:
    mixing = Mixing(clips)
    while mixing.step():
        pass
    return mixing.track()


def part(track: Track, begin: int, end: int) -> bytes:
    """What the track sounds like between two session times."""
    return track.pcm[track.track_at(begin) * RATE // 1000 * 2 : track.track_at(end) * RATE // 1000 * 2]


def test_each_side_sounds_where_it_was() -> None:
    track = mixed(clip(5_000, 6_000, SAMPLE_RATE), clip(7_000, 8_000))
    assert track.call_at(0) == 5_000
    for begin, end, sounds in ((5_000, 6_000, True), (6_050, 6_950, False), (7_000, 8_000, True)):
        assert (level(part(track, begin, end)) > 1_000) is sounds


def test_both_are_heard_where_both_spoke() -> None:
    track = mixed(clip(0, 2_000, hertz=400), clip(1_000, 2_000, hertz=1_500))
    alone, both = level(part(track, 0, 900)), level(part(track, 1_050, 1_950))
    assert both == pytest.approx(alone * 2**0.5, rel=0.05)


def test_a_long_silence_is_shortened_and_a_short_one_kept() -> None:
    track = mixed(clip(0, 1_000), clip(3_000, 4_000), clip(64_000, 65_000))
    assert track.track_at(3_000) == 3_000
    assert track.track_at(64_000) == 4_200 + SHORT_MS
    assert track.track_at(30_000) == track.track_at(64_000)
    assert track.lasts_ms == 4_200 + SHORT_MS + 1_200


def test_a_microphones_silence_before_the_words_is_left_out() -> None:
    track = mixed(clip(1_000, 2_000, lead=700, voice=True))
    assert level(part(track, 1_000, 1_100)) > 1_000
    assert level(part(track, 1_000, 2_000)) > 1_000


def test_a_line_that_was_cut_off_is_cut_off() -> None:
    track = mixed(Clip(0, 500, of(tone(3_000, RATE)), RATE), clip(1_500, 2_000))
    assert level(part(track, 0, 500)) > 1_000
    assert level(part(track, 750, 1_450)) == 0


def test_two_loud_ones_do_not_overflow() -> None:
    loud = Clip(0, 1_000, of(tone(1_000, RATE, amplitude=1.0)), RATE)
    sound = np.frombuffer(mixed(loud, loud).pcm, "<i2")
    assert sound.max() == 32_767
    assert sound.min() == -32_767


def test_from_a_moment_on() -> None:
    track = mixed(clip(5_000, 8_000))
    assert track.line(1_000).duration_ms == track.lasts_ms - 1_000
    assert track.line(99_000).pcm == b""


def test_nothing_recorded() -> None:
    assert mixed() == Track(b"", ())
    assert mixed().track_at(5) == 0


def test_a_sound_that_cannot_be_read_is_told() -> None:
    def gone() -> bytes:
        raise TercerTimbreError("recording-damaged", path="x", detail="y")

    with pytest.raises(TercerTimbreError):
        Mixing([Clip(0, 1_000, gone, RATE)]).step()


spans = st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 400)), max_size=8)


@given(spans)
def test_times_go_there_and_back(given_spans: list[tuple[int, int]]) -> None:
    track = mixed(*(clip(begin, begin + ms) for begin, ms in given_spans))
    for begin, _ in given_spans:
        assert track.call_at(track.track_at(begin)) == begin
    times = [track.call_at(ms) for ms in range(0, track.lasts_ms, 97)]
    assert times == sorted(times)
    assert track.lasts_ms <= sum(ms + 200 + LONG_MS for _, ms in given_spans)
