"""The desk of outgoing calls, and the one of a call from a colleague, at the shipped scenarios."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.library import load_file
from simulator.scenario.scenario import Scenario
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desks import DESKS
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
"""Shows a widget at the size of a window and writes it under a name; it does not delete it."""

ASKED = (
    "Buenos días, le habla Camila Fuentes, de la Clínica Dental Los Quillayes. ¿Sería tan amable de comunicarme con la "
    "señora Paula Arancibia, por favor?"
)


def scenario(file: str) -> Scenario:
    """A shipped scenario by its file."""
    found = load_file(paths.scenarios() / file, shipped_protocol().protocol).scenario
    assert found is not None
    return found


class Shift:
    """A desk brought to a moment by hand: clock and store are the test's, core and widgets the real ones."""

    def __init__(self, file: str) -> None:
        self.line = Line(scenario(file))
        channel = self.line.scenario.doc.channel
        self.desk: ContactDesk = DESKS[channel](self.line.controller, settings=Settings())
        self.desk.begin()
        self.line.start()

    def act(self, name: str, ms: int = 0, **args: str) -> "Shift":
        self.line.controller.act(name, **args)
        self.line.go(ms)
        return self

    def say(self, text: str) -> "Shift":
        self.line.controller.say(text)
        self.line.quiet()
        return self

    def shoot(self, name: str, shoot: Shoot) -> None:
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()


def draw(shoot: Shoot) -> None:
    """Hands every state of the desks to `shoot`, under its name."""
    calls, inside = "outbound/cancelled-appointments.yaml", "colleague/colleague-on-the-line.yaml"
    Shift(calls).act("dismiss-colleague").shoot("outbound-list", shoot)
    Shift(calls).act("dismiss-colleague").act("dial", 8_000).shoot("outbound-ringing", shoot)
    _reception(calls).shoot("outbound-reception", shoot)
    _put_through(calls).shoot("outbound-person", shoot)
    _in_vain(calls).shoot("outbound-nobody", shoot)
    _next(calls).shoot("outbound-next", shoot)
    _small(_put_through(calls)).shoot("outbound-small", shoot)
    _rings(inside).shoot("colleague-ringing", shoot)
    _rings(inside).act("answer").say("Despacho, buenas tardes, le habla Génesis. ¿En qué le puedo ayudar?").shoot(
        "colleague-talking", shoot
    )


def _reception(file: str) -> Shift:
    shift = Shift(file).act("dismiss-colleague").act("dial", 10_000)
    shift.line.quiet()
    return shift


def _put_through(file: str) -> Shift:
    shift = _reception(file).say(ASKED).say("Muchas gracias.")
    return shift.say("Señora Paula, buenos días. ¿Me confirma su fecha de nacimiento, por favor?")


def _in_vain(file: str) -> Shift:
    shift = Shift(file).act("dismiss-colleague")
    shift.desk.turn_to("marcela")
    return shift.act("dial", 30_000)


def _next(file: str) -> Shift:
    """The first call is over and written up: the next of the list is on the card."""
    shift = _put_through(file).act("hang-up")
    shift.desk.notes.save.click()
    return shift


def _small(shift: Shift) -> Shift:
    shift.desk.resize(700, 560)
    return shift


def _rings(file: str) -> Shift:
    shift = Shift(file)
    shift.line.go(5_000)
    return shift
