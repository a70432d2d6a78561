"""What the session's tests share: a small scenario, and a desk that sends commands."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.load import load_scenario
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Act, Command, PassTime, Say, Start
from simulator.session.decide import decide
from simulator.session.envelope import Event
from simulator.session.events import Happening
from simulator.session.evolve import evolve
from simulator.session.state import ContactState, State

T = TypeVar("T")


@cache
def mini() -> Scenario:
    """The small call of `mini.yaml`, under the shipped protocol."""
    loaded = load_scenario(
        (Path(__file__).parent / "mini.yaml").read_text("utf-8"), "mini.yaml", shipped_protocol().protocol
    )
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


@dataclass
class Desk:
    """A session under test: sends commands, keeps the log."""

    scenario: Scenario = field(default_factory=mini)
    state: State = field(default_factory=State)
    events: list[Event] = field(default_factory=list)
    sent: list[Command] = field(default_factory=list)

    @classmethod
    def started(cls, seed: int = 1) -> "Desk":
        desk = cls()
        desk.send(Start(0, "a1", seed, "Diego Salas"))
        return desk

    @classmethod
    def answered(cls, seed: int = 1) -> "Desk":
        """The phone rang at 2 s and was answered at 3 s."""
        desk = cls.started(seed)
        desk.act(3_000, "answer")
        return desk

    @classmethod
    def complaining(cls, seed: int = 1) -> "Desk":
        """The agent greeted at 4 s; the customer has said the complaint by 10 s."""
        desk = cls.answered(seed)
        desk.say(4_000, "Telenova, buenos días.")
        desk.until(10_000)
        return desk

    def send(self, command: Command) -> list[Happening]:
        events = decide(self.scenario, self.state, command)
        for event in events:
            self.state = evolve(self.state, event)
        self.events.extend(events)
        self.sent.append(command)
        return [event.what for event in events]

    def act(self, at: int, name: str, **args: str) -> list[Happening]:
        return self.send(Act(at, name, tuple(args.items())))

    def say(self, at: int, text: str, **more: int | bool) -> list[Happening]:
        return self.send(Say(at, text, **more))  # type: ignore[arg-type]

    def until(self, at: int) -> list[Happening]:
        return self.send(PassTime(at))

    @property
    def contact(self) -> ContactState:
        return self.state.contacts["c1"]

    def of(self, kind: type[T]) -> list["Logged[T]"]:
        """The logged events of a kind."""
        return [Logged(event.seq, event.at_ms, event.what) for event in self.events if isinstance(event.what, kind)]


@dataclass(frozen=True)
class Logged(Generic[T]):
    """A logged event whose kind is known."""

    seq: int
    at_ms: int
    what: T
