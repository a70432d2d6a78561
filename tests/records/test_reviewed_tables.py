"""What people decided leaves with the results, beside what the program found."""

from pathlib import Path

import openpyxl

from simulator.records.review import By
from simulator.records.reviews import Approval, Override
from simulator.records.store import Store
from simulator.records.table import MARKS, SUMMARY, Filter, headings, worded
from simulator.records.values import Mode
from simulator.records.xapi import BASE, xapi_statements
from simulator.records.xlsx_file import write_xlsx
from tests.records.cases import PROTOCOL, later
from tests.records.reviewed import LATER, TRAINER, handed_over
from tests.records.sealed import SIGNER
from tests.records.test_tables import rows


def reviewed(store: Store) -> None:
    """Two attempts, the first with a verdict that a person gave, one disputed, and a scoring by newer rules."""
    new = handed_over(store)
    store.review("a1", Override(1, "met", "Íñigo citó al cliente."), TRAINER, LATER)
    store.dispute("a1", 3, "Sí lo dije.", SIGNER, LATER)
    store.rescore("a1", {**PROTOCOL, "x": "y"}, '{"n":2}', 88, "passed", By(SIGNER), LATER)
    handed_over(store, "e1", new=later(new, "e1", 9), mode=Mode.EXAM)


def test_both_verdicts_and_both_results_are_in_a_row(store: Store) -> None:
    reviewed(store)
    greet, rude, hold, vague, *others = rows(store)
    assert (rude["verdict"], rude["human-verdict"], rude["scorer"], rude["override-reason"], rude["decided"]) == (
        "missed", "met", "person", "[agente] citó al cliente.", LATER,
    )  # fmt: skip
    assert [(row["human-verdict"], row["scorer"]) for row in (greet, hold, vague)] == [(None, "program")] * 3
    assert (rude["raw"], rude["result"], rude["final-raw"], rude["final-result"]) == (50, "failed", 100, "pending")
    assert (rude["dispute"], rude["reviewed"], rude["rescored-raw"], rude["rescored-result"]) == (
        "open", False, 88, "passed",
    )  # fmt: skip
    assert {(row["final-raw"], row["final-result"], row["dispute"]) for row in others} == {(50, "failed", "none")}
    assert rows(store, names=True)[1]["override-reason"] == "Íñigo citó al cliente."


def test_sums_count_what_holds(store: Store, tmp_path: Path) -> None:
    reviewed(store)
    chosen = store.results_table(Filter())
    first, second = (
        dict(zip((column.id for column in SUMMARY), row, strict=True)) for row in store.summary_rows(chosen)
    )
    assert [(row["met"], row["missed"], row["criticals-missed"]) for row in (first, second)] == [
        (2, 0, ""), (1, 1, "Rude"),
    ]  # fmt: skip
    with (tmp_path / "r.xlsx").open("wb") as file:
        write_xlsx(file, store.summary_rows(chosen), store.mark_rows(chosen))
    points = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[2]
    rude = next(row for row in points.iter_rows(values_only=True) if row[0] == "rude")
    assert rude[2:4] == (1, 1)


def test_people_read_words(store: Store) -> None:
    reviewed(store)
    made = list(worded(MARKS, store.mark_rows(store.results_table(Filter()))))
    told = dict(zip(headings(MARKS), made[1], strict=True))
    assert (told["Veredicto"], told["Veredicto de una persona"], told["Marcado por"], told["Desacuerdo"]) == (
        "no cumplido", "cumplido", "persona", "por resolver",
    )  # fmt: skip


def test_later_decisions_are_statements_of_their_own(store: Store) -> None:
    """A record store keeps what it has under an id: what was sent before must stay as it was."""
    handed_over(store)

    def told() -> list[dict]:  # type: ignore[type-arg]
        return list(xapi_statements(store.mark_rows(store.results_table(Filter()))))

    before = told()
    store.review("a1", Override(1, "met", "Era una cita."), TRAINER, LATER)
    after = told()
    assert after[: len(before)] == before
    answered, scored = after[len(before) :]
    assert answered["result"]["response"] == "met"
    assert answered["result"]["extensions"] == {
        f"{BASE}/reason": "Era una cita.", f"{BASE}/scorer": "person", f"{BASE}/verdict-of-program": "missed",
    }  # fmt: skip
    assert (answered["verb"]["display"]["en"], answered["timestamp"][:10]) == ("answered", LATER.isoformat()[:10])
    assert scored["verb"]["id"].endswith("/scored")
    assert scored["result"]["score"]["raw"] == 100
    assert scored["result"]["extensions"][f"{BASE}/final-result"] == "pending"
    store.review("a1", Approval(), TRAINER, LATER)
    final = told()
    assert final[:-1] == after[:-1]
    assert final[-1]["id"] != scored["id"], "it says something else now"
    assert len({statement["id"] for statement in final}) == len(final)
