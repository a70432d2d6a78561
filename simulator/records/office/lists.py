"""Lists of attempts: all that are wanted, and the queues of those that somebody should look at."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from simulator.records.office.question import (
    Wanted,
    cohorts_of,
    counted,
    fits,
    last_ones,
    names_of,
    titles,
    unclear_of,
)
from simulator.records.schema import reviews, tallies
from simulator.records.tallies import LETTERS

Queue = Literal["all", "below", "unreviewed"]
"""`all`: newest first. `below`: the last attempt of somebody at a scenario, where it is below the threshold, lowest
first. `unreviewed`: whose review nobody has ended, most unclear marks first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An attempt in a list. `started_at`: as the store writes moments; `unclear`: how many marks wait for a person."""

    attempt: str
    profile: str
    pseudonym: str
    name: str
    cohort: str
    scenario: str
    title: str
    channel: str
    mode: str
    started_at: str
    score: int | None
    pass_mark: int | None
    result: str | None
    unclear: int


@dataclass(frozen=True, slots=True)
class Page:
    """The first of them, and how many there are altogether."""

    rows: tuple[Listed, ...]
    total: int


def listed(
    connection: Connection,
    wanted: Wanted,
    queue: Queue = "all",
    *,
    threshold: int | None = None,
    limit: int | None = None,
) -> Page:
    """The attempts wanted that stand in a queue. `threshold`: of the score in `below`; None: the pass mark of each.

    `limit`: how many rows at most, None: all.
    """
    own = (tallies.c.attempt, func.count().over().label("total"))
    newest = (tallies.c.started_at.desc(), tallies.c.attempt.desc())
    if queue == "below":
        last = last_ones(connection, wanted)
        chosen = select(*own).join(last, last.c.last == tallies.c.attempt).where(_below(threshold))
        order: tuple[ColumnElement[Any], ...] = (func.coalesce(tallies.c.score, -1), *newest)
    elif queue == "unreviewed":
        chosen = counted(*own).where(fits(connection, wanted), ~_reviewed())
        order = (unclear_of(tallies.c.verdicts).desc(), tallies.c.started_at, tallies.c.attempt)
    else:
        chosen, order = counted(*own).where(fits(connection, wanted)), newest
    page = chosen.order_by(*order).limit(limit).subquery()  # all that is sorted are ids
    every = select(tallies, page.c.total).join(page, page.c.attempt == tallies.c.attempt).order_by(*order)
    rows = connection.execute(every).all()
    called = titles(connection, {row.scenario: row.attempt for row in rows}.values())
    names, groups = names_of(connection), cohorts_of(connection)
    found = tuple(
        Listed(
            attempt=row.attempt,
            profile=row.profile,
            pseudonym=names[row.profile][0],
            name=names[row.profile][1],
            cohort=groups.get(row.profile, ""),
            scenario=row.scenario,
            title=called[row.scenario],
            channel=row.channel,
            mode=row.mode,
            started_at=row.started_at,
            score=row.score,
            pass_mark=row.pass_mark,
            result=row.result,
            unclear=row.verdicts.count(LETTERS["unclear"]),
        )
        for row in rows
    )
    return Page(found, rows[0].total if rows else 0)


def _below(threshold: int | None) -> ColumnElement[bool]:
    """A critical that was missed fails the attempt whatever the score: it is below its pass mark too."""
    if threshold is not None:
        return tallies.c.score < threshold
    return or_(tallies.c.score < tallies.c.pass_mark, tallies.c.result == "failed")


def _reviewed() -> ColumnElement[bool]:
    return exists().where(reviews.c.attempt == tallies.c.attempt, reviews.c.reviewed)
