"""A started program, and the hands of a test on it."""

from collections.abc import Callable
from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from simulator.session.state import ContactState
from simulator.ui.application import Application
from simulator.ui.main_window import MainWindow
from simulator.ui.opening import Places
from simulator.ui.services import CallOptions
from simulator.ui.session_controller import SessionController

WAIT_MS = 20_000
OPTIONS = CallOptions(hints=False, captions=True, difficulty=1)


@dataclass
class Program:
    """A started program and the hands of a test on it."""

    window: MainWindow
    application: Application
    places: Places
    qtbot: QtBot

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def shown(self, page: str) -> None:
        self.until(lambda: self.window.shown == page and self.application.tasks.idle)

    def signed_in(self, name: str = "Ana") -> None:
        self.application.begin()
        self.shown("profiles")
        self.application.add_person(name)
        self.shown("library")

    def calling(self) -> None:
        """On the phone with the guided call's customer, greeted."""
        self.application.choose("guided-first-call")
        self.shown("briefing")
        self.application.take(OPTIONS)
        self.until(lambda: self.application.calls.session is not None and self.contact.rings > 0)
        self.session.act("answer")
        self.session.say("Farmacias Sol Andino, muy buenos días, le habla Ana, ¿en qué le puedo ayudar?")

    @property
    def session(self) -> SessionController:
        assert self.application.calls.session is not None
        return self.application.calls.session

    @property
    def contact(self) -> ContactState:
        assert self.session.contact is not None
        return self.session.contact
