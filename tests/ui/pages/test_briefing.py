"""The briefing says what will be marked and hands over what was chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.ui.pages.briefing import BriefingPage
from simulator.ui.pages.words import GUIDED
from simulator.ui.services import CallOptions
from simulator.ui.views import briefing_view
from tests.scenarios.shipped import scenario
from tests.ui.sample_services import BRIEFING


@pytest.fixture
def page(qtbot: QtBot) -> BriefingPage:
    made = BriefingPage()
    qtbot.addWidget(made)
    made.show_briefing(BRIEFING, Settings())
    return made


def texts(page: BriefingPage) -> list[str]:
    return [made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page)]


def test_the_call_is_taken_with_what_was_chosen(qtbot: QtBot, page: BriefingPage) -> None:
    page.hints.click()
    page.captions.click()
    page.difficulty.buttons["5"].click()
    with qtbot.waitSignal(page.take, timeout=1000) as taken:
        page.take_button.click()
    assert taken.args == [CallOptions(hints=False, captions=False, difficulty=5)]


def test_the_settings_are_where_the_choice_begins(qtbot: QtBot, page: BriefingPage) -> None:
    page.show_briefing(BRIEFING, Settings(hints=False, captions=False))
    assert page.options == CallOptions(hints=False, captions=False, difficulty=3)


def test_the_guided_call_has_its_hints_on(qtbot: QtBot, page: BriefingPage) -> None:
    page.show_briefing(replace(BRIEFING, id=GUIDED, difficulty=1), Settings(hints=False))
    assert page.options == CallOptions(hints=True, captions=True, difficulty=1, guided=True)


def test_difficulty_says_what_it_changes(page: BriefingPage) -> None:
    said = set()
    for level in ("1", "3", "5"):
        page.difficulty.buttons[level].click()
        said |= {text for text in texts(page) if text.startswith(("Más fácil", "Tal como", "Más difícil"))}
    assert len(said) == 3


def test_every_checkpoint_shows_title_weight_and_what_meets_it(page: BriefingPage) -> None:
    shown = texts(page)
    for checkpoint in BRIEFING.checkpoints:
        assert checkpoint.title in shown
        assert checkpoint.text in shown
    assert shown.count("★ crítico: si falla, no apto") == 2
    assert shown.count("Peso 3") == 2


def test_phases_stand_in_the_order_of_the_catalogue(qtbot: QtBot, page: BriefingPage) -> None:
    page.show_briefing(replace(BRIEFING, checkpoints=BRIEFING.checkpoints[::-1]), Settings())
    phases = [made.text() for made in page.findChildren(QLabel, "phaseTitle") if made.isVisibleTo(page)]
    assert phases == ["Apertura", "Entender la necesidad", "Espera y transferencia", "Manejo del caso", "Cierre"]


def test_a_wrapped_text_becomes_paragraphs(page: BriefingPage) -> None:
    paragraphs = [made.text() for made in page.findChildren(QLabel, "readText")]
    assert len(paragraphs) == 2
    assert all("\n" not in paragraph for paragraph in paragraphs)


def test_escape_and_the_button_go_back(qtbot: QtBot, page: BriefingPage) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    with qtbot.waitSignal(page.back, timeout=1000):
        page.back_button.click()
    with qtbot.waitSignal(page.back, timeout=1000):
        QTest.keyClick(page.take_button, Qt.Key.Key_Escape)


def test_the_page_scrolls_by_keyboard_from_any_control(qtbot: QtBot, page: BriefingPage) -> None:
    page.resize(900, 500)
    with qtbot.waitExposed(page):
        page.show()
    bar = page.scroller.verticalScrollBar()
    QTest.keyClick(page.take_button, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(page.take_button, Qt.Key.Key_Home)
    assert bar.value() == 0


def test_where_several_come_it_says_how_many() -> None:
    view = briefing_view(scenario("three-visitors"))
    assert (view.customer, view.customer_about) == ("3 personas", "")
