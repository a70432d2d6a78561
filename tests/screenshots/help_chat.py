"""The desks of web self-service and app support in their states."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QSize

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.library import load_file
from simulator.scenario.scenario import Scenario
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desks import DESKS
from tests.screenshots.desk import Shoot
from tests.ui.desk.cases import Line

GUIDANCE = "En el buscador, arriba a la derecha, escriba por favor «copia de boleta» y elija «Descargar mi boleta»."


@cache
def shipped(path: str) -> Scenario:
    """A shipped scenario by its file under `scenarios`."""
    scenario = load_file(paths.scenarios() / Path(path), shipped_protocol().protocol).scenario
    assert scenario is not None
    return scenario


class Chat:
    """A help chat brought to a moment by hand."""

    def __init__(self, path: str, *, hints: bool = False) -> None:
        self.line = Line(shipped(path))
        self.desk: ContactDesk = DESKS[self.line.scenario.doc.channel](self.line.controller, settings=Settings())
        self.desk.begin()
        self.line.start(hints=hints)
        self.line.go(12_000)

    def attend(self, *said: str, written: bool = True) -> "Chat":
        self.line.controller.act("answer")
        for number, text in enumerate(said):
            self.line.controller.say(text)
            if written or number < len(said) - 1:
                self.line.quiet()
                self.line.go(2_000)
        return self

    def act(self, name: str, /, **args: str) -> "Chat":
        self.line.controller.act(name, **args)
        self.line.quiet()
        return self

    def shoot(self, name: str, shoot: Shoot, size: QSize | None = None) -> None:
        if size is not None:
            self.desk.resize(size)
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()


WEB, APPS = "web/self-service.yaml", "apps/app-support.yaml"
WEB_TALK = (
    "Muy buenas tardes, bienvenida a Casa Lumbre. Soy Ignacio. ¿En qué le puedo ayudar?",
    "En el buscador escriba por favor «copia de boleta».",
)
APPS_TALK = (
    "Muy buenos días, don Ramón, bienvenido a Alborada Móvil. ¿En qué le puedo ayudar?",
    "No use ese enlace, por favor. En Google Play busque «Alborada Móvil» y toque «Actualizar».",
    "Toque abajo la pestaña «Solicitudes», por favor, y arriba el botón «Nueva solicitud».",
)


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, under its name."""
    small = QSize(760, 520)
    Chat(WEB).shoot("web-waiting", shoot)
    Chat(WEB).attend(*WEB_TALK[:1], written=False).shoot("web-writing", shoot)
    Chat(WEB).attend(*WEB_TALK).shoot("web-results", shoot)
    Chat(WEB).attend(*WEB_TALK).shoot("web-small", shoot, small)
    Chat(WEB, hints=True).attend(WEB_TALK[0], GUIDANCE).shoot("web-form", shoot)
    record = Chat(WEB).attend(*WEB_TALK).act("register", name="Ximena Araya", document="15.482.907-3")
    record.desk.panels.setCurrentIndex(2)
    record.shoot("web-record", shoot)
    Chat(APPS).shoot("apps-waiting", shoot)
    Chat(APPS).attend(*APPS_TALK[:1]).shoot("apps-old", shoot)
    Chat(APPS).attend(*APPS_TALK).shoot("apps-request", shoot)
    Chat(APPS).attend(*APPS_TALK).shoot("apps-small", shoot, small)
    planned = Chat(APPS).attend(*APPS_TALK).act("follow-up", days="2", task="Ver que la carta salió")
    planned.desk.panels.setCurrentIndex(2)
    planned.shoot("apps-follow-up", shoot)
    Chat(APPS).attend(*APPS_TALK).act("close").shoot("apps-after", shoot)
