"""How often each checkpoint was met and missed: counted while rows of marks pass; for the workbook and the reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from simulator.records.table import MARKS, Row

_PLACE: Final = {column.id: place for place, column in enumerate(MARKS)}
_ID, _TITLE = _PLACE["checkpoint"], _PLACE["checkpoint-title"]
_VERDICT, _DECIDED = _PLACE["verdict"], _PLACE["human-verdict"]


@dataclass(frozen=True, slots=True)
class Counted:
    """A checkpoint with how many marks of each verdict it got."""

    id: str
    title: str
    verdicts: Counter[str]

    @property
    def decided(self) -> int:
        """How many were met or missed."""
        return self.verdicts["met"] + self.verdicts["missed"]

    @property
    def share(self) -> float | None:
        """The part of the decided ones that was met; None without any."""
        return self.verdicts["met"] / self.decided if self.decided else None


class Tally:
    """Counts marks by checkpoint and verdict; what it holds grows with the checkpoints alone."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, str, str]] = Counter()

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows (under `MARKS`), counted as they pass by a person's verdict where there is one."""
        for row in rows:
            self._counted[str(row[_ID]), str(row[_TITLE]), str(row[_DECIDED] or row[_VERDICT])] += 1
            yield row

    def checkpoints(self) -> list[Counted]:
        """The checkpoints, the most missed first, those without a decision last."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for (id, title, verdict), number in self._counted.items():
            found.setdefault((id, title), Counter())[verdict] += number
        counted = [Counted(id, title, verdicts) for (id, title), verdicts in found.items()]
        return sorted(counted, key=lambda one: (one.share is None, one.share or 0.0, one.id))
