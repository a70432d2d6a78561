"""Writes a database of the present version: `python -m tests.records.released PATH`.

Run once per released version, before the schema moves on; the file is committed as tests/records/data/v<n>.db and must
open for ever.
"""

import sys
from datetime import timedelta
from pathlib import Path

from simulator.records.store import Store
from simulator.records.values import Draft, Status
from tests.records.cases import NOON, OTHER, events, later, stock


def fill(store: Store) -> None:
    """One of everything: people, texts, attempts finished, forked, running and paused, scorecards, unsent words."""
    new = stock(store)
    store.archive_profile(OTHER.id)
    store.begin(new, events(0, 12))
    store.finish("a1", '{"result":"passed","score":92}', 92, "passed", NOON + timedelta(minutes=5))
    store.add_scorecard("a1", new.protocol_hash, NOON + timedelta(days=9), '{"result":"failed","score":70}')
    store.fork("a1", 4, "f1", NOON + timedelta(minutes=7), "0.1.0", events(0, 5, "f1"))
    store.save_draft("f1", "c1", Draft("Permítame un mom", {"reason": "cobro doble"}))
    store.begin(later(new, "a2", minutes=20), events(0, 3, "a2"))
    store.set_status("a2", Status.PAUSED)
    store.begin(later(new, "a3", minutes=30))
    store.set_status("a3", Status.WITHDRAWN, NOON + timedelta(minutes=31))


def main(path: Path) -> None:
    """Write the file, in one piece."""
    made = path.with_suffix(".making")
    with Store.open(made) as store:
        fill(store)
        store.backup(path)
    made.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
