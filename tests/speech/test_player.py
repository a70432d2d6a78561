"""The real player on a real (private) sound server, heard by recording its sink."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.speech.acoustics import level, likeness, loud_seconds
from tests.speech.conftest import RECORD_RATE, Recorder, SoundServer
from tests.speech.told_process import ToldProcess

ROOT = Path(__file__).parents[2]
SWALLOWED = 2 * (RECORD_RATE // 20)
"""Bytes of the first 50 ms, some of which a null sink swallows when it wakes."""
pytestmark = pytest.mark.sound


class PlayerProcess(ToldProcess):
    """`tests.speech.player_process`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        super().__init__("tests.speech.player_process", environment)


@pytest.fixture
def player(sound_server: SoundServer) -> Iterator[PlayerProcess]:
    made = PlayerProcess(sound_server.environment)
    yield made
    made.close()
    assert made.process.returncode == 0


def noise(seconds: float, folder: Path) -> Path:
    """A sound without any repetition in it, so that its place in a recording is certain; below 2 kHz, since a
    resampling server shifts it by a part of a sample."""
    size = round(seconds * RECORD_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(size))
    spectrum[np.fft.rfftfreq(size, 1 / RECORD_RATE) > 2000] = 0
    drawn = np.fft.irfft(spectrum, size) * 6000
    file = folder / f"noise-{seconds}.pcm"
    file.write_bytes(drawn.astype("<i2").tobytes())
    return file


def test_a_line_is_heard_whole_and_its_end_is_told(player: PlayerProcess, recorder: Recorder, tmp_path: Path) -> None:
    assert player.opened[0] == "Player"
    assert player.opened[2] is None
    assert player.opened[3]
    file = noise(0.8, tmp_path)
    before = recorder.position
    player.send("play", str(file), "100")
    assert player.next("started") == [800]
    assert player.next("finished") == []
    heard = recorder.since(before, 1.6)
    assert likeness(file.read_bytes()[SWALLOWED:], heard) > 0.97


def test_stop_silences_at_once_and_nothing_is_told_afterwards(
    player: PlayerProcess, recorder: Recorder, tmp_path: Path
) -> None:
    before = recorder.position
    player.send("play", str(noise(6, tmp_path)), "100")
    player.next("started")
    recorder.wait_until(lambda heard: loud_seconds(heard[before:], RECORD_RATE) is not None, "the line was not heard")
    player.send("stop")
    while (done := player.next("done"))[0] != "stop":
        pass
    stopped = recorder.position
    _, seconds, still_playing = done
    assert not still_playing
    assert seconds < 0.05
    assert loud_seconds(recorder.since(stopped + RECORD_RATE, 1.0), RECORD_RATE) is None  # from half a second later on
    player.send("quit")
    assert not [told for told in player.everything() if told[0] in {"finished", "failed"}]


def test_a_loop_goes_on_without_a_gap_until_stopped(player: PlayerProcess, recorder: Recorder, tmp_path: Path) -> None:
    file = noise(0.5, tmp_path)
    before = recorder.position
    player.send("loop", str(file), "100")
    assert player.next("started") == [-1]
    heard = recorder.since(before, 3.0)
    first = loud_seconds(heard, RECORD_RATE)
    assert first is not None
    assert likeness((file.read_bytes() * 3)[SWALLOWED:], heard) > 0.97
    player.send("stop")


def test_volume_is_the_users(player: PlayerProcess, recorder: Recorder, tmp_path: Path) -> None:
    file = noise(0.5, tmp_path)
    levels = []
    for volume in ("100", "50"):
        before = recorder.position
        player.send("play", str(file), volume)
        player.next("finished")
        levels.append(level(recorder.since(before, 1.0)))
    assert levels[1] == pytest.approx(levels[0] / 4, rel=0.15)


def test_a_lost_server_fails_the_line_and_never_the_program(
    sound_server: SoundServer, player: PlayerProcess, tmp_path: Path
) -> None:
    file = noise(6, tmp_path)
    player.send("play", str(file), "100")
    player.next("started")
    sound_server.kill()
    assert player.next("failed") == ["device-lost"]
    player.send("play", str(file), "100")  # Qt itself would abort here
    assert player.next("failed") == ["device-lost"]
    player.send("reason")
    assert player.next("reason") == ["device-lost"]


def test_without_a_sound_server_the_silent_twin_says_why(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
    made = PlayerProcess({**clean, "PULSE_SERVER": f"unix:{tmp_path}/none", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert made.opened == ["SilentPlayer", "silent (scripted)", "no-output-device", []]
    made.send("play", str(noise(0.1, tmp_path)), "100")
    assert made.next("started") == [100]
    assert made.next("finished") == []
    made.close()
    assert made.process.returncode == 0
