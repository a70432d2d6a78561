"""A window with the office in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from simulator.records.accounts import Reviewer
from simulator.records.store import Store
from simulator.records.workshop import Workshop
from simulator.ui.main_window import MainWindow
from simulator.ui.office.page import OfficePage
from simulator.ui.office.room import OfficeRoom
from simulator.ui.tasks import Tasks
from tests.records.results import Class
from tests.records.test_office import some

WAIT_MS = 10_000


def texts(widget: QWidget) -> list[str]:
    """What can be read."""
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisible()]


class Hands:
    """A window with the office in it, and a test's hands on both."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot = qtbot
        self.store = Store.open(path)
        self.workshop = Workshop(self.store, [])
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.tasks = Tasks(self.window)
        self.room = OfficeRoom(self.window, self.tasks, self.window)

    def enter(self, reviewer: Reviewer | None = None) -> OfficePage:
        self.room.show(self.workshop, reviewer)
        self.settled()
        with self.qtbot.waitExposed(self.window):
            self.window.show()
        return self.page

    @property
    def page(self) -> OfficePage:
        return self.room.page

    def settled(self) -> None:
        self.qtbot.waitUntil(lambda: self.tasks.idle, timeout=WAIT_MS)

    def reads(self, widget: QWidget, text: str) -> None:
        """Waits until the words are there to be read."""
        self.qtbot.waitUntil(lambda: any(text in said for said in texts(widget)), timeout=WAIT_MS)

    def see(self, section: str) -> None:
        self.page.show_section(section)
        self.settled()


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    made = Hands(qtbot, tmp_path / "t.db")
    yield made
    made.tasks.close()
    made.workshop.close()


@pytest.fixture
def office(hands: Hands) -> Hands:
    """Three people, two in a cohort, six attempts that were handed over, one that was not."""
    some(Class(hands.store))
    spring = hands.store.office.create_cohort("Primavera")
    hands.store.office.move(["ana", "bea"], spring)
    hands.enter()
    return hands
