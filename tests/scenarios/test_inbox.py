"""The shipped inbox: it loads clean, keeps its own promises, and each checkpoint of e-mail is won and lost in it."""

from functools import cache

import pytest

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.rehearsal.proof import SEEDS, prove
from simulator.scenario.library import load_file
from simulator.scenario.load import LoadedScenario
from simulator.scenario.scenario import FIRST_CONTACT, Scenario
from simulator.scenario.sections.email import CLASSES
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.session.events import CustomerSpoke
from simulator.source.diagnostics import Severity, format

OF_EMAIL = (
    "triage-message", "forward-to-responsible", "assign-advisor", "acknowledge-receipt", "reply-within-24h",
    "spell-check-before-sending", "greet-company", "spelling", "follow-up", "invite-to-website", "ask-feedback",
)  # fmt: skip


@cache
def loaded() -> LoadedScenario:
    return load_file(paths.scenarios() / "email" / "inbox-pqr.yaml", shipped_protocol().protocol)


def inbox() -> Scenario:
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    return scenario


@cache
def played(test: int, seed: int = 1) -> Player:
    return play(inbox(), inbox().doc.tests[test].do, seed=seed)


def card(test: int, seed: int = 1) -> Scorecard:
    return score(inbox(), played(test, seed).events)


def test_loads_without_complaint() -> None:
    assert [format(d) for d in loaded().diagnostics if d.severity is not Severity.INFO] == []


def test_own_tests_hold_for_every_seed() -> None:
    assert [format(d) for d in prove(loaded())] == []


def test_exemplary_agent_scores_everything_and_every_message_ends_well() -> None:
    best = card(0)
    assert (best.score, best.result) == (100, "passed")
    assert len(best.contacts) == 6
    assert all(outcome.end_good for outcome in best.contacts)


def test_all_classes_are_in_it() -> None:
    doc = inbox().doc
    kinds = [inbox().of(id).doc.letter for id in (FIRST_CONTACT, *doc.contacts)]
    assert {letter.kind for letter in kinds if letter is not None} == set(CLASSES)


@pytest.mark.parametrize("id", OF_EMAIL)
def test_each_checkpoint_of_email_is_won_and_lost(id: str) -> None:
    verdicts = {
        line.verdict for test in range(len(inbox().doc.tests)) for line in card(test).checkpoints if line.id == id
    }
    assert {"met", "missed"} <= verdicts


def test_the_rude_and_the_one_who_promises_fail_by_the_right_critical() -> None:
    names = [test.name for test in inbox().doc.tests]
    assert card(names.index("grosero")).failed_by == ("no-rudeness",)
    assert card(names.index("promete lo que no puede")).failed_by == ("honest-answer",)


def test_two_oversights_cost_exactly_those_two() -> None:
    ordinary = next(test for test in inbox().doc.tests if "dos descuidos" in test.name)
    assert len(ordinary.expect.missed or ()) == 2


def test_who_answers_nothing_is_not_spared() -> None:
    names = [test.name for test in inbox().doc.tests]
    silent = card(names.index("deja pasar los días"))
    assert silent.result == "failed"
    assert silent.score is not None
    assert silent.score < 40


def test_seeds_draw_other_letters_with_the_same_facts() -> None:
    said = {tuple(e.what.text for e in played(0, seed).events if isinstance(e.what, CustomerSpoke)) for seed in SEEDS}
    assert len(said) >= 4
    for id in (FIRST_CONTACT, *inbox().doc.contacts):
        steps = inbox().of(id).doc.steps
        for step in steps.values():
            assert len({line.say for line in step.customer}) == len(step.customer) != 1
            assert len({frozenset(line.facts) for line in step.customer}) <= 1


def test_every_end_has_its_title_and_every_step_its_hint() -> None:
    for id in (FIRST_CONTACT, *inbox().doc.contacts):
        doc = inbox().of(id).doc
        assert all(end.title for end in doc.ends.values())
        assert {"closed", "left-open", "unanswered"} < set(doc.ends)
        assert all(step.hint for step in doc.steps.values() if step.customer)
