"""Rendered lines kept on disk by what they are made of, so that a line is synthesised once on this desk."""

import contextlib
import json
import os
import tempfile
import threading
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from simulator.speech import telephone
from simulator.speech.line import SAMPLE_RATE, RenderedLine
from simulator.speech.samples import wav_bytes
from simulator.speech.voice import Voice

LIMIT_BYTES: Final = 96 * 1024 * 1024
"""About 36 minutes of speech."""
_SWEEP_TO: Final = 0.8
_HEADER: Final = 44
_CHUNK: Final = b"crc "
_SUFFIX: Final = ".wav"
_LEFT_OVER_SUFFIX: Final = ".part"


def key_of(pieces: tuple[tuple[str, ...], ...], voice: Voice, engine: str) -> str:
    """Hash of all that is heard: the pieces (sentences as spoken, or what a recording holds), voice with its line
    effect, the effect's recipe, engine with its version."""
    parts = [
        pieces, voice.name, voice.language, voice.gender, voice.rate, voice.pitch, voice.range, voice.volume,
        voice.gap_ms, voice.effect, telephone.RECIPE, engine,
    ]  # fmt: skip
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


class LineCache:
    """A folder of WAV files named by their key, bounded in size; the least recently used go first.

    Every file ends in a chunk with the CRC-32 of its samples: a damaged entry is a miss, and the next ``put`` mends it.
    A disk that cannot be read or written makes misses, never errors. Safe from several threads and programs.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder = folder
        self._limit = limit_bytes
        self._lock = threading.Lock()
        self._size: int | None = None

    def get(self, key: str) -> RenderedLine | None:
        """The line, or None if it is not there or damaged. Marks it as just used."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        pcm = _samples_of(data)
        if pcm is None:
            with contextlib.suppress(OSError):
                path.unlink()
            self._count(-len(data))
            return None
        with contextlib.suppress(OSError):  # a read-only cache still serves
            os.utime(path)
        return RenderedLine(pcm, SAMPLE_RATE, from_cache=True)

    def put(self, key: str, line: RenderedLine) -> bool:
        """Stores the line whole or not at all; False if the disk refused (full, read-only)."""
        data = wav_bytes(line.pcm, line.rate) + _CHUNK + (4).to_bytes(4, "little")
        data += zlib.crc32(line.pcm).to_bytes(4, "little")
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(suffix=_LEFT_OVER_SUFFIX, dir=self._folder)
        except OSError:
            return False
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            return False
        self._count(len(data))
        return True

    def size_bytes(self) -> int:
        """Bytes of all entries, counted on disk."""
        return sum(size for _, size, _ in self._entries())

    def clear(self) -> None:
        """Removes every entry."""
        for _, _, path in self._entries():
            with contextlib.suppress(OSError):
                path.unlink()
        with self._lock:
            self._size = None

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """(last use in ns, bytes, path); also files that a killed program left half written."""
        try:
            found = [*self._folder.glob(f"*{_SUFFIX}"), *self._folder.glob(f"*{_LEFT_OVER_SUFFIX}")]
        except OSError:
            return
        for path in found:
            with contextlib.suppress(OSError):
                stat = path.stat()
                yield stat.st_mtime_ns, stat.st_size, path

    def _count(self, change: int) -> None:
        with self._lock:
            self._size = self.size_bytes() if self._size is None else self._size + change
            if self._size <= self._limit:
                return
            entries = sorted(self._entries())
            self._size = sum(size for _, size, _ in entries)
            for _, size, path in entries:
                if self._size <= self._limit * _SWEEP_TO:
                    break
                with contextlib.suppress(OSError):
                    path.unlink()
                    self._size -= size


def _samples_of(data: bytes) -> bytes | None:
    """The samples of one of our files; None unless it is exactly what ``put`` wrote."""
    tail = len(data) - 12
    if tail < _HEADER or data[:4] != b"RIFF" or data[tail : tail + 4] != _CHUNK:
        return None
    pcm = data[_HEADER:tail]
    if int.from_bytes(data[24:28], "little") != SAMPLE_RATE:
        return None
    return pcm if zlib.crc32(pcm) == int.from_bytes(data[-4:], "little") else None
