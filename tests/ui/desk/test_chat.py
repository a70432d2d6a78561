"""Chats through the real widgets, with the real core: the queue, three at once, to the last notes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from simulator.session.events import AgentActed, AgentSpoke, AgentTyped, AttemptEnded
from simulator.session.state import Phase
from simulator.settings import Settings
from simulator.ui.channels.chat import ChatDesk
from simulator.ui.desk.equipment import EquipmentCheck, keyboard_finding
from simulator.ui.session_controller import SessionController
from tests.scenarios.shipped import scenario
from tests.session.test_chat import three
from tests.ui.desk.office import Office, office_of

# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office[ChatDesk]]:
    yield from office_of(qtbot, three(), ChatDesk)


@pytest.fixture
def shop(qtbot: QtBot) -> Iterator[Office[ChatDesk]]:
    yield from office_of(qtbot, scenario("three-visitors"), ChatDesk)


# The queue


def test_a_visitor_is_accepted_with_a_key_and_the_field_is_ready(office: Office[ChatDesk]) -> None:
    office.start()
    office.line.go(1_000)
    assert office.row("c1") == ("Visita 1", "En la fila", "00:01")
    assert office.desk.queued.accept.isVisible()
    office.press(Qt.Key.Key_F2)
    assert office.desk.reply.field.hasFocus()
    assert office.desk.reply.send.text() == "Enviar"


def test_a_key_takes_the_next_in_the_queue_wherever_one_is(office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.line.go(6_000)
    office.press(Qt.Key.Key_F2)
    assert office.line.controller.turned_to == "luis"
    assert office.line.controller.state.contacts["luis"].phase is Phase.TALKING


def test_with_all_hands_full_nobody_more_can_be_taken(office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.line.go(6_000)
    office.press(Qt.Key.Key_F2)
    office.line.go(5_000)
    office.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert office.line.controller.turned_to == "rosa"
    assert not office.desk.queued.accept.isEnabled()
    office.press(Qt.Key.Key_F2)
    assert "2" in office.desk.banner.text.text()


def test_the_clock_of_the_queue_warns_before_the_visitor_leaves(office: Office[ChatDesk]) -> None:
    office.start()
    tones = []
    for _step in range(3):
        office.line.go(19_000)
        tones.append(office.desk.list.rows["c1"].clock.property("tone"))
    assert tones == ["neutral", "warning", "bad"]
    office.line.go(5_000)
    assert office.row("c1")[1] == "Se fue sin que la atendieran"


def test_a_visitor_without_a_name_is_called_the_same_everywhere(office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.say("Telenova, muy buenos días.")
    [name] = office.desk.header.findChildren(QLabel, "callerName")
    assert name.text() == office.row("c1")[0] == "Visita 1"
    assert office.desk.conversation.bubbles[-1].accessibleName().startswith("Visita 1: ")
    office.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert name.text() == office.row("luis")[0] == "Visita 2"


# Writing


def test_a_message_is_seen_when_it_is_written_and_until_then_the_visitor_types(office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.say("Telenova, muy buenos días.", wait=3_000)
    assert office.bubbles == ["Telenova, muy buenos días."]
    assert office.row("c1")[1] == "escribiendo…"
    assert office.desk.typing.text() == "Visita 1 está escribiendo…"
    office.line.go(6_000)
    assert office.bubbles[-1] == "Buenos días, ¿hasta qué hora abren hoy?"
    assert office.desk.typing.text() == ""
    assert office.row("c1")[2] != ""


def test_what_comes_elsewhere_is_unread_until_one_turns_to_it(office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.type("Telenova, muy buenos días.")
    QTest.keyClick(office.desk.reply.field, Qt.Key.Key_Return)
    office.line.go(6_000)
    office.press(Qt.Key.Key_F2)
    office.line.go(6_000)
    row = office.desk.list.rows["c1"]
    assert row.unread
    assert "sin leer" in row.accessibleName()
    row.click()
    assert office.line.controller.turned_to == "c1"
    assert not office.desk.list.rows["c1"].unread
    assert office.bubbles[-1] == "Buenos días, ¿hasta qué hora abren hoy?"


def test_each_conversation_keeps_what_is_typed_in_it(office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.line.go(6_000)
    office.press(Qt.Key.Key_F2)
    office.type("para luis")
    office.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    office.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert office.desk.reply.text == ""
    office.type("para marta")
    office.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert office.desk.reply.text == "para luis"
    assert office.drafts["c1"].text == "para marta"
    typed = [event.contact for event in office.line.controller.events if isinstance(event.what, AgentTyped)]
    assert set(typed) == {"c1", "luis"}


def test_the_key_for_the_next_goes_round(office: Office[ChatDesk]) -> None:
    office.start()
    office.line.go(11_000)
    seen = []
    for _step in range(4):
        office.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        seen.append(office.line.controller.turned_to)
    assert seen == ["luis", "rosa", "c1", "luis"]


def test_an_attempt_taken_up_goes_on_where_the_agent_was(qtbot: QtBot, office: Office[ChatDesk]) -> None:
    office.start()
    office.press(Qt.Key.Key_F2)
    office.say("Telenova, muy buenos días.")
    office.press(Qt.Key.Key_F2)
    desk = ChatDesk(
        SessionController(three(), store=lambda _events: None, events=office.line.stored), settings=Settings()
    )
    qtbot.addWidget(desk)
    desk.begin()
    assert desk.list.rows["luis"].isChecked()
    assert desk.list.rows["c1"].unread is False
    desk.turn_to("c1")
    assert [bubble.label.text() for bubble in desk.conversation.bubbles][:1] == ["Telenova, muy buenos días."]
    desk.close_desk()


# Spelling


def test_misspelt_words_are_underlined_and_names_are_not(shop: Office[ChatDesk]) -> None:
    shop.start()
    shop.press(Qt.Key.Key_F2)
    shop.type("Bazar Lenga le ofresco una solucion, y saludos de Diego.")
    assert shop.desk.spelling is not None
    shop.desk.spelling.look()
    assert shop.desk.spelling.words == ("ofresco", "solucion")
    assert len(shop.desk.reply.field.extraSelections()) == 2
    assert "ofresco" in shop.desk.reply.field.accessibleDescription()


def test_the_word_that_is_being_typed_is_left_alone(shop: Office[ChatDesk]) -> None:
    shop.start()
    shop.press(Qt.Key.Key_F2)
    shop.type("solucio")
    assert shop.desk.spelling is not None
    shop.desk.spelling.look()
    assert not shop.desk.spelling.words
    shop.type(" ")
    shop.desk.spelling.look()
    assert list(shop.desk.spelling.words) == ["solucio"]


def test_nothing_is_underlined_in_an_exam(shop: Office[ChatDesk]) -> None:
    shop.start("exam")
    assert shop.desk.spelling is None


# Quick replies


def test_a_quick_reply_is_put_in_to_be_mended_with_the_names_of_the_conversation(shop: Office[ChatDesk]) -> None:
    shop.start()
    shop.press(Qt.Key.Key_F2)
    shop.desk.canned.menu().actions()[0].trigger()
    expected = "Muy buenos días, gracias por escribir a Bazar Lenga. Le atiende Diego. ¿En qué le puedo ayudar?"
    assert shop.desk.reply.text == expected
    assert not [event for event in shop.line.controller.events if isinstance(event.what, AgentSpoke)]


# The equipment


def checking(office: Office[ChatDesk]) -> EquipmentCheck:
    office.press(Qt.Key.Key_F8)
    assert office.desk.check is not None
    return office.desk.check


def test_the_equipment_is_checked_by_really_checking(office: Office[ChatDesk]) -> None:
    office.start()
    check = checking(office)
    assert "c1" in office.drafts  # the tool was asked, and kept it
    assert not check.finish.isEnabled()
    check.field.setText("¿Mañana sí?")
    assert check.keyboard.text.text() == "El teclado escribe eñes, tildes y signos de apertura."
    check.finish.click()
    acted = [event.what.name for event in office.line.controller.events if isinstance(event.what, AgentActed)]
    assert acted == ["check-equipment"]
    assert office.desk.check is None
    office.press(Qt.Key.Key_F2)
    assert office.desk.reply.field.hasFocus()


def test_who_leaves_the_check_has_not_checked(office: Office[ChatDesk]) -> None:
    office.start()
    QTest.keyClick(checking(office), Qt.Key.Key_Escape)
    assert not [event for event in office.line.controller.events if isinstance(event.what, AgentActed)]


def test_a_tool_that_does_not_keep_anything_is_found(office: Office[ChatDesk]) -> None:
    office.start()
    office.full = True
    assert "disk full" in checking(office).connection.text.text()


@pytest.mark.parametrize(
    ("typed", "tone"), [("¿Mañana sí?", "good"), ("?Manana si?", "warning"), ("¿Mañana  sí?", "warning")]
)
def test_the_keyboard_tells_which_letters_do_not_arrive(typed: str, tone: str) -> None:
    found = keyboard_finding(typed)
    assert found is not None
    assert found.tone == tone
    assert ("ñ" in found.text) == ("ñ" not in typed or tone == "good")


def test_a_keyboard_is_judged_when_all_is_typed() -> None:
    assert keyboard_finding("¿Mañ") is None


# To the end


def test_three_visitors_to_the_last_notes(shop: Office[ChatDesk]) -> None:
    desk, line = shop.desk, shop.line
    shop.start()
    check = checking(shop)
    check.field.setText("¿Mañana sí?")
    check.finish.click()
    shop.press(Qt.Key.Key_F2)
    shop.say("Muy buenos días, gracias por escribir a Bazar Lenga. Le atiende Diego. ¿En qué le puedo ayudar?")
    shop.say("Entiendo su preocupación, y le ofrezco disculpas. ¿Con quién tengo el gusto?")
    assert shop.row("c1")[0] == "Rosa Sandoval"
    shop.press(Qt.Key.Key_F2)
    shop.press(Qt.Key.Key_F2)
    assert {id for id, c in line.controller.state.contacts.items() if c.phase is Phase.TALKING} == set(desk.list.rows)
    shop.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(desk, Qt.Key.Key_F4)
    assert line.controller.contact is not None
    assert line.controller.contact.held_since is not None
    assert not desk.reply.send.isEnabled()
    QTest.keyClick(desk, Qt.Key.Key_F4)
    shop.say("Gracias por esperar. Su hervidor ya salió de la bodega y lo recibe mañana, entre las 9 y las 14 horas.")
    QTest.keyClick(desk, Qt.Key.Key_F7)
    shop.say("Muchas gracias por escribir a Bazar Lenga, señora Rosa. Que tenga un buen día.")
    assert shop.row("c1")[1] == "Terminado · falta la ficha"
    shop.write_notes("Rosa Sandoval")
    assert shop.row("c1")[1] == "Terminado"
    shop.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.toolbar.menu("transfer").actions()[1].trigger()
    shop.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(desk, Qt.Key.Key_F12)
    assert line.controller.all_over
    shop.write_notes("Daniela Olivares")
    assert not line.of(AttemptEnded)  # Patricio's are still to be written
    assert line.controller.turned_to == "patricio"
    shop.write_notes("Patricio Contreras")
    assert [ended.how for ended in line.of(AttemptEnded)] == ["finished"]


def test_every_part_has_a_name_to_be_read_aloud(shop: Office[ChatDesk]) -> None:
    shop.start()
    shop.press(Qt.Key.Key_F2)
    parts = [*shop.desk.list.rows.values(), shop.desk.visitors.equipment, shop.desk.canned]
    assert all(part.accessibleName() for part in parts)
    assert all(field.accessibleName() for field in shop.desk.findChildren(QPlainTextEdit))
