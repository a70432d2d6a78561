"""The finished attempts as a table: a model that sorts, and chips painted in it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from simulator.ui.pages.words import RESULT_TONES, moment_text, result_name, result_text
from simulator.ui.services import AttemptRow
from simulator.ui.theme import current_look
from simulator.wording import _

Index = QModelIndex | QPersistentModelIndex

DATE, SCENARIO, NUMBER, SCORE, RESULT = range(5)
SIDE = 13
"""Pixels between the edge of a cell and its text: the sheet's padding and Qt's own margin."""
TONE_ROLE = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()


class AttemptsModel(QAbstractTableModel):
    """Rows of attempts; newest first until a header is clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[AttemptRow] = []
        self._order = (DATE, Qt.SortOrder.DescendingOrder)
        self.compact = False
        """Whether the scenario's cell also says when and which attempt, and the result's the score."""

    def put(self, rows: Sequence[AttemptRow]) -> None:
        """Shows these rows, in the order chosen last."""
        self.beginResetModel()
        self._rows = list(rows)
        self._arrange()
        self.endResetModel()

    def attempt(self, row: int) -> AttemptRow:
        """The attempt of a row. Errors: IndexError."""
        return self._rows[row]

    def row_of(self, attempt: str) -> int | None:
        """Where an attempt stands, None when it is not here."""
        return next((place for place, row in enumerate(self._rows) if row.id == attempt), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Date"), _("Practice"), _("Attempt"), _("Score"), _("Result"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _compact(row, column) if self.compact else _cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {_cell(row, column)}"
        if role == TONE_ROLE:
            return RESULT_TONES.get(row.result or "", "neutral")
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(index, self._rows[index.row()].id) for index in before]
        self._order = (column, order)
        self._arrange()
        places = {row.id: place for place, row in enumerate(self._rows)}
        for index, id in held:
            self.changePersistentIndex(index, self.index(places[id], index.column()))
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        column, order = self._order
        self._rows.sort(key=lambda row: row.started, reverse=True)
        self._rows.sort(key=lambda row: _rank(row, column), reverse=order is Qt.SortOrder.DescendingOrder)


def _cell(row: AttemptRow, column: int) -> str:
    match column:
        case 0:
            return moment_text(row.started)
        case 1:
            if row.exam:
                return f"{row.title}\n{_('Exam')}"
            if row.submitted:
                return f"{row.title}\n{_('Submitted')}"
            return f"{row.title}\n{_('From a moment of another attempt')}" if row.forked else row.title
        case 2:
            return _("{number} of {total}").format(number=row.number, total=row.total)
        case 3:
            return "–" if row.score is None else str(row.score)
        case _:
            return result_name(row.result) if row.result else _("Not finished")


def _compact(row: AttemptRow, column: int) -> str:
    if column == SCENARIO:
        return f"{_cell(row, SCENARIO)}\n{_cell(row, DATE)} · {_cell(row, NUMBER)}"
    if column == RESULT and row.result:
        return result_text(row.result, row.score)
    return _cell(row, column)


def _rank(row: AttemptRow, column: int) -> tuple[Any, ...]:
    match column:
        case 0:
            return (row.started,)
        case 1:
            return (row.title.casefold(),)
        case 2:
            return (row.number, row.total)
        case 3:
            return (-1 if row.score is None else row.score,)
        case _:
            return (result_name(row.result) if row.result else "",)


class RowDelegate(QStyledItemDelegate):
    """Gives rows room to breathe."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        # Qt forgets the sheet's padding when it folds text: count its lines in the width that is left to them.
        text, room = str(index.data()), QRect(0, 0, max(1, option.rect.width() - 2 * SIDE), 10_000)
        folded = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QSize(hint.width() + 12, folded.height() + current_look().px(22))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        # The row as a whole is what is chosen: no dotted frame around one of its cells.
        option.state &= ~QStyle.StateFlag.State_HasFocus


class ChipDelegate(RowDelegate):
    """The result as a chip, as the cards of the library show it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + current_look().px(24), hint.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        text = own.text
        own.text = ""
        own.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        look = current_look()
        tone = str(index.data(TONE_ROLE))
        font = own.font
        font.setPixelSize(look.px(12))
        font.setBold(True)
        metrics = QFontMetrics(font)
        area = own.rect
        height = metrics.height() + look.px(6)
        width = min(metrics.horizontalAdvance(text) + look.px(20), area.width() - 12)
        chip = QRectF(area.left() + 11, area.center().y() - height / 2 + 1, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("sunken" if tone == "neutral" else f"{tone}-soft"))
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setPen(look.colour("muted" if tone == "neutral" else tone))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
