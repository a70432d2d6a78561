"""The debrief of a shift: its figures, its own doings apart from the contacts, the time of day."""

from functools import cache

from pytestqt.qtbot import QtBot

from simulator.scoring.score import score
from simulator.ui.debrief.reading import Reading
from simulator.ui.debrief.view import Debrief
from tests.session.shifts import MORNING, NEXT, half_day, played


@cache
def reading() -> Reading:
    """Of a shift whose agent overran the break until the meeting, and beyond."""
    late = (*MORNING, NEXT, {"away": "break"}, NEXT, NEXT, NEXT, "available", NEXT)
    events = tuple(played(*late).events)
    return Reading(half_day(), events, score(half_day(), events))


def test_the_summary_stands_in_a_tab_of_its_own(qtbot: QtBot) -> None:
    view = Debrief(reading().scenario, reading().events, reading().card)
    qtbot.addWidget(view)
    assert view.shift is not None
    assert "Turno" in [view.moods.tabText(number) for number in range(view.moods.count())]
    assert [view.shift.cell(row, 0) for row in range(2)] == ["Elvira Cárdenas", "Marta Ríos"]
    assert view.shift.cell(0, 2) == "100"
    assert "disponible" in view.shift.spent.text()


def test_what_is_the_agents_own_stands_before_the_contacts_with_the_hour(qtbot: QtBot) -> None:
    view = Debrief(reading().scenario, reading().events, reading().card)
    qtbot.addWidget(view)
    text = view.transcript.toPlainText()
    assert text.startswith("Turno")
    assert "10:00:00 · Agenda: Pausa" in text
    assert text.index("Agenda: Pausa") < text.index("Elvira Cárdenas")


def test_the_proof_of_the_agenda_is_shown_where_it_began(qtbot: QtBot) -> None:
    view = Debrief(reading().scenario, reading().events, reading().card)
    qtbot.addWidget(view)
    line = next(line for line in reading().card.checkpoints if line.id == "schedule-adherence")
    assert line.verdict == "missed"
    view.show_proof("schedule-adherence")
    assert view.transcript.current == line.evidence[0].event


def test_the_time_of_a_call_that_is_no_shift_is_counted_from_its_beginning() -> None:
    assert Reading(half_day().of("elvira"), (), reading().card).clock(0, 65_000) == "01:05"
