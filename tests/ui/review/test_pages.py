"""The trainers' pages are held to what every page is: keyboard, names, nothing cut, the look followed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from simulator.records.assessing import Blind, calibration
from simulator.records.labels import Label
from simulator.records.review import Dispute
from simulator.records.reviews import Waiting
from simulator.records.values import Mode
from simulator.records.workshop import Workshop
from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.review.attempt_view import ReviewView
from simulator.ui.review.calibration_page import CalibrationPage
from simulator.ui.review.queue_page import QueuePage
from simulator.ui.review.queue_table import SCENARIO
from simulator.ui.widgets import Page
from tests.ui.pages import test_everyone as everyone

LEAST = (458, 520)
"""What the smallest window leaves beside the rail at 200 %."""
AT = datetime(2026, 5, 3, 10, 40, tzinfo=UTC)


def queue() -> Page:
    made = QueuePage()
    made.show_queue(
        [
            Waiting("a", "P-1f2e3d4c", "Cobro duplicado", "phone", Mode.EXAM, AT, 42, "failed", 3, Dispute.OPEN, False),
            Waiting(
                "b", "P-1f2e3d4c", "Baja del servicio", "chat", Mode.PRACTICE, AT, 91, "passed", 0, Dispute.NONE, True
            ),
        ]
    )
    return made


def judging() -> Page:
    made = CalibrationPage()
    words = "Con mucho gusto, señora Ríos: ya mismo reviso su factura y le cuento qué encontré."
    made.show_sample([Blind("a", 1, "Ofrecer ayuda", "Se puso a disposición.", "Cobro duplicado", "¿Me ayuda?", words)])
    return made


def figures() -> Page:
    made = CalibrationPage()
    met, missed = (
        Label("a", 1, "offer-help", "Ofrecer ayuda", "Rosa Trillo", met, "met", "en qué le ayudo", "Ofreció ayuda.", AT)
        for met in (True, False)
    )
    made.show_figures(calibration([met, missed]))
    made.show_side("figures")
    return made


PAGES: tuple[Callable[[], Page], ...] = (queue, judging, figures)


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[Settings], None]]:
    def dressed(chosen: Settings) -> None:
        theme.apply(qapp, chosen)

    yield dressed
    theme.apply(qapp, Settings(theme="light"))


@pytest.mark.parametrize("make", PAGES)
def test_keyboard_and_names(qtbot: QtBot, make: Callable[[], Page]) -> None:
    everyone.test_every_control_has_a_name_and_takes_the_focus(qtbot, make)


@pytest.mark.parametrize("size", [80, 100, 200])
@pytest.mark.parametrize("make", PAGES)
def test_width(qtbot: QtBot, dress: Callable[[Settings], None], make: Callable[[], Page], size: int) -> None:
    everyone.test_nothing_is_wider_than_the_page(qtbot, dress, make, size)


@pytest.mark.parametrize("size", [80, 100, 200])
def test_the_queue_is_read_without_scrolling_sideways(
    qtbot: QtBot, dress: Callable[[Settings], None], size: int
) -> None:
    dress(Settings(theme="light", text_size=size))
    page = queue()
    assert isinstance(page, QueuePage)
    qtbot.addWidget(page)
    page.resize(*LEAST)
    with qtbot.waitExposed(page):
        page.show()
    bars = (page.table.horizontalScrollBar(), page.scroller.horizontalScrollBar())
    qtbot.waitUntil(lambda: not any(bar.maximum() for bar in bars), timeout=2_000)
    said = page.table.model().index(0, SCENARIO).data()
    assert said.splitlines()[0] == "Cobro duplicado"
    assert "Desacuerdo, 3 por decidir" in said, "what is to be done has no column of its own there"


@pytest.mark.parametrize("size", [80, 100, 200])
def test_an_attempt_is_read_without_scrolling_sideways(
    qtbot: QtBot, dress: Callable[[Settings], None], size: int, workshop: Workshop, attempt: str
) -> None:
    dress(Settings(theme="light", text_size=size))
    view = ReviewView(workshop.past(attempt))
    qtbot.addWidget(view)
    view.resize(*LEAST)
    with qtbot.waitExposed(view):
        view.show()
    areas = [area for area in view.findChildren(QScrollArea) if area.isVisible()]
    assert areas
    qtbot.waitUntil(lambda: not any(area.horizontalScrollBar().maximum() for area in areas), timeout=2_000)


@pytest.mark.parametrize("make", PAGES)
def test_whole_texts_in_each_look(qtbot: QtBot, dress: Callable[[Settings], None], make: Callable[[], Page]) -> None:
    everyone.test_no_text_is_cut(qtbot, dress, make)
    everyone.test_a_new_look_is_followed(qtbot, dress, make)
