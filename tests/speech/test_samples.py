"""Reading, trimming and resampling sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech import samples
from simulator.speech.line import SAMPLE_RATE, RenderedLine


def tone(hertz: float, seconds: float, rate: int = SAMPLE_RATE) -> samples.Samples:
    made: samples.Samples = 0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
    return made


@given(st.binary(max_size=400).filter(lambda data: len(data) % 2 == 0))
def test_pcm_comes_back_except_for_the_one_value_below_full_scale(pcm: bytes) -> None:
    expected = np.maximum(np.frombuffer(pcm, "<i2"), -32767).astype("<i2").tobytes()
    assert samples.to_pcm(samples.from_pcm(pcm)) == expected


def test_a_wav_of_another_rate_is_resampled(tmp_path: Path) -> None:
    file = tmp_path / "tone.wav"
    file.write_bytes(samples.wav_bytes(samples.to_pcm(tone(1000, 0.5, 16_000)), 16_000))
    sound = samples.read(file)
    assert sound.size == SAMPLE_RATE // 2
    spectrum = np.abs(np.fft.rfft(sound))
    assert np.fft.rfftfreq(sound.size, 1 / SAMPLE_RATE)[spectrum.argmax()] == pytest.approx(1000, abs=3)


def aiff(pcm_big_endian: bytes, rate_field: bytes) -> bytes:
    common = (
        (1).to_bytes(2, "big") + (len(pcm_big_endian) // 2).to_bytes(4, "big") + (16).to_bytes(2, "big") + rate_field
    )
    sound = bytes(8) + pcm_big_endian
    body = b"AIFF" + b"COMM" + len(common).to_bytes(4, "big") + common + b"SSND" + len(sound).to_bytes(4, "big") + sound
    return b"FORM" + len(body).to_bytes(4, "big") + body


def test_an_aiff_is_read(tmp_path: Path) -> None:
    wanted = tone(500, 0.1)
    big = np.frombuffer(samples.to_pcm(wanted), "<i2").astype(">i2").tobytes()
    file = tmp_path / "line.aiff"
    file.write_bytes(aiff(big, b"\x40\x0d\xac\x44" + bytes(6)))  # 22,050 as an 80-bit float
    assert samples.read(file) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"FORM", b"nothing at all", b"FORM" + bytes(40)])
def test_what_is_no_sound_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "broken.wav"
    file.write_bytes(data)
    with pytest.raises(samples.UnreadableSound):
        samples.read(file)


def test_trimming_takes_the_silence_and_leaves_the_word() -> None:
    word = tone(300, 0.2)
    sound = np.concatenate([np.zeros(SAMPLE_RATE), word, np.zeros(SAMPLE_RATE)])
    trimmed = samples.trimmed(sound)
    assert word.size <= trimmed.size <= word.size + SAMPLE_RATE * 70 // 1000
    assert samples.trimmed(np.zeros(100)).size == 0


def test_sentences_are_joined_with_the_speakers_pause() -> None:
    one = samples.trimmed(tone(300, 0.2))
    line = samples.joined([tone(300, 0.2), tone(300, 0.2)], 250)
    assert line.size == 2 * one.size + SAMPLE_RATE // 4
    assert samples.joined([], 250).size == 0


@given(st.integers(1, 100_000), st.integers(1, 200))
def test_a_fast_length_is_long_enough_and_a_multiple(size: int, multiple: int) -> None:
    length = samples.fast_length(size, multiple)
    assert length >= size
    assert length % multiple == 0
    assert length <= 2 * size + 2 * multiple


def test_a_duration_is_rounded_up() -> None:
    assert RenderedLine(bytes(2)).duration_ms == 1
    assert RenderedLine(bytes(2 * SAMPLE_RATE)).duration_ms == 1000
    assert RenderedLine(b"").duration_ms == 0
