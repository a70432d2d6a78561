"""My progress: the trainee's own attempts, practice too. First, best and last, and whether practising helps."""

from collections import defaultdict
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QVBoxLayout, QWidget

from simulator.records.progress import OwnAttempts, OwnProgress, Trail
from simulator.ui.lines_plot import Line, LinesPlot
from simulator.ui.pages.attempts_table import TONE_ROLE, Index
from simulator.ui.pages.layouts import CardGrid
from simulator.ui.pages.row_table import RowTable
from simulator.ui.theme import current_look
from simulator.ui.widgets import Page, button, card, clear, empty_state, label, loading_state, row
from simulator.wording import _, render

CHECKPOINT, FIRST, BEST, LAST, LIFT, TRAIL = range(6)
WIDE = 760
"""From this width (pixels at 100 %) all columns have room."""
NARROW = 480
"""From this width the last verdict has room beside the trail."""
_SIGNS: Final = {"met": "✓", "missed": "✗", "unclear": "?", "not-applicable": "–"}
_MOST: Final = 12
"""Attempts of a trail that are drawn, the newest."""
_TONES: Final = {"met": "good", "missed": "bad"}
_NOWHERE = QModelIndex()


def signed(lift: float | None) -> str:
    """A lift: `+33`, `−50`, `0`, or a dash."""
    if lift is None:
        return "–"
    points = round(lift * 100)
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"


def _verdict(verdict: str | None) -> str:
    if verdict is None:
        return "–"
    said = render(f"verdict-{verdict}", {})
    return said[:1].upper() + said[1:]


class TrailModel(QAbstractTableModel):
    """A row for each checkpoint, the weakest first."""

    def __init__(self) -> None:
        super().__init__()
        self._trails: tuple[Trail, ...] = ()

    def put(self, trails: tuple[Trail, ...]) -> None:
        """Shows these."""
        self.beginResetModel()
        self._trails = trails
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._trails)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Checkpoint"), _("First"), _("Best"), _("Last"), _("Lift"), _("From attempt to attempt"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        trail, column = self._trails[index.row()], index.column()
        verdict = {FIRST: trail.first, BEST: trail.best, LAST: trail.last}.get(column)
        if role == Qt.ItemDataRole.DisplayRole:
            if column == CHECKPOINT:
                return trail.title
            if column == LIFT:
                return signed(trail.lift)
            if column == TRAIL:
                return " ".join(_SIGNS[one] for one in trail.verdicts[-_MOST:])
            return _verdict(verdict)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.data(index)
            if column == TRAIL:
                said = ", ".join(_verdict(one) for one in trail.verdicts[-_MOST:])
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {said}"
        if role == TONE_ROLE:
            return _TONES.get(verdict or "", "neutral")
        return None


class TrailTable(RowTable):
    """The checkpoints; in a narrow table first and best are left out, the trail says them."""

    def __init__(self) -> None:
        self.model_ = TrailModel()
        super().__init__(_("Progress by checkpoint"), self.model_, chips=(FIRST, BEST, LAST))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.horizontalHeader().sectionResized.connect(self.resizeRowsToContents)

    def put(self, trails: tuple[Trail, ...]) -> None:
        """Shows these."""
        self.model_.put(trails)
        self.fit()
        self.setCurrentIndex(self.model_.index(0, 0))

    def fit(self) -> None:
        """Columns as wide as they need; the checkpoint takes the rest."""
        header = self.horizontalHeader()
        for column in range(FIRST, TRAIL + 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(CHECKPOINT, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(current_look().px(340))
        self._fold(self.viewport().width())
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold(event.size().width())
        super().resizeEvent(event)
        self.resizeRowsToContents()

    def _fold(self, width: int) -> None:
        look = current_look()
        for column in (FIRST, BEST, LIFT):
            self.setColumnHidden(column, width < look.px(WIDE))
        self.setColumnHidden(LAST, width < look.px(NARROW))


class ProgressPage(Page):
    """First, best and last, of the score and of each checkpoint."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("My progress"),
            lead=_("All your attempts, practice too, except retries from a moment. Nothing of this is exported."),
        )
        self._own = OwnAttempts(())
        self.back_button = button(_("My attempts"), "quiet", "back", about=_("Back to my attempts"))
        self.back_button.setObjectName("backButton")
        self.back_button.clicked.connect(self.back)
        self.content.insertLayout(0, row(self.back_button, 1))
        self.scenario = QComboBox()
        self.scenario.setAccessibleName(_("Practice"))
        self.scenario.view().setAccessibleName(_("Practice"))
        self.scenario.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scenario.setMinimumContentsLength(10)
        self.scenario.activated.connect(self._show)
        self._none = QVBoxLayout()
        self._none.addWidget(loading_state())
        self.content.addLayout(self._none)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        self.figures = CardGrid(150, 12)
        self.plot = LinesPlot(_("Score by number of attempt"), _("Attempt"))
        frame, around = card()
        around.setContentsMargins(6, 6, 6, 6)
        around.addWidget(self.plot)
        self.about = label("", "muted", wrap=True)
        self.table = TrailTable()
        for part in (self.scenario, self.figures, frame, label(_("By checkpoint"), "heading"), self.about):
            inside.addWidget(part)
        inside.addWidget(self.table, 1)
        self.content.addWidget(self.body, 1)
        self.body.hide()
        self.about.setText(
            _(
                "The weakest comes first. Lift: how much more often it was met in the last three attempts than in the "
                "first three, in points of a hundred. {met} met · {missed} missed · {unclear} left to a person · "
                "{none} not applicable"
            ).format(
                met=_SIGNS["met"], missed=_SIGNS["missed"], unclear=_SIGNS["unclear"], none=_SIGNS["not-applicable"]
            )
        )

    def show_progress(self, own: OwnAttempts) -> None:
        """Shows the attempts of who sits at the desk; the chosen practice stays chosen while it is there."""
        self._own = own
        chosen = self.scenario.currentData()
        self.scenario.clear()
        self.scenario.addItem(_("All practices"), None)
        for id, title in own.scenarios:
            self.scenario.addItem(title, id)
        self.scenario.setCurrentIndex(max(0, self.scenario.findData(chosen)))
        clear(self._none)
        if not own.marked:
            text = _("When you finish an attempt, its score and its checkpoints appear here.")
            self._none.addWidget(empty_state("chart", _("Nothing to compare yet"), text))
            self._none.addStretch(1)
        self.body.setVisible(bool(own.marked))
        self._show()

    def refresh_icons(self) -> None:
        super().refresh_icons()
        self.plot.restyle()
        self.table.fit()

    def _show(self) -> None:
        scenario = self.scenario.currentData()
        found = self._own.progress(scenario)
        self._show_figures(found)
        marks = {one.pass_mark for one in found.tries}
        self.plot.put(_lines(found), level=marks.pop() if len(marks) == 1 else None)
        self.table.put(found.trails)

    def _show_figures(self, found: OwnProgress) -> None:
        scores = [one.score for one in found.tries if one.score is not None]
        lift = None if len(scores) < 2 else (scores[-1] - scores[0]) / 100
        clear(self.figures.cells)
        for title, text in (
            (_("Attempts"), str(len(found.tries))),
            (_("First score"), str(scores[0]) if scores else "–"),
            (_("Best score"), str(max(scores)) if scores else "–"),
            (_("Last score"), str(scores[-1]) if scores else "–"),
            (_("From the first to the last"), signed(lift)),
        ):
            frame, inside = card()
            inside.setContentsMargins(16, 12, 16, 12)
            inside.addWidget(label(text, "title", wrap=True))
            inside.addWidget(label(title, "small", wrap=True))
            self.figures.add(frame)


def _lines(found: OwnProgress) -> list[Line]:
    """A line for each practice: its scores, attempt by attempt."""
    points: dict[str, list[tuple[int, float]]] = defaultdict(list)
    counted: dict[str, int] = defaultdict(int)
    titles = {one.scenario: one.title for one in found.tries}
    for one in found.tries:
        counted[one.scenario] += 1
        if one.score is not None:
            points[one.scenario].append((counted[one.scenario], one.score))
    return [Line(titles[id], tuple(own)) for id, own in points.items()]
