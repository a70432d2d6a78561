"""A measured figure beside its floor: the bare library doing the same, in the same run."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` and `floor` in `unit`; `goal` says what is aimed at. A floor of None: none is meaningful."""

    name: str
    value: float
    floor: float | None
    unit: str
    goal: str

    @property
    def ratio(self) -> float | None:
        return None if not self.floor else self.value / self.floor


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned text."""
    head = ("figure", "value", "floor", "ratio", "unit", "goal")
    rows = [head]
    for figure in figures:
        floor = "–" if figure.floor is None else f"{figure.floor:.3g}"
        ratio = "–" if figure.ratio is None else f"{figure.ratio:.2f}×"
        rows.append((figure.name, f"{figure.value:.3g}", floor, ratio, figure.unit, figure.goal))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0–1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def interval(count: int, of: int) -> tuple[float, float]:
    """95 % confidence interval of a share, per cent (E. B. Wilson, JASA 22, 1927)."""
    z, share = 1.96, count / of
    middle, half = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2)
    return max(0.0, 100 * (middle - half) / (1 + z * z / of)), min(100.0, 100 * (middle + half) / (1 + z * z / of))
