"""Train the weights: `uv run --group training python -m tests.training`, from `tests/replies` to `assets/protocol`.

Per checkpoint two steps. First a logistic regression over the words' features, scaled by how unevenly each feature is
spread between met and not met (Wang and Manning, 2012). It learns from the lines' own labels and, balanced between met
and not met, from those in `also`. Then a second one over that score and the case in which the rule decided, learnt only
from lines that the rules were not grown on, for on the others the rules look better than they are; what one checkpoint
has too few lines to tell is drawn towards what all tell together.

Lines of the checking part (`tests.labelled.is_checking`) and the sets kept apart are not read. The result is rounded to
whole numbers of one byte.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from simulator.language.features import extract
from simulator.language.match import Context
from simulator.language.text import read
from simulator.protocol.catalogue import Verdict
from simulator.protocol.judging import judge
from simulator.protocol.load import WEIGHTS, Protocol
from simulator.protocol.understanding import case_of
from simulator.protocol.weighing import UNIT, Column, row_hash, write_weights
from simulator.scoring.replies import LabelledReply
from tests.labelled import CALLS, ROOT, UNSEEN_BY_RULES, examples, protocol_without_weights, tuning_part
from tests.variation import WRITTEN_OTHERWISE, bare_with_typo

UNWEIGHED = frozenset({"spelling", "clear-and-concise", "formal-address"})
"""Marked by counting, by the dictionary or by grammar: there is nothing to weigh."""
VARIED = 0.6
"""Weight of a reply's own label once more as a recogniser or a hasty hand would enter it: see `tests.variation`."""
LEAST_LINES = 30
"""Own labels below which a checkpoint is left to its rule."""
LEAST_SEEN = 2
"""Lines in which a feature must stand."""
STRICTNESS = 200.0
"""Inverse strength of the penalty on the words' weights."""
ALSO = 0.5
"""Weight of all `also` labels of one checkpoint together, as a share of its own lines."""
SELDOM_BROKEN = frozenset({"no-rudeness", "no-blame", "verify-identity", "courtesy-please", "plain-language"})
KEPT = 6.0
"""Half of the labelled replies to these are breaches; in real calls hardly any is. A false breach costs most trust."""
BENEFIT_OF_DOUBT = frozenset({"no-rudeness", "no-blame"})
"""What would be unclear is met, and what would just be missed is unclear: of a hundred turns of a call one is rude."""
WHOLE_CALLS = 3.0
"""Weight of a label of the shipped calls: their verdicts are promised by the scenarios' own tests."""
FOLDS = 5
BAND_SHARE = 0.02
"""Share of the honest lines whose score falls into the band of what is unclear."""
LARGEST = 127
"""Of a rounded weight: the largest of each checkpoint. Cutting the largest ones cost 0.04 to 0.3 of kappa."""

Matrix = Any
"""A sparse matrix of scipy, which has no types."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled reply as the trainer sees it. `cases`: how each rule decided."""

    file: str
    reply: LabelledReply
    hashes: tuple[int, ...]
    cases: Mapping[str, str]
    varied: bool = False


def samples(protocol: Protocol, lines: Sequence[tuple[str, LabelledReply]]) -> list[Sample]:
    """Features and cases of each reply, as `understand` will see them."""
    made: list[Sample] = []
    for file, reply, varied in _with_variations(lines):
        context = Context(read(reply.reply), reply.situation, protocol.lexicon)
        hashes = sorted({row_hash(found) for found in extract(context)})
        judged = {id: judge(protocol.rules[id], context) for id in reply.labels(also=True) if id in protocol.rules}
        cases = {
            id: case_of(finding) for id, finding in judged.items() if finding.verdict is not Verdict.NOT_APPLICABLE
        }
        made.append(Sample(file, reply, tuple(hashes), MappingProxyType(cases), varied))
    return made


def _with_variations(lines: Sequence[tuple[str, LabelledReply]]) -> Iterator[tuple[str, LabelledReply, bool]]:
    """Each reply, and right behind it the same without accents and punctuation and with a typo, own label alone."""
    for file, reply in lines:
        yield file, reply, False
        other = bare_with_typo(reply)
        if other is not None and file != CALLS and reply.checkpoint not in WRITTEN_OTHERWISE:
            yield file, replace(other, also={}), True


def vocabulary(train: Sequence[Sample]) -> dict[int, int]:
    """Hash → column, ascending."""
    seen = Counter(hash for sample in train for hash in sample.hashes)
    return {hash: place for place, hash in enumerate(sorted(h for h, n in seen.items() if n >= LEAST_SEEN))}


def matrix(rows: Sequence[Sample], places: Mapping[int, int]) -> Matrix:
    """A row per reply; a feature counts by one over the root of the number of all its features."""
    columns, values, ends = [], [], [0]
    for row in rows:
        known = [places[hash] for hash in row.hashes if hash in places]
        columns += known
        values += [1.0 / max(len(row.hashes), 1) ** 0.5] * len(known)
        ends.append(len(columns))
    return sparse.csr_matrix((np.array(values), columns, ends), shape=(len(rows), len(places)))


@dataclass(frozen=True, slots=True)
class Labels:
    """Rows with a label for one checkpoint, the label, and how much it counts."""

    rows: NDArray[np.intp]
    met: NDArray[np.bool_]
    counts: NDArray[np.float64]


def labels(rows: Sequence[Sample], id: str) -> Labels:
    """Own labels count 1, all labels of whole calls `WHOLE_CALLS`; the other ones in `also` share `ALSO` of as many,
    half of it for met and half for not met. Of what is seldom broken, the many that keep to it count `KEPT` times more.
    """
    full = [(place, met) for place, row in enumerate(rows) if (met := _full(row, id)) is not None]
    found = [(place, met, _count(rows[place])) for place, met in full]
    for wanted in (True, False):
        others = [
            place
            for place, row in enumerate(rows)
            if row.reply.also.get(id) is wanted and not row.varied and _full(row, id) is None
        ]
        if others:
            share = ALSO * (KEPT if wanted and id in SELDOM_BROKEN else 1.0)
            found += [(place, wanted, min(1.0, share * len(full) / 2 / len(others))) for place in others]
    return Labels(
        np.array([place for place, _, _ in found], dtype=np.intp),
        np.array([met for _, met, _ in found], dtype=bool),
        np.array([count for _, _, count in found]),
    )


def _count(row: Sample) -> float:
    return VARIED if row.varied else WHOLE_CALLS if row.file == CALLS else 1.0


def _full(row: Sample, id: str) -> bool | None:
    """The label that counts in full, if there is one."""
    if row.reply.checkpoint == id:
        return row.reply.met
    return row.reply.also.get(id) if row.file == CALLS else None


def fit_words(x: Matrix, given: Labels) -> tuple[NDArray[np.float64], float]:
    """Weights of the features, and the bias."""
    rows = x[given.rows]
    present = (rows > 0).astype(float)
    met = np.asarray((sparse.diags(given.counts[given.met]) @ present[given.met]).sum(axis=0)).ravel() + 1
    not_met = np.asarray((sparse.diags(given.counts[~given.met]) @ present[~given.met]).sum(axis=0)).ravel() + 1
    uneven = np.abs(np.log((met / met.sum()) / (not_met / not_met.sum())))
    model = LogisticRegression(C=STRICTNESS, solver="liblinear", random_state=0)
    model.fit(rows @ sparse.diags(uneven), given.met, sample_weight=given.counts)
    return model.coef_[0] * uneven, float(model.intercept_[0])


@dataclass(slots=True)
class Honest:
    """Lines for the second step: score of words that did not learn from them, case, label, count, checkpoint."""

    checkpoint: list[str]
    score: list[float]
    case: list[str]
    met: list[bool]
    count: list[float]


def out_of_fold(rows: Sequence[Sample], ids: Sequence[str]) -> Honest:
    """Score the lines that the rules have not seen by words learnt from all the other folds."""
    honest = Honest([], [], [], [], [])
    fold = _folds(rows)
    for number in range(FOLDS):
        train = [row for row, f in zip(rows, fold, strict=True) if f != number]
        test = [row for row, f in zip(rows, fold, strict=True) if f == number and row.file.startswith(UNSEEN_BY_RULES)]
        places = vocabulary(train)
        x, y = matrix(train, places), matrix(test, places)
        for id in ids:
            given = labels(test, id)
            if not len(given.rows):
                continue
            weights, bias = fit_words(x, labels(train, id))
            scores = y[given.rows] @ weights + bias
            for place, score, met, count in zip(given.rows, scores, given.met, given.counts, strict=True):
                case = test[place].cases.get(id)
                if case is not None:
                    honest.checkpoint.append(id)
                    honest.score.append(float(score))
                    honest.case.append(case)
                    honest.met.append(bool(met))
                    honest.count.append(float(count))
    return honest


def _folds(rows: Sequence[Sample]) -> list[int]:
    """The fold of each row; a varied reply is in that of the one before it."""
    folds: list[int] = []
    number = 0
    for row in rows:
        number += not row.varied
        folds.append(number % FOLDS)
    return folds


@dataclass(frozen=True, slots=True)
class Second:
    """How the words' score and the rule's case are put together for one checkpoint."""

    slope: float
    bias: float
    cases: Mapping[str, float]


def fit_cases(honest: Honest, ids: Sequence[str], strength: float = 1.0) -> dict[str, Second]:
    """The second step: a common answer, and each checkpoint's deviation from it under a stronger penalty."""
    names = sorted(set(honest.case))
    case = np.array([[name == c for name in names] for c in honest.case], dtype=float)
    score = np.array(honest.score)[:, None]
    met, count = np.array(honest.met), np.array(honest.count)
    table = np.hstack([score, case])
    common = LogisticRegression(C=10.0, max_iter=1000).fit(table, met, sample_weight=count)
    found: dict[str, Second] = {}
    which = np.array(honest.checkpoint)
    for id in ids:
        mine = which == id
        own = _deviation(table[mine], met[mine], count[mine], common.coef_[0], float(common.intercept_[0]), strength)
        slope, *cases = own[0]
        found[id] = Second(max(float(slope), 0.05), own[1], dict(zip(names, map(float, cases), strict=True)))
    return found


def _deviation(
    x: NDArray[np.float64],
    met: NDArray[np.bool_],
    count: NDArray[np.float64],
    prior: NDArray[np.float64],
    bias: float,
    strength: float,
) -> tuple[NDArray[np.float64], float]:
    """Newton's method for a logistic regression whose weights are drawn towards `prior` instead of 0."""
    x = np.hstack([x, np.ones((len(x), 1))])
    centre = np.append(prior, bias)
    weights = centre.copy()
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (count * (p - met)) + strength * (weights - centre)
        hessian = (x.T * (count * p * (1 - p))) @ x + strength * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights[:-1], float(weights[-1])


def band_of(honest: Honest, seconds: Mapping[str, Second]) -> float:
    """How far below 0 a score may lie to be called unclear, so that few are."""
    below = sorted(
        -total
        for id, score, case, count in zip(honest.checkpoint, honest.score, honest.case, honest.count, strict=True)
        if (total := seconds[id].slope * score + seconds[id].bias + seconds[id].cases.get(case, 0.0)) <= 0
        and count == 1.0
    )
    own = sum(1 for count in honest.count if count == 1.0)
    return below[min(int(BAND_SHARE * own), len(below) - 1)] if below else 0.0


def train(rows: Sequence[Sample], say: Callable[[str], None]) -> str:
    """The text of the weights file."""
    lines = Counter(row.reply.checkpoint for row in rows if not row.varied)
    ids = sorted(id for id, n in lines.items() if n >= LEAST_LINES and id not in UNWEIGHED)
    say(f"{len(rows)} lines, {len(ids)} checkpoints")
    honest = out_of_fold(rows, ids)
    say(f"{len(honest.met)} labels on lines that the rules have not seen")
    seconds = fit_cases(honest, ids)
    band = band_of(honest, seconds)
    places = vocabulary(rows)
    x = matrix(rows, places)
    table = np.zeros((len(places), len(ids)), dtype=np.int8)
    columns: list[Column] = []
    for index, id in enumerate(ids):
        weights, bias = fit_words(x, labels(rows, id))
        second = seconds[id]
        weights = weights * second.slope
        size = float(np.abs(weights).max()) / LARGEST
        table[:, index] = np.rint(weights / size).astype(np.int8)
        unit = UNIT / size
        columns.append(
            Column(
                id,
                bias=round((bias * second.slope + second.bias + (band if id in BENEFIT_OF_DOUBT else 0.0)) * unit),
                band=round(band * unit),
                cases={case: round(value * unit) for case, value in second.cases.items()},
            )
        )
    kept = table.any(axis=1)
    hashes = np.array(sorted(places), dtype="<u4")[kept]
    say(f"{int(kept.sum())} features")
    note = (
        "Made by `python -m tests.training` from tests/replies; not to be edited. See simulator/protocol/weighing.py."
    )
    return write_weights(columns, hashes.tobytes(), table[kept].tobytes(), note)


def main() -> None:
    protocol = protocol_without_weights()
    rows = samples(protocol, [*tuning_part(protocol), *examples(protocol)])
    text = train(rows, lambda line: print(line, file=sys.stderr))  # noqa: T201 — a command
    (ROOT / WEIGHTS).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
