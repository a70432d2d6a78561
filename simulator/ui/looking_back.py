"""Looking back on an attempt: its debrief, handing it over, not agreeing with a verdict."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from simulator.settings import Settings
from simulator.ui.call_desk import CallDesk
from simulator.ui.file_dialog import save_dialog
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.tasks import Tasks
from simulator.wording import _

if TYPE_CHECKING:
    from simulator.records.workshop import Past, Workshop


class LookingBack(QObject):
    """Owns the page `debrief`. `settings`: those in force."""

    again = Signal(str)
    """The id of a scenario to be played again."""
    retried = Signal(str, int)
    """An attempt, and the event after which it is lived anew."""
    left = Signal()
    shown = Signal()
    """A debrief is shown: lists of attempts may have changed."""
    signed = Signal()
    """Something about an attempt was signed, and may be sent."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, calls: CallDesk, settings: Callable[[], Settings], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._calls = calls
        self._settings = settings
        self.dialog: QFileDialog | None = None
        """Where to write, while it is asked."""

    def open(self, workshop: "Workshop", attempt: str) -> None:
        """Shows the debrief of an attempt."""
        self._tasks.run(partial(workshop.past, attempt), partial(self.show, workshop), self._on_failure)

    def show(self, workshop: "Workshop", past: "Past") -> None:
        """Shows a debrief."""
        from simulator.ui.debrief.view import Debrief

        id = past.summary.id
        view = Debrief(past.scenario, past.events, past.card, review=past.review, can_dispute=past.can_dispute)
        view.disputed.connect(partial(self._on_disputed, workshop, id))
        view.again.connect(partial(self.again.emit, past.scenario.id))
        view.retry.connect(partial(self.retried.emit, id))
        view.back.connect(self.left)
        view.show_submission(can_submit=past.summary.submittable, submitted=past.summary.submitted)
        view.show_exam()
        view.submit.connect(partial(self._on_submit, workshop, id))
        view.file_asked.connect(partial(self._on_file_asked, workshop, id))
        self._calls.show_voice(view, past, self._settings())
        self._window.put_page("debrief", view)
        self._window.show_page("debrief")
        self._window.drop_page("desk")
        self._window.drop_page("respite")
        self.shown.emit()

    def _on_submit(self, workshop: "Workshop", attempt: str) -> None:
        said = _("Submitted. Your trainer can see this attempt now.")
        self._act(workshop, attempt, partial(workshop.submit, attempt), said)

    def _on_file_asked(self, workshop: "Workshop", attempt: str) -> None:
        kinds = f"{_('Signed results')} (*.jsonl)"
        self.dialog = dialog = save_dialog(self._window, _("Save the file"), f"{_('result')}.jsonl", kinds, "jsonl")
        dialog.fileSelected.connect(lambda path: self.save_to(workshop, attempt, Path(path)))
        dialog.finished.connect(self._on_dialog_over)
        dialog.open()

    def _on_dialog_over(self) -> None:
        self.dialog = None

    def save_to(self, workshop: "Workshop", attempt: str, path: Path) -> None:
        """Writes the signed file of an attempt that was handed over, for another desk to receive."""

        def saved(_none: None) -> None:
            said = _("Saved: {file}. It proves by itself that nothing in it was changed: bring it, or send it.")
            self._window.notify(said.format(file=path), "good")

        self._tasks.run(partial(workshop.save_results, [attempt], path), saved, self._on_failure)

    def _on_disputed(self, workshop: "Workshop", attempt: str, place: int, reason: str) -> None:
        said = _("Your trainer will look at it. The outcome will be shown here.")
        self._act(workshop, attempt, partial(workshop.dispute, attempt, place, reason), said)

    def _act(self, workshop: "Workshop", attempt: str, act: Callable[[], None], said: str) -> None:
        """Does something about an attempt that is looked at, shows it anew, and says what was done."""

        def run() -> "Past":
            act()
            return workshop.past(attempt)

        def acted(past: "Past") -> None:
            self.show(workshop, past)
            self._window.notify(said)
            self.signed.emit()

        self._tasks.run(run, acted, self._on_failure)

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")
