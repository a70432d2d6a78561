"""Which calls are recorded, and who is told: what the trainee chose holds while the program is open, and not longer.

Microphone and recogniser are scripted ones.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from simulator import settings
from simulator.settings import Settings
from simulator.speech.devices.capturing import CaptureDevice, ScriptedMicrophone
from simulator.speech.listening import choosing
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.ui import ears
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.opening import Places
from simulator.ui.services import CallOptions
from simulator.ui.widgets import Ask, Notice
from tests.speech.model_folders import SMALL, lay_out
from tests.ui.program import Program

pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", "propagateSizeHints", extend=True)

Start = Callable[[], Program]
SPOKEN = Settings(input_mode="push", microphone_checked=True, record_calls=True)


@pytest.fixture(autouse=True)
def spoken(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are spoken, and each is asked whether it is recorded."""

    def microphone(parent: ears.Ears) -> CaptureDevice:
        return ScriptedMicrophone(parent=parent)

    monkeypatch.setattr(ears, "open_microphone", microphone)
    monkeypatch.setattr(choosing, "load", lambda *_choice, **_rest: ScriptedRecogniser())
    lay_out(places.models / SMALL)
    settings.save(places.settings, SPOKEN)


def called(program: Program, *, record: bool) -> str:
    """A call is begun and broken off; its id."""
    if program.application.workshop is None:
        program.signed_in()
    program.application.choose("guided-first-call")
    program.shown("briefing")
    program.application.take(CallOptions(hints=False, captions=True, difficulty=1, record=record))
    program.until(lambda: program.application.calls.session is not None and program.contact.rings > 0)
    program.session.act("answer")
    program.session.say("Farmacias Sol Andino, muy buenos días, le habla Ana, ¿en qué le puedo ayudar?")
    return program.session.state.attempt


def kept(program: Program, attempt: str) -> None:
    """The desk is left; the beginning of the call lies on the disk as a recording."""
    program.application.calls.recordings.add(attempt, 3, "agent", bytes(3200), 16_000)
    desk(program).left.emit(attempt, "kept")
    program.shown("library")


def go_on(program: Program, attempt: str) -> None:
    program.application.show_attempts()
    program.window.page("attempts").resumed.emit(attempt)  # type: ignore[union-attr]


def desk(program: Program) -> PhoneDesk:
    made = program.application.calls.desk
    assert isinstance(made, PhoneDesk)
    return made


def says_recording(program: Program) -> bool:
    return desk(program).header.recording.isVisible()


def notices(program: Program) -> str:
    return " ".join(notice.accessibleName() for notice in program.window.findChildren(Notice) if not notice.isHidden())


def questions(program: Program) -> list[Ask]:
    return [ask for ask in program.window.findChildren(Ask) if ask.isVisible() and "record" in ask.buttons]


def again(start: Start) -> Program:
    """The program, opened anew by the same person."""
    program = start()
    program.application.begin()
    program.shown("library")
    return program


def test_the_desk_says_that_it_records(start: Start) -> None:
    program = start()
    called(program, record=True)
    assert says_recording(program)
    assert desk(program).header.recording.accessibleName() == "Se está grabando"


def test_a_call_that_nobody_wants_recorded_says_nothing(start: Start) -> None:
    program = start()
    called(program, record=False)
    assert not says_recording(program)
    assert "graba" not in notices(program)


def test_after_the_call_nothing_is_recorded_and_nothing_says_so(start: Start) -> None:
    program = start()
    called(program, record=True)
    program.session.act("hang-up")
    assert program.session.all_over
    assert desk(program).notes.isVisible()
    assert not says_recording(program)


@pytest.mark.parametrize("record", [True, False])
def test_the_choice_holds_for_a_call_taken_up_while_the_program_is_open(start: Start, record: bool) -> None:
    program = start()
    attempt = called(program, record=record)
    desk(program).left.emit(attempt, "kept")
    program.shown("library")
    go_on(program, attempt)
    program.shown("desk")
    assert says_recording(program) is record


def test_the_choice_holds_for_a_moment_tried_again(start: Start) -> None:
    program = start()
    attempt = called(program, record=True)
    before = program.session.events[-1].seq
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    program.window.page("debrief").retry.emit(attempt and before)  # type: ignore[union-attr]
    program.shown("desk")
    assert program.session.state.attempt != attempt
    assert says_recording(program)


@pytest.mark.parametrize("answer", ["record", "without"])
def test_a_call_recorded_earlier_is_asked_about(start: Start, answer: str) -> None:
    first = start()
    attempt = called(first, record=True)
    kept(first, attempt)
    second = again(start)
    go_on(second, attempt)
    (ask,) = questions(second)
    assert second.application.calls.desk is None
    ask.buttons[answer].click()
    second.shown("desk")
    assert says_recording(second) is (answer == "record")
    if answer == "without":
        second.until(lambda: "no se graba nada" in notices(second))


def test_who_cancels_the_question_takes_no_call(start: Start) -> None:
    first = start()
    attempt = called(first, record=True)
    kept(first, attempt)
    second = again(start)
    go_on(second, attempt)
    questions(second)[0].buttons["cancel"].click()
    assert second.application.tasks.idle
    assert second.application.calls.desk is None
    assert second.window.shown == "attempts"


def test_a_call_never_recorded_is_taken_up_without_a_question(start: Start) -> None:
    first = start()
    attempt = called(first, record=False)
    desk(first).left.emit(attempt, "kept")
    first.shown("library")
    second = again(start)
    go_on(second, attempt)
    second.shown("desk")
    assert not says_recording(second)
    assert "graba" not in notices(second)


def test_a_recorded_call_that_is_now_typed_says_that_it_is_not_recorded(start: Start) -> None:
    program = start()
    attempt = called(program, record=True)
    kept(program, attempt)
    program.application.change_settings(Settings())
    go_on(program, attempt)
    program.shown("desk")
    assert not says_recording(program)
    program.until(lambda: "no se graba nada" in notices(program))
    program.session.finish()
    program.shown("debrief")
    program.until(lambda: "graba" not in notices(program))  # it was said of the call that is over


def test_a_recording_that_fails_is_no_longer_shown(start: Start, places: Places) -> None:
    program = start()
    called(program, record=True)
    places.recordings.write_text("in the way of the folder")
    keep = desk(program).speaking._keep  # type: ignore[union-attr]
    assert keep is not None
    keep(3, bytes(3200))
    program.until(lambda: not says_recording(program))
    program.until(lambda: "No se pudo guardar la grabación" in notices(program))


def test_an_attempt_that_is_deleted_takes_its_recording_with_it(start: Start) -> None:
    program = start()
    attempt = called(program, record=True)
    kept(program, attempt)
    program.application.refresh()
    program.shown("library")
    (row,) = program.application.glance.attempts
    assert row.recorded
    program.application.show_attempts()
    program.window.page("attempts").deleted.emit(attempt)  # type: ignore[union-attr]
    program.until(lambda: program.application.glance.attempts == ())
    assert program.application.calls.recordings.of(attempt) == ()


@pytest.mark.parametrize(("days", "stays"), [(SPOKEN.keep_recordings_days, False), (0, True)])
def test_a_recording_that_has_expired_is_deleted_at_the_next_start(
    start: Start, places: Places, days: int, stays: bool
) -> None:
    program = start()
    attempt = called(program, record=True)
    kept(program, attempt)
    recorded = places.recordings / attempt / "recorded"
    recorded.write_text((datetime.now(UTC) - timedelta(days=days)).isoformat(), "ascii")
    program = again(start)
    program.until(lambda: bool(program.application.calls.recordings.of(attempt)) is stays)
    (row,) = program.application.glance.attempts
    assert (row.id, row.recorded) == (attempt, stays)
