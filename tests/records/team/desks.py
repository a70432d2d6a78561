"""Desks with submitted attempts, and all that leaves a store, to be compared."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from simulator.records.signing import Signer
from simulator.records.store import Records, Store
from simulator.records.values import Mode, NewAttempt, NewProfile
from simulator.session.envelope import canonical
from tests.records.cases import NOON, events, stock
from tests.records.sealed import SIGNER
from tests.records.test_tables import line

QUOTE = "Le habla Íñigo, ¿en qué le ayudo? 🐦"
LATER = NOON + timedelta(minutes=6)
SOFTWARE = "0.1.0"


def desk(path: Path, count: int, *, name: str = "a", signer: Signer = SIGNER) -> Store:
    """A desk with `count` submitted attempts and as many of private practice, each with two marks. Desks of different
    names have people and attempts of their own."""
    store = Store.open(path)
    new = replace(stock(store), profile=f"person-{name}")
    store.add_profile(NewProfile(id=new.profile, name="Íñigo Ñandú", pseudonym=f"P-{name}", created_at=NOON))
    for number in range(count):
        add(store, replace(new, id=f"{name}-{number}", started_at=NOON + timedelta(seconds=number)), signer)
        add(store, replace(new, id=f"{name}-practice-{number}"), signer, submit=False)
    return store


def add(store: Store, new: NewAttempt, signer: Signer = SIGNER, *, submit: bool = True) -> None:
    """An attempt more, finished and sealed, submitted if asked for; one whose mode is exam is published without."""
    store.begin(new, events(0, 12, new.id))
    card = {
        "agent": "Íñigo Ñandú", "score": 92, "result": "passed", "pass_mark": 80, "duration_ms": 61_499,
        "end_title": "Quedó conforme",
        "checkpoints": [line("greet", quote=QUOTE), line("rude", "missed", critical=True)],
    }  # fmt: skip
    store.finish(new.id, canonical(card), 92, "passed", LATER)
    if submit and new.mode is not Mode.EXAM:
        store.submit(new.id, signer, LATER)
    else:
        store.seal(new.id, signer, LATER)


def lines(records: Records) -> list[bytes]:
    """All that may leave a store, as the lines of a results file: stores with the same lines hold the same."""
    return list(records.results(records.published(), SOFTWARE))
