"""The debrief of several contacts: each conversation by itself, each proof with whom it was, a mood curve for each."""

import pytest
from pytestqt.qtbot import QtBot

from simulator.session.events import AgentSpoke
from simulator.session.moments import nearest_agent_message, retry_point_of
from simulator.ui.debrief.view import Debrief
from tests.scenarios.shipped import card, played, scenario

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ID = "three-visitors"
GOOD, HURRIED = 0, 5
"""Tests of the scenario: the exemplary agent, and one who gets nearly everything wrong."""
NAMES = ["Rosa Sandoval", "Patricio Contreras", "Daniela Olivares"]


def shown(qtbot: QtBot, test: int) -> Debrief:
    view = Debrief(scenario(ID), played(ID, test, 1).events, card(ID, test))
    view.resize(1280, 860)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_each_conversation_stands_by_itself_under_its_name(qtbot: QtBot) -> None:
    view = shown(qtbot, GOOD)
    lines = view.transcript.toPlainText().splitlines()
    assert [line for line in lines if line in NAMES] == NAMES
    spoken = {name: [place for place, line in enumerate(lines) if f" · {name} · " in line] for name in NAMES}
    begins = [lines.index(name) for name in NAMES]
    for number, name in enumerate(NAMES):
        ends = begins[number + 1] if number + 1 < len(NAMES) else len(lines)
        assert spoken[name]
        assert all(begins[number] < place < ends for place in spoken[name])


def test_every_proof_is_highlighted_in_whichever_conversation_it_is(qtbot: QtBot) -> None:
    view = shown(qtbot, GOOD)
    found = 0
    for line in card(ID, GOOD).checkpoints:
        view.show_proof(line.id)
        quotes = [proof.quote for proof in line.evidence if proof.quote and not proof.absent]
        if quotes:
            found += 1
            assert list(view.transcript.highlighted()) == quotes
    assert found > 20


def test_a_proof_says_with_whom_it_was(qtbot: QtBot) -> None:
    view = shown(qtbot, HURRIED)
    blamed = view.checkpoints.rows["no-blame"].line
    [quote] = view.reading.quotes(blamed)
    assert "Patricio Contreras" in quote


def test_what_lacks_with_each_is_told_of_each(qtbot: QtBot) -> None:
    view = shown(qtbot, HURRIED)
    told = view.reading.absence(view.checkpoints.rows["greet-company"].line).splitlines()
    assert [next(name for name in NAMES if name in line) for line in told] == NAMES


def test_a_button_goes_to_each_conversation_and_says_how_it_ended(qtbot: QtBot) -> None:
    view = shown(qtbot, HURRIED)
    assert [button.text() for button in view.conversations.values()] == NAMES
    assert "Le cerró el chat" in view.conversations["daniela"].accessibleName()
    view.conversations["patricio"].click()
    current = view.transcript.current
    assert current is not None
    first = next(event for event in view.reading.events if event.contact == "patricio" and event.seq >= current)
    view.conversations["daniela"].click()
    assert view.transcript.current != first.seq
    assert view.transcript.textCursor().block().text() == "Daniela Olivares"


def test_the_head_tells_how_each_ended(qtbot: QtBot) -> None:
    view = shown(qtbot, HURRIED)
    ending = view.reading.ending().splitlines()
    assert [line.split(" · ")[0] for line in ending[:3]] == NAMES


def test_each_customer_has_a_mood_of_their_own(qtbot: QtBot) -> None:
    view = shown(qtbot, HURRIED)
    view.plot.draw()
    assert [curve.name for curve in view.plot.curves] == NAMES
    assert all(curve.moves[0].change is None for curve in view.plot.curves)
    assert {move.contact for move in view.plot.curves[1].moves} == {"patricio"}
    rows = [view.table.item(row, 1).text() for row in range(view.table.rowCount())]  # type: ignore[union-attr]
    assert set(rows) == set(NAMES)


def test_what_moved_a_mood_was_said_to_that_customer(qtbot: QtBot) -> None:
    view = shown(qtbot, GOOD)
    events = view.reading.events
    for curve in view.plot.curves:
        for move in curve.moves[1:]:
            assert events[move.seq].contact == move.contact


def test_a_moment_of_any_conversation_can_be_lived_anew() -> None:
    events = played(ID, HURRIED, 1).events
    said = next(e.seq for e in events if e.contact == "daniela" and isinstance(e.what, AgentSpoke))
    point = retry_point_of(events, said)
    assert point is not None
    assert point.turn_seq == said


def test_the_message_that_led_to_something_was_to_the_same_customer() -> None:
    events = played(ID, GOOD, 1).events
    for event in events:
        said = nearest_agent_message(events, event.seq)
        if event.contact and said is not None:
            assert events[said].contact == event.contact


def test_one_contact_alone_needs_no_names(qtbot: QtBot) -> None:
    from tests.ui.debrief.test_debrief import good
    from tests.ui.desk.cases import call

    view = Debrief(call(), *good())
    qtbot.addWidget(view)
    assert not view.conversations
    assert view.table.columnCount() == 4
