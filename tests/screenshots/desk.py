"""The telephone's desk in each of its states."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.marshal import Marshal
from simulator.speech.heard import Heard, Hints, Word
from simulator.speech.listening.listener import Listener
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.listening import Listening
from tests.screenshots.staging import Shoot, Stage
from tests.speech.synthetic import room, voice
from tests.ui.desk.cases import Line

GREETING = "Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?"
EMPATHY = "Entiendo su molestia, señora. Lamento mucho que haya tenido que llamar tantas veces."


SPOKEN = "entiendo su molestia señora lamento mucho lo ocurrido y voy a revisar su factura ahora mismo"


class Call(Stage[PhoneDesk]):
    """A call brought to a moment by hand."""

    def __init__(self, line: Line | None = None, **more: Any) -> None:
        super().__init__(PhoneDesk, line or Line(), **more)

    def answer(self, *, hints: bool = False) -> "Call":
        self.start(2_600, hints=hints)
        return self.act("dismiss-colleague").act("answer")

    def greet(self) -> "Call":
        """Greeted, heard, and answered with empathy."""
        return self.answer().talk(GREETING, ms=3_000).talk(EMPATHY, ms=2_000)


def draw(shoot: Shoot) -> None:
    """Hands every state of the desk to `shoot`, under its name."""
    Call().shoot("desk-waiting", shoot)
    Call().start(7_500).shoot("desk-ringing", shoot)
    Call().start(12_600).shoot("desk-third-ring", shoot)
    Call().greet().shoot("desk-talking", shoot)
    _warned().shoot("desk-warned", shoot)
    Call().greet().act("mute", 500).shoot("desk-muted", shoot)
    Call().greet().act("hold", 34_000).shoot("desk-hold", shoot)
    Call().greet().act("hold", 52_000).shoot("desk-hold-late", shoot)
    Call().greet().act("consult", 1_500, area="Soporte técnico").shoot("desk-consulting", shoot)
    Call().greet().act("consult", 4_000, area="Soporte técnico").shoot("desk-colleague", shoot)
    Call().greet().act("consult", 21_000, area="Facturación").shoot("desk-nobody-answers", shoot)
    _hints().shoot("desk-hints", shoot)
    Call().greet().act("hang-up").shoot("desk-after-call", shoot)
    _paused().shoot("desk-paused", shoot)
    _leaving().shoot("desk-leaving", shoot)
    _stalled().shoot("desk-stalled", shoot)
    _voiceless().shoot("desk-no-voice", shoot)
    _speaking("desk-speaking", shoot, review=False)
    _speaking("desk-heard", shoot, review=True)
    _speaking("desk-doubtful", shoot, review=True, sure=40)
    Call(guided=True).start(2_600).shoot("guide-answer", shoot)
    Call(guided=True).answer().shoot("guide-greet", shoot)
    Call(guided=True).greet().act("hold", 4_000).shoot("guide-hold", shoot)
    Call(guided=True).greet().act("hang-up").shoot("guide-notes", shoot)


def _warned() -> Call:
    call = Call().answer().say(GREETING).go(1_200)
    call.desk.reply.set_text("Un momento, por favor.")
    return call.say("Un momento, por favor.")


def _hints() -> Call:
    call = Call().answer(hints=True).talk(GREETING)
    call.desk.panels.open_hints()
    for _level in range(3):
        call.desk.hints.more.click()
    return call


def _paused() -> Call:
    call = Call().greet()
    call.desk.interlude.pause()
    return call


def _leaving() -> Call:
    call = Call().greet()
    call.desk.ask_to_leave()
    return call


def _stalled() -> Call:
    call = Call().greet()
    call.line.broken = True
    return call.say("Le vamos a reintegrar el cobro.")


def _voiceless() -> Call:
    from simulator.speech.reasons import explain

    call = Call().greet()
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
    listening = Listening(line.controller, microphone, listener, settings, Hints)
    call = Call(line, settings=settings, listening=listening)
    call.desk.header.show_recording(True)
    _until(lambda: listening.is_usable)
    call.answer().talk(GREETING, ms=500)
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
