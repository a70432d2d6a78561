"""Desks and keys: this desk's own, those of which there are results, and the results of others, taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from simulator.ui.file_dialog import file_dialog
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.pieces import setting_group
from simulator.ui.widgets import Page, badge, button, clear, divider, label, row
from simulator.wording import _

LINES = 12
"""As many findings of a file are listed; of the others it is said how many there are."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key that signed results. `shown`: what is read out of its fingerprint; `enrolled`: somebody here vouched for
    it, under `name`; `staff`: it is the one of an account of this desk."""

    fingerprint: str
    shown: str
    name: str
    enrolled: bool
    staff: bool = False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What a file of results brought, in words: `summary`, and a line for each finding."""

    file: str
    summary: str
    findings: tuple[str, ...]


class DesksPage(Page):
    """Whose results are believed, and taking them in."""

    enrolled = Signal(str, str)
    """A fingerprint that is vouched for, and the name of its desk."""
    files_chosen = Signal(object)
    """`list[Path]`: files of results to take in. Answer with `show_import`."""

    def __init__(self) -> None:
        super().__init__(
            _("Desks and keys"),
            lead=_("Each desk signs its results with a key of its own. Compare it by telephone or in person."),
            width=860,
        )
        self.dialog: QFileDialog | None = None
        self._own = label("", "heading", wrap=True, selectable=True)
        self.content.addWidget(
            setting_group(
                _("This desk"),
                [
                    _column(
                        self._own, label(_("Read this to whoever takes in results of this desk."), "small", wrap=True)
                    )
                ],
            )
        )
        self.import_button = button(_("Choose files …"), "primary", "folder", about=_("Choose files of results"))
        self.import_button.clicked.connect(self._on_choose)
        about = label(
            _(
                "Files that other desks exported (jsonl), from a USB stick or by mail. What was altered is refused; "
                "the same file twice adds nothing."
            ),
            wrap=True,
        )
        self._brought = QVBoxLayout()
        self._brought.setSpacing(8)
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Columns(about, self.import_button, least=430, shares=(1, 0), middle=True, gap=14))
        column.addLayout(self._brought)
        self.content.addWidget(setting_group(_("Results of other desks"), [results]))
        self._keys = QVBoxLayout()
        self._keys.setSpacing(14)
        held = QWidget()
        held.setLayout(self._keys)
        self._keys.setContentsMargins(0, 0, 0, 0)
        self.content.addWidget(setting_group(_("Keys that signed results here"), [held]))
        self.content.addStretch(1)

    def show_keys(self, own: str, rows: Sequence[KeyRow]) -> None:
        """Shows this desk's fingerprint, as it is read out, and the other keys."""
        self._own.setText(own)
        self._own.setAccessibleName(own)
        clear(self._keys)
        if not rows:
            self._keys.addWidget(label(_("None so far: import results of another desk first."), "muted", wrap=True))
        for number, key in enumerate(rows):
            if number:
                self._keys.addWidget(divider())
            line = KeyLine(key)
            line.enrolled.connect(self.enrolled)
            self._keys.addWidget(line)

    def show_import(self, rows: Sequence[ImportRow]) -> None:
        """Says what came of the files."""
        self.import_button.setEnabled(True)
        clear(self._brought)
        for it in rows:
            self._brought.addWidget(label(it.file, "rowTitle", wrap=True))
            self._brought.addWidget(label(it.summary, wrap=True))
            for line in it.findings[:LINES]:
                self._brought.addWidget(label(line, "error", wrap=True))
            if len(it.findings) > LINES:
                more = _("… and {n} more").format(n=len(it.findings) - LINES)
                self._brought.addWidget(label(more, "error", wrap=True))

    def _on_choose(self) -> None:
        kinds = _("Results (*.jsonl);;All files (*)")
        self.dialog = file_dialog(
            self.window(), _("Which files of results?"), QFileDialog.FileMode.ExistingFiles, kinds
        )
        self.dialog.filesSelected.connect(self._on_files)
        self.dialog.finished.connect(self._on_dialog_over)
        self.dialog.open()

    def _on_files(self, files: list[str]) -> None:
        self.import_button.setEnabled(False)
        self.files_chosen.emit([Path(file) for file in files])

    def _on_dialog_over(self) -> None:
        self.dialog = None


class KeyLine(QWidget):
    """A key: who it is, or a field in which that is written."""

    enrolled = Signal(str, str)
    """The fingerprint, and the name that was written."""

    def __init__(self, key: KeyRow) -> None:
        super().__init__()
        self._key = key
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        if key.enrolled:
            said = _("account of this desk") if key.staff else _("vouched for")
            inside.addWidget(label(key.name, "rowTitle", wrap=True))
            inside.addWidget(label(f"{said} · {key.shown}", "small", wrap=True, selectable=True))
            return
        inside.addLayout(row(badge(_("nobody vouched for it"), "warning"), 1))
        inside.addWidget(label(key.shown, wrap=True, selectable=True))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Name of that desk"))
        self.field.setAccessibleName(_("Name of the desk with the key {key}").format(key=key.shown[:9]))
        self.button = button(_("Vouch for it"), None, "check")
        self.button.setEnabled(False)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self.button.click)
        self.button.clicked.connect(self._on_enrol)
        inside.addWidget(Columns(self.field, self.button, least=430, shares=(1, 0), middle=True, gap=10))

    def _on_text(self, text: str) -> None:
        self.button.setEnabled(bool(text.strip()))

    def _on_enrol(self) -> None:
        self.enrolled.emit(self._key.fingerprint, self.field.text().strip())


def _column(*parts: QWidget) -> QWidget:
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(4)
    for part in parts:
        inside.addWidget(part)
    return made
