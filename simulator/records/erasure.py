"""Erasing a person: what of them is here goes, and for each attempt that had left its desk a tombstone stays.

A tombstone is signed and says which attempt was erased and when, nothing about whose it was. It travels in results
files: where its key is enrolled it is obeyed, and the attempt never comes in again. The functions run inside a
transaction that their caller holds, on SQLite and PostgreSQL alike.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, exists, insert, select

from simulator.errors import TercerTimbreError
from simulator.records import statements
from simulator.records.schema import attempts, guests, keys, profiles, tombstones
from simulator.records.signing import Signer
from simulator.records.statements import Statement
from simulator.records.values import ERASED, SUBMITTED, Mode, write_moment
from simulator.session.envelope import canonical

_VERSION: Final = 1


def person(connection: Connection, pseudonym: str) -> str:
    """The id of the profile with that pseudonym. Errors: person-unknown."""
    found: str | None = connection.scalar(select(profiles.c.id).where(profiles.c.pseudonym == pseudonym))
    if found is None:
        raise TercerTimbreError("person-unknown", name=pseudonym)
    return found


def attempts_of(connection: Connection, profile: str) -> list[str]:
    """The attempts of a person, practice too."""
    return list(connection.execute(select(attempts.c.id).where(attempts.c.profile == profile)).scalars())


def demand_unsubmitted(connection: Connection, attempt: str) -> None:
    """Refuse a submitted attempt, which is no longer its trainee's alone. Errors: attempt-published."""
    if any(statement.kind == SUBMITTED for statement in statements.signed(connection, attempt)):
        raise TercerTimbreError("attempt-published", attempt=attempt)


def private(connection: Connection, profile: str | None = None) -> list[str]:
    """The practice attempts that were not submitted, of a person or of all: nobody but their trainee decides on them.

    An exam is none, and what was submitted is none.
    """
    query = select(attempts.c.id).where(attempts.c.mode == Mode.PRACTICE.value)
    if profile is not None:
        query = query.where(attempts.c.profile == profile)
    shown = set(statements.published(connection))
    return [attempt for attempt in connection.execute(query).scalars() if attempt not in shown]


def erase(connection: Connection, profile: str, signer: Signer, at: datetime) -> list[str]:
    """Delete a person with all their attempts, and leave tombstones of those that had left; the ids of all."""
    gone = attempts_of(connection, profile)
    left = set(statements.published(connection))
    statements.know_key(connection, signer.fingerprint, signer.public, "", at)
    for attempt in gone:
        if attempt in left:
            text = canonical({"v": _VERSION, "kind": ERASED, "attempt": attempt, "at": write_moment(at)})
            put(connection, attempt, Statement(ERASED, text, signer.fingerprint, signer.sign(text)))
    connection.execute(delete(attempts).where(attempts.c.profile == profile))
    connection.execute(delete(profiles).where(profiles.c.id == profile))
    return gone


def put(connection: Connection, attempt: str, stone: Statement) -> bool:
    """Delete the attempt, if it is here, and keep the tombstone, whose key is known; whether it is a new one.

    People of other desks of whom nothing is left go too.
    """
    connection.execute(delete(attempts).where(attempts.c.id == attempt))
    forget_guests(connection)
    if erased(connection, attempt):
        return False
    connection.execute(
        insert(tombstones).values(
            attempt=attempt, statement=stone.text.encode(), key=stone.key, signature=stone.signature
        )
    )
    return True


def erased(connection: Connection, attempt: str) -> bool:
    """Whether there is a tombstone of that attempt."""
    return connection.scalar(select(tombstones.c.attempt).where(tombstones.c.attempt == attempt)) is not None


def all_tombstones(connection: Connection) -> list[tuple[Statement, bytes, str]]:
    """The tombstones by attempt, each with the public key that signed it and that key's name."""
    query = select(tombstones, keys.c.public, keys.c.label).join(keys, keys.c.fingerprint == tombstones.c.key)
    return [
        (Statement(ERASED, str(row.statement, "utf-8"), row.key, row.signature), row.public, row.label)
        for row in connection.execute(query.order_by(tombstones.c.attempt))
    ]


def forget_guests(connection: Connection) -> None:
    """Delete the people of other desks of whom no attempt is left."""
    without = select(guests.c.profile).where(~exists().where(attempts.c.profile == guests.c.profile))
    connection.execute(delete(profiles).where(profiles.c.id.in_(without)))


def expired(connection: Connection, practice_before: datetime | None, results_before: datetime | None) -> Sequence[str]:
    """The attempts that were begun before these moments and are to go: practice, and what was submitted or is an exam.
    None: that kind stays."""
    found: list[str] = []
    for before, wanted in ((practice_before, private), (results_before, statements.published)):
        if before is not None:
            old = select(attempts.c.id).where(attempts.c.started_at < write_moment(before))
            kind = set(wanted(connection))
            found += [attempt for attempt in connection.execute(old).scalars() if attempt in kind]
    return found
