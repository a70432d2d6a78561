"""Results as CSV: RFC 4180, UTF-8 with a byte order mark (by which spreadsheets know it)."""

import csv
import io
import locale
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO, Final

from simulator.records.table import ATTEMPT, Cell, Column, Row, headings, worded, words
from simulator.wording import _

_ORDERS: Final = frozenset("=+-@\t\r\n")
"""A spreadsheet takes a text that begins so for a formula (or, after a break, what comes next)."""


def regional() -> tuple[str, str]:
    """Delimiter and decimal mark of this computer's region: where the comma is the decimal mark, cells stand between
    semicolons."""
    before = locale.setlocale(locale.LC_NUMERIC)
    try:
        locale.setlocale(locale.LC_NUMERIC, "")
        decimal = str(locale.localeconv()["decimal_point"])
    except locale.Error:  # the region that the system names is not installed
        decimal = "."
    finally:
        locale.setlocale(locale.LC_NUMERIC, before)
    return (";", ",") if decimal == "," else (",", ".")


class _Lines:
    """Puts the same beginning before each line that a `csv.writer` writes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.begin = ""
        self._write = text.write

    def write(self, line: str) -> int:
        """A whole line, as the writer gives it."""
        return self._write(self.begin + line)


def write_csv(file: BinaryIO, columns: Sequence[Column], rows: Iterable[Row], *, delimiter: str, decimal: str) -> int:
    """Write headings and rows; returns how many rows.

    `delimiter` and `decimal` (the decimal mark) are those that the reader's spreadsheet expects.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    lines = _Lines(text)
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings(columns))
    yes, no = _("yes"), _("no")

    def plain(cell: Cell) -> str | int:
        if isinstance(cell, str):
            return "'" + cell if cell[:1] in _ORDERS else cell
        if isinstance(cell, bool):
            return yes if cell else no
        if isinstance(cell, float):
            return f"{cell:g}".replace(".", decimal)
        if isinstance(cell, datetime):
            return f"{cell:%Y-%m-%dT%H:%M:%SZ}"
        return "" if cell is None else cell

    # The cells of an attempt, the same in each of its rows, are written out once.
    share = len(ATTEMPT) if tuple(columns[: len(ATTEMPT)]) == ATTEMPT else 0
    codes = [(place, known) for place, column in enumerate(columns[share:]) if (known := words(column.kind))]
    count, attempt = 0, None
    for row in rows:
        if share and row[0] != attempt:
            (about,) = worded(ATTEMPT, [row[:share]])
            attempt, shared = row[0], io.StringIO()
            csv.writer(shared, delimiter=delimiter, lineterminator="\r\n").writerow(map(plain, about))
            lines.begin = shared.getvalue().removesuffix("\r\n") + delimiter
        own = list(row[share:])
        for place, known in codes:
            own[place] = known.get(own[place], own[place])
        # Most cells are texts: a call for each of them is what a million rows would take longest for.
        said = [("'" + cell if cell[:1] in _ORDERS else cell) if cell.__class__ is str else plain(cell) for cell in own]
        writer.writerow(said)
        count += 1
    text.flush()
    text.detach()
    return count
