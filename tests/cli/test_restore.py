"""`restore`: back to a copy, with nothing lost of what was there."""

from datetime import date
from pathlib import Path

import pytest

from simulator import paths
from simulator.cli.doctor import _database
from simulator.records.store import Store
from tests.cli.conftest import Run
from tests.records.cases import events, stock


@pytest.fixture
def database(own_home: Path) -> Path:
    """A database with an attempt, copied, and gone on with since."""
    path = paths.user_data() / paths.DATABASE
    with Store.open(path) as store:
        store.begin(stock(store), events(0, 10))
        store.keep_backup(date(2026, 11, 29))
        store.append("a1", events(10, 5))
        store.keep_backup(date(2026, 11, 30))
        store.append("a1", events(15, 5))
    return path


def count(path: Path) -> int:
    with Store.open(path, check=True) as store:
        return len(store.events("a1"))


def test_the_newest_copy_is_put_in_the_place_of_a_damaged_database(database: Path, run: Run) -> None:
    damaged = b"no database any more " * 1000
    database.write_bytes(damaged)
    finding = _database(database)
    assert (finding.state, "restore" in finding.mend, "2026-11-30" in finding.mend) == ("broken", True, True)
    ran = run("restore")
    assert ran.code == 0
    assert count(database) == 15
    kept = database.with_name(f"{database.name}.replaced-1")
    assert ran.out.endswith(f"{kept}\n")
    assert kept.read_bytes() == damaged
    assert _database(database).state == "well"


def test_a_copy_may_be_named_and_a_sound_database_is_kept_too(database: Path, run: Run) -> None:
    assert run("restore", database.with_name(f"{database.name}.backup-2026-11-29")).code == 0
    assert count(database) == 10
    assert count(database.with_name(f"{database.name}.replaced-1")) == 20


def test_nothing_happens_while_the_program_is_open(database: Path, run: Run) -> None:
    with Store.open(database) as store:
        assert len(store.events("a1")) == 20
        ran = run("restore")
        assert (ran.code, "otro programa" in ran.err or "usa" in ran.err) == (1, True)
        store.append("a1", events(20, 1))
    assert count(database) == 21


@pytest.mark.parametrize("content", [b"", b"no es una copia" * 500])
def test_a_copy_that_is_none_is_refused(database: Path, tmp_path: Path, run: Run, content: bytes) -> None:
    copy = tmp_path / "copia.db"
    copy.write_bytes(content)
    assert run("restore", copy).code == 1
    assert run("restore", tmp_path / "otra.db").code == 2
    assert run("restore", database).code == 1
    assert count(database) == 20


def test_where_no_copy_was_kept_it_is_said(own_home: Path, run: Run) -> None:
    ran = run("restore")
    assert (ran.code, "No hay ninguna copia" in ran.err) == (1, True)
