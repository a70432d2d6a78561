"""What the store says and keeps when the file or the disk fails it."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.records.backup import daily_copies
from simulator.records.files import Damaged, open_or_offer
from simulator.records.store import Store
from simulator.records.values import Draft
from simulator.records.workshop import Workshop
from tests.records.cases import NOON, events, stock


def filled(path: Path) -> None:
    """A closed database with one attempt of a hundred events."""
    with Store.open(path) as store:
        store.begin(stock(store), events(0, 100))
        store.save_draft("a1", "c1", Draft("Permítame", {}))


def refusal(error: pytest.ExceptionInfo[TercerTimbreError]) -> tuple[str, str | int]:
    return error.value.code, error.value.args_["path"]


# Another program holds the file


def test_a_locked_database_is_told_after_the_wait(path: Path) -> None:
    filled(path)
    with Store.open(path, busy_ms=20) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(TercerTimbreError) as error:
            store.append("a1", events(100, 1))
        assert refusal(error) == ("store-locked", str(path))
        assert len(store.events("a1")) == 100, "readers do not wait"
        other.execute("ROLLBACK")
        store.append("a1", events(100, 1))
        assert len(store.events("a1")) == 101


def test_a_file_locked_for_good_is_told_at_the_start(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(TercerTimbreError) as error:
            Store.open(path, busy_ms=20)
        assert error.value.code == "store-locked"


# No space


def test_a_full_database_refuses_the_event_and_keeps_the_rest(path: Path) -> None:
    filled(path)
    with Store.open(path) as store:
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the pages in use as the limit
        with pytest.raises(TercerTimbreError) as error:
            store.append("a1", [(seq, "x" * 4096) for seq in range(100, 200)])
        assert refusal(error) == ("store-full", str(path))
        assert len(store.events("a1")) == 100
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        store.append("a1", events(100, 1))
        assert store.check() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root on Linux may mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all the space that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast


def write_until_refused(store: Store) -> None:
    """Append one by one: the -wal may have pages left, and they serve."""
    stored = 100
    try:
        while stored < 5000:
            store.append("a1", events(stored, 1))
            stored += 1
    finally:
        assert len(store.events("a1")) == stored


def test_a_full_disk_loses_nothing_stored(small_disk: Path) -> None:
    path = small_disk / "tercer-timbre.db"
    filled(path)
    with Store.open(path) as store:
        ballast = fill(small_disk)
        with pytest.raises(TercerTimbreError) as error:
            write_until_refused(store)
        assert refusal(error) == ("store-full", str(path))
        stored = len(store.events("a1"))
        with pytest.raises(TercerTimbreError) as error:
            store.backup(small_disk / "copy.db")
        assert refusal(error) == ("store-full", str(small_disk / "copy.db"))
        assert sorted(file.name for file in small_disk.glob("copy*")) == []
        ballast.unlink()
        store.append("a1", events(stored, 1))
        assert store.check() == []


def test_a_start_on_a_full_disk_is_told(small_disk: Path) -> None:
    path = small_disk / "tercer-timbre.db"
    filled(path)
    ballast = fill(small_disk)
    for name in (path, small_disk / "new.db", small_disk / "folder" / "new.db"):
        with pytest.raises(TercerTimbreError) as error:
            Store.open(name)
        assert refusal(error) == ("store-full", str(name))
    ballast.unlink()
    with Store.open(path) as store:
        assert len(store.events("a1")) == 100


# No permission


@contextmanager
def nobody_in_particular() -> Iterator[None]:
    """Let go of root, whom permissions do not bind, for a while."""
    if sys.platform == "win32":
        pytest.skip("folders on Windows have no read-only mode that binds their owner")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that everybody can reach (tmp_path belongs to its owner alone)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(0o700)


def test_a_read_only_folder_is_told(public_folder: Path) -> None:
    path = public_folder / "tercer-timbre.db"
    filled(path)
    public_folder.chmod(0o555)
    with nobody_in_particular():
        for name in (path, public_folder / "new.db", public_folder / "folder" / "new.db"):
            with pytest.raises(TercerTimbreError) as error:
                Store.open(name)
            assert refusal(error) == ("store-read-only", str(name))


def test_a_read_only_file_is_told(public_folder: Path) -> None:
    path = public_folder / "tercer-timbre.db"
    filled(path)
    path.chmod(0o444)
    public_folder.chmod(0o777)
    with nobody_in_particular():
        with pytest.raises(TercerTimbreError) as error, Store.open(path) as store:
            store.append("a1", events(100, 1))
        assert refusal(error) == ("store-read-only", str(path))


def test_a_folder_in_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(TercerTimbreError) as error:
        Store.open(path)
    assert refusal(error) == ("store-unreadable", str(path))


def test_a_file_in_place_of_the_folder_is_told(path: Path) -> None:
    path.write_text("not a folder")
    with pytest.raises(TercerTimbreError) as error:
        Store.open(path / "tercer-timbre.db")
    assert error.value.code == "store-unreadable"


# Damage


def test_a_damaged_file_is_offered_to_be_set_aside_and_kept_whole(path: Path) -> None:
    damaged = b"This was a database once. " * 400
    path.write_bytes(damaged)
    for n in (1, 2):
        path.write_bytes(damaged)
        offer = open_or_offer(path)
        assert isinstance(offer, Damaged)
        assert offer.error.code == "store-corrupt"
        assert path.read_bytes() == damaged, "nothing happens until the user has decided"
        replaced = offer.start_anew()
        assert replaced.kept == path.with_name(f"tercer-timbre.db.corrupt-{n}")
        assert replaced.kept.read_bytes() == damaged
        with replaced.store as store:
            store.begin(stock(store))


def test_a_file_that_another_instance_has_replaced_is_not_set_aside(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    one, other = open_or_offer(path), open_or_offer(path)
    assert isinstance(one, Damaged)
    assert isinstance(other, Damaged)
    with one.start_anew().store as store:
        store.begin(stock(store))
        second = other.start_anew()
        assert second.kept is None
        with second.store:
            assert len(second.store.attempts()) == 1


def test_damage_within_is_found_when_it_is_met_or_looked_for(path: Path) -> None:
    filled(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(TercerTimbreError) as error, Store.open(path) as store:
        store.events("a1")
    assert refusal(error) == ("store-corrupt", str(path))
    offer = open_or_offer(path, check=True)
    assert isinstance(offer, Damaged)
    replaced = offer.start_anew()
    assert replaced.kept is not None
    replaced.store.close()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound database to make damaged copies of."""
    path = tmp_path_factory.mktemp("sound") / "t.db"
    filled(path)
    with Store.open(path) as store:
        store.add_scorecard("a1", store.attempt("a1").protocol_hash, NOON, '{"score":90}')
    return path


@contextmanager
def refused_with(codes: tuple[str, ...]) -> Iterator[None]:
    """If the store refuses at all, then for one of these reasons."""
    try:
        yield
    except TercerTimbreError as error:
        if error.code not in codes:
            raise AssertionError(f"unexpected: {error}") from error
        raise


pages = st.integers(0, 20)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    damages=st.lists(st.tuples(pages, st.integers(0, 200) | st.integers(0, 4095), st.integers(0, 255)), max_size=8),
    missing=st.none() | st.tuples(pages, st.integers(0, 4095)),
)
@example(damages=[(0, 2164, 128)], missing=None)  # sqlite3's own message could not be decoded
@example(damages=[(16, 591, 0)], missing=None)  # an event that was no longer there, in a column that is never empty
def test_whatever_bytes_are_damaged_only_told_errors_come_out(
    sound: Path, damages: list[tuple[int, int, int]], missing: tuple[int, int] | None
) -> None:
    content = bytearray(sound.read_bytes())
    for page, place, byte in damages:
        content[(4096 * page + place) % len(content)] = byte
    if missing is not None:
        del content[4096 * missing[0] + missing[1] :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        path.write_bytes(content)
        told = ("store-corrupt", "store-foreign", "store-newer", "store-unreadable", "events-broken", "attempt-unknown")
        with contextlib.suppress(TercerTimbreError), refused_with(told):
            opened = open_or_offer(path)
            if isinstance(opened, Store):
                with opened as store:
                    store.check()
                    for read in (store.profiles, store.attempts):
                        with contextlib.suppress(TercerTimbreError), refused_with(told):
                            read()
                    for ask in (store.events, store.scorecards, lambda attempt: store.draft(attempt, "c1")):
                        with contextlib.suppress(TercerTimbreError), refused_with(told):
                            ask("a1")


# Copies


def test_a_backup_is_one_sound_file_of_that_moment(path: Path, tmp_path: Path) -> None:
    filled(path)
    copy = tmp_path / "copies" / "backup.db"
    copy.parent.mkdir()
    copy.write_text("an earlier backup, to be replaced")
    with Store.open(path) as store:
        store.backup(copy)
        store.append("a1", events(100, 1))
    assert [file.name for file in copy.parent.iterdir()] == ["backup.db"]
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        assert file.execute("SELECT count(*) FROM events").fetchone() == (100,)
    with Store.open(copy, check=True) as store:
        assert store.events("a1") == [text for _, text in events(0, 100)]


def test_a_backup_does_not_go_over_the_database(path: Path) -> None:
    filled(path)
    with Store.open(path) as store:
        for name in (path, path.parent / "." / path.name):
            with pytest.raises(TercerTimbreError, match="backup-onto-itself"):
                store.backup(name)
        assert len(store.events("a1")) == 100


def test_a_backup_into_a_missing_folder_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(TercerTimbreError) as error:
        store.backup(tmp_path / "missing" / "copy.db")
    assert refusal(error) == ("store-unreadable", str(tmp_path / "missing" / "copy.db"))


def test_a_day_has_one_copy_and_the_last_three_days_are_kept(path: Path) -> None:
    filled(path)
    with Store.open(path) as store:
        for day in range(1, 6):
            assert store.keep_backup(date(2026, 11, day)) is not None
            assert store.keep_backup(date(2026, 11, day)) is None
        kept = daily_copies(path)
        assert [copy.name[-2:] for copy in kept] == ["05", "04", "03"]


def test_a_damaged_database_replaces_no_good_copy(path: Path) -> None:
    filled(path)
    with Store.open(path) as store:
        good = store.keep_backup(date(2026, 11, 1))
    assert good is not None
    before = good.read_bytes()
    with path.open("r+b") as file:
        file.seek(-4096, os.SEEK_END)
        file.write(b"\xff" * 4096)
    with Store.open(path) as store:
        assert store.check() != [], "the damage is there, and a normal start does not meet it"
        for day in (2, 3, 4, 5):
            with pytest.raises(TercerTimbreError) as error:
                store.keep_backup(date(2026, 11, day))
            assert refusal(error) == ("store-corrupt", str(path))
    assert daily_copies(path) == [good]
    assert good.read_bytes() == before


def test_no_room_for_a_copy_stops_nothing(small_disk: Path) -> None:
    path = small_disk / "tercer-timbre.db"
    filled(path)
    with Store.open(path) as store:
        ballast = fill(small_disk)
        with pytest.raises(TercerTimbreError) as error:
            store.keep_backup(date(2026, 11, 1))
        assert error.value.code == "store-full"
        assert daily_copies(path) == []
        ballast.unlink()
        store.append("a1", events(100, 1))
        assert store.check() == []


def test_the_program_keeps_a_copy_of_the_day(path: Path) -> None:
    with Store.open(path) as store:
        workshop = Workshop(store, [])
        workshop.add_profile("Ana")
        workshop.back_up()
        workshop.back_up()
        (copy,) = daily_copies(path)
    with Store.open(copy, check=True) as kept:
        assert [profile.name for profile in kept.profiles()] == ["Ana"]
