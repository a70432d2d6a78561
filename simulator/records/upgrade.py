"""Making a new database and bringing an older one up to date, in one transaction: a kill leaves the old one whole.

`STEPS[n - 1]` takes a database of version n to version n + 1. Whoever changes `schema.py` adds a step there and keeps a
file of the released version in tests/records/data, which must go on opening.
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from simulator.errors import TercerTimbreError
from simulator.records import schema
from simulator.records.backup import copy_database
from simulator.records.engine import IMMEDIATE, driver_of, reading
from simulator.records.steps import STEPS, Step

_PAUSE: Final = 0.005  # seconds between two tries to switch


@dataclass(frozen=True, slots=True)
class Header:
    """What a database file says of itself: `version` 0 and `application` 0 when nothing has been written."""

    application: int
    version: int
    tables: int


def prepare(engine: Engine, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Make the file ready for use at version `len(steps) + 1`; an older one is copied beside itself before it changes.

    Errors: `store-newer` for a version that this program does not know, `store-foreign` for another program's
    database. Neither file is touched.
    """
    newest = len(steps) + 1
    with reading(engine) as driver:
        header = _header(driver)
        _judge(header, path, newest)
        driver.rollback()
        _write_ahead(driver)
    if header.version < newest:
        with engine.execution_options(**{IMMEDIATE: True}).begin() as connection:
            _advance(engine, connection, path, steps)


def looked_at(driver: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> Header:
    """What the file says of itself. Errors: store-newer, store-foreign. Nothing is written."""
    header = _header(driver)
    _judge(header, path, len(steps) + 1)
    return header


def _write_ahead(driver: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, where readers and a writer do not wait for each other; the file remembers it.

    SQLite does not wait, as it does everywhere else, when two instances make the switch at once: hence the turns here.

    Known and accepted: SQLite before 3.51.3 can, very rarely, damage a WAL file that two connections write and
    checkpoint at the same instant (sqlite.org/wal.html#walresetbug). One instance with one writing thread is safe.
    """
    (busy_ms,) = driver.execute("PRAGMA busy_timeout").fetchone()
    until = time.monotonic() + busy_ms / 1000
    while True:
        try:
            driver.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _advance(engine: Engine, connection: Connection, path: Path, steps: Sequence[Step]) -> None:
    """Create or upgrade under the write lock, unless another instance has just done so."""
    header = _header(driver_of(connection))
    newest = len(steps) + 1
    _judge(header, path, newest)
    if header.version == 0:
        schema.metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    elif header.version < newest:
        with reading(engine) as driver:  # a connection of its own: SQLite copies nothing from one that is writing
            copy_database(driver, _copy_name(path, header.version))
        for step in steps[header.version - 1 :]:
            step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {newest}")


def _judge(header: Header, path: Path, newest: int) -> None:
    if header.application != schema.APPLICATION_ID and (header.application or header.version or header.tables):
        raise TercerTimbreError("store-foreign", path=str(path))
    if header.version > newest:
        raise TercerTimbreError("store-newer", path=str(path), found=header.version, known=newest)


def _header(driver: sqlite3.Connection) -> Header:
    def number(sql: str) -> int:
        return int(driver.execute(sql).fetchone()[0])

    return Header(
        application=number("PRAGMA application_id"),
        version=number("PRAGMA user_version"),
        tables=number("SELECT count(*) FROM sqlite_master"),
    )


def _copy_name(path: Path, version: int) -> Path:
    """Where the file of an older version is kept: never over an earlier copy."""
    first = path.with_name(f"{path.name}.v{version}")
    names = (first if n == 1 else first.with_name(f"{first.name}-{n}") for n in range(1, 1_000_000))
    return next(name for name in names if not name.exists())
