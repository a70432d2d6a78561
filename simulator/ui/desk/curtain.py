"""What covers the desk while time stands still: a pause, the question before leaving, a store that failed."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from simulator.ui.icons import pixmap
from simulator.ui.pages.layouts import fill_scrolling, stay_whole
from simulator.ui.theme import current_look
from simulator.ui.widgets import centred, push_button, row

CARD_WIDTH = 480
"""Width of the card at 100 %, in pixels, where the desk has it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of the curtain. `name` is what `chosen` carries; `kind` its look: primary, plain, danger."""

    name: str
    label: str
    about: str = ""
    kind: str = "plain"


class Curtain(QFrame):
    """Covers its parent whole, with one card in the middle: a title, plain words, and buttons under each other.

    Escape chooses `escape`. What lies beneath is the caller's to disable.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("curtain")
        self._escape = ""
        self._icon_name = ""
        self.card = QFrame()
        self.card.setObjectName("curtainCard")
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = centred("curtainTitle")
        self.text = centred("curtainText")
        self._buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self.card)
        self._column.setContentsMargins(32, 28, 32, 28)
        self._column.setSpacing(10)
        self._column.addWidget(self._icon)
        self._column.addWidget(self.title)
        self._column.addWidget(self.text)
        self._column.addSpacing(8)
        stay_whole(self.card)
        inside = QWidget()
        inside.setObjectName("inside")
        around = QVBoxLayout(inside)
        around.addStretch(1)
        around.addLayout(row(1, self.card, 1))
        around.addStretch(1)
        fill_scrolling(self, inside)
        parent.installEventFilter(self)
        self.hide()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons, top to bottom."""
        return tuple(self._buttons)

    def button(self, name: str) -> QPushButton:
        """The button of a choice."""
        return next(button for button in self._buttons if button.property("choice") == name)

    def ask(self, icon_name: str, title: str, text: str, choices: tuple[Choice, ...], *, escape: str = "") -> None:
        """Covers the desk and asks. The first choice has the focus."""
        self._icon_name, self._escape = icon_name, escape
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        for button in self._buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for choice in choices:
            button = push_button(choice.label)
            button.setProperty("choice", choice.name)
            button.setProperty("kind", choice.kind)
            button.setAccessibleName(choice.label)
            button.setAccessibleDescription(choice.about)
            button.setToolTip(choice.about)
            button.setMinimumHeight(40)
            button.clicked.connect(self._on_clicked)
            self._column.addWidget(button)
            self._buttons.append(button)
        self.refresh_icons()
        self._cover()
        self.show()
        self.raise_()
        if self._buttons:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh_icons(self) -> None:
        """Draws the icon anew, after the theme changed."""
        if self._icon_name:
            self._icon.setPixmap(pixmap(self._icon_name, current_look().px(48), "accent"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._escape:
            self.chosen.emit(self._escape)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A width of its own: wrapped text would otherwise fold to a narrow column.
        self.card.setFixedWidth(max(280, min(current_look().px(CARD_WIDTH), event.size().width() - 64)))
        super().resizeEvent(event)

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def _on_clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("choice")))
