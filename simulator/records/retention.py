"""How long data stay, and how they go: a person's on request, practice and results when their time is over.

Sound goes first, then the rows: what a failure leaves can be erased again, and nothing is left that nobody knows of.
What is erased on request leaves the daily copies of the database too; what expires leaves them as they are replaced.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete

from simulator.records import erasure
from simulator.records.accounts import Reviewer, Right
from simulator.records.backup import drop_daily
from simulator.records.recordings import Recordings
from simulator.records.schema import attempts
from simulator.records.signing import Signer
from simulator.records.staff import allow


@dataclass(frozen=True, slots=True)
class Erased:
    """`attempts`: how many were deleted; `copies`: older copies of the database beside it, in which the person may
    still be (kept when the program was updated, or when a file was damaged)."""

    attempts: int
    copies: tuple[Path, ...]


class Retention:
    """Deleting for good in one store. `read`, `write`: its transactions; `settle`: nothing stays in its log; `path`:
    its file."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[], AbstractContextManager[Connection]],
        settle: Callable[[], None],
        path: Path,
    ) -> None:
        self._read = read
        self._write = write
        self._settle = settle
        self._path = path

    def erase(
        self, pseudonym: str, recordings: Recordings, desk: Signer, at: datetime, by: Reviewer | None = None
    ) -> Erased:
        """Delete everything of a person, by pseudonym, and leave tombstones of what had left its desk, signed by who
        is signed in, else by the desk.

        Errors: those of `Staff.guard`, person-unknown, recording-not-deleted.
        """
        with self._read() as connection:
            allow(connection, by, Right.ERASE)
            theirs = erasure.attempts_of(connection, erasure.person(connection, pseudonym))
        for attempt in theirs:
            recordings.delete(attempt)
        with self._write() as connection:
            allow(connection, by, Right.ERASE)
            profile = erasure.person(connection, pseudonym)
            gone = erasure.erase(connection, profile, desk if by is None else by.signer, at)
        self._settle()
        drop_daily(self._path)
        return Erased(len(gone), self.copies())

    def copies(self) -> tuple[Path, ...]:
        """The older copies of the database beside it."""
        beside = self._path.parent.glob(f"{self._path.name}.*")
        return tuple(sorted(path for path in beside if path.is_file() and not path.name.endswith((".part", ".new"))))

    def drop_practice(self, profile: str, recordings: Recordings) -> int:
        """Delete a person's practice that was not submitted; how many attempts.

        Errors: recording-not-deleted.
        """
        with self._read() as connection:
            private = erasure.private(connection, profile)
        dropped = self._drop(private, recordings)
        drop_daily(self._path)
        return dropped

    def expire(
        self, at: datetime, recordings: Recordings, *, practice_days: int | None, results_days: int | None
    ) -> int:
        """Delete practice, and results of this store, begun so many days ago or more (None: they stay); how many.

        No tombstones: they say nothing about copies elsewhere, where others decide. Errors: recording-not-deleted.
        """
        with self._read() as connection:
            old = erasure.expired(connection, _before(at, practice_days), _before(at, results_days))
        return self._drop(old, recordings)

    def _drop(self, chosen: Sequence[str], recordings: Recordings) -> int:
        for attempt in chosen:
            recordings.delete(attempt)
        if chosen:
            with self._write() as connection:
                for attempt in chosen:
                    connection.execute(delete(attempts).where(attempts.c.id == attempt))
                erasure.forget_guests(connection)
            self._settle()
        return len(chosen)


def _before(at: datetime, days: int | None) -> datetime | None:
    return None if days is None else at - timedelta(days=days)
