"""The HR office over results of four people in two cohorts, who played the shipped calls."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from simulator.records.store import Store
from simulator.records.workshop import Workshop
from simulator.scenario.moves import Move, Speak
from simulator.ui.main_window import MainWindow
from simulator.ui.office.room import OfficeRoom
from simulator.ui.staff_places import STAFF_PLACES
from simulator.ui.tasks import Tasks
from tests.records.played import played
from tests.records.sealed import SIGNER
from tests.scenarios.shipped import scenario
from tests.screenshots.staging import Shoot

PEOPLE = {"Rosa Trillo": 0, "Iván Quispe": 0, "Lucía Mena": 1, "Andrés Vega": 1}
"""Who, and in which cohort."""
CALLS = ("angry-caller", "identity-check", "absent-manager", "long-search")


def draw(shoot: Shoot) -> None:
    """Hands each section to `shoot`, in the whole window."""
    window = MainWindow()
    tasks = Tasks(window)
    room = OfficeRoom(window, tasks, window)
    room.show(_stocked(), None)
    _until(lambda: tasks.idle)
    window.rail.show_places([place.place for place in STAFF_PLACES])
    window.rail.tick("office")
    window.rail.set_staff("Nuria Peña Santamaría")
    window.show()
    room.page.heat.by.buttons["scenario"].click()
    room.page.list.queues.buttons["all"].click()
    for section in ("overview", "heat", "progress", "readiness", "list", "cohorts"):
        room.page.show_section(section)
        _until(lambda: tasks.idle)
        shoot(f"office-{section}", window)
    tasks.close()


@cache
def _stocked() -> Workshop:
    """Each played the first tests of the calls, from the worst to the best, and handed them over."""
    folder = tempfile.mkdtemp()
    workshop = Workshop(Store.open(Path(folder) / "t.db"), [], sign=lambda: SIGNER)
    office = workshop.store.office
    cohorts = [office.create_cohort("Ingreso de octubre"), office.create_cohort("Ingreso de noviembre")]
    for place, (name, cohort) in enumerate(PEOPLE.items()):
        person = workshop.add_profile(name)
        office.move([person.id], cohorts[cohort])
        for number, id in enumerate(CALLS):
            call = scenario(id)
            for test in reversed(call.doc.tests[: 1 + (place + number) % 3]):
                moves = [_by(name, call.doc.agent, move) for move in test.do]
                workshop.submit(played(workshop, call, person, moves, seed=place))
    return workshop


def _by(name: str, agent: str, move: Move) -> Move:
    """What the agent of the test says, in the mouth of somebody else."""
    if not isinstance(move, Speak):
        return move
    return replace(move, text=move.text.replace(agent.split()[0], name.split()[0]))


def _until(over: Callable[[], bool]) -> None:
    """Lets the window live until it is over; what other screens left to be deleted stays for now."""
    while not over():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
