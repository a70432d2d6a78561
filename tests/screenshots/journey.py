"""The README's pictures: one real call, from the name to the debrief, in the whole window.

`python -m tests.screenshots.journey docs/images` (about a minute: the customer speaks in real time).
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from simulator.app.start import places
from simulator.session.state import Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.opening import build
from simulator.ui.services import CallOptions

REPLIES = (
    "Telenova, muy buenos días, le habla Ana. ¿En qué le puedo ayudar?",
    "Qué pena con usted, señora. Tiene toda la razón de estar molesta: tres días es mucho. ¿Con quién tengo el gusto?",
    "Gracias, señora Marta. Si le entiendo bien, el mismo pago salió el dos y el tres. ¿Fue con la misma tarjeta?",
    "Para revisar su cuenta, ¿me confirma por favor su número de cédula y el valor de su última factura?",
    "Muchas gracias. ¿Me permite un par de minutos en línea mientras miro los movimientos?",
)
AFTER_HOLD = (
    "Señora Marta, gracias por esperar. Ya vi los dos cobros: le radico la devolución del segundo a la tarjeta, en "
    "máximo cinco días hábiles.",
    "Hoy mismo no puedo, y no le voy a mentir. Lo que sí puedo es marcarlo como prioritario, y le llega un mensaje.",
    "También puede ver el estado en la aplicación o en telenova punto example. ¿Me expliqué bien?",
    "¿Quedó conforme con la solución? ¿Hay algo más en que le pueda ayudar?",
    "Gracias por llamar a Telenova, señora Marta. Que tenga un buen día.",
)
NOTES = {
    "customer": "Marta Ríos",
    "reason": "Pago doble de la factura de mayo",
    "solution": "Se radicó el reintegro del segundo pago, prioritario",
    "follow_up": "Mensaje de texto cuando salga el dinero",
}


class Journey:
    """A program in a folder of its own, and a camera."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.app = QApplication(sys.argv[:1])
        self.window, self.application = build(places())
        self.window.resize(1280, 800)
        self.window.show()

    def until(self, reached: Callable[[], bool], more_s: float = 0.3) -> None:
        """Lets the program run until a condition holds, and a little longer."""
        end: float | None = None
        while end is None or time.monotonic() < end:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.005)
            if end is None and reached():
                end = time.monotonic() + more_s

    def picture(self, name: str) -> None:
        """The window as it is."""
        self.window.grab().save(str(self.out / f"{name}.png"))

    def silent(self) -> bool:
        """Whether the customer has finished."""
        session = self.application.calls.session
        return session is None or session.contact is None or not session.contact.party.speaking(session.now())

    def live(self) -> None:
        """The whole call."""
        application, window = self.application, self.window
        application.begin()
        self.until(lambda: window.shown == "profiles")
        application.add_person("Ana Beltrán")
        self.until(lambda: window.shown == "library" and application.tasks.idle)
        self.picture("library")
        application.choose("angry-caller")
        self.until(lambda: window.shown == "briefing")
        self.picture("briefing")
        application.take(CallOptions(hints=True, captions=True, difficulty=3))
        self.until(lambda: application.calls.session is not None)
        session = application.calls.session
        assert session is not None
        self.until(lambda: session.contact is not None and session.contact.rings > 0, 0.6)
        self.picture("ringing")
        session.act("dismiss-colleague")
        session.act("answer")
        for reply in REPLIES:
            self.until(self.silent)
            session.say(reply)
        self.until(lambda: True, 0.5)
        desk = application.calls.desk
        assert isinstance(desk, ContactDesk)
        desk.banner.dismiss.click()  # where nothing can be heard, it was said by now
        self.until(lambda: True)
        self.picture("desk")
        self.until(self.silent)
        session.act("hold")
        self.until(lambda: True, 2)
        session.act("resume")
        for reply in AFTER_HOLD:
            self.until(self.silent)
            session.say(reply)
        self.until(lambda: session.contact is not None and session.contact.phase is Phase.AFTER)
        session.act("notes", **NOTES)
        session.finish()
        self.until(lambda: window.shown == "debrief" and application.tasks.idle, 1.5)
        self.picture("debrief")
        application.change_settings(replace(application.settings, theme="dark"))
        self.until(lambda: True, 0.8)
        self.picture("debrief-dark")
        application.close()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["TERCER_TIMBRE_HOME"] = home
        Journey(out).live()
