"""The chat's desk in each of its states."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from simulator.records.values import Draft
from simulator.settings import Settings
from simulator.ui.channels.chat import ChatDesk
from tests.scenarios.shipped import scenario
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
"""Shows a widget at the size of a window and writes it under a name; it does not delete it."""

HELLO = "Muy buenos días, gracias por escribir a Bazar Lenga. Le atiende Camila. ¿En qué le puedo ayudar?"
SMALL = (760, 560)
"""About the least that the window leaves to a desk."""


@dataclass
class Chats:
    """Chats brought to a moment by hand: clock and store are the test's, core and widgets the real ones."""

    line: Line = field(default_factory=lambda: Line(scenario("three-visitors")))
    kept: dict[str, Draft] = field(default_factory=dict)
    desk: ChatDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = ChatDesk(
            self.line.controller,
            settings=Settings(),
            draft_of=lambda contact: self.kept.get(contact, Draft("", {})),
            save_draft=self.kept.__setitem__,
        )
        self.desk.begin()
        self.line.start()

    def greeted(self) -> "Chats":
        """Rosa and Patricio were taken and greeted, Daniela waits in the queue."""
        self.line.go(1_000)
        self.desk.accept_next()
        self.line.controller.say(HELLO)
        self.line.go(18_000)
        self.desk.turn_to("patricio")
        self.desk.accept_next()
        self.line.go(8_000)
        self.line.controller.say(HELLO)
        self.line.go(28_000)
        return self

    def shoot(self, name: str, shoot: Shoot, size: tuple[int, int] | None = None) -> None:
        if size is not None:
            self.desk.resize(*size)
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    Chats().shoot("chat-queue", shoot)
    _checking().shoot("chat-equipment", shoot)
    Chats().greeted().shoot("chat-three", shoot)
    _typing().shoot("chat-typing", shoot)
    _misspelt().shoot("chat-spelling", shoot)
    _on_hold().shoot("chat-hold", shoot)
    _over().shoot("chat-over", shoot)
    Chats().greeted().shoot("chat-small", shoot, SMALL)


def _checking() -> Chats:
    chats = Chats()
    chats.desk.resize(1280, 800)
    chats.desk.show()
    chats.desk.check_equipment()
    assert chats.desk.check is not None
    chats.desk.check.field.setText("¿Manana sí?")
    return chats


def _typing() -> Chats:
    chats = Chats().greeted()
    chats.desk.turn_to("c1")
    chats.line.controller.say("Entiendo su preocupación, y le ofrezco disculpas. ¿Con quién tengo el gusto?")
    chats.line.go(3_000)
    return chats


def _misspelt() -> Chats:
    chats = Chats().greeted()
    chats.desk.reply.set_text("Lamento lo que paso, ya le ofresco una solucion. ")
    assert chats.desk.spelling is not None
    chats.desk.spelling.look()
    return chats


def _on_hold() -> Chats:
    chats = Chats().greeted()
    chats.line.controller.act("hold")
    chats.line.go(100_000)
    return chats


def _over() -> Chats:
    chats = Chats().greeted()
    chats.line.controller.act("close")
    chats.line.go(500)
    return chats
