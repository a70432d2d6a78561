"""The application: which page is shown when, and who is asked for what. The window frames, the workshop works."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from simulator import settings
from simulator.ui import theme
from simulator.ui.call_desk import CallDesk
from simulator.ui.exams import ExamRoom
from simulator.ui.library_watch import LibraryWatch
from simulator.ui.looking_back import LookingBack
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.own_data import OwnData
from simulator.ui.rail import STAFF
from simulator.ui.services import BriefingView, CallOptions, Glance
from simulator.ui.staff import Staff
from simulator.ui.store_door import StoreDoor
from simulator.ui.tasks import Tasks
from simulator.ui.team import Team
from simulator.wording import _

if TYPE_CHECKING:  # imported late at run time: the first window must not wait for the store, the core or sound
    from simulator.records.values import Profile
    from simulator.records.workshop import Opening, Past, Workshop
    from simulator.scenario.scenario import Scenario

T = TypeVar("T")

PREPARE_AFTER_MS = 400
"""After the first page was shown: by then it is drawn. Two threads that want Python at once halt the window."""


class Application(QObject):
    """Owns settings, worker, store, sound and ears; shows pages and follows their signals.

    `folders`: where scenarios are looked for. `database`: the store's file. `models`, `recordings`: the folders of
    the recogniser's models and of recorded calls.
    """

    settled = Signal()
    """Store and language are read: what follows is small."""

    def __init__(
        self,
        window: MainWindow,
        *,
        folders: Sequence[Path],
        database: Path,
        config: Path,
        cache: Path,
        models: Path,
        recordings: Path,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.settings = settings.load(config)
        self._config = config
        self._folders = tuple(folders)
        self.tasks = Tasks(self)
        self._door = StoreDoor(window, self.tasks, database, folders, self._on_failure, self)
        self._door.opened.connect(self._on_store)
        self.calls = CallDesk(window, self.tasks, voices=cache, models=models, recordings=recordings, parent=self)
        self.calls.finished.connect(self._on_finished)
        self.calls.left.connect(self._on_left)
        self.calls.guide_over.connect(self._on_guide_over)
        self.calls.silent.connect(self._on_silent)
        self.calls.changed.connect(self._on_changed)
        self.staff = Staff(window, self.tasks, self)
        self.staff.left.connect(self._on_staff_left)
        self.own_data = OwnData(window, self.tasks, self)
        self.own_data.dropped.connect(self._on_gone)
        self.exams = ExamRoom(window, self.tasks, self.calls, lambda: self.settings, self)
        self.exams.resumed.connect(self._resume)
        self.exams.left.connect(self.show_library)
        moments = (self.settled, self.calls.finished)  # an exam that ends is published
        self.team = Team(window, lambda: self.settings, database, config, moments, self)
        self.team.changed.connect(self._on_changed)
        self.team.received.connect(self.refresh)
        self.back = LookingBack(window, self.tasks, self.calls, lambda: self.settings, self)
        self.back.again.connect(self.choose)
        self.back.retried.connect(self._on_retry)
        self.back.left.connect(self._on_back)
        self.back.shown.connect(self.refresh)
        self.back.signed.connect(self.team.sync)
        self.workshop: Workshop | None = None
        self._profile: Profile | None = None
        self._glance = Glance()
        self._looking = 0
        self._prepared = False
        self._briefed: Scenario | None = None
        self._watch = LibraryWatch(self)
        self._watch.changed.connect(self.refresh)
        window.navigated.connect(self._on_navigated)
        window.may_close = self.calls.may_close

    @property
    def glance(self) -> Glance:
        """People, library and attempts as last read."""
        return self._glance

    # Beginning and ending

    def begin(self) -> None:
        """Opens the store and reads the library off the window's thread, then shows the first page."""
        self._door.open()

    def close(self) -> None:
        """Ends worker, sound and store; a second call does nothing. Events were stored as they happened."""
        self._watch.stop()
        self.team.close()
        self.calls.close()
        self.tasks.close()
        if self.workshop is not None:
            self.workshop.close()
            self.workshop = None

    @Slot(object)
    def _on_store(self, opened: "Workshop") -> None:
        self.workshop = opened
        self._run(opened.mend, self._on_mended)

    def _on_mended(self, _mended: int) -> None:
        keep = self.settings
        days = {"practice_days": keep.keep_practice_days, "results_days": keep.keep_results_days}
        self._run(partial(self._ready().expire, **days), lambda _gone: None)
        self._run(self.calls.expire_recordings(self.settings), lambda _gone: None)
        self._fetch(self._on_first_glance)
        self._run(self._ready().back_up, lambda _none: None)

    # The overview: people, library, attempts

    @Slot()
    def refresh(self) -> None:
        """Reads people, library and attempts again and shows them where they are shown."""
        if self.workshop is not None:
            self._fetch(self._on_glance)

    def _fetch(self, then: Callable[[Any], None]) -> None:
        workshop = self._ready()
        calls, folders = self.calls, self._folders
        chosen = self._profile.id if self._profile is not None else self.settings.last_profile

        def look() -> tuple[Glance, "Profile | None"]:
            from simulator.ui.views import glance_of

            return glance_of(workshop, chosen, calls.recorded_attempts(), folders)

        def seen(result: tuple[Glance, "Profile | None"]) -> None:
            self._looking -= 1
            then(result)

        def failed(error: Exception) -> None:
            self._looking -= 1
            self._on_failure(error)

        self._looking += 1
        self._run(look, seen, failed)

    def _on_first_glance(self, seen: tuple[Glance, "Profile | None"]) -> None:
        self._on_glance(seen)
        if not self._prepared:
            self._prepared = True
            QTimer.singleShot(PREPARE_AFTER_MS, self._prepare)
        if self._profile is None:
            self.show_profiles()
            return
        self.show_library()
        self._offer_to_go_on()

    @Slot()
    def _prepare(self) -> None:
        """What a first call needs is made ready while the trainee looks around."""
        if self.workshop is not None:
            self._run(self.workshop.prepare, lambda _nothing: self.settled.emit())

    def _on_glance(self, seen: tuple[Glance, "Profile | None"]) -> None:
        before = self._glance
        self._glance, self._profile = seen
        self.window.rail.set_person(self._profile.name if self._profile is not None else None)
        if not self._glance.unread:
            files = (*(entry.file for entry in self._glance.library), *(exam.file for exam in self._glance.exams))
            self._watch.watch((*self._glance.folders, *files))
        elif not self._looking:
            # Reads some more of them, once this much is drawn; what was asked for meanwhile comes before.
            QTimer.singleShot(0, self.refresh)
        now, shown = self._glance, self.window.shown
        if shown == "library" and (now.library, now.exams, now.unread) != (before.library, before.exams, before.unread):
            self.show_library()
        elif shown == "attempts" and now.attempts != before.attempts:
            self.show_attempts()
        elif shown == "profiles" and now.profiles != before.profiles:
            self.show_profiles()

    def _offer_to_go_on(self) -> None:
        broken_off = next((row for row in self._glance.attempts if row.open), None)
        if broken_off is None:
            return
        text = _("«{title}» broke off before its end. Nothing was lost: you can go on where it stopped.")
        if broken_off.exam:
            text = _("The exam with «{title}» broke off, and its time runs on. Go on while there is time left.")
        notice = self.window.notify(
            text.format(title=broken_off.title), "warning", [("resume", _("Go on")), ("later", _("Later"))]
        )
        notice.acted.connect(partial(self._on_go_on, broken_off.id))

    def _on_go_on(self, attempt: str, action: str) -> None:
        self.window.clear_notice()
        if action == "resume":
            self._resume(attempt)

    # Pages

    def show_profiles(self) -> None:
        """Who sits at the desk?"""
        from simulator.ui.pages.profiles import ProfilesPage

        page = self.window.page("profiles")
        if not isinstance(page, ProfilesPage):
            page = ProfilesPage()
            page.picked.connect(self._on_picked)
            page.added.connect(self.add_person)
            page.staff_asked.connect(partial(self._on_navigated, STAFF))
            self.window.put_page("profiles", page)
        page.show_profiles(self._glance.profiles, self._profile.id if self._profile is not None else None)
        self.window.show_page("profiles")

    def show_library(self) -> None:
        """What can be played."""
        from simulator.ui.pages.library import LibraryPage
        from simulator.ui.pages.words import GUIDED

        page = self.window.page("library")
        if not isinstance(page, LibraryPage):
            page = LibraryPage()
            page.chosen.connect(self.choose)
            page.guided.connect(partial(self.choose, GUIDED))
            page.exam_chosen.connect(self.choose_exam)
            page.refresh_asked.connect(self.refresh)
            self.window.put_page("library", page)
        done = self._profile is not None and self._profile.id in self.settings.guided_call_done
        page.show_library(self._glance.library, done, self._glance.unread, self._glance.exams)
        self.window.show_page("library")

    def show_attempts(self) -> None:
        """What was played."""
        from simulator.ui.pages.attempts import AttemptsPage

        page = self.window.page("attempts")
        if not isinstance(page, AttemptsPage):
            page = AttemptsPage()
            page.opened.connect(self._open_past)
            page.resumed.connect(self._resume)
            page.again.connect(self.choose)
            page.deleted.connect(self._on_deleted)
            page.progress_asked.connect(self.show_progress)
            self.window.put_page("attempts", page)
        page.show_attempts(self._glance.attempts)
        self.window.show_page("attempts")

    @Slot()
    def show_progress(self) -> None:
        """How it went from attempt to attempt, of who sits at the desk."""
        from simulator.ui.pages.progress import ProgressPage

        workshop, profile = self._ready(), self._profile
        if profile is None:
            return
        page = ProgressPage()
        page.back.connect(self.show_attempts)
        self.window.put_page("progress", page)
        self.window.show_page("progress")
        self._run(lambda: workshop.store.own_attempts(profile.id), page.show_progress)

    def show_settings(self) -> None:
        """How it looks and sounds."""
        from simulator.ui.pages.settings import SettingsPage

        page = self.window.page("settings")
        if not isinstance(page, SettingsPage):
            page = SettingsPage()
            page.changed.connect(self.change_settings)
            page.test_voice.connect(self._on_test_voice)
            page.check_microphone_asked.connect(self._on_check_microphone)
            page.install_model_asked.connect(self._on_install_model)
            self.own_data.serve(page.own_data)
            self.window.put_page("settings", page)
        page.show_settings(self.settings)
        page.show_voice_state(self.calls.sound_state())
        self.calls.speaking.fill(page, self.settings)
        person = None if self.staff.reviewer is not None else self._profile
        self.own_data.show(page.own_data, self._ready(), person, hr=self.staff.may_erase)
        self.team.attend(page.team)
        self.window.show_page("settings")

    @Slot(str)
    def _on_navigated(self, place: str) -> None:
        if self.workshop is None or self.calls.desk is not None:
            return
        if self.staff.go(place, self.workshop):
            return
        if place == "settings":
            self.show_settings()
        elif place == "profiles" or self._profile is None:
            self.show_profiles()
        elif place == "attempts":
            self.show_attempts()
        else:
            self.show_library()

    @Slot()
    def _on_staff_left(self) -> None:
        """Whoever practises finds the desk as if nobody else had been there."""
        self._on_navigated("library")
        self.refresh()

    # People

    @Slot(str)
    def _on_picked(self, profile: str) -> None:
        self._keep_settings(replace(self.settings, last_profile=profile))
        self._profile = None
        self._fetch(self._on_first_glance)

    @Slot(str)
    def add_person(self, name: str) -> None:
        """Adds a person, who then sits at the desk; a refused name is said where it was typed."""
        workshop = self._ready()
        self._run(lambda: workshop.add_profile(name), self._on_profile_added, self._on_profile_refused)

    def _on_profile_added(self, profile: "Profile") -> None:
        self._on_picked(profile.id)

    def _on_profile_refused(self, error: Exception) -> None:
        from simulator.ui.pages.profiles import ProfilesPage

        page = self.window.page("profiles")
        if isinstance(page, ProfilesPage):
            page.refuse(explain(error))

    # Taking a call

    @Slot(str)
    def choose(self, scenario: str) -> None:
        """Shows the briefing of a scenario of the library."""
        workshop = self._ready()
        self._run(lambda: workshop.scenario(scenario), self._on_chosen)

    @Slot(str)
    def choose_exam(self, exam: str) -> None:
        """Shows the rules of an exam of the library."""
        if self._profile is not None:
            self.exams.show(exam, self._ready(), self._profile)

    def _on_chosen(self, found: "Scenario | None") -> None:
        from simulator.ui.views import briefing_view

        if found is None:
            self.window.notify(_("That scenario is no longer in the library."), "warning")
            return
        self._briefed = found
        self._brief(briefing_view(found))

    def _brief(self, view: BriefingView) -> None:
        from simulator.ui.pages.briefing import BriefingPage

        page = self.window.page("briefing")
        if not isinstance(page, BriefingPage):
            page = BriefingPage()
            page.take.connect(self.take)
            page.back.connect(self.show_library)
            self.window.put_page("briefing", page)
        page.show_briefing(view, self.settings)
        self.window.show_page("briefing")
        if view.spoken:
            self.calls.warm_sound()  # while the trainee reads

    @Slot(object)
    def take(self, options: CallOptions) -> None:
        """Takes the call that was briefed; a spoken one once the microphone is ready."""
        scenario, profile = self._briefed, self._profile
        if scenario is not None and profile is not None:
            back = partial(self.window.show_page, "briefing")
            then = partial(self._take, options, scenario, profile)
            if scenario.doc.written:
                then()
            else:
                self.calls.before_call(self.settings, profile.name, back, then)

    def _take(self, options: CallOptions, scenario: "Scenario", profile: "Profile") -> None:
        from simulator.ui.pages.words import GUIDED

        workshop = self._ready()
        chosen = replace(
            self.settings,
            captions=options.captions,
            hints=options.hints,
            intensity=options.intensity or self.settings.intensity,
        )
        if chosen != self.settings:
            self._keep_settings(chosen)
        guided = scenario.id == GUIDED
        begin = partial(
            workshop.begin,
            scenario,
            profile,
            hints=options.hints or guided,
            difficulty=options.difficulty,
            intensity=self.settings.intensity,
        )
        self._run(begin, partial(self._open_desk, guided=guided, record=options.record))

    def _resume(self, attempt: str) -> None:
        workshop = self._ready()
        self._go_on(attempt, lambda: workshop.take_up(attempt))

    def _go_on(self, attempt: str, opens: Callable[[], "Opening"]) -> None:
        """Goes on with what was lived in `attempt`, recorded or not as is chosen for it."""
        self.calls.choose_recording(
            attempt,
            self.settings,
            lambda record: self._run(opens, partial(self._open_desk, guided=False, record=record)),
        )

    def _open_desk(self, opening: "Opening", *, guided: bool, record: bool) -> None:
        self.calls.open(opening, self._ready(), self.settings, guided=guided, record=record)

    @Slot()
    def _on_guide_over(self) -> None:
        if self._profile is not None and self._profile.id not in self.settings.guided_call_done:
            done = (*self.settings.guided_call_done, self._profile.id)
            self._keep_settings(replace(self.settings, guided_call_done=done))

    @Slot(str)
    def _on_left(self, how: str) -> None:
        if self.calls.closing:
            self.window.close()
            return
        self.show_library()
        self.refresh()
        if how == "kept":
            self.window.notify(_("The call is kept: you can go on with it under «My attempts»."))

    @Slot(str)
    def _on_finished(self, attempt: str) -> None:
        """The result follows; after a hard call, a minute first for who wants it."""
        workshop = self._ready()
        self._run(lambda: workshop.past(attempt), self._on_over)

    def _on_over(self, past: "Past") -> None:
        from simulator.ui.pages.respite import RespitePage, was_hard

        if not was_hard(past.events):
            self._on_past(past)
            return
        page = RespitePage()
        page.over.connect(partial(self._on_past, past))
        self.window.put_page("respite", page)
        self.window.show_page("respite")
        self.window.drop_page("desk")
        page.begin()

    # Looking back

    @Slot(str)
    def _open_past(self, attempt: str) -> None:
        self.back.open(self._ready(), attempt)

    def _on_past(self, past: "Past") -> None:
        self.back.show(self._ready(), past)

    @Slot()
    def _on_back(self) -> None:
        self.show_attempts()
        self.refresh()  # its recording may have been deleted

    @Slot(str, int)
    def _on_retry(self, attempt: str, at_seq: int) -> None:
        workshop = self._ready()
        self._go_on(attempt, lambda: workshop.fork(attempt, at_seq))

    @Slot(str)
    def _on_deleted(self, attempt: str) -> None:
        workshop = self._ready()

        def delete() -> None:
            workshop.store.delete_attempt(attempt)  # refuses what was handed over; then its sound stays too
            self.calls.recordings.delete(attempt)

        self._run(delete, self._on_gone)

    def _on_gone(self, _none: None = None) -> None:
        self.window.clear_notice()  # it may offer to go on with what is gone
        self.refresh()

    # Settings

    @Slot(object)
    def change_settings(self, chosen: settings.Settings) -> None:
        """Puts settings in force at once, and keeps them."""
        before = self.settings
        self._keep_settings(chosen)
        self.calls.apply_settings(chosen)
        if (before.theme, before.text_size) != (chosen.theme, chosen.text_size):
            self.look_again()

    @Slot(object)
    def _on_changed(self, values: dict[str, Any]) -> None:
        self.change_settings(replace(self.settings, **values))

    @Slot()
    def _on_check_microphone(self) -> None:
        name = self._profile.name if self._profile is not None else ""
        self.calls.speaking.show_check(self.settings, name, self.show_settings)

    @Slot()
    def _on_install_model(self) -> None:
        self.calls.speaking.offer(lambda _installed: self.show_settings())

    @Slot(str)
    def tell_crash(self, said: str) -> None:
        """Says that something failed that should not have."""
        self.window.notify(said, "bad")

    @Slot()
    def look_again(self) -> None:
        """Dresses everything anew: a setting changed, or the desktop went dark."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.settings)
        self.window.refresh_icons()

    def _keep_settings(self, chosen: settings.Settings) -> None:
        self.settings = chosen
        try:
            settings.save(self._config, chosen)
        except OSError as error:
            self.window.notify(explain(error), "bad")

    @Slot()
    def _on_test_voice(self) -> None:
        self.calls.say_sample(self.settings)

    @Slot(str)
    def _on_silent(self, why: str) -> None:
        self.window.notify(why, "warning")

    # Slow work

    def _run(
        self,
        function: Callable[[], T],
        success: Callable[[T], None],
        failure: Callable[[Exception], None] | None = None,
    ) -> None:
        self.tasks.run(function, success, failure or self._on_failure)

    def _on_failure(self, error: Exception) -> None:
        self.window.notify(explain(error), "bad")

    def _ready(self) -> "Workshop":
        assert self.workshop is not None, "no page is shown before the store is open"
        return self.workshop
