"""A real spreadsheet opens the exports: every cell says what was written, and none of them does anything."""

import csv
import os
import signal
import subprocess
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from simulator.records.csv_file import write_csv
from simulator.records.store import Store
from simulator.records.table import MARKS, SUMMARY, Column, Filter, Row, headings, worded
from simulator.records.xlsx_file import write_xlsx
from tests.programs import needed
from tests.records.cases import NOON, stock
from tests.records.sealed import SIGNER
from tests.records.test_tables import AT, line, marked

pytestmark = pytest.mark.slow

HARMLESS = (
    "Buenos días, le habla Inigo", "¿Señal n.º 3? 🐦", "أحمد المصري", "مرحبا, \u202eabc\u202c", "王小明", "a\u0301",
    'dijo "espere"; luego, colgó', "dos\nlíneas", " con espacios ", "'apóstrofo", "<b>&amp;</b>", "a\tb", "https://x.example/",
    "x" * 32_767, "🐦" * 5_000, "_x000D_",
)  # fmt: skip
"""Texts that say the same in every program."""
ORDERS = (
    "=1+1", "+1+1", "-2+3", "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("http://x.example";"x")',
    "=cmd|' /C calc'!A0", "=1+1" + "x" * 1000,
)  # fmt: skip
"""Texts that a spreadsheet would take for formulas."""
LIKE_NUMBERS = ("007", "1e5", "31/12/2026", "2026-05-04", "true", "50%", "$5", "3-4")
"""In a CSV a spreadsheet takes them for what they look like, and nothing can be written that keeps it from it."""


_LONG = 2_000
PATIENCE_S = 240


def converted(file: Path, to: str, *more: str) -> Path:
    """The folder with what LibreOffice made of a file, as it opens it by default."""
    out = file.parent / f"as-{to.split(':')[0]}"
    command = [needed("soffice", "libreoffice"), f"-env:UserInstallation={(file.parent / 'office').as_uri()}",
               "--headless", "--convert-to", to, *more, "--outdir", str(out), str(file)]  # fmt: skip
    environment = {**os.environ, "HOME": str(file.parent)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, start_new_session=True
    ) as office:
        try:
            said, _none = office.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)  # its own children too
            raise
    assert office.returncode == 0, said
    return out


def rows(columns: Sequence[Column], texts: Sequence[str]) -> list[Row]:
    """A row for each text, which stands in all its text columns (a long one in one: LibreOffice takes minutes to lay
    out many); the others hold what they are made for."""
    cells: dict[str, Any] = {
        "number": 92, "share": 0.92, "truth": True, "moment": NOON, "mode": "exam", "input": "both",
        "result": "passed", "verdict": "missed", "scorer": "program",
    }  # fmt: skip
    return [
        (
            f"a{at}",
            *(
                cells.get(column.kind, text if len(text) < _LONG or column.id == "ending" else "")
                for column in columns[1:]
            ),
        )
        for at, text in enumerate(texts)
    ]


def from_csv(folder: Path, made: Sequence[Row], delimiter: str, decimal: str) -> list[list[Any]]:
    """The cells of a CSV in LibreOffice, which is allowed to take numbers for numbers and formulas for formulas."""
    file = folder / "marcas.csv"
    with file.open("wb") as out:
        write_csv(out, MARKS, made, delimiter=delimiter, decimal=decimal)
    options = f"CSV:{ord(delimiter)},34,76,1,,0,false,true,false,false,false,-1,true,true"
    (opened,) = converted(file, "xlsx", f"--infilter={options}").glob("*.xlsx")
    return [list(row) for row in openpyxl.load_workbook(opened).worksheets[0].iter_rows()]


@pytest.mark.parametrize(("delimiter", "decimal"), [(",", "."), (";", ",")])
def test_a_csv_opens_as_it_was_written(tmp_path: Path, delimiter: str, decimal: str) -> None:
    made = rows(MARKS, HARMLESS)
    found = from_csv(tmp_path, made, delimiter, decimal)
    assert [cell.value for cell in found[0]] == list(headings(MARKS))
    assert len(found) == len(made) + 1
    for row, cells in zip(worded(MARKS, made), found[1:], strict=True):
        for column, wanted, cell in zip(MARKS, row, cells, strict=True):
            if column.kind == "number":
                assert cell.value == wanted
            elif isinstance(wanted, str) and wanted:
                assert (cell.value, cell.data_type) == (wanted, "s")


def test_a_csv_holds_no_formula(tmp_path: Path) -> None:
    quote = next(at for at, column in enumerate(MARKS) if column.id == "quote")
    found = from_csv(tmp_path, rows(MARKS, ORDERS), ";", ",")
    assert [cell.data_type for row in found for cell in row if cell.data_type == "f"] == []
    assert [row[quote].value for row in found[1:]] == [f"'{text}".replace("\r", "\n") for text in ORDERS]


def test_the_same_text_unguarded_would_be_a_formula(tmp_path: Path) -> None:
    """Otherwise the test above proves nothing."""
    file = tmp_path / "a.csv"
    file.write_text("a;b\r\n=1+1;x\r\n", "utf-8-sig")
    options = "CSV:59,34,76,1,,0,false,true,false,false,false,-1,true,true"
    (opened,) = converted(file, "xlsx", f"--infilter={options}").glob("*.xlsx")
    assert openpyxl.load_workbook(opened).worksheets[0]["A2"].data_type == "f"


def test_a_workbook_opens_as_it_was_written(tmp_path: Path) -> None:
    texts = (*HARMLESS, *ORDERS, *LIKE_NUMBERS)
    summary, marks = rows(SUMMARY, texts), rows(MARKS, texts)
    file = tmp_path / "libro.xlsx"
    with file.open("wb") as out:
        write_xlsx(out, summary, marks)
    (opened,) = converted(file, "xlsx").glob("*.xlsx")
    book = openpyxl.load_workbook(opened)
    assert book.sheetnames == ["Intentos", "Marcas", "Puntos de control"]
    assert len(book.worksheets[2]._charts) == 1
    for sheet, columns, made in zip(book.worksheets, (SUMMARY, MARKS), (summary, marks), strict=False):
        assert [cell.value for cell in sheet[1]] == list(headings(columns))
        for row, cells in zip(worded(columns, made), sheet.iter_rows(min_row=2), strict=True):
            for column, wanted, cell in zip(columns, row, cells, strict=True):
                assert cell.hyperlink is None
                if isinstance(wanted, bool):
                    assert cell.value in (wanted, f"={str(wanted).upper()}()"), "LibreOffice writes a truth so"
                    continue
                assert cell.data_type != "f"
                if isinstance(wanted, datetime):
                    assert abs(cell.value - wanted.replace(tzinfo=None)) < timedelta(seconds=1)
                elif wanted == "":
                    assert cell.value is None
                elif isinstance(wanted, str):
                    assert (cell.value, cell.data_type) == (wanted, "s")
                else:
                    assert cell.value == wanted, column.id


def test_what_a_store_exports_is_what_both_files_say(store: Store, tmp_path: Path) -> None:
    new = stock(store)
    marked(store, new, line("greet", quote="=cálmese"), line("rude", "missed", quote="Inigo 🐦", critical=True))
    store.submit("a1", SIGNER, AT)
    chosen = store.results_table(Filter())
    file = tmp_path / "libro.xlsx"
    with file.open("wb") as out:
        write_xlsx(out, store.summary_rows(chosen), store.mark_rows(chosen))
    sheets = converted(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1")
    with (sheets / "libro-Marcas.csv").open(encoding="utf-8", newline="") as text:
        from_workbook = list(csv.reader(text))
    found = from_csv(tmp_path, list(store.mark_rows(chosen)), ";", ",")
    for name in ("Persona", "Punto", "Veredicto", "Motivo", "Clave del puesto", "Puntaje"):
        at = from_workbook[0].index(name)
        assert [row[at] for row in from_workbook] == [str(row[at].value) for row in found]
    at = from_workbook[0].index("Cita")
    assert [row[at] for row in from_workbook[1:]] == ["=cálmese", "[agente] 🐦"]
    assert [row[at].value for row in found[1:]] == ["'=cálmese", "[agente] 🐦"]
