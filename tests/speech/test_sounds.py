"""The desk's own sounds."""

from pathlib import Path

import numpy as np
import pytest

from simulator import paths
from simulator.speech import sounds
from simulator.speech.sounds import LOOPS, Sound
from tests.speech.acoustics import level, samples_of, share_of_power


def test_the_recipe_gives_the_files_that_ship_byte_for_byte(tmp_path: Path) -> None:
    sounds.write(tmp_path)
    shipped = paths.assets() / "sounds"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in shipped.glob("*.wav")}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name


@pytest.mark.parametrize("sound", list(Sound))
def test_every_sound_is_heard_never_clips_and_does_not_click(sound: Sound) -> None:
    line = sounds.load(sound)
    heard = samples_of(line.pcm)
    assert level(line.pcm) > 500
    assert np.abs(heard).max() < 0.6 * 32767
    if sound not in LOOPS:
        assert max(abs(heard[0]), abs(heard[-1])) < 100


@pytest.mark.parametrize("sound", sorted(LOOPS))
def test_a_loop_has_no_seam(sound: Sound) -> None:
    heard = samples_of(sounds.load(sound).pcm)
    steps = np.abs(np.diff(heard))
    assert abs(heard[0] - heard[-1]) <= steps.max()


def test_the_line_tones_have_the_cadence_and_pitch_of_the_network() -> None:
    ringback = sounds.load(Sound.RINGBACK)
    assert ringback.duration_ms == 5000
    assert share_of_power(ringback.pcm, ringback.rate, 415, 435) > 0.98
    assert level(ringback.pcm[: 2 * ringback.rate]) > 3000
    assert level(ringback.pcm[2 * ringback.rate :]) == 0


def test_every_sound_is_explained_in_the_readme() -> None:
    text = (paths.assets() / "sounds" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{sound}.wav`" in text for sound in Sound)
