"""The end-of-shift summary: figures over all contacts, how the time was spent, and one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from simulator.scoring.card import Outcome, Shift, ShiftContact
from simulator.scoring.shift_words import outcome_text, shift_figures, shift_states, span_text
from simulator.ui.pages.layouts import CardGrid
from simulator.ui.theme import current_look
from simulator.ui.widgets import card, label
from simulator.wording import _

LEAST_PX = 170
"""Least width of a figure at 100 %."""


class ShiftSummary(QWidget):
    """Read only; everything in it is text."""

    def __init__(self, shift: Shift, outcomes: Sequence[Outcome], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shiftSummary")
        self.setAccessibleName(_("Summary of the shift"))
        figures = CardGrid(least=LEAST_PX, gap=10)
        for name, value in shift_figures(shift):
            figures.add(_figure(name, value))
        spent = " · ".join(f"{name} {time}" for name, time in shift_states(shift))
        self.spent = label(_("Scheduled time: {spent}").format(spent=spent), "muted", wrap=True)
        self.table = _table(shift.contacts, outcomes)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(figures)
        column.addWidget(self.spent)
        column.addWidget(self.table)

    def cell(self, row: int, column: int) -> str:
        """What the table says of a contact."""
        item = self.table.item(row, column)
        return "" if item is None else item.text()


def _figure(name: str, value: str) -> QWidget:
    frame, inside = card()
    inside.setContentsMargins(12, 8, 12, 8)
    inside.setSpacing(2)
    inside.addWidget(label(value, "fieldLabel", wrap=True))
    inside.addWidget(label(name, "muted", wrap=True))
    frame.setAccessibleName(f"{name}: {value}")
    return frame


def _table(contacts: Sequence[ShiftContact], outcomes: Sequence[Outcome]) -> QTableWidget:
    headings = [_("Customer"), _("Outcome"), _("Score"), _("Waited"), _("Attended"), _("After-call work")]
    table = QTableWidget(len(contacts), len(headings))
    table.setObjectName("moodTable")
    table.setAccessibleName(_("Contacts of the shift"))
    table.setHorizontalHeaderLabels(headings)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setWordWrap(True)
    for row, (own, outcome) in enumerate(zip(contacts, outcomes, strict=True)):
        came = own.outcome != "not-come"
        handled = own.outcome == "handled"
        ended = outcome_text(own) + (f" · {outcome.end_title}" if outcome.end_title else "")
        values = [
            outcome.customer,
            ended,
            "—" if own.score is None else str(own.score),
            span_text(own.waited_ms) if came else "—",
            span_text(own.handled_ms) if handled else "—",
            span_text(own.after_call_ms) if handled else "—",
        ]
        for column, value in enumerate(values):
            item = QTableWidgetItem(value)
            item.setToolTip(value)
            if column > 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.setMinimumHeight(current_look().px(40) * (len(contacts) + 1))
    return table
