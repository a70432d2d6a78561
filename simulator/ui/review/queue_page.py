"""The reviewers' queue: what was handed over, open disagreements first, then what the program left undecided."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout

from simulator.records.review import Dispute
from simulator.records.reviews import Waiting
from simulator.ui.pages.layouts import Wrapping
from simulator.ui.review.queue_table import QueueModel, QueueTable
from simulator.ui.widgets import Page, button, clear, empty_state, label, loading_state, push_button
from simulator.wording import _

MOST = 500
"""So many rows are shown: the most pressing ones, which nobody reviews in one day."""

Filter = Literal["waiting", "disputed", "unclear", "done"]


def passes(which: Filter, row: Waiting) -> bool:
    """Whether a filter shows an attempt."""
    match which:
        case "waiting":
            return row.waits
        case "disputed":
            return row.dispute is Dispute.OPEN
        case "unclear":
            return row.waits and row.unclear > 0
        case "done":
            return not row.waits


class QueuePage(Page):
    """The list; it knows nothing of the store."""

    opened = Signal(str)
    """The id of an attempt to review."""
    rescore = Signal()
    """Mark all of them anew by the rules of this program."""

    def __init__(self) -> None:
        super().__init__(
            _("Reviews"), lead=_("Attempts that were submitted, and exams. What waits for a person comes first.")
        )
        self._all: list[Waiting] = []
        self._which: Filter = "waiting"
        self.filters: dict[Filter, QPushButton] = {}
        group, chips = QButtonGroup(self), Wrapping(gap=8)
        for which in ("waiting", "disputed", "unclear", "done"):
            made = push_button()
            made.setProperty("kind", "chip")
            made.setCheckable(True)
            made.clicked.connect(self._on_filter)
            group.addButton(made)
            chips.add(made)
            self.filters[which] = made
        self.content.addWidget(chips)
        self.model = QueueModel()
        self.table = QueueTable(self.model)
        self.table.asked.connect(self._on_open)
        self.table.hide()
        self.content.addWidget(self.table, 1)
        self._cut = label("", "muted", wrap=True)
        self._cut.hide()
        self.content.addWidget(self._cut)
        self._none = QVBoxLayout()
        self._none.addWidget(loading_state())
        self.content.addLayout(self._none)
        self.open_button = button(_("Review"), "primary", "chart", about=_("Review this attempt"))
        self.open_button.clicked.connect(self._on_open)
        about = _("Mark all of them by the rules of this version of the program; the results that they have stay")
        self.rescore_button = button(_("Mark all anew"), None, "retry", about=about)
        self.rescore_button.clicked.connect(self.rescore)
        self.content.addWidget(Wrapping(self.open_button, self.rescore_button, gap=10))
        self.content.addStretch(0)
        self.show_queue(())
        clear(self._none)
        self._none.addWidget(loading_state())

    def show_queue(self, rows: Sequence[Waiting]) -> None:
        """Shows the queue as it is now; the filter and the chosen row stay."""
        self._all = list(rows)
        words: dict[Filter, str] = {
            "waiting": _("To review ({n})"),
            "disputed": _("Disagreements ({n})"),
            "unclear": _("Undecided marks ({n})"),
            "done": _("Reviewed ({n})"),
        }
        for which, made in self.filters.items():
            made.setText(words[which].format(n=sum(passes(which, row) for row in rows)))
            made.setAccessibleName(made.text())
        self.show_only(self._which)

    def show_only(self, which: Filter) -> None:
        """Shows the attempts that pass a filter."""
        chosen = self.chosen()
        self._which = which
        self.filters[which].setChecked(True)
        passing = [row for row in self._all if passes(which, row)]
        shown = passing[:MOST]
        self._cut.setVisible(len(passing) > MOST)
        self._cut.setText(_("The first {shown} of {all} are shown.").format(shown=MOST, all=len(passing)))
        self.model.put(shown)
        self.table.setVisible(bool(shown))
        self.table.fit()
        clear(self._none)
        if shown:
            ids = [row.attempt for row in shown]
            self.table.selectRow(ids.index(chosen) if chosen in ids else 0)
        else:
            text = _("When somebody submits an attempt or sits an exam, it appears.")
            self._none.addWidget(empty_state("check-circle", _("Nothing here"), text))
            self._none.addStretch(1)
        self.open_button.setEnabled(bool(shown))
        self.rescore_button.setEnabled(bool(self._all))

    def chosen(self) -> str:
        """The id of the chosen attempt, "" while none is."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.waiting(rows[0].row()).attempt if rows else ""

    def refresh_icons(self) -> None:
        super().refresh_icons()
        self.table.fit()

    @Slot()
    def _on_filter(self) -> None:
        self.show_only(next(which for which, made in self.filters.items() if made is self.sender()))

    @Slot()
    def _on_open(self) -> None:
        if self.chosen():
            self.opened.emit(self.chosen())
