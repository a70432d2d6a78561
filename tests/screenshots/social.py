"""The social network's desk in each of its states."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from simulator.settings import Settings
from simulator.ui.channels.social import SocialDesk
from tests.scenarios.shipped import scenario
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
"""Shows a widget at the size of a window and writes it under a name; it does not delete it."""

HELLO = (
    "Buenas tardes, Nuria. En esta cuenta damos información y recibimos sus solicitudes, y con mucho gusto le ayudo. "
    "¿Cuánto pesa Coco?"
)
TO_PRIVATE = (
    "Buenas tardes. Lamento mucho lo de su tobillo, y entiendo el disgusto. Con mucho gusto le ayudo. Le escribo por "
    "mensaje privado, para que sus datos no queden a la vista."
)
SMALL = (760, 560)
"""About the least that the window leaves to a desk."""


@dataclass
class Comments:
    """Comments brought to a moment by hand: clock and store are the test's, core and widgets the real ones."""

    line: Line = field(default_factory=lambda: Line(scenario("comments-under-a-post")))
    desk: SocialDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = SocialDesk(self.line.controller, settings=Settings())
        self.desk.begin()
        self.line.start()

    def come(self) -> "Comments":
        """All three have commented, and Nuria was answered."""
        self.line.go(18_000)
        self.line.controller.say(HELLO)
        self.line.go(40_000)
        return self

    def private(self) -> "Comments":
        """Inés is being written to in private."""
        self.come()
        self.desk.turn_to("ines")
        self.line.controller.say(TO_PRIVATE)
        self.line.go(8_000)
        self.line.controller.act("private")
        self.line.controller.say("¿Me indica, por favor, su nombre y el localizador?")
        self.line.go(22_000)
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
    _begun().shoot("social-begun", shoot)
    Comments().come().shoot("social-public", shoot)
    Comments().private().shoot("social-private", shoot)
    _hidden().shoot("social-hidden", shoot)
    _misspelt().shoot("social-spelling", shoot)
    _over().shoot("social-over", shoot)
    Comments().private().shoot("social-small", shoot, SMALL)


def _begun() -> Comments:
    comments = Comments()
    comments.line.go(4_000)
    return comments


def _hidden() -> Comments:
    comments = Comments().come()
    comments.desk.turn_to("damian")
    comments.line.controller.say("Buenas tardes, don Damián. Entiendo su enfado, y le ofrezco disculpas.")
    comments.line.go(16_000)
    comments.line.controller.say("Don Damián, le pido, por favor, que no me insulte. Con respeto, le ayudo con gusto.")
    comments.line.go(3_000)
    comments.line.controller.act("hide")
    comments.line.go(20_000)
    return comments


def _misspelt() -> Comments:
    comments = Comments().come()
    comments.desk.reply.set_text("El ultimo autocar sale a las 21.30, desde el anden 6. ")
    assert comments.desk.spelling is not None
    comments.desk.spelling.look()
    return comments


def _over() -> Comments:
    comments = Comments().come()
    comments.line.controller.act("close")
    comments.line.go(500)
    return comments
