"""Rendered lines on disk."""

import dataclasses
import os
from pathlib import Path

import pytest

from simulator.speech.cache import LineCache, key_of
from simulator.speech.line import RenderedLine
from simulator.speech.telephone import LineEffect
from simulator.speech.voice import voice_for

LINE = RenderedLine(bytes(range(256)) * 40)


def test_a_line_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = LineCache(tmp_path / "voice")
    assert cache.get("a") is None
    assert cache.put("a", LINE)
    found = cache.get("a")
    assert found is not None
    assert (found.pcm, found.rate, found.from_cache) == (LINE.pcm, LINE.rate, True)
    assert [path.name for path in (tmp_path / "voice").iterdir()] == ["a.wav"]


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "foreign"])
def test_a_damaged_entry_is_a_miss_and_is_removed(tmp_path: Path, damage: str) -> None:
    cache = LineCache(tmp_path)
    cache.put("a", LINE)
    file = tmp_path / "a.wav"
    data = bytearray(file.read_bytes())
    match damage:
        case "truncate":
            data = data[:-100]
        case "flip":
            data[len(data) // 2] ^= 1
        case "empty":
            data = bytearray()
        case "foreign":
            data = bytearray(b"not a sound" * 20)
    file.write_bytes(data)
    assert cache.get("a") is None
    assert not file.exists()


def test_the_least_recently_used_go_first(tmp_path: Path) -> None:
    size = 44 + len(LINE.pcm) + 12
    cache = LineCache(tmp_path, limit_bytes=5 * size)
    for second, key in enumerate("abcde"):
        cache.put(key, LINE)
        os.utime(tmp_path / f"{key}.wav", (second, second))
    cache.get("a")
    cache.put("f", LINE)
    assert {path.stem for path in tmp_path.iterdir()} == {"a", "d", "e", "f"}
    assert cache.size_bytes() <= 5 * size


def test_half_written_files_are_swept_too(tmp_path: Path) -> None:
    (tmp_path / "x.part").write_bytes(bytes(100_000))
    os.utime(tmp_path / "x.part", (1, 1))
    cache = LineCache(tmp_path, limit_bytes=50_000)
    cache.put("a", LINE)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_a_disk_that_refuses_makes_a_miss_and_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    cache = LineCache(blocked / "voice")
    assert not cache.put("a", LINE)
    assert cache.get("a") is None
    assert cache.size_bytes() == 0


def test_clear_removes_everything(tmp_path: Path) -> None:
    cache = LineCache(tmp_path)
    cache.put("a", LINE)
    cache.clear()
    assert list(tmp_path.iterdir()) == []


def test_the_key_is_made_of_everything_that_is_heard() -> None:
    voice = voice_for(customer="marta")
    base = key_of((("Hola.",),), voice, "espeak 1.52")
    heard = {"name": "roa/es", "language": "es", "gender": "male", "rate": 1, "pitch": 1, "range": 1, "volume": 1}
    others = {
        key_of((("Hola",),), voice, "espeak 1.52"),
        key_of((("Hola.",), ("Adiós.",)), voice, "espeak 1.52"),
        key_of((("recording", "a1b2"),), voice, "espeak 1.52"),
        key_of((("Hola.",),), voice, "espeak 1.51"),
        *(
            key_of((("Hola.",),), dataclasses.replace(voice, **{name: value}), "espeak 1.52")  # type: ignore[arg-type]
            for name, value in {**heard, "gap_ms": 1, "effect": LineEffect.MOBILE}.items()
        ),
    }
    assert base == key_of((("Hola.",),), voice, "espeak 1.52")
    assert base not in others
    assert len(others) == 13
