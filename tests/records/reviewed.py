"""Attempts with marks that were handed over, and people who review them, for the tests of reviews."""

from dataclasses import replace
from datetime import timedelta

from simulator.records.review import By
from simulator.records.signing import Signer
from simulator.records.store import Store
from simulator.records.values import Mode, NewAttempt
from tests.records.cases import NOON, stock
from tests.records.sealed import SIGNER
from tests.records.test_tables import line, marked

TRAINER = By(Signer(bytes(range(2, 34))), "Rosa Trillo", "trainer")
SECOND = By(Signer(bytes(range(3, 35))), "Óscar Nieto", "trainer")
HANDED = NOON + timedelta(minutes=6)
LATER = HANDED + timedelta(days=1)

LINES = (
    line("greet", quote="Buenos días"),
    line("rude", "missed", critical=True),
    line("hold", "not-applicable"),
    line("vague", "unclear"),
)


def handed_over(
    store: Store, id: str = "a1", *, new: NewAttempt | None = None, mode: Mode = Mode.PRACTICE
) -> NewAttempt:
    """Store an attempt that failed by a critical, with one mark of each kind, and submit it (an exam is sealed)."""
    new = replace(stock(store) if new is None else new, id=id, mode=mode)
    marked(store, new, *LINES, result="failed", score=50)
    if mode is Mode.EXAM:
        store.seal(id, SIGNER, HANDED)
    else:
        store.submit(id, SIGNER, HANDED)
    return new
