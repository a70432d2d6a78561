"""The marks against people: what the goals ask, on replies that neither rules nor weights were tuned on.

The goals are those of replies kept apart by others; here they are held on the checking part and on our own sets apart.
The whole report is `python -m tests.agreement`.
"""

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from simulator.protocol.catalogue import Rule
from simulator.protocol.load import Protocol
from simulator.protocol.shipped import shipped_protocol
from simulator.scoring.calibration import Calibration, calibrate, mark_replies
from simulator.scoring.replies import LabelledReply
from tests.agreement import REPORT, digest, f1_with, flips
from tests.labelled import CHECKING, checking_part, read_folder, sets_apart, tuning_part
from tests.variation import PEOPLE, VARIATIONS, WRITTEN_OTHERWISE, in_usted

pytestmark = pytest.mark.slow

MOST_UNCLEAR = 0.04
MOST_LOST = 0.02
MOST_FLIPPED = 0.005
STOCK_WORDS = 2
"""«¿Algo más?», «ok»: every author writes these."""


def protocol() -> Protocol:
    return shipped_protocol().protocol


def rules() -> Mapping[str, Rule]:
    return protocol().rules


@cache
def checking() -> tuple[LabelledReply, ...]:
    return tuple(reply for _, reply in checking_part(protocol()))


@cache
def apart(stem: str) -> tuple[LabelledReply, ...]:
    return tuple(reply for file, reply in sets_apart(protocol()) if file == stem)


@cache
def agreement(name: str) -> Calibration:
    return calibrate(mark_replies(rules(), checking() if name == "checking" else apart(name)))


@pytest.mark.parametrize(
    ("name", "precision", "recall", "f1", "kappa"),
    [("checking", 0.93, 0.93, 0.93, 0.87), ("hard", 0.93, 0.93, 0.93, 0.87), ("ordinary", 0.97, 0.97, 0.98, 0.93)],
)
def test_agreement(name: str, precision: float, recall: float, f1: float, kappa: float) -> None:
    found = agreement(name).also if name == "ordinary" else agreement(name).own
    assert found.precision >= precision
    assert found.recall >= recall
    assert found.f1 >= f1
    assert found.kappa >= kappa


@pytest.mark.parametrize("name", ["checking", "hard", "ordinary"])
def test_unclear_is_no_hiding_place(name: str) -> None:
    for table in (agreement(name).own, agreement(name).also):
        assert table.unclear <= MOST_UNCLEAR * table.total


@pytest.mark.parametrize("name", list(VARIATIONS))
def test_the_way_of_entering_costs_little(name: str) -> None:
    before, after = f1_with(rules(), checking(), VARIATIONS[name])
    assert before.total > 1_000
    assert before.f1 - after.f1 <= MOST_LOST


@pytest.mark.parametrize("name", list(PEOPLE))
def test_who_speaks_does_not_decide(name: str) -> None:
    compared, changed = flips(rules(), checking(), PEOPLE[name])
    assert compared > 1_000
    assert len(changed) <= MOST_FLIPPED * compared


def test_the_treatment_does_not_decide() -> None:
    swap: Callable[[LabelledReply], LabelledReply | None] = lambda reply: in_usted(reply, protocol().lexicon)  # noqa: E731
    compared, changed = flips(rules(), checking(), swap, ("formal-address", *WRITTEN_OTHERWISE))
    assert compared > 500
    assert len(changed) <= MOST_FLIPPED * compared


def test_the_report_is_of_these_marks() -> None:
    """On every platform: the committed report holds the digest of all marks with their spans."""
    assert digest(rules(), checking()) in REPORT.read_text(encoding="utf-8"), "run python -m tests.agreement"


def test_the_parts_share_no_line() -> None:
    checked, tuned = {reply.reply for reply in checking()}, {reply.reply for _, reply in tuning_part(protocol())}
    assert not checked & tuned
    known = {reply.reply for _, reply in sets_apart(protocol())} & (checked | tuned)
    assert all(len(text.split()) <= STOCK_WORDS for text in known), known
    total = len(checked) + len(tuned)
    assert total / CHECKING * 0.8 < len(checked) < total / CHECKING * 1.2


def test_every_id_is_its_own() -> None:
    ids = [
        reply.id
        for folder in ("", "apart")
        for _, reply in read_folder(REPORT.parents[1] / "tests" / "replies" / folder, protocol())
    ]
    assert len(ids) == len(set(ids))
