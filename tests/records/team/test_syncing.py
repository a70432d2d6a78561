"""Each attempt arrives exactly once and as it is, whatever happens to the client or the server meanwhile."""

import random
import shutil
import signal
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from simulator.errors import TercerTimbreError
from simulator.records import statements
from simulator.records.accounts import Reviewer, Role
from simulator.records.recordings import Recordings
from simulator.records.reviews import Approval
from simulator.records.store import Records, Store
from simulator.records.team.database import open_team
from simulator.records.team.report import Report
from simulator.records.team.syncing import sync_database
from simulator.records.team.targets import Target
from simulator.records.values import Mode, NewAttempt
from tests.records.cases import NOON
from tests.records.sealed import OTHER_SIGNER
from tests.records.team import client, postgres
from tests.records.team.desks import SOFTWARE, add, desk, lines
from tests.records.test_instances import answer, process

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not postgres.there(), reason="PostgreSQL is not installed"),
]


def sync(store: Store, target: Target, *, everybody: bool = False) -> Report:
    return sync_database(store, target, SOFTWARE, everybody=everybody)


def counted(report: Report) -> tuple[int, int, int, int]:
    return report.sent, report.completed, report.received, len(report.refused)


def at_the_team(target: Target) -> list[bytes]:
    with open_team(target) as team:
        return lines(team)


def rows(server: postgres.Server, target: Target) -> list[int]:
    """How many rows each table of the team has."""
    with server.connect(target.address.rsplit("/", 1)[1]) as connection:
        tables = ("attempts", "events", "scorecards", "statements", "outcomes", "marks", "texts", "profiles", "keys")
        found = [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables]
    return [int(str(row[0])) for row in found if row]


def reviewed(records: Records, attempt: str) -> None:
    """Another desk signs something further about an attempt."""
    records.review(attempt, Approval(), Reviewer("r1", "Pilar", Role.TRAINER, OTHER_SIGNER), NOON)


def test_what_was_submitted_arrives_whole_and_once(server: postgres.Server, target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 30) as store:
        assert len(store.waiting(target.address)) == 30
        assert counted(sync(store, target)) == (30, 0, 0, 0)
        assert at_the_team(target) == lines(store)
        assert rows(server, target) == [30, 360, 30, 60, 30, 60, 2, 1, 1]
        assert store.waiting(target.address) == []
        assert counted(sync(store, target)) == (0, 0, 0, 0)


def test_an_exam_is_sent_without_being_submitted(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 1) as store:
        exam = store.attempt("a-0")
        shared = {name: getattr(exam, name) for name in NewAttempt.__dataclass_fields__}
        add(store, NewAttempt(**{**shared, "id": "exam", "mode": Mode.EXAM}))
        assert sync(store, target).sent == 2
        assert at_the_team(target) == lines(store)


def test_desks_share_a_team_and_each_gets_what_others_signed_about_its_own(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 2) as one, desk(tmp_path / "b.db", 2, name="b", signer=OTHER_SIGNER) as other:
        assert [sync(one, target).sent, sync(other, target).sent] == [2, 2]
        with open_team(target) as team:
            reviewed(team, "a-1")
        assert counted(sync(one, target)) == (0, 0, 1, 0)
        assert [said.kind for said in one.statements("a-1")] == ["sealed", "submitted", "reviewed"]
        assert counted(sync(other, target)) == (0, 0, 0, 0)
        assert counted(sync(one, target)) == (0, 0, 0, 0)
        assert one.waiting(target.address) == []


def test_what_is_signed_later_is_sent_later(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 2) as store:
        sync(store, target)
        reviewed(store, "a-0")
        assert store.waiting(target.address) == ["a-0"]
        assert counted(sync(store, target)) == (0, 1, 0, 0)
        assert at_the_team(target) == lines(store)


def test_the_desk_of_a_trainer_takes_in_everybodys(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 2) as one, Store.open(tmp_path / "t.db") as trainer:
        sync(one, target)
        assert counted(sync(trainer, target)) == (0, 0, 0, 0)
        assert counted(sync(trainer, target, everybody=True)) == (0, 0, 2, 0)
        assert lines(trainer) == lines(one)
        reviewed(trainer, "a-0")
        assert counted(sync(trainer, target, everybody=True)) == (0, 1, 0, 0)
        assert counted(sync(one, target)) == (0, 0, 1, 0)
        assert lines(trainer) == lines(one)


def test_a_team_restored_from_an_older_copy_gets_what_it_lost(
    server: postgres.Server, target: Target, tmp_path: Path
) -> None:
    with desk(tmp_path / "a.db", 3) as store:
        sync(store, target)
        with server.connect(target.address.rsplit("/", 1)[1]) as connection:
            connection.execute("DELETE FROM attempts WHERE id <> 'a-0'")
        assert counted(sync(store, target)) == (2, 0, 0, 0)
        assert at_the_team(target) == lines(store)


def test_an_altered_attempt_is_refused_the_others_arrive(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 3) as store:
        with store._write() as connection:
            connection.exec_driver_sql(
                "UPDATE events SET event = CAST(replace(CAST(event AS TEXT), '3?', '4?') AS BLOB) WHERE attempt = 'a-1'"
            )
        report = sync(store, target)
        assert counted(report) == (2, 0, 0, 1)
        assert [(taken.attempt, taken.findings[0].code) for taken in report.refused] == [("a-1", "results-event")]
        assert store.waiting(target.address) == ["a-1"]


def test_what_postgresql_cannot_hold_keeps_nobody_else_waiting(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 1) as store:
        shared = {name: getattr(store.attempt("a-0"), name) for name in NewAttempt.__dataclass_fields__}
        started = NOON + timedelta(seconds=1)
        for id, title in (("nul", "Un cero \0 en el título"), ("z", "Después")):
            add(store, NewAttempt(**{**shared, "id": id, "title": title, "started_at": started}))
        report = sync(store, target)
        assert counted(report) == (2, 0, 0, 1)
        assert [(taken.attempt, taken.findings[0].code) for taken in report.refused] == [("nul", "team-refuses")]


def test_two_desks_with_one_pseudonym_are_not_mixed(target: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 1) as one, desk(tmp_path / "b.db", 1, name="b") as other:
        with other._write() as connection:
            connection.exec_driver_sql("UPDATE profiles SET pseudonym = 'P-a' WHERE id = 'person-b'")
        sync(one, target)
        (refused,) = sync(other, target).refused
        # Changed after it was signed, its header no longer fits the seal; unsealed it would be the pseudonym's finding.
        assert refused.findings[0].code == "results-event"
        assert at_the_team(target) == lines(one)


@pytest.mark.parametrize("vouched", [True, False])
def test_what_hr_erased_goes_everywhere_where_hr_is_known(target: Target, tmp_path: Path, vouched: bool) -> None:
    sounds = Recordings(tmp_path / "recordings")
    with desk(tmp_path / "a.db", 2) as one, Store.open(tmp_path / "hr.db") as hr:
        sounds.add("a-0", 0, "agent", bytes(3200), 16_000)
        sync(one, target)
        sync(hr, target, everybody=True)
        if vouched:
            with one._write() as connection:
                statements.know_key(connection, OTHER_SIGNER.fingerprint, OTHER_SIGNER.public, "RR. HH.", NOON)
        hr.retention.erase("P-a", Recordings(tmp_path / "none"), OTHER_SIGNER, NOON + timedelta(days=1))
        assert counted(sync(hr, target, everybody=True)) == (0, 0, 0, 0)
        assert [line for line in at_the_team(target) if b'"attempt":{' in line] == []
        refused = sync_database(one, target, SOFTWARE, sounds).refused
        assert {taken.findings[0].code for taken in refused} == (set() if vouched else {"results-unvouched"})
        assert one.published() == ([] if vouched else ["a-0", "a-1"])
        assert sounds.kept() == (frozenset() if vouched else {"a-0"})
        with open_team(target) as team:
            assert team.published() == [], "it does not come back"


KILLS = 50
EACH = 24


def test_fifty_kills_in_the_middle_and_each_attempt_is_there_once(
    server: postgres.Server, target: Target, tmp_path: Path
) -> None:
    chance = random.Random(6)
    source = tmp_path / "source.db"
    with desk(source, EACH) as store:
        store.backup(tmp_path / "whole.db")
        started = time.perf_counter()
        sync(store, target)
        usual = time.perf_counter() - started
        wanted, all_rows = lines(store), rows(server, target)
    midway = 0
    for number in range(KILLS):
        fresh = Target("database", server.new_database(), postgres.PASSWORD)
        path = tmp_path / f"kill-{number}.db"
        shutil.copy(tmp_path / "whole.db", path)
        with process(client.sync, str(path), fresh) as (child, pipe):
            assert answer(pipe) == 0
            finished = pipe.poll(chance.uniform(0, usual))
            child.kill()
            child.join()
        midway += not finished
        with Store.open(path) as store:
            sync(store, fresh)
            assert store.waiting(fresh.address) == []
            assert lines(store) == wanted
        assert at_the_team(fresh) == wanted
        assert rows(server, fresh) == all_rows
    assert midway > KILLS // 2, "the kills came when all was done"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT])
def test_a_server_that_stops_in_the_middle_gets_the_rest_later(
    server: postgres.Server, target: Target, tmp_path: Path, how: signal.Signals
) -> None:
    path = tmp_path / "a.db"
    with desk(path, 60) as store:
        wanted = lines(store)
        with process(client.sync, str(path), target) as (_child, pipe):
            assert answer(pipe) == 0
            with server.connect(target.address.rsplit("/", 1)[1]) as connection:
                while not _some_arrived(connection):
                    time.sleep(0.005)
            server.stop(how)
            try:
                assert answer(pipe) == -1
            finally:
                server.start()
        with open_team(target) as team:
            partly = team.published()
        assert 0 < len(partly) < 60
        report = sync(store, target)
        assert report.sent + len(partly) == 60
        assert at_the_team(target) == wanted
        assert store.waiting(target.address) == []


def _some_arrived(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    if connection.execute("SELECT to_regclass('attempts') IS NOT NULL").fetchone() != (True,):
        return False
    return connection.execute("SELECT count(*) > 3 FROM attempts").fetchone() == (True,)


def test_runs_at_the_same_time_send_each_attempt_once(server: postgres.Server, target: Target, tmp_path: Path) -> None:
    paths = [tmp_path / "a.db", tmp_path / "b.db"]
    with desk(paths[0], 40) as one, desk(paths[1], 40, name="b", signer=OTHER_SIGNER) as other:
        with ExitStack() as stack:
            # Two runs of each desk, all on an empty database whose tables each of them wants to make.
            pipes = [
                stack.enter_context(process(client.sync, str(path), target))[1] for path in paths for _twice in "12"
            ]
            assert [answer(pipe) for pipe in pipes] == [0, 0, 0, 0]
            sent = [answer(pipe) for pipe in pipes]
        assert (sent[0] + sent[1], sent[2] + sent[3]) == (40, 40)
        assert one.waiting(target.address) == other.waiting(target.address) == []
        with open_team(target) as team:
            assert list(team.results(one.published(), SOFTWARE)) == lines(one)
            assert list(team.results(other.published(), SOFTWARE)) == lines(other)
        assert rows(server, target)[0] == 80


def test_a_silent_server_is_given_up(target: Target, tmp_path: Path) -> None:
    nobody = replace(target, address="postgresql://equipo@127.0.0.1:1/nadie")
    with desk(tmp_path / "a.db", 1) as store, pytest.raises(TercerTimbreError, match="team-unreachable"):
        sync(store, nobody)
