"""What is kept and for how long: for the trainee their own, for HR what was submitted. A part of the settings."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from simulator.settings import Settings
from simulator.ui.file_dialog import save_dialog
from simulator.ui.pages.pieces import Days, setting_group, setting_row
from simulator.ui.widgets import Ask, button
from simulator.wording import _


class OwnDataSettings(QWidget):
    """How long data stay; taking one's own away, deleting one's own practice."""

    chosen = Signal(object)
    """`dict[str, int]`: settings that changed."""
    take_asked = Signal(Path)
    """Everything of the person at the desk is to be written into this file."""
    drop_asked = Signal()
    """Their practice is to be deleted; confirmed."""

    def __init__(self) -> None:
        super().__init__()
        self.asking: Ask | None = None
        self.dialog: QFileDialog | None = None
        self.practice = Days("keep_practice_days", _("Days after which practice is deleted"))
        self.results = Days("keep_results_days", _("Days after which results are deleted"))
        for days in (self.practice, self.results):
            days.valueChanged.connect(self._on_days)
        self.take_button = button(_("Take my data away …"))
        self.take_button.clicked.connect(self._on_take)
        self.drop_button = button(_("Delete my practice …"), "danger")
        self.drop_button.clicked.connect(self._on_drop)
        self._results_row = setting_row(
            _("Delete results after"),
            _("Submitted attempts and exams, on this desk only, when the program is opened. Export them before."),
            self.results,
        )
        self._take_row = setting_row(
            _("My data"),
            _("All your attempts, practice too, as text for you and as a log for programs, in one ZIP file."),
            self.take_button,
        )
        self._drop_row = setting_row(
            _("My practice"), _("What you submitted stays with your trainer; ask HR about it."), self.drop_button
        )
        rows = [
            setting_row(
                _("Delete practice after"),
                _("What nobody submitted, when the program is opened."),
                self.practice,
            ),
            self._results_row,
            self._take_row,
            self._drop_row,
        ]
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(setting_group(_("What is kept"), rows))
        self.show_for(person=False, hr=False)

    def show_settings(self, settings: Settings) -> None:
        """Shows settings without telling anyone."""
        self.practice.put(settings.keep_practice_days)
        self.results.put(settings.keep_results_days)

    def show_for(self, *, person: bool, hr: bool) -> None:
        """What whoever sits there may do: a `person` about their own data, HR about results."""
        self._results_row.setVisible(hr)
        self._take_row.setVisible(person)
        self._drop_row.setVisible(person)

    def _on_days(self, days: int) -> None:
        self.chosen.emit({str(self.sender().property("setting")): days})

    def _on_take(self) -> None:
        self.dialog = save_dialog(
            self.window(), _("Where shall your data be kept?"), _("my-data.zip"), "ZIP (*.zip)", "zip"
        )
        self.dialog.fileSelected.connect(self._on_file)
        self.dialog.finished.connect(self._on_dialog_over)
        self.dialog.open()

    def _on_file(self, path: str) -> None:
        self.take_asked.emit(Path(path))

    def _on_dialog_over(self) -> None:
        self.dialog = None

    def _on_drop(self) -> None:
        self.asking = Ask(
            self.window(),
            _("Delete all your practice?"),
            _(
                "Every attempt that you did not submit is deleted for good, with its result and its recording. "
                "This cannot be undone."
            ),
            [("drop", _("Delete for good"), "danger"), ("keep", _("Keep it"), "primary")],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_answered)

    def _on_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "drop":
            self.drop_asked.emit()
