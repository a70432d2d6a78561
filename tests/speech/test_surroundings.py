"""What is heard behind a caller: measured, since nobody listens to a test."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from simulator.speech import samples, surroundings

RATE = 8_000
BEDS = (surroundings.talk, surroundings.street)


@pytest.mark.parametrize("bed", BEDS)
def test_a_bed_is_of_even_loudness_and_without_a_seam(bed: Callable[[int], samples.Samples]) -> None:
    sound = bed(RATE)
    assert sound.size == surroundings.SECONDS * RATE
    assert float(np.sqrt((sound**2).mean())) == pytest.approx(1, abs=0.01)
    assert float(np.abs(sound).max()) < 12
    steps = np.abs(np.diff(sound))
    assert abs(float(sound[0] - sound[-1])) <= float(steps.max())
    seconds = np.sqrt((sound.reshape(surroundings.SECONDS, -1) ** 2).mean(axis=1))
    assert seconds.min() > 0.3


def test_talk_moves_in_syllables_and_the_street_does_not() -> None:
    def movement(sound: samples.Samples) -> float:
        """Share of the loudness' movement between 2 and 8 Hz, where syllables are."""
        loudness = np.abs(sound).reshape(-1, RATE // 50).mean(axis=1)
        power = np.abs(np.fft.rfft(loudness - loudness.mean())) ** 2
        hertz = np.fft.rfftfreq(loudness.size, 1 / 50)
        return float(power[(hertz >= 2) & (hertz <= 8)].sum() / power.sum())

    assert movement(surroundings.talk(RATE)) > 1.5 * movement(surroundings.street(RATE))


def test_the_recipe_gives_the_same_on_every_day() -> None:
    again = surroundings.talk.__wrapped__(RATE)
    assert np.array_equal(again, surroundings.talk(RATE))


def test_a_stretch_goes_around_the_end_and_is_drawn() -> None:
    bed = np.arange(10.0)
    long = surroundings.stretch(bed, 25, np.random.default_rng(1))
    assert long.size == 25
    assert set(np.diff(long)) == {1.0, -9.0}
    firsts = {float(surroundings.stretch(bed, 1, np.random.default_rng(seed))[0]) for seed in range(40)}
    assert len(firsts) > 5
