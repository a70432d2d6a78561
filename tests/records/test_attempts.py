"""Attempts, their logs, scorecards and drafts."""

import tempfile
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.records.store import Store
from simulator.records.values import Draft, Mode, NewAttempt, Status, TextKind
from tests.records.cases import NOON, OTHER, PROTOCOL, events, later, stock

END = NOON + timedelta(minutes=6)


def refused(code: str) -> "pytest.RaisesExc[TercerTimbreError]":
    """An error with exactly this code is expected."""
    return pytest.raises(TercerTimbreError, check=lambda error: error.code == code)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), max_size=4), max_size=6))
def test_a_log_comes_back_exactly_however_it_was_appended(batches: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "t.db") as store:
        store.begin(stock(store))
        seq = 0
        for batch in batches:
            store.append("a1", list(enumerate(batch, seq)))
            seq += len(batch)
        assert store.events("a1") == [text for batch in batches for text in batch]
        assert store.attempt("a1").events == seq


@pytest.mark.parametrize(
    ("seqs", "code"),
    [
        ([2], "events-stored"),
        ([0, 1, 2, 3], "events-stored"),
        ([4], "events-gap"),
        ([3, 5], "events-gap"),
        ([3, 3], "events-stored"),
        ([3, 4, 2], "events-stored"),
        ([-1], "events-stored"),
    ],
)
def test_a_log_only_grows_at_its_end_and_without_gaps(store: Store, seqs: list[int], code: str) -> None:
    store.begin(stock(store), events(0, 3))
    before = store.events("a1")
    with refused(code):
        store.append("a1", [(seq, "{}") for seq in seqs])
    assert store.events("a1") == before
    store.append("a1", events(3, 1))
    assert len(store.events("a1")) == 4


def test_a_batch_with_one_bad_event_leaves_none(store: Store) -> None:
    store.begin(stock(store))
    with refused("not-unicode"):
        store.append("a1", [(0, "{}"), (1, '"\ud83d"')])
    assert store.events("a1") == []


def test_the_summary_says_what_the_attempt_began_with(store: Store) -> None:
    new = replace(stock(store), mode=Mode.EXAM, hints=False, seed=2**63 - 1)
    store.begin(new, events(0, 2))
    summary = store.attempt("a1")
    assert {field.name: getattr(summary, field.name) for field in fields(NewAttempt)} == {
        field.name: getattr(new, field.name) for field in fields(NewAttempt)
    }
    assert (summary.status, summary.ended_at, summary.score, summary.result) == (Status.RUNNING, None, None, None)
    assert (summary.events, summary.number, summary.total) == (2, 1, 1)


def test_a_seed_that_no_database_holds_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        replace(stock(store), seed=2**63)


def test_attempts_are_listed_newest_first_with_their_number(store: Store) -> None:
    new = stock(store)
    for n in range(3):
        store.begin(later(new, f"a{n}", minutes=n))
    store.begin(replace(later(new, "b", minutes=5), scenario="foreign-caller"))
    store.begin(replace(later(new, "c", minutes=1), profile=OTHER.id))
    assert [(found.id, found.number, found.total) for found in store.attempts()] == [
        ("b", 1, 1),
        ("a2", 3, 3),
        ("c", 1, 1),
        ("a1", 2, 3),
        ("a0", 1, 3),
    ]
    assert [found.id for found in store.attempts(profile=OTHER.id)] == ["c"]
    assert [found.id for found in store.attempts(scenario="foreign-caller")] == ["b"]
    assert [found.number for found in store.attempts(new.profile, "angry-caller")] == [3, 2, 1]
    assert store.attempts(profile="nobody") == []
    assert all(store.attempt(found.id) == found for found in store.attempts())


def test_what_was_never_stored_cannot_be_begun_upon(store: Store) -> None:
    new = stock(store)
    store.begin(new)
    for wrong, code in (
        (new, "attempt-exists"),
        (replace(new, id="a2", profile="nobody"), "profile-unknown"),
        (replace(new, id="a2", scenario_hash="0" * 64), "text-unknown"),
        (replace(new, id="a2", protocol_hash="0" * 64), "text-unknown"),
        (replace(new, id="a2", forked_from="a9", at_seq=0), "attempt-unknown"),
        (replace(new, id="a2", forked_from="a1", at_seq=0), "fork-moment"),
    ):
        with refused(code):
            store.begin(wrong)
    assert len(store.attempts()) == 1


def test_an_attempt_whose_first_events_are_refused_is_not_begun(store: Store) -> None:
    with refused("events-gap"):
        store.begin(stock(store), [(1, "{}")])
    assert store.attempts() == []


def test_an_attempt_pauses_runs_again_and_ends_once(store: Store) -> None:
    store.begin(stock(store))
    for status in (Status.PAUSED, Status.PAUSED, Status.RUNNING):
        store.set_status("a1", status)
        assert store.attempt("a1").status is status
        assert [found.id for found in store.unfinished()] == ["a1"]
    store.set_status("a1", Status.ABANDONED, END)
    assert (store.attempt("a1").status, store.attempt("a1").ended_at) == (Status.ABANDONED, END)
    assert store.unfinished() == []
    for status, ended_at in ((Status.RUNNING, None), (Status.WITHDRAWN, END)):
        with refused("attempt-closed"):
            store.set_status("a1", status, ended_at)
    with refused("attempt-closed"):
        store.append("a1", events(0, 1))
    with refused("attempt-closed"):
        store.finish("a1", "{}", 90, "passed", END)
    with refused("attempt-closed"):
        store.save_draft("a1", "c1", Draft("hola", {}))


@pytest.mark.parametrize(
    ("status", "ended_at"), [(Status.FINISHED, END), (Status.ABANDONED, None), (Status.PAUSED, END)]
)
def test_an_end_belongs_to_what_has_ended(store: Store, status: Status, ended_at: None) -> None:
    store.begin(stock(store))
    with pytest.raises(ValueError, match="end"):
        store.set_status("a1", status, ended_at)


def test_finishing_stores_the_scorecard_and_its_sum(store: Store) -> None:
    new = stock(store)
    store.begin(new, events(0, 2))
    card = '{"score":87,"result":"failed","note":"ñ"}'
    store.finish("a1", card, 87, "failed", END)
    summary = store.attempt("a1")
    assert (summary.status, summary.score, summary.result, summary.ended_at) == (Status.FINISHED, 87, "failed", END)
    (stored,) = store.scorecards("a1")
    assert (stored.text, stored.ordinal, stored.protocol_hash) == (card, 0, new.protocol_hash)
    assert store.unfinished() == []


def test_a_withdrawn_attempt_may_have_a_card_without_score(store: Store) -> None:
    store.begin(stock(store))
    with pytest.raises(ValueError, match="paused"):
        store.finish("a1", "{}", None, "not-scored", END, Status.PAUSED)
    store.finish("a1", "{}", None, "not-scored", END, Status.WITHDRAWN)
    summary = store.attempt("a1")
    assert (summary.status, summary.score, summary.result) == (Status.WITHDRAWN, None, "not-scored")


def test_a_second_scoring_stands_beside_the_first(store: Store) -> None:
    new = stock(store)
    store.begin(new)
    store.finish("a1", '{"score":87}', 87, "passed", END)
    newer = store.put_files(TextKind.PROTOCOL, {**PROTOCOL, "protocol/rules/opening.yaml": "[]"})
    assert store.add_scorecard("a1", newer, END + timedelta(days=30), '{"score":91}') == 1
    assert [(card.protocol_hash, card.text) for card in store.scorecards("a1")] == [
        (new.protocol_hash, '{"score":87}'),
        (newer, '{"score":91}'),
    ]
    assert store.attempt("a1").score == 87
    with refused("text-unknown"):
        store.add_scorecard("a1", "0" * 64, END, "{}")


def test_a_fork_shares_the_person_the_texts_and_the_seed(store: Store) -> None:
    new = replace(stock(store), mode=Mode.EXAM)
    store.begin(new, events(0, 5))
    store.fork("a1", 2, "f1", END, "0.2.0", events(0, 3, "f1"))
    fork = store.attempt("f1")
    assert (fork.forked_from, fork.at_seq, fork.mode, fork.software) == ("a1", 2, Mode.PRACTICE, "0.2.0")
    shared = (
        "profile",
        "scenario",
        "title",
        "scenario_hash",
        "protocol_hash",
        "seed",
        "hints",
        "difficulty",
        "channel",
    )
    assert [getattr(fork, name) for name in shared] == [getattr(new, name) for name in shared]
    assert store.events("f1") == [text for _, text in events(0, 3, "f1")]
    assert len(store.events("a1")) == 5
    for at_seq in (-1, 5):
        with refused("fork-moment"):
            store.fork("a1", at_seq, "f2", END, "0.2.0", [])


def test_deleting_takes_all_of_an_attempt_and_leaves_its_forks(store: Store) -> None:
    store.begin(stock(store), events(0, 3))
    store.save_draft("a1", "c1", Draft("Le", {}))
    store.fork("a1", 1, "f1", END, "0.1.0", events(0, 2, "f1"))
    store.finish("a1", "{}", 50, "failed", END)
    store.delete_attempt("a1")
    (left,) = store.attempts()
    assert (left.id, left.forked_from, left.at_seq, left.events) == ("f1", None, 1, 2)
    assert store.check() == []


@settings(max_examples=50, deadline=None)
@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_unsent_words_are_kept_even_with_half_an_emoji(text: str, notes: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "t.db") as store:
        store.begin(stock(store))
        store.save_draft("a1", "c1", Draft("earlier", {}))
        store.save_draft("a1", "c1", Draft(text, notes))
        assert store.draft("a1", "c1") == Draft(text, notes)


def test_each_contact_has_its_own_unsent_words_until_the_attempt_ends(store: Store) -> None:
    store.begin(stock(store))
    store.save_draft("a1", "c1", Draft("Permítame", {}))
    store.save_draft("a1", "c2", Draft("", {"reason": "cobro doble"}))
    assert store.draft("a1", "c1").text == "Permítame"
    assert store.draft("a1", "c2").notes == {"reason": "cobro doble"}
    assert store.draft("a1", "c3") == Draft("", {})
    store.set_status("a1", Status.WITHDRAWN, END)
    assert store.draft("a1", "c1") == Draft("", {})


def test_every_question_about_an_unknown_attempt_says_so(store: Store) -> None:
    for ask in (
        lambda: store.attempt("a9"),
        lambda: store.events("a9"),
        lambda: store.scorecards("a9"),
        lambda: store.draft("a9", "c1"),
        lambda: store.append("a9", []),
        lambda: store.set_status("a9", Status.PAUSED),
        lambda: store.finish("a9", "{}", 1, "failed", END),
        lambda: store.delete_attempt("a9"),
    ):
        with refused("attempt-unknown"):
            ask()
