"""Takes a call by voice alone in the real program: sound goes into the virtual microphone, and nothing is typed.

Run by `test_spoken_call.py` in a process of its own (`python -m tests.app.spoken_drive OUT ROOM WAV…`), because Qt's
tie to a sound server is one a process. ROOM is the noise of the room, heard all the time; each WAV is one reply, spoken
when the customer has finished. What happened goes to `OUT/events.jsonl`, one stored event a line.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from simulator.app.start import places
from simulator.session.envelope import encode
from simulator.session.events import AgentSpoke
from simulator.session.state import Phase
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.listening import Ear
from simulator.ui.opening import build
from simulator.ui.services import CallOptions
from simulator.ui.session_controller import SessionController

PATIENCE_S = 60
SCENARIO = "spoken-call"


class SpokenDriver:
    """A mouth beside the program."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.app = QApplication(sys.argv[:1])
        self.window, self.application = build(places())
        self.window.resize(1280, 800)
        self.window.show()
        self.application.begin()

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Lets the program run until a condition holds; fails with its name and a picture."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                self.picture("stuck")
                self.keep()
                raise SystemExit(f"waited in vain until {what}")
            self.app.processEvents()
            time.sleep(0.002)

    def picture(self, name: str) -> None:
        """What the window shows."""
        self.window.grab().save(str(self.out / f"{name}.png"))

    @property
    def session(self) -> SessionController:
        session = self.application.calls.session
        assert session is not None
        return session

    @property
    def desk(self) -> PhoneDesk:
        desk = self.application.calls.desk
        assert isinstance(desk, PhoneDesk)
        return desk

    @property
    def messages(self) -> int:
        """How much the agent has said."""
        return sum(isinstance(event.what, AgentSpoke) for event in self.session.events)

    def hears(self) -> bool:
        """Whether the open microphone waits for a reply."""
        speaking = self.desk.speaking
        return speaking is not None and speaking.listening.ear is Ear.LISTENING

    def is_over(self) -> bool:
        """Whether the line is dead."""
        return self.session.contact is not None and self.session.contact.phase is Phase.AFTER

    def say(self, wav: Path) -> None:
        """A reply by voice."""
        self.wait(self.hears, "the microphone is open")
        said = self.messages
        with subprocess.Popen(["paplay", "--device=virtmic", str(wav)]) as playing:
            self.wait(lambda: self.messages > said, f"{wav.name} is heard")
            self.wait(lambda: playing.poll() is not None, "all was played")

    def keep(self) -> None:
        """Writes down what happened, if anything has."""
        session = self.application.calls.session
        lines = [] if session is None else [encode(event) for event in session.events]
        (self.out / "events.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def main(out: Path, room: Path, wavs: list[Path]) -> None:
    """From the ring to the farewell."""
    with subprocess.Popen(["paplay", "--device=virtmic", str(room)]) as noise:
        try:
            take_call(SpokenDriver(out), wavs)
        finally:
            noise.kill()
    sys.stdout.write("done\n")


def take_call(driver: SpokenDriver, wavs: list[Path]) -> None:
    """Answers, says the replies, and waits for the end."""
    driver.wait(lambda: driver.window.shown == "profiles", "the program asks who is there")
    driver.application.add_person("Andrés Vega")
    driver.wait(lambda: driver.window.shown == "library", "the library is shown")
    driver.application.choose(SCENARIO)
    driver.wait(lambda: driver.window.shown == "briefing", "the briefing is shown")
    driver.application.take(CallOptions(hints=False, captions=True, difficulty=1, record=True))
    driver.wait(lambda: driver.window.shown == "desk", "the desk is shown")
    driver.wait(lambda: driver.desk.speaking is not None, "the desk has ears")
    driver.wait(lambda: driver.session.contact is not None and driver.session.contact.rings > 0, "it rings")
    driver.desk.incoming.answer.click()
    for number, wav in enumerate(wavs):
        driver.say(wav)
        if number == 1:
            driver.picture("speaking")
    driver.wait(lambda: driver.is_over() or driver.hears(), "the customer has finished")
    driver.keep()
    driver.application.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
