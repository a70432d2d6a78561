"""The shift that ships: its own tests hold, it is played in less than half an hour, its contacts differ."""

from functools import cache

import pytest

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play, replay
from simulator.rehearsal.proof import SEEDS, prove
from simulator.scenario.library import load_file
from simulator.scenario.load import LoadedScenario
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.session.envelope import Event, encode
from simulator.session.events import AgentActed, AgentSpoke
from simulator.session.replay import commands_of
from simulator.source.diagnostics import format

WORDS_A_MINUTE = 35
"""At which somebody types who is not quick at it; speaking takes a quarter of the time."""
HALF_AN_HOUR_MS = 30 * 60_000


@cache
def loaded() -> LoadedScenario:
    return load_file(paths.scenarios() / "shift" / "first-shift.yaml", shipped_protocol().protocol)


def shift() -> Scenario:
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    return scenario


@cache
def played(name: str, seed: int = 1) -> Player:
    (test,) = (test for test in shift().doc.tests if test.name == name)
    return play(shift(), test.do, seed=seed)


def card(name: str, seed: int = 1) -> Scorecard:
    return score(shift(), played(name, seed).events)


def test_own_tests_hold_for_every_seed() -> None:
    assert [format(found) for found in prove(loaded())] == []


def typed(event: Event) -> list[str]:
    """What the trainee types: what is said, and the notes."""
    match event.what:
        case AgentSpoke(text=text):
            return [text]
        case AgentActed(name="notes", args=args):
            return [value for _, value in args]
        case _:
            return []


@pytest.mark.parametrize("seed", SEEDS)
def test_an_exemplary_shift_scores_everything_in_less_than_half_an_hour(seed: int) -> None:
    """Session time is real time; on top of it comes what the trainee's typing takes, which scripts do at once."""
    best, log = card("turno ejemplar", seed), played("turno ejemplar", seed).events
    assert (best.score, best.result) == (100, "passed")
    words = sum(len(text.split()) for event in log for text in typed(event))
    assert log[-1].at_ms + words * 60_000 // WORDS_A_MINUTE < HALF_AN_HOUR_MS


def test_each_of_the_shifts_own_checkpoints_is_lost_alone() -> None:
    late = card("vuelve tarde del almuerzo")
    assert [line.id for line in late.checkpoints if line.verdict == "missed"] == ["schedule-adherence"]
    curt = card("a secas con la compañera")
    assert curt.shift is not None
    assert [own.score == 100 for own in curt.shift.contacts] == [True, True, True, False]


def test_who_is_never_available_serves_nobody_and_fails() -> None:
    idle = card("nunca está disponible")
    assert idle.shift is not None
    assert (idle.shift.abandoned, idle.shift.percent, idle.score) == (len(shift().contacts), 0, 0)


def test_moods_channels_and_companies_differ() -> None:
    docs = [shift().of(id).doc for id in shift().contacts]
    assert 4 <= len(docs) <= 6
    assert {"colleague", "phone"} <= {doc.channel for doc in docs}
    assert len({doc.company.name for doc in docs}) == len(docs)
    moods = sorted(doc.customer.mood for doc in docs)
    assert moods[0] < 30 < 60 < moods[-1]


def test_two_are_in_the_queue_at_the_same_time() -> None:
    best = card("turno ejemplar")
    assert best.shift is not None
    assert max(own.waited_ms for own in best.shift.contacts) > 20_000


@pytest.mark.parametrize("number", range(8))
def test_the_log_of_each_test_replays(number: int) -> None:
    log = played(shift().doc.tests[number].name).events
    assert [encode(event) for event in replay(shift(), commands_of(log))] == [encode(event) for event in log]
