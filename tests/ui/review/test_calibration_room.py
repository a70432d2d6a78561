"""A trainer judges words blind; the figures and the disagreements follow."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.records.workshop import Workshop
from simulator.scoring.replies import read_replies
from simulator.ui.main_window import MainWindow
from simulator.ui.review.calibration import JUDGEMENTS, CalibrationRoom
from simulator.ui.review.calibration_page import CalibrationPage
from simulator.ui.tasks import Tasks
from tests.records.reviewed import SECOND, TRAINER


@pytest.fixture
def room(window: MainWindow, tasks: Tasks, workshop: Workshop, attempt: str, qtbot: QtBot) -> CalibrationRoom:
    made = CalibrationRoom(window, tasks, window)
    made.show(workshop, TRAINER)
    qtbot.waitUntil(lambda: page_of(window).present is not None)
    return made


def page_of(window: MainWindow) -> CalibrationPage:
    page = window.page("calibration")
    assert isinstance(page, CalibrationPage)
    return page


def seen(page: CalibrationPage) -> str:
    """All that can be read."""
    return "\n".join(found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page))


@pytest.fixture
def all_judged(room: CalibrationRoom, window: MainWindow, tasks: Tasks, qtbot: QtBot) -> Callable[[bool], int]:
    """Judges everything alike; returns how many there were."""

    def judge(met: bool) -> int:
        page, count = page_of(window), 0
        while page.present is not None:
            (page.yes_button if met else page.no_button).click()
            qtbot.waitUntil(lambda: tasks.idle)
            count += 1
        return count

    return judge


def test_what_is_judged_is_shown_without_the_verdict(room: CalibrationRoom, window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    now = page.present
    assert now is not None
    words = now.words
    qtbot.waitUntil(lambda: words in seen(page))
    text = seen(page)
    assert now.meaning in text
    assert all(word not in text.lower() for word in ("no cumplido", "cumplido", "por revisar"))


def test_judgements_are_kept_and_the_disagreements_shown_with_their_proof(
    all_judged: Callable[[bool], int], window: MainWindow, workshop: Workshop, qtbot: QtBot
) -> None:
    count = all_judged(False)
    labels = workshop.store.labels()
    assert len(labels) == count > 1
    assert {label.reviewer for label in labels} == {"Rosa Trillo"}
    page = page_of(window)
    assert not page.yes_button.isVisible()
    page.sides["figures"].click()
    qtbot.waitUntil(lambda: f"de {count}" in seen(page))
    text = seen(page)
    wrong = [label for label in labels if label.differs]
    assert f"coinciden {count - len(wrong)} de {count} · muy pocas para κ" in text
    assert wrong
    for label in wrong:
        assert "Rosa Trillo: no cumplido · el programa: cumplido" in text
        assert label.quote in text


def test_what_is_left_out_does_not_come_back(
    room: CalibrationRoom, window: MainWindow, tasks: Tasks, qtbot: QtBot
) -> None:
    page, left = page_of(window), []
    while page.present is not None:
        left.append(page.present)
        page.skip_button.click()
        qtbot.waitUntil(lambda: tasks.idle)
    assert len(set(left)) == len(left) > 1
    qtbot.waitUntil(lambda: "No hay nada que juzgar" in seen(page))


def test_another_trainer_judges_for_themself(
    all_judged: Callable[[bool], int], room: CalibrationRoom, window: MainWindow, workshop: Workshop, qtbot: QtBot
) -> None:
    all_judged(True)
    room.show(workshop, SECOND)
    qtbot.waitUntil(lambda: page_of(window).present is not None)


def test_judgements_are_saved_as_labelled_replies(
    all_judged: Callable[[bool], int], window: MainWindow, own_home: object, qtbot: QtBot
) -> None:
    count = all_judged(True)
    page_of(window).export_button.click()
    file = paths.user_data() / JUDGEMENTS
    qtbot.waitUntil(file.exists)
    replies, diagnostics = read_replies(file.read_text("utf-8"), file.name, shipped_protocol().protocol.checkpoints)
    assert (len(replies), diagnostics) == (count, ())


def test_practice_is_not_judged(window: MainWindow, tasks: Tasks, workshop: Workshop, qtbot: QtBot) -> None:
    CalibrationRoom(window, tasks, window).show(workshop, TRAINER)
    qtbot.waitUntil(lambda: tasks.idle)
    assert page_of(window).present is None
    page_of(window).sides["figures"].click()
    qtbot.waitUntil(lambda: "Todavía no hay nada juzgado" in seen(page_of(window)))
