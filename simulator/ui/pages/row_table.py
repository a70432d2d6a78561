"""A table of whole rows, as all lists of attempts and figures look."""

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView

from simulator.ui.pages.attempts_table import ChipDelegate, RowDelegate


class RowTable(QTableView):
    """One row is chosen and nothing is edited; rows are not numbered. `said`: what it is for who hears it; `chips`: the
    columns whose cells are painted as chips."""

    def __init__(self, said: str, model: QAbstractItemModel, chips: Iterable[int] = ()) -> None:
        super().__init__()
        self.setObjectName("attemptsTable")
        self.setAccessibleName(said)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self._rows, self._chips = RowDelegate(self), ChipDelegate(self)
        self.setItemDelegate(self._rows)
        for column in chips:
            self.paint_chips(column)

    def paint_chips(self, column: int, chips: bool = True) -> None:
        """Paints the cells of a column as chips, or as the others."""
        self.setItemDelegateForColumn(column, self._chips if chips else self._rows)
