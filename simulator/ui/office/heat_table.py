"""The heat map as a table: each cell says its share and of how many, and is coloured besides."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from simulator.records.office.heat import Count, Heat
from simulator.records.office.sheets import cohort_name
from simulator.ui.pages.attempts_table import TONE_ROLE, Index
from simulator.ui.theme import current_look
from simulator.wording import _, n_

GOOD_FROM, FAIR_FROM = 0.8, 0.6
"""The shares from which a cell is good, and from which it is neither good nor bad."""
_NOWHERE = QModelIndex()
_TITLES: Final = 230
"""Width of the checkpoints' titles at 100 %, and at most so much of the table's:"""
_MOST: Final = 0.45
_CELL: Final = 112
"""Width of a cell at 100 %."""


def week_name(monday: date) -> str:
    """A week as a heading: «4 may»."""
    month = QLocale(QLocale.Language.Spanish).monthName(monday.month, QLocale.FormatType.ShortFormat).rstrip(".")
    return f"{monday.day} {month}"


def group_heading(name: str | date) -> str:
    """A column as its heading says it."""
    return week_name(name) if isinstance(name, date) else cohort_name(name)


def tone_of(count: Count) -> str:
    """The tone of a cell; neutral where nothing was decided."""
    if count.share is None:
        return "neutral"
    return "good" if count.share >= GOOD_FROM else "warning" if count.share >= FAIR_FROM else "bad"


def cell_text(count: Count) -> str:
    """What a cell says: the share, of how many, how many are left to decide."""
    if not count.decided and not count.unclear:
        return "–"
    share = "–" if count.share is None else f"{round(count.share * 100)} %"
    unclear = f" · ? {count.unclear}" if count.unclear else ""
    return f"{share}\nn {count.decided}{unclear}"


def spoken(count: Count) -> str:
    """The same as a sentence."""
    decided = n_("{n} decided", "{n} decided", count.decided).format(n=count.decided)
    share = _("nothing decided") if count.share is None else f"{round(count.share * 100)} %, {decided}"
    unclear = n_("{n} left to decide", "{n} left to decide", count.unclear).format(n=count.unclear)
    return f"{share}, {unclear}" if count.unclear else share


class HeatModel(QAbstractTableModel):
    """Checkpoints by groups; the first column is all groups together."""

    def __init__(self) -> None:
        super().__init__()
        self.heat = Heat((), (), {})

    def put(self, heat: Heat) -> None:
        """Shows a map."""
        self.beginResetModel()
        self.heat = heat
        self.endResetModel()

    def count_at(self, row: int, column: int) -> Count:
        """What a cell counts."""
        checkpoint = self.heat.rows[row][0]
        return (
            self.heat.total(checkpoint) if column == 0 else self.heat.of(checkpoint, self.heat.columns[column - 1][0])
        )

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heat.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heat.columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if orientation is Qt.Orientation.Vertical:
                return self.heat.rows[section][1]
            return _("All") if section == 0 else group_heading(self.heat.columns[section - 1][1])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        count = self.count_at(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(count)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            title = self.headerData(index.row(), Qt.Orientation.Vertical)
            return f"{title}; {self.headerData(index.column(), Qt.Orientation.Horizontal)}: {spoken(count)}"
        if role == TONE_ROLE:
            return tone_of(count)
        return None


class _Cells(QStyledItemDelegate):
    """Paints the tone behind the words; the chosen cell has a frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, tone = current_look(), str(index.data(TONE_ROLE))
        area = option.rect.adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken" if tone == "neutral" else f"{tone}-soft"))
        painter.drawRoundedRect(area, 6, 6)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6)
        share, _newline, rest = str(index.data()).partition("\n")
        font = option.font
        font.setPixelSize(look.px(14))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(look.colour("muted" if tone == "neutral" else tone))
        upper = QRect(area.left(), area.top(), area.width(), area.height() * 55 // 100) if rest else area
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, share)
        if rest:
            font.setPixelSize(look.px(12))
            font.setBold(False)
            painter.setFont(font)
            painter.setPen(look.colour("text"))
            lower = QRect(area.left(), upper.bottom(), area.width(), area.height() - upper.height())
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, rest)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        look = current_look()
        return QSize(look.px(96), look.px(52))


class HeatTable(QTableView):
    """The map; arrows go from cell to cell, Enter or a double click asks about one."""

    asked = Signal(str, str)
    """Checkpoint, and key of the group ("*": of all of them)."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("heatTable")
        self.setAccessibleName(_("How often each checkpoint was met"))
        self.model_ = HeatModel()
        self.setModel(self.model_)
        self.setItemDelegate(_Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        wraps = Qt.AlignmentFlag(int(Qt.TextFlag.TextWordWrap))
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | wraps)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | wraps)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.doubleClicked.connect(self._ask)

    def put(self, heat: Heat) -> None:
        """Shows a map."""
        self.model_.put(heat)
        self.fit()
        if heat.rows:
            self.setCurrentIndex(self.model_.index(0, 0))

    def fit(self) -> None:
        """Cells and headings as the size of text needs them."""
        look = current_look()
        self.setMinimumHeight(look.px(360))
        self.horizontalHeader().setDefaultSectionSize(look.px(_CELL))
        groups = (group_heading(name) for _key, name in self.model_.heat.columns)
        highest = max((self._high(name, look.px(_CELL)) for name in groups), default=0)
        self.horizontalHeader().setFixedHeight(max(look.px(40), highest))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold()
        super().resizeEvent(event)

    def _fold(self) -> None:
        """The titles of the checkpoints take their share of the width, and each row is as high as its title."""
        look = current_look()
        width = min(look.px(_TITLES), round(self.width() * _MOST))
        self.verticalHeader().setFixedWidth(width)
        for row, (_checkpoint, title) in enumerate(self.model_.heat.rows):
            self.setRowHeight(row, max(look.px(54), self._high(title, width)))

    def _high(self, text: str, width: int) -> int:
        """How high a heading is in that width, with the room around it."""
        font = QFont(self.font())
        font.setPixelSize(current_look().px(14))
        font.setBold(True)
        room = QRect(0, 0, max(1, width - 20), 10_000)
        return QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + current_look().px(16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        at, heat = self.currentIndex(), self.model_.heat
        if at.isValid():
            group = "*" if at.column() == 0 else heat.columns[at.column() - 1][0]
            self.asked.emit(heat.rows[at.row()][0], group)
