"""The top of the desk: who is on the line and in what mood, the state of the line with its clock, the time of day."""

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from simulator.scenario.scenario import Scenario
from simulator.session.state import ContactState, Phase
from simulator.session.telling import clock_text
from simulator.ui.desk.addressee import name_on_line
from simulator.ui.desk.flow import FlowLayout
from simulator.ui.desk.sign import ExamSign, Sign
from simulator.ui.desk.style import ROLES
from simulator.ui.desk.words import Status, Tone, mood_level, time_of_day
from simulator.ui.icons import icon, pixmap
from simulator.ui.pages.layouts import stay_whole
from simulator.ui.theme import current_look
from simulator.ui.widgets import label
from simulator.wording import _

MOOD_MOVES_MS = 600
"""How long the gauge takes to move: slow enough to be noticed."""

GAP_PX = 18
HEADER_EDGES_PX = 28


class MoodGauge(QWidget):
    """The customer's mood: a face, its word, and a bar that moves. Never colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moodGauge")
        self._icon = ""
        self._tone: Tone = "neutral"
        self._face = QLabel()
        self.word = label("", "moodWord")
        self.bar = QProgressBar()
        self.bar.setObjectName("moodBar")
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self._moves = QPropertyAnimation(self.bar, b"value", self)
        self._moves.setDuration(MOOD_MOVES_MS)
        self._moves.setEasingCurve(QEasingCurve.Type.OutCubic)
        text = QVBoxLayout()
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(3)
        text.addWidget(self.word)
        text.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(text)
        self._mood: int | None = None

    @property
    def mood(self) -> int | None:
        """The mood shown, 0–100."""
        return self._mood

    def show_mood(self, mood: int, *, at_once: bool = False) -> None:
        """Moves the gauge to a mood, 0–100."""
        if mood == self._mood:
            return
        at_once = at_once or self._mood is None or not self.isVisible()
        self._mood = mood
        level = mood_level(mood)
        self.word.setText(level.text)
        said = _("Mood of the customer: {word}, {mood} of 100").format(word=level.text, mood=mood)
        for widget in (self, self.bar):
            widget.setAccessibleName(said)
            widget.setToolTip(said)
        self._icon, self._tone = level.icon, level.tone
        self.refresh_icons()
        self._moves.stop()
        if at_once:
            self.bar.setValue(mood)
        else:
            self._moves.setStartValue(self.bar.value())
            self._moves.setEndValue(mood)
            self._moves.start()

    def refresh_icons(self) -> None:
        """Draws the face and the bar in the colours of the present theme."""
        if self._icon:
            side = current_look().px(26)
            self._face.setFixedSize(side, side)
            self._face.setPixmap(pixmap(self._icon, side, ROLES[self._tone]))
            self.bar.setFixedSize(current_look().px(120), current_look().px(8))
            for widget in (self.bar, self.word):
                set_property(widget, "tone", self._tone)


class CallHeader(QFrame):
    """What the agent reads at a glance."""

    pause_asked = Signal()
    leave_asked = Signal()

    def __init__(self, scenario: Scenario, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callHeader")
        self._scenario = scenario
        doc = scenario.doc
        self._name = label("", "callerName")
        self._line = label("", "muted")
        self._line.setText(doc.company.name)
        self.gauge = MoodGauge()
        self.status = label("", "lineStatus")
        self.clock = label("", "lineClock")
        self._day = label("", "timeOfDay")
        self.pause = _tool(_("Pause"), _("Pause the call (F5): time stands still"), "F5")
        self.pause.clicked.connect(self.pause_asked)
        self.leave = _tool(_("Leave"), _("Leave the call (Ctrl+W): asks what to do with it"), "Ctrl+W")
        self.leave.clicked.connect(self.leave_asked)
        self._badge: Sign | None = None
        self._who = who = QVBoxLayout()
        who.setSpacing(1)
        who.addWidget(self._name)
        who.addWidget(self._line)
        self._top, self._below = QHBoxLayout(), FlowLayout(spacing=10)
        self._worded: dict[QToolButton, int] = {}
        row = self._top
        row.setSpacing(GAP_PX)
        row.addLayout(who)
        row.addWidget(self.gauge)
        row.addStretch(1)
        self._pill = QFrame()
        self._pill.setObjectName("linePill")
        inside = QHBoxLayout(self._pill)
        inside.setContentsMargins(14, 6, 14, 6)
        inside.setSpacing(10)
        inside.addWidget(self.status)
        inside.addWidget(self.clock)
        self.recording = Sign("record", _("Being recorded"), "bad")
        self.recording.hide()
        self.exam = ExamSign()
        row.addWidget(self._pill)
        row.addWidget(self.recording)
        row.addWidget(self.exam)
        row.addStretch(1)
        row.addWidget(self._day)
        row.addWidget(self.pause)
        row.addWidget(self.leave)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 10, 12, 10)
        rows.setSpacing(6)
        rows.addLayout(self._top)
        rows.addLayout(self._below)
        self._narrow = self._tight = False
        stay_whole(self)
        self.refresh_icons()

    def show_state(
        self, contact: ContactState | None, now: int, status: Status, unnamed: str, jumped_ms: int = 0
    ) -> None:
        """Shows the contact as it stands at session time `now` (ms), and its state in words. `unnamed`: what the
        customer is called while their name is not known; `jumped_ms`: how far the simulated clock is ahead."""
        doc = self._scenario.doc if contact is None else self._scenario.of(contact.id).doc
        self._name.setText(name_on_line(doc, contact, now) or unnamed)
        talking = contact is not None and contact.phase is not Phase.WAITING
        self.gauge.setVisible(talking)
        if contact is not None and talking:
            self.gauge.show_mood(contact.mood)
        self.status.setText(status.text)
        clock = clock_text(now - status.since_ms) if status.since_ms is not None else ""
        self.clock.setText(clock)
        self.clock.setVisible(bool(clock))
        self._pill.setAccessibleName(f"{status.text} {clock}".strip())
        if self._pill.property("tone") != status.tone:
            for widget in (self._pill, self.status, self.clock):
                set_property(widget, "tone", status.tone)
        self._arrange()
        day = time_of_day(doc.clock_minutes, now + jumped_ms)
        self._day.setText(day)
        self._day.setAccessibleName(_("Time of day: {time}").format(time=day))
        self._day.setToolTip(self._day.accessibleName())

    def show_recording(self, on: bool) -> None:
        """Says for as long as it lasts that the call is recorded."""
        self.recording.setVisible(on)
        self._arrange()

    def show_exam(self, left_ms: int | None, limit_ms: int = 0) -> None:
        """Says how much of an exam's time is left, which nothing stops; None: it is practice. `show_state` follows."""
        self.exam.show_left(left_ms, limit_ms)
        self.pause.setVisible(left_ms is None)

    def show_badge(self, icon_name: str, text: str) -> None:
        """Says for good what kind of contact this is, below the name, in place of the company."""
        self._badge = Sign(icon_name, text, "neutral")
        self._line.hide()
        self._who.addWidget(self._badge)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the state of the line: everything else gives way."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 420), hint.height())

    def _arrange(self) -> None:
        """The state of the line takes a row of its own where one row is too short for all; where it still is, the
        buttons spare their words, and a long name takes two rows."""
        signs, tools = (self._pill, self.recording, self.exam), (self.pause, self.leave)
        self._name.ensurePolished()
        name = self._name.fontMetrics().horizontalAdvance(self._name.text()) + GAP_PX
        line = self._line if self._badge is None else self._badge
        below = max(0, line.sizeHint().width() - self._name.sizeHint().width())
        others = HEADER_EDGES_PX + name + below + _width_of(self.gauge, self._day)
        needed = others + sum(width for tool, width in self._worded.items() if not tool.isHidden())
        style = Qt.ToolButtonStyle
        for tool in tools:
            tool.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if needed <= self.width() else style.ToolButtonIconOnly
            )
        self._name.setWordWrap(others + _width_of(*tools) > self.width())
        narrow = needed + _width_of(*signs) > self.width()
        if narrow != self._narrow:
            self._narrow = narrow
            for index, sign in enumerate(signs):
                if narrow:
                    self._top.removeWidget(sign)
                    self._below.addWidget(sign)
                else:
                    self._below.removeWidget(sign)
                    self._top.insertWidget((2 if self._tight else 3) + index, sign)
        self._arrange_mood()

    def _arrange_mood(self) -> None:
        """The mood goes beneath, to the state of the line, where a long name leaves it no room."""
        signs = () if self._badge is None else (self._badge,)
        name = max(_width_of(self._name), _width_of(self._line), _width_of(*signs))
        tight = name + HEADER_EDGES_PX + _width_of(self.gauge, self._day, self.pause, self.leave) > self.width()
        if tight == self._tight:
            return
        self._tight = tight
        if tight:
            self._top.removeWidget(self.gauge)
            self._below.addWidget(self.gauge)
        else:
            self._below.removeWidget(self.gauge)
            self._top.insertWidget(1, self.gauge)

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        for button, name in ((self.pause, "pause"), (self.leave, "exit")):
            button.setIcon(icon(name))
            button.setIconSize(QSize(current_look().px(16), current_look().px(16)))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._worded = {tool: tool.sizeHint().width() + GAP_PX for tool in (self.pause, self.leave)}
        self.gauge.refresh_icons()
        self.recording.refresh_icons()
        self.exam.refresh_icons()
        if self._badge is not None:
            self._badge.refresh_icons()


def _width_of(*parts: QWidget) -> int:
    """What those that are shown need side by side, with a gap after each."""
    return sum(part.sizeHint().width() + GAP_PX for part in parts if not part.isHidden())


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the style sheet looks at, and has the widget styled anew."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _tool(text: str, about: str, shortcut: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("headerButton")
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setShortcut(shortcut)
    button.setToolTip(about)
    button.setAccessibleName(about)
    return button
