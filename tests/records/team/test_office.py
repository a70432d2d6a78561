"""The office asks the team's PostgreSQL as it asks a desk, and is answered alike."""

from datetime import date
from pathlib import Path

import pytest

from simulator.records.office.desk import Office
from simulator.records.office.lists import Queue
from simulator.records.office.question import NO_COHORT, Wanted
from simulator.records.store import Store
from simulator.records.team.database import connect, open_team
from simulator.records.team.syncing import sync_database
from simulator.records.team.targets import Target
from tests.records.results import Class
from tests.records.team import postgres
from tests.records.team.desks import SOFTWARE
from tests.records.test_office import some

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not postgres.there(), reason="PostgreSQL is not installed"),
]

QUEUES: tuple[tuple[Queue, int | None], ...] = (("all", None), ("below", None), ("below", 80), ("unreviewed", None))
ASKED = (
    Wanted(),
    Wanted(cohort=NO_COHORT),
    Wanted(person="ana", channel="phone", result="failed"),
    Wanted(mode="exam", since=date(2026, 5, 1), until=date(2026, 5, 10)),
    Wanted(checkpoint="greet", verdict="missed"),
    Wanted(checkpoint="nothing"),
)


def answers(office: Office, wanted: Wanted) -> list[object]:
    """All that can be asked. Names stay at the desk: the team knows pseudonyms."""
    people = [(one.profile, one.pseudonym, one.readiness, one.standings) for one in office.readiness(wanted)]
    return [
        office.totals(wanted),
        *(office.heat(wanted, by) for by in ("cohort", "scenario", "week")),
        office.progress(wanted),
        sorted(people),
        *(
            [row.attempt for row in office.listed(wanted, queue, threshold=threshold).rows]
            for queue, threshold in QUEUES
        ),
        office.choices().scenarios,
        office.choices().checkpoints,
    ]


def test_both_databases_give_the_same_answers(tmp_path: Path, target: Target) -> None:
    with Store.open(tmp_path / "t.db") as store:
        some(Class(store))
        with connect(target) as team:
            team.prepare()
        sync_database(store, target, SOFTWARE)
        with open_team(target) as team:
            for wanted in ASKED:
                assert answers(team.office, wanted) == answers(store.office, wanted), wanted


def test_the_team_has_cohorts_of_its_own(tmp_path: Path, target: Target) -> None:
    with Store.open(tmp_path / "t.db") as store:
        some(Class(store))
        with connect(target) as team:
            team.prepare()
        sync_database(store, target, SOFTWARE)
        with open_team(target) as team:
            spring = team.office.create_cohort("Primavera")
            team.office.move(["ana", "bea"], spring)
            assert team.office.totals(Wanted(cohort=spring)).attempts == 5
            assert [name for _key, name in team.office.heat(Wanted(), "cohort").columns] == ["Primavera", ""]
            team.office.delete_cohort(spring)
            assert [member.cohort for member in team.office.members()] == [None] * len(team.office.members())
