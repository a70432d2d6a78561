"""Python's garbage and Qt's threads."""

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from simulator.ui.tasks import Tasks
from simulator.ui.tidying import Tidying


class _Knot(QObject):
    """Dropped, it can only be collected as a cycle; it remembers where that happened."""

    def __init__(self, died: list[int]) -> None:
        super().__init__()
        self.me = self
        self.died = died

    def __del__(self) -> None:
        self.died.append(threading.get_ident())


def _litter() -> int:
    """Enough new objects for several collections, were they started by themselves."""
    return sum(len([[]]) for _ in range(200_000) if [[]])


def test_a_dropped_widget_dies_on_the_windows_thread(qtbot: QtBot) -> None:
    died: list[int] = []
    tasks = Tasks()
    tidying = Tidying()
    tidying.start()
    _Knot(died)
    done: list[int] = []
    tasks.run(_litter, done.append, lambda _error: done.append(-1))
    qtbot.waitUntil(lambda: bool(done))
    assert died == []
    tidying.tidy()
    assert died == [threading.get_ident()]
    tasks.close()
    tidying.stop()
    assert gc.isenabled()
    gc.disable()  # as the fixture of this folder left it
