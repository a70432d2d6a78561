"""Looking at the database changes nothing, and says what is wrong with it."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.records.inspection import Inspection, inspect
from simulator.records.steps import STEPS
from simulator.records.store import Store
from simulator.records.values import NewProfile


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "records.db"
    with Store.open(path) as store:
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        store.add_profile(NewProfile(id="p", name="Diego", pseudonym="P-1", created_at=moment))
    return path


def code(path: Path) -> str:
    with pytest.raises(TercerTimbreError) as caught:
        inspect(path)
    return caught.value.code


def test_a_sound_database_is_counted_and_untouched(database: Path) -> None:
    before = hashlib.sha256(database.read_bytes()).hexdigest()
    found = inspect(database)
    assert found == Inspection(True, database.stat().st_size, len(STEPS) + 1, profiles=1, attempts=0)
    assert hashlib.sha256(database.read_bytes()).hexdigest() == before


def test_it_can_be_looked_at_while_it_is_open(database: Path) -> None:
    with Store.open(database) as store:
        store.rename_profile("p", "Marta")
        assert inspect(database).profiles == 1


def test_where_there_is_none_none_is_made(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "records.db"
    assert inspect(path) == Inspection(False)
    assert not path.parent.exists()
    (tmp_path / "empty.db").touch()
    assert inspect(tmp_path / "empty.db") == Inspection(False)


def test_damage_is_found_wherever_it_is(database: Path, tmp_path: Path) -> None:
    data = bytearray(database.read_bytes())
    for at in (0, 20, len(data) // 2):
        broken = tmp_path / f"{at}.db"
        broken.write_bytes(data[:at] + bytes(b ^ 0x5A for b in data[at : at + 4096]) + data[at + 4096 :])
        assert code(broken) in ("store-corrupt", "store-foreign", "store-unreadable")
    shorter = tmp_path / "shorter.db"
    shorter.write_bytes(data[: len(data) // 2])
    assert code(shorter) == "store-corrupt"


def test_other_programs_databases_and_newer_ones_are_named(database: Path, tmp_path: Path) -> None:
    other, newer = tmp_path / "other.db", tmp_path / "newer.db"
    with closing(sqlite3.connect(other)) as driver:
        driver.execute("CREATE TABLE songs (title)")
        driver.commit()
    shutil.copy(database, newer)
    with closing(sqlite3.connect(newer)) as driver:
        driver.execute("PRAGMA user_version = 99")
    assert (code(other), code(newer)) == ("store-foreign", "store-newer")


def test_a_folder_in_its_place_is_no_database(tmp_path: Path) -> None:
    assert code(tmp_path) == "store-unreadable"
