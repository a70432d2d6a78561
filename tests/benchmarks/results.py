"""Exporting a million marks beside the bare writers of the libraries, from a real store."""

import csv
import multiprocessing
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from io import TextIOWrapper
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

from simulator.records import xlsx_file
from simulator.records.csv_file import write_csv
from simulator.records.paper.everybody import write_everybody
from simulator.records.store import Store
from simulator.records.table import MARKS, Filter, Row, headings, worded
from simulator.records.xlsx_file import write_xlsx
from tests.benchmarks.figure import Figure
from tests.records.sealed import submitted

MARKS_EACH = 25
ATTEMPTS = 40_000
"""Together a million marks."""

_MARKS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO marks
SELECT 'a1', i, 'checkpoint-' || i, 'Saluda según la hora del día', 'opening', 1, i = 3,
    CASE i % 4 WHEN 0 THEN 'missed' ELSE 'met' END,
    'Buenos días, le habla Íñigo, ¿en qué le puedo ayudar? ' || i, 'rule', 'Saluda con la parte del día.' FROM n
"""
_MORE = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "


def stocked(path: Path, attempts: int = ATTEMPTS) -> Store:
    """A store with that many submitted attempts: the rows of one, over and over, under other ids."""
    with Store.open(path) as store:
        submitted(store, "a1")
    with closing(sqlite3.connect(path)) as file:
        file.execute(_MARKS, (MARKS_EACH - 1,))
        file.execute("UPDATE outcomes SET agent = 'Íñigo Ñandú'")
        for table in ("attempts", "outcomes", "marks", "statements"):
            id = "id" if table == "attempts" else "attempt"
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            shown = ", ".join("'a' || n.i" if column == id else f'"{column}"' for column in columns)
            where = f"{table}.{id} = 'a1'"
            file.execute(f"{_MORE} INSERT INTO {table} SELECT {shown} FROM {table}, n WHERE {where}", (attempts,))
        file.commit()
    return Store.open(path)


def figures() -> Iterator[Figure]:
    """CSV and XLSX, each beside the same number of the same cells written by the library alone; the report on paper."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        with stocked(path) as store:
            some = store.results_table(Filter())[:1]
            sample = list(worded(MARKS, store.mark_rows(some)))  # the rows of every attempt but for its id and number
        for name, export, bare, goal in (
            ("CSV beside csv.writer", export_csv, _bare_csv, "≤ 2×"),
            ("XLSX beside XlsxWriter", _export_xlsx, _bare_xlsx, "≤ 1.5×"),
            ("a report on paper", _export_pdf, None, ""),
        ):
            floor = None if bare is None else measured(partial(bare, sample=sample))[0]
            took, memory = measured(partial(from_store, path=path, export=export))
            yield Figure(f"a million marks to {name}", took, floor, "s", goal)
            yield Figure("memory that it took", memory, None, "MB", "flat: ≤ 150")


def measured(write: Callable[[BinaryIO], object]) -> tuple[float, float]:
    """Seconds of the processor (what else runs does not count), and the megabytes by which the memory grew at its
    highest, in a process of its own."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=_measure, args=(write, theirs))
    child.start()
    theirs.close()
    found: tuple[float, float] = ours.recv()
    child.join()
    return found


def _measure(write: Callable[[BinaryIO], object], pipe: Connection) -> None:
    before = _memory()
    with tempfile.TemporaryFile() as file:
        start = time.process_time()
        write(file)
        pipe.send((time.process_time() - start, _memory() - before))


def _memory() -> float:
    """The most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def from_store(file: BinaryIO, path: Path, export: Callable[[BinaryIO, Store], None]) -> None:
    """Export from the store at a path, opened for it."""
    with Store.open(path) as store:
        export(file, store)


def _export_pdf(file: BinaryIO, store: Store) -> None:
    chosen = store.results_table(Filter())
    write_everybody(file, "Resultados", store.summary_rows(chosen), store.mark_rows(chosen), datetime.now(UTC))


def export_csv(file: BinaryIO, store: Store) -> None:
    """All marks of the store, which must be all that were stocked."""
    rows = store.mark_rows(store.results_table(Filter()))
    assert write_csv(file, MARKS, rows, delimiter=";", decimal=",") == ATTEMPTS * MARKS_EACH


def _export_xlsx(file: BinaryIO, store: Store) -> None:
    chosen = store.results_table(Filter())
    assert write_xlsx(file, store.summary_rows(chosen), store.mark_rows(chosen)) == ATTEMPTS * MARKS_EACH


def _bare_csv(file: BinaryIO, sample: list[Row]) -> None:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings(MARKS))
    for _ in range(ATTEMPTS):
        writer.writerows(sample)
    text.flush()
    text.detach()


def _bare_xlsx(file: BinaryIO, sample: list[Row]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    at = xlsx_file._ROWS
    for _ in range(ATTEMPTS):
        for row in sample:
            at += 1
            if at >= xlsx_file._ROWS:  # as many sheets as the export has
                sheet, at = book.add_worksheet(), 1
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif isinstance(cell, bool):
                    sheet.write_boolean(at, place, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(at, place, cell.replace(tzinfo=None), moment)
                elif cell is not None:
                    sheet.write_number(at, place, cell)
    book.close()
