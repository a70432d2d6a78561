"""The sections of the office: each shows one answer, and gives it as the sheet that is exported."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.records.office.figures import Person, Step, Totals
from simulator.records.office.heat import By, Heat
from simulator.records.office.lists import Page as Listing
from simulator.records.office.lists import Queue
from simulator.records.office.sheets import (
    Sheet,
    cohort_name,
    heat_sheet,
    list_sheet,
    progress_sheet,
    readiness_sheet,
    totals_sheet,
)
from simulator.ui.lines_plot import Line, LinesPlot
from simulator.ui.office.filters import Choice as Combo
from simulator.ui.office.heat_table import HeatTable
from simulator.ui.office.sheet_table import SheetTable, shown
from simulator.ui.pages.layouts import CardGrid, Wrapping
from simulator.ui.pages.pieces import Choice
from simulator.ui.pages.words import result_name
from simulator.ui.widgets import button, card, clear, empty_state, label
from simulator.wording import _, n_

LISTED: Final = 500
"""Rows of a list in the window; an export has them all."""


class Section(QWidget):
    """A part of the page: words about it, what it shows, and below «Export…». Where there is nothing, that is said."""

    export_asked = Signal()

    def __init__(self, about: str) -> None:
        super().__init__()
        self.sheet = Sheet("", (), ())
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(12)
        self.inside.addWidget(label(about, "muted", wrap=True))
        self.body = QWidget()
        self.parts = QVBoxLayout(self.body)
        self.parts.setContentsMargins(0, 0, 0, 0)
        self.parts.setSpacing(12)
        self.export_button = button(_("Export…"), None, "download", about=_("Export what this shows (CSV or Excel)"))
        self.export_button.clicked.connect(self.export_asked)
        self._none = QVBoxLayout()
        self.inside.addLayout(self._none)
        self.inside.addWidget(self.body, 1)
        self.foot = Wrapping(self.export_button, gap=10)
        self.inside.addWidget(self.foot)
        self.inside.addStretch(0)

    def put_sheet(self, sheet: Sheet) -> None:
        """What is shown now."""
        self.sheet = sheet
        there = bool(sheet.rows)
        clear(self._none)
        if not there:
            text = _("No result fits these filters. Clear some of them.")
            self._none.addWidget(empty_state("search", _("Nothing fits"), text))
        self.body.setVisible(there)
        self.export_button.setEnabled(there)

    def refresh(self) -> None:
        """Draws anew what depends on the look."""


class Overview(Section):
    """How much there is, and how it went."""

    list_asked = Signal(str)
    """One of the queues."""

    def __init__(self) -> None:
        super().__init__(_("What was handed over, and how it went."))
        self.cards = CardGrid(180, 12)
        self.results = label("", wrap=True)
        self.below_button = button("")
        self.below_button.clicked.connect(self._on_below)
        self.unreviewed_button = button("")
        self.unreviewed_button.clicked.connect(self._on_unreviewed)
        self.parts.addWidget(self.cards)
        self.parts.addWidget(self.results)
        self.parts.addWidget(Wrapping(self.below_button, self.unreviewed_button, gap=10))
        self.parts.addStretch(1)

    def put(self, found: Totals, below: int, unreviewed: int) -> None:
        """Shows the totals, and how long the queues are."""
        self.put_sheet(totals_sheet(found) if found.attempts else Sheet(_("Overview"), (), ()))
        clear(self.cards.cells)
        for title, text in (
            (_("Attempts"), str(found.attempts)),
            (_("People"), str(found.people)),
            (_("Practices"), str(found.scenarios)),
            (_("Mean score"), shown("number", found.mean)),
            (_("Passed"), shown("share", found.pass_rate)),
            (_("Marks left to decide"), _("{n} of {total}").format(n=found.unclear, total=found.marks)),
        ):
            frame, inside = card()
            inside.setContentsMargins(16, 12, 16, 12)
            inside.addWidget(label(text, "title", wrap=True))
            inside.addWidget(label(title, "small", wrap=True))
            self.cards.add(frame)
        said = (f"{result_name(code)}: {number}" for code, number in sorted(found.results.items()))
        self.results.setText(" · ".join(said))
        self.below_button.setText(_("Below the pass mark: {n}").format(n=below))
        self.unreviewed_button.setText(_("Not reviewed: {n}").format(n=unreviewed))
        for made in (self.below_button, self.unreviewed_button):
            made.setAccessibleName(made.text())

    def _on_below(self) -> None:
        self.list_asked.emit("below")

    def _on_unreviewed(self) -> None:
        self.list_asked.emit("unreviewed")


class HeatSection(Section):
    """Which checkpoint is met, where."""

    grouped = Signal()
    """By something else."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "How often each checkpoint was met, of the times that it was met or missed (n); {sign}: left to a "
                "person. The weakest comes first. Enter or a double click narrows the filters to a cell."
            ).format(sign="«?»")
        )
        self.by = Choice(
            [
                ("cohort", _("By cohort"), ""),
                ("scenario", _("By practice"), ""),
                ("week", _("By week"), ""),
            ]
        )
        self.by.put("cohort")
        self.by.chosen.connect(self.grouped)
        self.table = HeatTable()
        self.parts.addWidget(self.by)
        self.parts.addWidget(self.table, 1)

    @property
    def group(self) -> By:
        """What the columns are."""
        value = self.by.value
        return "scenario" if value == "scenario" else "week" if value == "week" else "cohort"

    def put(self, found: Heat) -> None:
        """Shows a map."""
        self.put_sheet(heat_sheet(found))
        self.table.put(found)

    def refresh(self) -> None:
        self.table.fit()


class ProgressSection(Section):
    """Whether practising helps: the mean of first, second, third attempts."""

    def __init__(self) -> None:
        super().__init__(
            _("The mean score of people's first, second, third … attempts at the same practice, by cohort.")
        )
        self.plot = LinesPlot(_("Mean score by number of attempt"), _("Attempt"))
        self.table = SheetTable(_("Progress as a table"))
        frame, inside = card()
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.plot)
        self.parts.addWidget(frame)
        self.parts.addWidget(self.table, 1)

    def put(self, found: Sequence[Step]) -> None:
        """Shows the steps."""
        self.put_sheet(progress_sheet(found))
        points: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for step in found:
            if step.mean is not None:
                points[cohort_name(step.name)].append((step.number, step.mean))
        self.plot.put([Line(name, tuple(own)) for name, own in points.items()])
        self.table.put(self.sheet)

    def refresh(self) -> None:
        self.plot.restyle()
        self.table.fit()


class ReadinessSection(Section):
    """Who is ready."""

    person_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            _(
                "Ready: the last attempt passed. Nearly: an earlier one passed, or the last was at most ten points "
                "below the pass mark. In all: as where it is least. Enter or a double click narrows to that person."
            )
        )
        self.count = label("", "heading", wrap=True)
        self.table = SheetTable(_("Readiness of people"))
        self.table.asked.connect(self.person_asked)
        self.parts.addWidget(self.count)
        self.parts.addWidget(self.table, 1)

    def put(self, found: Sequence[Person], *, names: bool) -> None:
        """Shows everybody."""
        self.put_sheet(readiness_sheet(found, names=names))
        numbers = {code: sum(person.readiness == code for person in found) for code in ("ready", "nearly", "not-yet")}
        self.count.setText(
            _("Ready: {ready} · nearly: {nearly} · not yet: {not_yet}").format(
                ready=numbers["ready"], nearly=numbers["nearly"], not_yet=numbers["not-yet"]
            )
        )
        self.table.put(self.sheet)

    def refresh(self) -> None:
        self.table.fit()


class ListSection(Section):
    """The attempts themselves, and who waits for what."""

    changed = Signal()
    """Another queue, or another threshold."""
    opened = Signal(str)
    results_asked = Signal()
    """The attempts themselves are to be written to a file, with all their marks."""
    certificate_asked = Signal(str)
    """A certificate of a passed attempt is to be written."""

    def __init__(self) -> None:
        super().__init__(
            _("The attempts that fit. Below: the last one of each person at a practice, where it fell short.")
        )
        self._passed: set[str] = set()
        self.queues = Choice(
            [
                ("below", _("Below the threshold"), ""),
                ("unreviewed", _("Not reviewed"), ""),
                ("all", _("All attempts"), ""),
            ]
        )
        self.queues.put("below")
        self.queues.chosen.connect(self._on_queue)
        self.threshold = Combo(_("Threshold of the score"), _("each one's pass mark"))
        self.threshold.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.threshold.offer([(str(points), str(points)) for points in range(50, 101, 5)])
        self.threshold.activated.connect(self.changed)
        self.count = label("", "heading", wrap=True)
        self.table = SheetTable(_("Attempts"))
        self.table.asked.connect(self.opened)
        self.open_button = button(_("Open"), "primary", "chart", about=_("Open this attempt"))
        self.open_button.clicked.connect(self._on_open)
        self.results_button = button(
            _("Export the attempts…"),
            None,
            "download",
            about=_("Export these attempts with all their marks: Excel, CSV, a report (PDF), signed results or xAPI"),
        )
        self.results_button.clicked.connect(self.results_asked)
        self.certificate_button = button(
            _("Certificate…"), None, "flag", about=_("Write a certificate of this attempt, which was passed (PDF)")
        )
        self.certificate_button.clicked.connect(self._on_certificate)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        for made in (self.open_button, self.results_button, self.certificate_button):
            self.foot.add(made)
        self.parts.addWidget(self.count)
        self.parts.addWidget(self.table, 1)
        self.inside.insertWidget(1, Wrapping(self.queues, self.threshold, gap=12))

    @property
    def queue(self) -> Queue:
        """Which list."""
        value = self.queues.value
        return "below" if value == "below" else "all" if value == "all" else "unreviewed"

    @property
    def least(self) -> int | None:
        """The threshold; None: the pass mark of each."""
        return None if self.threshold.value is None else int(self.threshold.value)

    def choose(self, queue: str) -> None:
        """Shows that queue."""
        self.queues.put(queue)
        self._on_queue()

    def put(self, found: Listing, *, names: bool) -> None:
        """Shows the first of them."""
        self.put_sheet(list_sheet(self.queues.buttons[self.queue].text(), found.rows, names=names))
        said = n_("{n} attempt", "{n} attempts", found.total).format(n=found.total)
        if found.total > len(found.rows):
            more = _("{all}; the first {n} are shown, an export has them all")
            said = more.format(all=said, n=len(found.rows))
        self.count.setText(said)
        self.open_button.setEnabled(bool(found.rows))
        self.results_button.setEnabled(bool(found.rows))
        self._passed = {one.attempt for one in found.rows if one.result == "passed"}
        self.table.put(self.sheet)
        self._on_row()

    def refresh(self) -> None:
        self.table.fit()

    def _on_queue(self) -> None:
        self.threshold.setVisible(self.queue == "below")
        self.changed.emit()

    def _on_open(self) -> None:
        if self.table.key():
            self.opened.emit(self.table.key())

    def _on_row(self) -> None:
        self.certificate_button.setEnabled(self.table.key() in self._passed)

    def _on_certificate(self) -> None:
        if self.table.key() in self._passed:
            self.certificate_asked.emit(self.table.key())
