"""The colleague across the desk, who begins to chat at the wrong moment."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from simulator.ui.icons import pixmap
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, push_button
from simulator.wording import _


class SideChat(QFrame):
    """A small chat over the desk. It stays until the trainee closes it."""

    told = Signal(str)
    """The trainee answers the colleague."""
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideChat")
        self._icon = QLabel()
        self._title = label("", "cardTitle", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._about.setText(_("Your colleague is talking to you"))
        self._words = label("", "cardBody", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lines: list[str] = []
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Answer your colleague"))
        self.field.setPlaceholderText(_("Answer your colleague"))
        self.field.returnPressed.connect(self._on_return)
        self.close_button = push_button(_("Close the conversation"))
        self.close_button.setToolTip(_("Close the conversation (Ctrl+K)"))
        self.close_button.setShortcut("Ctrl+K")
        self.close_button.clicked.connect(self.dismissed)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._about)
        head.addLayout(names, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self.field)
        column.addWidget(self.close_button)
        self.refresh_icons()
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """What was said, oldest first, the trainee's answers included."""
        return tuple(self._lines)

    def add(self, name: str, text: str, *, mine: bool = False) -> None:
        """Adds a message; only the last four are shown."""
        if not mine:
            self._title.setText(name)
        self._lines.append(f"{_('You') if mine else name.split()[0]}: {text}")
        self._words.setText("\n".join(self._lines[-4:]))
        self.setAccessibleName(_("Chat with {colleague}").format(colleague=self._title.text()))

    def height_for(self, width: int) -> int:
        """The height (px) that all words need at a width."""
        return max(self._column.totalHeightForWidth(width), self._column.totalMinimumSize().height())

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        self._icon.setPixmap(pixmap("chat", current_look().px(24), "accent"))

    @Slot()
    def _on_return(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            self.told.emit(text)
