"""The counter's desk in each of its states, and the person at it in each of their moods."""

from PySide6.QtWidgets import QGridLayout, QWidget

from simulator.session.state import ContactState, Phase
from simulator.ui.channels.in_person import InPersonDesk
from simulator.ui.desk.counter_scene import CounterScene
from simulator.ui.desk.figure import Figure
from tests.scenarios.shipped import scenario
from tests.screenshots.staging import SMALL, Shoot, Stage

GREETING = "Muy buenos días, bienvenido a Aguas Quillay. Soy Valentina, ¿en qué le puedo ayudar?"
KIND = "Entiendo su molestia, y le pido disculpas por la vuelta de ayer. ¿Con quién tengo el gusto?"
RUDE = "Cálmese, señor, que no es para tanto."
ROUGH = "¿Es que usted no sabe leer? Ahí dice clarito lo que gastó."


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    _visit().start(3_000).shoot("counter-waiting", shoot)
    _visit().start(12_000).shoot("counter-come", shoot)
    _come(22_000).shoot("counter-asks", shoot)
    _come().talk(GREETING).say(KIND).go(800).shoot("counter-talking", shoot)
    _come().talk(GREETING, RUDE).shoot("counter-annoyed", shoot)
    _come().talk(GREETING, KIND).shoot("counter-small", shoot, SMALL)
    _come().talk(GREETING).act("call-next", 8_000).shoot("counter-after", shoot)
    shoot("counter-moods", _moods())


def _visit() -> Stage[InPersonDesk]:
    return Stage(InPersonDesk, scenario("counter-visit"))


def _come(ms: int = 12_000) -> Stage[InPersonDesk]:
    """They stand at the counter, and nobody chats."""
    return _visit().start().act("dismiss-colleague", ms)


def _moods() -> QWidget:
    """Everybody who may come, in every mood."""
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(4)
    for row, figure in enumerate(Figure(gender, old) for old in (False, True) for gender in ("female", "male")):
        for column, mood in enumerate((10, 30, 50, 70, 90)):
            scene = CounterScene("", figure)
            contact = ContactState("c1", "in-person", 0, mood, phase=Phase.TALKING)
            scene.show_contact(contact)
            grid.addWidget(scene, row, column)
    return sheet
