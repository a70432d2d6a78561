"""Bringing a desk's attempts to a real PostgreSQL beside plain batched inserts of the same rows."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Table, insert, select

from simulator.records import schema
from simulator.records.store import Store
from simulator.records.team.database import connect
from simulator.records.team.syncing import sync_database
from simulator.records.team.targets import Target
from simulator.session.envelope import canonical
from tests.benchmarks.figure import Figure
from tests.records.cases import NOON, events, stock
from tests.records.sealed import SIGNER
from tests.records.team import postgres
from tests.records.test_tables import line

ATTEMPTS = 300
EVENTS_EACH = 120
MARKS_EACH = 25
TABLES: tuple[Table, ...] = (
    schema.profiles, schema.texts, schema.keys, schema.attempts, schema.events, schema.scorecards, schema.statements,
    schema.outcomes, schema.marks,
)  # fmt: skip


def stocked(path: Path) -> Store:
    """A desk with that many submitted attempts of the usual size."""
    store = Store.open(path)
    new = stock(store)
    lines = [
        line(f"checkpoint-{number}", quote="Buenos días, ¿en qué le puedo ayudar?") for number in range(MARKS_EACH)
    ]
    card = canonical({"agent": "Íñigo Ñandú", "pass_mark": 80, "duration_ms": 61_499, "checkpoints": lines})
    for number in range(ATTEMPTS):
        own = replace(new, id=f"a{number}", started_at=NOON + timedelta(seconds=number))
        store.begin(own, events(0, EVENTS_EACH, own.id))
        store.finish(own.id, card, 92, "passed", NOON + timedelta(minutes=5))
        store.submit(own.id, SIGNER, NOON + timedelta(minutes=6))
    return store


def figures() -> Iterator[Figure]:
    """The time of each; nothing to measure where PostgreSQL is not installed."""
    if postgres.binaries() is None:
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        postgres.running(durable=True) as server,
        stocked(Path(folder) / "t.db") as store,
    ):
        target = Target("database", server.new_database(), postgres.PASSWORD)
        with connect(target) as team:
            team.prepare()
        took = _took(lambda: sync_database(store, target, "0.1.0"))
        again = _took(lambda: sync_database(store, target, "0.1.0"))
        bare = _bare(server, target)
        yield Figure(f"{ATTEMPTS} attempts to PostgreSQL beside batched inserts", took, bare, "s", "≤ 5×")
        yield Figure(f"looking what is new of {ATTEMPTS} attempts at the team's", again * 1000, None, "ms", "≤ 500")


def _bare(server: postgres.Server, target: Target) -> float:
    """The same rows into an empty copy of the tables: an `executemany` for each table, all in one transaction."""
    empty = Target("database", server.new_database(), postgres.PASSWORD)
    with connect(target) as full, connect(empty) as bare:
        bare.prepare()
        with full._read() as connection:
            rows = {table: [dict(row._mapping) for row in connection.execute(select(table))] for table in TABLES}

        def write() -> None:
            with bare._write() as connection:
                for table, some in rows.items():
                    connection.execute(insert(table), some)

        return _took(write)


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
