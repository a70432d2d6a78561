"""The window's beginning and end: as little as possible before it is seen, everything else after."""

import sys

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from simulator import paths
from simulator.app.application import Application, standard_folders
from simulator.ui import theme
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import CrashDoor


def run() -> int:
    """Opens the window and stays until it is closed; returns the exit code."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Tercer Timbre")
    app.setDesktopFileName("tercer-timbre")
    door = CrashDoor(paths.user_data())
    door.open()
    try:
        window, application = build()
        theme.apply(app, application.settings)
        window.refresh_icons()
        door.crashed.connect(lambda said: window.notify(said, "bad"))
        app.styleHints().colorSchemeChanged.connect(lambda _scheme: application.look_again())
        window.show()
        QTimer.singleShot(0, application.begin)
        code = app.exec()
        application.close()
        return code
    finally:
        door.close()


def build() -> tuple[MainWindow, Application]:
    """Window and application over the user's own folders; `Application.begin` sets them going."""
    config = paths.user_config()
    window = MainWindow(state=QSettings(str(config / "window.ini"), QSettings.Format.IniFormat))
    application = Application(
        window,
        folders=standard_folders(),
        database=paths.user_data() / "tercer-timbre.db",
        config=config / "settings.json",
        cache=paths.cache() / "voices",
    )
    return window, application
