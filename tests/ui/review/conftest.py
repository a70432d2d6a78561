"""Attempts that were handed over, in a store with a real workshop, and the room of a reviewer in a real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulator.records.store import Store
from simulator.records.workshop import Workshop
from simulator.ui.main_window import MainWindow
from simulator.ui.tasks import Tasks
from tests.app.test_workshop import MOVES, begun, moves


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with Store.open(tmp_path / "t.db") as store:
        yield Workshop(store, [])


@pytest.fixture
def attempt(workshop: Workshop) -> str:
    """A submitted attempt that passed."""
    lived = begun(workshop, workshop.add_profile("Ana Ñáñez"))
    lived.play(moves(MOVES))
    lived.finish()
    workshop.submit(lived.opening.attempt)
    return lived.opening.attempt


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def tasks(window: MainWindow) -> Iterator[Tasks]:
    made = Tasks(window)
    yield made
    made.close()
