"""The guided first call: short pointers that follow a live call and teach the desk. Nothing is blocked or faked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentSpoke
from simulator.session.state import ContactState, Phase
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, push_button
from simulator.wording import _, mark

Side = Literal["above", "below", "left", "right"]
Target = str
"""Which part of the desk a pointer shows: answer, conversation, reply, hold, notes, knowledge, save, header."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A step of the guide. It is shown in its `phase` of the call, and, where `held` says so, only with the customer on
    hold (or not). `done`: the event that fulfils it, or None when only «Next» does. A step whose phase is gone is
    passed over. `avoid`: another part that the words must not cover; `sides`: where they may stand, the best first."""

    id: str
    target: Target
    text: str
    phase: Phase
    done: Callable[[Event], bool] | None = None
    held: bool | None = None
    avoid: Target = ""
    sides: tuple[Side, ...] = ("above", "below", "left", "right")

    def fits(self, contact: ContactState) -> bool:
        """Whether this is its moment."""
        return _stage(contact.phase) == _stage(self.phase) and self.held in (None, contact.held_since is not None)

    def is_past(self, contact: ContactState) -> bool:
        """Whether its moment will not come (again)."""
        return _stage(contact.phase) > _stage(self.phase)


def _stage(phase: Phase) -> int:
    return {Phase.WAITING: 0, Phase.TALKING: 1, Phase.ENDING: 1, Phase.AFTER: 2}[phase]


def _act(*names: str) -> Callable[[Event], bool]:
    return lambda event: isinstance(event.what, AgentActed) and event.what.name in names


def _said(event: Event) -> bool:
    return isinstance(event.what, AgentSpoke) and event.what.to != "side"


def _said_or_held(event: Event) -> bool:
    return _said(event) or _act("hold", "consult")(event)


POINTERS: tuple[Pointer, ...] = (
    Pointer(
        "answer",
        "answer",
        mark("The phone is about to ring. Answer before the third ring: press F2 or this button."),
        Phase.WAITING,
        _act("answer"),
        sides=("right", "below", "above"),
    ),
    Pointer(
        "greet",
        "reply",
        mark(
            "You are on the line. Write here what you would say and press Enter: greet by the time of day, say the "
            "company's name and yours, and offer your help. Writing takes no points away."
        ),
        Phase.TALKING,
        _said,
        held=False,
        avoid="toolbar",
    ),
    Pointer(
        "listen",
        "header",
        mark(
            "Let the customer finish. Up here you see their mood: it moves with what you say and with how long you "
            "let them wait."
        ),
        Phase.TALKING,
        _said,
        held=False,
        avoid="toolbar",
    ),
    Pointer(
        "look-up",
        "knowledge",
        mark("Here is what you know about the case. Search it while you listen."),
        Phase.TALKING,
        _said_or_held,
        held=False,
    ),
    Pointer(
        "hold",
        "hold",
        mark(
            "Do you need a moment to look something up? Ask for permission and say how long it will take. When they "
            "agree, press Hold (F4)."
        ),
        Phase.TALKING,
        _act("hold", "consult"),
        held=False,
    ),
    Pointer(
        "resume",
        "hold",
        mark("The customer hears music and waits. Come back before a minute is over: press F4 again, and thank them."),
        Phase.TALKING,
        _act("resume", "return"),
        held=True,
    ),
    Pointer(
        "close",
        "reply",
        mark(
            "Give the solution, ask whether there is anything else, and say goodbye. When the call is over, hang up "
            "(F12) or let the customer do it."
        ),
        Phase.TALKING,
        held=False,
        avoid="toolbar",
    ),
    Pointer(
        "notes",
        "notes",
        mark(
            "After the call, leave notes: who called, why, what you did and what is left to do. Then press «Save and "
            "see the result»."
        ),
        Phase.AFTER,
        _act("notes"),
    ),
)
"""In order. The suite asserts that each target is a part of the telephone's desk."""


class Coach(QObject):
    """Walks through pointers on top of a desk: a ring around the part that is meant, and a card with words beside it.

    The desk stays usable throughout; clicks reach what lies beneath the ring. `finished` comes once: all was shown, or
    the trainee skipped the rest.
    """

    finished = Signal(bool)
    """True: shown to the end; False: skipped."""

    def __init__(
        self, desk: QWidget, find: Callable[[Target], QWidget | None], pointers: Sequence[Pointer] = POINTERS
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._find = find
        self._pointers = list(pointers)
        self._index = 0
        self._contact: ContactState | None = None
        self._covered = False
        self._told = False
        self.ring = _Ring(desk)
        self.card = _Card(desk)
        self.card.next_asked.connect(self._on_next)
        self.card.skip_asked.connect(self.skip)
        self._place_soon = QTimer(self)
        self._place_soon.setSingleShot(True)
        self._place_soon.setInterval(0)
        self._place_soon.timeout.connect(self.place)
        desk.installEventFilter(self)

    @property
    def pointer(self) -> Pointer | None:
        """The step that is on, shown or waiting for its moment; None when the guide is over."""
        return self._pointers[self._index] if self._index < len(self._pointers) else None

    def follow(self, contact: ContactState | None, event: Event | None = None) -> None:
        """Goes on when the step was followed or its moment is gone; shows the step that fits the line now."""
        self._contact = contact
        if self.pointer is None:
            return
        while event is not None and self._is_done_by(event):
            self._index += 1
            if not isinstance(event.what, AgentActed):
                break  # one message answers one step; one act may fulfil the next step, too
        self._settle()

    def set_covered(self, covered: bool) -> None:
        """Out of sight while a curtain covers the desk."""
        self._covered = covered
        self._show()

    @Slot()
    def skip(self) -> None:
        """Ends the guide; the call goes on."""
        if self.pointer is not None:
            self._index = len(self._pointers)
            self._show()
            self.finished.emit(False)

    @Slot()
    def place(self) -> None:
        """Moves ring and card to the part that is meant."""
        pointer = self.pointer
        target = None if pointer is None or self.card.isHidden() else self._find(pointer.target)
        if pointer is None or target is None or not target.isVisible():
            self.ring.hide()
            return
        around = self._place_of(target)
        self.ring.setGeometry(around)
        self.ring.show()
        self.ring.raise_()
        avoided = self._find(pointer.avoid) if pointer.avoid else None
        clear = around if avoided is None else around.united(self._place_of(avoided))
        self.card.adjustSize()
        self.card.move(card_place(self._desk.rect(), clear, self.card.size(), pointer.sides))
        self.card.raise_()

    def _place_of(self, part: QWidget) -> QRect:
        """Where a part of the desk is, with a little room around it."""
        place = QRect(part.mapTo(self._desk, QPoint(0, 0)), part.size()).adjusted(-6, -6, 6, 6)
        return place.intersected(self._desk.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place_soon.start()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_next(self) -> None:
        self._index += 1
        self._settle()

    def _is_done_by(self, event: Event) -> bool:
        pointer = self.pointer
        return pointer is not None and pointer.done is not None and pointer.done(event)

    def _settle(self) -> None:
        """Passes over what cannot come any more."""
        while (pointer := self.pointer) is not None and self._contact is not None:
            wants_hold = pointer.held is True and self._contact.held_since is None
            if not (pointer.is_past(self._contact) or (wants_hold and self._contact.phase is Phase.TALKING)):
                break
            self._index += 1
        self._show()
        if self.pointer is None and not self._told:
            self._told = True
            self.finished.emit(True)

    def _show(self) -> None:
        pointer, contact = self.pointer, self._contact
        fits = pointer is not None and contact is not None and pointer.fits(contact) and not self._covered
        self.card.setVisible(fits)
        self.ring.setVisible(fits)
        if pointer is not None and fits:
            self.card.say(_(pointer.text), self._index + 1, len(self._pointers))
            self._place_soon.start()


def card_place(desk: QRect, target: QRect, card: QSize, sides: Sequence[Side]) -> QPoint:
    """Where the card stands: at the first of the target's sides with room for it inside the desk."""
    gap = 12
    corners = {
        "above": QPoint(target.left(), target.top() - card.height() - gap),
        "below": QPoint(target.left(), target.bottom() + gap),
        "left": QPoint(target.left() - card.width() - gap, target.top()),
        "right": QPoint(target.right() + gap, target.center().y() - card.height() // 2),
    }
    for side in sides:
        corner = corners[side]
        left = max(desk.left() + gap, min(corner.x(), desk.right() - card.width() - gap))
        place = QRect(QPoint(left, corner.y()), card)
        if desk.contains(place) and not place.intersects(target):
            return place.topLeft()
    return QPoint(desk.center().x() - card.width() // 2, max(desk.top() + gap, target.top() + gap))


class _Ring(QWidget):
    """A frame around the part that is meant. The mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("coachRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 10, 10)


class _Card(QFrame):
    next_asked = Signal()
    skip_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("coachCard")
        self._count = label("", "muted", wrap=True)
        self.text = label("", "coachText", wrap=True)
        self.next = push_button(_("Next"))
        self.next.setProperty("kind", "primary")
        self.next.clicked.connect(self.next_asked)
        self.skip = push_button(_("Skip the guide"))
        self.skip.setProperty("kind", "quiet")
        self.skip.clicked.connect(self.skip_asked)
        for button in (self.next, self.skip):
            button.setAccessibleName(button.text())
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self.skip)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addLayout(row)
        self.setFixedWidth(current_look().px(380))
        self.hide()

    def say(self, text: str, number: int, total: int) -> None:
        """Shows a step's words."""
        self.text.setText(text)
        self._count.setText(_("{n} of {total}").format(n=number, total=total))
        self.setAccessibleName(text)
        self.adjustSize()
