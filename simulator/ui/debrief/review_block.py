"""Beneath a checkpoint: what people said about it, and what may be said now."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from simulator.ui.debrief.said import Said
from simulator.ui.pages.layouts import Wrapping
from simulator.ui.widgets import button, label

Action = tuple[str, str, str]
"""Its name, its words, its icon."""


class ReviewBlock(QFrame):
    """The paragraphs, then a button for each action."""

    acted = Signal(str)
    """The name of an action."""

    def __init__(self, title: str, said: Sequence[Said], actions: Sequence[Action]) -> None:
        super().__init__()
        self.setObjectName("reviewBlock")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        for paragraph in said:
            column.addWidget(label(paragraph.head, "rowLabel", wrap=True))
            column.addWidget(label(paragraph.text, "rowSaid", wrap=True))
        buttons = Wrapping(gap=8)
        for name, words, icon in actions:
            made = button(words, "quiet", icon, about=f"{words}: {title}")
            made.setToolTip("")
            made.setProperty("action", name)
            made.clicked.connect(self._on_clicked)
            buttons.add(made)
        if actions:
            column.addWidget(buttons)

    @Slot()
    def _on_clicked(self) -> None:
        self.acted.emit(str(self.sender().property("action")))
