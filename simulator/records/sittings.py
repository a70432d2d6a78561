"""Exams that were sat: which attempt was which try of which exam. The rows are derived from the first event of a log,
where the rules stand that were signed. The functions run inside a transaction that their caller holds."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select

from simulator.errors import TercerTimbreError
from simulator.records.schema import attempts, events, sittings


@dataclass(frozen=True, slots=True)
class Sitting:
    """Attempt `attempt` is try `number` of `tries` at the exam `exam`, whose text has the hash `exam_hash`."""

    attempt: str
    exam: str
    title: str
    exam_hash: str
    number: int
    tries: int


def file_sitting(connection: Connection, attempt: str) -> Sitting | None:
    """Write the row of an attempt whose log has begun, if it is an exam."""
    first = select(events.c.event).where(events.c.attempt == attempt, events.c.seq == 0)
    text = connection.scalar(first)
    rules = None if text is None else json.loads(text)["data"].get("exam")
    if rules is None:
        return None
    made = Sitting(
        attempt, rules["exam"], rules["title"], rules["exam_hash"], int(rules["number"]), int(rules["tries"])
    )
    connection.execute(
        insert(sittings).values(
            attempt=made.attempt,
            exam=made.exam,
            title=made.title,
            exam_hash=made.exam_hash,
            number=made.number,
            tries=made.tries,
        )
    )
    return made


def demand_free(connection: Connection, sitting: Sitting) -> None:
    """Make sure that nobody else's window took the same try of the same person meanwhile. Errors: exam-try-taken."""
    person = select(attempts.c.profile).where(attempts.c.id == sitting.attempt).scalar_subquery()
    taken = (
        select(sittings.c.attempt)
        .join(attempts, attempts.c.id == sittings.c.attempt)
        .where(
            attempts.c.profile == person,
            sittings.c.exam == sitting.exam,
            sittings.c.number >= sitting.number,
            sittings.c.attempt != sitting.attempt,
        )
    )
    if connection.execute(taken.limit(1)).first() is not None:
        raise TercerTimbreError("exam-try-taken", number=sitting.number)


def of_person(connection: Connection, profile: str) -> list[Sitting]:
    """The exams that a person has sat, begun ones included, oldest first."""
    rows = connection.execute(
        select(sittings)
        .join(attempts, attempts.c.id == sittings.c.attempt)
        .where(attempts.c.profile == profile)
        .order_by(attempts.c.started_at, attempts.c.id)
    ).mappings()
    return [_sitting(row) for row in rows]


def _sitting(row: RowMapping) -> Sitting:
    return Sitting(row["attempt"], row["exam"], row["title"], row["exam_hash"], row["number"], row["tries"])
