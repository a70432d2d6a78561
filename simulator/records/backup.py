"""Copies of a database that may be in use, and files that can no longer be used."""

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

_COMPANIONS: Final = ("", "-wal", "-shm")  # a database in WAL mode is up to three files, bound by their names


def copy_database(source: sqlite3.Connection, target: Path) -> None:
    """Write a consistent copy of the database to `target`, whole or not at all, while others may go on writing.

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
        part.replace(target)
    finally:
        for companion in (*_COMPANIONS, "-journal"):
            part.with_name(part.name + companion).unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Move the database at `path` and its companions to the first free `<name>.corrupt-<n>`, which is returned.

    Nothing is deleted: whoever can mend the file finds it whole. Nobody may have it open. Raises OSError.
    """
    for n in itertools.count(1):
        kept = path.with_name(f"{path.name}.corrupt-{n}")
        if not any(_companion(kept, end).exists() for end in _COMPANIONS):
            break
    # The database goes last: if the move stops half-way, the next opening still meets the damaged file, not none.
    for end in reversed(_COMPANIONS):
        if _companion(path, end).exists():
            _companion(path, end).rename(_companion(kept, end))
    return kept


def _companion(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
