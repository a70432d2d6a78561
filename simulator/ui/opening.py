"""The window's beginning and end: as little as possible before it is seen, everything else after."""

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from simulator.ui.application import Application
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import CrashDoor
from simulator.ui.tidying import Tidying

TURN_S = 0.0005
"""How long a thread keeps Python's lock when another waits for it. A layout asks many small things of Python and waits
for the lock at each: with the usual 5 ms, reading scenarios on the worker made it ten times as long."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one installation. `scenarios`: where scenarios are looked for."""

    scenarios: Sequence[Path]
    database: Path
    settings: Path
    window_state: Path
    voices: Path
    crashes: Path
    models: Path
    recordings: Path


def run(places: Places) -> int:
    """Opens the window and stays until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Tercer Timbre")
    app.setDesktopFileName("tercer-timbre")
    install_spanish(app)
    sys.setswitchinterval(TURN_S)
    door = CrashDoor(places.crashes)
    door.open()
    try:
        window, application = build(places)
        tidying = Tidying()
        application.settled.connect(tidying.settle)
        tidying.start()
        door.crashed.connect(application.tell_crash)
        app.styleHints().colorSchemeChanged.connect(application.look_again)
        window.show()
        QTimer.singleShot(0, application.begin)
        code = app.exec()
        application.close()
        tidying.stop()
        return code
    finally:
        door.close()


def install_spanish(app: QApplication) -> QTranslator | None:
    """Qt's own Spanish for what Qt itself says: file dialogs, context menus, standard buttons. It comes with PySide6
    and is read in a millisecond; None where an installation lacks it: Qt then says these in English."""
    translator = QTranslator(app)
    if not translator.load("qtbase_es", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        _log.warning("Qt's Spanish catalogue is missing: its own dialogs are in English")
        return None
    app.installTranslator(translator)
    return translator


def build(places: Places) -> tuple[MainWindow, Application]:
    """The window in its look, and the application behind it; `Application.begin` sets them going."""
    window = MainWindow(state=QSettings(str(places.window_state), QSettings.Format.IniFormat))
    application = Application(
        window,
        folders=places.scenarios,
        database=places.database,
        config=places.settings,
        cache=places.voices,
        models=places.models,
        recordings=places.recordings,
    )
    application.look_again()
    return window, application
