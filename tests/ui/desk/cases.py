"""What the desk's tests share: a short call, a clock that moves when told, and a store that can fail."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.load import load_scenario
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Start
from simulator.session.envelope import Event
from simulator.session.events import ExamRules, Happening
from simulator.ui.channels.desk import ChannelDesk
from simulator.ui.session_controller import SessionController

T = TypeVar("T")


@cache
def call() -> Scenario:
    """The call of `call.yaml`, under the shipped protocol."""
    text = (Path(__file__).parent / "call.yaml").read_text("utf-8")
    loaded = load_scenario(text, "call.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


@dataclass
class Line:
    """A controller with a hand-moved clock. `broken`: the store refuses everything."""

    scenario: Scenario = field(default_factory=call)
    now: int = 0
    broken: bool = False
    stored: list[Event] = field(default_factory=list)
    controller: SessionController = field(init=False)

    def __post_init__(self) -> None:
        self.controller = SessionController(self.scenario, store=self.store, clock_ms=self.clock)

    def store(self, events: list[Event]) -> None:
        if self.broken:
            raise TercerTimbreError("file-unwritable", path="x.db", reason="disk full")
        self.stored.extend(events)

    def clock(self) -> int:
        return self.now

    def start(self, seed: int = 1, *, hints: bool = False) -> None:
        self.controller.send(Start(0, "a1", seed, "Diego Salas", hints=hints))

    def sit(self, limit_ms: int) -> None:
        """Begins as the first of two tries at an exam."""
        rules = ExamRules("e", "ab" * 32, "Examen", 1, 2, limit_ms, 80)
        self.controller.send(Start(0, "a1", 1, "Diego Salas", hints=True, mode="exam", exam=rules))

    def go(self, ms: int) -> None:
        """Lets time pass in ticks, as the timer would."""
        until = self.now + ms
        while self.now < until:
            self.now = min(until, self.now + 400)
            self.controller.tick()

    def quiet(self) -> None:
        """Lets the line that sounds end."""
        contact = self.controller.contact
        assert contact is not None
        spoken = contact.party.spoken
        if spoken is not None and spoken.until_ms > self.controller.now():
            self.go(spoken.until_ms - self.controller.now())

    def happened(self) -> list[Happening]:
        return [event.what for event in self.controller.events]

    def of(self, kind: type[T]) -> list[T]:
        return [what for what in self.happened() if isinstance(what, kind)]


def begun(qtbot: QtBot, desk: ChannelDesk, line: Line) -> None:
    """The desk is seen, and the attempt has begun."""
    desk.resize(1280, 800)
    qtbot.addWidget(desk)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.begin()
    line.start()
