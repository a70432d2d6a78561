"""The desk of a shift in its states."""

from PySide6.QtCore import QSize

from simulator.session.commands import Act
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desks import DESKS
from simulator.ui.channels.shift import ShiftDesk
from simulator.ui.desk.interlude import Interlude
from tests.scenarios.shipped import scenario
from tests.screenshots.staging import Shoot
from tests.ui.desk.cases import Line


class Shift:
    """A shift brought to a moment by hand."""

    def __init__(self) -> None:
        self.line = Line(scenario("first-shift"))
        controller = self.line.controller

        def seat(settings: Settings, interlude: Interlude) -> ContactDesk:
            return DESKS[controller.contact_scenario.doc.channel](controller, settings=settings, interlude=interlude)

        self.desk = ShiftDesk(controller, seat, settings=Settings())
        self.desk.begin()
        self.line.start()

    def own(self, name: str, **args: str) -> "Shift":
        """What is the agent's own: available, away, the leap."""
        self.line.controller.send(Act(self.line.now, name, tuple(args.items()), ""))
        return self

    def leap(self, times: int = 1) -> "Shift":
        for _ in range(times):
            self.own("jump", to="next")
        return self

    def wait(self, seconds: int) -> "Shift":
        self.line.go(seconds * 1000)
        return self

    def talk(self, *said: str) -> "Shift":
        self.wait(7)
        self.line.controller.act("answer")
        for text in said:
            self.line.controller.say(text)
            self.line.quiet()
        return self

    def shoot(self, name: str, shoot: Shoot, size: QSize | None = None) -> None:
        if size is not None:
            self.desk.resize(size)
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()


GREETING = "Farmacias Sol Andino, muy buenos días, le habla Daniela. ¿En qué le puedo ayudar?"
ALL = (
    "Con mucho gusto. El sábado atendemos de nueve de la mañana a seis de la tarde. ¿Con quién hablo, por favor?",
    "Sí, señora Elvira, se lo guardamos un día. ¿Quedó claro?",
    "Gracias por llamar a Farmacias Sol Andino, señora Elvira. Que tenga un lindo día.",
)


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, under its name."""
    small = QSize(760, 520)
    Shift().shoot("shift-before", shoot)
    Shift().leap().own("available").shoot("shift-available", shoot)
    Shift().leap().own("available").leap().talk(GREETING).shoot("shift-call", shoot)
    Shift().leap().own("available").leap().talk(GREETING).shoot("shift-call-small", shoot, small)
    Shift().leap().own("available").leap().talk(GREETING, *ALL).wait(3).shoot("shift-after-call", shoot)
    Shift().leap(2).wait(130).shoot("shift-queue", shoot)
    Shift().leap(2).wait(130).shoot("shift-queue-small", shoot, small)
    Shift().leap(4).own("away", reason="break").shoot("shift-break", shoot)
    Shift().leap(16).shoot("shift-over", shoot)
    Shift().leap(16).shoot("shift-over-small", shoot, small)
