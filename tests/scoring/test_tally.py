"""What a person decides counts by the arithmetic by which the program counts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.card import Line, Scorecard
from simulator.scoring.tally import counts, tally, with_verdicts

VERDICTS = ("met", "missed", "unclear", "not-applicable")
LINES = st.lists(
    st.builds(
        Line,
        id=st.sampled_from("abcd"),
        phase=st.just("opening"),
        title=st.just("T"),
        critical=st.booleans(),
        weight=st.integers(0, 5),
        verdict=st.sampled_from(VERDICTS),
    ),
    max_size=6,
).map(tuple)


def card_of(lines: tuple[Line, ...], mark: int) -> Scorecard:
    made = tally(lines, mark)
    return Scorecard(
        "s", 0, made.score, made.lowest, made.highest, mark, made.result, (), None, False, "", lines, (), 0
    )


@given(LINES, LINES, st.integers(1, 100))
def test_the_result_is_that_of_a_card_that_had_these_verdicts_at_once(
    lines: tuple[Line, ...], others: tuple[Line, ...], mark: int
) -> None:
    given_ = {place: other.verdict for place, other in enumerate(others) if place < len(lines)}
    changed = with_verdicts(card_of(lines, mark), given_)
    at_once = tuple(replace(line, verdict=given_.get(place, line.verdict)) for place, line in enumerate(lines))
    assert changed.checkpoints == at_once
    made = tally(at_once, mark)
    assert (changed.score, changed.lowest, changed.highest, changed.result) == (
        made.score, made.lowest, made.highest, made.result,
    )  # fmt: skip
    assert changed.failed_by == tuple(line.id for line in at_once if line.critical and line.verdict == "missed")


@given(LINES, st.integers(1, 100))
def test_no_verdict_changes_nothing(lines: tuple[Line, ...], mark: int) -> None:
    card = card_of(lines, mark)
    assert with_verdicts(card, {}).score == card.score
    assert with_verdicts(card, {99: "met"}) == with_verdicts(card, {})


@given(LINES, st.integers(1, 100), st.sampled_from(["incomplete", "not-scored"]))
def test_what_never_came_to_an_end_gets_no_score_by_a_verdict(lines: tuple[Line, ...], mark: int, result: str) -> None:
    card = replace(card_of(lines, mark), score=None, lowest=None, highest=None, result=result)  # type: ignore[arg-type]
    if counts(lines, result):
        return
    changed = with_verdicts(card, dict.fromkeys(range(len(lines)), "met"))
    assert (changed.score, changed.result) == (None, result)
