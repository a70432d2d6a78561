"""The pieces that only the pages use: pressable cards, a grid that reflows, dots, avatars, switches, sliders."""

import zlib
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QPushButton,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from simulator.settings import RANGES
from simulator.ui.pages.layouts import Columns, Wrapping
from simulator.ui.pages.words import LEVELS, difficulty_text, initials, minutes_text
from simulator.ui.theme import current_look
from simulator.ui.widgets import card, divider, label, picture, push_button, row
from simulator.wording import _, n_

AVATARS = ("#1759a8", "#1c7044", "#8a5300", "#7a3e9d", "#a3324b", "#0f6d78")
"""Grounds of avatars; white text on each has a contrast of at least 4.5 : 1."""


class CardButton(QAbstractButton):
    """A card that is one button: focus, Enter, Space and click press it. Fill `inside`, then call `settle`."""

    def __init__(self, said: str, name: str = "scenarioCard") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(20, 18, 20, 18)
        self.inside.setSpacing(8)

    @staticmethod
    def column(*parts: QWidget, spacing: int = 4) -> QVBoxLayout:
        """Widgets one below the other."""
        made = QVBoxLayout()
        made.setSpacing(spacing)
        for part in parts:
            made.addWidget(part)
        return made

    def settle(self) -> None:
        """The labels inside let the mouse through to the card."""
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self.inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.inside.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.inside.totalHeightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        option = QStyleOption()
        option.initFrom(self)
        if self.isDown():
            option.state |= QStyle.StateFlag.State_Sunken
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)


class Dots(QWidget):
    """Difficulty as dots; the words that go with it are its accessible name."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level
        self.setAccessibleName(difficulty_text(level))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        dot = current_look().px(8)
        return QSize(dot * LEVELS + (dot // 2) * (LEVELS - 1) + 2, dot + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        look = current_look()
        dot = look.px(8)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(LEVELS):
            filled = number < self._level
            painter.setPen(QPen(look.colour("accent" if filled else "border-strong"), 1))
            painter.setBrush(look.colour("accent") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(number * (dot + dot // 2) + 1, 1, dot - 1, dot - 1))


class Avatar(QWidget):
    """The initials of a person on a round ground whose colour follows the name. `size`: pixels at 100 %."""

    def __init__(self, name: str, size: int = 44) -> None:
        super().__init__()
        self._letters = initials(name)
        self._ground = QColor(AVATARS[zlib.crc32(name.encode("utf-8", "replace")) % len(AVATARS)])
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = current_look().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        side = self.sizeHint().width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawEllipse(0, 0, side, side)
        font = QFont(self.font())
        font.setPixelSize(max(1, round(side * (0.36 if len(self._letters) > 1 else 0.44))))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(QRect(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, self._letters)


class Switch(QCheckBox):
    """A check box drawn as a switch, without text of its own: `said` names it for screen readers."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.setObjectName("switch")
        self.setAccessibleName(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = current_look()
        return QSize(look.px(44) + 8, look.px(24) + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        look = current_look()
        on = self.isChecked()
        track = QRectF(4, (self.height() - look.px(24)) / 2, look.px(44), look.px(24))
        radius = track.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
        painter.setPen(QPen(look.colour("accent" if on else "border-strong"), 1.5))
        painter.setBrush(look.colour("accent" if on else "sunken"))
        painter.drawRoundedRect(track, radius, radius)
        knob = track.height() - 8
        left = track.right() - knob - 4 if on else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("on-accent" if on else "border-strong"))
        painter.drawEllipse(QRectF(left, track.top() + 4, knob, knob))
        if on:  # a tick besides the place of the knob: the state never depends on colour alone
            tick = QPen(look.colour("accent"), max(1.5, look.px(2)))
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(tick)
            unit, x, y = knob / 16, left, track.top() + 4
            painter.drawPolyline(
                [
                    QPoint(round(x + 4.5 * unit), round(y + 8.5 * unit)),
                    QPoint(round(x + 7 * unit), round(y + 11 * unit)),
                    QPoint(round(x + 11.5 * unit), round(y + 5.5 * unit)),
                ]
            )


class StepSlider(QSlider):
    """A slider over values in steps. Scrolling the page over it does not change it.

    `live`: whether values are told while it is dragged (else when it is let go; keys tell at once).
    """

    stepped = Signal(int)
    """The value the user chose."""
    moving = Signal(int)
    """The value under the handle, also while it is dragged."""

    def __init__(self, said: str, least: int, greatest: int, step: int, *, live: bool = True) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("stepSlider")
        self._least, self._step = least, step
        self._quiet = False
        self.setRange(0, (greatest - least) // step)
        self.setPageStep(max(1, self.maximum() // 5))
        self.setTracking(live)
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.valueChanged.connect(self._on_value)
        self.sliderMoved.connect(self._on_moved)

    def put(self, value: int) -> None:
        """Shows a value without telling anyone."""
        self._quiet = True
        self.setValue(round((value - self._least) / self._step))
        self._quiet = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_value(self, index: int) -> None:
        if not self._quiet:
            value = self._least + index * self._step
            self.moving.emit(value)
            self.stepped.emit(value)

    def _on_moved(self, index: int) -> None:
        self.moving.emit(self._least + index * self._step)


class Days(QSpinBox):
    """A number of days, as a setting allows it; 0 is said as «never». Scrolling the page over it does not change it."""

    def __init__(self, setting: str, said: str) -> None:
        super().__init__()
        self.setRange(*RANGES[setting])
        if self.minimum() == 0:
            self.setSpecialValueText(_("never"))
        self.setProperty("setting", setting)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setKeyboardTracking(False)  # told when the number is whole, not at each digit
        self.valueChanged.connect(self._count)
        self._count(self.value())

    def put(self, days: int) -> None:
        """Shows a number without telling anyone."""
        self.blockSignals(True)
        self.setValue(days)
        self.blockSignals(False)
        self._count(days)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _count(self, days: int) -> None:
        self.setSuffix(" " + n_("day", "days", days))


class Picker(QComboBox):
    """One of a list, opened with a click or Space. Scrolling the page over it does not change it."""

    chosen = Signal(str)
    """The value the user picked."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self.view().setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Words may be long: the box keeps its width, its list opens as wide as they need.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.activated.connect(self._on_activated)

    @property
    def value(self) -> str:
        """The value that is picked, "" of an empty list."""
        return self.currentData() or ""

    def show_options(self, options: Sequence[tuple[str, str]], picked: str = "") -> None:
        """Offers these (value, text); the first is picked where `picked` is none of them."""
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.put(picked)

    def put(self, value: str) -> None:
        """Picks a value without telling anyone; the first one where it is none of them."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.value)


class Choice(Wrapping):
    """One of a few, as chips: Tab to it, arrows move within. Values are any strings."""

    chosen = Signal(str)
    """The value the user picked."""

    def __init__(self, options: Sequence[tuple[str, str, str]]) -> None:
        """`options`: value, text, what screen readers say (text when empty)."""
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        for value, text, said in options:
            made = push_button(text)
            made.setProperty("kind", "chip")
            made.setProperty("choice", value)
            made.setCheckable(True)
            made.setAccessibleName(said or text)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(made)
            self.buttons[value] = made
            self.add(made)

    @property
    def value(self) -> str:
        """The value that is picked, "" before any is."""
        picked = self._group.checkedButton()
        return "" if picked is None else str(picked.property("choice"))

    def put(self, value: str) -> None:
        """Picks a value without telling anyone. Errors: KeyError for a value that is no option."""
        self.buttons[value].setChecked(True)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.value)


def effort(level: int, minutes: int) -> QWidget:
    """How difficult and how long: dots and words, a clock and minutes."""
    hard, long = QWidget(), QWidget()
    for made, parts in (
        (hard, row(Dots(level), label(difficulty_text(level), "small"), 1)),
        (long, row(picture("clock", 16), label(minutes_text(minutes), "small"))),
    ):
        parts.setContentsMargins(0, 0, 0, 0)
        made.setLayout(parts)
    return Columns(hard, long, least=250, shares=(1, 0), middle=True, gap=6)


def fact(title: str, text: str) -> QWidget:
    """A small heading over its value."""
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(2)
    inside.addWidget(label(title, "small"))
    inside.addWidget(label(text, "factText", wrap=True))
    return made


def setting_row(title: str, about: str, control: QWidget) -> QWidget:
    """A setting: its name and what it does to the left, its control to the right; below without room."""
    words = QWidget()
    text = QVBoxLayout(words)
    text.setContentsMargins(0, 0, 0, 0)
    text.setSpacing(2)
    text.addWidget(label(title, "rowTitle", wrap=True))
    if about:
        text.addWidget(label(about, "small", wrap=True))
    least = 220 if isinstance(control, Switch) else 430
    return Columns(words, control, least=least, shares=(1, 0), middle=True, gap=14)


def setting_group(title: str, rows: Sequence[QWidget]) -> QFrame:
    """Settings under a heading, on a card, a line between each two."""
    frame, inside = card()
    inside.setContentsMargins(22, 20, 22, 20)
    inside.setSpacing(14)
    inside.addWidget(label(title, "heading", wrap=True))
    for number, made in enumerate(rows):
        if number:
            inside.addWidget(divider())
        inside.addWidget(made)
    return frame


def repolish(widget: QWidget) -> None:
    """Lets the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
