"""A reviewer in the window: the queue, an attempt, what is decided about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.records import attempts
from simulator.records.assessing import FILE
from simulator.records.review import Dispute
from simulator.records.reviews import Waiting
from simulator.records.values import Mode
from simulator.records.workshop import Workshop
from simulator.scoring.replies import read_replies
from simulator.ui.debrief.asking import AskWords
from simulator.ui.debrief.checkpoints import CheckpointRow
from simulator.ui.main_window import MainWindow
from simulator.ui.review.attempt_view import ReviewView
from simulator.ui.review.queue_page import MOST, QueuePage
from simulator.ui.review.room import ReviewRoom
from simulator.ui.tasks import Tasks
from simulator.ui.widgets import Notice
from tests.records.reviewed import TRAINER

GREET = "greet-company"


@pytest.fixture
def room(window: MainWindow, tasks: Tasks, workshop: Workshop, attempt: str, qtbot: QtBot) -> ReviewRoom:
    made = ReviewRoom(window, tasks, window)
    made.show(workshop, TRAINER)
    qtbot.waitUntil(lambda: queue_of(window).model.rowCount() == 1)
    return made


def queue_of(window: MainWindow) -> QueuePage:
    page = window.page("review")
    assert isinstance(page, QueuePage)
    return page


def view_of(window: MainWindow) -> ReviewView:
    page = window.page("review-attempt")
    assert isinstance(page, ReviewView)
    return page


@pytest.fixture
def opened(room: ReviewRoom, window: MainWindow, qtbot: QtBot) -> Callable[[], ReviewView]:
    """The attempt, opened from the queue; each call gives the view that is shown now."""
    queue_of(window).open_button.click()
    qtbot.waitUntil(lambda: window.shown == "review-attempt")
    return lambda: view_of(window)


def row(view: ReviewView, id: str = GREET) -> CheckpointRow:
    found = view.checkpoints.rows[id]
    found.open()
    return found


def press(view: ReviewView, words: str, id: str = GREET) -> None:
    next(made for made in row(view, id).findChildren(QPushButton) if made.text() == words).click()


def texts(row: CheckpointRow) -> list[str]:
    return [found.text() for found in row.findChildren(QLabel)]


def answer(view: ReviewView, option: str, words: str, qtbot: QtBot, window: MainWindow) -> ReviewView:
    """Fills in what is asked and sends it; returns the view that is shown then."""
    asked = view.asking
    assert isinstance(asked, AskWords)
    assert not asked.buttons["send"].isEnabled()
    if option:
        asked.options[option].click()
        assert not asked.buttons["send"].isEnabled(), "a reason is needed"
    asked.words.setPlainText(words)
    asked.buttons["send"].click()
    qtbot.waitUntil(lambda: view_of(window) is not view)
    return view_of(window)


def test_practice_is_in_no_queue(window: MainWindow, tasks: Tasks, workshop: Workshop, qtbot: QtBot) -> None:
    room = ReviewRoom(window, tasks, window)
    room.show(workshop, TRAINER)
    qtbot.waitUntil(lambda: tasks.idle)
    assert queue_of(window).model.rowCount() == 0
    assert not queue_of(window).open_button.isEnabled()


def test_the_queue_counts_and_filters(room: ReviewRoom, window: MainWindow) -> None:
    page = queue_of(window)
    said = [made.text() for made in page.filters.values()]
    assert said == ["Por revisar (1)", "Desacuerdos (0)", "Marcas por decidir (0)", "Revisados (0)"]
    page.filters["disputed"].click()
    assert page.model.rowCount() == 0
    page.filters["waiting"].click()
    assert page.model.rowCount() == 1


def test_a_long_queue_shows_what_presses_most(qtbot: QtBot) -> None:
    page = QueuePage()
    qtbot.addWidget(page)
    at = datetime(2026, 5, 4, tzinfo=UTC)
    one = Waiting("a", "P-1", "T", "phone", Mode.PRACTICE, at, 80, "passed", 0, Dispute.NONE, False)
    page.show_queue([replace(one, attempt=str(number)) for number in range(MOST + 1)])
    assert page.model.rowCount() == MOST
    assert page.filters["waiting"].text() == f"Por revisar ({MOST + 1})"
    assert f"los primeros {MOST} de {MOST + 1}" in "".join(found.text() for found in page.findChildren(QLabel))


def test_a_verdict_is_changed_with_a_reason(
    opened: Callable[[], ReviewView], window: MainWindow, qtbot: QtBot, workshop: Workshop, attempt: str
) -> None:
    view = opened()
    assert view.ring.accessibleName() == "100 de 100"
    press(view, "Cambiar el veredicto")
    after = answer(view, "missed", "Saludó sin nombrarla del todo.", qtbot, window)
    assert after.ring.accessibleName() != "100 de 100"
    said = texts(row(after))
    assert any(text.startswith("El programa había marcado: cumplido.") for text in said)
    assert any(text.startswith("Rosa Trillo (formación) decidió: no cumplido") for text in said)
    assert "Saludó sin nombrarla del todo." in said
    assert "por una persona" in said
    (ruling,) = workshop.store.review_of(attempt).rulings.values()
    assert (ruling.verdict, ruling.name) == ("missed", "Rosa Trillo")


def test_cancelling_says_nothing(opened: Callable[[], ReviewView], workshop: Workshop, attempt: str) -> None:
    view = opened()
    press(view, "Cambiar el veredicto")
    assert isinstance(view.asking, AskWords)
    view.asking.options["missed"].click()
    view.asking.words.setPlainText("No.")
    view.asking.buttons["cancel"].click()
    assert len(workshop.store.statements(attempt)) == 2


def test_a_comment_stands_beside_the_words(opened: Callable[[], ReviewView], window: MainWindow, qtbot: QtBot) -> None:
    view = opened()
    view.show_proof(GREET)
    before = view.transcript.highlighted()
    view.comment_button.click()
    after = answer(view, "", "Muy buen saludo,\ncálido.", qtbot, window)
    text = after.transcript.toPlainText()
    assert "Rosa Trillo (formación): Muy buen saludo,\ncálido." in text.replace("\u2028", "\n")
    after.show_proof(GREET)
    assert after.transcript.highlighted() == before, "a comment moves no quote"


def test_a_disagreement_is_decided_and_kept_for_calibration(
    room: ReviewRoom, window: MainWindow, qtbot: QtBot, workshop: Workshop, attempt: str, own_home: object
) -> None:
    place = next(n for n, line in enumerate(workshop.past(attempt).card.checkpoints) if line.id == GREET)
    workshop.dispute(attempt, place, "Dije otra cosa.")
    room.show(workshop, TRAINER)
    qtbot.waitUntil(lambda: queue_of(window).filters["disputed"].text() == "Desacuerdos (1)")
    queue_of(window).open_button.click()
    qtbot.waitUntil(lambda: window.shown == "review-attempt")
    view = view_of(window)
    assert "Dije otra cosa." in texts(row(view))
    press(view, "Resolverlo")
    after = answer(view, "upheld", "De acuerdo, no la nombró.", qtbot, window)
    assert workshop.store.review_of(attempt).dispute is Dispute.UPHELD
    press(after, "Guardar para la calibración")
    qtbot.waitUntil(lambda: (paths.user_data() / FILE).exists())
    kept = (paths.user_data() / FILE).read_text("utf-8")
    (reply,), _diagnostics = read_replies(kept, FILE, shipped_protocol().protocol.checkpoints)
    assert (reply.checkpoint, reply.met) == (GREET, False)
    assert "Resolverlo" not in [made.text() for made in row(after).findChildren(QPushButton)]


def test_what_is_reviewed_leaves_the_queue(opened: Callable[[], ReviewView], window: MainWindow, qtbot: QtBot) -> None:
    opened().approve_button.click()
    qtbot.waitUntil(lambda: window.shown == "review" and queue_of(window).filters["done"].text() == "Revisados (1)")
    assert queue_of(window).model.rowCount() == 0
    assert window.findChild(Notice) is not None
    queue_of(window).filters["done"].click()
    queue_of(window).open_button.click()
    qtbot.waitUntil(lambda: window.shown == "review-attempt")
    assert not view_of(window).approve_button.isEnabled()


def test_marking_anew_by_the_same_rules_adds_nothing(
    opened: Callable[[], ReviewView], window: MainWindow, qtbot: QtBot, workshop: Workshop, attempt: str
) -> None:
    view = opened()
    view.rescore_button.click()
    qtbot.waitUntil(lambda: view_of(window) is not view)
    assert len(workshop.store.scorecards(attempt)) == 1
    notice = window.findChild(Notice)
    assert notice is not None
    assert "ya tiene un resultado" in notice.accessibleName().lower()


def test_all_are_marked_anew_at_once(room: ReviewRoom, window: MainWindow, qtbot: QtBot, tasks: Tasks) -> None:
    queue_of(window).rescore_button.click()
    qtbot.waitUntil(lambda: tasks.idle and window.findChild(Notice) is not None)
    notice = window.findChild(Notice)
    assert notice is not None
    assert notice.accessibleName() == "0 intentos calificados de nuevo."


def test_an_error_is_told_and_nothing_changes(
    opened: Callable[[], ReviewView], window: MainWindow, qtbot: QtBot, workshop: Workshop, attempt: str
) -> None:
    with workshop.store._write() as connection:
        attempts.remove(connection, attempt)  # as if it had been erased meanwhile
    opened().approve_button.click()
    qtbot.waitUntil(lambda: window.findChild(Notice) is not None)
    assert window.shown == "review-attempt"
