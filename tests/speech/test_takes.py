"""Which files are taken as recordings, and what is made of them."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech import takes
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.takes import REFUSALS, RecordingRefused, take_of
from tests.speech.wav_files import tone


def taken(tmp_path: Path, data: bytes) -> takes.Take:
    file = tmp_path / "line.wav"
    file.write_bytes(data)
    return take_of(file)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_rate_and_one_or_two_channels_are_taken(tmp_path: Path, rate: int, channels: int) -> None:
    data = tone(rate=rate, channels=channels)
    take = taken(tmp_path, data)
    assert take.digest == hashlib.sha256(data).hexdigest()
    assert take.sound.size / SAMPLE_RATE == pytest.approx(0.8, abs=0.03)
    assert float(np.abs(take.sound).max()) == pytest.approx(0.3, abs=0.02)


def test_the_room_before_the_speech_is_cut_off_although_it_hums(tmp_path: Path) -> None:
    take = taken(tmp_path, tone(lead=2.0))
    assert take.sound.size / SAMPLE_RATE == pytest.approx(0.86, abs=0.05)


@pytest.mark.parametrize(
    ("data", "code", "value"),
    [
        (b"", "format", ""),
        (b"fLaC" + bytes(500), "format", ""),
        (b"RIFF\x00\x00\x00\x00WAVE", "format", ""),
        (tone(bits=24), "bits", 24),
        (tone(bits=32), "bits", 32),
        (tone(bits=8), "bits", 8),
        (tone(channels=6), "channels", 6),
        (tone(rate=4_000), "rate", 4_000),
        (tone()[:-5_001], "cut", ""),
        (tone(seconds=61, rate=8_000), "long", 60),
        (tone(level=0.0), "silent", ""),
        (tone(seconds=0), "silent", ""),
        (tone(level=0.001), "silent", ""),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_all_else_is_refused_with_its_reason(tmp_path: Path, data: bytes, code: str, value: object) -> None:
    with pytest.raises(RecordingRefused) as refused:
        taken(tmp_path, data)
    assert (refused.value.code, refused.value.value) == (code, value)
    assert refused.value.why
    assert "{" not in refused.value.why


def test_a_file_that_cannot_be_read_is_refused_too(tmp_path: Path) -> None:
    for path in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(RecordingRefused) as refused:
            take_of(path)
        assert refused.value.code == "unreadable"


def test_a_file_too_large_to_be_a_line_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "huge.wav"
    with file.open("wb") as stream:
        stream.truncate(takes._LARGEST_BYTES + 10)
    with pytest.raises(RecordingRefused) as refused:
        take_of(file)
    assert refused.value.code == "long"


@given(st.binary(max_size=400), st.integers(0, 60), st.binary(max_size=12))
def test_no_bytes_make_it_fail_otherwise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, at: int, damage: bytes
) -> None:
    sound = bytearray(tone(seconds=0.05, rate=8_000))
    sound[at : at + len(damage)] = damage
    folder = tmp_path_factory.mktemp("takes")
    for content in (data, bytes(sound)):
        try:
            said = "taken" if np.isfinite(taken(folder, content).sound).all() else "not a number"
        except RecordingRefused as refused:
            said = refused.code
        assert said in {"taken", *REFUSALS}
