"""An exam in the window: found in the library, its rules read, sat at the desk, and what is shown afterwards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from simulator.records.values import Mode, Status
from simulator.session.events import AttemptStarted, CaptionsShown, GapNoticed
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.debrief.view import Debrief
from simulator.ui.opening import Places
from simulator.ui.pages.attempts import AttemptsPage
from simulator.ui.pages.exam import ExamPage
from simulator.ui.pages.library import ExamCard, LibraryPage
from tests.ui.program import Program

pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", extend=True)

EXAM = """\
exam: first-call
title: Primera llamada, en serio
summary: Lo mismo, sin ayuda.
scenarios: guided-first-call
seeds: [7, 8]
time_limit: 5
tries: 2
pass_mark: 90
"""


@pytest.fixture
def program(start: Callable[[], Program], places: Places) -> Program:
    """At the library, with one exam in it."""
    put(places.scenarios[0])
    program = start()
    program.signed_in()
    program.until(lambda: program.application.glance.exams != ())
    return program


def put(folder: Path, text: str = EXAM) -> None:
    (folder / "exams").mkdir(exist_ok=True)
    (folder / "exams" / "first-call.yaml").write_text(text, "utf-8")


def page(program: Program) -> ExamPage:
    """The rules, shown."""
    program.application.choose_exam("first-call")
    program.until(lambda: program.window.shown == "exam" and program.application.tasks.idle)
    found = program.window.page("exam")
    assert isinstance(found, ExamPage)
    return found


def said(found: ExamPage) -> str:
    return "\n".join(label.text() for label in found.findChildren(QLabel))


def sit(program: Program) -> ContactDesk:
    """In the exam, the telephone ringing."""
    found = page(program)
    found.begin_button.click()
    assert found.asking is not None
    found.asking.buttons["begin"].click()
    program.until(lambda: program.application.calls.session is not None and program.contact.rings > 0)
    desk = program.application.calls.desk
    assert isinstance(desk, ContactDesk)
    return desk


def over(program: Program) -> None:
    """The exam that is being sat ends."""
    program.session.act("answer")
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")


def test_the_library_shows_exams_apart_and_alone_when_asked(program: Program) -> None:
    library = program.window.page("library")
    assert isinstance(library, LibraryPage)
    library.filter.buttons["exams"].click()
    program.until(lambda: len(library.findChildren(ExamCard)) == 1)
    (card,) = [made for made in library.findChildren(ExamCard) if not made.isHidden()]
    assert "Quedan 2 de 2 intentos" in card.accessibleName()
    assert "5 min · se aprueba con 90 puntos" in card.accessibleName()
    card.click()
    program.until(lambda: program.window.shown == "exam")


def test_a_broken_exam_says_why_and_appears_when_it_is_mended(program: Program, places: Places) -> None:
    put(places.scenarios[0], EXAM.replace("guided-first-call", "guided-call"))
    program.until(lambda: any(exam.broken for exam in program.application.glance.exams))
    (broken,) = program.application.glance.exams
    assert any("first-call.yaml:4:12" in problem for problem in broken.problems)
    put(places.scenarios[0])
    program.until(lambda: not any(exam.broken for exam in program.application.glance.exams))


def test_all_rules_are_said_before_it_begins_and_nothing_is_used_by_reading(program: Program) -> None:
    found = page(program)
    text = said(found)
    for words in ("5 minutos", "90 puntos", "intento 1 de 2", "No hay pistas", "recursos humanos", "No hay subtítulos"):
        assert words in text
    found.begin_button.click()
    assert found.asking is not None
    found.asking.buttons["wait"].click()
    found.back_button.click()
    program.shown("library")
    assert program.application.glance.exams[0].used == 0


def test_at_the_desk_there_is_its_time_and_neither_pause_nor_hints_nor_captions(program: Program) -> None:
    desk = sit(program)
    assert desk.header.exam.isVisible()
    assert desk.header.exam.text.text().startswith("Examen · quedan 0")
    assert not desk.header.pause.isVisible()
    assert program.session.state.started is not None
    assert not program.session.state.started.hints
    assert not desk._wants_captions
    program.session.act("answer")
    program.session.say("Farmacias Sol Andino, muy buenos días, le habla Ana, ¿en qué le puedo ayudar?")
    said_aloud = [event for event in program.session.events if isinstance(event.what, CaptionsShown)]
    assert len(said_aloud) == (1 if desk.shows_captions else 0), "words that are shown are put on record"


def test_captions_that_are_needed_are_there_and_in_the_log(program: Program) -> None:
    program.application.change_settings(replace(program.application.settings, captions_for_access=True))
    assert "Tiene subtítulos" in said(page(program))
    desk = sit(program)
    started = program.session.events[0].what
    assert isinstance(started, AttemptStarted)
    assert started.exam is not None
    assert started.exam.captions
    assert desk.shows_captions
    program.application.change_settings(replace(program.application.settings, captions=False))
    assert desk.shows_captions, "what holds in the exam does not change with a setting"


def test_its_result_says_which_try_it_was_and_cannot_be_submitted_or_deleted(program: Program) -> None:
    sit(program)
    over(program)
    debrief = program.window.page("debrief")
    assert isinstance(debrief, Debrief)
    assert debrief.submitted.isVisible()
    assert "«Primera llamada, en serio», intento 1 de 2" in debrief.submitted.text()
    assert not debrief.submit_button.isVisible()
    assert debrief.reading.card.pass_mark == 90
    program.application.show_attempts()
    attempts = program.window.page("attempts")
    assert isinstance(attempts, AttemptsPage)
    (row,) = program.application.glance.attempts
    assert row.exam
    assert "Examen" in str(attempts.model.data(attempts.model.index(0, 1)))
    assert not attempts.delete_button.isEnabled()
    workshop = program.application.workshop
    assert workshop is not None
    assert workshop.store.published() == [row.id]
    debrief.retry.emit(program_seq(debrief))
    program.shown("desk")
    assert workshop.store.attempts()[0].mode is Mode.PRACTICE


def program_seq(debrief: Debrief) -> int:
    return debrief.reading.events[3].seq


def test_withdrawing_uses_the_try_and_the_office_sees_it(program: Program) -> None:
    desk = sit(program)
    desk.header.leave.click()
    assert not program.session.state.paused
    curtain = desk.interlude.curtain
    assert [button.property("choice") for button in curtain.buttons] == ["go-on", "withdraw"]
    curtain.button("go-on").click()
    assert not curtain.isVisible()
    desk.header.leave.click()
    curtain.button("withdraw").click()
    assert "se gasta" in curtain.text.text()
    curtain.button("withdraw-sure").click()
    program.shown("library")
    program.until(lambda: program.application.glance.exams[0].used == 1)
    workshop = program.application.workshop
    assert workshop is not None
    (only,) = workshop.store.attempts()
    assert (only.status, workshop.store.published()) == (Status.WITHDRAWN, [only.id])
    assert "intento 2 de 2" in said(page(program))


def test_when_no_try_is_left_it_cannot_begin(program: Program) -> None:
    for _ in range(2):
        sit(program)
        over(program)
    found = page(program)
    assert not found.begin_button.isEnabled()
    assert "Ya usó sus 2 intentos" in said(found)


def test_an_exam_that_was_killed_goes_on_at_once_and_its_gap_is_noted(
    program: Program, start: Callable[[], Program]
) -> None:
    sit(program)
    attempt = program.session.state.attempt
    program.application.close()  # as it goes when it is killed
    second = start()
    second.application.begin()
    second.shown("library")
    second.until(lambda: second.application.glance.exams != ())
    found = page(second)
    assert "está en curso" in said(found)
    found.begin_button.click()
    second.shown("desk")
    second.until(lambda: any(isinstance(event.what, GapNoticed) for event in second.session.events))
    assert second.session.state.attempt == attempt
    assert not second.session.state.paused
    desk = second.application.calls.desk
    assert isinstance(desk, ContactDesk)
    assert not desk.interlude.curtain.isVisible()


def test_closing_the_window_offers_to_close_while_the_time_runs_on(program: Program) -> None:
    desk = sit(program)
    assert not program.window.close()
    assert not program.session.state.paused
    assert "keep" in [button.property("choice") for button in desk.interlude.curtain.buttons]
