"""A reviewer reads about somebody else: no text about an attempt addresses whoever reads it."""

import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from simulator.protocol.shipped import shipped_protocol
from simulator.records.workshop import Workshop
from simulator.session import telling
from simulator.session.events import AgentSpoke
from simulator.ui.review.attempt_view import ReviewView
from simulator.wording import _
from simulator.wording.verdicts import REASONS
from tests.scenarios.shipped import files, scenario
from tests.ui.debrief.spoken import spoken
from tests.ui.debrief.test_debrief import rude
from tests.ui.desk.cases import call

ADDRESSED = re.compile(r"(?<!de )\busted\b|\ben su turno\b", re.IGNORECASE)
QUOTED = re.compile("«[^»]*»")


def addressed(texts: list[str]) -> list[str]:
    """Those that say «usted», quotes apart."""
    return [text for text in texts if ADDRESSED.search(QUOTED.sub("", text))]


def texts_of(view: QWidget) -> list[str]:
    found = [label.text() for label in view.findChildren(QLabel)]
    found += [button.text() for button in view.findChildren(QAbstractButton)]
    for table in view.findChildren(QTableWidget):
        cells = [table.item(row, column) for row in range(table.rowCount()) for column in range(table.columnCount())]
        cells += [table.horizontalHeaderItem(column) for column in range(table.columnCount())]
        found += [cell.text() for cell in cells if cell is not None]
    return found


def test_what_happened_and_why_is_worded_for_whoever_reads() -> None:
    told = [_(text) for text in (*telling._ACTS.values(), *telling._ENDS.values(), *REASONS.values())]
    assert "Contestó" in told
    assert not addressed(told)
    known = shipped_protocol().protocol.checkpoints.values()
    assert not addressed([text for checkpoint in known for text in (checkpoint.met, checkpoint.missed)])


@pytest.mark.parametrize("file", [file.stem for file in files()])
def test_the_ends_of_scenarios_are_worded_for_whoever_reads(file: str) -> None:
    contacts = scenario(file).contacts
    assert not addressed([end.title or "" for own in contacts for end in scenario(file).of(own).doc.ends.values()])


def test_nothing_in_the_room_is_addressed_to_the_trainee(qtbot: QtBot, workshop: Workshop, attempt: str) -> None:
    texts = []
    for lived in (rude, spoken):
        events, card = lived()
        view = ReviewView(replace(workshop.past(attempt), scenario=call(), events=events, card=card))
        qtbot.addWidget(view)
        for row in view.checkpoints.rows.values():
            row.open()
        texts += texts_of(view)
        said = {event.what.text for event in events if isinstance(event.what, AgentSpoke)}
        texts += [line for line in view.transcript.toPlainText().splitlines() if line not in said]
    assert any("Faltó en el turno de" in text for text in texts)
    assert not addressed(texts)
