"""The customer's mood over time: a plot whose points can be clicked, and the same as a table for everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from simulator.scoring.mood import Curve, MoodMove, change_text, described
from simulator.session.telling import clock_text
from simulator.ui.debrief.label_places import Wanted, placed
from simulator.ui.debrief.time_axis import time_axis
from simulator.ui.desk.words import mood_level
from simulator.ui.pages.attempts_table import RowDelegate
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class PlotLook:
    """The colours of the plot, from the theme."""

    background: QColor
    text: QColor
    grid: QColor
    line: QColor
    others: tuple[QColor, ...]
    up: QColor
    down: QColor


_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
"""How the curves of several customers are told apart, besides name and colour."""


class MoodPlot(QWidget):
    """The curve. pyqtgraph is imported when the plot is first shown, not with the window."""

    chosen = Signal(int)
    """The event (its seq) behind a clicked point."""

    def __init__(self, curves: Sequence[Curve], lasts_ms: int, look: PlotLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("moodPlot")
        self.curves = tuple(curves)
        self._moves = tuple(sorted((move for curve in curves for move in curve.moves), key=lambda move: move.at_ms))
        self._lasts_ms = lasts_ms
        self._look = look
        self._plot: Any = None
        self._labels: list[tuple[Any, float, int]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 12, 4)
        words = "; ".join(described(move) for move in self._moves)
        self.setAccessibleName(_("Mood of the customer over time"))
        self.setAccessibleDescription(words)

    @property
    def is_drawn(self) -> bool:
        """Whether the curve was drawn yet."""
        return self._plot is not None

    def draw(self) -> None:
        """Draws the curve, anew when it was drawn before."""
        if self._plot is not None:
            self._layout.removeWidget(self._plot)
            self._plot.deleteLater()
        self._plot = self._make()
        self._layout.addWidget(self._plot)

    @property
    def labels(self) -> dict[str, list[QRectF]]:
        """The labels that are written, by their text, and where in the plot (pixels)."""
        found: dict[str, list[QRectF]] = {}
        for item, _x, _y in self._labels:
            if item.isVisible():
                found.setdefault(item.toPlainText(), []).append(item.mapRectToScene(item.boundingRect()))
        return found

    def restyle(self, look: PlotLook) -> None:
        """The colours of another theme."""
        self._look = look
        if self._plot is not None:
            self.draw()

    def choose(self, index: int) -> None:
        """As a click on point `index` would."""
        self.chosen.emit(self._moves[index].seq)

    def _make(self) -> Any:
        import pyqtgraph

        look = self._look
        bottom = time_axis(pyqtgraph)
        plot = pyqtgraph.PlotWidget(background=look.background, axisItems={"bottom": bottom})
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        item = plot.getPlotItem()
        font = QFont(self.font())
        for name in ("left", "bottom"):
            axis = item.getAxis(name)
            axis.setPen(pyqtgraph.mkPen(look.grid))
            axis.setTextPen(pyqtgraph.mkPen(look.text))
            axis.setStyle(tickFont=font)
        item.getAxis("left").setTicks([[(value, mood_level(value).text) for value in (10, 30, 50, 70, 90)]])
        for border in (20, 40, 60, 80):
            item.addItem(pyqtgraph.InfiniteLine(border, angle=0, pen=pyqtgraph.mkPen(look.grid, width=1)))
        end = max(self._lasts_ms, *(move.at_ms for move in self._moves)) if self._moves else self._lasts_ms
        self._labels = []
        for number, curve in enumerate(self.curves):
            xs, ys = _steps(curve.moves, curve.end_ms)
            colour = (look.line, *look.others)[number % (1 + len(look.others))]
            plot.plot(xs, ys, pen=pyqtgraph.mkPen(colour, width=2.5, style=_STYLES[number % len(_STYLES)]))
            if curve.name:  # at the beginning, where no change stands
                self._labels.append((pyqtgraph.TextItem(curve.name, color=colour), xs[0], ys[0]))
        scatter = pyqtgraph.ScatterPlotItem(
            hoverable=True, tip=self._tip, pen=pyqtgraph.mkPen(look.background, width=2), hoverSize=16
        )
        scatter.setData(
            [
                {"pos": (move.at_ms / 1000, move.mood), "size": 12, "brush": self._colour(move), "data": index}
                for index, move in enumerate(self._moves)
            ]
        )
        scatter.sigClicked.connect(self._on_clicked)
        plot.addItem(scatter)
        for move in self._moves:
            if move.change:
                label = pyqtgraph.TextItem(change_text(move.change), color=self._colour(move))
                self._labels.append((label, move.at_ms / 1000, move.mood))
        for label, _x, _y in self._labels:
            label.setFont(font)
            plot.addItem(label, ignoreBounds=True)
        plot.setYRange(-5, 108, padding=0)  # points at either end are whole
        plot.setXRange(0, max(1, end / 1000), padding=0.03)
        item.getViewBox().sigResized.connect(self._place_labels)
        return plot

    @Slot(object)
    def _place_labels(self, box: Any) -> None:
        """Writes the labels where they can be read at the present size; what finds no room is left to the table."""
        seen, room = box.viewRect(), box.rect()
        if room.isEmpty():
            return

        def at(x: float, y: float) -> QPointF:
            """A time (s) and a mood in the pixels of the plot, whose y runs downwards."""
            across, up = (x - seen.left()) / seen.width(), (y - seen.top()) / seen.height()
            return QPointF(across * room.width(), (1 - up) * room.height())

        wanted = [Wanted(at(x, y), label.textItem.boundingRect().size()) for label, x, y in self._labels]
        strokes = [
            QRectF(at(*start), at(*end)).normalized().adjusted(-1, -1, 1, 1)
            for curve in self.curves
            for start, end in pairwise(zip(*_steps(curve.moves, curve.end_ms), strict=True))
        ]
        points = [at(move.at_ms / 1000, move.mood) for move in self._moves]
        for (label, _x, _y), place in zip(self._labels, placed(wanted, room, points, strokes), strict=True):
            label.setVisible(place is not None)
            if place is not None:
                label.setPos(box.mapToView(place.topLeft()))

    def _tip(self, x: float, y: float, data: int) -> str:  # noqa: ARG002 - pyqtgraph's signature
        return described(self._moves[data])

    def _colour(self, move: MoodMove) -> QColor:
        if not move.change:
            return self._look.line
        return self._look.up if move.change > 0 else self._look.down

    @Slot(object, object, object)
    def _on_clicked(self, _item: object, points: Sequence[Any], _event: object = None) -> None:
        if len(points):
            self.choose(int(points[0].data()))


class MoodTable(QTableWidget):
    """The same, to be read row by row."""

    chosen = Signal(int)

    def __init__(self, moves: Sequence[MoodMove], parent: QWidget | None = None) -> None:
        several = any(move.name for move in moves)
        heads = [_("Time"), _("Mood"), _("Change"), _("What moved it")]
        heads[1:1] = [_("Customer")] if several else []
        super().__init__(len(moves), len(heads), parent)
        self.setObjectName("moodTable")
        self._moves = tuple(moves)
        self.setAccessibleName(_("Mood of the customer, as a table"))
        self.setHorizontalHeaderLabels(heads)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        for row, move in enumerate(self._moves):
            cells = (
                clock_text(move.at_ms),
                *([move.name] if several else []),
                f"{move.mood} · {mood_level(move.mood).text}",
                change_text(move.change),
                move.because,
            )
            for column, text in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(text))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.sectionResized.connect(self.resizeRowsToContents)
        self.itemActivated.connect(self._on_item)
        self.itemClicked.connect(self._on_item)

    @Slot(QTableWidgetItem)
    def _on_item(self, item: QTableWidgetItem) -> None:
        self.chosen.emit(self._moves[item.row()].seq)


def _steps(moves: Sequence[MoodMove], end_ms: int) -> tuple[list[float], list[int]]:
    """The corners of the curve: a mood lasts until the next move. Seconds and moods."""
    xs: list[float] = []
    ys: list[int] = []
    for move in moves:
        if ys:
            xs.append(move.at_ms / 1000)
            ys.append(ys[-1])
        xs.append(move.at_ms / 1000)
        ys.append(move.mood)
    if ys:
        xs.append(end_ms / 1000)
        ys.append(ys[-1])
    return xs, ys
