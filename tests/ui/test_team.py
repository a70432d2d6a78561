"""The team in the window: sent in the background, told quietly, set up in the settings, never waited for."""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from simulator import settings
from simulator.records.store import Store
from simulator.ui.opening import Places
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.widgets import Notice
from tests.records.team.desks import desk
from tests.records.team.test_lrs import answering, status
from tests.ui.program import Program

# A machine without a sound server: QtMultimedia says so, and the program says it in words of its own.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", extend=True)

SETTINGS = settings.Settings(last_profile="person-a")
NOBODY = "postgresql://puesto@127.0.0.1:1/equipo"


@pytest.fixture
def stocked(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk with two submitted attempts of Íñigo."""
    for name in ("TERCER_TIMBRE_TEAM", "TERCER_TIMBRE_LRS"):
        monkeypatch.delenv(name, raising=False)
    desk(places.database, 2).close()
    settings.save(places.settings, SETTINGS)


def said(program: Program) -> str:
    notice = program.window.findChild(Notice)
    found = None if notice is None else notice.findChild(QLabel)
    return "" if found is None else found.text()


def begun(program: Program) -> None:
    program.application.begin()
    program.shown("library")


def settled(program: Program) -> None:
    program.until(lambda: not program.application.team.courier.busy)


@pytest.mark.usefixtures("stocked")
def test_at_the_start_what_waits_is_sent_and_said(start: Callable[[], Program], places: Places) -> None:
    received: list[bytes] = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        received.append(body)
        status(200)(handler, body)

    with answering(answer) as target:
        settings.save(places.settings, replace(SETTINGS, lrs=target.address))
        program = start()
        begun(program)
        program.until(lambda: said(program) == "2 resultados enviados al equipo de trabajo.")
        settled(program)
    with Store.open(places.database) as store:
        assert store.waiting(target.address) == []
    assert len(received) == 1, "sent once"


@pytest.mark.usefixtures("stocked")
def test_without_a_network_what_waits_is_said_once_and_tried_again(
    start: Callable[[], Program], places: Places
) -> None:
    settings.save(places.settings, replace(SETTINGS, team=NOBODY))
    program = start()
    begun(program)
    program.until(lambda: said(program).startswith("Ahora no se llega al equipo de trabajo: 2 resultados esperan"))
    courier = program.application.team.courier
    assert courier._again.isActive()
    program.window.clear_notice()
    courier.sync()
    settled(program)
    assert said(program) == ""
    assert "No se llega a la base de datos del equipo" in courier.last


@pytest.mark.usefixtures("stocked")
def test_a_desk_without_a_team_starts_no_process(start: Callable[[], Program]) -> None:
    program = start()
    begun(program)
    program.application.team.sync()
    assert not program.application.team.courier.busy


@pytest.mark.usefixtures("stocked")
def test_a_hint_does_not_take_the_place_of_an_offer(start: Callable[[], Program]) -> None:
    program = start()
    begun(program)
    program.window.notify("¿Sigue?", "warning", [("resume", "Seguir")])
    program.window.hint("2 resultados enviados.")
    program.until(lambda: said(program) == "¿Sigue?")
    program.window.clear_notice()
    program.window.hint("2 resultados enviados.")
    program.until(lambda: said(program) == "2 resultados enviados.")


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes every connection and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://puesto@127.0.0.1:{server.getsockname()[1]}/xAPI"


@pytest.mark.usefixtures("stocked")
def test_a_server_that_says_nothing_stalls_neither_the_window_nor_its_end(
    start: Callable[[], Program], places: Places, silent: str
) -> None:
    settings.save(places.settings, replace(SETTINGS, lrs=silent))
    program = start()
    begun(program)
    program.until(lambda: program.application.team.courier.busy)
    beats = [time.perf_counter()]
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(10)
    until = time.perf_counter() + 2
    program.until(lambda: time.perf_counter() > until)
    heart.stop()
    assert program.application.team.courier.busy, "it is still waited for"
    assert max(after - before for before, after in pairwise(beats)) < 0.25
    before = time.perf_counter()
    program.application.close()
    assert time.perf_counter() - before < 2


def page_of(program: Program) -> SettingsPage:
    program.application.show_settings()
    page = program.window.page("settings")
    assert isinstance(page, SettingsPage)
    return page


@pytest.mark.usefixtures("stocked")
def test_an_address_is_tested_kept_and_used_from_the_settings(start: Callable[[], Program], places: Places) -> None:
    asked: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        asked.append(handler.headers["Authorization"])
        status(200)(handler, body)

    program = start()
    begun(program)
    page = page_of(program).team
    with answering(answer) as target:
        page.addresses["lrs"].setText(target.address)
        page.passwords["lrs"].setText("secreto")
        page.buttons["lrs"].click()
        assert not page.buttons["lrs"].isEnabled()
        program.until(lambda: page.state.text().endswith("2 resultados enviados al equipo de trabajo."))
    assert settings.load(places.settings).lrs == target.address
    assert page.passwords["lrs"].text() == ""
    assert len(set(asked)) == 1
    assert "secreto" not in places.settings.read_text("utf-8")
    page.addresses["lrs"].clear()
    page.buttons["lrs"].click()
    program.until(lambda: page.state.text() == "Ya no se envía nada allí.")
    assert settings.load(places.settings).lrs is None


@pytest.mark.usefixtures("stocked")
def test_an_address_that_does_not_answer_is_kept_and_one_that_is_none_is_not(
    start: Callable[[], Program], places: Places
) -> None:
    program = start()
    begun(program)
    page = page_of(program).team
    page.addresses["database"].setText("el servidor de siempre")
    page.buttons["database"].click()
    program.until(lambda: page.state.text().startswith("Esa no es la dirección de un equipo."))
    assert settings.load(places.settings).team is None
    page.addresses["database"].setText(NOBODY)
    page.buttons["database"].click()
    program.until(lambda: page.state.text().startswith("Guardado. No se llega a la base de datos"))
    assert settings.load(places.settings).team == NOBODY
