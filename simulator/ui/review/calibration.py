"""The room in which a trainer and the program are compared."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from simulator import paths
from simulator.records import assessing
from simulator.records.assessing import Blind, Calibration
from simulator.records.review import Speaker
from simulator.records.whole_file import write_whole
from simulator.records.workshop import Workshop, now
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.review.calibration_page import CalibrationPage
from simulator.ui.tasks import Tasks
from simulator.wording import _

PAGE = "calibration"
SAMPLE = 12
"""Replies that are fetched to be judged at a time."""
JUDGEMENTS = "calibration-replies.jsonl"
"""In `paths.user_data()`: the judgements, when they were saved as labelled replies."""

T = TypeVar("T")


class CalibrationRoom(QObject):
    """Puts its page into the window as `calibration`."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._workshop: Workshop | None = None
        self._reviewer = ""

    def show(self, workshop: Workshop, reviewer: Speaker) -> None:
        """Shows the page to a trainer who is signed in."""
        changed = reviewer.name != self._reviewer
        self._workshop, self._reviewer = workshop, reviewer.name
        page = self._window.page(PAGE)
        if changed or not isinstance(page, CalibrationPage):
            page = CalibrationPage()
            page.judged.connect(self._on_judged)
            page.more.connect(self._fetch)
            page.export.connect(self._on_export)
            self._window.put_page(PAGE, page)
        self._window.show_page(PAGE)
        self._fetch()

    @Slot()
    def _fetch(self) -> None:
        workshop, reviewer, count = self._ready(), self._reviewer, SAMPLE + len(self._page().left_out)

        def fetch() -> tuple[list[Blind], Calibration]:
            return assessing.sample(workshop, reviewer, count), assessing.calibration(workshop.store.labels())

        self._run(fetch, self._on_fetched)

    def _on_fetched(self, found: tuple[list[Blind], Calibration]) -> None:
        page = self._page()
        page.show_sample(found[0])
        page.show_figures(found[1])

    def _on_judged(self, blind: Blind, met: bool) -> None:
        workshop, reviewer = self._ready(), self._reviewer

        def keep() -> Calibration:
            workshop.store.label(blind.attempt, blind.place, reviewer, met, now())
            return assessing.calibration(workshop.store.labels())

        self._run(keep, lambda found: self._page().show_figures(found))

    @Slot()
    def _on_export(self) -> None:
        workshop, file = self._ready(), paths.user_data() / JUDGEMENTS

        def write() -> None:
            write_whole(file, "".join(f"{line}\n" for line in assessing.label_lines(workshop)).encode())

        self._run(write, partial(self._on_written, str(file)))

    def _on_written(self, file: str, _none: None) -> None:
        self._window.notify(_("Saved: {file}").format(file=file))

    def _page(self) -> CalibrationPage:
        page = self._window.page(PAGE)
        assert isinstance(page, CalibrationPage)
        return page

    def _run(self, function: Callable[[], T], success: Callable[[T], None]) -> None:
        self._tasks.run(function, success, self._on_failure)

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")

    def _ready(self) -> Workshop:
        assert self._workshop is not None, "it is shown to somebody who is signed in"
        return self._workshop
