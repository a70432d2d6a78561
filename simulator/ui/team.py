"""The team as the window knows it: it sends in the background, says a quiet line, and is set up in the settings."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

from simulator.settings import Settings
from simulator.ui.courier import Answer, Courier
from simulator.ui.main_window import MainWindow
from simulator.ui.pages.team_settings import TeamSettings
from simulator.wording import _, render


class Team(QObject):
    """Owns the courier. `settings` gives those in force; `moments`: signals after which something may wait."""

    changed = Signal(object)
    """A dict of names of `Settings` and their new values."""
    received = Signal()
    """Others signed something about attempts of this desk."""

    def __init__(
        self,
        window: MainWindow,
        settings: Callable[[], Settings],
        database: Path,
        config: Path,
        moments: Iterable[SignalInstance],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._settings = settings
        self.courier = Courier(settings, database, config, self)
        self.courier.told.connect(self._on_told)
        self.courier.ran.connect(self._on_ran)
        self.courier.received.connect(self.received)
        self._page: TeamSettings | None = None
        for moment in moments:
            moment.connect(self.sync)

    @Slot()
    def sync(self) -> None:
        """Sends what waits."""
        self.courier.sync()

    def close(self) -> None:
        """Ends what is under way; what waits is sent by the next start."""
        self.courier.stop()

    def attend(self, page: TeamSettings) -> None:
        """Serves the group of the settings page."""
        if page is not self._page:
            self._page = page
            page.keep_asked.connect(self._on_keep)
        page.show_settings(self._settings())
        page.show_state(self.courier.last)

    @Slot(str, str, str)
    def _on_keep(self, kind: str, address: str, password: str) -> None:
        page = self._page
        if page is None:
            return
        page.show_state(_("Looking whether it answers…"), busy=True)

        def kept(answer: Answer) -> None:
            if answer["error"] is not None:
                page.show_state(_said(answer["error"]))
                return
            field = "team" if kind == "database" else "lrs"
            self.changed.emit({field: answer["address"]})
            page.show_kept(kind, answer["address"])
            if answer["trouble"] is not None:
                page.show_state(_("Kept. {trouble}").format(trouble=_said(answer["trouble"])))
            elif answer["address"] is None:
                page.show_state(_("Nothing is sent there any more."))
            else:
                page.show_state(_("Kept, and it answers. What you submitted is being sent…"))
                self.sync()

        self.courier.keep(kind, address, password, kept)

    @Slot(str)
    def _on_ran(self, said: str) -> None:
        if self._page is not None:
            self._page.show_state(said)

    @Slot(str, str)
    def _on_told(self, said: str, tone: str) -> None:
        if self._window.shown != "desk":  # nobody is interrupted in a call; the settings say it too
            self._window.hint(said, tone)


def _said(error: dict[str, Any]) -> str:
    return render(error["code"], error["args"])
