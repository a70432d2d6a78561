"""What pages show of the core's values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from simulator.records.shelf import About, Found, Listing
from simulator.records.values import AttemptSummary, Mode, Status
from simulator.ui.views import attempt_rows, library_entries

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
LISTING = Listing((("calls/a.yaml", Found(About("a", "A", "", "phone", 2, 5), True, ())),))


def attempt(id: str, status: Status, score: int | None, result: str | None) -> AttemptSummary:
    return AttemptSummary(
        id=id,
        profile="p1",
        scenario="a",
        title="A",
        scenario_hash="",
        protocol_hash="",
        seed=1,
        mode=Mode.PRACTICE,
        hints=False,
        difficulty=2,
        channel="phone",
        started_at=NOON,
        software="0.1.0",
        forked_from=None,
        at_seq=None,
        status=status,
        ended_at=NOON + timedelta(minutes=5),
        score=score,
        result=result,
        final_score=score,
        final_result=result,
        events=9,
        number=1,
        total=2,
        submitted=False,
    )


def test_a_card_shows_the_last_score_not_a_withdrawal_after_it() -> None:
    scored = attempt("1", Status.FINISHED, 81, "passed")
    withdrawn = replace(scored, id="2", status=Status.WITHDRAWN, final_score=None, final_result="not-scored")
    (card,) = library_entries(LISTING, [withdrawn, scored])
    assert (card.last_result, card.last_score, card.attempts) == ("passed", 81, 2)
    (card,) = library_entries(LISTING, [withdrawn])
    assert (card.last_result, card.last_score) == ("not-scored", None)


def test_what_a_person_decided_is_what_is_shown() -> None:
    reviewed = replace(attempt("1", Status.FINISHED, 42, "failed"), final_score=88, final_result="passed")
    (row,) = attempt_rows([reviewed])
    (card,) = library_entries(LISTING, [reviewed])
    assert (row.score, row.result) == (card.last_score, card.last_result) == (88, "passed")
