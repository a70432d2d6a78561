"""Comments under a post through the real widgets, with the real core: both sides, hiding, to the last notes."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from simulator.session.events import AgentActed, AttemptEnded
from simulator.settings import Settings
from simulator.ui.channels.social import SocialDesk
from simulator.ui.desk.comments import Comment
from simulator.ui.session_controller import SessionController
from tests.scenarios.shipped import scenario
from tests.session.test_social import two
from tests.ui.desk.office import Office, office_of

# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Account = Office[SocialDesk]


@pytest.fixture
def account(qtbot: QtBot) -> Iterator[Account]:
    yield from office_of(qtbot, two(), SocialDesk)


@pytest.fixture
def coaches(qtbot: QtBot) -> Iterator[Account]:
    yield from office_of(qtbot, scenario("comments-under-a-post"), SocialDesk)


def comment(account: Account, place: int) -> Comment:
    made = account.desk.conversation.bubbles[place]
    assert isinstance(made, Comment)
    return made


# The post and its comments


def test_a_comment_is_there_whole_under_its_post(account: Account) -> None:
    account.start()
    post = account.desk.thread_.post
    assert (post.post.text(), post.purpose.text()) == ("¡Feliz lunes!", "Informamos.")
    assert "hace 40 minutos" in post.head.text()
    assert account.bubbles == ["¿Hasta qué hora abren hoy?"]
    assert account.desk.reply.field.hasFocus()


def test_who_has_not_given_a_name_is_called_by_their_handle(account: Account) -> None:
    account.start()
    account.line.go(12_000)
    assert [account.row(id)[0] for id in ("c1", "luis")] == ["Marta Ríos", "@luism"]
    account.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert account.desk.reply.field.placeholderText() == "Escriba a @luism"
    assert account.bubbles == ["¿Y los domingos?"]


def test_each_waiting_clock_warns_before_the_person_goes(account: Account) -> None:
    account.start()
    tones = []
    for _step in range(3):
        account.line.go(17_000)
        tones.append((account.desk.list.rows["luis"].clock.property("tone"), account.row("c1")[2]))
    assert [tone for tone, _ in tones] == ["neutral", "warning", "bad"]
    assert tones[-1][1] == "00:51"
    account.line.go(12_000)
    assert account.row("luis")[1] == "Se fue sin que la atendieran"


# Public and private


def test_the_side_is_changed_by_key_and_by_button_and_cannot_be_overlooked(account: Account) -> None:
    account.start()
    account.line.go(5_000)
    desk = account.desk
    assert (desk.reply.send.text(), desk.switch.readers.text()) == ("Publicar", "Lo lee todo el mundo")
    assert desk.switch.public.isChecked()
    account.press(Qt.Key.Key_F4)
    assert (desk.reply.send.text(), desk.switch.readers.text()) == ("Enviar en privado", "Solo lo lee Marta Ríos")
    assert desk.switch.private.isChecked()
    assert desk.reply.property("side") == "private"
    assert desk.reply.field.hasFocus()
    desk.switch.public.click()
    assert desk.reply.send.text() == "Publicar"
    acts = [what.name for what in account.line.of(AgentActed)]
    assert acts == ["private", "public"]


def test_pressing_the_side_one_is_on_changes_nothing(account: Account) -> None:
    account.start()
    account.line.go(5_000)
    account.desk.switch.public.click()
    assert account.line.of(AgentActed) == []
    assert account.desk.switch.public.isChecked()


def test_the_draft_stays_when_the_side_changes(account: Account) -> None:
    account.start()
    account.line.go(5_000)
    account.type("su numero")
    account.press(Qt.Key.Key_F4)
    assert account.desk.reply.text == "su numero"


def test_private_messages_look_private_and_say_so(account: Account) -> None:
    account.start()
    account.line.go(5_000)
    account.press(Qt.Key.Key_F4)
    account.say("¿Me da su DNI?")
    assert [comment(account, place).is_private for place in range(3)] == [False, True, True]
    assert comment(account, 2).accessibleName() == "Mensaje privado de Marta Ríos @martar: Es el 1234."
    account.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert account.desk.switch.public.isChecked()  # each thread has its own side
    account.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert account.desk.switch.private.isChecked()
    assert [comment(account, place).is_private for place in range(3)] == [False, True, True]
    assert account.bubbles == ["¿Hasta qué hora abren hoy?", "¿Me da su DNI?", "Es el 1234."]


# Hiding


def test_a_hidden_comment_stays_on_the_desk_and_says_that_it_is(account: Account) -> None:
    account.start()
    account.line.go(5_000)
    account.press(Qt.Key.Key_F7)
    account.line.go(8_000)
    assert [comment(account, place).is_hidden for place in range(2)] == [True, False]
    assert comment(account, 0).accessibleName().startswith("Comentario oculto de Marta Ríos")
    account.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    account.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert comment(account, 0).is_hidden


# Spelling, resuming


def test_misspelt_words_are_underlined_while_writing(coaches: Account) -> None:
    coaches.start()
    coaches.line.go(20_000)
    coaches.type("Hola, Nuria, el numero del bus de Aldehuela es el 6. ")
    assert coaches.desk.spelling is not None
    coaches.desk.spelling.look()
    assert coaches.desk.spelling.words == ("numero",)


def test_an_attempt_taken_up_goes_on_in_the_thread_and_on_the_side_where_the_agent_was(
    qtbot: QtBot, account: Account
) -> None:
    account.start()
    account.line.go(12_000)
    account.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    account.press(Qt.Key.Key_F4)
    desk = SocialDesk(
        SessionController(two(), store=lambda _events: None, events=account.line.stored), settings=Settings()
    )
    qtbot.addWidget(desk)
    desk.begin()
    assert desk.list.rows["luis"].isChecked()
    assert desk.switch.private.isChecked()
    desk.close_desk()


# To the end


def test_three_comments_to_the_last_notes(coaches: Account) -> None:
    desk, line = coaches.desk, coaches.line
    coaches.start()
    line.go(45_000)
    coaches.say(
        "Buenas tardes, Nuria. En esta cuenta damos información y recibimos sus solicitudes; con gusto le ayudo. El "
        "último autocar sale a las 21.30, y Coco viaja en su transportín con un billete de mascota de 5 euros."
    )
    assert coaches.desk.list.rows["c1"].line.text().startswith("¡Genial!") or "rapidez" in coaches.bubbles[-1]
    coaches.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    coaches.say("Buenas tardes. Siento lo del tobillo. Le escribo por mensaje privado para ver su billete.")
    coaches.press(Qt.Key.Key_F4)
    coaches.say("¿Me indica, por favor, su nombre y el localizador?")
    assert coaches.row("ines")[0] == "Inés Carrasco"
    assert desk.switch.readers.text() == "Solo lo lee Inés Carrasco"
    coaches.say("Muchas gracias, señora Inés. Su billete ya está cambiado para el viernes 20, sin coste.")
    coaches.say("Muchas gracias por escribirnos, señora Inés. Que tenga una buena tarde.")
    assert coaches.row("ines")[1] == "Terminado · falta la ficha"
    coaches.write_notes("Inés Carrasco")
    coaches.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    coaches.say("Muchas gracias por escribirnos, Nuria. Que tenga un buen puente. Hasta pronto.")
    coaches.write_notes("Nuria Bosch")
    coaches.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(desk, Qt.Key.Key_F12)
    assert line.controller.all_over
    coaches.write_notes("Damián Prieto")
    assert [ended.how for ended in line.of(AttemptEnded)] == ["finished"]


def test_who_was_never_answered_needs_no_notes(account: Account) -> None:
    account.start()
    account.line.go(5_000)
    account.say("A las seis de la tarde.")
    account.line.go(60_000)
    account.press(Qt.Key.Key_F12)
    assert account.line.controller.all_over
    account.write_notes("Marta Ríos")
    assert [ended.how for ended in account.line.of(AttemptEnded)] == ["finished"]


def test_every_part_has_a_name_to_be_read_aloud(coaches: Account) -> None:
    coaches.start()
    coaches.line.go(40_000)
    desk = coaches.desk
    parts = [*desk.list.rows.values(), desk.list, desk.conversation, desk.thread_.post, desk.switch]
    parts += [desk.switch.public, desk.switch.private, *desk.conversation.bubbles]
    assert all(part.accessibleName() for part in parts)
    assert all(field.accessibleName() for field in desk.findChildren(QPlainTextEdit))
