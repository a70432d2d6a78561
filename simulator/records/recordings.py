"""Recordings of calls: sound files beside the store, on this machine only, kept for some days, deletable at once.

One folder an attempt: `<attempt>/<seq>-<who>.wav` (mono, 16 bit), `seq` being the event whose words are heard, and
`<attempt>/recorded`, the moment of the first recording, by which it expires. Whether anything is recorded at all is
the caller's business: off by default, asked for in each session.
"""

import io
import re
import shutil
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from simulator.errors import TercerTimbreError
from simulator.records.values import read_moment, write_moment
from simulator.records.whole_file import write_whole

Who = Literal["agent", "customer"]

_ATTEMPT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""What the id of an attempt may be made of: nothing that leads out of the folder."""
_FILE: Final = re.compile(r"(\d{1,9})-(agent|customer)\.wav")
_RECORDED: Final = "recorded"


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file on the disk. `seq`: the event whose words are heard; `rate`: samples a second; `ms`: its length."""

    seq: int
    who: Who
    path: Path
    rate: int
    ms: int

    def read(self) -> bytes:
        """The samples: mono, 16 bit, little-endian. Errors: recording-damaged."""
        try:
            with wave.open(str(self.path)) as file:
                samples: bytes = file.readframes(file.getnframes())
        except (OSError, EOFError, wave.Error) as error:
            raise TercerTimbreError("recording-damaged", path=str(self.path), detail=str(error)) from error
        return samples


def _now() -> datetime:
    return datetime.now(UTC)


class Recordings:
    """The recordings of all attempts under `folder`, which is made with the first of them. Used from one thread.

    An `attempt` that is no id (a path, say) is refused with recording-attempt by every method.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = _now) -> None:
        self._folder = folder
        self._clock = clock

    def add(self, attempt: str, seq: int, who: Who, pcm: bytes, rate: int) -> Recording:
        """Writes a sound: mono, 16 bit, `rate` samples a second. It is there whole, or not at all.

        Errors: recording-failed (the disk is full, the folder is read-only); what was recorded before is kept.
        """
        home = self._home(attempt)
        path = home / f"{seq}-{who}.wav"
        sound = io.BytesIO()
        whole = pcm[: len(pcm) // 2 * 2]
        with wave.open(sound, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(whole)
        is_new = not home.exists()
        try:
            home.mkdir(parents=True, exist_ok=True)
            if not (home / _RECORDED).exists():
                write_whole(home / _RECORDED, write_moment(self._clock()).encode())
            write_whole(path, sound.getvalue())
        except OSError as error:
            if is_new:
                shutil.rmtree(home, ignore_errors=True)  # nothing of worth is in it; the failure itself is told
            raise TercerTimbreError("recording-failed", path=str(path), detail=error.strerror or str(error)) from error
        return Recording(seq, who, path, rate, _milliseconds(len(whole) // 2, rate))

    def of(self, attempt: str) -> tuple[Recording, ...]:
        """The recordings of an attempt in the order of their events; () when nothing was recorded.

        A file that is none of ours, or no sound any more, is left out. Errors: recording-damaged (the folder).
        """
        home = self._home(attempt)
        with _reading(home):
            found = [_recording(path) for path in home.iterdir()] if home.is_dir() else []
        return tuple(sorted((it for it in found if it is not None), key=lambda it: (it.seq, it.who)))

    def kept(self) -> frozenset[str]:
        """The attempts of which something is recorded. Errors: recording-damaged (the folder)."""
        with _reading(self._folder):
            return frozenset(home.name for home in self._homes())

    def delete(self, attempt: str) -> None:
        """Deletes the recordings of an attempt, now and for good. Idempotent. Errors: recording-not-deleted."""
        home = self._home(attempt)
        with _deleting(home):
            _remove(home)

    def delete_all(self) -> None:
        """Deletes every recording. Errors: recording-not-deleted (what could be deleted, is)."""
        with _deleting(self._folder):
            failed: list[OSError] = []
            for home in self._homes():
                try:
                    _remove(home)
                except OSError as error:
                    failed.append(error)
            if failed:
                raise failed[0]

    def expire(self, now: datetime, days: int) -> tuple[str, ...]:
        """Deletes the attempts whose first recording is `days` days old or older at `now`; their ids.

        Errors: recording-not-deleted.
        """
        gone = []
        for home in self._homes():
            with _deleting(home):
                if _recorded(home) <= now - timedelta(days=days):
                    _remove(home)
                    gone.append(home.name)
        return tuple(gone)

    @property
    def size_bytes(self) -> int:
        """Bytes of all recordings."""
        total = 0
        with _reading(self._folder):
            for home in self._homes():
                total += sum(path.lstat().st_size for path in home.iterdir())
        return total

    def _home(self, attempt: str) -> Path:
        home = self._folder / attempt
        if _ATTEMPT.fullmatch(attempt) is None or home.is_symlink():
            raise TercerTimbreError("recording-attempt", attempt=attempt[:80])
        return home

    def _homes(self) -> list[Path]:
        """The folders of attempts; nothing else that lies in the folder is touched."""
        if not self._folder.is_dir():
            return []
        return sorted(
            path
            for path in self._folder.iterdir()
            if _ATTEMPT.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
        )


def _recording(path: Path) -> Recording | None:
    named = _FILE.fullmatch(path.name)
    if named is None:
        return None
    try:
        with wave.open(str(path)) as file:
            if (file.getnchannels(), file.getsampwidth()) != (1, 2):
                return None
            frames, rate = file.getnframes(), file.getframerate()
    except (EOFError, wave.Error):
        return None
    who: Who = "agent" if named[2] == "agent" else "customer"
    return Recording(int(named[1]), who, path, rate, _milliseconds(frames, rate))


def _milliseconds(frames: int, rate: int) -> int:
    return -(-frames * 1000 // rate)


def _recorded(home: Path) -> datetime:
    """When the first recording was made. Where the note of it is lost, the oldest file tells."""
    try:
        noted = read_moment((home / _RECORDED).read_text("ascii"))
        if noted.tzinfo is None:
            raise ValueError(noted)
        return noted
    except (FileNotFoundError, ValueError):
        stamps = [path.stat().st_mtime for path in home.iterdir()]
        return datetime.fromtimestamp(min(stamps, default=home.stat().st_mtime), UTC)


def _remove(home: Path) -> None:
    if not home.exists():
        return
    # The note of the date last: what a crash or a failure leaves still expires on its day.
    for path in sorted(home.iterdir(), key=lambda path: path.name == _RECORDED):
        path.unlink()
    home.rmdir()


@contextmanager
def _deleting(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TercerTimbreError("recording-not-deleted", path=str(path), detail=error.strerror or str(error)) from error


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TercerTimbreError("recording-damaged", path=str(path), detail=error.strerror or str(error)) from error
