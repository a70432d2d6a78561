"""Results as CSV and as a workbook: what leaves, what does not, and that no cell does anything but say something."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.records import xlsx_file
from simulator.records.csv_file import regional, write_csv
from simulator.records.store import Store
from simulator.records.table import ATTEMPT, MARKS, SUMMARY, Cell, Filter, Row, headings, worded, words
from simulator.records.values import Mode, NewAttempt
from simulator.records.xlsx_file import write_xlsx
from simulator.session.envelope import canonical
from tests.records.cases import NOON, PERSON, events, later, stock
from tests.records.sealed import SIGNER

AT = NOON + timedelta(minutes=6)


def line(id: str, verdict: str = "met", quote: str = "", critical: bool = False) -> dict[str, Any]:
    proof = [{"event": 3, "at_ms": 300, "quote": quote, "start": 0, "end": len(quote), "absent": not quote}]
    reason = {"code": "words-met", "args": {}, "text": "Saluda."}
    return {
        "id": id, "phase": "opening", "title": id.title(), "verdict": verdict, "weight": 1, "critical": critical,
        "evidence": proof, "rule": "greet", "reason": reason, "model": "",
    }  # fmt: skip


def marked(
    store: Store,
    new: NewAttempt,
    *lines: dict[str, Any],
    agent: str = "Íñigo Ñandú",
    score: int = 92,
    result: str = "passed",
) -> None:
    store.begin(new, events(0, 12, new.id))
    card = {"agent": agent, "score": score, "result": result, "pass_mark": 80, "duration_ms": 61_499,
            "end_title": "Quedó conforme", "checkpoints": list(lines)}  # fmt: skip
    store.finish(new.id, canonical(card), score, result, NOON + timedelta(minutes=5))


@pytest.fixture
def stocked(store: Store) -> Store:
    """Two submitted attempts, one exam, one that is practice."""
    new = stock(store)
    for id, minutes in (("a1", 0), ("p1", 5), ("a2", 10), ("e1", 20)):
        attempt = later(new, id, minutes)
        if id == "e1":
            from dataclasses import replace

            attempt = replace(attempt, mode=Mode.EXAM)
        marked(
            store,
            attempt,
            line("greet", quote="Buenos días, le habla Inigo"),
            line("rude", "missed", quote="=cálmese", critical=True),
            line("hold", "not-applicable"),
        )
        store.seal(id, SIGNER, AT)
    for id in ("a1", "a2"):
        store.submit(id, SIGNER, AT)
    return store


def rows(store: Store, wanted: Filter | None = None, names: bool = False) -> list[dict[str, Cell]]:
    chosen = store.results_table(wanted or Filter())
    ids = [column.id for column in MARKS]
    return [dict(zip(ids, row, strict=True)) for row in store.mark_rows(chosen, names=names)]


def test_a_row_says_everything_about_its_mark(stocked: Store) -> None:
    first = rows(stocked)[0]
    assert first == {
        "attempt": "a1", "person": PERSON.pseudonym, "cohort": None, "scenario": "angry-caller",
        "scenario-title": "Cobro duplicado en la factura", "channel": "phone", "mode": "practice",
        "exam": None, "try": None,
        "number": 1, "total": 3, "difficulty": 2, "hints": True, "input": "typed", "started": NOON,
        "ended": NOON + timedelta(minutes=5), "closed": "finished", "seconds": 61,
        "submitted": AT, "raw": 92, "scaled": 0.92,
        "pass-mark": 80, "result": "passed", "ending": "Quedó conforme", "software": "0.1.0",
        "scenario-hash": stocked.attempt("a1").scenario_hash, "protocol-hash": stocked.attempt("a1").protocol_hash,
        "key": SIGNER.fingerprint, "final-raw": 92, "final-result": "passed", "reviewed": False, "dispute": "none",
        "rescored-raw": None, "rescored-result": None, "rescored-protocol-hash": None,
        "checkpoint": "greet", "checkpoint-title": "Greet", "phase": "opening", "weight": 1,
        "critical": False, "verdict": "met", "quote": "Buenos días, le habla [agente]", "reason": "Saluda.",
        "scorer": "program", "rule": "greet", "human-verdict": None, "override-reason": None, "decided": None,
    }  # fmt: skip


def test_people_read_words_for_the_codes(stocked: Store) -> None:
    made = stocked.mark_rows(stocked.results_table(Filter()))
    first = dict(zip((column.id for column in MARKS), next(worded(MARKS, made)), strict=True))
    told = {"mode": "práctica entregada", "input": "escrita", "result": "apto", "verdict": "cumplido",
            "closed": "terminado", "scorer": "programa", "final-result": "apto", "dispute": "ninguno"}  # fmt: skip
    assert {id: first[id] for id in told} == told
    told |= {"human-verdict": "", "rescored-result": ""}
    assert {column.id for column in MARKS if words(column.kind)} == set(told)
    newer = tuple("later" if words(column.kind) else None for column in MARKS)
    assert next(worded(MARKS, [newer])) == newer, "a code of a later version stands as it is"


def test_practice_is_in_no_table_and_does_not_even_count(stocked: Store) -> None:
    found = rows(stocked)
    assert list(dict.fromkeys(row["attempt"] for row in found)) == ["a1", "a2", "e1"]
    assert {(row["attempt"], row["number"], row["total"]) for row in found} == {
        ("a1", 1, 3), ("a2", 2, 3), ("e1", 3, 3),
    }  # fmt: skip
    chosen = stocked.results_table(Filter())
    assert [row[0] for row in stocked.summary_rows(chosen)] == ["a1", "a2", "e1"]


def test_filters_choose_and_leave_the_numbers(stocked: Store) -> None:
    stocked.submit("p1", SIGNER, AT)
    day = NOON.astimezone().date()
    assert len(rows(stocked, Filter(scenario="otro"))) == len(rows(stocked, Filter(person="x"))) == 0
    assert len(rows(stocked, Filter(since=day, until=day))) == 12
    assert rows(stocked, Filter(since=day + timedelta(days=1))) == []


def test_the_name_stays_only_when_asked_for(stocked: Store) -> None:
    assert rows(stocked, names=True)[0]["quote"] == "Buenos días, le habla Inigo"


@pytest.mark.parametrize(
    ("agent", "said", "shown"),
    [
        ("Ana María de la Peña", "Le habla ANA MARIA DE LA PEÑA, mucho gusto", "Le habla [agente], mucho gusto"),
        ("Ana María", "soy ana, la banana", "soy [agente], la banana"),
        ("José", "jose; JOSÉ", "[agente]; [agente]"),
        ("De la Cruz", "la de la Cruz Roja", "la de la [agente] Roja"),
        ("أحمد", "معك أحمد", "معك [agente]"),
        ("🐦", "🐦 hola", "🐦 hola"),
        ("", "hola", "hola"),
        ("J. (Pepe)", "Pepe le saluda", "[agente] le saluda"),
    ],
)
def test_a_name_is_found_however_it_is_written(store: Store, agent: str, said: str, shown: str) -> None:
    marked(store, stock(store), line("greet", quote=said), agent=agent)
    store.submit("a1", SIGNER, AT)
    assert rows(store)[0]["quote"] == shown


def in_csv(made: Iterator[Row], delimiter: str = ";", decimal: str = ",") -> tuple[bytes, list[list[str]]]:
    file = io.BytesIO()
    write_csv(file, MARKS, made, delimiter=delimiter, decimal=decimal)
    data = file.getvalue()
    return data, list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_csv_opens_in_a_spreadsheet_of_the_region(stocked: Store) -> None:
    data, read = in_csv(stocked.mark_rows(stocked.results_table(Filter())))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 10
    assert read[0] == list(headings(MARKS))
    first = dict(zip(read[0], read[1], strict=True))
    assert (first["Puntaje"], first["Puntaje (0–1)"], first["Crítico"]) == ("92", "0,92", "no")
    said = ("práctica entregada", "escrita", "apto", "cumplido", "programa")
    assert tuple(first[name] for name in ("Modalidad", "Entrada", "Resultado", "Veredicto", "Marcado por")) == said
    assert first["Comienzo (UTC)"] == "2026-05-04T12:00:00Z"
    assert read[2][read[0].index("Cita")] == "'=cálmese", "a formula becomes a text"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@given(st.lists(st.lists(TEXTS, min_size=len(MARKS), max_size=len(MARKS)), max_size=5), st.sampled_from(",;\t|"))
def test_every_text_comes_back_from_a_csv_and_none_is_a_formula(made: list[list[str]], delimiter: str) -> None:
    made = [[f"a{n}", *row[1:]] for n, row in enumerate(made)]  # rows of one attempt share its cells
    _data, read = in_csv((tuple(row) for row in made), delimiter)
    for row, back in zip(made, read[1:], strict=True):
        for column, code, text in zip(MARKS, row, back, strict=True):
            cell = words(column.kind).get(code, code)  # a text that happens to be a code is read as one
            assert text == ("'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") and cell else cell)


def test_the_region_decides_between_comma_and_semicolon(monkeypatch: pytest.MonkeyPatch) -> None:
    import locale

    before = locale.setlocale(locale.LC_NUMERIC)
    monkeypatch.setattr(locale, "localeconv", lambda: {"decimal_point": ","})
    assert regional() == (";", ",")
    monkeypatch.undo()
    monkeypatch.setenv("LC_ALL", "xx_XX")
    assert regional() == (",", ".")
    assert locale.setlocale(locale.LC_NUMERIC) == before


def workbook(path: Path, summary: Iterator[Row], marks: Iterator[Row]) -> Any:
    with path.open("wb") as file:
        write_xlsx(file, summary, marks)
    return openpyxl.load_workbook(path)


def test_a_workbook_has_typed_cells_a_fixed_heading_and_a_chart(stocked: Store, tmp_path: Path) -> None:
    chosen = stocked.results_table(Filter())
    book = workbook(tmp_path / "r.xlsx", stocked.summary_rows(chosen), stocked.mark_rows(chosen))
    assert book.sheetnames == ["Intentos", "Marcas", "Puntos de control"]
    attempts, marks, points = book.worksheets
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["A2", "A2", "A2"]
    assert [cell.value for cell in attempts[1]] == list(headings(SUMMARY))
    told = dict(zip((column.id for column in SUMMARY), (cell.value for cell in attempts[2]), strict=True))
    assert (told["hints"], told["raw"], told["scaled"], told["started"]) == (
        True, 92, 0.92, NOON.replace(tzinfo=None),
    )  # fmt: skip
    assert (told["met"], told["missed"], told["not-applicable"], told["criticals-missed"]) == (1, 1, 1, "Rude")
    quote = marks.cell(3, 1 + next(n for n, column in enumerate(MARKS) if column.id == "quote"))
    assert (quote.value, quote.data_type) == ("=cálmese", "s"), "a text, not a formula"
    assert (told["mode"], told["input"], told["result"]) == ("práctica entregada", "escrita", "apto")
    assert [cell.value for cell in points[1]][2:6] == ["cumplido", "no cumplido", "no aplica", "por revisar"]
    assert [cell.value for cell in points[2]][2:] == [0, 3, 0, 0, 0]
    assert [row[0].value for row in points.iter_rows(min_row=2)] == ["rude", "greet", "hold"]
    assert len(points._charts) == 1
    assert marks.max_row == 10


@given(TEXTS)
def test_no_text_becomes_a_formula_a_number_or_a_link(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    row = tuple(text if column.kind == "text" else None for column in SUMMARY)
    book = workbook(tmp_path_factory.mktemp("x") / "r.xlsx", iter([row]), iter(()))
    cell = book.worksheets[0].cell(2, 1)
    assert cell.data_type == ("s" if text else "n")
    assert cell.hyperlink is None


def test_what_does_not_fit_into_a_sheet_goes_on_in_the_next(
    stocked: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "_ROWS", 3)
    chosen = stocked.results_table(Filter())
    rows = list(stocked.mark_rows(chosen))
    assert len(rows) > 2
    book = workbook(tmp_path / "a.xlsx", stocked.summary_rows(chosen), iter(rows))
    sheets = [sheet for sheet in book.worksheets if sheet.title.startswith("Marcas")]
    assert [sheet.title for sheet in sheets][:2] == ["Marcas", "Marcas 2"]
    assert max(sheet.max_row for sheet in sheets) == 3
    assert len({sheet.cell(1, 1).value for sheet in sheets}) == 1, "each has its heading"
    assert sum(sheet.max_row - 1 for sheet in sheets) == len(rows)


def test_what_is_too_long_for_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    row = ("x" * 40_000, *(None for _ in SUMMARY[1:]))
    book = workbook(tmp_path / "r.xlsx", iter([row]), iter(()))
    value = book.worksheets[0].cell(2, 1).value
    assert (len(value), value[-1]) == (32_767, "…")


def test_every_column_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "export-columns.md").read_text("utf-8")
    for column in (*MARKS, *SUMMARY[len(ATTEMPT) :]):
        assert f"| `{column.id}` | {headings([column])[0]} |" in page
