"""The debrief of a passed, a failed, an incomplete and a pending call."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from simulator.scoring.card import Scorecard
from simulator.session.envelope import Event
from simulator.ui.debrief.view import Debrief
from tests.screenshots.desk import Shoot
from tests.ui.debrief.test_debrief import broken_off, good, rude
from tests.ui.desk.cases import call


def draw(shoot: Shoot) -> None:
    """Hands every state of the debrief to `shoot`, under its name."""
    _shoot("debrief-passed", good(), shoot)
    _shoot("debrief-failed", rude(), shoot, opened="no-rudeness")
    _shoot("debrief-absence", rude(), shoot, opened="greet-company")
    _shoot("debrief-incomplete", broken_off(), shoot)
    _shoot("debrief-pending", _pending(), shoot)
    _shoot("debrief-table", rude(), shoot, table=True)


def _shoot(
    name: str,
    attempt: tuple[tuple[Event, ...], Scorecard],
    shoot: Shoot,
    *,
    opened: str = "",
    table: bool = False,
) -> None:
    view = Debrief(call(), *attempt)
    view.resize(1280, 860)
    view.show()
    QApplication.processEvents()
    if opened:
        view.checkpoints.filters["improve"].click()
        view.checkpoints.rows[opened].open()
        view.checkpoints.show_row(opened)
    if table:
        view.moods.setCurrentWidget(view.table)
    shoot(name, view)
    view.deleteLater()


def _pending() -> tuple[tuple[Event, ...], Scorecard]:
    """The good call with one checkpoint left to a person, as a doubtful reply would leave it."""
    events, card = good()
    lines = tuple(
        replace(line, verdict="unclear", reason="words-unclear") if line.id == "show-empathy" else line
        for line in card.checkpoints
    )
    assert card.score is not None
    lowest = card.score - 6
    return events, replace(card, checkpoints=lines, result="pending", lowest=lowest, highest=card.score)
