"""A short shift through the whole program: from the library to the result, and resumed after it was left."""

from collections.abc import Callable

import pytest

from simulator.session.state import Phase
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.channels.shift import ShiftDesk
from simulator.ui.debrief.view import Debrief
from simulator.ui.opening import Places
from simulator.ui.widgets import Notice
from tests.ui.program import OPTIONS, Program

# A machine without a sound server says so when the sound of a call is opened.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", "propagateSizeHints", extend=True)

QUICK = """
scenario: quick
title: Una pregunta corta
channel: phone
company: {name: Telenova}
agent: Diego Salas
briefing: Conteste.
customer: {name: Marta Ríos, voice: {rate: 300}}
phone: {rings_after: 0}
protocol: [greet-company]
steps:
  opening:
    replies: [{id: else, otherwise: done}]
ends:
  done: {title: Resuelto, good: true, say: "Adiós."}
tests:
  - {name: contesta, do: [answer, say: "Telenova, buenos días."], expect: {end: done}}
"""
SHIFT = """
scenario: one-hour
title: Una hora de turno
channel: shift
clock: "09:00"
agent: Diego Salas
briefing: Atienda a quien llegue.
shift:
  begins: "09:00"
  ends: "10:00"
  breaks: [{title: Pausa, from: "09:30", minutes: 10}]
contacts:
  marta: {scenario: phone/quick, at: "09:10"}
tests:
  - {name: espera, do: [available], expect: {}}
"""


@pytest.fixture
def taken(start: Callable[[], Program], places: Places) -> Program:
    """The program with a shift on its desk."""
    for name, text in (("phone/quick", QUICK), ("shift/one-hour", SHIFT)):
        file = places.scenarios[0] / f"{name}.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    program = start()
    program.signed_in("Diego Salas")
    program.application.choose("one-hour")
    program.shown("briefing")
    program.application.take(OPTIONS)
    program.until(lambda: program.application.calls.session is not None and program.session.state.started is not None)
    return program


def desk(program: Program) -> ShiftDesk:
    found = program.application.calls.desk
    assert isinstance(found, ShiftDesk)
    return found


def phone(program: Program) -> PhoneDesk:
    found = desk(program).contact_desk
    assert isinstance(found, PhoneDesk)
    return found


def to_the_call(program: Program) -> None:
    """Available, and on the line with the one who comes."""
    desk(program).panel.switch.buttons["available"].click()
    desk(program).panel.leap.click()
    program.until(lambda: phone(program).incoming.answer.isEnabled() and program.contact.rings > 0)
    phone(program).incoming.answer.click()


def to_the_end(program: Program) -> None:
    """The call, its notes, the break, and the end of the shift."""
    phone(program).reply.field.setPlainText("Telenova, muy buenos días, le habla Diego.")
    phone(program).reply.send.click()
    program.until(lambda: program.contact.phase is Phase.AFTER)
    fields = {"customer": "Marta Ríos", "reason": "Una pregunta", "solution": "Respondida", "follow-up": "Ninguno"}
    phone(program).notes.fill(fields)
    phone(program).notes.save.click()
    panel = desk(program).panel
    for word in ("available", "break", "available"):
        panel.switch.buttons[word].click()
        program.until(panel.leap.isEnabled)
        panel.leap.click()
    assert desk(program).shown is desk(program).over


def result(program: Program) -> Debrief:
    program.shown("debrief")
    (view,) = program.window.findChildren(Debrief)
    return view


def test_a_shift_from_the_library_to_the_result(taken: Program) -> None:
    to_the_call(taken)
    to_the_end(taken)
    desk(taken).over.finish.click()
    view = result(taken)
    card = view.reading.card
    assert card.shift is not None
    assert (card.shift.handled, card.contacts[0].end) == (1, "done")
    assert card.shift.percent >= 98, "some seconds go by until each button is pressed"
    assert card.result == "passed"
    assert view.shift is not None
    assert view.shift.cell(0, 0) == "Marta Ríos"


def test_a_shift_whose_program_was_killed_in_a_call_goes_on_there(taken: Program, start: Callable[[], Program]) -> None:
    to_the_call(taken)
    taken.application.close()  # the program goes as it goes when it is killed: nothing is asked
    second = start()
    second.application.begin()
    second.shown("library")
    notice = second.window.findChild(Notice)
    assert notice is not None
    notice.acted.emit("resume")
    second.shown("desk")
    assert desk(second).shown is desk(second).contact_desk
    desk(second).interlude.curtain.button("go-on").click()
    to_the_end(second)
    desk(second).over.finish.click()
    assert result(second).reading.card.result == "passed"
