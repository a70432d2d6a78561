"""A person's data go on request and do not come back; what is old goes by itself; own data are taken away."""

import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.records.accounts import Cost, Role
from simulator.records.backup import daily_copies
from simulator.records.own_data import write_own_data
from simulator.records.receiving import Received, receive
from simulator.records.recordings import Recordings
from simulator.records.store import Store
from simulator.records.values import Draft, Mode
from tests.records.cases import NOON, OTHER, PERSON, events, later
from tests.records.sealed import OTHER_SIGNER, SIGNER, finished

AT = NOON + timedelta(days=1)
SECRET = "Permítame un momentito secreto"


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "recordings")


@pytest.fixture
def full(store: Store, recordings: Recordings) -> Store:
    """A submitted attempt, an exam, practice with sound, one going on with a draft, and one of somebody else."""
    first = finished(store)
    store.submit("a1", SIGNER, NOON + timedelta(minutes=6))
    finished(store, later(first, "a2", minutes=10))
    recordings.add("a2", 3, "agent", b"\0\0" * 800, 16_000)
    store.begin(later(first, "a3", minutes=20), events(0, 3, "a3"))
    store.save_draft("a3", "c1", Draft(SECRET, {}))
    finished(store, later(first, "e1", minutes=30), mode=Mode.EXAM)
    store.seal("e1", SIGNER, NOON + timedelta(minutes=40))
    finished(store, replace(later(first, "b1", minutes=40), profile=OTHER.id))
    store.submit("b1", SIGNER, NOON + timedelta(minutes=50))
    return store


def files_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())


def exported(store: Store, target: Path) -> Path:
    target.write_bytes(b"".join(store.results(store.published(), "0.1.0")))
    return target


def codes(brought: Received) -> list[str]:
    return [finding.code for finding, _attempt in brought.findings]


# A person on request


def test_nothing_of_an_erased_person_is_left_nor_of_anybody_else_missing(
    full: Store, path: Path, recordings: Recordings
) -> None:
    assert PERSON.name.encode() in files_of(path)
    assert b"momentito secreto" in files_of(path)
    assert full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT).attempts == 4
    assert [attempt.id for attempt in full.attempts()] == ["b1"]
    assert [person.id for person in full.people()] == [OTHER.id]
    assert recordings.kept() == frozenset()
    left = files_of(path)
    for trace in (PERSON.name.encode(), PERSON.pseudonym.encode(), b"momentito secreto"):
        assert trace not in left, "overwritten, not merely forgotten"
    assert full.check() == []


def test_only_what_had_left_has_a_tombstone_and_it_says_nothing_about_the_person(
    full: Store, recordings: Recordings
) -> None:
    full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT)
    stones = [json.loads(line) for line in full.results([], "0.1.0") if b'"stone"' in line]
    assert [sorted(stone["stone"]) for stone in stones] == [["at", "attempt", "kind", "v"]] * 2
    assert [stone["stone"]["attempt"] for stone in stones] == ["a1", "e1"]
    assert {stone["key"] for stone in stones} == {SIGNER.fingerprint}


def test_who_is_signed_in_signs_the_tombstones(full: Store, recordings: Recordings) -> None:
    hr = full.staff.add("Nuria", Role.HR, "lluvia mesa tres", NOON, cost=Cost(n=2))
    trainer = full.staff.add("Íñigo", Role.TRAINER, "lluvia mesa tres", NOON, hr, cost=Cost(n=2))
    for by, refused in ((None, "right-signed-out"), (trainer, "right-hr")):
        with pytest.raises(TercerTimbreError, match=refused):
            full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT, by)
    assert recordings.kept() == {"a2"}
    full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT, hr)
    keys = {json.loads(line)["key"] for line in full.results([], "0.1.0") if b'"stone"' in line}
    assert keys == {hr.signer.fingerprint}


def test_nobody_is_erased_by_mistake(full: Store, recordings: Recordings) -> None:
    with pytest.raises(TercerTimbreError, match="person-unknown"):
        full.retention.erase("P-0000", recordings, SIGNER, AT)
    assert len(full.attempts()) == 5


def test_the_copies_of_the_day_do_not_keep_whom_the_database_forgot(
    full: Store, path: Path, recordings: Recordings
) -> None:
    (person,) = (one for one in full.profiles() if one.id == PERSON.id)
    for forget in (
        lambda: full.retention.drop_practice(person.id, recordings),
        lambda: full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT),
    ):
        assert full.keep_backup(AT.date()) is not None
        forget()
        assert daily_copies(path) == []
    assert SECRET.encode() not in files_of(path)


def test_older_copies_of_the_database_are_told(full: Store, path: Path, recordings: Recordings) -> None:
    kept = path.with_name(f"{path.name}.v2")
    kept.write_bytes(b"an older copy")
    assert full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT).copies == (kept,)


# It does not come back


@pytest.fixture
def elsewhere(tmp_path: Path) -> Store:
    """The store of an HR desk, empty."""
    return Store.open(tmp_path / "hr" / "t.db")


def test_what_was_erased_is_not_taken_in_again(full: Store, tmp_path: Path, recordings: Recordings) -> None:
    file = exported(full, tmp_path / "r.jsonl")
    full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT)
    brought = receive(full, file, recordings)
    assert codes(brought) == ["results-erased", "results-erased"]
    assert (brought.counted["refused"], brought.counted["known"]) == (2, 1)
    assert [attempt.id for attempt in full.attempts()] == ["b1"]


def test_a_tombstone_erases_elsewhere_where_its_key_is_enrolled(
    full: Store, elsewhere: Store, tmp_path: Path, recordings: Recordings
) -> None:
    there = Recordings(tmp_path / "hr" / "recordings")
    before = exported(full, tmp_path / "before.jsonl")
    assert receive(elsewhere, before, there).counted["new"] == 3
    full.retention.erase(PERSON.pseudonym, recordings, OTHER_SIGNER, AT)
    after = exported(full, tmp_path / "after.jsonl")
    told = receive(elsewhere, after, there)
    assert codes(told) == ["results-unvouched", "results-unvouched"], "told, not obeyed"
    assert told.unknown_keys == {OTHER_SIGNER.fingerprint, SIGNER.fingerprint}
    assert len(elsewhere.attempts()) == 3
    elsewhere.enrol(OTHER_SIGNER.fingerprint, "Nuria, RR. HH.", AT)
    obeyed = receive(elsewhere, after, there)
    assert (codes(obeyed), obeyed.counted["erased"]) == ([], 2)
    assert [attempt.id for attempt in elsewhere.attempts()] == ["b1"]
    assert [person.pseudonym for person in elsewhere.people()] == [OTHER.pseudonym], "nothing of the person is left"
    assert receive(elsewhere, after, there).counted["erased"] == 0
    assert receive(elsewhere, before, there).counted["refused"] == 2
    assert b'"stone"' in b"".join(elsewhere.results([], "0.1.0")), "it travels on"


def test_an_altered_tombstone_erases_nothing(
    full: Store, elsewhere: Store, tmp_path: Path, recordings: Recordings
) -> None:
    receive(elsewhere, exported(full, tmp_path / "before.jsonl"), recordings)
    full.retention.erase(PERSON.pseudonym, recordings, OTHER_SIGNER, AT)
    stones = exported(full, tmp_path / "after.jsonl")
    lines = [line for line in stones.read_bytes().splitlines(keepends=True) if b'"attempt":{' not in line]
    altered = b"".join(lines).replace(b'"attempt":"e1"', b'"attempt":"b1"')
    stones.write_bytes(altered)
    elsewhere.enrol(SIGNER.fingerprint, "Puesto 4", AT)
    receive(elsewhere, exported(full, tmp_path / "keys.jsonl"), recordings)
    elsewhere.enrol(OTHER_SIGNER.fingerprint, "Nuria, RR. HH.", AT)
    assert "results-stone" in codes(receive(elsewhere, stones, recordings))
    assert "b1" in [attempt.id for attempt in elsewhere.attempts()]


def test_a_desk_does_not_take_back_what_it_handed_over(
    full: Store, elsewhere: Store, tmp_path: Path, recordings: Recordings
) -> None:
    """Whoever owns a desk's key could make a failed exam vanish from HR's desk."""
    receive(elsewhere, exported(full, tmp_path / "before.jsonl"), recordings)
    elsewhere.enrol(SIGNER.fingerprint, "Puesto 4", AT)
    full.retention.erase(PERSON.pseudonym, recordings, SIGNER, AT)
    told = receive(elsewhere, exported(full, tmp_path / "after.jsonl"), recordings)
    assert codes(told) == ["results-withdrawn", "results-withdrawn"]
    assert len(elsewhere.attempts()) == 3


def test_a_strangers_tombstone_is_not_obeyed(full: Store, tmp_path: Path, recordings: Recordings) -> None:
    with Store.open(tmp_path / "stranger" / "t.db") as stranger:
        receive(stranger, exported(full, tmp_path / "r.jsonl"), recordings)
        stranger.retention.erase(OTHER.pseudonym, recordings, OTHER_SIGNER, AT)
        stones = exported(stranger, tmp_path / "s.jsonl")
    brought = receive(full, stones, recordings)
    assert codes(brought) == ["results-unvouched"]
    assert len(full.attempts()) == 5


# By time, and by the trainee


def test_a_trainee_deletes_practice_and_only_practice(full: Store, recordings: Recordings) -> None:
    for attempt, refused in (("a1", "attempt-published"), ("e1", "attempt-exam")):
        with pytest.raises(TercerTimbreError, match=refused):
            full.delete_attempt(attempt)
    assert full.retention.drop_practice(PERSON.id, recordings) == 2
    assert [attempt.id for attempt in full.attempts()] == ["b1", "e1", "a1"]
    assert (recordings.kept(), full.tombstones()) == (frozenset(), [])


@pytest.mark.parametrize(
    ("practice", "results", "left"),
    [
        (None, None, ["b1", "e1", "a3", "a2", "a1"]),
        (1, None, ["b1", "e1", "a1"]),
        (None, 1, ["a3", "a2"]),
        (1, 1, []),
        (3, 3, ["b1", "e1", "a3", "a2", "a1"]),
    ],
)
def test_what_is_old_goes(
    full: Store, recordings: Recordings, practice: int | None, results: int | None, left: list[str]
) -> None:
    at = NOON + timedelta(days=2)
    gone = full.retention.expire(at, recordings, practice_days=practice, results_days=results)
    assert (gone, [attempt.id for attempt in full.attempts()]) == (5 - len(left), left)
    assert full.tombstones() == [], "it says nothing about copies elsewhere"
    assert [person.id for person in full.people()] == [PERSON.id, OTHER.id]


def test_the_day_counts_to_the_second(full: Store, recordings: Recordings) -> None:
    just = NOON + timedelta(days=1)
    assert full.retention.expire(just, recordings, practice_days=1, results_days=1) == 0
    assert full.retention.expire(just + timedelta(seconds=1), recordings, practice_days=1, results_days=1) == 1


# Own data


def test_own_data_are_all_of_one_person_and_of_nobody_else(full: Store, recordings: Recordings, tmp_path: Path) -> None:
    target = tmp_path / "mis datos.zip"
    profile = full.profiles()[0]
    assert write_own_data(target, full, recordings, profile, "0.1.0") == 4
    with zipfile.ZipFile(target) as made:
        assert made.testzip() is None
        names = made.namelist()
        log = [json.loads(line) for line in made.read("attempts.jsonl").splitlines()]
        about = json.loads(made.read("profile.json"))
        texts = [made.read(name).decode() for name in names if name.endswith(".txt")]
    assert (about["name"], about["pseudonym"]) == (PERSON.name, PERSON.pseudonym)
    assert [line["attempt"]["attempt"] for line in log if "attempt" in line] == ["a1", "a2", "a3", "e1"]
    assert sum("event" in line for line in log) == 12 + 12 + 3 + 12
    assert len([name for name in names if name.startswith("recordings/")]) == 1
    assert ["Sin entregar." in text for text in texts] == [False, True, True, True]
    assert list(tmp_path.glob("*.part")) == []


def test_own_data_are_taken_in_nowhere(full: Store, recordings: Recordings, tmp_path: Path, elsewhere: Store) -> None:
    target = tmp_path / "mine.zip"
    write_own_data(target, full, recordings, full.profiles()[0], "0.1.0")
    with zipfile.ZipFile(target) as made:
        log = tmp_path / "mine.jsonl"
        log.write_bytes(made.read("attempts.jsonl"))
    receive(elsewhere, log, recordings)
    assert {attempt.id for attempt in elsewhere.attempts()} == {"a1", "e1"}, "practice stays with whom it belongs to"


def test_own_data_leave_nothing_half_written(full: Store, recordings: Recordings, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_own_data(tmp_path / "nowhere" / "x.zip", full, recordings, full.profiles()[0], "0.1.0")
    assert list(tmp_path.rglob("*.part")) == []
