"""The guided first call follows the call and never stands in its way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from pytestqt.qtbot import QtBot

from simulator.ui.desk.coach import POINTERS, Coach, card_place
from tests.ui.desk.test_desk import GREETING, Office

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def guided(qtbot: QtBot) -> Iterator[Office]:
    office = Office(qtbot, guided=True)
    yield office
    office.line.controller.close()


def coach(office: Office) -> Coach:
    assert office.desk.coach is not None
    return office.desk.coach


def shown(office: Office) -> str:
    pointer = coach(office).pointer
    return pointer.id if pointer is not None and coach(office).card.isVisible() else ""


def test_it_goes_with_the_call_from_bell_to_notes(guided: Office) -> None:
    line, desk = guided.line, guided.desk
    guided.ring()
    assert shown(guided) == "answer"
    desk.side_chat.close_button.click()
    desk.incoming.answer.click()
    assert shown(guided) == "greet"
    guided.say(GREETING)
    assert shown(guided) == "listen"
    line.quiet()
    guided.say("Entiendo su molestia, lamento lo ocurrido.")
    assert shown(guided) == "look-up"
    coach(guided).card.next.click()
    line.quiet()
    assert shown(guided) == "hold"
    desk.toolbar.button("hold").click()
    assert shown(guided) == "resume"
    desk.toolbar.button("resume").click()
    assert shown(guided) == "close"
    desk.toolbar.button("hang-up").click()
    assert shown(guided) == "notes"
    with guided.qtbot.waitSignal(desk.guide_over) as over:
        desk.notes.save.click()
    assert over.args == [True]


def test_it_can_be_skipped_and_the_call_goes_on(guided: Office) -> None:
    guided.ring()
    with guided.qtbot.waitSignal(guided.desk.guide_over) as over:
        coach(guided).card.skip.click()
    assert over.args == [False]
    assert shown(guided) == ""
    guided.desk.incoming.answer.click()
    assert shown(guided) == ""


def test_what_was_not_followed_is_passed_over(guided: Office) -> None:
    """Hanging up at once leaves only the notes to be shown; the way back from a hold that never was is never shown."""
    guided.ring()
    guided.desk.incoming.answer.click()
    guided.desk.toolbar.button("hang-up").click()
    assert shown(guided) == "notes"


def test_it_hides_while_a_curtain_covers_the_desk(guided: Office) -> None:
    guided.ring()
    guided.desk.header.pause.click()
    assert shown(guided) == ""
    guided.desk.curtain.button("go-on").click()
    assert shown(guided) == "answer"


def test_every_pointer_shows_a_part_of_the_desk(guided: Office) -> None:
    for pointer in POINTERS:
        assert guided.desk.part(pointer.target) is not None
        assert not pointer.avoid or guided.desk.part(pointer.avoid) is not None


def test_the_words_never_cover_what_they_speak_of() -> None:
    desk, card = QRect(0, 0, 1200, 800), QSize(380, 120)
    for target in (QRect(0, 700, 760, 100), QRect(0, 0, 1200, 60), QRect(760, 60, 440, 740), QRect(300, 400, 240, 60)):
        place = QRect(card_place(desk, target, card, ("above", "below", "left", "right")), card)
        assert desk.contains(place)
        assert not place.intersects(target)
    assert card_place(desk, desk, card, ("above",)) != QPoint(-1, -1)
