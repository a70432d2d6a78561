"""Calls that go out through the real widgets, with the real core: the list, the card, whoever picks up."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from simulator.scoring.score import score
from simulator.session.events import AgentActed, AttemptEnded, ContactEnded, CustomerSpoke, RangOut, StepEntered
from simulator.settings import Settings
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.line import RenderedLine
from simulator.speech.sounds import Sound
from simulator.ui.channels.outbound import OutboundDesk
from simulator.ui.desk.customer_voice import CustomerVoice
from simulator.ui.desk.likely import likely_lines
from simulator.ui.desk.sounds import DeskSounds
from simulator.ui.session_controller import SessionController
from tests.session.test_outbound import ASKED, two
from tests.ui.desk.cases import Line
from tests.ui.desk.test_voice import ScriptedStudio

# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Office:
    """A desk that is shown, and its line."""

    def __init__(self, qtbot: QtBot, controller: SessionController | None = None) -> None:
        self.qtbot = qtbot
        self.line = Line(two())
        if controller is not None:
            self.line.controller = controller
        self.desk = OutboundDesk(self.line.controller, settings=Settings())
        self.desk.resize(1280, 800)
        qtbot.addWidget(self.desk)
        with qtbot.waitExposed(self.desk):
            self.desk.show()
        self.desk.begin()

    def say(self, text: str) -> None:
        self.desk.reply.field.insertPlainText(text)
        QTest.keyClick(self.desk.reply.field, Qt.Key.Key_Return)

    def choose(self, row: int) -> None:
        """A click on a row of the list."""
        rows = self.desk.calls.rows
        place = rows.visualItemRect(rows.item(row)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def dial(self, ms: int) -> None:
        self.desk.card.dial.click()
        self.line.go(ms)
        self.line.quiet()

    def row(self, row: int) -> str:
        return self.desk.calls.rows.item(row).text().splitlines()[-1]

    def close(self) -> None:
        self.line.controller.close()
        self.desk.close_desk()


def shown(inside: QWidget, name: str) -> str:
    """The text of the label of that name."""
    found = inside.findChild(QLabel, name)
    assert found is not None
    return found.text()


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = Office(qtbot)
    office.line.start()
    yield office
    office.close()


def test_the_whole_list_from_the_first_number_to_the_result(office: Office) -> None:
    desk, line = office.desk, office.line
    assert desk.card.isVisible()
    assert (office.row(0), office.row(1)) == ("Por llamar", "Por llamar")
    office.dial(10_000)
    assert desk.reply.field.hasFocus()
    office.say(ASKED)
    line.quiet()
    line.go(4_000)
    line.quiet()
    office.say("Buenos días, señora Marta. Mañana habrá un corte de luz.")
    line.quiet()
    assert desk.panels.currentWidget() is desk.notes
    assert office.row(0) == "Hecha · falta la ficha"
    desk.notes.save.click()
    assert desk.panels.currentWidget() is desk.calls, "the next of the list"
    assert desk.card.isVisible()
    assert (office.row(0), desk.calls.rows.currentRow()) == ("Hecha", 1)
    office.dial(25_000)
    assert [gone.times for gone in line.of(RangOut)] == [1]
    assert "intentos: 1" in office.row(1)
    office.dial(8_000)
    office.say("Buenos días. Mañana habrá un corte de luz.")
    line.quiet()
    assert [ended.end for ended in line.of(ContactEnded)] == ["done", "bye"]
    with office.qtbot.waitSignal(desk.finished):
        desk.notes.save.click()
    assert line.of(AttemptEnded)[0].how == "finished"
    assert [outcome.end for outcome in score(line.scenario, line.controller.events).contacts] == ["done", "bye"]


def test_keys_dial_and_cancel(office: Office) -> None:
    office.desk.activateWindow()
    QTest.keyClick(office.desk, Qt.Key.Key_F2)
    office.line.go(2_000)
    assert office.desk.card.cancel.isVisible()
    assert not office.desk.card.dial.isVisible()
    QTest.keyClick(office.desk, Qt.Key.Key_F12)
    assert [act.name for act in office.line.of(AgentActed)] == ["dial", "cancel"]
    assert office.desk.card.dial.isVisible()


def test_a_row_of_the_list_is_the_person_to_call(office: Office) -> None:
    office.choose(1)
    assert office.line.controller.turned_to == "luis"
    assert shown(office.desk.card, "incomingTitle") == "Señor Luis Mora"
    office.desk.calls.rows.setFocus()
    QTest.keyClick(office.desk.calls.rows, Qt.Key.Key_Up)
    assert office.line.controller.turned_to == "c1", "the arrow keys go through the list, too"


def test_nobody_turns_away_from_the_line(office: Office) -> None:
    office.dial(10_000)
    office.choose(1)
    assert office.line.controller.turned_to == "c1"
    assert office.desk.calls.rows.currentRow() == 0
    assert office.desk.banner.isVisible()


def test_a_number_in_vain_may_be_written_up_at_once(office: Office) -> None:
    office.choose(1)
    assert not office.desk.notes.save.isVisibleTo(office.desk.notes), "nobody was tried yet"
    office.dial(25_000)
    office.desk.open_notes()
    office.desk.notes.save.click()
    assert [ended.end for ended in office.line.of(ContactEnded)] == ["no-answer"]
    assert office.row(1) == "No se logró hablar"
    assert office.line.controller.turned_to == "c1"


def test_whoever_is_on_the_line_is_named(office: Office) -> None:
    office.dial(10_000)
    assert shown(office.desk.header, "callerName") == "Elena"
    assert "Elena" in office.desk.reply.field.placeholderText()
    assert "Elena" in office.desk.conversation.bubbles[0].accessibleName()
    office.say(ASKED)
    office.line.quiet()
    office.line.go(4_000)
    assert shown(office.desk.header, "callerName") == "Marta Ríos"
    assert office.desk.header.clock.text() != ""


def test_an_attempt_is_taken_up_with_whoever_is_on_the_line(qtbot: QtBot, office: Office) -> None:
    office.choose(1)
    office.dial(25_000)
    office.dial(8_000)
    log = office.line.controller.events
    office.line.controller.close()
    later = Line(two())
    again = Office(qtbot, SessionController(two(), store=later.store, events=log, clock_ms=later.clock))
    assert again.line.controller.turned_to == "luis"
    assert [bubble.label.text() for bubble in again.desk.conversation.bubbles] == ["¿Aló?"]
    again.close()


def test_each_person_has_a_voice_of_their_own(qtbot: QtBot) -> None:
    line, studio, player = Line(two()), ScriptedStudio(), SilentPlayer()
    voice = CustomerVoice(line.controller, studio, player, parent=line.controller)
    line.start()
    line.controller.act("dial")
    line.go(10_000)
    with qtbot.waitSignal(player.finished):
        pass
    assert line.of(CustomerSpoke)[0].speaker == "Elena"
    said, elena = studio.asked[0]
    assert said == line.of(CustomerSpoke)[0].text
    assert elena.rate < 140, "she speaks 120 words a minute"
    line.controller.turn_to("luis")
    assert [row.text for row in likely_lines(two().of("luis"), line.controller.state, "luis")] == ["¿Aló?"]
    voice.close()
    line.controller.close()
    player.stop()


def test_every_line_said_was_likely(qtbot: QtBot) -> None:
    line = Line(two())
    line.start()
    expected: list[tuple[str, str]] = []

    def foresee() -> None:
        scenario = line.controller.contact_scenario
        rows = likely_lines(scenario, line.controller.state, line.controller.turned_to)
        expected.extend((row.text, row.speaker) for row in rows)

    foresee()
    line.controller.act("dial")
    for text in (ASKED, "Gracias.", "Mañana hay un corte."):
        line.go(10_000)
        line.quiet()
        foresee()
        line.controller.say(text)
        foresee()
    said = [(what.text, what.speaker or "Marta Ríos") for what in line.of(CustomerSpoke)]
    assert len(said) >= 4
    assert [one for one in said if one not in expected] == []
    line.controller.close()


def test_it_rings_at_the_other_end(qtbot: QtBot) -> None:
    line, player, asked = Line(two()), SilentPlayer(), list[Sound]()

    def load(sound: Sound) -> RenderedLine:
        asked.append(sound)
        return RenderedLine(bytes(44_100))

    DeskSounds(line.controller, player, load=load, parent=line.controller)
    line.start()
    line.controller.act("dial")
    line.go(2_000)
    assert asked == [Sound.RINGBACK]
    sounding = [player.is_playing]
    line.go(10_000)
    assert line.of(StepEntered), "somebody picked up"
    assert [*sounding, player.is_playing] == [True, False]
    line.controller.act("hang-up")
    line.controller.turn_to("luis")
    line.controller.act("dial")
    line.go(25_000)
    assert asked[-1] is Sound.CALL_ENDED
    line.controller.close()
    player.stop()
