"""The reviewers' queue as a table: what waits, for how long, and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from simulator.records.review import Dispute
from simulator.records.reviews import Waiting
from simulator.records.values import Mode
from simulator.ui.pages.attempts_table import TONE_ROLE, Index
from simulator.ui.pages.row_table import RowTable
from simulator.ui.pages.words import RESULT_TONES, moment_text, result_name, result_text
from simulator.ui.theme import current_look
from simulator.wording import _, n_

DATE, PERSON, SCENARIO, RESULT, WAITS = range(5)
WIDE = 700
"""From this width (pixels at 100 %) all columns have room."""
_NOWHERE = QModelIndex()


class QueueModel(QAbstractTableModel):
    """Rows in the order of the queue."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Waiting] = []
        self.compact = False
        """Whether the scenario's cell also says who, when and what is to be done."""

    def put(self, rows: Sequence[Waiting]) -> None:
        """Shows these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def waiting(self, row: int) -> Waiting:
        """The attempt of a row. Errors: IndexError."""
        return self._rows[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Ended"), _("Person"), _("Practice"), _("Result"), _("To be done"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._cell(row, column)}"
        if role == TONE_ROLE:
            return RESULT_TONES.get(row.result or "", "neutral")
        return None

    def _cell(self, row: Waiting, column: int) -> str:
        if column == DATE:
            return moment_text(row.at)
        if column == PERSON:
            return row.person
        if column == SCENARIO:
            title = f"{row.title}\n{_('Exam')}" if row.mode is Mode.EXAM else row.title
            more = (f"{row.person} · {moment_text(row.at)}", waits_for(row))
            return "\n".join((title, *more)) if self.compact else title
        if column == RESULT:
            return result_text(row.result, row.score) if row.result else result_name("not-scored")
        return waits_for(row)


def waits_for(row: Waiting) -> str:
    """What is to be done about an attempt."""
    if not row.waits:
        return _("Reviewed")
    parts = [_("Disagreement")] if row.dispute is Dispute.OPEN else []
    if row.unclear:
        parts.append(n_("{n} to decide", "{n} to decide", row.unclear).format(n=row.unclear))
    return ", ".join(parts) or _("To be read")


class QueueTable(RowTable):
    """One row is chosen; Enter or a double click opens it."""

    asked = Signal()
    """Open the chosen row."""

    def __init__(self, model: QueueModel) -> None:
        super().__init__(_("Attempts to review"), model, chips=(RESULT,))
        self._model = model
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.horizontalHeader().sectionResized.connect(self.resizeRowsToContents)
        self.doubleClicked.connect(self._on_double)

    def fit(self) -> None:
        """Columns as wide as they need, the scenario takes the rest."""
        header = self.horizontalHeader()
        for column in (DATE, PERSON, RESULT, WAITS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SCENARIO, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(current_look().px(60))
        self.setMinimumHeight(current_look().px(300))
        self._fold(self.viewport().width())
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold(event.size().width())
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def _fold(self, width: int) -> None:
        """In a narrow table two columns say what five say in a wide one."""
        self._model.compact = width < current_look().px(WIDE)
        for column in (DATE, PERSON, WAITS):
            self.setColumnHidden(column, self._model.compact)

    def _on_double(self, _index: QModelIndex) -> None:
        self.asked.emit()
