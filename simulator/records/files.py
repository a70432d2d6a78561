"""Opening the store at the start of the program, what to offer when its file is damaged, and putting a copy in its
place."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import TercerTimbreError
from simulator.records.backup import copy_database, daily_copies, set_aside
from simulator.records.faults import CORRUPT, told
from simulator.records.inspection import inspect
from simulator.records.store import BUSY_MS, Store


@dataclass(frozen=True, slots=True)
class Damaged:
    """The file at `path` cannot be used (`error` says why). Nothing has been changed; the user decides."""

    path: Path
    error: TercerTimbreError
    busy_ms: int = BUSY_MS

    def start_anew(self) -> "Replaced":
        """Set the damaged file aside, whole, and open a new store in its place.

        A file that has become sound meanwhile (another instance replaced it, a backup was put back) is used as it is.
        Errors: those of `Store.open`; store-read-only or store-unreadable when the file cannot be moved.
        """
        try:
            return Replaced(Store.open(self.path, busy_ms=self.busy_ms, check=True), None)
        except TercerTimbreError as error:
            if error.code != CORRUPT:
                raise
        with told(self.path):
            kept = set_aside(self.path)
        return Replaced(Store.open(self.path, busy_ms=self.busy_ms), kept)


@dataclass(frozen=True, slots=True)
class Replaced:
    """The store to go on with, and where the damaged file is kept (None: it was sound after all)."""

    store: Store
    kept: Path | None


def open_or_offer(path: Path, *, busy_ms: int = BUSY_MS, check: bool = False) -> Store | Damaged:
    """Open the store, or say that its file is damaged; `check` after a store-corrupt in the middle of work.

    Errors: those of `Store.open` but store-corrupt.
    """
    try:
        return Store.open(path, busy_ms=busy_ms, check=check)
    except TercerTimbreError as error:
        if error.code != CORRUPT:
            raise
        return Damaged(path, error, busy_ms)


def restore(path: Path, copy: Path | None = None) -> tuple[Path, Path | None]:
    """Put a copy (the newest daily one unless named) in the place of the database at `path`, which is set aside whole.
    Returns the copy, and where the old one is kept.

    Errors: backup-none; store-locked while the program is open; backup-onto-itself; those of `inspect` about the copy
    and of `Store.open`, before which nothing is touched.
    """
    found = daily_copies(path) if copy is None else [copy]
    if not found:
        raise TercerTimbreError("backup-none", path=str(path))
    copy = found[0]
    if copy.absolute() == path.absolute():
        raise TercerTimbreError("backup-onto-itself", path=str(path))
    if not inspect(copy).there:
        raise TercerTimbreError("backup-none", path=str(copy))
    kept = None
    if path.exists():
        _demand_alone(path)
        with told(path):
            kept = set_aside(path, "replaced")
    with told(copy), closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as driver:
        driver.execute("BEGIN")
        with told(path):
            copy_database(driver, path, sound=True)
    Store.open(path, check=True).close()
    return copy, kept


def _demand_alone(path: Path) -> None:
    """Refuse while another process has the database open: it would go on writing to the file that is set aside."""
    with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as driver:
        try:
            driver.execute("PRAGMA locking_mode = EXCLUSIVE")
            driver.execute("BEGIN EXCLUSIVE")
            driver.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise TercerTimbreError("store-locked", path=str(path)) from error
            # Whatever else is wrong with it is the reason why it is replaced.
