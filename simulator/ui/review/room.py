"""The reviewer's room: from the queue to an attempt and back. What is decided is signed with the reviewer's own key."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from simulator import paths
from simulator.errors import TercerTimbreError
from simulator.records.assessing import FILE, keep_upheld
from simulator.records.review import Speaker
from simulator.records.reviews import Act, Approval, Override, Settlement, Waiting
from simulator.records.workshop import Past, Workshop, now
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.review.attempt_view import ReviewView
from simulator.ui.review.queue_page import QueuePage
from simulator.ui.tasks import Tasks
from simulator.wording import _, n_

PAGE = "review"
ATTEMPT = "review-attempt"

T = TypeVar("T")


class ReviewRoom(QObject):
    """Puts its pages into the window: the queue as `review`, an attempt as `review-attempt`."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._workshop: Workshop | None = None
        self._reviewer: Speaker | None = None

    def show(self, workshop: Workshop, reviewer: Speaker) -> None:
        """Shows the queue to a reviewer who is signed in."""
        self._workshop, self._reviewer = workshop, reviewer
        self._put_queue()
        self._show_queue()

    @Slot()
    def open(self, workshop: Workshop, reviewer: Speaker, attempt: str) -> None:
        """Shows an attempt to a reviewer who is signed in."""
        self._workshop, self._reviewer = workshop, reviewer
        self._on_opened(attempt)

    def _show_queue(self) -> None:
        self._window.show_page(PAGE)
        self._window.drop_page(ATTEMPT)
        self._run(self._ready()[0].store.queue, self._on_queue)

    def _on_queue(self, rows: list[Waiting]) -> None:
        page = self._window.page(PAGE)
        if isinstance(page, QueuePage):
            page.show_queue(rows)

    @Slot(str)
    def _on_opened(self, attempt: str) -> None:
        self._put_queue()  # where «back» goes, from wherever the attempt was opened
        self._run(partial(self._ready()[0].past, attempt), self._on_past)

    def _on_past(self, past: Past, open_row: str = "") -> None:
        view = ReviewView(past)
        view.back.connect(self._show_queue)
        view.decided.connect(partial(self._on_decided, past))
        view.rescore.connect(partial(self._on_rescore, past.summary.id))
        view.kept.connect(partial(self._on_kept, past.summary.id))
        self._window.put_page(ATTEMPT, view)
        self._window.show_page(ATTEMPT)
        if open_row:
            view.checkpoints.rows[open_row].open()
            view.checkpoints.show_row(open_row)

    def _on_decided(self, past: Past, act: Act) -> None:
        workshop, reviewer = self._ready()
        attempt = past.summary.id
        row = past.card.checkpoints[act.place].id if isinstance(act, Override | Settlement) else ""

        def decide() -> Past:
            workshop.store.review(attempt, act, reviewer, now())
            return workshop.past(attempt)

        def decided(after: Past) -> None:
            if isinstance(act, Approval):
                self._show_queue()
                self._window.notify(_("Reviewed. Its trainee can read what you decided."))
            else:
                self._on_past(after, row)

        self._run(decide, decided)

    def _on_rescore(self, attempt: str) -> None:
        workshop, reviewer = self._ready()

        def rescore() -> tuple[bool, Past]:
            return workshop.rescore(attempt, reviewer), workshop.past(attempt)

        def rescored(made: tuple[bool, Past]) -> None:
            new, past = made
            self._on_past(past)
            known = _("It has a result by the rules of this version already.")
            self._window.notify(_("Marked anew. Both results are kept.") if new else known)

        self._run(rescore, rescored)

    @Slot()
    def _on_rescore_all(self) -> None:
        workshop, reviewer = self._ready()

        def rescore() -> tuple[int, int]:
            new = unreadable = 0
            for attempt in workshop.store.published():
                try:
                    new += workshop.rescore(attempt, reviewer)
                except TercerTimbreError as error:
                    if error.code != "rescore-unreadable":
                        raise
                    unreadable += 1
            return new, unreadable

        def rescored(made: tuple[int, int]) -> None:
            new, unreadable = made
            said = n_("{n} attempt marked anew.", "{n} attempts marked anew.", new).format(n=new)
            if unreadable:
                left = n_(
                    "{n} was written for an earlier version and stays as it is.",
                    "{n} were written for an earlier version and stay as they are.",
                    unreadable,
                )
                said = f"{said} {left.format(n=unreadable)}"
            self._show_queue()
            self._window.notify(said)

        self._run(rescore, rescored)

    def _on_kept(self, attempt: str, place: int) -> None:
        workshop, file = self._ready()[0], paths.user_data() / FILE

        def kept(_none: None) -> None:
            self._window.notify(_("Kept as a labelled reply in {file}").format(file=file))

        self._run(partial(keep_upheld, workshop, attempt, place, file), kept)

    def _put_queue(self) -> None:
        if not isinstance(self._window.page(PAGE), QueuePage):
            page = QueuePage()
            page.opened.connect(self._on_opened)
            page.rescore.connect(self._on_rescore_all)
            self._window.put_page(PAGE, page)

    def _run(self, function: Callable[[], T], success: Callable[[T], None]) -> None:
        self._tasks.run(function, success, self._on_failure)

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")

    def _ready(self) -> tuple[Workshop, Speaker]:
        assert self._workshop is not None
        assert self._reviewer is not None, "it is shown to somebody who is signed in"
        return self._workshop, self._reviewer
