"""Where the labels of a plot are written, so that each can be read: on no other, on no point, not over the edge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

GAP_PX = 7
"""Between a point and its label."""
POINT_PX = 12
"""The side of a point."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label of a size (pixels), and the point that it belongs to."""

    at: QPointF
    size: QSizeF


def placed(
    wanted: Sequence[Wanted], area: QRectF, points: Sequence[QPointF], lines: Sequence[QRectF]
) -> tuple[QRectF | None, ...]:
    """A place for each label beside its point and inside `area`, the earlier ones first; None where there is none.
    It covers no label and none of `points`, and as few of `lines` (the flat rectangles of strokes) as can be."""
    dots = [QRectF(point.x() - POINT_PX / 2, point.y() - POINT_PX / 2, POINT_PX, POINT_PX) for point in points]
    found: list[QRectF | None] = []
    for label in wanted:
        taken = [*dots, *(place for place in found if place is not None)]
        free = [place for place in _beside(label) if area.contains(place) and not any(map(place.intersects, taken))]
        found.append(min(free, key=lambda place: sum(map(place.intersects, lines)), default=None))
    return tuple(found)


def _beside(label: Wanted) -> Iterator[QRectF]:
    """The places that a label may take, the best first: above and below, to the right, in the middle, to the left."""
    x, y, width, height = label.at.x(), label.at.y(), label.size.width(), label.size.height()
    for left in (x + GAP_PX, x - width / 2, x - GAP_PX - width):
        for top in (y - GAP_PX - height, y + GAP_PX):
            yield QRectF(left, top, width, height)
    for left in (x + 1.5 * GAP_PX, x - 1.5 * GAP_PX - width):
        yield QRectF(left, y - height / 2, width, height)
