"""The office over the team's database: chosen where there is one, asked on the worker, and failing in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.records.office.question import Wanted
from simulator.records.store import Store
from simulator.records.team.database import connect
from simulator.records.team.syncing import sync_database
from simulator.records.team.targets import Target
from simulator.ui.office.page import COHORTS, TEAM
from tests.records.results import Class
from tests.records.team import postgres
from tests.records.team.desks import SOFTWARE
from tests.records.test_office import some
from tests.ui.office.conftest import Hands


def test_a_team_that_does_not_answer_is_said(office: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not office.page.source.isVisible()
    monkeypatch.setenv("TERCER_TIMBRE_TEAM", "postgresql://puesto@127.0.0.1:1/equipo")
    office.enter()
    assert office.page.source.isVisible()
    office.page.source.buttons[TEAM].click()
    office.reads(office.window, "No se llega a la base de datos del equipo")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    """A team's database with the results of another desk."""
    with postgres.running() as server, Store.open(tmp_path / "other.db") as other:
        target = Target("database", server.new_database(), postgres.PASSWORD)
        some(Class(other))
        sync_database(other, target, SOFTWARE)
        monkeypatch.setenv("TERCER_TIMBRE_TEAM", target.address)
        monkeypatch.setenv("TERCER_TIMBRE_TEAM_PASSWORD", postgres.PASSWORD)
        yield target


@pytest.mark.slow
@pytest.mark.skipif(not postgres.there(), reason="PostgreSQL is not installed")
def test_the_office_opens_either_store(hands: Hands, team: Target) -> None:
    page = hands.enter()
    hands.reads(page, "Todavía no hay resultados")
    page.source.buttons[TEAM].click()
    hands.reads(page.overview, "6")
    hands.see("list")
    opened: list[str] = []
    hands.room.opened.connect(opened.append)
    page.list.open_button.click()
    hands.reads(hands.window, "no está en este puesto")
    assert opened == []
    hands.see(COHORTS)
    page.cohorts.name.setText("Primavera")
    page.cohorts.create_button.click()
    hands.settled()
    with connect(team) as records:
        assert [cohort.name for cohort in records.office.cohorts()] == ["Primavera"]
        assert records.office.totals(Wanted()).attempts == 6
    assert hands.store.office.cohorts() == []
