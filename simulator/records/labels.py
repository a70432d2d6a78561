"""What trainers judged without seeing the program's verdict. Each function runs inside a transaction that its caller
holds; all of it is about attempts that were handed over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from simulator.protocol.catalogue import Verdict
from simulator.records import reviews, statements
from simulator.records.schema import labels, marks, tallies
from simulator.records.values import read_moment, write_moment

NEWEST: Final = 300
"""So many attempts, the newest ones, are what a sample is drawn from: they show the rules and the people of today."""


@dataclass(frozen=True, slots=True)
class Label:
    """A trainer's judgement beside the program's. `met`: the trainer's; `verdict`, `quote`, `reason`: the program's."""

    attempt: str
    place: int
    checkpoint: str
    title: str
    reviewer: str
    met: bool
    verdict: str
    quote: str
    reason: str
    at: datetime

    @property
    def differs(self) -> bool:
        """Whether the program did not find what the trainer did."""
        return self.met != (self.verdict == Verdict.MET)


def unlabelled(connection: Connection, reviewer: str) -> list[tuple[str, int, str]]:
    """The marks (attempt, place, verdict) of the newest attempts that this reviewer has not judged; those that do not
    apply are left out."""
    judged = labels.alias()
    newest = (
        select(tallies.c.attempt)
        .where(statements.is_published(tallies.c.attempt, tallies.c.mode))
        .order_by(tallies.c.started_at.desc(), tallies.c.attempt)
        .limit(NEWEST)
        .subquery()
    )
    query = (
        select(marks.c.attempt, marks.c.place, marks.c.verdict)
        .join(newest, newest.c.attempt == marks.c.attempt)
        .outerjoin(
            judged,
            (judged.c.attempt == marks.c.attempt) & (judged.c.place == marks.c.place) & (judged.c.reviewer == reviewer),
        )
        .where(marks.c.verdict != Verdict.NOT_APPLICABLE.value, judged.c.attempt.is_(None))
        .order_by(marks.c.attempt, marks.c.place)
    )
    return [(row.attempt, row.place, row.verdict) for row in connection.execute(query)]


def put(connection: Connection, attempt: str, place: int, reviewer: str, met: bool, at: datetime) -> None:
    """Keep a judgement, in place of an earlier one. Errors: attempt-unknown, review-private, mark-unknown."""
    reviews.demand_published(connection, attempt)
    reviews.demand_mark(connection, attempt, place)
    own = (labels.c.attempt == attempt, labels.c.place == place, labels.c.reviewer == reviewer)
    connection.execute(delete(labels).where(*own))
    connection.execute(
        insert(labels).values(attempt=attempt, place=place, reviewer=reviewer, met=met, at=write_moment(at))
    )


def all_labels(connection: Connection) -> list[Label]:
    """Every judgement, oldest first."""
    query = (
        select(labels, marks.c.checkpoint, marks.c.title, marks.c.verdict, marks.c.quote, marks.c.reason)
        .join(marks, (marks.c.attempt == labels.c.attempt) & (marks.c.place == labels.c.place))
        .order_by(labels.c.at, labels.c.attempt, labels.c.place)
    )
    return [
        Label(
            row.attempt, row.place, row.checkpoint, row.title, row.reviewer, row.met, row.verdict, row.quote,
            row.reason, read_moment(row.at),
        )
        for row in connection.execute(query)
    ]  # fmt: skip
