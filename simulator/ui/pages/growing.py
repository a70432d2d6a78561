"""A long list of widgets in a scrolling page, of which only those are made that are near what is seen."""

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from simulator.ui.pages.layouts import Column, follow_width

AT_ONCE = 6
"""Parts that are there before the event loop comes in: what a first look sees."""
AHEAD = 1
"""Heights of the visible part for which is made ahead, below it."""

_TAB = Qt.FocusPolicy.TabFocus


class Batch(NamedTuple):
    """Some parts of the list that are made together. `shows`: what they show; a batch stays as it is while this is
    the same. `parts`: how many, 0 for a heading."""

    shows: Hashable
    parts: int
    make: Callable[[], QWidget]


class Growing(QWidget):
    """Batches one below the other. Those that are not made yet are when scrolling, or a larger window, brings their
    place near; one step of it (a batch made, put in another's place or taken away) each time the event loop is idle."""

    grown = Signal()
    """A step was made."""

    def __init__(self, scroller: QScrollArea) -> None:
        super().__init__()
        self._scroller = scroller
        self._plan: tuple[Batch, ...] = ()
        self._made: list[tuple[Hashable, QWidget]] = []  # those that show what they should not are hidden
        self._lines = Column(gap=14)
        self.setLayout(self._lines)
        follow_width(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._step)
        bar = scroller.verticalScrollBar()
        bar.valueChanged.connect(self._go_on)
        bar.rangeChanged.connect(self._go_on)

    def put(self, plan: Sequence[Batch]) -> None:
        """Shows another list: batches that stay in their places are kept, the first others are made at once."""
        self._plan = tuple(plan)
        for index, (shows, made) in enumerate(self._made):
            made.setVisible(index < len(self._plan) and self._plan[index].shows == shows)
        parts = 0
        for index, batch in enumerate(self._plan):
            parts += batch.parts
            if parts > AT_ONCE and index:
                break
            if self._right == index:
                self._place(index)
        self._go_on()

    @property
    def parts(self) -> int:
        """How many parts are made and shown."""
        return sum(batch.parts for batch in self._plan[: self._right])

    @property
    def growing(self) -> bool:
        """Whether a step is still to come."""
        return self._soon.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._go_on()

    @property
    def _right(self) -> int:
        """How many of the first batches are there as they should be."""
        pairs = zip(self._plan, self._made, strict=False)
        return next(
            (index for index, (batch, (shows, _)) in enumerate(pairs) if batch.shows != shows),
            min(len(self._plan), len(self._made)),
        )

    def _go_on(self) -> None:
        if self.isVisible():
            self._soon.start(0)

    def _step(self) -> None:
        right = self._right
        if right < len(self._plan) and self._is_near(right):
            self._place(right)
        elif len(self._made) > len(self._plan):
            self._take(self._made.pop()[1])
        else:
            return
        self.grown.emit()
        self._go_on()

    def _is_near(self, index: int) -> bool:
        """Whether the place of a batch is seen, or soon will be."""
        seen = self._scroller.viewport()
        # Counted, not asked of the batch before: that one may not have been laid out yet.
        top = self.mapTo(seen, QPoint(0, self._lines.top_of(index))).y()
        return top < seen.height() * (1 + AHEAD)

    def _place(self, index: int) -> None:
        batch = self._plan[index]
        made = batch.make()
        if index < len(self._made):
            self._take(self._made[index][1])
            self._made[index] = (batch.shows, made)
        else:
            self._made.append((batch.shows, made))
        self._lines.insert(index, made)
        made.show()
        if index < len(self._made) - 1:
            self._in_order()

    def _in_order(self) -> None:
        """Tab goes through the batches in their order, whenever each was made."""
        pairs = zip(self._plan, self._made, strict=False)
        shown = (made for batch, (shows, made) in pairs if batch.shows == shows)
        parts = (part for made in shown for part in (made, *made.findChildren(QWidget)))
        stops = (part for part in parts if part.focusPolicy() & _TAB)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _take(self, made: QWidget) -> None:
        self._lines.removeWidget(made)
        made.hide()
        made.deleteLater()
