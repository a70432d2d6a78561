"""The telephone's desk in each of its states."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.marshal import Marshal
from simulator.speech.heard import Heard, Hints, Word
from simulator.speech.listening.listener import Listener
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.listening import Listening
from tests.speech.synthetic import room, voice
from tests.ui.desk.cases import Line

Shoot = Callable[[str, QWidget], None]
"""Shows a widget at the size of a window and writes it under a name; it does not delete it."""

GREETING = "Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?"
EMPATHY = "Entiendo su molestia, señora. Lamento mucho que haya tenido que llamar tantas veces."


SPOKEN = "entiendo su molestia señora lamento mucho lo ocurrido y voy a revisar su factura ahora mismo"


@dataclass
class Call:
    """A call brought to a moment by hand: clock and store are the test's, core and widgets the real ones."""

    guided: bool = False
    hints: bool = False
    line: Line = field(default_factory=Line)
    settings: Settings = field(default_factory=Settings)
    listening: Listening | None = None
    desk: PhoneDesk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = PhoneDesk(
            self.line.controller, settings=self.settings, listening=self.listening, guided=self.guided
        )
        self.desk.begin()

    def ring(self, ms: int = 2_600) -> "Call":
        self.line.start(hints=self.hints)
        self.line.go(ms)
        return self

    def answer(self) -> "Call":
        self.ring()
        self.line.controller.act("dismiss-colleague")
        self.line.controller.act("answer")
        return self

    def say(self, text: str) -> "Call":
        self.line.controller.say(text)
        return self

    def talk(self) -> "Call":
        """Greeted, heard, and answered with empathy."""
        self.answer().say(GREETING)
        self.line.quiet()
        self.line.go(3_000)
        self.say(EMPATHY)
        self.line.quiet()
        self.line.go(2_000)
        return self

    def act(self, name: str, ms: int = 0, **args: str) -> "Call":
        self.line.controller.act(name, **args)
        self.line.go(ms)
        return self

    def shoot(self, name: str, shoot: Shoot) -> None:
        shoot(name, self.desk)
        self.line.controller.close()
        self.desk.close_desk()
        self.desk.deleteLater()


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    Call().shoot("desk-waiting", shoot)
    Call().ring(7_500).shoot("desk-ringing", shoot)
    Call().ring(12_600).shoot("desk-third-ring", shoot)
    Call().talk().shoot("desk-talking", shoot)
    _warned().shoot("desk-warned", shoot)
    Call().talk().act("mute", 500).shoot("desk-muted", shoot)
    Call().talk().act("hold", 34_000).shoot("desk-hold", shoot)
    Call().talk().act("hold", 52_000).shoot("desk-hold-late", shoot)
    Call().talk().act("consult", 1_500, area="Soporte técnico").shoot("desk-consulting", shoot)
    Call().talk().act("consult", 4_000, area="Soporte técnico").shoot("desk-colleague", shoot)
    Call().talk().act("consult", 21_000, area="Facturación").shoot("desk-nobody-answers", shoot)
    _hints().shoot("desk-hints", shoot)
    Call().talk().act("hang-up").shoot("desk-after-call", shoot)
    _paused().shoot("desk-paused", shoot)
    _leaving().shoot("desk-leaving", shoot)
    _stalled().shoot("desk-stalled", shoot)
    _voiceless().shoot("desk-no-voice", shoot)
    _speaking("desk-speaking", shoot, review=False)
    _speaking("desk-heard", shoot, review=True)
    _speaking("desk-doubtful", shoot, review=True, sure=40)
    Call(guided=True).ring().shoot("guide-answer", shoot)
    Call(guided=True).answer().shoot("guide-greet", shoot)
    Call(guided=True).talk().act("hold", 4_000).shoot("guide-hold", shoot)
    Call(guided=True).talk().act("hang-up").shoot("guide-notes", shoot)


def _warned() -> Call:
    call = Call().answer().say(GREETING)
    call.line.go(1_200)
    call.desk.reply.set_text("Un momento, por favor.")
    return call.say("Un momento, por favor.")


def _hints() -> Call:
    call = Call(hints=True).answer().say(GREETING)
    call.line.quiet()
    call.desk.open_hints()
    for _level in range(3):
        call.desk.hints.more.click()
    return call


def _paused() -> Call:
    call = Call().talk()
    call.desk.interlude.pause()
    return call


def _leaving() -> Call:
    call = Call().talk()
    call.desk.ask_to_leave()
    return call


def _stalled() -> Call:
    call = Call().talk()
    call.line.broken = True
    return call.say("Le vamos a reintegrar el cobro.")


def _voiceless() -> Call:
    from simulator.speech.reasons import explain

    call = Call().talk()
    call.desk.banner.say(explain("no-engine"))
    return call


def _speaking(name: str, shoot: Shoot, *, review: bool, sure: int = 93) -> None:
    """A reply being spoken, or heard (`sure`: how surely, 0–100) and waiting to be read, in a call that is recorded.
    Microphone and recogniser are scripted."""
    marshal = Marshal()
    microphone = ScriptedMicrophone()
    said = SPOKEN.split()
    words = tuple(Word(word, 300 + 200 * at, 500 + 200 * at, sure) for at, word in enumerate(said))
    listener = Listener(lambda: ScriptedRecogniser([Heard(SPOKEN, words)]), deliver=marshal.deliver)
    settings = Settings(input_mode="push")
    line = Line()
    listening = Listening(line.controller, microphone, listener, settings, Hints())
    call = Call(line=line, settings=settings, listening=listening)
    call.desk.header.show_recording(True)
    _until(lambda: listening.is_usable)
    call.answer().say(GREETING)
    line.quiet()
    line.go(500)
    listening.press()
    microphone.play(voice(2_600))
    _until(lambda: bool(call.desk.reply.partial))
    if review:
        microphone.play(room(300))
        listening.release()
        _until(lambda: bool(call.desk.reply.text))
    call.shoot(name, shoot)
    listener.close()


def _until(reached: Callable[[], bool]) -> None:
    application = QCoreApplication.instance()
    assert application is not None
    while not reached():
        application.processEvents()
