"""The desk of e-mail in each of its states."""

from simulator.ui.channels.email import EmailDesk
from tests.scenarios.test_inbox import inbox
from tests.screenshots.staging import Shoot, Stage

LETTER = """Buenos días, don Hernán:

Le escribe Natalia Duque, de Aguas de San Lorenzo. Gracias por su correo. Lo recibimos en Facturación, que es el área \
encargada, y le daremos respuesta de fondo en quince días habiles.

Comprendo su preocupación. Programamos una visita de revisión del medidor para revizar su consumo."""


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    _office().shoot("email-unopened", shoot)
    _office().act("open").shoot("email-open", shoot)
    _checked().shoot("email-spelling", shoot)
    _checked().shoot("email-small", shoot, (700, 560))
    _answered().act("close").act("jump", to="message").shoot("email-wrote-again", shoot)
    _answered().act("jump", to="morning").shoot("email-late", shoot)
    _office().act("open").act("jump", to="end").shoot("email-over", shoot)


def _office() -> Stage[EmailDesk]:
    return Stage(EmailDesk, inbox()).start(1_000)


def _read() -> Stage[EmailDesk]:
    return _office().act("open").act("triage", **{"class": "reclamo"}).act("verify")


def _answered() -> Stage[EmailDesk]:
    return _read().act("assign", advisor="Camilo Ortega").say(LETTER)


def _checked() -> Stage[EmailDesk]:
    office = _read()
    office.desk.reply.set_text(LETTER)
    office.desk.toolbar.button("spell-check").click()
    return office
