"""The desks of web self-service and app support in their states."""

from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desks import DESKS
from tests.scenarios.shipped import scenario
from tests.screenshots.staging import Shoot, Stage

GUIDANCE = "En el buscador, arriba a la derecha, escriba por favor «copia de boleta» y elija «Descargar mi boleta»."
WEB, APPS = "self-service", "app-support"
WEB_TALK = (
    "Muy buenas tardes, bienvenida a Casa Lumbre. Soy Ignacio. ¿En qué le puedo ayudar?",
    "En el buscador escriba por favor «copia de boleta».",
)
APPS_TALK = (
    "Muy buenos días, don Ramón, bienvenido a Alborada Móvil. ¿En qué le puedo ayudar?",
    "No use ese enlace, por favor. En Google Play busque «Alborada Móvil» y toque «Actualizar».",
    "Toque abajo la pestaña «Solicitudes», por favor, y arriba el botón «Nueva solicitud».",
)
SMALL = (760, 520)


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, under its name."""
    _waits(WEB).shoot("web-waiting", shoot)
    _waits(WEB).act("answer").say(WEB_TALK[0]).shoot("web-writing", shoot)
    _chat(WEB, *WEB_TALK).shoot("web-results", shoot)
    _chat(WEB, *WEB_TALK).shoot("web-small", shoot, SMALL)
    _chat(WEB, WEB_TALK[0], GUIDANCE, hints=True).shoot("web-form", shoot)
    record = _chat(WEB, *WEB_TALK).act("register", name="Ximena Araya", document="15.482.907-3").quiet()
    record.desk.panels.setCurrentIndex(2)
    record.shoot("web-record", shoot)
    _waits(APPS).shoot("apps-waiting", shoot)
    _chat(APPS, *APPS_TALK[:1]).shoot("apps-old", shoot)
    _chat(APPS, *APPS_TALK).shoot("apps-request", shoot)
    _chat(APPS, *APPS_TALK).shoot("apps-small", shoot, SMALL)
    planned = _chat(APPS, *APPS_TALK).act("follow-up", days="2", task="Ver que la carta salió").quiet()
    planned.desk.panels.setCurrentIndex(2)
    planned.shoot("apps-follow-up", shoot)
    _chat(APPS, *APPS_TALK).act("close").quiet().shoot("apps-after", shoot)


def _waits(id: str, *, hints: bool = False) -> Stage[ContactDesk]:
    played = scenario(id)
    return Stage(DESKS[played.doc.channel], played).start(12_000, hints=hints)


def _chat(id: str, *said: str, hints: bool = False) -> Stage[ContactDesk]:
    return _waits(id, hints=hints).act("answer").talk(*said, ms=2_000)
