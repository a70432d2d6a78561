"""Profiles, attempts and events that the tests of the store begin with."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from simulator.records.store import Store
from simulator.records.values import Mode, NewAttempt, NewProfile, TextKind

NOON = datetime(2026, 5, 4, 12, 0, 0, 250_000, tzinfo=UTC)
PERSON = NewProfile(id="p1", name="Íñigo Ñandú 🐦", pseudonym="agente-7f3a", created_at=NOON)
OTHER = NewProfile(id="p2", name="أحمد", pseudonym="agente-91bc", created_at=NOON + timedelta(minutes=1))
SCENARIO = "scenario: angry-caller\ntitle: Cobro duplicado en la factura\n"
PROTOCOL = {"protocol/checkpoints.yaml": "- id: greet-company\n", "language/es/concepts.yaml": "disculpa: [perdón]\n"}


def stock(store: Store) -> NewAttempt:
    """Store two people and the texts; returns an attempt of the first, not yet begun."""
    store.add_profile(PERSON)
    store.add_profile(OTHER)
    return NewAttempt(
        id="a1",
        profile=PERSON.id,
        scenario="angry-caller",
        title="Cobro duplicado en la factura",
        scenario_hash=store.put_text(TextKind.SCENARIO, SCENARIO),
        protocol_hash=store.put_files(TextKind.PROTOCOL, PROTOCOL),
        seed=-(2**63),
        mode=Mode.PRACTICE,
        hints=True,
        difficulty=2,
        channel="phone",
        started_at=NOON,
        software="0.1.0",
    )


def later(new: NewAttempt, id: str, minutes: int) -> NewAttempt:
    """The same attempt again, some minutes later."""
    return replace(new, id=id, started_at=new.started_at + timedelta(minutes=minutes))


def events(first: int, count: int, attempt: str = "a1") -> list[tuple[int, str]]:
    """Events in the envelope of the log, with text that is not ASCII."""
    return [(seq, _event(seq, attempt)) for seq in range(first, first + count)]


def _event(seq: int, attempt: str) -> str:
    data = {"text": f"¿Señal n.º {seq}? 🐦"}
    envelope = {
        "at_ms": 100 * seq,
        "attempt": attempt,
        "contact": "c1",
        "data": data,
        "seq": seq,
        "type": "AgentSpoke",
        "v": 1,
    }
    return json.dumps(envelope, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
