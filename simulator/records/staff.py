"""The accounts of a desk in its store: made, opened by their passphrases, removed; and who may do what here.

Each method is one transaction, or two around the quarter of a second that a passphrase takes to open a key.
"""

import math
import unicodedata
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from simulator.errors import TercerTimbreError
from simulator.records import statements
from simulator.records.accounts import (
    Account,
    Cost,
    Locked,
    Reviewer,
    Right,
    Role,
    demand,
    demand_passphrase,
    lock,
    unlock,
    wait_after,
)
from simulator.records.profiles import demand_name
from simulator.records.schema import accounts
from simulator.records.signing import fingerprint, new_signer
from simulator.records.values import read_moment, write_moment

_COST: Final = Cost()


class Staff:
    """Trainers and HR of one store. `read`, `write`: its transactions."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._read = read
        self._write = write

    def accounts(self) -> list[Account]:
        """The accounts of this desk, oldest first."""
        with self._read() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.created_at, accounts.c.id)).mappings()
            return [
                Account(
                    row["id"],
                    row["name"],
                    Role(row["role"]),
                    fingerprint(row["public"]),
                    read_moment(row["created_at"]),
                )
                for row in rows
            ]

    def guard(self, reviewer: Reviewer | None, right: Right) -> None:
        """Refuse what the one who is signed in (None: nobody) may not do here. A desk without accounts has no roles.

        Errors: right-signed-out, also when the account was removed meanwhile; right-hr, right-trainer.
        """
        with self._read() as connection:
            allow(connection, reviewer, right)

    def add(
        self, name: str, role: Role, passphrase: str, at: datetime, by: Reviewer | None = None, *, cost: Cost = _COST
    ) -> Reviewer:
        """Make an account with a key of its own, which this desk then vouches for; returns it, signed in.

        The first one may be made by whoever sits there, and is HR's; the others by HR. Errors: those of `guard`,
        profile-name-…, account-exists, account-first-hr, account-passphrase-short, account-passphrase-name.
        """
        name = unicodedata.normalize("NFC", name).strip()
        demand_name(name)
        demand_passphrase(passphrase, name)
        made = Reviewer(uuid.uuid4().hex, name, role, new_signer())
        locked = lock(made.signer, made.id, name, role, passphrase, cost)
        with self._write() as connection:
            first = not _count(connection)
            if first and role is not Role.HR:
                raise TercerTimbreError("account-first-hr")
            allow(connection, by, Right.ACCOUNTS)
            if _named(connection, name) is not None:
                raise TercerTimbreError("account-exists", name=name)
            connection.execute(
                insert(accounts).values(
                    id=made.id,
                    name=name,
                    role=role.value,
                    public=made.signer.public,
                    kdf=locked.kdf,
                    sealed=locked.sealed,
                    failures=0,
                    wait_until=None,
                    created_at=write_moment(at),
                )
            )
            statements.know_key(connection, made.signer.fingerprint, made.signer.public, name, at)
        return made

    def sign_in(self, name: str, passphrase: str, at: datetime) -> Reviewer:
        """The account of that name, opened by its passphrase.

        Errors: account-unknown; account-wait with `seconds` while nobody may try; account-passphrase with the
        `seconds` until the next try. A failure is on the disk before the passphrase is looked at, so that neither a
        kill nor a second instance gives a free guess.
        """
        with self._write() as connection:
            row = _demand_named(connection, name)
            left = _left(row, at)
            if left:
                raise TercerTimbreError("account-wait", seconds=left)
            failures = row["failures"] + 1
            wait = wait_after(failures)
            self._note(connection, row["id"], failures, write_moment(at + wait))
        role = Role(row["role"])
        signer = unlock(Locked(row["kdf"], row["sealed"]), row["id"], row["name"], role, passphrase)
        if signer is None:
            raise TercerTimbreError("account-passphrase", seconds=int(wait.total_seconds()))
        with self._write() as connection:
            self._note(connection, row["id"], 0, None)
        return Reviewer(row["id"], row["name"], role, signer)

    def change_passphrase(self, name: str, old: str, new: str, at: datetime, *, cost: Cost = _COST) -> None:
        """Put the account's key behind another passphrase. The key stays, and what it signed.

        Errors: those of `sign_in`, account-passphrase-short, account-passphrase-name.
        """
        found = self.sign_in(name, old, at)
        demand_passphrase(new, found.name)
        locked = lock(found.signer, found.id, found.name, found.role, new, cost)
        with self._write() as connection:
            connection.execute(
                update(accounts).where(accounts.c.id == found.id).values(kdf=locked.kdf, sealed=locked.sealed)
            )

    def remove(self, name: str, by: Reviewer | None) -> None:
        """Remove an account and its secret key. What it signed stays, and its public key, to prove it.

        Errors: those of `guard`, account-unknown, account-last-hr.
        """
        with self._write() as connection:
            allow(connection, by, Right.ACCOUNTS)
            row = _demand_named(connection, name)
            if row["role"] == Role.HR and _count(connection, Role.HR) == 1:
                raise TercerTimbreError("account-last-hr")
            connection.execute(delete(accounts).where(accounts.c.id == row["id"]))

    def _note(self, connection: Connection, account: str, failures: int, wait_until: str | None) -> None:
        row = update(accounts).where(accounts.c.id == account)
        connection.execute(row.values(failures=failures, wait_until=wait_until))


def allow(connection: Connection, reviewer: Reviewer | None, right: Right) -> None:
    """`Staff.guard` inside a transaction that its caller holds: what is allowed and what is done happen together."""
    if reviewer is None:
        if _count(connection):
            raise TercerTimbreError("right-signed-out")
        return
    demand(reviewer, right)
    here = select(accounts.c.id).where(accounts.c.id == reviewer.id, accounts.c.role == reviewer.role.value)
    if connection.scalar(here) is None:
        raise TercerTimbreError("right-signed-out")


def _count(connection: Connection, role: Role | None = None) -> int:
    query = select(func.count()).select_from(accounts)
    return connection.scalar(query if role is None else query.where(accounts.c.role == role.value)) or 0


def _named(connection: Connection, name: str) -> RowMapping | None:
    """By name, written as people write it: capitals do not count."""
    wanted = _folded(name)
    rows = connection.execute(select(accounts)).mappings()
    return next((row for row in rows if _folded(row["name"]) == wanted), None)


def _demand_named(connection: Connection, name: str) -> RowMapping:
    row = _named(connection, name)
    if row is None:
        raise TercerTimbreError("account-unknown", name=name)
    return row


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _left(row: RowMapping, at: datetime) -> int:
    """Whole seconds until the next try. A clock that was set back does not lock anybody out for longer than the wait
    itself."""
    if row["wait_until"] is None:
        return 0
    left = min(read_moment(row["wait_until"]) - at, wait_after(row["failures"]))
    return max(0, math.ceil(left.total_seconds()))
