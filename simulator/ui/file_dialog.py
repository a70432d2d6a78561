"""The system's question for a file or folder, with the words that Qt's Spanish lacks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from simulator.wording import _


def file_dialog(over: QWidget, title: str, mode: QFileDialog.FileMode, kinds: str = "") -> QFileDialog:
    """A dialog that lets itself go when it is closed; connect and `open` it. `kinds`: Qt's filter, "" for all files."""
    dialog = QFileDialog(over, title)
    dialog.setFileMode(mode)
    # Qt's own Spanish catalogue has these two under older words: they would be in English.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Type of file:"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if kinds:
        dialog.setNameFilter(kinds)
    return dialog


def save_dialog(over: QWidget, title: str, name: str, kinds: str, suffix: str) -> QFileDialog:
    """The same for a file to be written, `name` proposed; `suffix` is added where the user writes none."""
    dialog = file_dialog(over, title, QFileDialog.FileMode.AnyFile, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return dialog
