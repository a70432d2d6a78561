"""Recordings of calls: whole or not at all, inside their folder, gone when asked or expired."""

import errno
import os
import wave
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.records.recordings import Recordings

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FDOPEN = os.fdopen
PCM = bytes(range(256)) * 125  # one second at 16 kHz


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def recordings(folder: Path) -> Recordings:
    return Recordings(folder, clock=lambda: NOON)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(TercerTimbreError) as error:
        act()
    return error.value.code


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_nothing_is_on_the_disk_before_the_first_recording(recordings: Recordings, folder: Path) -> None:
    assert recordings.of("a1") == ()
    assert recordings.size_bytes == 0
    assert recordings.expire(NOON, 1) == ()
    recordings.delete("a1")
    recordings.delete_all()
    assert not folder.exists()


def test_what_was_said_is_read_back(recordings: Recordings, folder: Path) -> None:
    recordings.add("a1", 12, "agent", PCM, 16_000)
    recordings.add("a1", 9, "customer", PCM, 22_050)
    customer, agent = recordings.of("a1")
    assert (customer.seq, customer.who, customer.rate, customer.ms) == (9, "customer", 22_050, 726)
    assert (agent.seq, agent.who, agent.rate, agent.ms) == (12, "agent", 16_000, 1000)
    assert agent.path == folder / "a1" / "12-agent.wav"
    assert agent.read() == PCM
    with wave.open(str(agent.path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
    assert recordings.size_bytes == sum(path.stat().st_size for path in (folder / "a1").iterdir())


def test_adding_returns_what_is_read_back(recordings: Recordings) -> None:
    assert recordings.add("a1", 3, "agent", PCM + b"\0", 16_000) == recordings.of("a1")[0]


def test_a_turn_recorded_again_replaces_the_first(recordings: Recordings) -> None:
    recordings.add("a1", 3, "agent", PCM, 16_000)
    recordings.add("a1", 3, "agent", PCM[:3200], 16_000)
    assert [it.ms for it in recordings.of("a1")] == [100]


def test_strangers_in_the_folder_are_left_out(recordings: Recordings, folder: Path) -> None:
    recordings.add("a1", 3, "agent", PCM, 16_000)
    (folder / "a1" / "4-agent.wav").write_bytes(b"RIFF")
    (folder / "a1" / "notes.txt").write_text("hola")
    (folder / "README").write_text("hola")
    assert [it.seq for it in recordings.of("a1")] == [3]


def test_a_sound_that_went_is_told(recordings: Recordings) -> None:
    found = recordings.add("a1", 3, "agent", PCM, 16_000)
    found.path.unlink()
    assert code(found.read) == "recording-damaged"


# Deleting, expiring


def test_deleting_takes_one_attempt_and_leaves_the_others(recordings: Recordings, folder: Path) -> None:
    for attempt in ("a1", "a2"):
        recordings.add(attempt, 3, "agent", PCM, 16_000)
    recordings.delete("a1")
    assert recordings.of("a1") == ()
    assert not (folder / "a1").exists()
    assert len(recordings.of("a2")) == 1


def test_deleting_all_leaves_what_is_not_ours(recordings: Recordings, folder: Path) -> None:
    for attempt in ("a1", "a2"):
        recordings.add(attempt, 3, "agent", PCM, 16_000)
    (folder / "README").write_text("hola")
    recordings.delete_all()
    assert files(folder) == ["README"]


def test_a_recording_expires_by_its_own_date(folder: Path) -> None:
    moment = [NOON]
    recordings = Recordings(folder, clock=lambda: moment[0])
    recordings.add("old", 3, "agent", PCM, 16_000)
    moment[0] = NOON + timedelta(days=5)
    recordings.add("old", 5, "agent", PCM, 16_000)  # the first one counts
    recordings.add("new", 3, "agent", PCM, 16_000)
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))  # a backup put back: the file system's times mean nothing
    assert recordings.expire(NOON + timedelta(days=29, hours=23), 30) == ()
    assert recordings.expire(NOON + timedelta(days=30), 30) == ("old",)
    assert [len(recordings.of(attempt)) for attempt in ("old", "new")] == [0, 1]


@pytest.mark.parametrize("note", [None, "", "ayer", "2026-03-01"])
def test_without_its_date_the_oldest_file_tells(recordings: Recordings, folder: Path, note: str | None) -> None:
    recordings.add("a1", 3, "agent", PCM, 16_000)
    (folder / "a1" / "recorded").unlink()
    if note is not None:
        (folder / "a1" / "recorded").write_text(note)
    for path in (folder / "a1").iterdir():
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    assert recordings.expire(NOON + timedelta(days=1), 2) == ()
    assert recordings.expire(NOON + timedelta(days=2), 2) == ("a1",)


# The disk fails


def full(*_args: object, **_named: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["fsync", "write"])
def test_a_full_disk_is_told_and_leaves_nothing_half(
    recordings: Recordings, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    recordings.add("a1", 3, "agent", PCM, 16_000)
    before = files(folder)
    with monkeypatch.context() as patched:
        if step == "fsync":
            patched.setattr("simulator.records.whole_file.os.fsync", full)
        else:
            patched.setattr("simulator.records.whole_file.os.fdopen", _full_after_half)
        assert code(lambda: recordings.add("a1", 5, "agent", PCM, 16_000)) == "recording-failed"
        assert code(lambda: recordings.add("a2", 1, "customer", PCM, 16_000)) == "recording-failed"
    assert files(folder) == before
    assert not (folder / "a2").exists()
    recordings.add("a1", 5, "agent", PCM, 16_000)
    assert [it.seq for it in recordings.of("a1")] == [3, 5]


class _HalfFull:
    """Takes half of what is written, then the disk is full."""

    def __init__(self, descriptor: int) -> None:
        self._file = FDOPEN(descriptor, "wb")

    def __enter__(self) -> "_HalfFull":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        raise OSError(errno.ENOSPC, "No space left on device")


def _full_after_half(descriptor: int, _mode: str) -> _HalfFull:
    return _HalfFull(descriptor)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_the_systems_own_full_disk(recordings: Recordings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written to the kernel's device that is always full: the error is the system's, not ours."""

    def on_full(descriptor: int, mode: str) -> object:
        os.close(descriptor)
        return Path("/dev/full").open(mode)

    with monkeypatch.context() as patched:
        patched.setattr("simulator.records.whole_file.os.fdopen", on_full)
        assert code(lambda: recordings.add("a1", 5, "agent", PCM, 16_000)) == "recording-failed"
    assert files(folder) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    recordings = Recordings(tmp_path / "file")
    assert code(lambda: recordings.add("a1", 1, "agent", PCM, 16_000)) == "recording-failed"


def test_what_cannot_be_deleted_is_told(recordings: Recordings, monkeypatch: pytest.MonkeyPatch) -> None:
    recordings.add("a1", 3, "agent", PCM, 16_000)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", full)
        for act in (
            lambda: recordings.delete("a1"),
            recordings.delete_all,
            lambda: recordings.expire(NOON + timedelta(days=9), 1),
        ):
            assert code(act) == "recording-not-deleted"
    assert len(recordings.of("a1")) == 1


# Nothing leads out of the folder

OUTSIDE = ["", ".", "..", "../a1", "a1/..", "/etc", "a1/b", "a1\\b", "C:a1", "a1\0", "a1\n", "~", "ñ", "a" * 65, "-a"]


@pytest.mark.parametrize("attempt", OUTSIDE)
def test_ids_that_are_paths_are_refused(recordings: Recordings, tmp_path: Path, attempt: str) -> None:
    assert code(lambda: recordings.add(attempt, 1, "agent", PCM, 16_000)) == "recording-attempt"
    assert code(lambda: recordings.of(attempt)) == "recording-attempt"
    assert code(lambda: recordings.delete(attempt)) == "recording-attempt"
    assert files(tmp_path) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=12))
def test_any_id_stays_inside_or_is_refused(recordings: Recordings, folder: Path, attempt: str) -> None:
    try:
        found = recordings.add(attempt, 1, "agent", b"\0\0", 16_000)
    except TercerTimbreError as error:
        refused = error.code
    else:
        refused = "recording-attempt"
        assert found.path.resolve().parent.parent == folder.resolve()
    assert refused == "recording-attempt"


def test_a_link_is_not_followed(recordings: Recordings, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "dear.wav").write_bytes(b"x")
    folder.mkdir()
    try:
        (folder / "a1").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    assert code(lambda: recordings.delete("a1")) == "recording-attempt"
    recordings.delete_all()
    assert recordings.expire(NOON + timedelta(days=99), 1) == ()
    assert files(elsewhere) == ["dear.wav"]
