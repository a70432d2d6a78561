"""A trainee's own progress: all their attempts, practice too. It is theirs: nothing of it is exported, nobody else is
shown it. Inside a transaction that the caller holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, select

from simulator.records.office.question import all_sheets
from simulator.records.schema import attempts, tallies
from simulator.records.tallies import LETTERS
from simulator.records.values import read_moment

_VERDICTS: Final[Mapping[str, str]] = MappingProxyType({letter: verdict for verdict, letter in LETTERS.items()})
_MET, _MISSED = "met", "missed"
_FEW: Final = 3
"""How many attempts at either end are compared."""


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt that was marked. `score`: 0–100, None when it was not scored."""

    attempt: str
    scenario: str
    title: str
    started_at: datetime
    score: int | None
    pass_mark: int | None


@dataclass(frozen=True, slots=True)
class Trail:
    """A checkpoint over the attempts in which it stood, oldest first: the verdict of each."""

    checkpoint: str
    title: str
    verdicts: tuple[str, ...]

    @property
    def decided(self) -> tuple[str, ...]:
        """Those that say met or missed."""
        return tuple(verdict for verdict in self.verdicts if verdict in (_MET, _MISSED))

    @property
    def first(self) -> str | None:
        """The first that was decided; None while none was."""
        return self.decided[0] if self.decided else None

    @property
    def best(self) -> str | None:
        """Met, if it ever was."""
        return None if not self.decided else _MET if _MET in self.decided else _MISSED

    @property
    def last(self) -> str | None:
        """The last that was decided."""
        return self.decided[-1] if self.decided else None

    @property
    def lift(self) -> float | None:
        """How much more often it was met at the end than at the beginning (−1 to 1): the last three against the first
        three, or as many as do not overlap. None with fewer than two."""
        some = min(_FEW, len(self.decided) // 2)
        if not some:
            return None
        return (self.decided[-some:].count(_MET) - self.decided[:some].count(_MET)) / some


@dataclass(frozen=True, slots=True)
class OwnProgress:
    """`tries`: oldest first; `trails`: the checkpoints that were met least at the end first."""

    tries: tuple[Try, ...]
    trails: tuple[Trail, ...]


@dataclass(frozen=True, slots=True)
class OwnAttempts:
    """All marked attempts of somebody, oldest first, each with its verdicts by checkpoint (id and title)."""

    marked: tuple[tuple[Try, tuple[tuple[tuple[str, str], str], ...]], ...]

    @property
    def scenarios(self) -> tuple[tuple[str, str], ...]:
        """Where they are, as id and title, by title."""
        found = {one.scenario: one.title for one, _marks in self.marked}
        return tuple(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))

    def progress(self, scenario: str | None = None) -> OwnProgress:
        """Over all of them, or those at one scenario."""
        some = [(one, marks) for one, marks in self.marked if scenario in (None, one.scenario)]
        titles: dict[str, str] = {}
        verdicts: dict[str, list[str]] = {}
        for _one, marks in some:
            for (checkpoint, title), verdict in marks:
                titles[checkpoint] = title
                verdicts.setdefault(checkpoint, []).append(verdict)
        trails = [Trail(id, titles[id], tuple(own)) for id, own in verdicts.items()]
        return OwnProgress(tuple(one for one, _marks in some), tuple(sorted(trails, key=_weakness)))


def own_attempts(connection: Connection, profile: str) -> OwnAttempts:
    """Of that person. Retries from a moment are not among them: they do not begin at the beginning."""
    known = all_sheets(connection)
    query = (
        select(tallies, attempts.c.title)
        .join(attempts, attempts.c.id == tallies.c.attempt)
        .where(tallies.c.profile == profile, attempts.c.at_seq.is_(None), tallies.c.sheet.is_not(None))
        .order_by(tallies.c.started_at, tallies.c.attempt)
    )
    found = []
    for row in connection.execute(query):
        started = read_moment(row.started_at)
        one = Try(row.attempt, row.scenario, row.title, started, row.score, row.pass_mark)
        marks = zip(known[row.sheet].lines, (_VERDICTS[letter] for letter in row.verdicts), strict=True)
        found.append((one, tuple(marks)))
    return OwnAttempts(tuple(found))


def _weakness(trail: Trail) -> tuple[float, str, str]:
    late = trail.decided[-_FEW:]
    return (late.count(_MET) / len(late) if late else 2.0, trail.title, trail.checkpoint)
