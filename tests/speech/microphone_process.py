"""A small program that captures, for ``test_microphone``: Qt's tie to a sound server is one a process.

Commands come as JSON lists: ``open [ID]``, ``close``, ``reason``, ``samples FILE``, ``prepare SENTENCE…``,
``listen PATIENCE``, ``hold``, ``end``, ``deny``, ``quit``. Every signal and every answer goes out as a JSON list, the
name first; ``hears`` is told when the first samples have come.

An argument MODULE:FUNCTION names the maker of a real recogniser, further ones are its own; without any it is scripted.
"""

import json
import sys
import threading
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt

from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.microphone import Microphone
from simulator.speech.devices.opening import inputs, open_microphone
from simulator.speech.heard import Heard, Hints, ListeningUnavailable, Recogniser
from simulator.speech.listening.apart import RecogniserApart
from simulator.speech.listening.listener import Listener, Take
from simulator.speech.listening.scripted import ScriptedRecogniser


def tell(name: str, *values: object) -> None:
    sys.stdout.write(json.dumps([name, *values]) + "\n")
    sys.stdout.flush()


def load() -> Recogniser | ListeningUnavailable:
    if len(sys.argv) < 2:
        return ScriptedRecogniser([Heard("uno"), Heard("dos")])
    return RecogniserApart.load(*sys.argv[1:])


def main() -> None:
    application = QCoreApplication([])
    marshal = Marshal(application)
    microphone = open_microphone(application)
    heard = bytearray()
    levels: list[float] = []

    def on_frames(pcm: bytes) -> None:
        if not heard:
            tell("hears")
        heard.extend(pcm)

    microphone.frames.connect(on_frames)
    microphone.level.connect(levels.append)
    microphone.lost.connect(lambda code: tell("lost", code))

    listener = Listener(load, deliver=marshal.deliver)
    listener.on_ready = lambda: tell("ready")
    listener.on_unavailable = lambda unavailable: tell("unavailable", unavailable.code, unavailable.detail)
    listener.on_speech = lambda: tell("speech")
    listener.on_partial = lambda text: tell("partial", text)

    def on_heard(what: Heard, take: Take) -> None:
        late = round(time.monotonic() * 1000 - take.ended_ms)
        tell("heard", what.text, take.ended_ms - take.began_ms, take.lead_ms, len(take.pcm) // 32, late)

    listener.on_heard = on_heard
    microphone.frames.connect(listener.feed)
    tell("open", type(microphone).__name__, microphone.device_name, microphone.reason, list(inputs()[0]))

    def act(words: list[str]) -> None:
        match words:
            case ["open", *device]:
                heard.clear()
                levels.clear()
                microphone.open(device[0] if device else None)
            case ["deny"]:  # what the system of a Mac would answer
                assert isinstance(microphone, Microphone)
                microphone._permitted(microphone._opening, Qt.PermissionStatus.Denied)
            case ["close"]:
                microphone.close()
            case ["reason"]:
                tell("reason", microphone.reason)
            case ["samples", file]:
                Path(file).write_bytes(heard)
                tell("samples", len(heard), list(levels))
            case ["prepare", *sentences]:
                listener.prepare(Hints(sentences=tuple(sentences)))
            case ["listen", patience]:
                listener.patience_ms = int(patience)
                listener.start_turn(hold=False)
            case ["hold"]:
                listener.start_turn(hold=True)
            case ["end"]:
                listener.end_turn()
            case ["quit"]:
                microphone.close()
                listener.close()
                application.quit()
        tell("done", words[0], microphone.is_open)

    def read() -> None:
        for text in sys.stdin:
            marshal.deliver(partial(act, json.loads(text)))

    threading.Thread(target=read, daemon=True).start()
    application.exec()


if __name__ == "__main__":
    main()
