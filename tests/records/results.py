"""Marked attempts of several people at several scenarios, for the tests of figures over many of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from simulator.records import attempts, profiles, statements
from simulator.records.signing import Signer
from simulator.records.store import Store
from simulator.records.values import Mode, NewAttempt, NewProfile, Status
from simulator.session.envelope import canonical
from tests.records.cases import NOON, PERSON, events, stock
from tests.records.sealed import SIGNER

SUBMITTED, EXAM, PRIVATE = "submitted", "exam", "private"


@dataclass(frozen=True)
class Sat:
    """An attempt to be stored. `marks`: verdicts by checkpoint; `how`: submitted, exam or private."""

    id: str
    person: str
    scenario: str
    marks: Mapping[str, str]
    score: int | None = 90
    result: str = "passed"
    at: datetime = NOON
    how: str = SUBMITTED
    channel: str = "phone"
    pass_mark: int = 80


def card(sat: Sat) -> str:
    """Its scorecard, as far as figures read it."""
    lines = [
        {
            "id": checkpoint, "title": checkpoint.title(), "phase": "opening", "weight": 1, "critical": False,
            "verdict": verdict, "evidence": [], "rule": checkpoint, "reason": {"text": "Porque sí."},
        }
        for checkpoint, verdict in sat.marks.items()
    ]  # fmt: skip
    return canonical({"score": sat.score, "result": sat.result, "pass_mark": sat.pass_mark, "checkpoints": lines})


class Class:
    """People and their attempts in a store."""

    def __init__(self, store: Store, signer: Signer = SIGNER) -> None:
        self.store = store
        self.signer = signer
        self.new: NewAttempt = stock(store)
        self._people = {PERSON.id}

    def sit(self, *sats: Sat) -> None:
        """Store attempts, and those who made them."""
        with self.store._write() as connection:
            for sat in sats:
                self._sit(connection, sat)

    def _sit(self, connection: Connection, sat: Sat) -> None:
        if sat.person not in self._people:
            self._people.add(sat.person)
            name, pseudonym = sat.person.title(), f"P-{sat.person}"
            profiles.add(connection, NewProfile(id=sat.person, name=name, pseudonym=pseudonym, created_at=NOON))
        new = replace(
            self.new,
            id=sat.id,
            profile=sat.person,
            scenario=sat.scenario,
            title=f"Práctica {sat.scenario}",
            mode=Mode.EXAM if sat.how == EXAM else Mode.PRACTICE,
            channel=sat.channel,
            started_at=sat.at,
        )
        attempts.begin(connection, new)
        attempts.append(connection, new.id, events(0, 2, new.id))
        ended = sat.at + timedelta(minutes=5)
        attempts.finish(connection, new.id, card(sat), sat.score, sat.result, ended, Status.FINISHED)
        sign = statements.submit if sat.how == SUBMITTED else statements.seal
        sign(connection, new.id, self.signer, sat.at + timedelta(minutes=6))
