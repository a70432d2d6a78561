"""Trainers and HR in the real window: the door, their places, what a role does not see, leaving."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from simulator.records.accounts import Cost, Role
from simulator.records.signing import shown
from simulator.records.store import Store
from simulator.ui.pages.accounts import AccountsPage
from simulator.ui.pages.desks import DesksPage, KeyLine
from simulator.ui.pages.profiles import ProfilesPage
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.pages.sign_in import SignInPage
from simulator.ui.rail import PLACES, STAFF
from simulator.ui.widgets import Ask, Notice
from tests.records.cases import NOON
from tests.records.sealed import SIGNER, submitted
from tests.ui.program import Program

pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", extend=True)

WORDS = "lluvia mesa tres faro"
OTHER_WORDS = "otra frase bien larga"
QUICK = Cost(n=2)

Start = Callable[[], Program]


def at_the_door(program: Program) -> SignInPage:
    program.window.rail.staff.click()
    program.shown(STAFF)
    page = program.window.page(STAFF)
    assert isinstance(page, SignInPage)
    return page


def staffed(program: Program) -> None:
    """An account of each role, made beforehand."""
    with Store.open(program.places.database) as store:
        hr = store.staff.add("Nuria Peña", Role.HR, WORDS, NOON, cost=QUICK)
        store.staff.add("Íñigo", Role.TRAINER, OTHER_WORDS, NOON + timedelta(minutes=1), hr, cost=QUICK)


def entered(program: Program, name: str, words: str) -> None:
    page = at_the_door(program)
    assert page.accounts is not None
    page.accounts.put(name)
    page.field.setText(words)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    program.until(lambda: program.application.staff.reviewer is not None and program.application.tasks.idle)


def places(program: Program) -> list[str]:
    return list(program.window.rail.buttons)


def accounts_page(program: Program) -> AccountsPage:
    program.window.rail.buttons["accounts"].click()
    program.shown("accounts")
    page = program.window.page("accounts")
    assert isinstance(page, AccountsPage)
    return page


def desks_page(program: Program) -> DesksPage:
    program.window.rail.buttons["desks"].click()
    program.shown("desks")
    page = program.window.page("desks")
    assert isinstance(page, DesksPage)
    return page


def words(page: QWidget) -> list[str]:
    return [made.text() for made in page.findChildren(QLabel) if made.isVisible()]


def asked(program: Program) -> Ask:
    (ask,) = [it for it in program.window.findChildren(Ask) if it.isVisible()]
    return ask


def test_the_first_account_is_made_at_the_desk_and_its_places_come_and_go(start: Start) -> None:
    program = start()
    program.signed_in()
    page = at_the_door(program)
    assert page.accounts is None, "no account to choose: the first is to be made"
    page.field.setText("Nuria Peña")
    page.chosen.first.setText(WORDS)
    page.chosen.second.setText("lluvia mesa tres")
    page.enter_button.click()
    assert "no son iguales" in page.message.text()
    page.chosen.second.setText(WORDS)
    page.enter_button.click()
    program.until(lambda: program.application.staff.reviewer is not None)
    assert (page.chosen.first.text(), page.chosen.second.text()) == ("", "")
    program.shown("office")
    assert places(program) == ["office", "desks", "accounts", "settings"]
    assert not program.window.rail.person.isVisible()
    assert program.window.rail.who.text() == "Nuria Peña"
    assert program.window.rail.staff.text() == "Salir"
    accounts_page(program)
    program.window.rail.staff.click()
    program.shown("library")
    assert program.application.staff.reviewer is None
    assert places(program) == [place.name for place in PLACES]
    assert program.window.rail.person.isVisible()
    assert {"desks", "accounts", STAFF}.isdisjoint(program.window.pages)


def test_a_wrong_passphrase_is_told_with_the_seconds_to_wait(start: Start) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    page = at_the_door(program)
    page.field.setText("una frase inventada")
    page.enter_button.click()
    program.until(lambda: page.message.text() != "")
    assert page.message.text() == "Esa no es la frase de acceso. Puede volver a intentarlo en 2 s."
    assert page.enter_button.text() in ("Espere 2 s", "Espere 1 s")
    assert not page.enter_button.isEnabled()
    assert page.field.text() == ""
    page.field.setText(WORDS)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert program.application.tasks.idle, "Enter is no way round"
    program.until(page.enter_button.isEnabled)
    assert (page.enter_button.text(), page.message.text()) == ("Entrar", "")
    page.enter_button.click()
    program.until(lambda: program.application.staff.reviewer is not None)


def test_a_trainer_is_not_offered_what_is_hrs(start: Start) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Íñigo", OTHER_WORDS)
    assert places(program) == ["review", "calibration", "office", "accounts", "settings"]
    assert not program.application.staff.go("desks", program.application._ready())
    page = accounts_page(program)
    assert not hasattr(page, "erase_button")
    assert not hasattr(page, "add_button")
    program.window.rail.buttons["settings"].click()
    settings = program.window.page("settings")
    assert isinstance(settings, SettingsPage)
    assert not settings.own_data.results.isVisible()
    assert not settings.own_data.take_button.isVisible(), "whose data would it be?"


def test_a_desk_that_only_hr_uses_can_be_entered_without_a_trainee(start: Start) -> None:
    program = start()
    program.application.begin()
    program.shown("profiles")
    page = program.window.page("profiles")
    assert isinstance(page, ProfilesPage)
    page.staff_button.click()
    program.shown(STAFF)
    program.window.rail.buttons["library"].click()
    program.shown("profiles")


def test_without_input_the_account_is_signed_out_with_its_questions(start: Start) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Nuria Peña", WORDS)
    page = accounts_page(program)
    page.person.setText("Ana")
    page.erase_button.click()
    program.until(lambda: page.asking is not None)
    idle = program.application.staff._idle
    assert idle.interval() == 15 * 60 * 1000
    idle.stop()
    QTest.keyClick(program.window, Qt.Key.Key_Shift)
    assert idle.isActive(), "any key begins the time anew"
    idle.timeout.emit()
    program.shown("library")
    assert program.application.staff.reviewer is None
    assert [ask for ask in program.window.findChildren(Ask) if ask.isVisible()] == []
    notice = program.window.findChild(Notice)
    assert notice is not None
    assert "15 minutos" in notice.accessibleName()
    assert [row.name for row in program.application.glance.profiles] == ["Ana"]


def test_what_comes_back_after_signing_out_is_shown_to_nobody(start: Start) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Nuria Peña", WORDS)
    program.window.rail.buttons["accounts"].click()  # its accounts are still being read
    program.window.rail.staff.click()
    program.shown("library")
    assert "accounts" not in program.window.pages


def test_hr_adds_and_removes_accounts(start: Start) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Nuria Peña", WORDS)
    page = accounts_page(program)
    page.name.setText("Ana María")
    page.chosen.first.setText("corta")
    page.chosen.second.setText("corta")
    page.add_button.click()
    program.until(lambda: "demasiado corta" in page.new_message.text())
    page.role.buttons["hr"].click()
    page.chosen.first.setText(OTHER_WORDS)
    page.chosen.second.setText(OTHER_WORDS)
    page.add_button.click()
    program.until(lambda: page.name.text() == "" and program.application.tasks.idle)
    page.removed.emit("Íñigo")
    program.until(lambda: program.application.tasks.idle)
    with Store.open(program.places.database) as store:
        assert [account.name for account in store.staff.accounts()] == ["Nuria Peña", "Ana María"]


def test_everybody_changes_their_own_passphrase(start: Start) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Íñigo", OTHER_WORDS)
    page = accounts_page(program)
    page.present.setText(OTHER_WORDS)
    for field in (page.own_chosen.first, page.own_chosen.second):
        field.setText("la tercera frase")
    page.change_button.click()
    program.until(page.own_done.isVisible)
    with Store.open(program.places.database) as store:
        assert store.staff.sign_in("Íñigo", "la tercera frase", NOON).role is Role.TRAINER


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of results of another desk, with two attempts of one person."""
    path = tmp_path / "puesto-4.jsonl"
    with Store.open(tmp_path / "other" / "t.db") as store:
        submitted(store, "a1", "a2")
        path.write_bytes(b"".join(store.results(["a1", "a2"], "0.1.0")))
    return path


def test_hr_takes_in_results_and_vouches_for_their_desk(start: Start, file: Path) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Nuria Peña", WORDS)
    page = desks_page(program)
    altered = file.with_name("alterado.jsonl")
    altered.write_bytes(file.read_bytes().replace("n.º 5?".encode(), "n.º 6?".encode(), 1))
    page.import_button.click()
    assert page.dialog is not None
    page.dialog.filesSelected.emit([str(altered), str(file), str(file.with_name("no-existe.jsonl"))])
    page.dialog.reject()
    program.until(lambda: page.import_button.isEnabled() and program.application.tasks.idle)
    for begin in (
        "Línea 11: Lo que pasó aquí fue alterado",
        "Nuevos: 1. Completados: 0. Ya conocidos: 1. Rechazados: 0.",
    ):
        program.until(lambda begin=begin: any(text.startswith(begin) for text in words(page)))  # type: ignore[misc]

    def unknown() -> list[KeyLine]:
        return [it for it in page.findChildren(KeyLine) if it.isVisible() and hasattr(it, "field")]

    program.until(lambda: len(unknown()) == 1)
    (line,) = unknown()
    assert not line.button.isEnabled()
    line.field.setText("Puesto 4")
    line.button.click()
    program.until(
        lambda: (
            program.application.tasks.idle
            and any(it.text() == "Puesto 4" for it in page.findChildren(type(page.heading)))
        )
    )
    with Store.open(program.places.database) as store:
        assert [key.label for key in store.desk_keys() if key.fingerprint == SIGNER.fingerprint] == ["Puesto 4"]
        assert len(store.published()) == 2
    program.until(lambda: f"reconocida · {shown(SIGNER.fingerprint)}" in words(page))


def test_hr_erases_a_person_after_a_second_question(start: Start, file: Path) -> None:
    program = start()
    program.signed_in()
    staffed(program)
    entered(program, "Nuria Peña", WORDS)
    desks = desks_page(program)
    desks.files_chosen.emit([file])
    program.until(lambda: desks.import_button.isEnabled() and program.application.tasks.idle)
    page = accounts_page(program)
    page.person.setText("nadie")
    page.erase_button.click()
    program.until(lambda: "no hay nadie" in page.erase_message.text())
    page.person.setText("agente-7f3a")
    page.erase_button.click()
    program.until(lambda: page.asking is not None)
    asked(program).buttons["keep"].click()
    assert program.application.tasks.idle
    page.erase_button.click()
    program.until(lambda: page.asking is not None)
    asked(program).buttons["erase"].click()
    program.until(lambda: page.person.text() == "" and program.application.tasks.idle)
    with Store.open(program.places.database) as store:
        assert [it.name for it in store.people()] == ["Ana"]
        assert len(store.tombstones()) == 2


def test_a_trainee_takes_their_data_away_and_deletes_their_practice(start: Start, tmp_path: Path) -> None:
    program = start()
    program.signed_in()
    program.calling()
    program.session.act("hang-up")
    program.session.finish()
    program.shown("debrief")
    program.application.show_settings()
    settings = program.window.page("settings")
    assert isinstance(settings, SettingsPage)
    part = settings.own_data
    assert part.take_button.isVisible()
    assert not part.results.isVisible()
    part.take_button.click()
    assert part.dialog is not None
    target = tmp_path / "mis-datos.zip"
    part.dialog.fileSelected.emit(str(target))
    part.dialog.reject()
    program.until(lambda: target.exists() and program.application.tasks.idle)
    part.drop_button.click()
    asked(program).buttons["drop"].click()
    program.until(lambda: program.application.glance.attempts == ())
