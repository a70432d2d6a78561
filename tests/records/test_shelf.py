"""The shelf knows what each scenario file says of itself, reads in slices, and remembers what it read."""

import os
from pathlib import Path

import pytest

from simulator.protocol.load import Protocol
from simulator.records import shelf
from simulator.records.reading_apart import ReadingApart
from simulator.records.shelf import Found, Listing, Shelf
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.shift import Find
from tests.session.cases import mini


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scenarios"
    made.mkdir()
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read anew, as they are."""
    names: list[str] = []

    def noted(text: str | bytes, file: str, protocol: Protocol, find: Find | None = None) -> LoadedScenario:
        names.append(Path(file).name)
        return load_scenario(text, file, protocol, find)

    monkeypatch.setattr(shelf, "load_scenario", noted)
    return names


def write(folder: Path, *ids: str) -> None:
    for id in ids:
        text = mini().text.replace("scenario: mini", f"scenario: {id}")
        (folder / f"{id}.yaml").write_text(text, "utf-8")


def ids(listing: Listing) -> list[str]:
    return [found.about.id for _, found in listing.files if found.about is not None]


def only(listing: Listing) -> Found:
    ((_, found),) = listing.files
    return found


def test_it_reads_in_slices_and_lists_what_it_knows(folder: Path, read: list[str]) -> None:
    write(folder, "a", "b", "c", "d", "e")
    one = Shelf([folder])
    listings = [one.look(2), one.look(2), one.look(2)]
    assert [ids(listing) for listing in listings] == [["a", "b"], ["a", "b", "c", "d"], ["a", "b", "c", "d", "e"]]
    assert [listing.unread for listing in listings] == [3, 1, 0]
    assert len(read) == 5


def test_it_reads_again_only_what_changed(folder: Path, read: list[str]) -> None:
    write(folder, "a", "b")
    one = Shelf([folder])
    one.look()
    (folder / "b.yaml").write_text("scenario: roto\n", "utf-8")
    (_, kept), (_, changed) = one.look().files
    assert kept.playable
    assert not changed.playable
    assert read == ["a.yaml", "b.yaml", "b.yaml"]
    (folder / "b.yaml").unlink()
    assert ids(one.look()) == ["a"]


def test_the_next_run_reads_nothing_that_it_knows(folder: Path, read: list[str]) -> None:
    write(folder, "a")
    (folder / "roto.yaml").write_text("scenario: roto\nchannel: phnoe\n", "utf-8")
    before = Shelf([folder]).look()
    assert len(read) == 2
    assert Shelf([folder]).look() == before
    assert len(read) == 2
    assert before.files[1][1].diagnostics


def test_a_text_that_moved_is_read_anew_since_its_mistakes_name_the_file(folder: Path) -> None:
    (folder / "roto.yaml").write_text("scenario: roto\nchannel: phnoe\n", "utf-8")
    Shelf([folder]).look()
    (folder / "roto.yaml").rename(folder / "otro.yaml")
    found = only(Shelf([folder]).look())
    assert {diagnostic.span.start.file for diagnostic in found.diagnostics} == {str(folder / "otro.yaml")}


def test_what_other_code_kept_is_not_believed(folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a")
    Shelf([folder]).look()
    monkeypatch.setattr(shelf, "code_hash", lambda _rooms: "newer")
    assert ids(Shelf([folder]).look()) == ["a"]
    assert len(read) == 2


@pytest.mark.parametrize("damage", ["", "{", '{"by": 1, "found": []}', '{"by": "x", "found": {"h": {"about": 3}}}'])
def test_a_damaged_memory_costs_time_only(folder: Path, read: list[str], damage: str) -> None:
    write(folder, "a")
    Shelf([folder]).look()
    shelf._place().write_text(damage, "utf-8")
    assert ids(Shelf([folder]).look()) == ["a"]
    assert len(read) == 2


def test_where_nothing_can_be_kept_all_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> Path:
        raise OSError("read-only")

    monkeypatch.setattr(shelf, "_place", refused)
    write(folder, "a")
    assert ids(Shelf([folder]).look()) == ["a"]


def test_a_file_that_cannot_be_read_says_why(folder: Path) -> None:
    (folder / "carpeta.yaml").mkdir()
    one = Shelf([folder])
    found = only(one.look())
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["scenario-unreadable"]
    assert one.look().unread == 0


def test_the_second_file_with_an_id_cannot_be_played(folder: Path) -> None:
    write(folder, "a")
    (folder / "b.yaml").write_text((folder / "a.yaml").read_text("utf-8"), "utf-8")
    one = Shelf([folder])
    first, second = (found for _, found in one.look().files)
    assert first.playable
    assert not second.playable
    assert [diagnostic.code for diagnostic in second.diagnostics] == ["scenario-duplicate-scenario"]
    (folder / "a.yaml").unlink()
    assert only(one.look()).playable


def test_a_scenario_is_loaded_as_it_is_when_it_is_wanted(folder: Path) -> None:
    write(folder, "a")
    one = Shelf([folder])
    one.look()
    loaded = one.load("a")
    assert loaded is not None
    assert loaded.scenario is not None
    assert loaded.scenario.id == "a"
    (folder / "a.yaml").write_text("scenario: a\n", "utf-8")
    again = one.load("a")
    assert again is not None
    assert again.scenario is None
    assert one.load("b") is None


def test_a_shift_is_read_again_when_a_file_that_it_names_changed(folder: Path, read: list[str]) -> None:
    for name, text in (("phone/mini", mini().text), ("shift/one", ONE_CALL)):
        (folder / f"{name}.yaml").parent.mkdir()
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    one = Shelf([folder])
    assert [found.playable for _, found in one.look().files] == [True, True]
    assert [found.playable for _, found in one.look().files] == [True, True]
    assert read == ["mini.yaml", "one.yaml"]
    (folder / "phone" / "mini.yaml").write_text("scenario: roto\n", "utf-8")
    assert [found.playable for _, found in one.look().files] == [False, False]
    (folder / "phone" / "mini.yaml").unlink()
    assert [found.playable for _, found in Shelf([folder]).look().files] == [False]


ONE_CALL = """
scenario: one-call
title: Una llamada
channel: shift
clock: "09:00"
agent: Diego Salas
briefing: Atienda.
shift: {begins: "09:00", ends: "10:00"}
contacts:
  marta: {scenario: phone/mini, at: "09:10"}
tests:
  - {name: espera, do: [available], expect: {}}
"""


def test_many_files_are_read_by_another_process_and_listed_as_ever(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MANY", 4)
    write(folder, *"abcdefghij")
    (folder / "k.yaml").write_text("scenario: k\n", "utf-8")
    one = Shelf([folder])
    first, second = one.look(2), one.look(2)
    assert (ids(first), first.unread) == (list("abcdefgh"), 3)
    assert second.unread == 0, "the few that are left too: reading them here would halt the window"
    assert [found.playable for _, found in second.files] == [True] * 10 + [False]
    assert read == []
    assert Shelf([folder]).look(0) == second, "what the other process found is kept too"


def test_files_are_read_here_where_the_other_process_dies(
    folder: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MANY", 2)
    write(folder, *"abcd")
    one = Shelf([folder])
    one._apart = ReadingApart(die)
    assert ids(one.look(3)) == ["a", "b", "c"]
    assert read == ["a.yaml", "b.yaml", "c.yaml"]
    one.close()


def die(_files: list[str]) -> bytes:
    os._exit(3)
