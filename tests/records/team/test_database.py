"""The team's PostgreSQL: its tables, its versions, and results read from it as from a desk."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from simulator.errors import TercerTimbreError
from simulator.records import erasure, schema
from simulator.records.results_file import Examined, examine
from simulator.records.statements import Statement
from simulator.records.table import Filter
from simulator.records.team.database import connect, open_team
from simulator.records.team.migrating import FOLDER, REVISIONS, VERSION_TABLE
from simulator.records.team.syncing import sync_database
from simulator.records.team.targets import Target
from simulator.records.values import ERASED, write_moment
from simulator.session.envelope import canonical
from tests.records.cases import NOON
from tests.records.sealed import SIGNER
from tests.records.team import postgres
from tests.records.team.desks import SOFTWARE, desk, lines

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not postgres.there(), reason="PostgreSQL is not installed"),
]

NOT_OF_THE_TEAM = {"accounts", "drafts", "outbox"}
"""What a desk keeps to itself."""


@pytest.fixture
def ready(target: Target) -> Target:
    """A database with the tables."""
    with connect(target) as team:
        team.prepare()
    return target


def test_the_steps_make_the_tables_of_the_schema(ready: Target) -> None:
    wanted = MetaData()
    for table in schema.metadata.sorted_tables:
        if table.name not in NOT_OF_THE_TEAM:
            table.to_metadata(wanted)
    with connect(ready) as team, team._read() as connection:
        found = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(found, wanted) == []


def test_every_step_is_known_by_its_version() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    steps = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([step.revision for step in steps])) == REVISIONS


def test_making_the_tables_again_changes_nothing(ready: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 1) as store:
        sync_database(store, ready, SOFTWARE)
        with connect(ready) as team:
            team.prepare()
            assert lines(team) == lines(store)


def version(server: postgres.Server, target: Target, number: str) -> None:
    with server.connect(target.address.rsplit("/", 1)[1]) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = %s", (number,))


def test_an_older_program_leaves_a_newer_database_alone(server: postgres.Server, ready: Target, tmp_path: Path) -> None:
    version(server, ready, "999")
    with desk(tmp_path / "a.db", 1) as store:
        for asked in (lambda: sync_database(store, ready, SOFTWARE), lambda: open_team(ready)):
            with pytest.raises(TercerTimbreError) as error:
                asked()
            assert (error.value.code, error.value.args_["found"]) == ("team-newer", "999")
        assert store.waiting(ready.address) == ["a-0"]


def test_a_database_without_tables_is_not_read(target: Target) -> None:
    with pytest.raises(TercerTimbreError, match="team-empty"):
        open_team(target)


def test_another_programs_database_is_left_alone(server: postgres.Server, target: Target, tmp_path: Path) -> None:
    with server.connect(target.address.rsplit("/", 1)[1]) as connection:
        connection.execute("CREATE TABLE attempts (id integer)")
    with desk(tmp_path / "a.db", 1) as store, pytest.raises(TercerTimbreError, match="team-foreign"):
        sync_database(store, target, SOFTWARE)


def test_a_wrong_password_is_told_and_not_repeated(target: Target, tmp_path: Path) -> None:
    wrong = replace(target, password="nunca-fue")
    with desk(tmp_path / "a.db", 1) as store, pytest.raises(TercerTimbreError) as error:
        sync_database(store, wrong, SOFTWARE)
    assert error.value.code == "team-unreachable"
    assert "nunca-fue" not in str(error.value)
    assert "nunca-fue" not in repr(wrong)


def test_a_desk_needs_no_more_than_to_read_and_to_add(server: postgres.Server, ready: Target, tmp_path: Path) -> None:
    name = ready.address.rsplit("/", 1)[1]
    with server.connect(name) as connection:
        connection.execute(f"CREATE ROLE puesto_{name} LOGIN PASSWORD 'p'")
        connection.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO puesto_{name}")
        connection.execute(f"GRANT DELETE ON reviews, rulings, tallies TO puesto_{name}")  # derived: written anew
    limited = Target("database", ready.address.replace(postgres.USER, f"puesto_{name}"), "p")
    with desk(tmp_path / "a.db", 2) as store:
        text = canonical({"v": 1, "kind": ERASED, "attempt": "gone", "at": write_moment(NOON)})
        with store._write() as connection:
            erasure.put(connection, "gone", Statement(ERASED, text, SIGNER.fingerprint, SIGNER.sign(text)))
        report = sync_database(store, limited, SOFTWARE)
        # It may not erase there: that is left to another desk, and all else arrives.
        assert (report.sent, [taken.findings[0].code for taken in report.refused]) == (2, ["team-erasure"])
        with server.connect(name) as connection:
            connection.execute(f"REVOKE INSERT ON attempts FROM puesto_{name}")
    with desk(tmp_path / "b.db", 1, name="b") as other, pytest.raises(TercerTimbreError, match="team-rights"):
        sync_database(other, limited, SOFTWARE)


def test_tables_of_results_read_the_same_from_either_store(ready: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 3) as store:
        sync_database(store, ready, SOFTWARE)
        with open_team(ready) as team:
            for wanted in (Filter(), Filter(person="P-a"), Filter(scenario="none")):
                here, there = store.results_table(wanted), team.results_table(wanted)
                assert here == there
                assert list(store.mark_rows(here)) == list(team.mark_rows(there))
                assert list(store.summary_rows(here)) == list(team.summary_rows(there))


def test_no_name_and_no_practice_is_in_the_teams_database(
    server: postgres.Server, ready: Target, tmp_path: Path
) -> None:
    with desk(tmp_path / "a.db", 3) as store:
        sync_database(store, ready, SOFTWARE)
    with server.connect(ready.address.rsplit("/", 1)[1]) as connection:
        assert connection.execute("SELECT id, name, pseudonym FROM profiles").fetchall() == [("person-a", "P-a", "P-a")]
        assert connection.execute("SELECT id FROM attempts ORDER BY id").fetchall() == [("a-0",), ("a-1",), ("a-2",)]
        events = connection.execute("SELECT count(*) FROM events WHERE attempt NOT IN ('a-0', 'a-1', 'a-2')")
        assert events.fetchone() == (0,)


def test_what_was_altered_in_the_database_is_found(server: postgres.Server, ready: Target, tmp_path: Path) -> None:
    with desk(tmp_path / "a.db", 1) as store:
        sync_database(store, ready, SOFTWARE)
    with server.connect(ready.address.rsplit("/", 1)[1]) as connection:
        altered = "convert_to(replace(convert_from(event, 'UTF8'), '3?', '4?'), 'UTF8')"
        connection.execute(f"UPDATE events SET event = {altered}")
    with open_team(ready) as team:
        (found,) = [item for item in examine(lines(team)) if isinstance(item, Examined)]
    assert [finding.code for finding in found.findings] == ["results-event"]


def test_a_server_that_is_not_there_is_told(server: postgres.Server, ready: Target, tmp_path: Path) -> None:
    server.stop()
    try:
        with desk(tmp_path / "a.db", 1) as store, pytest.raises(TercerTimbreError) as error:
            sync_database(store, ready, SOFTWARE)
        assert error.value.code == "team-unreachable"
    finally:
        server.start()


def test_tables_that_somebody_dropped_are_told(server: postgres.Server, ready: Target) -> None:
    with server.connect(ready.address.rsplit("/", 1)[1]) as connection:
        connection.execute("DROP TABLE marks, outcomes, statements")
    with open_team(ready) as team, pytest.raises(TercerTimbreError, match="team-failed"):
        team.published()
