"""What of each attempt has arrived at each target of `sync`, as far as this desk knows.

A row is written after the target said that it has the attempt: what waits is never lost, at most asked for again.
The functions run inside a transaction that their caller holds.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from simulator.records.schema import outbox, statements
from simulator.records.statements import published

AT_ONCE = 500
"""Attempts named in one query."""


def waiting(connection: Connection, target: str) -> list[str]:
    """The published attempts of which the target is not known to have all that is signed, oldest first."""
    counts = select(statements.c.attempt, func.count()).group_by(statements.c.attempt)
    signed: dict[str, int] = dict(connection.execute(counts).all())
    had = _had(connection, target)
    return [attempt for attempt in published(connection) if signed[attempt] > had.get(attempt, 0)]


def arrived(connection: Connection, target: str, numbers: Mapping[str, int]) -> None:
    """Note how many statements of each attempt the target has; what another run noted beyond that stays."""
    had = _had(connection, target)
    for attempt, number in numbers.items():
        row = {"target": target, "attempt": attempt, "statements": number}
        if attempt not in had:
            connection.execute(insert(outbox).values(**row))
        elif had[attempt] < number:
            own = (outbox.c.target == target) & (outbox.c.attempt == attempt)
            connection.execute(update(outbox).where(own).values(statements=number))


def doubted(connection: Connection, key: str) -> None:
    """Send all anew about which a key has said something: it is vouched for now, and its word counts in what an LRS is
    told. Repeating the rest changes nothing anywhere."""
    about = select(statements.c.attempt).where(statements.c.key == key)
    connection.execute(delete(outbox).where(outbox.c.attempt.in_(about)))


def signatures(connection: Connection, attempts: Sequence[str]) -> dict[str, set[bytes]]:
    """The signatures of all that is signed about these attempts: Ed25519 gives one for each statement and key."""
    found: dict[str, set[bytes]] = {}
    for first in range(0, len(attempts), AT_ONCE):
        some = attempts[first : first + AT_ONCE]
        query = select(statements.c.attempt, statements.c.signature).where(statements.c.attempt.in_(some))
        for attempt, signature in connection.execute(query):
            found.setdefault(attempt, set()).add(bytes(signature))
    return found


def _had(connection: Connection, target: str) -> dict[str, int]:
    query = select(outbox.c.attempt, outbox.c.statements).where(outbox.c.target == target)
    return dict(connection.execute(query).all())
