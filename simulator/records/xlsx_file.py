"""Results as a workbook: a sheet of attempts, one of marks (more, when a sheet is full), and one of checkpoints with a
chart. Texts are texts: none becomes a formula, a link or a number. Written row by row, in memory that does not grow."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Final

from simulator.records.table import MARKS, SUMMARY, VERDICTS, Cell, Column, Row, headings, worded, words
from simulator.records.tally import Counted, Tally
from simulator.wording import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROWS: Final = 400_000
"""Of a sheet, headings included. A sheet may have 1,048,576, but a million marks in one are more than two gigabytes of
XML, which old readers of ZIP cannot open."""
_LONGEST: Final = 32_767
"""Characters of a cell."""
_WIDTHS: Final = {"number": 10, "share": 10, "truth": 9, "moment": 20}
_WIDE: Final = 22
"""Of a column of words; `_WIDTHS`: of the others."""
_CHECKPOINT, _TITLE = (column for column in MARKS if column.id in ("checkpoint", "checkpoint-title"))


def write_xlsx(file: BinaryIO, summary: Iterable[Row], marks: Iterable[Row]) -> int:
    """Write the workbook; returns how many marks. `summary` is under `SUMMARY`, `marks` under `MARKS`."""
    import xlsxwriter  # late: nothing else needs it

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    book.use_zip64()  # only what is larger than two gigabytes is written so
    try:
        sheets = _Sheets(book)
        sheets.write(_("Attempts"), SUMMARY, summary)
        tally = Tally()
        count = sheets.write(_("Marks"), MARKS, tally.passing(marks))
        sheets.checkpoints(tally.checkpoints())
    finally:
        book.close()
    return count


def write_table(file: BinaryIO, name: str, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    """Write a workbook of one table; returns how many rows. `name`: of its sheet."""
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.use_zip64()
    try:
        return _Sheets(book).write(name, columns, rows)
    finally:
        book.close()


class _Sheets:
    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._share = book.add_format({"num_format": "0%"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})

    def write(self, name: str, columns: Sequence[Column], rows: Iterable[Row]) -> int:
        """A table, over as many sheets as it needs; returns how many rows."""
        part, at, count = 1, 0, 0
        sheet = self._begun(name, columns)
        for row in worded(columns, rows):
            at += 1
            if at == _ROWS:
                part, at = part + 1, 1
                sheet.autofilter(0, 0, _ROWS - 1, len(columns) - 1)
                sheet = self._begun(f"{name} {part}", columns)
            for place, cell in enumerate(row):
                self._put(sheet, at, place, cell)
            count += 1
        sheet.autofilter(0, 0, max(at, 1), len(columns) - 1)
        return count

    def checkpoints(self, counted: Sequence[Counted]) -> None:
        """How often each checkpoint was met and missed, with a chart."""
        rows = [(one.id, one.title, *(one.verdicts[verdict] for verdict in VERDICTS), one.share) for one in counted]
        columns = (
            _CHECKPOINT,
            _TITLE,
            *(Column(verdict, verdict, "number") for verdict in VERDICTS),
            Column("share", "share", "share"),
        )
        sheet = self._book.add_worksheet(_("Checkpoints"))
        titles = (*headings(columns[:2]), *words("verdict").values(), _("Met, of met and missed"))
        self._head_row(sheet, titles, columns)
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                self._put(sheet, at, place, cell)
        if not rows:
            return
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        for place in (2, 3):
            chart.add_series(
                {
                    "name": [sheet.get_name(), 0, place],
                    "categories": [sheet.get_name(), 1, 1, len(rows), 1],
                    "values": [sheet.get_name(), 1, place, len(rows), place],
                    "fill": {"color": "#2E7D5B" if place == 2 else "#B3412E"},
                }
            )
        chart.set_title({"name": _("Met and missed, by checkpoint")})
        chart.set_y_axis({"reverse": True})
        chart.set_legend({"position": "top"})
        chart.set_size({"width": 760, "height": 120 + 22 * len(rows)})
        sheet.insert_chart(0, len(columns) + 1, chart)

    def _begun(self, name: str, columns: Sequence[Column]) -> "Worksheet":
        sheet = self._book.add_worksheet(name)
        self._head_row(sheet, headings(columns), columns)
        return sheet

    def _head_row(self, sheet: "Worksheet", titles: Sequence[str], columns: Sequence[Column]) -> None:
        sheet.freeze_panes(1, 0)
        for place, (title, column) in enumerate(zip(titles, columns, strict=True)):
            sheet.set_column(place, place, max(_WIDTHS.get(column.kind, _WIDE), len(title) + 2))
            sheet.write_string(0, place, title, self._head)

    def _put(self, sheet: "Worksheet", at: int, place: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if cell:
                sheet.write_string(at, place, cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…")
        elif isinstance(cell, bool):
            sheet.write_boolean(at, place, cell)
        elif isinstance(cell, int):
            sheet.write_number(at, place, cell)
        elif isinstance(cell, float):
            sheet.write_number(at, place, cell, self._share)
        elif isinstance(cell, datetime):
            sheet.write_datetime(at, place, cell.replace(tzinfo=None), self._moment)
