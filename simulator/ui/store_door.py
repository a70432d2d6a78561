"""Opens the store off the window's thread, and asks what to do with a damaged one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.tasks import Tasks
from simulator.wording import _

if TYPE_CHECKING:  # imported late at run time: the first window must not wait for it
    from simulator.records.files import Damaged
    from simulator.records.store import Store
    from simulator.records.workshop import Workshop


class StoreDoor(QObject):
    """The way to a workshop over the store at `database`. `failure` is told what could not be done."""

    opened = Signal(object)
    """The `Workshop`."""

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        database: Path,
        folders: Sequence[Path],
        failure: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._database = database
        self._folders = tuple(folders)
        self._failure = failure

    def open(self) -> None:
        """Opens the store; `opened` follows, or a question when it is damaged."""
        self._tasks.run(self._open, self._on_opened, self._failure)

    def _open(self) -> "Workshop | Damaged":
        from simulator.records.files import Damaged, open_or_offer

        opened = open_or_offer(self._database)
        return opened if isinstance(opened, Damaged) else self._workshop_of(opened)

    def _workshop_of(self, store: "Store") -> "Workshop":
        """Imports most of the core: a third of a second in which the window must not stand still."""
        from simulator.records.workshop import Workshop

        return Workshop(store, self._folders)

    def _on_opened(self, opened: "Workshop | Damaged") -> None:
        from simulator.records.workshop import Workshop

        if isinstance(opened, Workshop):
            self.opened.emit(opened)
            return
        text = _("{why}\n\nYou can begin with an empty one: the damaged file is kept beside it, whole.")
        ask = self._window.ask(
            _("The records are damaged"),
            text.format(why=explain(opened.error)),
            [("anew", _("Begin anew"), "primary"), ("quit", _("Close the program"), None)],
        )
        ask.answered.connect(partial(self._on_damaged, opened))

    def _on_damaged(self, damaged: "Damaged", choice: str) -> None:
        if choice == "anew":
            self._tasks.run(lambda: self._workshop_of(damaged.start_anew().store), self._on_opened, self._failure)
        else:
            self._window.close()
