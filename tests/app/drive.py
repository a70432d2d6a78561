"""Drives the real program in a real window, from the first name to the debrief, with keys that the X server delivers.

Run by `test_real_window.py` in a process of its own (`python -m tests.app.drive OUT [stop-after-answer|talk-on]`): Qt
binds a process to one platform, and the program must be killable. Replies have no accents: a bare X server has no keys
for them.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from simulator.app.start import places
from simulator.session.envelope import Event, encode
from simulator.session.events import AgentSpoke
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.opening import build
from simulator.ui.pages.briefing import BriefingPage
from simulator.ui.pages.library import LibraryPage

PATIENCE_S = 40

REPLIES = (
    "Farmacias Sol Andino, muy buenos dias, le habla Ana, en que le puedo ayudar?",
    "Claro que si, con mucho gusto. Con quien tengo el gusto, por favor?",
)


class Driver:
    """Hands on the keyboard, eyes on the window."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.app = QApplication(sys.argv[:1])
        self.window, self.application = build(places())
        self.window.show()
        self.wait(lambda: self.window.isVisible() and self.window.windowHandle().isExposed(), "the window is shown")
        self.xdotool("windowfocus", "--sync", str(int(self.window.winId())))
        self.application.begin()

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Lets the program run until a condition holds; fails with its name."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                self.picture("stuck")
                raise SystemExit(f"waited in vain until {what}")
            self.app.processEvents()
            time.sleep(0.002)

    def xdotool(self, *arguments: str) -> None:
        """Keys through the X server. The program runs on while they are pressed."""
        with subprocess.Popen(["xdotool", *arguments]) as process:
            while process.poll() is None:
                self.app.processEvents()
                time.sleep(0.002)
        assert process.returncode == 0, arguments

    def focus(self, widget: QWidget) -> None:
        """Tabs until the widget has the focus: what a keyboard cannot reach, it cannot use."""
        for _ in range(80):
            if widget.hasFocus():
                return
            self.xdotool("key", "Tab")
            self.app.processEvents()
        raise SystemExit(f"the keyboard does not reach {widget.accessibleName()!r}")

    def press(self, button: QWidget) -> None:
        """Goes to a button by Tab and presses it by Space."""
        self.focus(button)
        self.xdotool("key", "space")

    def picture(self, name: str) -> None:
        """What the screen shows."""
        self.window.screen().grabWindow(self.window.winId()).save(str(self.out / f"{name}.png"))

    @property
    def desk(self) -> PhoneDesk:
        desk = self.application.calls.desk
        assert isinstance(desk, PhoneDesk)
        return desk

    @property
    def contact(self) -> ContactState:
        session = self.application.calls.session
        assert session is not None
        assert session.contact is not None
        return session.contact

    @property
    def messages(self) -> int:
        """How much the agent has said."""
        session = self.application.calls.session
        return 0 if session is None else sum(isinstance(event.what, AgentSpoke) for event in session.events)

    def silent(self) -> bool:
        """Whether nobody speaks."""
        session = self.application.calls.session
        return session is None or not self.contact.party.speaking(session.now())

    def say(self, text: str) -> None:
        """Types a reply and sends it once the customer has finished."""
        self.wait(self.silent, "the customer has finished")
        said = self.messages
        self.focus(self.desk.reply.field)
        self.xdotool("type", "--delay", "4", text)
        self.wait(lambda: self.desk.reply.text == text, "the typed reply stands in the field")
        self.xdotool("key", "Return")
        self.wait(lambda: self.messages > said, "it is said")


def tell(event: Event) -> None:
    """Says what the window shows, and so must be kept."""
    sys.stdout.write(f"shown {event.attempt} {event.seq} {sha256(encode(event).encode()).hexdigest()}\n")
    sys.stdout.flush()


def main(out: Path, how: str) -> None:
    """A first evening at the desk. `how`: "stop-after-answer" waits then to be killed, "talk-on" talks until it is, and
    tells every event that it shows."""
    driver = Driver(out)
    driver.wait(lambda: driver.window.shown == "profiles", "the program asks who is there")
    driver.picture("profiles")
    driver.xdotool("type", "--delay", "4", "Ana")
    driver.xdotool("key", "Return")
    driver.wait(lambda: driver.window.shown == "library", "the library is shown")
    driver.picture("library")
    library = driver.window.page("library")
    assert isinstance(library, LibraryPage)
    driver.press(library.guided_button)
    driver.wait(lambda: driver.window.shown == "briefing", "the briefing is shown")
    driver.picture("briefing")
    briefing = driver.window.page("briefing")
    assert isinstance(briefing, BriefingPage)
    driver.press(briefing.take_button)
    driver.wait(lambda: driver.window.shown == "desk", "the desk is shown")
    if how == "talk-on":
        session = driver.application.calls.session
        assert session is not None
        session.happened.connect(tell)
    driver.wait(lambda: driver.contact.rings > 0, "it rings")
    driver.picture("ringing")
    driver.xdotool("key", "F2")
    driver.wait(lambda: driver.contact.phase is Phase.TALKING, "the call is answered")
    driver.say(REPLIES[0])
    sys.stdout.write("answered\n")
    sys.stdout.flush()
    if how == "stop-after-answer":
        driver.wait(lambda: False, "it is killed")
    driver.say(REPLIES[1])
    while how == "talk-on":
        driver.say(REPLIES[1])
    driver.picture("call")
    driver.wait(driver.silent, "the customer has finished")
    driver.xdotool("key", "F4")
    driver.wait(lambda: driver.contact.held_since is not None, "the customer is on hold")
    driver.picture("hold")
    driver.xdotool("key", "F4")
    driver.wait(lambda: driver.contact.held_since is None, "the customer is back")
    driver.say("Gracias por esperar. Que tenga un buen dia, hasta luego.")
    driver.wait(driver.silent, "the customer has finished")
    driver.xdotool("key", "F12")
    driver.wait(lambda: driver.contact.phase is Phase.AFTER, "the line is dead")
    driver.picture("after")
    for field in driver.desk.notes.fields.values():
        driver.focus(field)
        driver.xdotool("type", "--delay", "4", "Elvira")
    driver.press(driver.desk.notes.save)
    driver.wait(lambda: driver.window.shown == "debrief", "the debrief is shown")
    driver.wait(lambda: driver.application.tasks.idle, "all is read")
    driver.picture("debrief")
    driver.application.close()
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "".join(sys.argv[2:]))
