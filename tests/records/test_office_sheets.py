"""The tables of the office: what they say, and that they are written cell by cell."""

import csv
import io

import pytest
from openpyxl import load_workbook

from simulator.records.csv_file import write_csv
from simulator.records.office.question import Wanted
from simulator.records.office.sheets import (
    Sheet,
    heat_sheet,
    list_sheet,
    progress_sheet,
    readiness_sheet,
    totals_sheet,
)
from simulator.records.store import Store
from simulator.records.xlsx_file import write_table
from tests.records.results import Class
from tests.records.test_office import some


@pytest.fixture
def sheets(store: Store) -> list[Sheet]:
    some(Class(store))
    office, every = store.office, Wanted()
    office.move(["ana"], office.create_cohort("=Primavera"))
    return [
        totals_sheet(office.totals(every)),
        heat_sheet(office.heat(every, "cohort")),
        progress_sheet(office.progress(every)),
        readiness_sheet(office.readiness(every), names=True),
        list_sheet("Todos", office.listed(every).rows, names=False),
    ]


def test_rows_fit_their_columns_and_their_keys(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        assert sheet.rows
        assert {len(row) for row in sheet.rows} == {len(sheet.columns)}
        assert len(sheet.keys) in (0, len(sheet.rows))


def test_the_names_of_people_are_there_only_when_asked_for(sheets: list[Sheet]) -> None:
    assert "Ana" in {cell for row in sheets[3].rows for cell in row}
    assert "Ana" not in {cell for row in sheets[4].rows for cell in row}


def test_rows_that_begin_alike_are_all_written(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        file = io.BytesIO()
        assert write_csv(file, sheet.columns, sheet.rows, delimiter=";", decimal=",") == len(sheet.rows)
        read = list(csv.reader(file.getvalue().decode("utf-8-sig").splitlines(), delimiter=";"))
        assert {len(row) for row in read} == {len(sheet.columns)}
        assert len({tuple(row) for row in read}) == len({sheet.columns, *sheet.rows})
        assert not [cell for row in read for cell in row if cell.startswith("=")]


def test_the_workbook_has_the_same_cells(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        file = io.BytesIO()
        write_table(file, sheet.name, sheet.columns, sheet.rows)
        page = load_workbook(file)[sheet.name]
        assert page.freeze_panes == "A2"
        numbers = [place for place, column in enumerate(sheet.columns) if column.kind == "number"]
        for written, row in zip(page.iter_rows(min_row=2, values_only=True), sheet.rows, strict=True):
            assert [written[place] for place in numbers] == [row[place] for place in numbers]
