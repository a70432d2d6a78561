"""Attempts: go on, open, play again, and never delete without a question."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from simulator.ui.pages.attempts import AttemptsPage
from simulator.ui.pages.attempts_table import DATE, NUMBER, RESULT, SCENARIO, SCORE
from tests.ui.sample_services import attempts


@pytest.fixture
def page(qtbot: QtBot) -> AttemptsPage:
    made = AttemptsPage()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show_attempts(attempts())
    with qtbot.waitExposed(made):
        made.show()
    return made


def column(page: AttemptsPage, number: int) -> list[str]:
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def test_enter_and_a_double_click_open_the_debrief(qtbot: QtBot, page: AttemptsPage) -> None:
    opened: list[str] = []
    page.opened.connect(opened.append)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    at = page.table.visualRect(page.model.index(2, SCENARIO)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert opened == ["a1", "a2"]


def test_an_unfinished_attempt_is_resumed(qtbot: QtBot, page: AttemptsPage) -> None:
    go_on = next(made for made in page.findChildren(QPushButton) if made.property("attempt") == "open-1")
    with qtbot.waitSignal(page.resumed, timeout=1000) as resumed:
        go_on.click()
    assert resumed.args == ["open-1"]


def test_the_scenario_is_played_again(qtbot: QtBot, page: AttemptsPage) -> None:
    with qtbot.waitSignal(page.again, timeout=1000) as again:
        page.again_button.click()
    assert again.args == ["angry-caller"]


def test_delete_asks_and_keeps_on_escape(qtbot: QtBot, page: AttemptsPage) -> None:
    deleted: list[str] = []
    page.deleted.connect(deleted.append)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.asking is not None
    assert page.asking.focusWidget() is page.asking.buttons["keep"]
    QTest.keyClick(page.asking.buttons["keep"], Qt.Key.Key_Escape)
    assert deleted == []


def test_the_question_says_whether_a_recording_goes_too(page: AttemptsPage) -> None:
    rows = attempts()
    for recorded in (True, False):
        page.show_attempts([replace(row, recorded=recorded) for row in rows])
        page.delete_button.click()
        assert page.asking is not None
        said = " ".join(part.text() for part in page.asking.findChildren(QLabel))
        assert ("su grabación" in said) is recorded
        page.asking.buttons["keep"].click()


def test_the_question_about_an_unfinished_attempt_says_so_too(page: AttemptsPage) -> None:
    page.show_attempts([replace(row, recorded=True) for row in attempts()])
    drop = [made for made in page.findChildren(QPushButton) if made.property("attempt") == "open-1"][-1]
    drop.click()
    assert page.asking is not None
    assert "su grabación" in " ".join(part.text() for part in page.asking.findChildren(QLabel))
    page.asking.buttons["keep"].click()


def test_delete_deletes_what_was_asked_about(page: AttemptsPage) -> None:
    deleted: list[str] = []
    page.deleted.connect(deleted.append)
    page.table.selectRow(2)
    page.delete_button.click()
    assert page.asking is not None
    page.asking.buttons["delete"].click()
    assert deleted == ["a2"]


def test_results_stand_with_their_words(page: AttemptsPage) -> None:
    assert column(page, RESULT)[:6] == ["Apto", "No apto", "Pendiente", "Apto", "Incompleto", "Sin nota"]
    assert column(page, SCORE)[4] == "–"
    assert column(page, NUMBER)[0] == "3 de 3"
    assert "Desde un momento" in column(page, SCENARIO)[2]


def test_columns_sort_by_what_they_mean(page: AttemptsPage) -> None:
    page.table.sortByColumn(SCORE, Qt.SortOrder.DescendingOrder)
    assert column(page, SCORE)[:2] == ["100", "92"]
    page.table.sortByColumn(DATE, Qt.SortOrder.AscendingOrder)
    assert page.model.attempt(0).id == "a8"


def test_the_chosen_row_stays_chosen_when_the_order_or_the_rows_change(page: AttemptsPage) -> None:
    page.table.selectRow(3)
    page.table.sortByColumn(SCORE, Qt.SortOrder.AscendingOrder)
    (index,) = page.table.selectionModel().selectedRows()
    assert page.model.attempt(index.row()).id == "a3"
    page.show_attempts(attempts(5))
    (index,) = page.table.selectionModel().selectedRows()
    assert page.model.attempt(index.row()).id == "a3"


def test_a_narrow_table_says_the_same_in_two_columns(page: AttemptsPage) -> None:
    page.resize(640, 700)
    assert [page.table.isColumnHidden(number) for number in range(5)] == [True, False, True, True, False]
    assert column(page, RESULT)[0] == "Apto · 92"
    assert "3 de 3" in column(page, SCENARIO)[0]


def test_no_attempts_say_what_will_be_here(qtbot: QtBot) -> None:
    page = AttemptsPage()
    qtbot.addWidget(page)
    page.show_attempts(())
    assert "Todavía no hay intentos" in [made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page)]
    assert not page.table.isVisibleTo(page)


def test_what_was_submitted_says_so_and_is_not_deleted_here(page: AttemptsPage) -> None:
    place = next(n for n in range(page.model.rowCount()) if page.model.attempt(n).submitted)
    page.table.selectRow(place)
    assert not page.delete_button.isEnabled()
    assert "decide quien lo revisa" in page.delete_button.toolTip()
    page._on_delete()  # by the key
    assert page.asking is None
    assert str(page.model.index(place, 1).data()).endswith("\nEntregado")
    page.table.selectRow(place + 1)
    assert page.delete_button.isEnabled()
