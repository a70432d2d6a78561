"""A desk brought to a moment by hand: what the pictures of all desks share."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

from PySide6.QtWidgets import QWidget

from simulator.scenario.scenario import Scenario
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
"""Shows a widget at the size of a window and writes it under a name; it does not delete it."""
Desk = TypeVar("Desk", bound=ContactDesk)

SMALL = (760, 560)
"""About the least that the window leaves to a desk."""


class Stage(Generic[Desk]):
    """Clock and store are the test's, core and widgets the real ones. `played`: a scenario, or a line that has one;
    `more`: what else the desk is made with."""

    def __init__(self, kind: type[Desk], played: Scenario | Line, **more: Any) -> None:
        self.line = played if isinstance(played, Line) else Line(played)
        self.desk = kind(self.line.controller, **{"settings": Settings(), **more})
        self.desk.begin()

    def start(self, ms: int = 0, *, hints: bool = False) -> Self:
        """The attempt begins, `ms` milliseconds ago."""
        self.line.start(hints=hints)
        return self.go(ms)

    def go(self, ms: int) -> Self:
        self.line.go(ms)
        return self

    def act(self, name: str, ms: int = 0, /, **args: str) -> Self:
        """The agent does something, `ms` milliseconds ago."""
        self.line.controller.act(name, **args)
        return self.go(ms)

    def say(self, text: str) -> Self:
        """The agent speaks or sends, just now."""
        self.line.controller.say(text)
        return self

    def talk(self, *texts: str, ms: int = 0) -> Self:
        """The agent speaks or sends, and each time lets the answer end, and `ms` milliseconds more pass."""
        for text in texts:
            self.say(text).quiet().go(ms)
        return self

    def quiet(self) -> Self:
        """The line that sounds ends."""
        self.line.quiet()
        return self

    def shoot(self, name: str, shoot: Shoot, size: tuple[int, int] | None = None) -> None:
        """Has the picture taken, and ends the desk."""
        if size is not None:
            self.desk.resize(*size)
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()
