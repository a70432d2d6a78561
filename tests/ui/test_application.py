"""The window's journeys over the real store and core: who sits here, what is played, what is kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from simulator import paths, settings
from simulator.records.backup import daily_copies
from simulator.records.results_file import Examined, examine
from simulator.records.shelf import Shelf
from simulator.records.store import Store
from simulator.records.values import Status
from simulator.records.workshop import Workshop
from simulator.rehearsal.player import replay
from simulator.scenario.library import scenario_files
from simulator.session.envelope import encode
from simulator.session.events import AgentSpoke
from simulator.session.replay import commands_of
from simulator.ui.channels.help_chat import WebDesk
from simulator.ui.debrief.asking import AskWords
from simulator.ui.debrief.view import Debrief
from simulator.ui.opening import Places
from simulator.ui.pages.attempts import AttemptsPage
from simulator.ui.pages.library import LibraryPage
from simulator.ui.pages.progress import ProgressPage
from simulator.ui.widgets import Ask, Notice
from tests.ui.program import OPTIONS, Program

# A machine without a sound server: QtMultimedia says so, and the program says it in words of its own.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", extend=True)


def test_the_first_start_asks_who_is_there_and_shows_the_library(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in("Ana Ñáñez 🙂")
    page = program.window.page("library")
    assert isinstance(page, LibraryPage)
    shipped = scenario_files(program.application._folders)
    assert len(program.application.glance.library) == len(shipped) > 5
    assert settings.load(program.places.settings).last_profile is not None
    assert len(daily_copies(program.places.database)) == 1, "a copy is kept from the first day on"


def test_the_next_start_knows_the_person(start: Callable[[], Program]) -> None:
    first = start()
    first.signed_in()
    second = start()
    second.application.begin()
    second.shown("library")
    assert [row.name for row in second.application.glance.profiles] == ["Ana"]


def test_a_refused_name_is_said_and_nobody_added(start: Callable[[], Program]) -> None:
    program = start()
    program.application.begin()
    program.shown("profiles")
    program.application.add_person("   ")
    program.until(lambda: program.application.tasks.idle)
    assert program.window.shown == "profiles"
    assert program.application.glance.profiles == ()


def test_enter_presses_the_button_that_has_the_focus(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.application.choose("guided-first-call")
    program.shown("briefing")
    focused = program.window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Tomar la llamada"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    program.shown("desk")


def test_a_broken_scenario_is_shown_with_its_mistakes_as_soon_as_it_is_saved(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    (program.places.scenarios[0] / "mala.yaml").write_text("scenario: mala\nchannel: phnoe\n", "utf-8")
    program.until(lambda: any(entry.broken for entry in program.application.glance.library))
    (broken,) = [entry for entry in program.application.glance.library if entry.broken]
    assert any("mala.yaml:2:" in problem and "phone" in problem for problem in broken.problems)


def test_a_practice_can_be_chosen_while_files_are_still_being_read(
    start: Callable[[], Program], places: Places, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start().signed_in()
    (own_home / "cache" / "library.json").unlink()
    guided = places.scenarios[0] / "guided-first-call.yaml"
    for number in range(10):
        text = guided.read_text("utf-8").replace("scenario: guided-first-call", f"scenario: own-{number}")
        (places.scenarios[0] / f"own-{number}.yaml").write_text(text, "utf-8")
    (places.scenarios[0] / "a.yaml").write_text(guided.read_text("utf-8"), "utf-8")
    guided.unlink()
    look = Shelf.look
    monkeypatch.setattr(Shelf, "look", lambda shelf: look(shelf, 1))
    program = start()
    unread: dict[str, list[int]] = {"library": [], "briefing": []}

    def shown(page: str) -> None:
        unread[page].append(program.application.glance.unread)
        if page == "library" and len(unread[page]) == 1:
            program.application.choose("guided-first-call")
        original(page)

    original = program.window.show_page
    monkeypatch.setattr(program.window, "show_page", shown)
    program.application.begin()
    program.until(lambda: program.application.glance.unread == 0 and program.application.tasks.idle)
    (briefed,) = unread["briefing"]
    assert unread["library"][0] >= briefed > 0
    assert program.window.shown == "briefing"


def test_a_call_that_the_window_leaves_is_kept_and_offered(start: Callable[[], Program]) -> None:
    first = start()
    first.signed_in()
    first.calling()
    said = [e.what.text for e in first.session.events if isinstance(e.what, AgentSpoke)]
    first.application.close()  # the program goes as it goes when it is killed: nothing is asked
    second = start()
    second.application.begin()
    second.shown("library")
    notice = second.window.findChild(Notice)
    assert notice is not None
    notice.acted.emit("resume")
    second.shown("desk")
    assert [e.what.text for e in second.session.events if isinstance(e.what, AgentSpoke)] == said
    assert second.session.state.paused
    second.session.go_on()
    second.session.act("hang-up")
    second.session.finish()
    second.shown("debrief")


def test_closing_the_window_in_mid_call_asks(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    assert not program.window.close()
    assert program.window.isVisible()
    assert program.session.state.paused
    program.session.go_on()
    assert not program.session.state.paused


def test_withdrawing_is_not_scored_and_goes_back_to_the_library(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    program.session.withdraw()
    program.shown("library")
    program.until(lambda: program.application.glance.attempts != ())
    assert program.application.glance.attempts[0].result == "not-scored"


def test_a_finished_call_shows_its_debrief_and_can_be_lived_anew(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    before = program.session.events[-1].seq
    attempt = program.session.state.attempt
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    debrief = program.window.page("debrief")
    assert isinstance(debrief, Debrief)
    debrief.retry.emit(before)
    program.shown("desk")
    assert program.session.state.attempt != attempt
    assert program.session.state.started is not None
    assert program.session.state.started.forked_from == attempt


def test_past_attempts_open_and_are_deleted(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    program.application.show_attempts()
    page = program.window.page("attempts")
    assert isinstance(page, AttemptsPage)
    (row,) = program.application.glance.attempts
    assert row.result == "failed"
    page.opened.emit(row.id)
    program.shown("debrief")
    program.application.show_attempts()
    page.progress_button.click()
    program.shown("progress")
    progress = program.window.page("progress")
    assert isinstance(progress, ProgressPage)
    assert progress.table.model_.rowCount() > 5
    progress.back_button.click()
    program.shown("attempts")
    page.deleted.emit(row.id)
    program.until(lambda: program.application.glance.attempts == ())


def test_settings_are_applied_at_once_and_kept(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.application.change_settings(settings.Settings(theme="dark", text_size=150, volume=30))
    assert settings.load(program.places.settings).text_size == 150
    assert program.window.font().pixelSize() == 21
    assert program.window.palette().window().color().lightness() < 80


def test_damaged_records_are_said_and_kept_aside(start: Callable[[], Program], places: Places) -> None:
    places.database.parent.mkdir(parents=True, exist_ok=True)
    places.database.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5_000)
    program = start()
    program.application.begin()
    program.until(lambda: program.window.findChild(Ask) is not None)
    ask = program.window.findChild(Ask)
    assert ask is not None
    ask.buttons["anew"].click()
    program.shown("profiles")
    assert list(places.database.parent.glob("*.corrupt-*"))


def test_what_was_stored_is_what_was_seen(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    with Store.open(program.places.database) as store:
        (attempt,) = store.attempts()
    assert attempt.status is Status.FINISHED
    assert attempt.score == program.application.glance.attempts[0].score


def test_an_attempt_is_private_until_its_trainee_submits_it(start: Callable[[], Program], places: Places) -> None:
    program = start()
    program.signed_in()
    program.calling()
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    debrief = program.window.findChild(Debrief)
    assert debrief is not None
    with Store.open(program.places.database) as store:
        assert store.published() == []
    debrief.submit_button.click()
    assert debrief.asking is not None
    debrief.asking.buttons["keep"].click()
    with Store.open(program.places.database) as store:
        assert store.published() == []
    debrief.submit_button.click()
    assert debrief.asking is not None
    debrief.asking.buttons["submit"].click()

    def shown_anew() -> bool:
        page = program.window.page("debrief")
        return isinstance(page, Debrief) and page is not debrief and page.submitted.isVisible()

    program.until(shown_anew)
    page = program.window.page("debrief")
    assert isinstance(page, Debrief)
    assert not page.submit_button.isVisible()
    with Store.open(program.places.database) as store:
        (attempt,) = store.attempts()
        assert store.published() == [attempt.id]
        assert [statement.kind for statement in store.statements(attempt.id)] == ["sealed", "submitted"]
    program.until(lambda: program.application.glance.attempts[0].submitted)
    assert page.file_button.isVisible()
    page.file_button.click()
    dialog = program.application.back.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(places.database.parent / "r.jsonl"))
    program.until((places.database.parent / "r.jsonl").exists)
    with (places.database.parent / "r.jsonl").open("rb") as file:
        (found,) = examine(file)
    assert isinstance(found, Examined)
    assert (found.id, found.findings) == (attempt.id, [])
    dialog.reject()


def test_a_verdict_is_disputed_once_where_it_is_read(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    attempt = program.application.glance.attempts[0].id

    def debrief() -> Debrief:
        page = program.window.page("debrief")
        assert isinstance(page, Debrief)
        return page

    def offered() -> list[QPushButton]:
        row = next(iter(debrief().checkpoints.rows.values()))
        row.open()
        return [found for found in row.findChildren(QPushButton) if found.text() == "No estoy de acuerdo"]

    assert offered() == [], "practice is nobody's business"
    before = debrief()
    before.submit.emit()
    program.until(lambda: debrief() is not before)
    (disagree,) = offered()
    disagree.click()
    asked = debrief().asking
    assert isinstance(asked, AskWords)
    assert not asked.buttons["send"].isEnabled(), "a reason is needed"
    asked.words.setPlainText("  ")
    assert not asked.buttons["send"].isEnabled()
    asked.words.setPlainText("Se cortó la línea.")
    second = debrief()
    asked.buttons["send"].click()
    program.until(lambda: debrief() is not second)
    assert offered() == [], "once"
    row = next(iter(debrief().checkpoints.rows.values()))
    assert "Se cortó la línea." in [found.text() for found in row.findChildren(QLabel)]
    with Store.open(program.places.database) as store:
        assert [one.reason for one in store.review_of(attempt).objections.values()] == ["Se cortó la línea."]


def test_a_call_on_screen_replayed_headless_gives_the_same_bytes(start: Callable[[], Program]) -> None:
    program = start()
    program.signed_in()
    program.calling()
    for _ in range(4):
        program.session.typed()
    program.session.say("Con mucho gusto.")  # perhaps while the customer speaks: then it only warns
    program.session.act("hold")
    program.session.act("resume")
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    with Store.open(program.places.database) as store:
        (attempt,) = store.attempts()
        past = Workshop(store, []).past(attempt.id)
        stored = store.events(attempt.id)
    assert [encode(event) for event in replay(past.scenario, commands_of(past.events))] == stored


def test_a_help_chat_is_taken_at_a_desk_of_its_own_and_nothing_listens(start: Callable[[], Program]) -> None:
    program = start()
    shipped = paths.scenarios() / "web" / "self-service.yaml"
    (program.places.scenarios[0] / shipped.name).write_bytes(shipped.read_bytes())
    program.signed_in()
    program.application.choose("self-service")
    program.shown("briefing")
    program.application.take(OPTIONS)
    program.until(lambda: program.application.calls.session is not None)
    desk = program.application.calls.desk
    assert isinstance(desk, WebDesk)
    assert desk.speaking is None
    desk.waiting.attend.click()
    assert desk.mirror.shown is not None
    program.session.act("close")
    program.session.finish()
    program.shown("debrief")
