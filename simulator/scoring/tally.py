"""From verdicts and weights to score and result: the one arithmetic, for what the program marked and for what people
decided afterwards. Pure, whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from simulator.protocol.catalogue import Verdict
from simulator.scoring.card import Line, Result, Scorecard


class Weighed(Protocol):
    """A checkpoint with its verdict, as far as it counts."""

    @property
    def verdict(self) -> str: ...
    @property
    def weight(self) -> int: ...
    @property
    def critical(self) -> bool: ...


class Tally(NamedTuple):
    """What the verdicts come to. `lowest`/`highest`: the score if every unclear one were missed / met. All three None:
    nothing to score."""

    result: Result
    score: int | None
    lowest: int | None
    highest: int | None


def points(lines: Sequence[Weighed]) -> tuple[int | None, int | None, int | None]:
    """The score, and the range that settling the unclear ones could give; None: nothing to score."""
    weights = {verdict: sum(line.weight for line in lines if line.verdict == verdict) for verdict in Verdict}
    met, missed, unclear = weights[Verdict.MET], weights[Verdict.MISSED], weights[Verdict.UNCLEAR]
    if met + missed + unclear == 0:
        return None, None, None
    score = _percent(met, met + missed) if met + missed else None
    return score, _percent(met, met + missed + unclear), _percent(met + unclear, met + missed + unclear)


def tally(lines: Sequence[Weighed], pass_mark: int) -> Tally:
    """The result of an attempt that came to its end (DESIGN, «Marking»)."""
    score, lowest, highest = points(lines)
    if lowest is None or highest is None:
        return Tally("not-scored", None, None, None)
    if any(line.critical and line.verdict == Verdict.MISSED for line in lines):
        return Tally("failed", score, lowest, highest)
    if any(line.critical and line.verdict == Verdict.UNCLEAR for line in lines) or lowest < pass_mark <= highest:
        return Tally("failed" if highest < pass_mark else "pending", score, lowest, highest)
    return Tally("passed" if score is not None and score >= pass_mark else "failed", score, lowest, highest)


def counts(lines: Sequence[Weighed], result: str | None) -> bool:
    """Whether other verdicts could give another result: not where the attempt broke off (incomplete) or was withdrawn,
    which is «not scored» although there is something to score."""
    return result in ("passed", "failed", "pending") or (result == "not-scored" and points(lines)[1] is None)


def with_verdicts(card: Scorecard, verdicts: Mapping[int, str]) -> Scorecard:
    """The card with other verdicts on some of its lines (by place), score and result as they then are."""
    lines = tuple(
        replace(line, verdict=verdicts[place]) if place in verdicts else line
        for place, line in enumerate(card.checkpoints)
    )
    changed = replace(card, checkpoints=lines, failed_by=failed_by(lines))
    if not counts(card.checkpoints, card.result):
        return changed
    found = tally(lines, card.pass_mark)
    return replace(changed, result=found.result, score=found.score, lowest=found.lowest, highest=found.highest)


def failed_by(lines: Sequence[Line]) -> tuple[str, ...]:
    """The criticals that fail the attempt."""
    return tuple(line.id for line in lines if line.critical and line.verdict == Verdict.MISSED)


def _percent(part: int, whole: int) -> int:
    """Per cent, rounded half up, in whole numbers."""
    return (200 * part + whole) // (2 * whole)
