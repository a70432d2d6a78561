"""Looking at the database without touching it: nothing is created, upgraded or locked."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulator.errors import TercerTimbreError
from simulator.records.faults import CORRUPT, told
from simulator.records.steps import STEPS
from simulator.records.upgrade import looked_at

_WAIT_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a sound database holds; `there` is False (and all else 0) where none has been made yet."""

    there: bool
    bytes: int = 0
    version: int = 0
    profiles: int = 0
    attempts: int = 0


def waiting(path: Path, target: str) -> int | None:
    """How many attempts wait for a target of `sync`; None when there is no sound database of this version."""
    from simulator.records.store import Store

    try:
        if inspect(path).version != len(STEPS) + 1:
            return None
        with Store.open(path) as store:
            return len(store.waiting(target))
    except TercerTimbreError:
        return None  # `inspect` says why where the database itself is looked at


def inspect(path: Path) -> Inspection:
    """Reads the whole file. Errors: store-corrupt, store-newer, store-foreign, store-locked, store-unreadable,
    store-read-only (a folder in which SQLite may not make its companion files)."""
    with told(path):
        if not path.exists():
            return Inspection(False)
        size = path.stat().st_size
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_WAIT_S)) as driver:
            header = looked_at(driver, path)
            if header.version == 0:  # made, but never written to
                return Inspection(False, size)
            damage = [row[0] for row in driver.execute("PRAGMA quick_check") if row[0] != "ok"]
            damage += [f"foreign key: {row}" for row in driver.execute("PRAGMA foreign_key_check")]
            if damage:
                raise TercerTimbreError(CORRUPT, path=str(path), detail=str(damage[0]))
            profiles, attempts = (
                int(driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in ("profiles", "attempts")
            )
    return Inspection(True, size, header.version, profiles, attempts)
