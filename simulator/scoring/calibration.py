"""Agreement of the marks with people: precision, recall, F1, Cohen's κ with its interval, and every disagreement.

*Unclear* and *not applicable* count as not met, unless *unclear* is left out. A reply is judged alone, standing in its
checkpoint's window.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.finding import Finding
from simulator.protocol.understanding import understand
from simulator.scoring.replies import LabelledReply

Z95 = 1.959963984540054
"""The standard normal's 97.5 % point."""


@dataclass(slots=True)
class Agreement:
    """Counts of marks against labels. Figures of an empty table are 0."""

    both: int = 0
    only_marked: int = 0
    only_labelled: int = 0
    neither: int = 0
    unclear: int = 0
    not_applicable: int = 0

    def add(self, label: bool, verdict: Verdict) -> None:
        """Count one mark."""
        marked = verdict is Verdict.MET
        self.both += label and marked
        self.only_marked += marked and not label
        self.only_labelled += label and not marked
        self.neither += not label and not marked
        self.unclear += verdict is Verdict.UNCLEAR
        self.not_applicable += verdict is Verdict.NOT_APPLICABLE

    @property
    def total(self) -> int:
        return self.both + self.only_marked + self.only_labelled + self.neither

    @property
    def precision(self) -> float:
        return self.both / max(self.both + self.only_marked, 1)

    @property
    def recall(self) -> float:
        return self.both / max(self.both + self.only_labelled, 1)

    @property
    def f1(self) -> float:
        return 2 * self.both / max(2 * self.both + self.only_marked + self.only_labelled, 1)

    @property
    def accuracy(self) -> float:
        return (self.both + self.neither) / max(self.total, 1)

    @property
    def kappa(self) -> float:
        """Cohen's κ: agreement beyond chance, 1 where there is no chance left to go beyond."""
        expected = self._by_chance()
        if expected >= 1:
            return 1.0
        return (self.accuracy - expected) / (1 - expected)

    @property
    def interval(self) -> tuple[float, float]:
        """κ's 95 % confidence interval: large-sample variance of Fleiss, Cohen and Everitt (1969), cut to −1…1."""
        n, expected, agreed = self.total, self._by_chance(), self.accuracy
        if not n or expected >= 1:
            return self.kappa, self.kappa
        marked, labelled = (self.both + self.only_marked) / n, (self.both + self.only_labelled) / n
        rows, columns = (marked, 1 - marked), (labelled, 1 - labelled)
        cells = ((self.both / n, self.only_marked / n), (self.only_labelled / n, self.neither / n))
        kappa = self.kappa
        diagonal = sum(cells[i][i] * ((1 - expected) - (columns[i] + rows[i]) * (1 - agreed)) ** 2 for i in range(2))
        off = (1 - agreed) ** 2 * sum(
            cells[i][j] * (columns[i] + rows[j]) ** 2 for i in range(2) for j in range(2) if i != j
        )
        variance = (diagonal + off - (agreed * expected - 2 * expected + agreed) ** 2) / (n * (1 - expected) ** 4)
        margin = Z95 * sqrt(max(variance, 0.0))
        return max(kappa - margin, -1.0), min(kappa + margin, 1.0)

    def _by_chance(self) -> float:
        n = max(self.total, 1)
        marked, labelled = (self.both + self.only_marked) / n, (self.both + self.only_labelled) / n
        return marked * labelled + (1 - marked) * (1 - labelled) if self.total else 0.0


@dataclass(frozen=True, slots=True)
class MarkedReply:
    """A labelled reply with what was found by each checkpoint that it has a label for and the catalogue a rule."""

    reply: LabelledReply
    findings: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A mark that is not what people said."""

    reply: LabelledReply
    checkpoint: str
    label: bool
    finding: Finding


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole comparison.

    `own`: by the lines' own labels; `also`: by all labels; `decided`: own labels, *unclear* left out; `checkpoints`:
    own labels, the lowest κ first. `without_rule`: labels of checkpoints that no rule marks.
    """

    own: Agreement
    also: Agreement
    decided: Agreement
    checkpoints: Mapping[str, Agreement]
    disagreements: tuple[Disagreement, ...]
    without_rule: int


def mark_replies(rules: Mapping[str, Rule], replies: Iterable[LabelledReply]) -> list[MarkedReply]:
    """Mark each reply by the checkpoints that it has labels for."""
    return [
        MarkedReply(
            reply,
            understand({id: rules[id] for id in reply.labels(also=True) if id in rules}, reply.situation, reply.reply),
        )
        for reply in replies
    ]


def calibrate(marked: Iterable[MarkedReply]) -> Calibration:
    """Compare marks with labels."""
    own, also, decided = Agreement(), Agreement(), Agreement()
    tables: dict[str, Agreement] = {}
    apart: list[Disagreement] = []
    without = 0
    for line in marked:
        for id, label in line.reply.labels(also=True).items():
            finding = line.findings.get(id)
            if finding is None:
                without += 1
                continue
            also.add(label, finding.verdict)
            if id != line.reply.checkpoint:
                continue
            own.add(label, finding.verdict)
            tables.setdefault(id, Agreement()).add(label, finding.verdict)
            if finding.verdict is not Verdict.UNCLEAR:
                decided.add(label, finding.verdict)
            if label != (finding.verdict is Verdict.MET):
                apart.append(Disagreement(line.reply, id, label, finding))
    worst = dict(sorted(tables.items(), key=lambda item: (item[1].kappa, item[0])))
    places = {id: place for place, id in enumerate(worst)}
    apart.sort(key=lambda difference: places[difference.checkpoint])
    return Calibration(own, also, decided, worst, tuple(apart), without)
