"""What can go wrong with a database file, as codes that the user can act upon (SQLite's: sqlite.org/rescode.html)."""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from simulator.errors import TercerTimbreError

CORRUPT: Final = "store-corrupt"
FULL: Final = "store-full"
LOCKED: Final = "store-locked"
READ_ONLY: Final = "store-read-only"
UNREADABLE: Final = "store-unreadable"

_PRIMARY: Final = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CORRUPT: CORRUPT,
    sqlite3.SQLITE_NOTADB: CORRUPT,
}
_ERRNO: Final = {
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EROFS: READ_ONLY,
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
}
_ROOM: Final = 1 << 16  # SQLite's shared-memory file alone takes 32 KiB


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the database library or the file system raises inside into a `TercerTimbreError` about the file."""
    try:
        yield
    except OSError as error:
        raise file_fault(error, path) from error
    except UnicodeDecodeError as error:
        # sqlite3 fails so when its own message quotes bytes of a damaged file (texts that come in fail by *encoding*).
        raise TercerTimbreError(CORRUPT, path=str(path), detail=str(error)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise fault(error, path) from error


def fault(error: Exception, path: Path) -> TercerTimbreError:
    """The error to show for what the database library raised."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    result = getattr(cause, "sqlite_errorcode", None)
    primary = result & 0xFF if isinstance(result, int) else None
    code = _PRIMARY.get(primary) if primary is not None else None
    if code is None and primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        code = _why_not_written(path.parent)  # SQLite tells these two apart from a full or closed folder only by errno
    return TercerTimbreError(code or UNREADABLE, path=str(path), detail=str(cause))


def file_fault(error: OSError, path: Path) -> TercerTimbreError:
    """The error to show for what the file system raised."""
    code = _ERRNO.get(error.errno, UNREADABLE) if error.errno is not None else UNREADABLE
    return TercerTimbreError(code, path=str(path), detail=error.strerror or str(error))


def _why_not_written(folder: Path) -> str | None:
    """Try to write a file there: the one question about permissions that every platform answers truly."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
        return FULL if shutil.disk_usage(folder).free < _ROOM else None
    except OSError as error:
        return _ERRNO.get(error.errno) if error.errno is not None else None
