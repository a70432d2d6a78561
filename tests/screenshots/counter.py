"""The counter's desk in each of its states, and the person at it in each of their moods."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QGridLayout, QWidget

from simulator.session.state import ContactState, Phase
from simulator.settings import Settings
from simulator.ui.channels.in_person import InPersonDesk
from simulator.ui.desk.counter_scene import CounterScene
from simulator.ui.desk.figure import Figure
from tests.scenarios.shipped import scenario
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
GREETING = "Muy buenos días, bienvenido a Aguas Quillay. Soy Valentina, ¿en qué le puedo ayudar?"
KIND = "Entiendo su molestia, y le pido disculpas por la vuelta de ayer. ¿Con quién tengo el gusto?"
RUDE = "Cálmese, señor, que no es para tanto."
ROUGH = "¿Es que usted no sabe leer? Ahí dice clarito lo que gastó."


@dataclass
class Visit:
    """A visit brought to a moment by hand."""

    line: Line = field(default_factory=lambda: Line(scenario("counter-visit")))
    desk: InPersonDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = InPersonDesk(self.line.controller, settings=Settings())
        self.desk.begin()

    def come(self, ms: int = 12_000, *, chat: bool = False) -> "Visit":
        self.line.start()
        if not chat:
            self.line.controller.act("dismiss-colleague")
        self.line.go(ms)
        return self

    def say(self, *texts: str) -> "Visit":
        for text in texts:
            self.line.controller.say(text)
            self.line.quiet()
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
    Visit().come(3_000, chat=True).shoot("counter-waiting", shoot)
    Visit().come(chat=True).shoot("counter-come", shoot)
    Visit().come(22_000).shoot("counter-asks", shoot)
    talking = Visit().come().say(GREETING)
    talking.line.controller.say(KIND)
    talking.line.go(800)
    talking.shoot("counter-talking", shoot)
    Visit().come().say(GREETING, RUDE).shoot("counter-annoyed", shoot)
    Visit().come().say(GREETING, KIND).shoot("counter-small", shoot, (760, 560))
    gone = Visit().come().say(GREETING)
    gone.line.controller.act("call-next")
    gone.line.go(8_000)
    gone.shoot("counter-after", shoot)
    shoot("counter-moods", _moods())


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
