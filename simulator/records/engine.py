"""The connections to one SQLite file: durable, patient with a second instance, one explicit transaction at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

IMMEDIATE = "immediate"  # the execution option of a transaction that will write


def connect(path: Path, busy_ms: int) -> Engine:
    """An engine over the file, which is made when it is missing. Nothing is read or written yet.

    A transaction of `engine.execution_options(immediate=True)` takes the write lock at once: a reader that turns writer
    half-way would be refused without waiting when another instance has written in between (sqlite.org/isolation.html).
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_ms / 1000, "check_same_thread": False, "isolation_level": None},
        poolclass=QueuePool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine, *, begin: bool = True) -> Iterator[sqlite3.Connection]:
    """SQLite's own connection, in a transaction that sees the file as it is at this moment and writes nothing; in none
    without `begin`."""
    raw = engine.raw_connection()
    try:
        driver = raw.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        if begin:
            driver.execute("BEGIN")
            driver.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is that of the first reading
        yield driver
    finally:
        raw.close()  # back to the pool, which rolls back


def driver_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection beneath a transaction."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # EXTRA is FULL (every commit is on the disk before it is acknowledged) and, where the file system allows no WAL and
    # SQLite falls back to a rollback journal, syncs the folder too. `fullfsync` is the same promise on macOS.
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what a person deletes is overwritten, not merely forgotten


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
