"""A shift's card: adherence once for the attempt, those who gave up, and the summary over all contacts."""

import json

import pytest

from simulator.rehearsal.player import Player, play
from simulator.scoring.card import Line, Scorecard, Shift
from simulator.scoring.report import card_of, report
from simulator.scoring.score import score
from simulator.session.events import AgentActed
from tests.session.shifts import (
    BREAK,
    ELVIRA,
    MARTA,
    MEETING,
    MORNING,
    NEXT,
    REST,
    SHIFT,
    half_day,
    loaded,
    moves,
    played,
)


def card(player: Player) -> Scorecard:
    return score(player.scenario, player.events)


def line(found: Scorecard, id: str) -> Line:
    return next(line for line in found.checkpoints if line.id == id)


def figures(found: Scorecard) -> Shift:
    assert found.shift is not None
    return found.shift


def test_an_exemplary_shift_has_everything() -> None:
    found = card(played(*MORNING, *REST))
    shift = figures(found)
    assert (found.score, found.result, shift.percent) == (100, "passed", 100)
    assert (shift.handled, shift.unanswered, shift.abandoned) == (2, 0, 0)
    assert shift.scheduled_ms == shift.adhered_ms == 120 * 60_000
    assert sum(ms for _, ms in shift.states) == shift.scheduled_ms
    assert [own.score for own in shift.contacts] == [100, 100]
    assert shift.average_handling_ms == sum(own.handled_ms for own in shift.contacts) // 2
    assert line(found, "schedule-adherence").reason == "adherence-met"


@pytest.mark.parametrize(("late", "verdict"), [(359, "met"), (361, "missed")])
def test_the_limit_is_ninety_five_per_cent_of_the_minutes(late: int, verdict: str) -> None:
    """120 minutes: 6 may be lost."""
    player = played(NEXT, {"wait": late}, "available", *MORNING[2:], *REST)
    adherence = line(card(player), "schedule-adherence")
    assert adherence.verdict == verdict
    assert dict(adherence.args)["of"] == "120"
    assert dict(adherence.args)["percent"] == ("95" if verdict == "met" else "94")


def test_the_proof_of_a_missed_agenda_is_what_the_lost_minutes_began_with() -> None:
    overrun = (NEXT, BREAK, NEXT, NEXT, MEETING, NEXT, "available", NEXT)
    player = played(*MORNING, *overrun)
    adherence = line(card(player), "schedule-adherence")
    assert adherence.verdict == "missed"
    went = next(e.seq for e in player.events if isinstance(e.what, AgentActed) and e.what.name == "away")
    assert [proof.event for proof in adherence.evidence] == [went]


def test_it_is_marked_once_however_many_contacts_there_are() -> None:
    found = card(played(*MORNING, *REST))
    assert sum(line.id == "schedule-adherence" for line in found.checkpoints) == 1
    assert "schedule-adherence" not in half_day().of("marta").checkpoints


def test_who_gave_up_while_the_agent_was_away_is_owed_what_everybody_is() -> None:
    player = played(NEXT, NEXT, NEXT, NEXT, "available", *MARTA, "available", *REST)
    found = card(player)
    answered = line(found, "answer-before-third-ring")
    assert (answered.verdict, answered.reason) == ("missed", "left-queue")
    assert dict(answered.args)["customer"] == "Elvira Cárdenas"
    assert dict(answered.args)["seconds"] == "120"
    assert line(found, "farewell").verdict == "met"
    assert (figures(found).abandoned, figures(found).handled) == (1, 1)


def test_who_gave_up_while_the_agent_was_with_somebody_else_is_nobodys_fault() -> None:
    both = loaded(SHIFT.replace('"09:21", patience: 300', '"09:20", patience: 20')).scenario
    assert both is not None
    player = play(both, moves(NEXT, "available", NEXT, *ELVIRA, "available", *REST))
    found = card(player)
    assert figures(found).abandoned == 1
    assert (found.score, found.result) == (100, "passed")
    assert figures(found).contacts[1].score is None


def test_what_is_not_over_is_not_scored() -> None:
    assert card(played(*MORNING)).result == "incomplete"


def test_a_stored_card_reads_back() -> None:
    player = played(*MORNING, *REST)
    found = card(player)
    document = json.loads(json.dumps(report(half_day(), player.events, found)))
    assert card_of(document) == found
    assert document["shift"]["contacts"][0]["outcome"] == "handled"


def test_a_call_that_is_no_shift_has_no_figures() -> None:
    player = play(half_day().of("elvira"), half_day().of("elvira").doc.tests[0].do)
    assert score(player.scenario, player.events).shift is None
