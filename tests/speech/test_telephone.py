"""The telephone line, measured by its spectrum."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.speech import samples, telephone
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.telephone import LineEffect
from tests.speech.acoustics import level, share_of_power


def wide_sound(seconds: float = 2.0) -> samples.Samples:
    drawn: samples.Samples = np.random.default_rng(3).standard_normal(round(seconds * SAMPLE_RATE)) * 0.1
    return drawn


def through(
    sound: samples.Samples, effect: LineEffect = LineEffect.TELEPHONE, volume: int = 80, seed: int = 1
) -> bytes:
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
