"""Totals, progress over attempts, readiness of people against the pass mark."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, func, select

from simulator.records.office.question import (
    NO_COHORT,
    Wanted,
    cohort_names,
    cohorts_of,
    counted,
    fits,
    last_ones,
    names_of,
    of_people,
    titles,
    unclear_of,
)
from simulator.records.schema import members, tallies

NEAR: Final = 10
"""Points below the pass mark within which somebody is nearly ready."""
_PASSED: Final = "passed"


@dataclass(frozen=True, slots=True)
class Totals:
    """Over the attempts wanted. `mean`: of the scores (0–100), None without any; `results`: how many of each."""

    attempts: int
    people: int
    scenarios: int
    mean: float | None
    results: dict[str, int]
    marks: int
    unclear: int

    @property
    def pass_rate(self) -> float | None:
        """Passed, of all attempts (0–1)."""
        return self.results.get(_PASSED, 0) / self.attempts if self.attempts else None


@dataclass(frozen=True, slots=True)
class Step:
    """The `number`-th attempts of the people of a cohort. `mean`: of their scores, None without any."""

    cohort: str
    name: str
    number: int
    attempts: int
    mean: float | None
    passed: int

    @property
    def pass_rate(self) -> float:
        """Passed, of these attempts (0–1)."""
        return self.passed / self.attempts


class Readiness(StrEnum):
    """READY: the last attempt passed. NEARLY: it did not, but an earlier one did, or it was at most `NEAR` points
    below the pass mark. Of several scenarios, somebody is as ready as in the one where they are least."""

    NOT_YET = "not-yet"
    NEARLY = "nearly"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person at a scenario. `best`, `last`: scores (None: not scored); `passed`: how many of the `attempts`;
    `last_at`: when the last began, as the store writes moments."""

    scenario: str
    title: str
    attempts: int
    passed: int
    best: int | None
    last: int | None
    pass_mark: int | None
    last_at: str
    readiness: Readiness


@dataclass(frozen=True, slots=True)
class Person:
    """How ready somebody is, over the scenarios at which they have attempts that are wanted."""

    profile: str
    pseudonym: str
    name: str
    cohort: str
    standings: tuple[Standing, ...]

    @property
    def readiness(self) -> Readiness:
        """As ready as where they are least."""
        order = list(Readiness)
        return min((standing.readiness for standing in self.standings), key=order.index)

    @property
    def ready(self) -> int:
        """At how many scenarios they are ready."""
        return sum(standing.readiness is Readiness.READY for standing in self.standings)


def totals(connection: Connection, wanted: Wanted) -> Totals:
    """What there is."""
    condition = fits(connection, wanted)
    query = counted(
        tallies.c.result,
        func.count(),
        func.count(tallies.c.score),
        func.sum(tallies.c.score),
        func.sum(func.length(tallies.c.verdicts)),
        func.sum(unclear_of(tallies.c.verdicts)),
    )
    rows = connection.execute(query.where(condition).group_by(tallies.c.result)).all()
    apart = counted(func.count(tallies.c.profile.distinct()), func.count(tallies.c.scenario.distinct()))
    people, scenarios = connection.execute(apart.where(condition)).one()
    scored = sum(row[2] for row in rows)
    return Totals(
        attempts=sum(row[1] for row in rows),
        people=people,
        scenarios=scenarios,
        mean=sum(int(row[3] or 0) for row in rows) / scored if scored else None,
        results={str(row[0] or "not-scored"): row[1] for row in rows},
        marks=sum(int(row[4]) for row in rows),
        unclear=sum(int(row[5]) for row in rows),
    )


def progress(connection: Connection, wanted: Wanted) -> list[Step]:
    """How the first, second, third … attempts of people at the same scenario went, by cohort and number.

    Attempts are numbered among all that may leave, whether they are wanted or not.
    """
    own = (tallies.c.profile, tallies.c.scenario)
    number = func.row_number().over(partition_by=own, order_by=(tallies.c.started_at, tallies.c.attempt))
    inside = case((fits(connection, wanted), 1), else_=0)
    every = counted(
        members.c.cohort, tallies.c.score, tallies.c.result, number.label("number"), inside.label("wanted")
    ).where(*of_people(wanted))
    numbered = every.subquery()
    query = (
        select(
            numbered.c.cohort,
            numbered.c.number,
            func.count().label("attempts"),
            func.count(numbered.c.score).label("scored"),
            func.sum(numbered.c.score).label("points"),
            func.sum(_passed(numbered.c.result)).label("passed"),
        )
        .where(numbered.c.wanted == 1)
        .group_by(numbered.c.cohort, numbered.c.number)
    )
    names = cohort_names(connection)
    found = [
        Step(
            cohort=row.cohort or NO_COHORT,
            name=names.get(row.cohort, ""),
            number=row.number,
            attempts=row.attempts,
            mean=int(row.points) / row.scored if row.scored else None,
            passed=int(row.passed),
        )
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda step: (step.cohort == NO_COHORT, step.name.casefold(), step.cohort, step.number))


def readiness(connection: Connection, wanted: Wanted) -> list[Person]:
    """Everybody with attempts that are wanted, those who are least ready first."""
    pairs = last_ones(
        connection,
        wanted,
        func.count().label("attempts"),
        func.sum(_passed(tallies.c.result)).label("passed"),
        func.max(tallies.c.score).label("best"),
    )
    facts = ("attempt", "profile", "scenario", "score", "pass_mark", "result", "started_at")
    query = select(*(tallies.c[name] for name in facts), *pairs.c).join(pairs, pairs.c.last == tallies.c.attempt)
    rows = connection.execute(query).all()
    called = titles(connection, {row.scenario: row.attempt for row in rows}.values())
    names, groups = names_of(connection), cohorts_of(connection)
    apart: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        apart[row.profile].append(row)
    order = {readiness: place for place, readiness in enumerate(Readiness)}
    found = [
        Person(
            profile=profile,
            pseudonym=names[profile][0],
            name=names[profile][1],
            cohort=groups.get(profile, ""),
            standings=tuple(sorted((_standing(row, called) for row in own), key=lambda one: (one.title, one.scenario))),
        )
        for profile, own in apart.items()
    ]
    return sorted(found, key=lambda one: (order[one.readiness], one.ready / len(one.standings), one.name, one.profile))


def _passed(result: ColumnElement[Any]) -> ColumnElement[int]:
    return case((result == _PASSED, 1), else_=0)


def _standing(row: Any, called: dict[str, str]) -> Standing:
    near = row.score is not None and row.pass_mark is not None and row.score >= row.pass_mark - NEAR
    if row.result == _PASSED:
        how = Readiness.READY
    elif row.passed or near:
        how = Readiness.NEARLY
    else:
        how = Readiness.NOT_YET
    return Standing(
        scenario=row.scenario,
        title=called[row.scenario],
        attempts=row.attempts,
        passed=int(row.passed),
        best=row.best,
        last=row.score,
        pass_mark=row.pass_mark,
        last_at=row.started_at,
        readiness=how,
    )
