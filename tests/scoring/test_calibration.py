"""Agreement with people: the figures, their interval, what is read of a file and what is told of its mistakes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.protocol.catalogue import Verdict
from simulator.protocol.shipped import shipped_protocol
from simulator.scoring.calibration import Agreement, calibrate, mark_replies
from simulator.scoring.replies import read_replies, reply_line
from tests.labelled import REPLIES

GOOD: dict[str, Any] = {
    "id": "R-1",
    "checkpoint": "farewell",
    "met": True,
    "context": {"company": "Telenova", "clock": "10:40"},
    "reply": "Que tenga buen día.",
}


def read(*lines: object) -> tuple[list[str], list[tuple[str, int]]]:
    """Ids of what was read; codes and lines of what was told."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    replies, found = read_replies(text, "r.jsonl", shipped_protocol().protocol.checkpoints)
    return [reply.id for reply in replies], [(d.code, d.span.start.line) for d in found]


def table(both: int, only_marked: int, only_labelled: int, neither: int) -> Agreement:
    return Agreement(both, only_marked, only_labelled, neither)


def test_figures() -> None:
    agreement = table(40, 10, 5, 45)
    assert agreement.total == 100
    assert agreement.precision == pytest.approx(0.8)
    assert agreement.recall == pytest.approx(8 / 9)
    assert agreement.f1 == pytest.approx(16 / 19)
    assert agreement.kappa == pytest.approx(0.7)
    low, high = agreement.interval
    # Fleiss, Cohen and Everitt's large-sample error for this table is 0.0710 (as statsmodels' cohens_kappa gives).
    assert (high - low) / 2 / 1.96 == pytest.approx(0.0710, abs=0.0005)


@given(*[st.integers(0, 50)] * 4)
def test_figures_stay_in_their_bounds(a: int, b: int, c: int, d: int) -> None:
    agreement = table(a, b, c, d)
    low, high = agreement.interval
    assert -1 <= low <= agreement.kappa <= high <= 1
    for share in (agreement.precision, agreement.recall, agreement.f1, agreement.accuracy):
        assert 0 <= share <= 1


def test_unclear_and_not_applicable_count_as_not_met() -> None:
    agreement = Agreement()
    agreement.add(True, Verdict.UNCLEAR)
    agreement.add(False, Verdict.NOT_APPLICABLE)
    assert (agreement.only_labelled, agreement.neither) == (1, 1)
    assert (agreement.unclear, agreement.not_applicable) == (1, 1)


def test_a_line_is_marked_by_its_own_checkpoint_and_those_in_also() -> None:
    line = {**GOOD, "also": {"offer-help": False, "farewell": False, "offer-solution": True}}
    rules = shipped_protocol().protocol.rules
    replies, _ = read_replies(json.dumps(line), "r.jsonl", shipped_protocol().protocol.checkpoints)
    calibration = calibrate(mark_replies(rules, replies))
    assert (calibration.own.total, calibration.own.both) == (1, 1)  # the own label wins over the same in also
    assert (calibration.also.total, calibration.also.neither) == (2, 1)
    assert calibration.without_rule == 1  # the scenario says which solution is right
    assert calibration.disagreements == ()


def test_the_worst_checkpoint_comes_first() -> None:
    lines = [
        {**GOOD, "id": "1"},
        {**GOOD, "id": "2", "met": False, "reply": "Listo."},
        {**GOOD, "id": "3", "checkpoint": "welcome", "reply": "Listo."},
        {**GOOD, "id": "4", "checkpoint": "welcome", "met": False, "reply": "Diga."},
    ]
    replies, _ = read_replies("\n".join(map(json.dumps, lines)), "r", shipped_protocol().protocol.checkpoints)
    calibration = calibrate(mark_replies(shipped_protocol().protocol.rules, replies))
    assert list(calibration.checkpoints) == ["welcome", "farewell"]
    assert [(d.reply.id, d.label) for d in calibration.disagreements] == [("3", True)]


def test_a_sound_file() -> None:
    assert read(GOOD, "", {**GOOD, "id": "R-2", "style": "formal", "why": "x", "customer_turn": None}) == (
        ["R-1", "R-2"],
        [],
    )


def test_every_mistake_is_told_at_its_line_and_the_rest_is_read() -> None:
    bad = [
        "{",
        "[]",
        {key: value for key, value in GOOD.items() if key != "met"},
        {**GOOD, "met": "yes"},
        {**GOOD, "also": {"farewell": 1}},
        {**GOOD, "checkpoint": "farewel"},
        {**GOOD, "context": {"clock": "25:00", "treatment": "thou"}},
        {**GOOD, "context": []},
    ]
    ids, found = read(*bad, {**GOOD, "id": "last"})
    assert ids == ["last"]
    assert found == [
        ("replies-json", 1),
        ("replies-json", 2),
        ("replies-missing", 3),
        ("replies-value", 4),
        ("replies-value", 5),
        ("replies-checkpoint", 6),
        ("replies-value", 7),
        ("replies-value", 7),
        ("replies-value", 8),
    ]


def test_what_is_merely_odd_is_told_and_read() -> None:
    odd = {**GOOD, "note": "x", "also": {"no-such": True}, "context": {**GOOD["context"], "mood": "bad"}}
    assert read(odd, odd) == (
        ["R-1", "R-1"],
        [
            ("replies-key", 1), ("replies-checkpoint", 1), ("replies-key", 1),
            ("replies-key", 2), ("replies-checkpoint", 2), ("replies-key", 2), ("replies-duplicate", 2),
        ],
    )  # fmt: skip


@given(st.text(max_size=200))
def test_any_text_gives_replies_and_diagnostics(text: str) -> None:
    read(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*GOOD, "also", "clock", "channel", "foreign"]), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_any_json_gives_replies_and_diagnostics(value: object) -> None:
    read({**GOOD, **value} if isinstance(value, dict) else value)


@pytest.mark.parametrize("path", sorted(REPLIES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_labelled_reply_is_written_as_it_is_read(path: Path) -> None:
    known = shipped_protocol().protocol.checkpoints
    replies, _diagnostics = read_replies(path.read_text("utf-8"), path.name, known)
    again, diagnostics = read_replies("\n".join(map(reply_line, replies)), path.name, known)
    assert (again, diagnostics) == (replies, ())
