"""A trainee's own progress: first, best and last of what they did, practice too, and nobody else's."""

from datetime import timedelta

import pytest

from simulator.records.progress import OwnAttempts, Trail
from simulator.records.store import Store
from tests.records.cases import NOON
from tests.records.results import PRIVATE, Class, Sat

DAY = timedelta(days=1)


@pytest.fixture
def own(store: Store) -> OwnAttempts:
    room = Class(store)
    room.sit(
        Sat("a1", "ana", "late", {"greet": "missed", "hold": "not-applicable"}, 40, "failed", NOON, PRIVATE),
        Sat("a2", "ana", "lost", {"greet": "met", "name": "met"}, 95, "passed", NOON + DAY, PRIVATE),
        Sat("a3", "ana", "late", {"greet": "unclear", "hold": "missed"}, 60, "failed", NOON + 2 * DAY, PRIVATE),
        Sat("a4", "ana", "late", {"greet": "met", "hold": "met"}, 85, "passed", NOON + 3 * DAY),
        Sat("b1", "bea", "late", {"greet": "met", "secret": "met"}, 99, "passed", NOON),
    )
    store.fork("a4", 1, "f1", NOON + 4 * DAY, "0.1.0", [])
    return store.own_attempts("ana")


def test_it_is_of_ones_own_attempts_practice_too(own: OwnAttempts) -> None:
    assert [one.attempt for one, _marks in own.marked] == ["a1", "a2", "a3", "a4"]
    assert own.scenarios == (("late", "Práctica late"), ("lost", "Práctica lost"))
    assert [one.attempt for one in own.progress("late").tries] == ["a1", "a3", "a4"]


def test_each_checkpoint_has_its_trail_the_weakest_first(own: OwnAttempts) -> None:
    trails = {trail.checkpoint: trail for trail in own.progress().trails}
    assert trails["greet"].verdicts == ("missed", "met", "unclear", "met")
    assert (trails["greet"].first, trails["greet"].best, trails["greet"].last) == ("missed", "met", "met")
    assert [trail.checkpoint for trail in own.progress("late").trails] == ["greet", "hold"]
    assert [trail.checkpoint for trail in own.progress().trails] == ["hold", "greet", "name"]


@pytest.mark.parametrize(
    ("verdicts", "lift"),
    [
        ((), None),
        (("met",), None),
        (("missed", "met"), 1.0),
        (("met", "missed"), -1.0),
        (("met", "unclear", "met"), 0.0),
        (("missed", "missed", "met", "missed", "met", "met", "met"), 2 / 3),
    ],
)
def test_lift_compares_both_ends(verdicts: tuple[str, ...], lift: float | None) -> None:
    assert Trail("greet", "Greet", verdicts).lift == pytest.approx(lift)


def test_what_was_never_decided_has_neither_best_nor_last() -> None:
    trail = Trail("greet", "Greet", ("unclear", "not-applicable"))
    assert (trail.first, trail.best, trail.last) == (None, None, None)
