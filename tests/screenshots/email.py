"""The desk of e-mail in each of its states."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from simulator.settings import Settings
from simulator.ui.channels.email import EmailDesk
from tests.scenarios.test_inbox import inbox
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
LETTER = """Buenos días, don Hernán:

Le escribe Natalia Duque, de Aguas de San Lorenzo. Gracias por su correo. Lo recibimos en Facturación, que es el área \
encargada, y le daremos respuesta de fondo en quince días habiles.

Comprendo su preocupación. Programamos una visita de revisión del medidor para revizar su consumo."""


@dataclass
class Office:
    """An inbox brought to a moment by hand: clock and store are the test's, core and widgets the real ones."""

    line: Line = field(default_factory=lambda: Line(inbox()))
    desk: EmailDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = EmailDesk(self.line.controller, settings=Settings())
        self.desk.begin()
        self.line.start()
        self.line.go(1_000)

    def act(self, name: str, **args: str) -> "Office":
        self.line.controller.act(name, **args)
        return self

    def answered(self) -> "Office":
        self.act("open").act("triage", **{"class": "reclamo"}).act("verify").act("assign", advisor="Camilo Ortega")
        self.line.controller.say(LETTER)
        return self

    def shoot(self, name: str, shoot: Shoot) -> None:
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    Office().shoot("email-unopened", shoot)
    Office().act("open").shoot("email-open", shoot)
    _checked().shoot("email-spelling", shoot)
    _small().shoot("email-small", shoot)
    Office().answered().act("close").act("jump", to="message").shoot("email-wrote-again", shoot)
    Office().answered().act("jump", to="morning").shoot("email-late", shoot)
    Office().act("open").act("jump", to="end").shoot("email-over", shoot)


def _checked() -> Office:
    office = Office().act("open").act("triage", **{"class": "reclamo"}).act("verify")
    office.desk.reply.set_text(LETTER)
    office.desk.toolbar.button("spell-check").click()
    return office


def _small() -> Office:
    office = _checked()
    office.desk.resize(700, 560)
    return office
