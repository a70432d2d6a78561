"""The agent's own part of a shift's desk: the agenda with its now-marker, the switch, who waits, the leap."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from simulator.scenario.acts import AFTER_CALL, AVAILABLE, AWAY, REASONS
from simulator.scenario.agenda import Agenda
from simulator.scenario.scenario import Scenario
from simulator.ui.desk.header import set_property
from simulator.ui.desk.shift_words import QueueRow, agenda_text, entry_title
from simulator.ui.desk.sign import ExamSign
from simulator.ui.pages.layouts import Wrapping, stay_whole
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, label, redraw_icons, set_icon
from simulator.wording import _, mark

STRIP_PX, MARKER_PX = 26, 3
_SHADES = {"work": "accent-soft", "break": "warning-soft", "activity": "good-soft"}
_SWITCHES = (
    (AVAILABLE, mark("Available"), "headset", "Ctrl+6", mark("Whoever waits is put through to you")),
    ("break", mark("On a break"), "pause", "Ctrl+7", mark("Nobody is put through to you: a break")),
    ("activity", mark("In an activity"), "calendar", "Ctrl+8", mark("Nobody is put through to you: something else")),
    ("other", mark("Away"), "minus-circle", "Ctrl+9", mark("Nobody is put through to you: you are away")),
    (AFTER_CALL, mark("After-call work"), "edit", "", mark("Comes by itself after a contact, until you change it")),
)
"""Word of the presence, its text, icon, key and explanation. The first numbers are keys of the desk inside."""


class AgendaStrip(QWidget):
    """The shift from left to right, breaks and activities in their colours and by name, and where one is now."""

    def __init__(self, scenario: Scenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        assert scenario.agenda is not None
        self._agenda: Agenda = scenario.agenda
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Agenda"))
        self.setAccessibleDescription(agenda_text(scenario))
        self.setToolTip(agenda_text(scenario).replace("; ", "\n"))

    def show_now(self, simulated_ms: int) -> None:
        """Moves the marker."""
        if self._now != simulated_ms:
            self._now = simulated_ms
            self.update()

    def marker_x(self) -> float:
        """Where the marker stands, in pixels from the left."""
        return self._x(self._now)

    def sizeHint(self) -> QSize:
        return QSize(current_look().px(280), current_look().px(STRIP_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(120), current_look().px(STRIP_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is drawn
        look = current_look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        for entry in self._agenda.entries:
            left, right = self._x(entry.begins_ms), self._x(entry.ends_ms)
            piece = QRectF(left, whole.top(), right - left, whole.height())
            painter.fillRect(piece, look.colour(_SHADES[entry.kind]))
            painter.setPen(look.colour("text"))
            wide = painter.fontMetrics().horizontalAdvance(entry_title(entry)) + look.px(8) <= piece.width()
            text = entry_title(entry) if wide else entry_title(entry)[:1]
            painter.drawText(piece, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(look.colour("border-strong"))
        painter.drawRect(whole)
        pen = QPen(QColor(look.colour("bad")))
        pen.setWidth(look.px(MARKER_PX))
        painter.setPen(pen)
        painter.drawLine(round(self.marker_x()), 0, round(self.marker_x()), self.height())
        painter.end()

    def _x(self, simulated_ms: int) -> float:
        begins, ends = self._agenda.begins_ms, self._agenda.ends_ms
        part = (min(max(simulated_ms, begins), ends) - begins) / (ends - begins)
        return part * (self.width() - 1)


class PresenceSwitch(Wrapping):
    """What the agent is: one of several buttons is down."""

    chosen = Signal(str, str)
    """The act and its reason, or ""."""

    def __init__(self) -> None:
        self.buttons = {word: self._made(*rest) for word, *rest in _SWITCHES}
        super().__init__(*self.buttons.values())
        self.setAccessibleName(_("Availability"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # what is down is what the session says, not what was pressed
        for word, switch in self.buttons.items():
            self._group.addButton(switch)
            switch.clicked.connect(partial(self._on_clicked, word))
        for word, _text, _icon, keys, _about in _SWITCHES:
            if keys:
                QShortcut(QKeySequence(keys), self).activated.connect(self.buttons[word].click)

    @staticmethod
    def _made(text: str, icon_name: str, keys: str, about: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName("presence")
        made.setCheckable(True)
        made.setText(_(text))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setToolTip(f"{_(about)} ({keys})" if keys else _(about))
        made.setAccessibleName(_(text))
        made.setAccessibleDescription(_(about))
        set_icon(made, icon_name, 16, "text")
        return made

    def show_presence(self, presence: str, *, enabled: bool) -> None:
        """Shows what the agent is. `enabled`: whether it can be changed."""
        for word, switch in self.buttons.items():
            switch.setChecked(word == presence)
            switch.setEnabled(enabled and word != AFTER_CALL)
        self.buttons[AFTER_CALL].setVisible(presence == AFTER_CALL)

    def _on_clicked(self, word: str) -> None:
        self.buttons[word].setChecked(not self.buttons[word].isChecked())  # until the session says so
        self.chosen.emit(*((AWAY, word) if word in REASONS else (AVAILABLE, "")))


class QueueView(QWidget):
    """Who waits: the line that they called, and since when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label("", "queueText", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Shows those who wait."""
        said = [f"{row.line} {row.clock}" for row in rows]
        text = (
            _("Queue: nobody waits") if not rows else _("Queue ({n}): {who}").format(n=len(rows), who=" · ".join(said))
        )
        if self.text.text() != text:
            self.text.setText(text)
            self.text.setAccessibleName(text)
        tones = [row.tone for row in rows]
        tone = "bad" if "bad" in tones else "warning" if "warning" in tones else "neutral"
        if self.text.property("tone") != tone:
            set_property(self.text, "tone", tone)


class ShiftPanel(QFrame):
    """All of it, above the contact."""

    switched = Signal(str, str)
    leapt = Signal()

    def __init__(self, scenario: Scenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shiftPanel")
        self.clock = label("", "timeOfDay")
        self.strip = AgendaStrip(scenario)
        self.line = label("", "muted", wrap=True)
        self.switch = PresenceSwitch()
        self.switch.chosen.connect(self.switched)
        self.queue = QueueView()
        self.leap = button(
            _("Go to what comes next"), None, "clock", about=_("Let time pass until something is due (Ctrl+J)")
        )
        self.leap.setShortcut("Ctrl+J")
        self.exam = ExamSign()
        self.leap.clicked.connect(self.leapt)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.clock)
        top.addWidget(self.exam)
        top.addWidget(self.strip, 1)
        top.addStretch()
        top.addWidget(self.leap)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.line, 1)
        below.addWidget(self.queue, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self.switch)
        stay_whole(self)

    def set_low(self, low: bool) -> None:
        """Where there is little height, the strip goes and the switch spares its words; `line` says the agenda."""
        self.strip.setVisible(not low)
        style = Qt.ToolButtonStyle
        for switch in self.switch.buttons.values():
            switch.setToolButtonStyle(style.ToolButtonIconOnly if low else style.ToolButtonTextBesideIcon)

    def show_clock(self, text: str) -> None:
        """The simulated time of day."""
        if self.clock.text() != text:
            self.clock.setText(text)
            self.clock.setAccessibleName(_("Time of day: {time}").format(time=text))

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        redraw_icons(self)
        self.strip.updateGeometry()
        self.strip.update()
