"""The heat map: how often each checkpoint was met, by cohort, by scenario or by week."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, and_, func

from simulator.records.office.question import (
    NO_COHORT,
    Sheet,
    Wanted,
    all_sheets,
    cohort_names,
    counted,
    fits,
    midnight,
    titles,
)
from simulator.records.schema import members, tallies
from simulator.records.tallies import LETTERS
from simulator.records.values import read_moment

By = Literal["cohort", "scenario", "week"]
_MET, _MISSED, _NOT_APPLICABLE, _UNCLEAR = LETTERS.values()
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Count:
    """How often a checkpoint got each verdict."""

    met: int = 0
    missed: int = 0
    not_applicable: int = 0
    unclear: int = 0

    @property
    def decided(self) -> int:
        """How often it was met or missed: what the share is of."""
        return self.met + self.missed

    @property
    def share(self) -> float | None:
        """Met, of met and missed (0–1); None when neither occurred."""
        return self.met / self.decided if self.decided else None

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.met + other.met,
            self.missed + other.missed,
            self.not_applicable + other.not_applicable,
            self.unclear + other.unclear,
        )


@dataclass(frozen=True, slots=True)
class Heat:
    """`rows`: the checkpoints (id, title), those met least first; `columns`: the groups in their order, as key and
    name (of a week: its Monday); `counts`: by checkpoint and group, where there is any."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str | date], ...]
    counts: Mapping[tuple[str, str], Count]

    def of(self, checkpoint: str, group: str) -> Count:
        """The counts of a cell."""
        return self.counts.get((checkpoint, group), Count())

    def total(self, checkpoint: str) -> Count:
        """The counts of a row."""
        return sum((self.of(checkpoint, group) for group, _name in self.columns), Count())


def heat(connection: Connection, wanted: Wanted, by: By) -> Heat:
    """The map of the attempts wanted; where a checkpoint is, of that alone."""
    known = all_sheets(connection)
    condition = and_(fits(connection, wanted), tallies.c.sheet.is_not(None))
    if by == "week":
        rows = counted(tallies.c.started_at, tallies.c.sheet, tallies.c.verdicts).where(condition)
        found = _by_week([tuple(row) for row in connection.execute(rows)])
        names: dict[str, str | date] = {key: date.fromisoformat(key) for key, _sheet in found}
    else:
        group = members.c.cohort if by == "cohort" else tallies.c.scenario
        together = func.aggregate_strings(tallies.c.verdicts, "").label("said")
        query = counted(group.label("key"), tallies.c.sheet, together, func.max(tallies.c.attempt).label("attempt"))
        grouped = connection.execute(query.where(condition).group_by(group, tallies.c.sheet)).all()
        found = {(row.key or NO_COHORT, row.sheet): row.said for row in grouped}
        called = cohort_names(connection) if by == "cohort" else titles(connection, [row.attempt for row in grouped])
        names = {key: called.get(key, "") for key, _sheet in found}
    only = wanted.checkpoint
    counts: dict[tuple[str, str], Count] = defaultdict(Count)
    words: dict[str, str] = {}
    for (key, sheet), said in found.items():
        for (id, title), count in _counts(known[sheet], said):
            if only in (None, id):
                counts[id, key] += count
                words[id] = title
    columns = sorted(names.items(), key=lambda item: (item[0] == NO_COHORT, _order(item[1]), item[0]))
    made = Heat((), tuple(columns), counts)
    weakest = sorted(words, key=lambda id: (_rank(made.total(id)), words[id], id))
    return Heat(tuple((id, words[id]) for id in weakest), made.columns, dict(counts))


def _counts(sheet: Sheet, said: str) -> Iterable[tuple[tuple[str, str], Count]]:
    """The counts of each line of a sheet, given the verdicts of attempts one after the other."""
    wide = len(sheet.lines)
    for place, line in enumerate(sheet.lines):
        own = said[place::wide]
        yield line, Count(own.count(_MET), own.count(_MISSED), own.count(_NOT_APPLICABLE), own.count(_UNCLEAR))


def _by_week(rows: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """The verdicts by week (its Monday, ISO) and sheet. Weeks begin on Monday at midnight of this computer's zone."""
    if not rows:
        return {}
    first = read_moment(min(row[0] for row in rows)).astimezone().date()
    last = max(row[0] for row in rows)
    mondays = [first - timedelta(days=first.weekday())]
    bounds = [midnight(mondays[0])]
    while bounds[-1] <= last:
        mondays.append(mondays[-1] + _WEEK)
        bounds.append(midnight(mondays[-1]))
    parts: dict[tuple[int, str], list[str]] = defaultdict(list)
    for started_at, sheet, said in rows:
        parts[bisect_right(bounds, started_at) - 1, sheet].append(said)
    return {(mondays[week].isoformat(), sheet): "".join(said) for (week, sheet), said in parts.items()}


def _rank(count: Count) -> float:
    return 2.0 if count.share is None else count.share


def _order(name: str | date) -> str:
    return name.casefold() if isinstance(name, str) else name.isoformat()
