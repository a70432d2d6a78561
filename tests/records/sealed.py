"""Attempts that are finished, sealed and submitted, for the tests of what leaves a desk."""

from dataclasses import replace
from datetime import timedelta

from simulator.records.signing import Signer
from simulator.records.store import Store
from simulator.records.values import Mode, NewAttempt
from tests.records.cases import NOON, events, stock

SIGNER = Signer(bytes(range(32)))
OTHER_SIGNER = Signer(bytes(range(1, 33)))


def finished(store: Store, new: NewAttempt | None = None, mode: Mode = Mode.PRACTICE) -> NewAttempt:
    """Store a finished attempt; the first one, with people and texts, unless another is given."""
    new = replace(stock(store) if new is None else new, mode=mode)
    store.begin(new, events(0, 12, new.id))
    store.finish(new.id, '{"result":"passed","score":92}', 92, "passed", NOON + timedelta(minutes=5))
    return new


def submitted(store: Store, *ids: str, signer: Signer = SIGNER) -> NewAttempt:
    """Store attempts that their trainee submitted; returns the last."""
    first: NewAttempt | None = None
    for id in ids:
        first = finished(store, None if first is None else replace(first, id=id))
        store.submit(first.id, signer, NOON + timedelta(minutes=6))
    assert first is not None
    return first
