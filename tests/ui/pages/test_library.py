"""The library shows what can be played, finds it, and says what is wrong with the rest."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from simulator.ui.pages.library import LibraryPage
from simulator.ui.pages.pieces import CardButton
from simulator.ui.services import LibraryEntry
from tests.ui.sample_services import BROKEN, LIBRARY


def library(qtbot: QtBot, entries: tuple[LibraryEntry, ...] = LIBRARY, *, done: bool = True) -> LibraryPage:
    page = LibraryPage()
    qtbot.addWidget(page)
    page.show_library(entries, done)
    return page


def shown(page: LibraryPage) -> list[str]:
    return [str(made.property("scenario")) for made in page.findChildren(CardButton) if made.isVisibleTo(page)]


def texts(page: LibraryPage) -> list[str]:
    return [made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page)]


def test_a_card_is_chosen_with_click_enter_or_space(qtbot: QtBot) -> None:
    page = library(qtbot)
    chosen: list[str] = []
    page.chosen.connect(chosen.append)
    card = next(made for made in page.findChildren(CardButton) if made.property("scenario") == "angry-caller")
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.keyClick(card, Qt.Key.Key_Enter)
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert chosen == ["angry-caller"] * 3


def test_a_card_says_everything_to_a_screen_reader(qtbot: QtBot) -> None:
    page = library(qtbot)
    card = next(made for made in page.findChildren(CardButton) if made.property("scenario") == "angry-caller")
    said = card.accessibleName()
    for part in ("Cobro duplicado", "Teléfono", "Dificultad 3 de 5", "7 min", "Apto · 92"):
        assert part in said


def test_the_guided_call_stands_on_top_until_it_is_done(qtbot: QtBot) -> None:
    page = library(qtbot, done=False)
    assert "guided-first-call" not in shown(page)
    with qtbot.waitSignal(page.guided, timeout=1000):
        page.guided_button.click()
    page.show_library(LIBRARY, True)
    assert "guided-first-call" in shown(page)
    assert not page.guided_button.isVisibleTo(page)


def test_the_search_knows_neither_accents_nor_case(qtbot: QtBot) -> None:
    page = library(qtbot)
    page.search.setText("AUTO AREA")
    assert shown(page) == ["transfer-needed"]


def test_the_filters_show_what_is_new_and_what_is_not_passed(qtbot: QtBot) -> None:
    page = library(qtbot)
    page.filter.buttons["new"].click()
    assert shown(page) == ["guided-first-call"]
    page.filter.buttons["open"].click()
    assert shown(page) == ["offensive-language", "transfer-needed", "foreign-caller"]


def test_nothing_found_offers_everything_again(qtbot: QtBot) -> None:
    page = library(qtbot)
    page.search.setText("xyz")
    assert shown(page) == []
    assert "Nada coincide" in texts(page)
    page.show_all_button.click()
    assert len(shown(page)) == len(LIBRARY)


def test_channels_are_groups_in_their_order(qtbot: QtBot) -> None:
    chat = replace(LIBRARY[1], id="chat-1", channel="chat")
    odd = replace(LIBRARY[1], id="odd-1", channel="hologram")
    page = library(qtbot, (odd, chat, LIBRARY[2]))
    assert shown(page) == ["offensive-language", "chat-1", "odd-1"]


def test_a_broken_scenario_cannot_be_chosen_and_its_problems_can_be_copied(qtbot: QtBot) -> None:
    page = library(qtbot, (*LIBRARY, BROKEN))
    assert BROKEN.id not in shown(page)
    (card,) = page.broken_cards()
    assert card.details.isHidden()
    QTest.keyClick(card.toggle, Qt.Key.Key_Space)
    assert not card.details.isHidden()
    assert card.text.toPlainText() == "\n".join(BROKEN.problems)
    card.copy.click()
    assert QGuiApplication.clipboard().text() == "\n".join(BROKEN.problems)


def test_an_empty_library_says_how_to_fill_it(qtbot: QtBot) -> None:
    page = library(qtbot, ())
    assert "Todavía no hay prácticas" in texts(page)
    with qtbot.waitSignal(page.refresh_asked, timeout=1000):
        page.refresh_button.click()


def test_what_is_searched_stays_when_the_files_are_read_again(qtbot: QtBot) -> None:
    page = library(qtbot)
    page.search.setText("luz")
    page.show_library(LIBRARY, True)
    assert shown(page) == ["offensive-language"]
