"""Databases of every released version open, newer and foreign ones are left alone."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from simulator.errors import TercerTimbreError
from simulator.records.steps import STEPS
from simulator.records.store import Store
from simulator.records.values import Draft, Status
from tests.records.cases import PERSON, PROTOCOL, SCENARIO, events

DATA = Path(__file__).parent / "data"
PRESENT = len(STEPS) + 1
RELEASED = range(1, PRESENT + 1)


def dump(path: Path) -> list[tuple[str, ...]]:
    """The tables and indexes of a database file, in SQL."""
    with closing(sqlite3.connect(path)) as file:
        return sorted(file.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))


def pragma(path: Path, name: str, value: int | None = None) -> int:
    """Read, or first write, a number in the header of a database file."""
    with closing(sqlite3.connect(path)) as file:
        if value is not None:
            file.execute(f"PRAGMA {name} = {value}")
        return int(file.execute(f"PRAGMA {name}").fetchone()[0])


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_version_opens_with_all_that_is_in_it(version: int, path: Path) -> None:
    shutil.copy(DATA / f"v{version}.db", path)
    with Store.open(path, check=True) as store:
        assert store.profiles()[0].name == PERSON.name
        assert len(store.profiles(archived=True)) == 1
        assert [(found.id, found.status) for found in store.attempts()] == [
            ("a3", Status.WITHDRAWN),
            ("a2", Status.PAUSED),
            ("f1", Status.RUNNING),
            ("a1", Status.FINISHED),
        ]
        assert [found.id for found in store.unfinished(PERSON.id)] == ["a2", "f1"]
        assert store.events("a1") == [text for _, text in events(0, 12)]
        assert [card.text for card in store.scorecards("a1")] == [
            '{"result":"passed","score":92}',
            '{"result":"failed","score":70}',
        ]
        fork = store.attempt("f1")
        assert (fork.forked_from, fork.at_seq) == ("a1", 4)
        assert store.draft("f1", "c1") == Draft("Permítame un mom", {"reason": "cobro doble"})
        assert store.text(fork.scenario_hash) == SCENARIO
        assert store.files(fork.protocol_hash) == PROTOCOL
        store.append("f1", events(5, 1, "f1"))


@pytest.mark.parametrize("version", RELEASED)
def test_an_upgraded_database_has_the_tables_of_a_new_one(version: int, path: Path, tmp_path: Path) -> None:
    shutil.copy(DATA / f"v{version}.db", path)
    Store.open(path).close()
    Store.open(tmp_path / "new.db").close()
    assert dump(path) == dump(tmp_path / "new.db"), (
        "the schema changed: it needs a step in upgrade.py and a new version"
    )


def test_the_header_says_whose_file_it_is_and_which_version(path: Path) -> None:
    Store.open(path).close()
    assert path.read_bytes()[68:72] == b"TTb!"
    assert pragma(path, "user_version") == PRESENT


def test_every_commit_is_on_the_disk_before_it_is_acknowledged(store: Store) -> None:
    for engine in (store._engine, store._writing):
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def add_a_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE later (id TEXT PRIMARY KEY)")


def fail_half_way(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE disputes (id TEXT PRIMARY KEY)")
    connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")


def test_an_older_database_is_upgraded_and_kept_as_it_was(path: Path) -> None:
    shutil.copy(DATA / f"v{PRESENT}.db", path)
    before = dump(path)
    with Store.open(path, steps=[*STEPS, add_a_table]) as store:
        assert len(store.attempts()) == 4
    assert "later" in [name for _, name, _ in dump(path)]
    assert pragma(path, "user_version") == PRESENT + 1
    kept = path.with_name(f"{path.name}.v{PRESENT}")
    assert (dump(kept), pragma(kept, "user_version")) == (before, PRESENT)
    kept.unlink()
    Store.open(path, steps=[*STEPS, add_a_table]).close()
    assert not kept.exists(), "an upgraded database is not upgraded again"


def test_an_upgrade_that_fails_leaves_the_older_database(path: Path) -> None:
    shutil.copy(DATA / f"v{PRESENT}.db", path)
    before = dump(path)
    with pytest.raises(TercerTimbreError, match="store-unreadable"):
        Store.open(path, steps=[*STEPS, add_a_table, fail_half_way])
    assert (dump(path), pragma(path, "user_version")) == (before, PRESENT)


def test_an_earlier_copy_is_never_replaced(path: Path) -> None:
    shutil.copy(DATA / f"v{PRESENT}.db", path)
    earlier = path.with_name(f"{path.name}.v{PRESENT}")
    earlier.write_text("an earlier copy")
    Store.open(path, steps=[*STEPS, add_a_table]).close()
    assert earlier.read_text() == "an earlier copy"
    assert pragma(path.with_name(f"{path.name}.v{PRESENT}-2"), "user_version") == PRESENT


def test_a_newer_database_is_left_alone(path: Path) -> None:
    Store.open(path).close()
    pragma(path, "user_version", PRESENT + 1)
    before = path.read_bytes()
    with pytest.raises(TercerTimbreError) as error:
        Store.open(path)
    assert error.value.code == "store-newer"
    assert (error.value.args_["found"], error.value.args_["known"]) == (PRESENT + 1, PRESENT)
    assert path.read_bytes() == before


@pytest.mark.parametrize("sql", ["CREATE TABLE notes (t)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"])
def test_the_database_of_another_program_is_left_alone(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(sql)
    before = path.read_bytes()
    with pytest.raises(TercerTimbreError, match="store-foreign"):
        Store.open(path)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.touch()
    with Store.open(path) as store:
        assert store.attempts() == []
