"""People pick themselves or add themselves; a refused name says why."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from simulator.ui.pages.pieces import CardButton
from simulator.ui.pages.profiles import ProfilesPage
from tests.ui.sample_services import PROFILES


def cards(page: ProfilesPage) -> list[CardButton]:
    return [made for made in page.findChildren(CardButton) if made.isVisibleTo(page)]


def test_a_person_is_picked_with_click_enter_or_space(qtbot: QtBot) -> None:
    page = ProfilesPage(PROFILES)
    qtbot.addWidget(page)
    picked: list[str] = []
    page.picked.connect(picked.append)
    QTest.mouseClick(cards(page)[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(cards(page)[1], Qt.Key.Key_Return)
    QTest.keyClick(cards(page)[2], Qt.Key.Key_Space)
    assert picked == ["p1", "p2", "p3"]


def test_a_name_of_any_script_is_added_trimmed(qtbot: QtBot) -> None:
    page = ProfilesPage()
    qtbot.addWidget(page)
    added: list[str] = []
    page.added.connect(added.append)
    page.field.setText("  Ольга Петрова ")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert added == ["Ольга Петрова"]


def test_an_empty_or_taken_name_is_refused_with_a_reason(qtbot: QtBot) -> None:
    page = ProfilesPage(PROFILES)
    qtbot.addWidget(page)
    added: list[str] = []
    page.added.connect(added.append)
    for name in ("   ", "DIEGO SALAS"):
        page.field.setText(name)
        page.add_button.click()
        assert page.message.text()
        assert page.field.accessibleDescription() == page.message.text()
    assert added == []


def test_a_name_refused_by_the_store_stays_to_be_mended(qtbot: QtBot) -> None:
    page = ProfilesPage()
    qtbot.addWidget(page)
    page.field.setText("x" * 130)
    page.refuse("El nombre es demasiado largo.")
    assert page.field.text() == "x" * 130
    assert not page.message.isHidden()
    QTest.keyClicks(page.field, "y")
    assert page.message.isHidden()


def test_showing_people_again_replaces_them_and_clears_the_field(qtbot: QtBot) -> None:
    page = ProfilesPage(PROFILES)
    qtbot.addWidget(page)
    page.field.setText("Ana")
    page.show_profiles(PROFILES[:1], "p1")
    assert [card.property("person") for card in cards(page)] == ["p1"]
    assert page.field.text() == ""


def test_tab_goes_through_people_before_the_field(qtbot: QtBot) -> None:
    page = ProfilesPage(PROFILES)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    order = [page.focusWidget()]
    for _step in PROFILES:
        QTest.keyClick(order[-1], Qt.Key.Key_Tab)
        order.append(page.focusWidget())
    assert [made.property("person") for made in order[:-1] if isinstance(made, QAbstractButton)] == [
        person.id for person in PROFILES
    ]
    assert order[-1] is page.field
