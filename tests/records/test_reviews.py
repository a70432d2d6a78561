"""People review what was handed over: other verdicts, comments, disputes, scorings under newer rules."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from simulator.errors import TercerTimbreError
from simulator.records import review, statements
from simulator.records.review import By, Dispute
from simulator.records.reviews import Approval, Override, Remark, Settlement
from simulator.records.schema import reviews, rulings
from simulator.records.statements import Statement, add, merged
from simulator.records.store import Store
from simulator.records.values import Mode
from tests.records.cases import PROTOCOL, later
from tests.records.reviewed import HANDED, LATER, SECOND, TRAINER, handed_over
from tests.records.sealed import OTHER_SIGNER, SIGNER
from tests.records.test_results_file import lines, taken, wrong
from tests.records.test_tables import marked

GREET, RUDE, HOLD, VAGUE = range(4)


@pytest.fixture
def other(tmp_path: Path) -> Store:
    """The store of another machine, empty."""
    return Store.open(tmp_path / "other" / "t.db")


def row(store: Store) -> dict[str, object] | None:
    """What is filed about the attempt."""
    with store._read() as connection:
        found = connection.execute(select(reviews).where(reviews.c.attempt == "a1")).mappings().one_or_none()
        return None if found is None else dict(found)


def code(error: "pytest.ExceptionInfo[TercerTimbreError]") -> str:
    return error.value.code


def test_a_human_verdict_stands_beside_the_automatic_one_and_the_score_follows(store: Store) -> None:
    handed_over(store)
    store.review("a1", Override(RUDE, "met", " Repitió las palabras del cliente. "), TRAINER, LATER)
    found = store.review_of("a1")
    ruling = found.rulings[RUDE]
    assert (ruling.verdict, ruling.reason, ruling.name, ruling.role, ruling.at) == (
        "met", "Repitió las palabras del cliente.", "Rosa Trillo", "trainer", LATER,
    )  # fmt: skip
    filed = row(store)
    assert filed is not None
    assert (filed["score"], filed["result"], filed["dispute"], filed["reviewed"]) == (100, "pending", "none", False)
    summary = store.attempt("a1")
    assert (summary.score, summary.result) == (50, "failed"), "the program's own stays"
    assert (summary.final_score, summary.final_result) == (100, "pending")
    store.review("a1", Override(VAGUE, "missed", "No lo dijo."), TRAINER, LATER)
    filed = row(store)
    assert filed is not None
    assert (filed["score"], filed["result"]) == (67, "failed")


def test_the_newest_of_two_verdicts_holds(store: Store) -> None:
    handed_over(store)
    store.review("a1", Override(VAGUE, "met", "Se entiende."), TRAINER, LATER)
    store.review("a1", Override(VAGUE, "missed", "No se entiende."), SECOND, LATER)
    assert store.review_of("a1").rulings[VAGUE].name == SECOND.name, "signed at the same moment, after the first"
    with store._read() as connection:
        assert [tuple(found) for found in connection.execute(select(rulings.c.place, rulings.c.verdict))] == [
            (VAGUE, "missed")
        ]


def test_practice_cannot_be_reviewed(store: Store) -> None:
    new = handed_over(store)
    marked(store, later(new, "p1", 20))
    store.seal("p1", SIGNER, HANDED)
    for what in (Override(0, "met", "x"), Remark(3, "x"), Settlement(0, True, "met", "x"), Approval()):
        with pytest.raises(TercerTimbreError) as error:
            store.review("p1", what, TRAINER, LATER)
        assert code(error) == "review-private"
    with pytest.raises(TercerTimbreError, match="review-private"):
        store.dispute("p1", 0, "x", SIGNER, LATER)
    with pytest.raises(TercerTimbreError, match="review-private"):
        store.rescore("p1", PROTOCOL, "{}", 1, "failed", TRAINER, LATER)
    assert [one.attempt for one in store.queue()] == ["a1"]
    assert len(store.statements("p1")) == 1


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (Override(9, "met", "x"), "mark-unknown"),
        (Override(0, "met", "  "), "review-empty"),
        (Override(0, "met", "x" * 2001), "review-long"),
        (Override(0, "met", "\ud800"), "not-unicode"),
        (Remark(99, "x"), "moment-unknown"),
        (Settlement(0, True, "met", "x"), "dispute-none"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_signed(store: Store, what: Override, expected: str) -> None:
    handed_over(store)
    with pytest.raises(TercerTimbreError) as error:
        store.review("a1", what, TRAINER, LATER)
    assert code(error) == expected
    assert len(store.statements("a1")) == 2
    assert row(store) is None


def test_nobody_decides_that_something_is_unclear(store: Store) -> None:
    handed_over(store)
    with pytest.raises(ValueError, match="unclear"):
        store.review("a1", Override(0, "unclear", "x"), TRAINER, LATER)


def test_comments_and_approval(store: Store) -> None:
    handed_over(store)
    store.review("a1", Remark(3, "Aquí bajó la voz: bien."), TRAINER, LATER)
    store.review("a1", Approval(), TRAINER, LATER)
    found = store.review_of("a1")
    assert [(comment.seq, comment.text) for comment in found.comments] == [(3, "Aquí bajó la voz: bien.")]
    assert found.reviewed
    filed = row(store)
    assert filed is not None
    assert (filed["score"], filed["result"], filed["reviewed"]) == (50, "failed", True)


def test_a_verdict_is_disputed_once_and_within_the_term(store: Store) -> None:
    handed_over(store)
    store.dispute("a1", RUDE, "Solo repetí lo que dijo.", SIGNER, LATER)
    assert store.review_of("a1").dispute is Dispute.OPEN
    with pytest.raises(TercerTimbreError, match="dispute-again"):
        store.dispute("a1", RUDE, "De verdad.", SIGNER, LATER)
    last = HANDED + timedelta(days=review.DISPUTE_DAYS)
    store.dispute("a1", VAGUE, "Lo dije al final.", SIGNER, last)
    with pytest.raises(TercerTimbreError, match="dispute-late"):
        store.dispute("a1", GREET, "Tarde.", SIGNER, last + timedelta(microseconds=1))


def test_an_exam_may_be_disputed_from_its_seal_on(store: Store) -> None:
    handed_over(store, mode=Mode.EXAM)
    assert store.review_of("a1").until == HANDED + timedelta(days=review.DISPUTE_DAYS)
    store.dispute("a1", RUDE, "No fui grosero.", SIGNER, LATER)
    assert store.queue()[0].dispute is Dispute.OPEN


def test_an_upheld_dispute_overrides_the_verdict_and_a_rejected_one_does_not(store: Store) -> None:
    handed_over(store)
    store.dispute("a1", RUDE, "Solo repetí lo que dijo.", SIGNER, LATER)
    store.dispute("a1", VAGUE, "Lo dije al final.", SIGNER, LATER)
    store.review("a1", Settlement(VAGUE, False, "missed", "No está en la grabación."), TRAINER, LATER)
    assert store.review_of("a1").dispute is Dispute.OPEN, "one of the two is"
    store.review("a1", Settlement(RUDE, True, "met", "Tiene razón: era una cita."), TRAINER, LATER)
    found = store.review_of("a1")
    assert found.dispute is Dispute.UPHELD
    assert {place: (ruling.verdict, ruling.settles) for place, ruling in found.rulings.items()} == {RUDE: ("met", True)}
    outcome = found.objections[VAGUE].outcome
    assert outcome is not None
    assert (outcome.upheld, outcome.reason, outcome.name) == (False, "No está en la grabación.", "Rosa Trillo")
    with pytest.raises(TercerTimbreError, match="dispute-settled"):
        store.review("a1", Settlement(RUDE, False, "missed", "Lo pensé mejor."), TRAINER, LATER)


def test_rejected_alone_is_rejected(store: Store) -> None:
    handed_over(store)
    store.dispute("a1", VAGUE, "Lo dije al final.", SIGNER, LATER)
    store.review("a1", Settlement(VAGUE, False, "missed", "No está."), TRAINER, LATER)
    filed = row(store)
    assert filed is not None
    assert (filed["dispute"], filed["score"]) == ("rejected", 50)


def test_a_desk_does_not_review_itself(store: Store) -> None:
    handed_over(store)
    with pytest.raises(TercerTimbreError, match="review-own-desk"):
        store.review("a1", Override(RUDE, "met", "x"), By(SIGNER, "Rosa Trillo", "trainer"), LATER)
    said = {"place": RUDE, "checkpoint": "rude", "verdict": "met", "reason": "x", "name": "Rosa", "role": "trainer"}
    with store._write() as connection:
        add(connection, "a1", review.OVERRIDDEN, said, SIGNER, LATER)
    assert store.review_of("a1").rulings == {}, "nor by a statement that somebody made by hand"


def test_a_reviewer_counts_elsewhere_once_somebody_vouched_for_their_key(store: Store, other: Store) -> None:
    handed_over(store)
    store.review("a1", Override(RUDE, "met", "Era una cita."), TRAINER, LATER)
    with other:
        assert TRAINER.signer.fingerprint in taken(other, lines(store))[0].unknown_keys
        assert (other.review_of("a1").rulings, other.review_of("a1").unknown) == ({}, (TRAINER.signer.fingerprint,))
        assert row(other) is None
        other.enrol(TRAINER.signer.fingerprint, "Rosa", LATER)
        assert other.review_of("a1").rulings[RUDE].verdict == "met"
        filed = row(other)
        assert filed is not None
        assert filed["result"] == "pending"


def test_a_stranger_neither_disputes_nor_scores_anew(store: Store, other: Store) -> None:
    handed_over(store)
    store.dispute("a1", RUDE, "Protesto.", OTHER_SIGNER, LATER)
    store.rescore("a1", PROTOCOL, '{"n":2}', 100, "passed", By(OTHER_SIGNER), LATER)
    with other:
        taken(other, lines(store))
        found = other.review_of("a1")
        assert (found.dispute, found.rescored, found.unknown) == (Dispute.NONE, (), (OTHER_SIGNER.fingerprint,))
        other.enrol(OTHER_SIGNER.fingerprint, "Puesto 2", LATER)
        assert other.review_of("a1").dispute is Dispute.OPEN


def test_hr_does_not_review(store: Store) -> None:
    handed_over(store)
    with pytest.raises(TercerTimbreError, match="right-trainer"):
        store.review("a1", Override(RUDE, "met", "x"), By(TRAINER.signer, "Nora", "hr"), LATER)


def test_a_dispute_that_would_be_dated_too_late_is_refused_and_not_kept(store: Store) -> None:
    handed_over(store)
    store.review("a1", Remark(3, "Bien."), TRAINER, HANDED + timedelta(days=400))
    with pytest.raises(TercerTimbreError, match="dispute-late"):
        store.dispute("a1", RUDE, "No.", SIGNER, LATER)
    assert [one.kind for one in store.statements("a1")] == ["sealed", "submitted", "commented"]


def test_the_queue_begins_with_disputes_then_doubts_then_the_oldest(store: Store) -> None:
    first = handed_over(store, "old")
    for id in ("doubts", "disputed", "done", "exam"):
        handed_over(store, id, new=later(first, id, 5), mode=Mode.EXAM if id == "exam" else Mode.PRACTICE)
    for id in ("old", "exam", "done"):
        store.review(id, Override(VAGUE, "met", "Se entiende."), TRAINER, LATER)
    store.review("done", Approval(), TRAINER, LATER)
    store.review("disputed", Approval(), TRAINER, LATER)
    store.dispute("disputed", RUDE, "No.", SIGNER, LATER)
    found = store.queue()
    assert [one.attempt for one in found] == ["disputed", "doubts", "exam", "old", "done"]
    assert [one.waits for one in found] == [True, True, True, True, False], "a new dispute brings an attempt back"
    assert [one.unclear for one in found] == [1, 1, 0, 0, 0]


def test_a_new_scoring_stands_beside_the_first(store: Store, other: Store) -> None:
    handed_over(store)
    newer = {**PROTOCOL, "protocol/checkpoints.yaml": "- id: greet-warmly\n"}
    store.rescore("a1", newer, '{"result":"passed","score":88}', 88, "passed", By(SIGNER), LATER)
    assert [card.text for card in store.scorecards("a1")][1:] == ['{"result":"passed","score":88}']
    filed = row(store)
    assert filed is not None
    assert (filed["score"], filed["result"], filed["rescored_score"], filed["rescored_result"]) == (
        50, "failed", 88, "passed",
    )  # fmt: skip
    found = lines(store)
    assert wrong(found) == []
    altered = [
        line.replace(b'"card":{"result":"passed","score":88}', b'"card":{"result":"passed","score":99}')
        for line in found
    ]
    assert [finding.code for finding in wrong(altered)] == ["results-card"]
    with other:
        assert [item.how for item in taken(other, found) + taken(other, found)] == ["new", "known"]
        assert other.scorecards("a1") == store.scorecards("a1")
        assert other.files(other.scorecards("a1")[1].protocol_hash) == newer
        assert lines(other) == found


def test_reviews_travel_both_ways_and_meet(store: Store, other: Store, tmp_path: Path) -> None:
    handed_over(store)
    with other, Store.open(tmp_path / "third" / "t.db") as third:
        taken(other, lines(store))
        store.dispute("a1", RUDE, "Solo repetí lo que dijo.", SIGNER, LATER)  # at the trainee's desk
        other.review("a1", Override(VAGUE, "met", "Se entiende."), TRAINER, LATER - timedelta(hours=2))
        other.rescore("a1", {"a": "b"}, '{"n":2}', 90, "passed", TRAINER, LATER)
        for _round in range(2):
            how = [taken(store, lines(other))[0].how, taken(other, lines(store))[0].how]
        assert how == ["known", "known"]
        assert store.statements("a1") == other.statements("a1")
        assert lines(store) == lines(other)
        store.enrol(TRAINER.signer.fingerprint, "Rosa", LATER)
        assert row(store) == row(other)
        other.review("a1", Settlement(RUDE, True, "met", "De acuerdo."), TRAINER, LATER)
        assert wrong(lines(other)) == []
        assert [item.how for found in (lines(other), lines(store)) for item in taken(third, found)] == ["new", "known"]
        assert [item.how for found in (lines(other), lines(third)) for item in taken(store, found)] == ["grew", "known"]
        assert store.review_of("a1").dispute is Dispute.UPHELD


def test_a_clock_that_is_behind_does_not_turn_things_over(store: Store) -> None:
    handed_over(store)
    store.dispute("a1", RUDE, "No.", SIGNER, LATER)
    store.review("a1", Settlement(RUDE, True, "met", "De acuerdo."), TRAINER, LATER - timedelta(days=300))
    assert [one.kind for one in store.statements("a1")] == ["sealed", "submitted", "disputed", "settled"]
    assert wrong(lines(store)) == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The lines of a file with one statement of each kind."""
    with Store.open(tmp_path_factory.mktemp("desk") / "t.db") as store:
        handed_over(store)
        store.dispute("a1", RUDE, "Solo repetí lo que dijo.", SIGNER, LATER)
        store.review("a1", Settlement(RUDE, True, "met", "De acuerdo."), TRAINER, LATER)
        store.review("a1", Override(VAGUE, "missed", "No lo dijo."), SECOND, LATER)
        store.review("a1", Remark(3, "Bien."), TRAINER, LATER)
        store.rescore("a1", PROTOCOL, '{"n":2}', None, "not-scored", By(SIGNER), LATER)
        store.review("a1", Approval(), TRAINER, LATER)
        return lines(store)


@given(st.data())
def test_no_altered_character_of_a_review_goes_unseen(whole: list[bytes], data: st.DataObject) -> None:
    from tests.records.test_results_file import unseen

    first = next(number for number, line in enumerate(whole) if b'"card":{' in line)
    assert not unseen(whole, data.draw(st.integers(first, len(whole) - 1)), data)


def test_a_statement_that_was_taken_out_of_the_middle_is_missed(whole: list[bytes]) -> None:
    without = [line for line in whole if b'"settled"' not in line]
    assert [finding.code for finding in wrong(without)] == ["results-statement"]


WHOLE = {"place": RUDE, "checkpoint": "rude", "verdict": "met", "reason": "x", "name": "R", "role": "trainer"}


@pytest.mark.parametrize(
    "said", [{"place": -1}, {"place": True}, {"place": "1"}, {"verdict": "unclear"}, {"reason": 3}]
)
def test_a_statement_that_is_signed_and_senseless_is_refused(store: Store, said: dict[str, object]) -> None:
    handed_over(store)
    with store._write() as connection:
        add(connection, "a1", review.OVERRIDDEN, {**WHOLE, **said}, TRAINER.signer, LATER)
    assert [finding.code for finding in wrong(lines(store))] == ["results-statement"]
    assert store.review_of("a1").rulings == {}


def test_a_statement_that_names_anothers_key_is_refused(store: Store) -> None:
    handed_over(store)
    named = {**WHOLE, "key": SECOND.signer.fingerprint}
    with store._write() as connection:
        newest = statements.signed(connection, "a1")[-1]
        statements._write(connection, "a1", review.OVERRIDDEN, newest.digest, named, TRAINER.signer, LATER)
    assert [finding.code for finding in wrong(lines(store))] == ["results-statement"]


def test_a_mark_that_the_card_does_not_have_is_nobodys(store: Store) -> None:
    handed_over(store)
    said = {"place": RUDE, "checkpoint": "greet", "verdict": "met", "reason": "x", "name": "R", "role": "trainer"}
    store.review("a1", Approval(), TRAINER, LATER)
    with store._write() as connection:
        add(connection, "a1", review.OVERRIDDEN, said, TRAINER.signer, LATER)
        add(connection, "a1", review.OVERRIDDEN, {**said, "place": 44}, TRAINER.signer, LATER)
    assert store.review_of("a1").rulings == {}


def made(number: int) -> Statement:
    """A statement of several that could be about one attempt."""
    kind = ("sealed", "submitted", "overridden", "disputed")[min(number, 3)]
    text = f'{{"at":"2026-05-0{1 + number % 3}T12:00:00.000000Z","kind":"{kind}","n":{number}}}'
    return Statement(kind, text, "key", bytes([number]))


SOME = st.lists(st.integers(0, 12).map(made), max_size=8)


@given(SOME, SOME, SOME)
def test_the_union_is_the_same_in_whatever_order_files_come(
    one: list[Statement], two: list[Statement], three: list[Statement]
) -> None:
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, one) == merged(one) == merged(merged(one))
    assert set(merged(one, two)) == {*one, *two}
