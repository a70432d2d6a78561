"""The voice of a call drawn over its time: who spoke when, pauses, talk-over, level, and words a minute."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.scoring.voice import CallVoice, CustomerLine, SpokenTurn
from simulator.session.telling import clock_text
from simulator.ui.debrief.time_axis import time_axis
from simulator.ui.debrief.voice_words import USUAL_WPM, seconds, turn_words
from simulator.wording import _

CUSTOMER_AT, AGENT_AT = 0.0, 1.2
"""Where the lanes of the two begin; each is 1 high."""
PACE_FROM, PACE_TO = 2.6, 5.0
"""The field of the words a minute above them."""
_LANE_HIGH = 0.95
_CUSTOMER_HIGH = 0.7
_PAUSE_HIGH = 0.08
_QUIET_DBFS, _LOUD_DBFS = -50, -10
_LEAST_WPM, _MOST_WPM = 80, 240
_LEAST_OVER_MS = 250
"""Talk-over is never drawn so thin that it is overlooked."""
_WHOLE_NAMES = 2
_NEAR_PX = 6
"""A bar of a tenth of a second is thin: a click beside it counts."""


@dataclass(frozen=True, slots=True)
class Told:
    """How an event is told of, by its seq: with whom (`name`, "" where there is one customer only), and when
    (`when`, given also the session time in ms)."""

    name: Callable[[int], str] = lambda _seq: ""
    when: Callable[[int, int], str] = lambda _seq, at_ms: clock_text(at_ms)


@dataclass(frozen=True, slots=True)
class VoiceLook:
    """The colours of the plot, from the theme."""

    background: QColor
    text: QColor
    grid: QColor
    agent: QColor
    customer: QColor
    over: QColor
    usual: QColor
    limit: QColor
    cursor: QColor


class VoicePlot(QWidget):
    """The drawing. pyqtgraph is imported when it is first shown. `limit_wpm`: of speak-slowly, where in play.

    `told`: how turns and lines are told of in words. Where there are several customers, the name of each stands where
    they were first heard.
    """

    chosen = Signal(int)
    """The event (its seq) behind a clicked bar."""

    def __init__(
        self,
        voice: CallVoice,
        look: VoiceLook,
        *,
        limit_wpm: int | None = None,
        told: Told | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("voicePlot")
        self._voice, self._look, self._limit = voice, look, limit_wpm
        self._told = told or Told()
        self._plot: Any = None
        self._cursor: Any = None
        self._cursor_ms: int | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 12, 4)
        self.setAccessibleName(_("Who spoke when, and how fast"))
        words = "; ".join(f"{self._told.when(turn.seq, turn.begin_ms)} {turn_words(turn)}" for turn in voice.turns)
        self.setAccessibleDescription(words)

    @property
    def is_drawn(self) -> bool:
        """Whether it was drawn yet."""
        return self._plot is not None

    @property
    def cursor_ms(self) -> int | None:
        """The moment that the cursor marks, None while there is none."""
        return self._cursor_ms

    def draw(self) -> None:
        """Draws, anew when it was drawn before."""
        if self._plot is not None:
            self._layout.removeWidget(self._plot)
            self._plot.deleteLater()
        self._plot = self._make()
        self._layout.addWidget(self._plot)
        self.mark(self._cursor_ms)

    def restyle(self, look: VoiceLook) -> None:
        """The colours of another theme."""
        self._look = look
        if self._plot is not None:
            self.draw()

    @Slot(int)
    def mark(self, call_ms: int | None) -> None:
        """Moves the cursor to a moment of the call; None hides it."""
        self._cursor_ms = call_ms
        if self._cursor is not None:
            self._cursor.setVisible(call_ms is not None)
            self._cursor.setPos((call_ms or 0) / 1000)

    def bar_at(self, second: float, height: float, near: float = 0.0) -> SpokenTurn | CustomerLine | None:
        """The bar at a place of the drawing: seconds and height in its own units, `near` seconds beside allowed."""
        lane: tuple[SpokenTurn | CustomerLine, ...] = ()
        if CUSTOMER_AT <= height < CUSTOMER_AT + 1:
            lane = self._voice.lines
        elif height >= AGENT_AT:
            lane = self._voice.turns
        found = [
            bar for bar in lane if bar.begin_ms / 1000 - near <= second <= max(bar.end_ms, bar.begin_ms) / 1000 + near
        ]
        return min(found, key=lambda bar: abs((bar.begin_ms + bar.end_ms) / 2000 - second), default=None)

    def _make(self) -> Any:
        import pyqtgraph

        look = self._look
        plot = pyqtgraph.PlotWidget(background=look.background, axisItems={"bottom": time_axis(pyqtgraph)})
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
        lanes = [(CUSTOMER_AT + 0.35, _("Customer")), (AGENT_AT + 0.45, _("Agent"))]
        item.getAxis("left").setTicks([[*lanes, *((_pace(wpm), str(wpm)) for wpm in (100, 150, 200))]])
        for height in (CUSTOMER_AT, AGENT_AT, (AGENT_AT + 1 + PACE_FROM) / 2):
            item.addItem(pyqtgraph.InfiniteLine(height, angle=0, pen=pyqtgraph.mkPen(look.grid, width=1)))
        self._add_norm(pyqtgraph, item)
        self._add_names(pyqtgraph, item, font)
        self._add_bars(pyqtgraph, item)
        self._add_pace(pyqtgraph, item)
        self._cursor = pyqtgraph.InfiniteLine(0, angle=90, pen=pyqtgraph.mkPen(look.cursor, width=2))
        self._cursor.setZValue(20)
        item.addItem(self._cursor)
        begin, end = self._reach()
        plot.setYRange(-0.1, PACE_TO + 0.15, padding=0)
        plot.setXRange(begin / 1000, end / 1000, padding=0.02)
        plot.scene().sigMouseClicked.connect(self._on_clicked)
        plot.scene().sigMouseMoved.connect(self._on_moved)
        return plot

    def _reach(self) -> tuple[int, int]:
        bars = self._voice.bars
        begin = min((bar.begin_ms for bar in bars), default=0)
        end = max((bar.end_ms for bar in bars), default=0)
        return begin, max(end, begin + 1_000)

    def _add_norm(self, pyqtgraph: Any, item: Any) -> None:
        """The limit of speak-slowly where that is in play, otherwise the band of what is usual."""
        if self._limit is not None:
            pen = pyqtgraph.mkPen(self._look.limit, width=2, style=Qt.PenStyle.DashLine)
            item.addItem(pyqtgraph.InfiniteLine(_pace(self._limit), angle=0, pen=pen))
            return
        low, high = USUAL_WPM
        nothing = pyqtgraph.mkPen(None)
        band = pyqtgraph.LinearRegionItem(
            (_pace(low), _pace(high)), "horizontal", movable=False, brush=self._look.usual, pen=nothing
        )
        band.setZValue(-10)
        item.addItem(band)

    def _add_names(self, pyqtgraph: Any, item: Any, font: QFont) -> None:
        """With whom, over what was spoken with them, and a line where the next one begins. Several names find no room
        beside each other: then the first ones."""
        contacts = self.contacts()
        for begin_ms, whole in contacts:
            name = whole if len(contacts) <= _WHOLE_NAMES else whole.split()[0]
            item.addItem(
                pyqtgraph.InfiniteLine(begin_ms / 1000, angle=90, pen=pyqtgraph.mkPen(self._look.grid, width=1))
            )
            label = pyqtgraph.TextItem(name, color=self._look.text, anchor=(0, 0))
            label.setFont(font)
            label.setPos(begin_ms / 1000, PACE_TO + 0.15)
            item.addItem(label)

    def contacts(self) -> tuple[tuple[int, str], ...]:
        """Begin (session ms) and name of each contact in which somebody spoke, where there are several customers."""
        begins: dict[str, int] = {}
        for bar in self._voice.bars:
            begins.setdefault(self._told.name(bar.seq), bar.begin_ms)
        return tuple((begin, name) for name, begin in begins.items() if name)

    def _add_bars(self, pyqtgraph: Any, item: Any) -> None:
        look = self._look
        for line in self._voice.lines:
            item.addItem(_bar(pyqtgraph, line.begin_ms, line.end_ms, CUSTOMER_AT, _CUSTOMER_HIGH, look.customer))
        for turn in self._voice.turns:
            for begin, end, speaks in _pieces(turn):
                high = _high(turn.measure("dbfs")) if speaks else _PAUSE_HIGH
                item.addItem(_bar(pyqtgraph, begin, end, AGENT_AT, high, look.agent))
            for begin, end in turn.over:
                self._add_over(pyqtgraph, item, begin, max(end, begin + _LEAST_OVER_MS), _high(turn.measure("dbfs")))

    def _add_over(self, pyqtgraph: Any, item: Any, begin: int, end: int, high: float) -> None:
        """Both bars in the tone of a warning, and a light band that ties them together."""
        band = QColor(self._look.over)
        band.setAlpha(70)
        tied = pyqtgraph.BarGraphItem(
            x0=[begin / 1000], x1=[end / 1000], y0=[CUSTOMER_AT], height=[AGENT_AT + 1], brush=band,
            pen=pyqtgraph.mkPen(None),
        )  # fmt: skip
        bars = (
            _bar(pyqtgraph, begin, end, CUSTOMER_AT, _CUSTOMER_HIGH, self._look.over),
            _bar(pyqtgraph, begin, end, AGENT_AT, high, self._look.over),
        )
        for depth, drawn in enumerate((tied, *bars), 5):
            drawn.setZValue(depth)
            item.addItem(drawn)

    def _add_pace(self, pyqtgraph: Any, item: Any) -> None:
        look = self._look
        points = [
            {
                "pos": ((turn.begin_ms + turn.end_ms) / 2000, _pace(wpm)),
                "size": 12,
                "brush": look.limit if self._limit is not None and wpm > self._limit else look.agent,
            }
            for turn in self._voice.turns
            if (wpm := turn.measure("wpm")) is not None
        ]
        scatter = pyqtgraph.ScatterPlotItem(pen=pyqtgraph.mkPen(look.background, width=2))
        scatter.setData(points)
        item.addItem(scatter)

    def _words(self, bar: SpokenTurn | CustomerLine) -> str:
        words = turn_words(bar) if isinstance(bar, SpokenTurn) else seconds(bar.end_ms - bar.begin_ms)
        return f"{self._told.when(bar.seq, bar.begin_ms)} · {words}"

    def _bar_under(self, scene: QPointF) -> SpokenTurn | CustomerLine | None:
        view = self._plot.getPlotItem().getViewBox()
        if not view.sceneBoundingRect().contains(scene):
            return None
        place = view.mapSceneToView(scene)
        pixel = view.viewPixelSize()[0]
        return self.bar_at(place.x(), place.y(), _NEAR_PX * pixel)

    @Slot(object)
    def _on_clicked(self, event: Any) -> None:
        bar = self._bar_under(event.scenePos())
        if bar is not None:
            self.chosen.emit(bar.seq)

    @Slot(object)
    def _on_moved(self, scene: QPointF) -> None:
        bar = self._bar_under(scene)
        self._plot.setToolTip("" if bar is None else self._words(bar))
        self._plot.setCursor(Qt.CursorShape.ArrowCursor if bar is None else Qt.CursorShape.PointingHandCursor)


def _pace(wpm: int) -> float:
    """The height at which a pace is drawn; what is beyond the field is drawn at its edge."""
    inside = min(max(wpm, _LEAST_WPM), _MOST_WPM)
    return PACE_FROM + (inside - _LEAST_WPM) / (_MOST_WPM - _LEAST_WPM) * (PACE_TO - PACE_FROM)


def _high(dbfs: int | None) -> float:
    """How high the bar of a turn is: the louder the higher."""
    if dbfs is None:
        return _CUSTOMER_HIGH
    share = (min(max(dbfs, _QUIET_DBFS), _LOUD_DBFS) - _QUIET_DBFS) / (_LOUD_DBFS - _QUIET_DBFS)
    return 0.3 + share * (_LANE_HIGH - 0.3)


def _pieces(turn: SpokenTurn) -> Iterator[tuple[int, int, bool]]:
    """The turn cut at its pauses: begin, end, whether it is speech."""
    at = turn.begin_ms
    for begin, end in turn.pauses:
        yield at, begin, True
        yield begin, min(end, turn.end_ms), False
        at = min(end, turn.end_ms)
    yield at, turn.end_ms, True


def _bar(pyqtgraph: Any, begin: int, end: int, at: float, high: float, colour: QColor) -> Any:
    pen = pyqtgraph.mkPen(colour, width=1)
    return pyqtgraph.BarGraphItem(
        x0=[begin / 1000], x1=[max(end, begin) / 1000], y0=[at], height=[high], brush=colour, pen=pen
    )
