"""Layouts that follow the width: cells in equal columns, controls that wrap like words, two columns or one."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from simulator.ui.theme import current_look


class _Reflowing(QLayout):
    """A layout whose height follows its width. Subclasses say how in `_arrange`."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[int, int] = {}
        self._least_width: int | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        self._heights.clear()
        self._least_width = None
        super().invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # Qt asks one past the end
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # Qt asks one past the end
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Asked several times in each pass of every layout around, of a long page for hundreds of cards.
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def minimumSize(self) -> QSize:
        if self._least_width is None:
            self._least_width = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(self._least_width, 0)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """The height at the width of `rect`; with `move` the items are put in their places."""
        raise NotImplementedError


def _height_of(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class _Cells(_Reflowing):
    """Equal columns, as many as fit; each row as high as its highest cell."""

    def __init__(self, least: int, gap: int) -> None:
        super().__init__(gap)
        self._least = least

    def sizeHint(self) -> QSize:
        width = current_look().px(self._least) * 2 + self._gap
        return QSize(width, self.heightForWidth(width))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        shown = self._shown()
        least = max(current_look().px(self._least), self.minimumSize().width())
        columns = max(1, (rect.width() + self._gap) // (least + self._gap))
        width = (rect.width() - self._gap * (columns - 1)) // columns
        top = rect.top()
        for start in range(0, len(shown), columns):
            cells = shown[start : start + columns]
            height = max(_height_of(item, width) for item in cells)
            if move:
                for column, item in enumerate(cells):
                    item.setGeometry(QRect(rect.left() + column * (width + self._gap), top, width, height))
            top += height + self._gap
        return max(0, top - self._gap - rect.top())


class Column(_Reflowing):
    """Widgets one below the other, each as high as it needs at the width. A box layout would squeeze and stretch all of
    them, and lay them all out anew, whenever one more comes."""

    def insert(self, index: int, widget: QWidget) -> None:
        """Puts a widget before the one at an index, or last."""
        self.addChildWidget(widget)
        self._items.insert(index, QWidgetItem(widget))
        self.invalidate()

    def top_of(self, index: int) -> int:
        """How far down (pixels, at the present width) the one at an index begins, or would begin."""
        width = self.geometry().width()
        above = [item for item in self._items[:index] if not item.isEmpty()]
        return sum(_height_of(item, width) + self._gap for item in above)

    def sizeHint(self) -> QSize:
        width = max((item.sizeHint().width() for item in self._shown()), default=0)
        return QSize(width, self.heightForWidth(width))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for item in self._shown():
            height = _height_of(item, rect.width())
            if move:
                item.setGeometry(QRect(rect.left(), top, rect.width(), height))
            top += height + self._gap
        return max(0, top - self._gap - rect.top())


class Flow(_Reflowing):
    """Controls at their own size, side by side; those that do not fit begin a new line."""

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for line in self._lines(rect.width()):
            height = max(size.height() for _item, size in line)
            left = rect.left()
            for item, size in line:
                if move:
                    item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self._gap
            top += height + self._gap
        return max(0, top - self._gap - rect.top())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._shown():
            size = item.sizeHint()
            if not lines or used + self._gap + size.width() > width:
                lines.append([])
                used = -self._gap
            lines[-1].append((item, size))
            used += self._gap + size.width()
        return lines


class CardGrid(QWidget):
    """Widgets in equal columns that reflow with the width. `least`: the least width of a column at 100 %, pixels."""

    def __init__(self, least: int = 300, gap: int = 16) -> None:
        super().__init__()
        self.cells = _Cells(least, gap)
        self.setLayout(self.cells)
        follow_width(self)

    def add(self, widget: QWidget) -> None:
        """Adds a cell."""
        self.cells.addWidget(widget)


class Wrapping(QWidget):
    """Controls side by side that wrap like words."""

    def __init__(self, *parts: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._flow = Flow(gap)
        self.setLayout(self._flow)
        follow_width(self)
        for part in parts:
            self.add(part)

    def add(self, widget: QWidget) -> None:
        """Adds a control after the last."""
        self._flow.addWidget(widget)


class Columns(QWidget):
    """Two columns side by side while there is room, one above the other when there is not.

    `least`: the width (pixels at 100 %) from which both fit; `shares`: how they divide it; `middle`: aligned at their
    middles, not their tops.
    """

    def __init__(
        self, left: QWidget, right: QWidget, *, least: int, shares: tuple[int, int], middle: bool = False, gap: int = 20
    ) -> None:
        super().__init__()
        self._least = least
        self._parts = (left, right)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        flags = Qt.AlignmentFlag
        for part, share in zip(self._parts, shares, strict=True):
            self._row.addWidget(part, share, flags.AlignVCenter if middle else flags.AlignTop)

    def minimumSizeHint(self) -> QSize:
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = event.size().width() >= current_look().px(self._least)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        super().resizeEvent(event)


class Firm(QVBoxLayout):
    """Parts one above the other without gaps, each at least as high as it says (`stay_whole` for what wraps). A scroll
    area around would otherwise give each the height that it would like, and scroll where nothing is cut."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)

    def hasHeightForWidth(self) -> bool:
        return False


def fill_scrolling(around: QWidget, inside: QWidget) -> QScrollArea:
    """Fills `around` with `inside`, which scrolls where large letters and a small window leave no room for all of it;
    returns what scrolls it."""
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setWidget(inside)
    outer = QVBoxLayout(around)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroller)
    return scroller


class _Tall(QObject):
    """See `stay_whole`."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and isinstance(watched, QWidget):
            layout = watched.layout()
            if layout is not None:
                wraps = layout.hasHeightForWidth()
                height = layout.totalHeightForWidth(watched.width()) if wraps else layout.totalMinimumSize().height()
                watched.setMinimumHeight(height)
        return False


def stay_whole(widget: QWidget) -> None:
    """Keeps a widget at least as high as what its layout wraps at its width: splitters, stacks and windows only ask
    for a least height, which for wrapped words is that of one line."""
    widget.installEventFilter(_Tall(widget))


def follow_width(widget: QWidget) -> None:
    """Makes what is around the widget give it the height that its layout needs at its width."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
