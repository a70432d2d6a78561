"""Every shipped call loads clean, keeps its own promises and is written as deep as it is meant to be."""

import re

import pytest

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.proof import SEEDS, prove
from simulator.scenario.load import load_scenario
from simulator.scenario.model import Line
from simulator.session.events import ColleagueSpoke, CustomerSpoke, EndReached
from simulator.source.diagnostics import Severity, format
from tests.scenarios.shipped import THE_CALLS, card, files, loaded, played, runs, scenario

calls = pytest.mark.parametrize("id", THE_CALLS)


def test_the_calls_are_all_there() -> None:
    assert {file.stem for file in files()} >= set(THE_CALLS)


@calls
def test_loads_without_complaint(id: str) -> None:
    complaints = [format(d) for d in loaded(id).diagnostics if d.severity is not Severity.INFO]
    assert complaints == []


@calls
def test_own_tests_hold_for_every_seed(id: str) -> None:
    assert [format(d) for d in prove(loaded(id))] == []


@calls
def test_exemplary_agent_scores_everything(id: str) -> None:
    best = card(id, 0)
    assert (best.score, best.result, best.end_good) == (100, "passed", True)


@calls
def test_rude_agent_fails_by_the_right_critical(id: str) -> None:
    names = [test.name for test in scenario(id).doc.tests]
    rude = next(number for number, name in enumerate(names) if "groser" in name or "insulto" in name)
    assert card(id, rude).failed_by == ("no-rudeness",)
    assert card(id, rude).result == "failed"
    assert not card(id, rude).end_good


@calls
def test_two_oversights_cost_exactly_those_two(id: str) -> None:
    tests = scenario(id).doc.tests
    ordinary = next(test for test in tests if "dos descuidos" in test.name)
    assert ordinary.expect.missed is not None
    assert len(ordinary.expect.missed) == 2


@calls
def test_silent_agent_loses_the_caller(id: str) -> None:
    names = [test.name for test in scenario(id).doc.tests]
    silent = next(number for number, name in enumerate(names) if "callad" in name)
    assert card(id, silent).result == "failed"
    assert not card(id, silent).end_good


@calls
def test_is_written_in_depth(id: str) -> None:
    doc = scenario(id).doc
    assert 6 <= len(doc.steps) <= 16
    assert len(doc.tests) >= 4
    assert sum(end.good for end in doc.ends.values()) >= 1
    assert sum(not end.good for end in doc.ends.values()) >= 3
    assert all(end.title for end in doc.ends.values())
    assert all(step.hint and step.expects for step in doc.steps.values())
    opening, *others = doc.steps.values()
    assert not opening.customer, "whoever answers speaks first"
    assert all(len(step.customer) >= 2 for step in others)


def _variants(id: str) -> list[tuple[Line, ...]]:
    doc = scenario(id).doc
    steps = [*doc.steps.values(), *(step for colleague in doc.colleagues for step in colleague.steps.values())]
    replies = [*doc.reactions, *(reply for step in steps for reply in step.replies)]
    return [*(step.customer for step in steps), *(r.say for r in replies), *(end.say for end in doc.ends.values())]


@calls
def test_variants_differ_in_voice_and_agree_in_facts(id: str) -> None:
    for lines in _variants(id):
        assert len({line.say for line in lines}) == len(lines)
        assert len({frozenset(line.facts) for line in lines}) <= 1, [line.id for line in lines]


@calls
def test_line_ids_are_unique(id: str) -> None:
    ids = [line.id for lines in _variants(id) for line in lines if line.id != "end-line"]
    assert len(ids) == len(set(ids))


@calls
def test_seeds_draw_other_lines(id: str) -> None:
    said = {
        tuple(event.what.text for event in played(id, 0, seed).events if isinstance(event.what, CustomerSpoke))
        for seed in SEEDS
    }
    assert len(said) >= 4


@calls
def test_bad_ends_are_reached(id: str) -> None:
    reached = {e.what.end for player in runs(id) for e in player.events if isinstance(e.what, EndReached)}
    bad = {end for end in reached if not scenario(id).doc.ends[end].good}
    assert len(bad) >= 2, reached


@calls
def test_names_are_filled_in_what_is_said(id: str) -> None:
    said = [
        event.what.text
        for player in runs(id)
        for event in player.events
        if isinstance(event.what, CustomerSpoke | ColleagueSpoke)
    ]
    assert said
    assert not [text for text in said if re.search(r"_[a-z]+", text)]


def test_agent_is_called_by_the_name_at_the_desk() -> None:
    last = [e.what.text for e in played("angry-caller", 0, 1).events if isinstance(e.what, CustomerSpoke)]
    assert any("Diego" in text for text in last) or any("paciencia" in text for text in last)


@calls
def test_mood_is_moved_by_what_is_said_and_left_unsaid(id: str) -> None:
    best, worst = played(id, 0, 1), card(id, _index(id, "callad"))
    assert best.contact.mood > scenario(id).doc.customer.mood
    assert worst.moods[-1].mood < scenario(id).doc.customer.mood


def _index(id: str, part: str) -> int:
    return next(number for number, test in enumerate(scenario(id).doc.tests) if part in test.name)


def test_guide_begins_with_a_scenario_that_loads() -> None:
    guide = (paths.scenarios() / "README.md").read_text("utf-8")
    sample = next(block for block in re.findall(r"```yaml\n(.*?)```", guide, re.S) if block.startswith("scenario:"))
    found = load_scenario(sample, "README.md", shipped_protocol().protocol)
    assert [format(d) for d in found.diagnostics if d.severity is not Severity.INFO] == []
