"""How a desk divides its width: a list at the left where there are several contacts, the contact, its panels."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from simulator.ui.theme import current_look

NARROW_PX = 720
"""Where contact and panels have less width than this, the panels go under the contact …"""
NARROW_TEXT_PX = 560
"""… and below this one, in pixels at 100 % text."""
SIDE_PX = 230
"""Width of what stands left of the contact, at 100 %."""
LEAST_PX = 300
"""Where less than this (at 100 %) is left for the contact, what stands left of it goes on top …"""
ABOVE_PX = 170
"""… and is so high."""


class DeskSplit(QSplitter):
    """`side`: None where there is one contact."""

    moved = Signal()
    """The user moved the border between contact and panels."""

    def __init__(self, side: QWidget | None, contact: QWidget, panels: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._inner = QSplitter(Qt.Orientation.Horizontal)
        self._inner.addWidget(contact)
        self._inner.addWidget(panels)
        self._inner.setStretchFactor(0, 3)
        self._inner.setStretchFactor(1, 2)
        self._inner.setSizes([760, 460])
        self._inner.splitterMoved.connect(self.moved)
        self._side = side
        if side is not None:
            self.addWidget(side)
        self.addWidget(self._inner)
        self.setStretchFactor(self.count() - 1, 1)
        for splitter in (self, self._inner):
            splitter.setObjectName("split")
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, px = event.size().width(), current_look().px
        above = self._side is not None and width - _side_width() < px(LEAST_PX)
        if above != (self.orientation() == Qt.Orientation.Vertical):
            self.setOrientation(Qt.Orientation.Vertical if above else Qt.Orientation.Horizontal)
            self._share_out()
        left = width if self._side is None or above else width - self._side.width()
        narrow = left < max(NARROW_PX, px(NARROW_TEXT_PX))
        self._inner.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)

    def _share_out(self) -> None:
        side = current_look().px(ABOVE_PX) if self.orientation() == Qt.Orientation.Vertical else _side_width()
        self.setSizes([side, 3 * SIDE_PX][-self.count() :])


def _side_width() -> int:
    """Large letters leave less for everything else."""
    return (2 * SIDE_PX + current_look().px(SIDE_PX)) // 3
