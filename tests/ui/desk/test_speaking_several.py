"""Replies spoken to several people, one after the other: a scripted microphone and recogniser, the rest is real."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from simulator.session.events import AgentSpoke, ContactEnded
from simulator.session.state import Phase
from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.marshal import Marshal
from simulator.speech.heard import Heard, Hints, Word
from simulator.speech.listening.expected import hints_for
from simulator.speech.listening.listener import Listener
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desks import DESKS
from simulator.ui.channels.outbound import OutboundDesk
from simulator.ui.channels.shift import ShiftDesk
from simulator.ui.desk.interlude import Interlude
from simulator.ui.desk.listening import Ear, Listening
from simulator.ui.session_controller import SessionController
from tests.session.shifts import SHIFT, loaded
from tests.session.test_outbound import ASKED, two
from tests.speech.synthetic import room, voice
from tests.ui.desk.cases import Line, begun

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

OPEN = Settings(input_mode="open", patience="short", review_heard=False)


def heard(text: str) -> Heard:
    """Words that were heard well."""
    said = text.split()
    return Heard(text, tuple(Word(word, 300 + 200 * at, 500 + 200 * at, 95) for at, word in enumerate(said)))


class Ears:
    """One microphone and one listener, lent to the desk of each contact."""

    def __init__(self, line: Line, *answers: str) -> None:
        self.line = line
        self.microphone = ScriptedMicrophone()
        self.marshal = Marshal()
        self.recogniser = ScriptedRecogniser([heard(text) for text in answers])
        self.listener = Listener(lambda: self.recogniser, deliver=self.marshal.deliver)

    def hints(self) -> Hints:
        return hints_for(self.line.controller.contact_scenario)

    def listening(self) -> Listening:
        return Listening(self.line.controller, self.microphone, self.listener, OPEN, self.hints)

    def expected(self) -> tuple[str, ...]:
        """The sentences with which the recogniser was prepared last."""
        return self.recogniser.hints[-1].sentences if self.recogniser.hints else ()

    def speak(self, qtbot: QtBot) -> str:
        """A reply by voice, when the ear is open; its text."""
        said = len(self.line.of(AgentSpoke))
        self.microphone.play(room(300) + voice(3_000) + room(1_500))
        qtbot.waitUntil(lambda: len(self.line.of(AgentSpoke)) > said)
        return self.line.of(AgentSpoke)[-1].text

    def close(self) -> None:
        self.line.controller.close()
        self.listener.close()


class Calls:
    """The desk of calls that go out."""

    def __init__(self, qtbot: QtBot, *answers: str) -> None:
        self.line = Line(two())
        self.ears = Ears(self.line, *answers)
        self.desk = OutboundDesk(self.line.controller, settings=OPEN, listening=self.ears.listening())
        begun(qtbot, self.desk, self.line)
        qtbot.waitUntil(lambda: self.ears.listener.is_ready)

    def dial(self, ms: int) -> None:
        self.desk.card.dial.click()
        self.line.go(ms)
        self.line.quiet()
        self.line.go(400)

    def type(self, text: str) -> None:
        self.desk.reply.field.setPlainText(text)
        self.desk.reply.send.click()
        self.line.quiet()

    def first_call(self) -> None:
        """Takes the first call to its end by the keys."""
        self.dial(10_000)
        self.type(ASKED)
        self.line.go(4_000)
        self.line.quiet()
        self.type("Buenos días, señora Marta. Mañana habrá un corte de luz.")
        self.line.go(4_000)
        assert len(self.line.of(ContactEnded)) == 1


@pytest.fixture
def calls(qtbot: QtBot) -> Iterator[Calls]:
    made = Calls(qtbot, "buenos días mañana habrá un corte de luz")
    yield made
    made.desk.close_desk()
    made.ears.close()


def test_whoever_is_called_next_is_spoken_to_as_well(qtbot: QtBot, calls: Calls) -> None:
    calls.first_call()
    assert not calls.ears.microphone.is_open, "nobody is on the line"
    calls.desk.notes.save.click()
    assert calls.line.controller.turned_to == "luis"
    calls.dial(25_000)
    calls.dial(8_000)
    assert calls.desk.speaking is not None
    assert calls.desk.speaking.listening.ear is Ear.LISTENING
    assert calls.ears.speak(qtbot) == "buenos días mañana habrá un corte de luz"


def test_each_call_is_heard_with_what_may_be_said_in_it(qtbot: QtBot, calls: Calls) -> None:
    qtbot.waitUntil(lambda: "Ya se la paso." in calls.ears.expected())
    assert "¿Aló?" not in calls.ears.expected()
    calls.first_call()
    calls.desk.notes.save.click()
    qtbot.waitUntil(lambda: "¿Aló?" in calls.ears.expected())


def test_a_call_that_is_over_opens_no_microphone(qtbot: QtBot, calls: Calls) -> None:
    calls.first_call()
    calls.desk.turn_to("luis")
    assert calls.ears.microphone.is_open
    calls.desk.turn_to("c1")
    assert not calls.ears.microphone.is_open


def test_a_microphone_lost_in_one_call_is_tried_again_in_the_next(qtbot: QtBot, calls: Calls) -> None:
    calls.dial(10_000)
    calls.ears.microphone.lose()
    assert calls.desk.speaking is not None
    qtbot.waitUntil(lambda: calls.desk.speaking.listening.ear is Ear.LOST)  # type: ignore[union-attr]
    calls.type(ASKED)
    calls.line.go(4_000)
    calls.line.quiet()
    calls.type("Buenos días, señora Marta. Mañana habrá un corte de luz.")
    calls.line.go(4_000)
    assert calls.desk.speaking.listening.ear is Ear.OFF
    calls.desk.notes.save.click()
    assert calls.ears.microphone.is_open


def test_a_call_taken_up_at_its_notes_opens_no_microphone(qtbot: QtBot, calls: Calls) -> None:
    calls.first_call()
    again = Line(two())
    again.stored.extend(calls.line.stored)
    again.controller = SessionController(two(), store=again.store, events=calls.line.stored, clock_ms=again.clock)
    ears = Ears(again)
    listening = ears.listening()
    qtbot.waitUntil(lambda: ears.listener.is_ready)
    assert not ears.microphone.is_open
    assert listening.ear is Ear.OFF
    listening.close()
    ears.close()


class Shift:
    """The desk of a shift with ears. Two call in the same minute, and the second does not wait for long."""

    def __init__(self, qtbot: QtBot, *answers: str) -> None:
        scenario = loaded(SHIFT.replace('at: "09:21", patience: 300', 'at: "09:20", patience: 15')).scenario
        assert scenario is not None
        self.line = Line(scenario)
        self.ears = Ears(self.line, *answers)
        self.desk = ShiftDesk(self.line.controller, self.seat, settings=OPEN)
        begun(qtbot, self.desk, self.line)

    def seat(self, settings: Settings, interlude: Interlude) -> ContactDesk:
        controller = self.line.controller
        make = DESKS[controller.contact_scenario.doc.channel]
        return make(controller, settings=settings, interlude=interlude, listening=self.ears.listening())


@pytest.fixture
def shift(qtbot: QtBot) -> Iterator[Shift]:
    made = Shift(qtbot, "Farmacias Sol Andino muy buenos días", "con mucho gusto")
    yield made
    made.desk.close_desk()
    made.ears.close()


def test_who_gives_up_waiting_takes_nobody_elses_microphone_away(qtbot: QtBot, shift: Shift) -> None:
    desk, line = shift.desk, shift.line
    desk.panel.leap.click()
    desk.panel.switch.buttons["available"].click()
    desk.panel.leap.click()
    assert desk.contact_desk is not None
    line.go(6_000)
    line.controller.act("answer")
    qtbot.waitUntil(lambda: shift.ears.listener.is_ready)
    line.go(400)
    assert shift.ears.speak(qtbot) == "Farmacias Sol Andino muy buenos días"
    while not line.of(ContactEnded):  # who is on the line is talked with until the other gives up
        line.quiet()
        desk.contact_desk.reply.field.setPlainText("Un momento, por favor.")
        desk.contact_desk.reply.send.click()
        line.go(2_000)
    assert line.controller.turned_to == "elvira"
    assert line.controller.contact is not None
    assert line.controller.contact.phase is Phase.TALKING
    line.quiet()
    line.go(400)
    assert shift.ears.microphone.is_open
    assert shift.ears.speak(qtbot) == "con mucho gusto"
