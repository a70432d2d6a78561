"""Lines over whole numbers (attempts): painted when they are first seen. A table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.ui.theme import current_look

_COLOURS: Final = ("accent", "warning", "good", "bad", "muted", "text")
_STYLES: Final = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_SYMBOLS: Final = ("o", "s", "t", "d", "+", "x")
"""How lines are told apart besides their colour."""
_AXIS: Final = 80
"""What the axis and the room around take of the width, in pixels at 100 %."""
_MOST_ROOM: Final = 0.4
"""Of the width, to the right, for the names; longer ones are cut."""
_APART: Final = 9
"""Between two names, in units of y."""
_MOST_NAMED: Final = 8
"""More names would lie over each other; the table has them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """`points`: x (counted from 1) and y (0–100), by x."""

    name: str
    points: tuple[tuple[int, float], ...]


class LinesPlot(QWidget):
    """Lines between 0 and 100, each named where it ends. `level`: a line across, such as a pass mark."""

    def __init__(self, said: str, x_title: str) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self._x_title = x_title
        self._lines: tuple[Line, ...] = ()
        self._level: int | None = None
        self._plot: Any = None
        self._stale = True
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 12, 4)

    def put(self, lines: Sequence[Line], level: int | None = None) -> None:
        """Shows these lines."""
        self._lines, self._level = tuple(lines), level
        words = (f"{line.name}: " + ", ".join(f"{x} → {round(y)}" for x, y in line.points) for line in lines)
        self.setAccessibleDescription("; ".join(words))
        self.restyle()

    def restyle(self) -> None:
        """Draws anew, in the colours of the present look; now, or when it is seen."""
        self._stale = True
        self.setFixedHeight(current_look().px(320))
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_drawn and event.size().width() != event.oldSize().width():
            self._draw()  # the names take another share of the width

    @property
    def is_drawn(self) -> bool:
        """Whether what is shown is painted."""
        return self._plot is not None and not self._stale

    def _draw(self) -> None:
        if self._plot is not None:
            self._plot.hide()
            self._layout.removeWidget(self._plot)
            self._plot.deleteLater()
        self._plot = self._make()
        self._stale = False
        self._layout.addWidget(self._plot)

    def _make(self) -> Any:
        import pyqtgraph

        look = current_look()
        plot = pyqtgraph.PlotWidget(background=look.colour("surface"))
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        item = plot.getPlotItem()
        font = QFont(self.font())
        for name in ("left", "bottom"):
            axis = item.getAxis(name)
            axis.setPen(pyqtgraph.mkPen(look.colour("border")))
            axis.setTextPen(pyqtgraph.mkPen(look.colour("muted")))
            axis.setStyle(tickFont=font)
        item.setLabel("bottom", self._x_title)
        last = max((x for line in self._lines for x, _y in line.points), default=1)
        step = max(1, round(last / 12))
        item.getAxis("bottom").setTicks([[(x, str(x)) for x in range(1, last + 1, step)]])
        item.getAxis("left").setTicks([[(y, str(y)) for y in range(0, 101, 20)]])
        for border in range(20, 101, 20):
            item.addItem(pyqtgraph.InfiniteLine(border, angle=0, pen=pyqtgraph.mkPen(look.colour("border"), width=1)))
        if self._level is not None:
            pen = pyqtgraph.mkPen(look.colour("good"), width=1.5, style=Qt.PenStyle.DashLine)
            item.addItem(pyqtgraph.InfiniteLine(self._level, angle=0, pen=pen))
        for number, line in enumerate(self._lines):
            colour = look.colour(_COLOURS[number % len(_COLOURS)])
            pen = pyqtgraph.mkPen(colour, width=2.5, style=_STYLES[number % len(_STYLES)])
            xs, ys = [x for x, _y in line.points], [y for _x, y in line.points]
            plot.plot(
                xs, ys, pen=pen, symbol=_SYMBOLS[number % len(_SYMBOLS)], symbolBrush=colour, symbolPen=colour,
                symbolSize=8,
            )  # fmt: skip
        wide = max(1, self.width() - look.px(_AXIS))
        metrics, widest = QFontMetrics(font), round(wide * _MOST_ROOM)
        named = len(self._lines) <= _MOST_NAMED and any(line.name for line in self._lines)
        if named:
            for number, y in self._names():
                said = metrics.elidedText(self._lines[number].name, Qt.TextElideMode.ElideRight, widest)
                colour = look.colour(_COLOURS[number % len(_COLOURS)])
                name = pyqtgraph.TextItem(said, color=colour, anchor=(0, 0.5))
                name.setFont(font)
                name.setPos(max(2, last) * 1.02, y)
                plot.addItem(name)
        plot.setYRange(0, 104, padding=0)
        longest = max((metrics.horizontalAdvance(line.name) for line in self._lines), default=0) if named else 0
        room = min(longest, widest) / wide  # of the width, for the names
        plot.setXRange(1, max(2, last) + (max(2, last) - 1) * room / (1 - room) * 1.15, padding=0.05)
        return plot

    def _names(self) -> list[tuple[int, float]]:
        """The names' heights, by line: beside where each ends, no two over each other."""
        ends = sorted((line.points[-1][1], number) for number, line in enumerate(self._lines) if line.points)
        found: list[tuple[int, float]] = []
        for y, number in ends:
            least = found[-1][1] + _APART if found else 0.0
            found.append((number, max(y, least)))
        over = max(0.0, found[-1][1] - 100) if found else 0.0
        return [(number, y - over) for number, y in found]
