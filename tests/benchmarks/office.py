"""What the HR office asks about a million checkpoint results, each question beside a count of the same attempts."""

import random
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from simulator.records import schema
from simulator.records.office.desk import Office
from simulator.records.office.question import Wanted
from simulator.records.store import Store
from simulator.records.tallies import file_tallies
from simulator.records.team.database import connect
from simulator.records.team.targets import Target
from simulator.records.values import Mode, write_moment
from tests.benchmarks.figure import Figure
from tests.records.cases import NOON
from tests.records.sealed import submitted
from tests.records.team import postgres

CHECKPOINTS = 25
ATTEMPTS = 40_000
"""Together a million marks of attempts that may leave."""
PRIVATE = 4_000
"""Practice beside them, which may not."""
PEOPLE, COHORTS, SCENARIOS, DAYS = 500, 12, 20, 300
_ROUNDS = 7
_GOAL = "≤ 200"


def stocked(path: Path, attempts: int = ATTEMPTS, private: int = PRIVATE) -> Store:
    """A store with that many attempts of many people, all different, their marks written straight."""
    with Store.open(path) as store:
        submitted(store, "a1")
        model = store.attempt("a1")
        cohorts = [store.office.create_cohort(f"Cohorte {number}") for number in range(COHORTS)]
    chance = random.Random(6)
    people = [uuid.UUID(int=chance.getrandbits(128)).hex for _ in range(PEOPLE)]
    with closing(sqlite3.connect(path)) as file:
        (key,) = file.execute("SELECT fingerprint FROM keys").fetchone()
        file.executemany(
            "INSERT INTO profiles VALUES (?, ?, ?, ?, 0)",
            [(id, f"Persona {at}", f"P-{id[:8]}", write_moment(NOON)) for at, id in enumerate(people)],
        )
        placed = [(id, cohorts[at % COHORTS]) for at, id in enumerate(people) if at % 50]
        file.executemany("INSERT INTO members VALUES (?, ?)", placed)
        for number in range(attempts + private):
            id = uuid.UUID(int=chance.getrandbits(128)).hex
            scenario = chance.randrange(SCENARIOS)
            begun = write_moment(NOON + timedelta(seconds=chance.randrange(DAYS * 86_400)))
            verdicts = chance.choices(("met", "missed", "not-applicable", "unclear"), (70, 20, 8, 2), k=CHECKPOINTS)
            score = round(100 * verdicts.count("met") / max(1, verdicts.count("met") + verdicts.count("missed")))
            file.execute(
                "INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, 1, ?, 0, 2, ?, ?, '0.1.0', NULL, NULL, 'finished', ?,"
                " ?, ?)",
                (
                    id,
                    chance.choice(people),
                    f"scenario-{scenario}",
                    f"Práctica {scenario}",
                    model.scenario_hash,
                    model.protocol_hash,
                    Mode.EXAM if number < attempts // 10 else Mode.PRACTICE,
                    ("phone", "chat", "email")[scenario % 3],
                    begun,
                    begun,
                    score,
                    "passed" if score >= 80 else "failed",
                ),
            )
            file.execute("INSERT INTO outcomes VALUES (?, 'Íñigo', 80, 60000, 'typed', 'Resuelto')", (id,))
            file.executemany(
                "INSERT INTO marks VALUES (?, ?, ?, ?, 'opening', 1, 0, ?, 'Buenos días, le habla Íñigo', 'rule', 'r')",
                [
                    (id, at, f"checkpoint-{(at + scenario) % 40}", f"Punto {(at + scenario) % 40}", verdict)
                    for at, verdict in enumerate(verdicts)
                ],
            )
            said = b" " * 400  # as long as what is signed
            for ordinal, kind in enumerate(("sealed", "submitted") if number < attempts else ("sealed",)):
                signed = (id, ordinal, kind, said, key, said[:64])
                file.execute("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?)", signed)
        file.commit()
    return Store.open(path)


def figures() -> Iterator[Figure]:
    """Each question over all attempts, and some over a part of them."""
    with tempfile.TemporaryDirectory() as folder, stocked(Path(folder) / "t.db") as store:
        start = time.perf_counter()
        with store._write() as connection:
            filed = file_tallies(connection)
        yield Figure("a million marks filed for the office", time.perf_counter() - start, None, "s", "once")
        assert filed == ATTEMPTS + PRIVATE
        assert store.office.totals(Wanted()).attempts == ATTEMPTS + 1
        yield from questions(store.office, "SQLite")
        if postgres.there():
            with postgres.running(durable=True) as server:
                target = Target("database", server.new_database(), postgres.PASSWORD)
                with connect(target) as team:
                    team.prepare()
                    copied(store, server, target)
                    yield from questions(team.office, "PostgreSQL")


def copied(store: Store, server: postgres.Server, target: Target) -> None:
    """Brings to the team's database, straight, all that the questions read (they read no marks, only tallies)."""
    read = (schema.profiles, schema.texts, schema.keys, schema.cohorts, schema.members, schema.sheets, schema.attempts,
            schema.statements, schema.tallies)  # fmt: skip
    database = target.address.rsplit("/", 1)[-1]
    with store._read() as connection, server.connect(database) as other, other.cursor() as cursor:
        for table in read:
            with cursor.copy(f"COPY {table.name} FROM STDIN".encode()) as copy:
                for row in connection.execute(table.select()):
                    copy.write_row(tuple(row))
        other.execute(b"VACUUM ANALYZE")  # as the server does by itself, a little later


def questions(office: Office, where: str) -> Iterator[Figure]:
    """The time of each question, undisturbed: the best of some rounds."""
    everything = Wanted()
    cohort = office.cohorts()[0].id
    spring = Wanted(cohort=cohort, channel="phone", since=date(2026, 6, 1), until=date(2026, 9, 30))
    missed = Wanted(checkpoint="checkpoint-7", verdict="missed")
    asked: dict[str, Callable[[], object]] = {
        "what the filters offer": office.choices,
        "totals": lambda: office.totals(everything),
        "heat map by cohort": lambda: office.heat(everything, "cohort"),
        "heat map by scenario": lambda: office.heat(everything, "scenario"),
        "heat map by week": lambda: office.heat(everything, "week"),
        "heat map of a part": lambda: office.heat(spring, "scenario"),
        "progress": lambda: office.progress(everything),
        "readiness": lambda: office.readiness(everything),
        "queue below the pass mark": lambda: office.listed(everything, "below", limit=500),
        "queue unreviewed": lambda: office.listed(everything, "unreviewed", limit=500),
        "attempts": lambda: office.listed(everything, limit=500),
        "attempts with a checkpoint missed": lambda: office.listed(missed, limit=500),
    }
    for name, ask in asked.items():
        yield Figure(f"office, a million marks, {where}: {name}", _fastest(ask), None, "ms", _GOAL)


def _fastest(ask: Callable[[], object]) -> float:
    took = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        ask()
        took.append((time.perf_counter() - start) * 1000)
    return min(took)
