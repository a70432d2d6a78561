"""Asking for words: a reason, a comment; with a choice beside it where there is one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QPushButton, QWidget

from simulator.records.review import LONGEST
from simulator.ui.pages.layouts import Wrapping
from simulator.ui.theme import current_look
from simulator.ui.widgets import Ask, push_button
from simulator.wording import _

HEIGHT_PX = 110


class AskWords(Ask):
    """A question that is answered in words, of which there must be some. `options`: name and words of each; the one
    chosen comes with the answer ("" without options, and none is chosen at first)."""

    said = Signal(str, str)
    """The option and the words; nothing when it was cancelled."""

    def __init__(
        self, over: QWidget, title: str, text: str, send: str, options: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.words = QPlainTextEdit()
        self.words.setObjectName("reason")
        self.words.setTabChangesFocus(True)
        self.words.setPlaceholderText(_("Write it here"))
        self.words.setAccessibleName(title)
        self.words.setFixedHeight(current_look().px(HEIGHT_PX))
        self.options: dict[str, QPushButton] = {}
        fields: list[QWidget] = [self.words]
        if options:
            fields.insert(0, self._make_options(options))
        super().__init__(over, title, text, [("send", send, "primary"), ("cancel", _("Cancel"), None)], fields)
        if options:
            self.fields = (*self.options.values(), self.words)
            self.fields[0].setFocus()
        self.words.textChanged.connect(self._refresh)
        self.answered.connect(self._on_answered)
        self._refresh()

    def _make_options(self, options: Sequence[tuple[str, str]]) -> QWidget:
        row = Wrapping(gap=8)
        group = QButtonGroup(row)
        for name, words in options:
            made = push_button(words)
            made.setProperty("kind", "chip")
            made.setCheckable(True)
            made.setAccessibleName(words)
            made.clicked.connect(self._refresh)
            group.addButton(made)
            row.add(made)
            self.options[name] = made
        return row

    @property
    def chosen(self) -> str:
        """The option chosen, "" while none is."""
        return next((name for name, made in self.options.items() if made.isChecked()), "")

    @Slot()
    def _refresh(self) -> None:
        words = self.words.toPlainText().strip()
        enough = 0 < len(words) <= LONGEST and (not self.options or self.chosen != "")
        self.buttons["send"].setEnabled(enough)

    @Slot(str)
    def _on_answered(self, answer: str) -> None:
        if answer == "send":
            self.said.emit(self.chosen, self.words.toPlainText().strip())
