"""The office's room: its page in the window, its questions on the worker, its files."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from simulator import paths, settings
from simulator.ui.file_dialog import save_dialog
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.office.page import DESK, OfficePage
from simulator.ui.office.sections import LISTED
from simulator.ui.tasks import Tasks
from simulator.wording import _, mark

if TYPE_CHECKING:
    from simulator.records.accounts import Reviewer
    from simulator.records.office.desk import Office
    from simulator.records.office.sheets import Sheet
    from simulator.records.store import Records
    from simulator.records.workshop import Workshop

PAGE = "office"

RESULTS = {
    ".xlsx": (mark("Excel workbook"), "xlsx"),
    ".csv": (mark("CSV, a row per mark"), "csv"),
    ".pdf": (mark("Report to read or print (PDF)"), "pdf"),
    ".jsonl": (mark("Signed results for another desk"), "jsonl"),
    ".json": (mark("xAPI statements"), "xapi"),
}
"""In which formats attempts are written, by the ending of the file's name."""

T = TypeVar("T")


class OfficeRoom(QObject):
    """Owns the page `office`."""

    opened = Signal(str)
    """The id of an attempt that is to be looked at."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._workshop: Workshop | None = None
        self._reviewer: Reviewer | None = None
        self._asked = 0
        self.dialog: QFileDialog | None = None
        """Where to write, while it is asked."""

    def show(self, workshop: "Workshop", reviewer: "Reviewer | None") -> None:
        """Shows the page to who is signed in; None: to a desk without accounts, where everybody may do all."""
        from simulator.records.accounts import MAY, Right

        changed = self._reviewer is not reviewer
        self._workshop, self._reviewer = workshop, reviewer
        page = self._window.page(PAGE)
        if not isinstance(page, OfficePage) or changed:
            page = OfficePage(cohorts=reviewer is None or Right.COHORTS in MAY[reviewer.role])
            page.asked.connect(self._ask)
            page.export_asked.connect(self._on_export)
            page.opened.connect(self._on_opened)
            page.list.results_asked.connect(self._on_results_asked)
            page.list.certificate_asked.connect(self._on_certificate_asked)
            page.source_changed.connect(self._begin)
            page.cohorts.created.connect(self._on_created)
            page.cohorts.renamed.connect(self._on_renamed)
            page.cohorts.deleted.connect(self._on_deleted)
            page.cohorts.moved.connect(self._on_moved)
            self._window.put_page(PAGE, page)
        self._window.show_page(PAGE)
        self._begin()

    @property
    def page(self) -> OfficePage:
        """Its page, which was put."""
        page = self._window.page(PAGE)
        assert isinstance(page, OfficePage)
        return page

    # Asking

    @Slot()
    def _begin(self) -> None:
        """What the filters offer, then the answer of the shown section."""
        self._asked += 1
        mine = self._asked

        def begun(choices: Any) -> None:
            if mine == self._asked:
                self.page.show_choices(choices)
                self._ask()

        self.page.source.setVisible(_has_team())
        self._run(lambda office: office.choices(), begun)

    @Slot(str)
    def _on_opened(self, attempt: str) -> None:
        """An attempt of the team's need not be here."""
        workshop = self._ready()

        def look() -> bool:
            return attempt in set(workshop.store.published())

        def looked(here: bool) -> None:
            if here:
                self.opened.emit(attempt)
            else:
                self._window.notify(
                    _("That attempt is not at this desk. Receive its results to open it here."), "warning"
                )

        self._tasks.run(look, looked, self._on_failure)

    @Slot()
    def _ask(self) -> None:
        """Asks for the shown section; an answer that comes when something else is asked already is dropped."""
        page = self.page
        self._asked += 1
        mine, names, wanted = self._asked, page.filters.names.isChecked(), page.filters.wanted

        def answered(show: Callable[[Any], None], found: Any) -> None:
            if mine == self._asked:
                show(found)

        match page.section:
            case "overview":
                self._run(
                    lambda office: (
                        office.totals(wanted),
                        office.listed(wanted, "below", limit=1).total,
                        office.listed(wanted, "unreviewed", limit=1).total,
                    ),
                    partial(answered, lambda found: page.overview.put(*found)),
                )
            case "heat":
                by = page.heat.group
                self._run(lambda office: office.heat(wanted, by), partial(answered, page.heat.put))
            case "progress":
                self._run(lambda office: office.progress(wanted), partial(answered, page.progress.put))
            case "readiness":
                show = partial(page.readiness.put, names=names)
                self._run(lambda office: office.readiness(wanted), partial(answered, show))
            case "list":
                queue, least = page.list.queue, page.list.least
                self._run(
                    lambda office: office.listed(wanted, queue, threshold=least, limit=LISTED),
                    partial(answered, partial(page.list.put, names=names)),
                )
            case _:
                self._run(
                    lambda office: (office.cohorts(), office.members()),
                    partial(answered, lambda found: page.cohorts.put(*found)),
                )

    # Cohorts

    @Slot(str)
    def _on_created(self, name: str) -> None:
        self._change(lambda office: office.create_cohort(name))

    @Slot(str, str)
    def _on_renamed(self, cohort: str, name: str) -> None:
        self._change(lambda office: office.rename_cohort(cohort, name))

    @Slot(str)
    def _on_deleted(self, cohort: str) -> None:
        self._change(lambda office: office.delete_cohort(cohort))

    @Slot(list, str)
    def _on_moved(self, people: list[str], cohort: str) -> None:
        self._change(lambda office: office.move(people, cohort or None))

    def _change(self, change: "Callable[[Office], object]") -> None:
        """Changes cohorts; a name that is refused is said where it was written."""
        from simulator.records.accounts import Right

        workshop, reviewer, source = self._ready(), self._reviewer, self.page.source.value

        def do() -> None:
            workshop.store.staff.guard(reviewer, Right.COHORTS)
            with _records(workshop, source) as records:
                change(records.office)

        self._tasks.run(do, lambda _none: self._begin(), lambda error: self.page.cohorts.say(explain(error)))

    # Files

    @Slot(str)
    def _on_export(self, section: str) -> None:
        name = self.page.choice.buttons[section].text()
        kinds = f"CSV (*.csv);;{_('Excel workbook')} (*.xlsx)"
        dialog = self._asking(_("Export…"), f"{name}.csv", kinds)
        dialog.fileSelected.connect(partial(self._export, section, dialog))

    @Slot()
    def _on_results_asked(self) -> None:
        kinds = ";;".join(f"{_(about)} (*{suffix})" for suffix, (about, _format) in RESULTS.items())
        dialog = self._asking(_("Export the attempts"), f"{_('Results')}.xlsx", kinds)
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
        dialog.fileSelected.connect(lambda path: self.export_results(Path(path)))

    @Slot(str)
    def _on_certificate_asked(self, attempt: str) -> None:
        dialog = self._asking(_("Certificate"), f"{_('Certificate')}.pdf", "PDF (*.pdf)")
        dialog.fileSelected.connect(lambda path: self.certify(attempt, Path(path)))

    def _asking(self, title: str, name: str, kinds: str) -> QFileDialog:
        """The question where to write, open."""
        dialog = save_dialog(self._window, title, name, kinds, _suffix(name))
        dialog.finished.connect(self._on_dialog_over)
        self.dialog = dialog
        dialog.open()
        return dialog

    @Slot()
    def _on_dialog_over(self) -> None:
        self.dialog = None

    def _export(self, section: str, dialog: QFileDialog, path: str) -> None:
        workbook = "xlsx" in dialog.selectedNameFilter() or path.endswith(".xlsx")
        self.export_to(section, Path(path).with_suffix(".xlsx") if workbook else Path(path))

    def export_to(self, section: str, path: Path) -> None:
        """Writes what a section shows to a file: a workbook where its name ends so, else CSV."""
        from simulator.records.office.sheets import list_sheet

        page = self.page
        sheet, names, wanted = page.sections[section].sheet, page.filters.names.isChecked(), page.filters.wanted
        queue, least = page.list.queue, page.list.least

        def write(records: "Records") -> None:
            every = sheet
            if section == "list":  # in the window are the first of them only
                rows = records.office.listed(wanted, queue, threshold=least).rows
                every = list_sheet(sheet.name, rows, names=names)
            _write_sheet(every, path)

        self._write(write, path)

    def export_results(self, path: Path) -> None:
        """Writes the attempts of the list to a file, in the format of its ending (`RESULTS`; without one: Excel)."""
        page = self.page
        names, wanted, queue, least = (
            page.filters.names.isChecked(),
            page.filters.wanted,
            page.list.queue,
            page.list.least,
        )
        path = path if path.suffix in RESULTS else Path(f"{path}.xlsx")
        _about, format = RESULTS[path.suffix]

        def write(records: "Records") -> None:
            from simulator.records.exporting import write_results
            from simulator.records.table import Filter
            from simulator.records.whole_file import whole

            listed = {one.attempt for one in records.office.listed(wanted, queue, threshold=least).rows}
            chosen = [attempt for attempt in records.results_table(Filter()) if attempt.id in listed]
            alone = len({attempt.about["person"] for attempt in chosen}) == 1
            cohort = next((attempt.about["cohort"] for attempt in chosen), None) if wanted.cohort else None
            with whole(path) as file:
                write_results(
                    file, format, records, chosen, datetime.now(UTC), names=names, cohort=cohort, one_person=alone
                )

        self._write(write, path)

    def certify(self, attempt: str, path: Path) -> None:
        """Writes the certificate of an attempt that was passed."""
        names = self.page.filters.names.isChecked()

        def write(records: "Records") -> None:
            from simulator.records.exporting import best_passed, write_certificate
            from simulator.records.table import Filter
            from simulator.records.whole_file import whole

            passed = best_passed([one for one in records.results_table(Filter()) if one.id == attempt])
            with whole(path) as file:
                write_certificate(file, records, passed, datetime.now(UTC), names=names)

        self._write(write, path)

    def _write(self, write: "Callable[[Records], None]", path: Path) -> None:
        """Writes a file on the worker, for who may export."""
        from simulator.records.accounts import Right

        workshop, reviewer, source = self._ready(), self._reviewer, self.page.source.value

        def run() -> None:
            workshop.store.staff.guard(reviewer, Right.EXPORT)
            with _records(workshop, source) as records:
                write(records)

        def written(_none: None) -> None:
            self._window.notify(_("Exported: {file}").format(file=path), "good")

        self._tasks.run(run, written, self._on_failure)

    # Slow work

    def _run(self, ask: "Callable[[Office], T]", show: Callable[[T], None]) -> None:
        from simulator.records.accounts import Right

        workshop, reviewer, source = self._ready(), self._reviewer, self.page.source.value

        def answer() -> T:
            workshop.store.staff.guard(reviewer, Right.OFFICE)
            with _records(workshop, source) as records:
                return ask(records.office)

        self._tasks.run(answer, show, self._on_failure)

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")

    def _ready(self) -> "Workshop":
        assert self._workshop is not None, "nothing is asked before the page is shown"
        return self._workshop


def _has_team() -> bool:
    """Whether this desk knows a database of the team."""
    from simulator.records.team.targets import ADDRESS_VARIABLES

    return bool(os.environ.get(ADDRESS_VARIABLES["database"]) or settings.load(_settings()).team)


def _settings() -> Path:
    return paths.user_config() / paths.SETTINGS


@contextmanager
def _records(workshop: "Workshop", source: str) -> "Iterator[Records]":
    """This desk's store, or the team's database while it is asked."""
    if source == DESK:
        yield workshop.store
        return
    from simulator.records.team.database import open_team
    from simulator.records.team.targets import chosen_targets

    targets = chosen_targets(settings.load(_settings()), paths.user_config(), os.environ)
    with open_team(next(target for target in targets if target.kind == "database")) as team:
        yield team


def _suffix(name: str) -> str:
    """The ending of a name, or of a kind of files as the dialog shows it."""
    return name.rstrip(")").rsplit(".", 1)[-1]


def _write_sheet(sheet: "Sheet", path: Path) -> None:
    """The whole file, or none."""
    from simulator.records.csv_file import regional, write_csv
    from simulator.records.whole_file import write_whole
    from simulator.records.xlsx_file import write_table

    file = io.BytesIO()
    if path.suffix == ".xlsx":
        write_table(file, sheet.name, sheet.columns, sheet.rows)
    else:
        delimiter, decimal = regional()
        write_csv(file, sheet.columns, sheet.rows, delimiter=delimiter, decimal=decimal)
    write_whole(path, file.getvalue())
