"""A layout that fills rows like words fill lines: nothing is cut off when letters are large or the window is small."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Places its items left to right and begins a new row where the width ends. The last item of a row that has room
    left may be pushed to the right edge (`push_last`)."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 6, push_last: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._push_last = push_last
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return _with(QSize(width, height), margins)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return _with(size, self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Fills the rows of `rect`; the height they need."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        top, rows = area.top(), self._rows(area.width())
        for row in rows:
            height = max(item.sizeHint().height() for item in row)
            left = area.left()
            for item in row:
                size = item.sizeHint()
                pushed = self._push_last and item is row[-1] and item is self._shown()[-1]
                x = max(left, area.right() + 1 - size.width()) if pushed else left
                if move:
                    item.setGeometry(QRect(QPoint(x, top), QSize(min(size.width(), area.width()), height)))
                left += size.width() + self.spacing()
            top += height + self.spacing()
        used = top - self.spacing() - area.top() if rows else 0
        return used + margins.top() + margins.bottom()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            needed = item.sizeHint().width()
            if not rows or left + needed > width:
                rows.append([])
                left = 0
            rows[-1].append(item)
            left += needed + self.spacing()
        return rows


def _with(size: QSize, margins: QMargins) -> QSize:
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
