"""The window's tests collect Python's garbage on their own thread, as the program does (`simulator.ui.tidying`); the
whole program, started as often as a test asks."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from simulator import paths
from simulator.ui.opening import Places, build
from simulator.ui.tidying import Tidying
from tests.ui.program import Program


@pytest.fixture(autouse=True)
def tidied(qapp: QApplication) -> Iterator[None]:
    """Widgets that a test dropped die here, not on a worker of a later one."""
    tidying = Tidying()
    tidying.start()
    yield
    gc.unfreeze()  # what the program froze while the window stood: dropped widgets are among it
    gc.collect()
    tidying.stop()
    gc.disable()  # a worker that is still ending must not collect before the next test takes over


@pytest.fixture
def places(own_home: Path, tmp_path: Path) -> Places:
    folder = tmp_path / "scenarios"
    shutil.copytree(paths.scenarios() / "phone", folder)
    return Places(
        scenarios=(folder,),
        database=own_home / "t.db",
        settings=own_home / "settings.json",
        window_state=own_home / "window.ini",
        voices=own_home / "voices",
        crashes=own_home,
        models=own_home / "models",
        recordings=own_home / "recordings",
    )


@pytest.fixture
def start(places: Places, qtbot: QtBot) -> Iterator[Callable[[], Program]]:
    """Starts the program, as often as asked; all are closed in the end."""
    started: list[Program] = []

    def go() -> Program:
        window, application = build(places)
        qtbot.addWidget(window)
        window.show()
        started.append(Program(window, application, places, qtbot))
        return started[-1]

    yield go
    for program in started:
        program.application.close()
