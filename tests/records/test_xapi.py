"""Results as xAPI statements: what cmi5 allows of each attempt, ids that never change, nothing of practice."""

import uuid
from collections import Counter
from datetime import timedelta

from simulator.records.reviews import Act, Approval, Override
from simulator.records.store import Store
from simulator.records.table import Filter
from simulator.records.xapi import BASE, xapi_statements
from simulator.wording import set_language
from tests.records.cases import NOON, PERSON, later, stock
from tests.records.reviewed import LATER, TRAINER, handed_over
from tests.records.sealed import SIGNER
from tests.records.test_tables import line, marked

AT = NOON + timedelta(minutes=6)


def stocked(store: Store) -> None:
    new = stock(store)
    for id, minutes in (("a1", 0), ("p1", 5)):
        marked(
            store,
            later(new, id, minutes),
            line("greet", quote="Le habla Íñigo"),
            line("rude", "missed", critical=True),
            line("hold", "not-applicable"),
            line("vague", "unclear"),
        )
    store.submit("a1", SIGNER, AT)
    store.seal("p1", SIGNER, AT)


def statements(store: Store) -> list[dict]:  # type: ignore[type-arg]
    return list(xapi_statements(store.mark_rows(store.results_table(Filter()))))


def test_an_attempt_is_completed_once_and_passed_or_failed_once(store: Store) -> None:
    stocked(store)
    found = statements(store)
    verbs = Counter(statement["verb"]["id"].rsplit("/", 1)[1] for statement in found)
    assert verbs == {"completed": 1, "passed": 1, "answered": 4}
    passed = found[1]
    assert passed["result"] == {
        "success": True,
        "score": {"scaled": 0.92, "raw": 92, "min": 0, "max": 100},
        "duration": "PT61S",
    }
    assert passed["actor"]["account"]["name"] == PERSON.pseudonym
    assert passed["timestamp"] == "2026-05-04T12:05:00.250Z"
    assert {statement["context"]["registration"] for statement in found} == {passed["context"]["registration"]}


def test_each_checkpoint_is_answered_under_its_scenario(store: Store) -> None:
    stocked(store)
    greet, rude, hold, vague = statements(store)[2:]
    assert greet["object"]["id"] == f"{BASE}/checkpoints/greet"
    assert greet["context"]["contextActivities"]["parent"][0]["id"] == f"{BASE}/scenarios/angry-caller"
    assert greet["result"]["extensions"][f"{BASE}/quote"] == "Le habla [agente]"
    assert [mark["result"].get("success") for mark in (greet, rude, hold, vague)] == [True, False, None, None]
    assert [mark["result"]["response"] for mark in (hold, vague)] == ["not-applicable", "unclear"]


def test_a_statement_is_the_same_in_every_language_of_the_program(store: Store) -> None:
    """Its id is: a record store refuses another statement under an id that it has."""
    stocked(store)
    before = statements(store)
    set_language("en")
    try:
        assert statements(store) == before
    finally:
        set_language("es")
    assert before[0]["context"]["extensions"][f"{BASE}/mode"] == "practice"
    assert before[0]["context"]["extensions"][f"{BASE}/input"] == "typed"


def test_ids_are_uuids_that_stay(store: Store) -> None:
    stocked(store)
    ids = [statement["id"] for statement in statements(store)]
    assert [str(uuid.UUID(id)) for id in ids] == ids
    assert len(set(ids)) == len(ids)
    assert ids == [statement["id"] for statement in statements(store)]


def test_an_attempt_without_a_result_is_completed_alone(store: Store) -> None:
    new = stock(store)
    store.begin(new)
    import json

    store.finish("a1", json.dumps({"checkpoints": [line("greet")], "result": "pending"}), None, "pending", AT)
    store.submit("a1", SIGNER, AT)
    found = statements(store)
    assert [statement["verb"]["display"]["en"] for statement in found] == ["completed", "answered"]
    assert "duration" not in found[0]["result"]


def test_what_was_sent_once_is_never_said_otherwise_under_the_same_id(store: Store) -> None:
    """A record store keeps what it has: reviews that come later, the same decision again too, have ids of their own."""
    handed_over(store)
    told: dict[str, dict] = {}  # type: ignore[type-arg]
    acts: tuple[Act, ...] = (
        Override(1, "met", "Se oye."),
        Override(1, "missed", "No."),
        Override(1, "met", "Se oye."),
        Approval(),
    )
    for day, act in enumerate(acts):
        store.review("a1", act, TRAINER, LATER + timedelta(days=day))
        store.enrol(TRAINER.signer.fingerprint, "Rosa", LATER)
        for statement in statements(store):
            assert told.setdefault(statement["id"], statement) == statement


def test_a_checkpoint_that_several_contacts_have_is_answered_for_each(store: Store) -> None:
    marked(store, stock(store), line("greet", quote="Hola"), line("greet", "missed"), line("greet"))
    store.submit("a1", SIGNER, AT)
    found = [statement for statement in statements(store) if statement["verb"]["display"]["en"] == "answered"]
    assert [statement["result"]["response"] for statement in found] == ["met", "missed", "met"]
    assert len({statement["id"] for statement in found}) == 3
