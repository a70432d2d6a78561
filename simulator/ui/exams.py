"""Exams in the window: the page with the rules, and the way from there to the desk."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from simulator.settings import Settings
from simulator.ui.call_desk import CallDesk
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.tasks import Tasks

if TYPE_CHECKING:  # imported late at run time: see `Application`
    from simulator.records.candidacy import Candidacy
    from simulator.records.values import Profile
    from simulator.records.workshop import Opening, Workshop
    from simulator.scenario.scenario import Scenario


class ExamRoom(QObject):
    """Puts the page `exam` into the window, and opens the desk for a try.

    `settings`: what the user has chosen, at the moment when it is asked.
    """

    resumed = Signal(str)
    """A try that is not over (its attempt's id) is to go on."""
    left = Signal()
    """The trainee goes back to the library."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, calls: CallDesk, settings: Callable[[], Settings], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._calls = calls
        self._settings = settings

    def show(self, id: str, workshop: "Workshop", profile: "Profile") -> None:
        """Shows the rules of an exam of the library, and what its next try is about."""

        def look() -> "tuple[Candidacy, Scenario | None]":
            candidacy = workshop.exam(id, profile.id)
            begins = candidacy.left > 0 and candidacy.under_way is None
            return candidacy, workshop.next_scenario(candidacy) if begins else None

        self._tasks.run(look, partial(self._on_found, workshop, profile), self._on_failure)

    def _on_found(self, workshop: "Workshop", profile: "Profile", found: "tuple[Candidacy, Scenario | None]") -> None:
        from simulator.ui.pages.exam import ExamPage
        from simulator.ui.views import attempt_rows, briefing_view, exam_entry

        candidacy, scenario = found
        page = ExamPage()
        view = None if scenario is None else briefing_view(scenario)
        page.show_exam(exam_entry(candidacy), view, attempt_rows(candidacy.tries), self._settings())
        page.back.connect(self.left)
        page.go_on.connect(self.resumed)
        page.begin.connect(partial(self._begin, candidacy, scenario, workshop, profile))
        self._window.put_page("exam", page)
        self._window.show_page("exam")
        if view is not None and view.spoken:
            self._calls.warm_sound()

    def _begin(
        self, candidacy: "Candidacy", scenario: "Scenario | None", workshop: "Workshop", profile: "Profile"
    ) -> None:
        assert scenario is not None, "nothing can be begun without one"
        then = partial(self._take, candidacy.exam.id, workshop, profile)
        if scenario.doc.written:
            then()
        else:
            back = partial(self._window.show_page, "exam")
            self._calls.before_call(self._settings(), profile.name, back, then)

    def _take(self, exam: str, workshop: "Workshop", profile: "Profile") -> None:
        settings = self._settings()
        begin = partial(
            workshop.begin_exam,
            exam,
            profile,
            captions=settings.captions_for_access,
            intensity=settings.intensity,
        )
        self._tasks.run(begin, partial(self._open, workshop), self._on_failure)

    def _open(self, workshop: "Workshop", opening: "Opening") -> None:
        self._calls.open(opening, workshop, self._settings(), guided=False)

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")
