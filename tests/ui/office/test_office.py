"""The office in the window: what is asked, shown, narrowed, exported; cohorts; for every eye, hand and size of text."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from simulator.records.accounts import Reviewer, Role
from simulator.records.office.figures import Totals
from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.office.page import COHORTS
from simulator.ui.pages.attempts_table import TONE_ROLE
from tests.records.sealed import SIGNER
from tests.ui.office.conftest import WAIT_MS, Hands

TRAINER = Reviewer("t", "Rosa", Role.TRAINER, SIGNER)


def test_the_overview_says_how_much_there_is(office: Hands) -> None:
    for said in ("6", "3", "2", "50 %", "3 de 12"):
        office.reads(office.page.overview, said)
    assert office.page.overview.below_button.text() == "Por debajo del mínimo: 2"
    assert office.page.overview.unreviewed_button.text() == "Sin revisar: 6"
    office.page.overview.below_button.click()
    office.settled()
    assert office.page.section == "list"
    assert office.page.list.table.model().rowCount() == 2


def test_the_heat_map_says_its_numbers_and_leads_to_the_attempts(office: Hands) -> None:
    office.see("heat")
    table = office.page.heat.table
    model = table.model_
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)] == ["Todas", "Primavera", "Sin cohorte"]
    cell = model.index(0, 1)
    assert cell.data() == "60 %\nn 5"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Greet; Primavera: 60 %, 5 decididas"
    assert [model.index(1, at).data() for at in (0, 2)] == ["100 %\nn 3 · ? 3", "–\nn 0 · ? 1"]
    assert [model.index(0, at).data(TONE_ROLE) for at in (0, 1, 2)] == ["bad", "warning", "bad"]
    table.setCurrentIndex(cell)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    office.settled()
    assert office.page.section == "list"
    wanted = office.page.filters.wanted
    assert (wanted.checkpoint, wanted.cohort) == ("greet", office.store.office.cohorts()[0].id)
    assert office.page.list.table.model().rowCount() == 5


def test_the_columns_of_the_map_can_be_weeks(office: Hands) -> None:
    office.see("heat")
    office.page.heat.by.buttons["week"].click()
    office.settled()
    heads = [office.page.heat.table.model_.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert heads == ["Todas", "4 may", "11 may"]


def test_progress_is_a_plot_and_a_table(office: Hands) -> None:
    office.see("progress")
    section = office.page.progress
    assert section.plot.is_drawn
    assert "Primavera: 1 → 74, 2 → 82" in section.plot.accessibleDescription()
    model = section.table.model()
    assert [model.index(0, at).data() for at in range(5)] == ["Primavera", "1", "3", "74,3", "67 %"]


def test_readiness_narrows_to_a_person(office: Hands) -> None:
    office.see("readiness")
    section = office.page.readiness
    assert section.count.text() == "Alcanzada: 1 · casi: 1 · todavía no: 1"
    table = section.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    office.settled()
    assert office.page.filters.wanted.person == "carla"
    assert section.count.text() == "Alcanzada: 0 · casi: 0 · todavía no: 1"


def test_an_attempt_is_opened(office: Hands) -> None:
    opened: list[str] = []
    office.room.opened.connect(opened.append)
    office.see("list")
    office.page.list.table.setFocus()
    QTest.keyClick(office.page.list.table, Qt.Key.Key_Return)
    office.page.list.open_button.click()
    office.settled()
    assert opened == ["c1", "c1"]


def test_a_threshold_of_ones_own(office: Hands) -> None:
    office.see("list")
    office.page.list.threshold.put("75")
    office.page.list.changed.emit()
    office.settled()
    assert office.page.list.count.text() == "1 intento"
    office.page.list.queues.buttons["all"].click()
    office.settled()
    assert office.page.list.count.text() == "6 intentos"
    assert not office.page.list.threshold.isVisible()


def test_names_are_shown_and_exported_only_when_asked_for(office: Hands, tmp_path: Path) -> None:
    office.see("list")
    office.page.list.queues.buttons["all"].click()
    office.settled()
    for named in (False, True):
        path = tmp_path / f"{named}.csv"
        office.room.export_to("list", path)
        office.settled()
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        assert len(rows) == 7
        assert ("Ana" in {cell for row in rows for cell in row}) is named
        heads = [column.id for column in office.page.list.sheet.columns]
        assert ("name" in heads) is named
        assert len(rows[0]) == len(heads)
        office.page.filters.names.click()
        office.settled()


def test_what_is_shown_is_what_is_exported(office: Hands, tmp_path: Path) -> None:
    for section in office.page.sections:
        office.see(section)
        path = tmp_path / f"{section}.xlsx"
        office.room.export_to(section, path)
        office.settled()
        (page,) = load_workbook(path).worksheets
        assert page.max_row == len(office.page.sections[section].sheet.rows) + 1
    assert list(tmp_path.glob("*.new")) == []


def test_attempts_leave_in_every_format(office: Hands, tmp_path: Path) -> None:
    office.see("list")
    office.page.list.queues.buttons["all"].click()
    office.settled()
    begins = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF", "jsonl": b'{"results"', "json": b"[{"}
    for suffix, begin in begins.items():
        office.page.list.results_button.click()
        dialog = office.room.dialog
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / f"todo.{suffix}"))
        office.settled()
        dialog.reject()
        assert (tmp_path / f"todo.{suffix}").read_bytes().startswith(begin), suffix
    log = [json.loads(line) for line in (tmp_path / "todo.jsonl").read_text("utf-8").splitlines()]
    assert log[-1] == {"attempts": 6}
    office.room.export_results(tmp_path / "sin-final")
    office.settled()
    assert (tmp_path / "sin-final.xlsx").exists()
    assert list(tmp_path.glob("*.part")) == []


def test_a_passed_attempt_has_a_certificate(office: Hands, tmp_path: Path) -> None:
    office.see("list")
    office.page.list.queues.buttons["all"].click()
    office.settled()
    table = office.page.list.table
    results = {}
    for row in range(table.model().rowCount()):
        table.selectRow(row)
        results[row] = office.page.list.certificate_button.isEnabled()
    assert set(results.values()) == {True, False}
    table.selectRow(next(row for row, passed in results.items() if passed))
    office.page.list.certificate_button.click()
    dialog = office.room.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "c.pdf"))
    office.settled()
    assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()


def test_a_folder_that_refuses_the_file_is_said(office: Hands, tmp_path: Path) -> None:
    office.room.export_to("overview", tmp_path / "nowhere" / "a.csv")
    office.settled()
    office.reads(office.window, "El sistema")


def test_what_is_written_is_asked_for_by_the_system(office: Hands, tmp_path: Path) -> None:
    office.page.overview.export_button.click()
    dialog = office.room.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "Resumen.csv"))
    office.settled()
    assert (tmp_path / "Resumen.csv").read_text("utf-8-sig").startswith("Cifra")
    dialog.reject()
    office.qtbot.waitUntil(lambda: office.room.dialog is None, timeout=WAIT_MS)


def test_filters_that_leave_nothing_say_so(office: Hands) -> None:
    office.page.filters.narrow(result="pending")
    office.settled()
    office.reads(office.page.overview, "Nada corresponde")
    assert not office.page.overview.export_button.isEnabled()
    office.page.filters.clear_button.click()
    office.reads(office.page.overview, "6")


def test_a_day_that_is_none_is_said_where_it_is_written(office: Hands) -> None:
    filters = office.page.filters
    filters.since.setText("ayer")
    filters.since.editingFinished.emit()
    assert "AAAA-MM-DD" in filters.wrong.text()
    filters.since.setText("2026-05-06")
    filters.since.editingFinished.emit()
    office.settled()
    assert not filters.wrong.isVisible()
    office.reads(office.page.overview, "1")


def test_an_answer_that_is_no_longer_asked_for_is_dropped(office: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []

    def put(found: Totals, below: int, unreviewed: int) -> None:
        shown.append(found.attempts)

    monkeypatch.setattr(office.page.overview, "put", put)
    for person in ("ana", "carla", "bea"):
        office.page.filters.narrow(person=person)
    office.settled()
    assert shown == [2]


def test_without_results_the_office_says_how_they_come(hands: Hands) -> None:
    page = hands.enter()
    hands.reads(page, "python main.py import ARCHIVO")
    assert not page.filters.isVisible()
    hands.see(COHORTS)
    assert page.cohorts.isVisible()


def listed(office: Hands) -> list[str]:
    view = office.page.cohorts.cohorts
    return [view.item(at).text() for at in range(view.count())]


def test_cohorts_are_made_named_and_deleted(office: Hands) -> None:
    office.see(COHORTS)
    panel = office.page.cohorts
    panel.name.setText("Otoño")
    panel.create_button.click()
    office.settled()
    assert listed(office) == ["Otoño · 0 personas", "Primavera · 2 personas"]
    panel.name.setText("primavera")
    panel.create_button.click()
    office.settled()
    assert panel.refusal.text() == "Ya hay una cohorte «primavera»."
    panel.cohorts.setCurrentRow(0)
    panel.name.setText("Invierno")
    panel.rename_button.click()
    office.settled()
    assert listed(office) == ["Invierno · 0 personas", "Primavera · 2 personas"]
    panel.delete_button.click()
    assert panel.asking is not None
    panel.asking.buttons["keep"].click()
    assert len(office.store.office.cohorts()) == 2
    panel.delete_button.click()
    panel.asking.buttons["delete"].click()
    office.settled()
    assert listed(office) == ["Primavera · 2 personas"]


def test_several_people_are_moved_at_once(office: Hands) -> None:
    office.see(COHORTS)
    panel = office.page.cohorts
    panel.people.selectAll()
    count = panel.people.count()
    assert not panel.move_button.isEnabled(), "no cohort is chosen"
    panel.target.setCurrentIndex(1)
    panel.target.activated.emit(1)
    assert panel.move_button.text() == f"Mover a {count} personas"
    panel.move_button.click()
    office.settled()
    assert listed(office) == [f"Primavera · {count} personas"]


def test_a_trainer_sees_the_office_and_leaves_the_cohorts_alone(office: Hands) -> None:
    page = office.enter(TRAINER)
    assert COHORTS not in page.choice.buttons
    page.cohorts.created.emit("Otoño")
    office.settled()
    assert [cohort.name for cohort in office.store.office.cohorts()] == ["Primavera"]


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Callable[[Settings], None]]:
    def dressed(asked: Settings) -> None:
        theme.apply(qapp, asked)

    yield dressed
    theme.apply(qapp, Settings(theme="light"))


SECTIONS = ("overview", "heat", "progress", "readiness", "list", COHORTS)


def test_every_control_has_a_name_and_takes_the_focus(office: Hands) -> None:
    page = office.page
    page.filters.more_button.setChecked(True)
    for section in SECTIONS:
        office.see(section)
        kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
        views = [inside for view in page.findChildren(QAbstractItemView) for inside in view.findChildren(QWidget)]
        controls = [
            made
            for made in page.findChildren(QWidget)
            if isinstance(made, kinds)
            and made.isVisible()
            and made not in views
            and not isinstance(made.parentWidget(), QLineEdit)
        ]
        assert [made for made in controls if not made.accessibleName().strip()] == []
        assert [made.accessibleName() for made in controls if not made.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


@pytest.mark.parametrize("size", [80, 100, 200])
def test_nothing_is_wider_than_the_page(office: Hands, dress: Callable[[Settings], None], size: int) -> None:
    dress(Settings(theme="dark", text_size=size))
    page = office.page
    page.filters.more_button.setChecked(True)
    page.setParent(None)
    office.qtbot.addWidget(page)
    page.resize(470, 520)  # what the smallest window leaves beside the rail at 200 %
    with office.qtbot.waitExposed(page):
        page.show()
    for section in SECTIONS:
        page.choice.put(section)
        page._arrange()
        page.refresh_icons()
        QApplication.processEvents()
        assert page.scroller.horizontalScrollBar().maximum() == 0, section
