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
        # Large letters leave less for everything else.
        self.setSizes([(2 * SIDE_PX + current_look().px(SIDE_PX)) // 3, 3 * SIDE_PX][-self.count() :])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left = event.size().width() - (0 if self._side is None else self._side.width())
        narrow = left < max(NARROW_PX, current_look().px(NARROW_TEXT_PX))
        self._inner.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
