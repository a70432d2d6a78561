"""The conversation as it happens: a bubble for each message, a quiet line for each act."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from simulator.session.telling import clock_text, desk_text
from simulator.session.transcript import Entry
from simulator.ui.widgets import label
from simulator.wording import _

WIDEST = 0.78
"""The part of the width that a bubble may take."""


class Bubble(QFrame):
    """One message: who, when, and the words as plain text, never interpreted. `side`: customer, agent, colleague."""

    def __init__(self, seq: int, side: str, name: str, when: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seq = seq
        self.setObjectName("bubble")
        self.setProperty("side", side)
        self._head = label(f"{name} · {when}", "bubbleHead", wrap=True)
        self._name = name
        self.label = label("", "bubbleText", wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(2)
        layout.addWidget(self._head)
        layout.addWidget(self.label)
        self._widest = 400
        self.say(text)

    def say(self, text: str) -> None:
        """Shows these words in the bubble."""
        self.label.setText(text)
        self.label.setAccessibleName(f"{self._name}: {text}")
        self.setAccessibleName(f"{self._name}: {text}")
        self.fit(self._widest)

    def fit(self, widest: int) -> None:
        """As wide as the words need, `widest` pixels at most."""
        self._widest = widest
        self.label.ensurePolished()
        self._head.ensurePolished()
        metrics = QFontMetrics(self.label.font())
        needed = max((metrics.horizontalAdvance(line) for line in self.label.text().splitlines()), default=0)
        head = QFontMetrics(self._head.font()).horizontalAdvance(self._head.text())
        width = max(60, min(widest - 24, max(needed, head) + 8))
        # Both: words narrower than who and when above them would be given the height for that width, not for theirs.
        self._head.setFixedWidth(width)
        self.label.setFixedWidth(width)


LEAST_LINES = 4


class Conversation(QScrollArea):
    """The bubbles of a call, the newest at the bottom and in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._bubbles: dict[int, Bubble] = {}
        super().__init__(parent)
        self.setObjectName("conversation")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Conversation"))
        self._inside = QWidget()
        self._inside.setObjectName("conversationInside")
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(16, 12, 16, 12)
        self._rows.setSpacing(8)
        self._rows.addStretch(1)
        self.setWidget(self._inside)
        self._stick = True
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range)
        bar.valueChanged.connect(self._on_value)

    @property
    def bubbles(self) -> tuple[Bubble, ...]:
        """All bubbles, oldest first."""
        return tuple(self._bubbles.values())

    def add(self, entry: Entry, *, shown: str | None = None) -> None:
        """Adds a row of the transcript. `shown` replaces the words (captions off)."""
        if entry.who == "desk":
            self.note(f"{desk_text(entry.text, dict(entry.args))} · {self.when(entry)}")
            return
        name = self._name(entry)
        bubble = Bubble(
            entry.seq, entry.who, name, self.when(entry), entry.text if shown is None else shown, self._inside
        )
        self._bubbles[entry.seq] = bubble
        self._add_row(bubble, entry.who)

    def when(self, entry: Entry) -> str:
        """How it is said when a row happened."""
        return clock_text(entry.at_ms)

    def note(self, text: str) -> None:
        """Adds a quiet line that nobody said."""
        self._add_row(self._note(text), None)

    def clear(self) -> None:
        """Takes everything away."""
        self._bubbles.clear()
        for shown in self._inside.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            shown.hide()
            shown.deleteLater()
        while self._rows.count() > 1:  # the stretch above stays
            self._rows.takeAt(1)

    def bubble(self, seq: int) -> Bubble | None:
        """The bubble of the message `seq`."""
        return self._bubbles.get(seq)

    def minimumSizeHint(self) -> QSize:
        """What was said last is in sight, however large the letters: the desk around it scrolls."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), LEAST_LINES * self.fontMetrics().lineSpacing()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _name(self, entry: Entry) -> str:
        if entry.who == "agent":
            return {"colleague": _("You, to your colleague"), "side": _("You, aside")}.get(entry.to, _("You"))
        return entry.name or _("Customer")

    def _note(self, text: str) -> QLabel:
        note = label(text, "deskNote", wrap=True)
        note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return note

    def _add_row(self, widget: QWidget, who: str | None) -> None:
        row = QHBoxLayout()
        # Before anything is in it: Shiboken crashes when a widget is deleted that joined a layout without a parent.
        self._append(row)
        row.setContentsMargins(0, 0, 0, 0)
        if who is None:
            row.addWidget(widget, 1)
        elif who == "agent":
            row.addStretch(1)
            row.addWidget(widget)
        else:
            row.addWidget(widget)
            row.addStretch(1)
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if isinstance(widget, Bubble):
            widget.fit(self._widest())

    def _append(self, row: QHBoxLayout) -> None:
        """Puts a row below the others."""
        self._rows.addLayout(row)

    def _widest(self) -> int:
        return max(160, int(self.viewport().width() * WIDEST))

    def _fit(self) -> None:
        widest = self._widest()
        for bubble in self._bubbles.values():
            bubble.fit(widest)

    def _on_range(self, _least: int, greatest: int) -> None:
        if self._stick:
            self.verticalScrollBar().setValue(greatest)

    def _on_value(self, value: int) -> None:
        self._stick = value >= self.verticalScrollBar().maximum() - 4
