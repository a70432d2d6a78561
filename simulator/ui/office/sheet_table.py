"""A table of the office: the very rows that an export writes, as people read them here."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from simulator.records.office.sheets import Sheet
from simulator.records.table import Cell, Kind, words
from simulator.ui.pages.attempts_table import TONE_ROLE, Index
from simulator.ui.pages.row_table import RowTable
from simulator.ui.pages.words import RESULT_TONES, moment_text
from simulator.ui.theme import current_look
from simulator.wording import _

SORT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
TONES: Final[Mapping[Kind, Mapping[str, str]]] = MappingProxyType(
    {"result": RESULT_TONES, "readiness": {"ready": "good", "nearly": "warning", "not-yet": "bad"}}
)
"""The kinds of cells that are shown as chips, and their tones."""
_NOWHERE = QModelIndex()
_WIDEST: Final = 190
"""Of a column at 100 %, in pixels: longer words fold."""
_NUMBERS: Final = ("number", "share")


def shown(kind: Kind, cell: Cell) -> str:
    """A cell as it is read here: shares in per cent, moments on this computer's clock, nothing as a dash."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, datetime):
        return moment_text(cell)
    if kind == "share" and isinstance(cell, float | int):
        return f"{round(cell * 100)} %"
    if isinstance(cell, float):
        return QLocale(QLocale.Language.Spanish).toString(cell, "f", 1)
    said = words(kind).get(cell, str(cell))
    return said[:1].upper() + said[1:] if kind in TONES else said


class SheetModel(QAbstractTableModel):
    """The rows of one sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet = Sheet("", (), ())

    def put(self, sheet: Sheet) -> None:
        """Shows a sheet in place of the last one."""
        self.beginResetModel()
        self._sheet = sheet
        self.endResetModel()

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._sheet.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._sheet.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._sheet.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _("Begun") if column.kind == "moment" else _(column.title)  # here: not in UTC
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column.kind)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, cell = self._sheet.columns[index.column()], self._sheet.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(column.kind, cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)}: {shown(column.kind, cell)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column.kind)
        if role == TONE_ROLE:
            return TONES.get(column.kind, {}).get(str(cell), "neutral")
        if role == SORT_ROLE:
            return _rank(cell)
        if role == KEY_ROLE:
            return self._sheet.keys[index.row()] if self._sheet.keys else ""
        return None


def _side(kind: Kind) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if kind in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _rank(cell: Cell) -> Any:
    """What a cell is sorted by: what is missing comes before all others."""
    if isinstance(cell, datetime):
        return cell.timestamp()
    if isinstance(cell, str):
        return cell.casefold()
    return -1.0 if cell is None else float(cell)


class SheetTable(RowTable):
    """A sheet that sorts; a row is chosen. Enter or a double click asks about it."""

    asked = Signal(str)
    """The key of the row."""

    def __init__(self, said: str) -> None:
        self.model_ = SheetModel()
        self._sorted = QSortFilterProxyModel()
        self._sorted.setSourceModel(self.model_)
        self._sorted.setSortRole(SORT_ROLE)
        super().__init__(said, self._sorted)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSortingEnabled(True)
        self._sorted.sort(-1)  # as the rows come, until a heading is clicked
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._ask)

    def put(self, sheet: Sheet) -> None:
        """Shows a sheet."""
        self.model_.put(sheet)
        for place, column in enumerate(sheet.columns):
            self.paint_chips(place, column.kind in TONES)
        self.fit()
        if sheet.rows:
            self.setCurrentIndex(self.model().index(0, 0))

    def key(self) -> str:
        """The key of the chosen row, "" while none is."""
        return str(self.currentIndex().data(KEY_ROLE) or "")

    def fit(self) -> None:
        """Columns as wide as what they show; rows of one height, so that thousands cost nothing."""
        look = current_look()
        self.setMinimumHeight(look.px(340))
        self.verticalHeader().setDefaultSectionSize(look.px(52))
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(60)
        self.resizeColumnsToContents()
        for place in range(header.count()):
            self.setColumnWidth(place, min(header.sectionSize(place), look.px(_WIDEST)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self.key():
            self.asked.emit(self.key())
