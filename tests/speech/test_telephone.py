"""The telephone line, measured by its spectrum."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.speech import samples, telephone
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.telephone import LineEffect, line_of
from tests.speech.acoustics import level, share_of_power


def wide_sound(seconds: float = 2.0) -> samples.Samples:
    drawn: samples.Samples = np.random.default_rng(3).standard_normal(round(seconds * SAMPLE_RATE)) * 0.1
    return drawn


def through(sound: samples.Samples, effect: LineEffect = LineEffect.CLEAR, volume: int = 80, seed: int = 1) -> bytes:
    return samples.to_pcm(telephone.apply(sound, effect, volume, seed))


def test_only_the_telephone_band_passes() -> None:
    heard = through(wide_sound())
    assert share_of_power(heard, SAMPLE_RATE, 150, 3800) > 0.999
    assert share_of_power(heard, SAMPLE_RATE, 300, 3400) > 0.9
    without = through(wide_sound(), LineEffect.NONE)
    assert share_of_power(without, SAMPLE_RATE, 300, 3400) < 0.4


def test_the_band_itself_is_flat() -> None:
    heard = through(wide_sound(6))
    low = share_of_power(heard, SAMPLE_RATE, 400, 1400)
    high = share_of_power(heard, SAMPLE_RATE, 2200, 3200)
    assert low == pytest.approx(high, rel=0.1)


def test_the_length_is_kept() -> None:
    for size in (1, 440, 22_050, 33_333):
        sound = wide_sound()[:size]
        assert len(through(sound)) == 2 * size
    assert through(wide_sound()[:0]) == b""


def test_volume_is_loudness_and_voices_are_levelled() -> None:
    loud, soft = through(wide_sound() * 3, volume=100), through(wide_sound() / 3, volume=50)
    assert level(loud) == pytest.approx(2 * level(soft), rel=0.05)
    assert 20 * np.log10(level(loud) / 32767) == pytest.approx(telephone.HOUSE_LEVEL_DBFS, abs=0.5)


def test_peaks_are_rounded_and_never_clip() -> None:
    sound = np.zeros(SAMPLE_RATE)
    sound[::4000] = 1.0
    heard = np.abs(np.frombuffer(through(sound, LineEffect.NONE, 100), "<i2"))
    assert heard.max() < 0.9 * 32767


def test_the_hiss_is_faint_and_drawn_from_the_seed() -> None:
    quiet = np.zeros(2 * SAMPLE_RATE)
    quiet[:SAMPLE_RATE] = wide_sound(1.0)
    heard = through(quiet)
    hiss = heard[-SAMPLE_RATE:]  # the last half second
    assert 0 < level(hiss) < level(heard) / 30
    assert through(quiet, seed=1) == heard
    assert through(quiet, seed=2) != heard


def test_silence_stays_finite() -> None:
    assert level(through(np.zeros(1000))) < 33


# The quality of a line

LINES = (LineEffect.CLEAR, LineEffect.ORDINARY, LineEffect.NOISY, LineEffect.MOBILE)


def speech_then_nobody() -> tuple[samples.Samples, int]:
    """Two seconds in which somebody speaks in syllables, four in which nobody does; where the second part begins."""
    at = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    spoken = wide_sound(2.0) * np.maximum(0, np.sin(2 * np.pi * 4 * at))
    return np.concatenate([spoken, np.zeros(4 * SAMPLE_RATE)]), spoken.size


def signal_to_noise(effect: LineEffect, seed: int = 1) -> float:
    """dB between the frames of speech and the noise when nobody speaks."""
    sound, end = speech_then_nobody()
    heard = np.frombuffer(through(sound, effect, 100, seed), "<i2") / 32767
    frames = heard[:end].reshape(-1, SAMPLE_RATE // 50)
    power = (frames**2).mean(axis=1)
    speech = power[power > power.max() / 100].mean()
    return float(10 * np.log10(speech / (heard[end + SAMPLE_RATE // 5 :] ** 2).mean()))


def test_difficulty_chooses_the_line_and_a_wish_overrules_it() -> None:
    assert [line_of(difficulty) for difficulty in (1, 2, 3, 4, 5)] == [
        LineEffect.CLEAR,
        LineEffect.ORDINARY,
        LineEffect.ORDINARY,
        LineEffect.NOISY,
        LineEffect.MOBILE,
    ]
    assert line_of(0) is line_of(1)
    assert line_of(9) is line_of(5)
    assert {line_of(1, wish) for wish in ("clear", "ordinary", "noisy", "mobile")} == set(LINES)


@pytest.mark.parametrize(
    ("effect", "decibels"),
    [(LineEffect.CLEAR, 38), (LineEffect.ORDINARY, 28), (LineEffect.NOISY, 19), (LineEffect.MOBILE, 17)],
)
def test_each_line_has_its_noise(effect: LineEffect, decibels: float) -> None:
    assert signal_to_noise(effect) == pytest.approx(decibels, abs=3)


def test_the_harder_the_line_the_louder_its_noise() -> None:
    measured = [signal_to_noise(effect) for effect in LINES]
    assert measured == sorted(measured, reverse=True)


@pytest.mark.parametrize("effect", LINES)
def test_a_line_is_drawn_from_the_seed_and_keeps_the_length_and_the_band(effect: LineEffect) -> None:
    sound, _ = speech_then_nobody()
    assert through(sound, effect, seed=1) == through(sound, effect, seed=1) != through(sound, effect, seed=2)
    assert share_of_power(through(sound, effect), SAMPLE_RATE, 150, 3800) > 0.999
    for size in (1, 440, 33_333):
        assert len(through(sound[:size], effect)) == 2 * size


def holes_of(effect: LineEffect, seed: int) -> list[float]:
    """Lengths (ms) of the stretches of a steady sound in which only the hiss is left."""
    heard = np.frombuffer(through(wide_sound(20.0), effect, 100, seed), "<i2").astype(float)
    size = SAMPLE_RATE // 200  # 5 ms
    frames = heard[: heard.size - heard.size % size].reshape(-1, size)
    quiet = np.sqrt((frames**2).mean(axis=1)) < 0.25 * np.sqrt((heard**2).mean())
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(int)))
    return [float(end - start) * 5 for start, end in zip(edges[::2], edges[1::2], strict=True)]


def test_words_of_a_mobile_call_have_holes_of_20_to_60_ms() -> None:
    found = [hole for seed in range(4) for hole in holes_of(LineEffect.MOBILE, seed)]
    assert 25 < len(found) < 80  # in 80 s, one in 1.6 s on average
    assert min(found) >= 10
    assert max(found) <= 65


@pytest.mark.parametrize("effect", [LineEffect.CLEAR, LineEffect.ORDINARY, LineEffect.NOISY])
def test_other_lines_have_no_holes(effect: LineEffect) -> None:
    assert holes_of(effect, 1) == []
