"""The check before the first chat: does the keyboard write Spanish, does the tool answer, is everything in sight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from simulator.ui.desk.style import ROLES
from simulator.ui.desk.words import Tone
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, card, label, next_index, picture, row, set_icon
from simulator.wording import _

SAMPLE = "¿Mañana sí?"
"""What is typed: the letters that a keyboard set for another language has not."""
WIDTH = 480
"""Pixels at 100 %, where the desk has them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, in words."""

    text: str
    tone: Tone


def keyboard_finding(typed: str) -> Finding | None:
    """What the typed sample tells of the keyboard; None while it is not all there. Pure."""
    if typed.strip() == SAMPLE:
        return Finding(_("The keyboard writes ¿, ñ and accents."), "good")
    if len(typed.strip()) < len(SAMPLE):
        return None
    missing = ", ".join(dict.fromkeys(letter for letter in SAMPLE if letter not in typed and letter != " "))
    if not missing:
        return Finding(_("It is not quite the same: type it once more."), "warning")
    said = _("These do not arrive: {letters}. Set the keyboard of your computer to Spanish.")
    return Finding(said.format(letters=missing), "warning")


def screen_findings(desk: QWidget, parts: Sequence[tuple[str, QWidget]]) -> Finding:
    """Whether the window lies on the screen and each part of the tool (name, widget) is in sight."""
    window, screen = desk.window(), desk.screen()
    inside = screen.availableGeometry().contains(window.frameGeometry())
    hidden = [name for name, part in parts if part.visibleRegion().isEmpty()]
    if hidden:
        said = _("Out of sight: {parts}. Make the window larger.").format(parts=", ".join(hidden))
        return Finding(said, "warning")
    if not inside:
        return Finding(_("The window goes beyond the screen. Make it smaller or move it."), "warning")
    return Finding(_("List, conversation and panels are in sight."), "good")


class EquipmentCheck(QWidget):
    """Over the desk: three checks that are really made, one of them by typing. Esc leaves without having checked."""

    done = Signal()
    """All was looked at."""
    left = Signal()
    """Closed, checked or not."""

    def __init__(self, over: QWidget, connection: Callable[[], Finding], screen: Callable[[], Finding]) -> None:
        super().__init__(over)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Check of the equipment"))
        self._over = over
        frame, inside = card("dialogCard")
        self._frame = frame
        inside.setContentsMargins(26, 24, 26, 22)
        inside.setSpacing(10)
        inside.addWidget(label(_("Check of the equipment"), "title", wrap=True))
        self.keyboard = _CheckRow("keyboard", _("Keyboard"))
        self.connection = _CheckRow("globe", _("Connection"))
        self.screen_row = _CheckRow("monitor", _("Screen"))
        self.field = QLineEdit()
        self.field.setObjectName("equipmentField")
        asks = _("Type: {sample}").format(sample=SAMPLE)
        self.field.setAccessibleName(asks)
        self.field.textChanged.connect(self._on_typed)
        inside.addWidget(self.connection)
        inside.addWidget(self.screen_row)
        inside.addWidget(self.keyboard)
        asked = label(asks, "fieldLabel", wrap=True)
        asked.setBuddy(self.field)
        inside.addWidget(asked)
        inside.addWidget(self.field)
        inside.addSpacing(6)
        self.finish = button(_("Finish"), "primary", about=_("The equipment is checked"))
        self.finish.clicked.connect(self._on_finish)
        self.leave = button(_("Not now"))
        self.leave.clicked.connect(self._close)
        self.field.returnPressed.connect(self.finish.click)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(self.leave)
        answers.addWidget(self.finish)
        inside.addLayout(answers)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(row(1, frame, 1))
        around.addStretch(1)
        over.installEventFilter(self)
        self.connection.say(connection())
        self.screen_row.say(screen())
        self._on_typed("")
        self.setGeometry(over.rect())
        self.raise_()
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._over:
            self.setGeometry(self._over.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._frame.setFixedWidth(max(280, min(current_look().px(WIDTH), event.size().width() - 32)))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays inside."""
        inside: list[QWidget] = [part for part in (self.field, self.leave, self.finish) if part.isEnabled()]
        at = next_index(inside, self.focusWidget(), 1 if next else -1)
        inside[at].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        found = keyboard_finding(typed)
        self.keyboard.say(found or Finding(_("What you type tells."), "neutral"))
        self.finish.setEnabled(found is not None)

    @Slot()
    def _on_finish(self) -> None:
        self.done.emit()
        self._close()

    @Slot()
    def _close(self) -> None:
        self._over.removeEventFilter(self)
        self.hide()
        self.left.emit()
        self.deleteLater()


class _CheckRow(QWidget):
    """What is checked, and what was found."""

    def __init__(self, icon_name: str, title: str) -> None:
        super().__init__()
        self._picture = picture(icon_name, 20)
        self._icon_name = icon_name
        self.text = label("", "", wrap=True)
        self._title = title
        self._mark: QLabel = picture("minus", 18)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self._picture)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(title, "rowLabel"))
        column.addWidget(self.text)
        inside.addLayout(column, 1)
        inside.addWidget(self._mark)

    def say(self, found: Finding) -> None:
        """Shows what was found."""
        marks = {"good": "check-circle", "warning": "warning", "bad": "cross-circle", "neutral": "edit"}
        self.text.setText(found.text)
        self.setAccessibleName(f"{self._title}: {found.text}")
        set_icon(self._mark, marks[found.tone], 18, ROLES[found.tone])
