"""`my-data` and `erase`: one person's data at a console. What they write and leave: tests/records/test_erasure.py."""

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator import paths
from simulator.records.recordings import Recordings
from simulator.records.store import Store
from tests.cli.conftest import Ran, Run
from tests.records.cases import OTHER, PERSON
from tests.records.sealed import submitted

WORDS = "lluvia mesa tres faro"

Spoken = Callable[..., Ran]


def opened() -> Store:
    return Store.open(paths.user_data() / paths.DATABASE)


@pytest.fixture
def spoken(own_home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Spoken:
    """Runs a command with lines on its standard input, at a desk with one submitted attempt that was recorded."""
    with opened() as store:
        submitted(store, "a1")
    Recordings(paths.user_data() / paths.RECORDINGS).add("a1", 3, "agent", b"\0\0" * 80, 16_000)

    def ran(lines: str, *arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return run(*arguments)

    return ran


def test_everything_of_one_person_is_written(spoken: Spoken, tmp_path: Path) -> None:
    for person in (PERSON.pseudonym, PERSON.name.upper()):
        ran = spoken("", "my-data", person, "--out", tmp_path / "m.zip")
        assert (ran.code, ran.out) == (0, f"1 intento escrito: {tmp_path / 'm.zip'}\n")
    with zipfile.ZipFile(tmp_path / "m.zip") as made:
        assert len(made.namelist()) == 4
    nobody = spoken("", "my-data", "Nadie", "--out", tmp_path / "n.zip")
    assert (nobody.code, "no hay nadie" in nobody.err) == (1, True)
    assert not (tmp_path / "n.zip").exists()


def test_results_of_other_desks_are_no_way_round_the_passphrase(spoken: Spoken, tmp_path: Path) -> None:
    assert spoken("", "export", "--format", "jsonl", "--out", tmp_path / "r.jsonl").code == 0
    (paths.user_data() / paths.DATABASE).unlink()
    assert spoken("", "import", tmp_path / "r.jsonl").code == 0
    assert spoken(WORDS, "accounts", "add", "Nuria", "--role", "hr").code == 0
    assert spoken("", "my-data", PERSON.pseudonym, "--out", tmp_path / "m.zip").code == 1
    assert not (tmp_path / "m.zip").exists()


def test_a_person_is_erased_once_the_pseudonym_was_written(spoken: Spoken) -> None:
    doubted = spoken("sí\n", "erase", PERSON.pseudonym)
    assert (doubted.code, doubted.out) == (1, "")
    assert PERSON.name in doubted.err
    assert doubted.err.endswith("No se borró nada.\n")
    with opened() as store:
        assert len(store.attempts()) == 1
    done = spoken(f"{PERSON.pseudonym}\n", "erase", PERSON.name)
    assert (done.code, done.out) == (0, f"Borrado: 1 intento de {PERSON.pseudonym}.\n")
    with opened() as store:
        assert [person.id for person in store.people()] == [OTHER.id]
        assert len(store.tombstones()) == 1
    assert Recordings(paths.user_data() / paths.RECORDINGS).kept() == frozenset()


def test_where_there_are_accounts_hr_erases_and_nobody_else(spoken: Spoken) -> None:
    assert spoken(WORDS, "accounts", "add", "Nuria", "--role", "hr").code == 0
    both = f"{WORDS}\nfrase de otra persona\n"
    assert spoken(both, "accounts", "add", "Íñigo", "--role", "trainer", "--as", "Nuria").code == 0
    assert spoken("", "erase", PERSON.pseudonym, "--yes").code == 2
    refused = spoken("frase de otra persona", "erase", PERSON.pseudonym, "--yes", "--as", "Íñigo")
    assert (refused.code, refused.err) == (1, "Esto solo lo puede hacer RR. HH.\n")
    with opened() as store:
        assert len(store.attempts()) == 1
    assert spoken(WORDS, "erase", PERSON.pseudonym, "--yes", "--as", "Nuria").code == 0


def test_a_tombstone_travels_and_is_told(spoken: Spoken, tmp_path: Path) -> None:
    assert spoken("", "export", "--format", "jsonl", "--out", tmp_path / "before.jsonl").code == 0
    database = paths.user_data() / paths.DATABASE
    assert spoken("", "erase", PERSON.pseudonym, "--yes").code == 0
    assert spoken("", "export", "--format", "jsonl", "--out", tmp_path / "after.jsonl").code == 0, "tombstones alone"
    assert spoken("", "export", "--format", "csv", "--out", tmp_path / "after.csv").code == 1
    again = spoken("", "import", tmp_path / "before.jsonl")
    assert (again.code, "se borró a pedido" in again.err) == (1, True)
    verified = spoken("", "verify", tmp_path / "after.jsonl")
    assert (verified.code, verified.err) == (0, "")
    database.unlink()
    assert spoken("", "import", tmp_path / "before.jsonl").code == 0
    unknown = spoken("", "import", tmp_path / "after.jsonl")
    assert (unknown.code, "nadie aquí ha reconocido" in unknown.err) == (1, True)
    lines = map(json.loads, (tmp_path / "after.jsonl").read_bytes().splitlines())
    (signed,) = [line["key"] for line in lines if "stone" in line]
    assert spoken("", "keys", "enrol", signed, "--name", "Puesto 4").code == 0
    obeyed = spoken("", "import", tmp_path / "after.jsonl")
    assert (obeyed.code, obeyed.err) == (0, "")
    assert obeyed.out.splitlines()[1] == "1 intento se borró en otro puesto y se borra también aquí."
    with opened() as store:
        assert store.attempts() == []
