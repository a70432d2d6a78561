"""The desk of a shift with real widgets: switch, leap, queue, the contact's own desk inside, the summary at the end."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from simulator.records.values import Draft
from simulator.scenario.scenario import Scenario
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AttemptEnded
from simulator.session.state import Phase
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desks import DESKS
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.channels.shift import ShiftDesk
from simulator.ui.desk.interlude import Interlude
from simulator.ui.session_controller import SessionController
from tests.session.shifts import SHIFT, half_day, loaded
from tests.ui.desk.cases import Line


class Office:
    """A shift's desk over a line with a hand-moved clock."""

    def __init__(self, qtbot: QtBot, scenario: Scenario, log: list[Event] | None = None) -> None:
        self.qtbot = qtbot
        self.line = Line(scenario)
        if log is not None:
            self.line.stored.extend(log)
            self.line.now = 0
            self.line.controller = SessionController(
                scenario, store=self.line.store, events=log, clock_ms=self.line.clock
            )
        self.drafts: dict[str, Draft] = {}
        self.seats: list[ContactDesk] = []
        self.desk = ShiftDesk(self.line.controller, self.seat, settings=Settings())
        self.desk.resize(1280, 800)
        qtbot.addWidget(self.desk)
        self.desk.show()
        self.desk.begin()
        if log is None:
            self.line.start()

    def seat(self, settings: Settings, interlude: Interlude) -> ContactDesk:
        controller = self.line.controller
        made = DESKS[controller.contact_scenario.doc.channel](
            controller,
            settings=settings,
            interlude=interlude,
            draft_of=lambda contact: self.drafts.get(contact, Draft("", {})),
            save_draft=self.drafts.__setitem__,
        )
        self.seats.append(made)
        return made

    @property
    def phone(self) -> PhoneDesk:
        desk = self.desk.contact_desk
        assert isinstance(desk, PhoneDesk)
        return desk

    @property
    def shown(self) -> QWidget | None:
        """What stands beneath the panel."""
        return self.desk.shown

    def in_contact(self) -> bool:
        """Whether that is the contact's own desk."""
        return self.desk.shown is self.desk.contact_desk

    def leap(self) -> None:
        assert self.desk.panel.leap.isEnabled()
        self.desk.panel.leap.click()

    def switch(self, word: str) -> None:
        self.desk.panel.switch.buttons[word].click()

    def answer(self) -> None:
        while self.phone.incoming.answer.isHidden() or not self.phone.incoming.answer.isEnabled():
            self.line.go(400)
        self.phone.incoming.answer.click()

    def say(self, text: str) -> None:
        self.line.quiet()
        self.phone.reply.field.setPlainText(text)
        self.phone.reply.send.click()
        self.line.quiet()

    def note(self, **fields: str) -> None:
        self.phone.notes.fill({key.replace("_", "-"): value for key, value in fields.items()})
        self.phone.notes.save.click()

    def close(self) -> None:
        self.line.controller.close()
        self.desk.close_desk()


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = Office(qtbot, half_day())
    yield office
    office.close()


ELVIRA = (
    "Farmacias Sol Andino, muy buenos días, le saluda Diego. ¿En qué le puedo ayudar?",
    "Con mucho gusto. ¿Con quién tengo el gusto de hablar?",
    "Gracias, señora Elvira. El sábado atendemos de nueve de la mañana a seis de la tarde.",
    "Le guardamos el pedido un día completo, señora Elvira. ¿Me expliqué bien?",
    "Con gusto. ¿Hay algo más en que le pueda ayudar?",
    "Gracias por llamar a Farmacias Sol Andino, señora Elvira. Que tenga un lindo día.",
)


def serve_elvira(office: Office) -> None:
    """From the beginning to the end of the first call."""
    office.leap()
    office.switch("available")
    office.leap()
    office.answer()
    for text in ELVIRA:
        office.say(text)
    office.line.go(8_000)


def test_a_whole_shift_by_its_buttons(office: Office, qtbot: QtBot) -> None:
    panel = office.desk.panel
    assert panel.clock.text() == "8:59"
    office.leap()
    assert panel.clock.text() == "9:00"
    assert "Atender" in office.desk.banner.text.text()
    office.switch("available")
    assert panel.switch.buttons["available"].isChecked()
    office.leap()
    assert office.in_contact()
    assert not panel.leap.isEnabled(), "nobody leaps during a contact"
    office.answer()
    for text in ELVIRA:
        office.say(text)
    office.line.go(8_000)
    assert panel.switch.buttons["after-call"].isVisible()
    assert not panel.leap.isEnabled()
    office.note(customer="Elvira Cárdenas", reason="Horario del sábado", solution="De 9 a 6", follow_up="Ninguno")
    assert office.desk.focusWidget() is panel.switch.buttons["available"]
    office.switch("available")
    office.line.go(20_000)
    office.line.go(20_000)
    assert office.line.controller.turned_to == "marta"
    office.line.go(60_000)  # she gives up: nobody answers
    assert office.line.controller.state.contacts["marta"].phase is Phase.AFTER
    assert panel.switch.buttons["other"].isChecked()
    for word in ("break", "available", "activity", "available"):
        office.leap()
        office.switch(word)
    office.leap()
    assert office.desk.over.isVisible()
    summary = office.desk.over.summary
    assert summary is not None
    assert summary.cell(0, 0) == "Elvira Cárdenas"
    assert summary.cell(1, 1).startswith("sin contestar")
    with qtbot.waitSignal(office.desk.finished):
        office.desk.over.finish.click()
    assert office.line.of(AttemptEnded) == [AttemptEnded("finished")]


def test_the_desk_inside_is_of_the_contact_and_the_next_one_takes_its_place(office: Office) -> None:
    serve_elvira(office)
    assert office.phone.doc.company.name == "Farmacias Sol Andino"
    office.note(customer="E", reason="Horario del sábado", solution="9 a 6", follow_up="No")
    office.switch("available")
    office.line.go(60_000)
    assert len(office.seats) == 2
    assert office.phone.doc.company.name == "Telenova"
    assert office.phone.doc.customer.name == "Marta Ríos"
    assert office.phone.reply.text == ""


def test_a_call_beyond_the_end_is_written_up_before_the_summary_whatever_was_left_unwritten(qtbot: QtBot) -> None:
    late = SHIFT.replace('phone/angry-caller, at: "09:21"', 'phone/guided-first-call, at: "10:59"')
    scenario = loaded(late).scenario
    assert scenario is not None
    office = Office(qtbot, scenario)
    serve_elvira(office)
    office.switch("available")
    for word in ("break", "available", "activity", "available"):
        office.leap()
        office.switch(word)
    office.leap()
    office.line.go(40_000)
    office.answer()
    for text in ELVIRA:
        office.say(text)
    office.line.go(8_000)
    assert office.line.controller.all_over
    assert office.in_contact()
    office.note(customer="Elvira", reason="Horario del sábado", solution="De 9 a 6", follow_up="Ninguno")
    assert office.line.controller.turned_to == "marta"
    assert office.desk.over.isVisible()
    office.close()


def test_what_was_typed_of_the_notes_is_kept_and_can_be_gone_back_to(office: Office) -> None:
    serve_elvira(office)
    office.phone.notes.fill({"customer": "Elvira"})
    office.switch("break")
    assert office.shown is office.desk.idle
    assert office.desk.idle.back.isVisible()
    office.desk.idle.back.click()
    assert office.in_contact()
    assert office.phone.notes.notes()["customer"] == "Elvira"
    office.switch("other")  # whatever happens meanwhile
    assert office.in_contact()
    office.note(customer="Elvira", reason="Horario del sábado", solution="De 9 a 6", follow_up="Ninguno")
    assert not office.in_contact()


def test_the_queue_shows_who_waits_and_warns(office: Office) -> None:
    office.leap()
    office.leap()
    office.line.go(1_000)
    queue = office.desk.panel.queue.text
    assert "Farmacias Sol Andino" in queue.text()
    assert queue.property("tone") == "neutral"
    office.line.go(70_000)
    assert queue.text() == "Fila (2): Farmacias Sol Andino 01:11 · Telenova 00:11"
    assert queue.property("tone") == "warning"
    office.line.go(30_000)
    assert queue.property("tone") == "bad"
    office.line.go(20_000)
    assert queue.text() == "Fila (1): Telenova 01:01"
    assert "se cansó de esperar" in office.desk.banner.text.text()


def test_keys_switch_and_leap(office: Office, qtbot: QtBot) -> None:
    office.desk.activateWindow()
    office.desk.panel.leap.setFocus()
    QTest.keyClick(office.desk, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.desk.panel.clock.text() == "9:00")
    QTest.keyClick(office.desk, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.line.controller.state.presence == "available")
    QTest.keyClick(office.desk, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.line.controller.state.presence == "other")


def test_keys_switch_and_turn_the_panels_also_after_a_contact(office: Office, qtbot: QtBot) -> None:
    """The desk inside has keys of its own: one that both had did nothing."""
    serve_elvira(office)
    office.desk.activateWindow()
    QTest.keyClick(office.phone, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.phone.panels.currentWidget() is office.phone.knowledge)
    QTest.keyClick(office.phone, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: office.line.controller.state.presence == "break")


def test_every_part_has_a_name_for_those_who_do_not_see_it(office: Office) -> None:
    panel = office.desk.panel
    assert panel.strip.accessibleDescription() == (
        "9:00 a 10:00: Atender; 10:00 a 10:10: Pausa; 10:10 a 10:30: Atender; 10:30 a 10:40: Reunión; "
        "10:40 a 11:00: Atender"
    )
    for button in (*panel.switch.buttons.values(), panel.leap, office.desk.idle.pause, office.desk.idle.leave):
        assert button.accessibleName()
    assert panel.clock.accessibleName() == "Hora: 8:59"


def test_the_marker_moves_with_the_clock(office: Office) -> None:
    before = office.desk.panel.strip.marker_x()
    office.leap()
    office.leap()
    assert office.desk.panel.strip.marker_x() > before


def test_a_pause_covers_all_of_it_and_time_stands_still(office: Office) -> None:
    serve_elvira(office)
    office.phone.header.pause.click()
    assert office.desk.interlude.curtain.isVisible()
    assert not office.desk.panel.switch.isEnabled()
    office.desk.interlude.curtain.button("go-on").click()
    assert office.desk.panel.switch.isEnabled()
    assert not office.desk.interlude.curtain.isVisible()


def test_leaving_asks_once(office: Office, qtbot: QtBot) -> None:
    assert not office.desk.ask_to_leave()
    with qtbot.waitSignal(office.desk.left) as left:
        office.desk.interlude.curtain.button("keep").click()
    assert left.args == ["a1", "kept"]


def test_a_shift_that_was_killed_in_a_call_goes_on_there(qtbot: QtBot) -> None:
    first = Office(qtbot, half_day())
    first.leap()
    first.switch("available")
    first.leap()
    first.answer()
    first.say(ELVIRA[0])
    log = list(first.line.stored)
    first.close()
    again = Office(qtbot, half_day(), log)
    assert again.in_contact()
    assert again.desk.interlude.curtain.isVisible()
    again.desk.interlude.curtain.button("go-on").click()
    for text in ELVIRA[1:]:
        again.say(text)
    again.line.go(8_000)
    assert again.line.controller.state.contacts["elvira"].end == "happy"
    assert again.line.controller.state.presence == "after-call"
    again.close()


def test_a_shift_that_was_killed_in_the_work_after_a_call_goes_on_at_its_notes(qtbot: QtBot) -> None:
    first = Office(qtbot, half_day())
    serve_elvira(first)
    log = list(first.line.stored)
    first.close()
    again = Office(qtbot, half_day(), log)
    again.desk.interlude.curtain.button("go-on").click()
    assert again.in_contact()
    again.note(customer="Elvira", reason="Horario del sábado", solution="De 9 a 6", follow_up="Ninguno")
    assert [what.name for what in again.line.of(AgentActed)][-1] == "notes"
    again.close()


def test_closed_desks_listen_no_more(office: Office) -> None:
    serve_elvira(office)
    office.switch("available")
    office.line.go(60_000)
    first, second = office.seats
    assert second is office.desk.contact_desk
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    office.line.go(10_000)
    with pytest.raises(RuntimeError):
        first.objectName()
