"""The library shows what can be played, finds it, and says what is wrong with the rest."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.pages.library import BATCH, LibraryPage
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


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[Settings], None]]:
    def dressed(asked: Settings) -> None:
        theme.apply(qapp, asked)

    yield dressed
    theme.apply(qapp, Settings(theme="light"))


@pytest.mark.parametrize(("width", "size"), [(760, 100), (500, 100), (470, 200), (1280, 100)])
def test_the_button_that_reads_the_files_again_never_stands_alone(
    qtbot: QtBot, dress: Callable[[Settings], None], width: int, size: int
) -> None:
    dress(Settings(theme="light", text_size=size))
    page = library(qtbot)
    page.resize(width, 560)
    with qtbot.waitExposed(page):
        page.show()
    search, refresh = (part.mapTo(page, part.rect().center()) for part in (page.search, page.refresh_button))
    assert abs(search.y() - refresh.y()) <= 2
    assert page.search.width() >= 150


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


MANY = tuple(replace(LIBRARY[1], id=f"many-{number}", title=f"Práctica {number}") for number in range(1000))


def test_of_a_thousand_only_the_cards_near_what_is_seen_are_made(qtbot: QtBot) -> None:
    page = library(qtbot, MANY)
    assert page.cards.parts == BATCH
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: page.cards.parts > BATCH)
    qtbot.waitUntil(lambda: not page.cards.growing)
    assert len(shown(page)) == page.cards.parts < 60
    assert "Teléfono (1000)" in texts(page)


def test_scrolling_to_the_end_brings_more(qtbot: QtBot) -> None:
    page = library(qtbot, MANY)
    page.show()
    qtbot.waitUntil(lambda: not page.cards.growing)
    before = page.cards.parts
    QTest.keyClick(page, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: page.cards.parts > before)
    assert shown(page) == [entry.id for entry in MANY[: page.cards.parts]]


def test_the_search_finds_what_has_no_card_yet(qtbot: QtBot) -> None:
    page = library(qtbot, MANY)
    page.search.setText("practica 987")
    assert shown(page) == ["many-987"]


def test_a_card_that_says_the_same_stays_when_more_files_are_read(qtbot: QtBot) -> None:
    page = library(qtbot, MANY[:7])
    page.show_library(MANY[:7], True, unread=2)
    assert "Se están leyendo 2 archivos más." in texts(page)
    kept = page.findChildren(CardButton)
    changed = replace(MANY[6], last_result="passed", last_score=90, attempts=1)
    page.show_library((*MANY[:6], changed, MANY[8]), True)
    assert page.findChildren(CardButton)[: len(kept)] == kept
    assert "Teléfono (8)" in texts(page)
    assert not page.reading.isVisibleTo(page)
