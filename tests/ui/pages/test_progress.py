"""My progress: the score and each checkpoint, from attempt to attempt."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from simulator.records.progress import OwnAttempts, Try
from simulator.ui.pages.progress import BEST, FIRST, LAST, LIFT, TRAIL, ProgressPage
from tests.records.cases import NOON

GREET, HOLD = ("greet", "Saluda según la hora del día"), ("hold", "Pide permiso antes de la espera")


def attempt(id: str, scenario: str, day: int, score: int | None) -> Try:
    return Try(id, scenario, f"Práctica {scenario}", NOON + timedelta(days=day), score, 80)


OWN = OwnAttempts(
    (
        (attempt("a1", "late", 0, 40), ((GREET, "missed"), (HOLD, "not-applicable"))),
        (attempt("a2", "lost", 1, 70), ((GREET, "met"),)),
        (attempt("a3", "late", 2, None), ((GREET, "unclear"), (HOLD, "missed"))),
        (attempt("a4", "late", 3, 85), ((GREET, "met"), (HOLD, "missed"))),
    )
)


@pytest.fixture
def page(qtbot: QtBot) -> ProgressPage:
    made = ProgressPage()
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show_progress(OWN)
    with qtbot.waitExposed(made):
        made.show()
    return made


def row(page: ProgressPage, place: int) -> list[str]:
    return [page.table.model_.index(place, column).data() for column in range(6)]


def figures(page: ProgressPage) -> list[str]:
    """The texts of the cards, which are large."""
    cells = page.figures.cells
    cards = [item.widget() for at in range(cells.count()) if (item := cells.itemAt(at)) is not None]
    return [made.text() for one in cards if one is not None for made in one.findChildren(QLabel, "title")]


def test_first_best_and_last_of_the_score(page: ProgressPage) -> None:
    assert figures(page) == ["4", "40", "85", "85", "+45"]
    assert page.plot.is_drawn
    assert page.plot.accessibleDescription() == "Práctica late: 1 → 40, 3 → 85; Práctica lost: 1 → 70"


def test_first_best_and_last_of_each_checkpoint(page: ProgressPage) -> None:
    assert row(page, 0) == [HOLD[1], "No cumplido", "No cumplido", "No cumplido", "0", "– ✗ ✗"]
    assert row(page, 1) == [GREET[1], "No cumplido", "Cumplido", "Cumplido", "+100", "✗ ✓ ? ✓"]
    said = page.table.model_.index(1, TRAIL).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "De un intento a otro: No cumplido, Cumplido, Por revisar, Cumplido"


def test_one_practice_alone(page: ProgressPage) -> None:
    page.scenario.setCurrentIndex(2)
    page.scenario.activated.emit(2)
    assert figures(page) == ["1", "70", "70", "70", "–"]
    assert row(page, 0)[LIFT] == "–"
    page.show_progress(OWN)
    assert figures(page)[0] == "1", "the chosen practice stays chosen"


def test_a_narrow_table_says_the_most_important(page: ProgressPage) -> None:
    page.resize(700, 700)
    hidden = [at for at in (FIRST, BEST, LAST, LIFT, TRAIL) if page.table.isColumnHidden(at)]
    assert hidden == [FIRST, BEST, LIFT]


def test_without_attempts_it_says_what_will_be_here(qtbot: QtBot) -> None:
    page = ProgressPage()
    qtbot.addWidget(page)
    page.show_progress(OwnAttempts(()))
    page.show()
    qtbot.waitUntil(
        lambda: any("nada que comparar" in made.text() for made in page.findChildren(QLabel) if made.isVisible())
    )
    assert not page.body.isVisible()
