"""Copies of a database that may be in use, and files that can no longer be used.

Each day that the program is opened it keeps a sound copy beside the database (`<name>.backup-<day>`), the last `KEPT`
of them.
"""

import glob
import itertools
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from simulator.errors import TercerTimbreError
from simulator.records.faults import CORRUPT, told

KEPT: Final = 3
"""Daily copies; those of earlier days are deleted."""
_COMPANIONS: Final = ("", "-wal", "-shm")  # a database in WAL mode is up to three files, bound by their names


def daily_copies(path: Path) -> list[Path]:
    """The copies of the database at `path`, newest first."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.backup-????-??-??"), reverse=True)


def keep_daily(source: sqlite3.Connection, path: Path, day: date) -> Path | None:
    """Make the copy of a day and drop those older than the last few; None when there is one of that day already.

    Errors: store-corrupt about `path` (earlier copies stay as they are), and those of `faults.told` about the copy.
    """
    target = path.with_name(f"{path.name}.backup-{day.isoformat()}")
    if target.exists():
        return None
    try:
        with told(target):
            copy_database(source, target, sound=True)
    except TercerTimbreError as error:
        if error.code != CORRUPT:
            raise
        raise TercerTimbreError(CORRUPT, path=str(path), detail=error.args_["detail"]) from error
    drop_daily(path, keep=KEPT)
    return target


def drop_daily(path: Path, *, keep: int = 0) -> None:
    """Delete the daily copies but the newest few: what is erased must not live on in them. Errors: those of
    `faults.told`."""
    for old in daily_copies(path)[keep:]:
        with told(old):
            old.unlink(missing_ok=True)


def copy_database(source: sqlite3.Connection, target: Path, *, sound: bool = False) -> None:
    """Write a consistent copy of the database to `target`, whole or not at all, while others may go on writing.

    `sound`: read all of the copy, and refuse a damaged one (store-corrupt), so that it replaces none that is better.

    `source` is in a reading transaction (`engine.reading`), without which a locked file would be waited for forever.
    Raises what sqlite3 and the file system raise; `target` is replaced only by a finished copy.
    """
    assert source.in_transaction
    part = target.with_name(target.name + ".part")
    try:
        with closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            # One file that opens anywhere, read-only media included: the copy must not ask for a -wal beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            if sound and (damage := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                raise TercerTimbreError(CORRUPT, path=str(target), detail=str(damage))
        part.replace(target)
    finally:
        for companion in (*_COMPANIONS, "-journal"):
            part.with_name(part.name + companion).unlink(missing_ok=True)


def set_aside(path: Path, why: str = "corrupt") -> Path:
    """Move the database at `path` and its companions to the first free `<name>.<why>-<n>`, which is returned.

    Nothing is deleted: whoever can mend the file finds it whole. Nobody may have it open. Raises OSError.
    """
    for n in itertools.count(1):
        kept = path.with_name(f"{path.name}.{why}-{n}")
        if not any(_companion(kept, end).exists() for end in _COMPANIONS):
            break
    # The database goes last: if the move stops half-way, the next opening still meets the damaged file, not none.
    for end in reversed(_COMPANIONS):
        if _companion(path, end).exists():
            _companion(path, end).rename(_companion(kept, end))
    return kept


def _companion(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
