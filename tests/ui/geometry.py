"""What is cut or overlaps in a window that is laid out, found by its rectangles."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QTabBar, QToolButton, QWidget

ROUNDS = 6
"""Wrapped text settles in a few rounds of events."""

ANY = 100_000
"""Pixels: as good as no limit."""
OVERLAYS = ("sideChat", "curtain")


def settle(widget: QWidget) -> None:
    """Shows a widget and lets its layouts settle."""
    widget.show()
    for _round in range(ROUNDS):
        QApplication.processEvents()


def faults(root: QWidget) -> list[str]:
    """Words and buttons that are not whole, in a scrolled area sideways only; and those that lie over another."""
    found = [fault for widget in _seen(root) for fault in _cut(widget, root)]
    words = [widget for widget in _seen(root) if isinstance(widget, (QLabel, QAbstractButton)) or _is_field(widget)]
    for one, other in combinations(words, 2):
        if _layer(one) != _layer(other) or one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        over = _drawn(one, root).intersected(_drawn(other, root))
        if over.width() > 1 and over.height() > 1:
            found.append(f"{_name(one)} lies over {_name(other)}")
    return found


def _cut(widget: QWidget, root: QWidget) -> Iterator[str]:
    if isinstance(widget, QTabBar):
        arrows = [made for made in widget.findChildren(QToolButton) if made.isVisible()]
        if arrows:
            yield f"{_name(widget)} does not show all its tabs"
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            if widget.height() < widget.heightForWidth(widget.width()):
                yield f"{_name(widget)} is lower than its words"
        elif widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height():
            yield f"{_name(widget)} is smaller than its words"
    if isinstance(widget, QAbstractButton) and widget.text() and widget.width() < widget.minimumSizeHint().width():
        yield f"{_name(widget)} is narrower than its words"
    if isinstance(widget, (QLabel, QAbstractButton)) or _is_field(widget):
        whole = _in(widget, root)
        if whole != whole.intersected(_window(widget, root)):
            yield f"{_name(widget)} reaches out of its place"


def _seen(root: QWidget) -> list[QWidget]:
    """All that is drawn: nothing hidden, nothing scrolled away, nothing inside Qt's own pieces."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and not isinstance(widget.parentWidget(), QTabBar)
        and not _in(widget, root).intersected(_shown(widget, root)).isEmpty()
    ]


def _layer(widget: QWidget) -> str:
    """What is meant to lie over the rest: the colleague's chat, the curtain of a pause."""
    above: QWidget | None = widget
    while above is not None and above.objectName() not in OVERLAYS:
        above = above.parentWidget()
    return "" if above is None else above.objectName()


def _is_field(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractScrollArea) and widget.objectName() == "replyField"


def _in(widget: QWidget, root: QWidget) -> QRect:
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def _areas(widget: QWidget, root: QWidget) -> Iterator[QWidget]:
    """The scrolled areas that a widget lies in."""
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QAbstractScrollArea):
            yield above.viewport()
        above = above.parentWidget()


def _drawn(widget: QWidget, root: QWidget) -> QRect:
    return _in(widget, root).intersected(_shown(widget, root))


def _shown(widget: QWidget, root: QWidget) -> QRect:
    """What of the root's area can show a widget just now."""
    seen = root.rect()
    for area in _areas(widget, root):
        seen = seen.intersected(_in(area, root))
    return seen


def _window(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget may lie: in all its parents, at any height inside what scrolls."""
    place = QRect(root.rect())
    for area in _areas(widget, root):
        bounds = _in(area, root)
        left, right = max(place.left(), bounds.left()), min(place.right(), bounds.right())
        place = QRect(QPoint(left, -ANY), QPoint(right, ANY))
    return place


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
    return f"{type(widget).__name__} {widget.objectName()} «{text[:40]}» {widget.size().toTuple()}"
