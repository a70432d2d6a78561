"""The debrief of a passed, a failed, an incomplete and a pending call."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from simulator.scoring.card import Scorecard
from simulator.scoring.voice import call_voice
from simulator.session.envelope import Event
from simulator.speech.devices.playing import SilentPlayer
from simulator.ui.debrief.view import Debrief
from tests.scenarios.shipped import card, played, scenario
from tests.screenshots.staging import Shoot
from tests.ui.debrief.spoken import recorded, spoken
from tests.ui.debrief.test_debrief import broken_off, good, rude
from tests.ui.debrief.test_several import HURRIED, ID
from tests.ui.desk.cases import call


def draw(shoot: Shoot) -> None:
    """Hands every state of the debrief to `shoot`, under its name."""
    _shoot("debrief-passed", good(), shoot)
    _shoot("debrief-failed", rude(), shoot, opened="no-rudeness")
    _shoot("debrief-absence", rude(), shoot, opened="greet-company")
    _shoot("debrief-incomplete", broken_off(), shoot)
    _shoot("debrief-pending", _pending(), shoot)
    _shoot_submission("debrief-submittable", shoot, submitted=False)
    _shoot_submission("debrief-submitted", shoot, submitted=True)
    _shoot("debrief-table", rude(), shoot, table=True)
    _shoot_several("debrief-several", shoot, opened="greet-company")
    _shoot_several("debrief-several-table", shoot, opened="no-blame", table=True)
    for name, figures in (("debrief-voice", False), ("debrief-voice-figures", True)):
        _shoot_voice(name, shoot, figures=figures)


def _shoot(
    name: str,
    attempt: tuple[tuple[Event, ...], Scorecard],
    shoot: Shoot,
    *,
    opened: str = "",
    table: bool = False,
) -> None:
    _shoot_view(name, Debrief(call(), *attempt), shoot, opened=opened, table=table)


def _shoot_submission(name: str, shoot: Shoot, *, submitted: bool) -> None:
    view = Debrief(call(), *good())
    view.show_submission(can_submit=not submitted, submitted=submitted)
    _shoot_view(name, view, shoot, opened="", table=False)


def _shoot_several(name: str, shoot: Shoot, *, opened: str, table: bool = False) -> None:
    """Three chats that went nearly all wrong."""
    attempt = played(ID, HURRIED, 1).events, card(ID, HURRIED)
    _shoot_view(name, Debrief(scenario(ID), *attempt), shoot, opened=opened, table=table)


def _shoot_view(name: str, view: Debrief, shoot: Shoot, *, opened: str, table: bool) -> None:
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


def _shoot_voice(name: str, shoot: Shoot, *, figures: bool) -> None:
    """A spoken call whose recordings are there; the cursor stands in the middle of a line."""
    events, card = spoken()
    view = Debrief(call(), events, card)
    with TemporaryDirectory() as folder:
        recordings = recorded(Path(folder), seconds=lambda _length: 0.1)
        view.show_voice(call_voice(events), recordings, SilentPlayer(parent=view), delete=lambda: None)
    assert view.voice is not None
    assert view.voice_table is not None
    view.resize(1280, 860)
    view.show()
    view.moods.setCurrentWidget(view.voice_table if figures else view.voice)
    view.voice.plot.mark(9_000)
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
