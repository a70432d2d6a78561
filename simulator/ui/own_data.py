"""A trainee's own data: taken away, or their practice deleted, from the settings."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.pages.own_data import OwnDataSettings
from simulator.ui.tasks import Tasks
from simulator.wording import n_

if TYPE_CHECKING:
    from simulator.records.values import Profile
    from simulator.records.workshop import Workshop


class OwnData(QObject):
    """Does what the part of the settings asks for, for whoever practises."""

    dropped = Signal()
    """Practice was deleted."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._whose: tuple[Workshop, Profile] | None = None

    def serve(self, part: OwnDataSettings) -> None:
        """Follows a part of the settings from now on."""
        part.take_asked.connect(self._take)
        part.drop_asked.connect(self._drop)

    def show(self, part: OwnDataSettings, workshop: "Workshop", profile: "Profile | None", *, hr: bool) -> None:
        """Whose data it is about now; nobody's while staff is signed in. `hr`: results may be spoken of."""
        self._whose = None if profile is None else (workshop, profile)
        part.show_for(person=profile is not None, hr=hr)

    def _take(self, path: Path) -> None:
        if self._whose is not None:
            workshop, profile = self._whose
            self._tasks.run(partial(workshop.take_away, profile, path), partial(self._on_taken, path), self._on_failure)

    def _drop(self) -> None:
        if self._whose is not None:
            workshop, profile = self._whose
            self._tasks.run(partial(workshop.drop_practice, profile), self._on_dropped, self._on_failure)

    def _on_taken(self, path: Path, attempts: int) -> None:
        said = n_("{n} attempt written: {file}", "{n} attempts written: {file}", attempts)
        self._window.notify(said.format(n=attempts, file=path))

    def _on_dropped(self, attempts: int) -> None:
        self._window.notify(n_("Deleted: {n} attempt.", "Deleted: {n} attempts.", attempts).format(n=attempts))
        self.dropped.emit()

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")
