"""The window's heartbeat while somebody speaks, beside that of the same window at rest, in one process.

The decoder is a real one: PocketSphinx with the English model of its own wheel, which works harder than the Spanish
n-gram of an exercise does. What it understands of the Spanish voice is nonsense, and is not looked at. It is measured
in a process of its own, as the program runs it, and in the window's process, to show why.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from simulator.speech.heard import Heard, Hints, Recogniser
from tests.benchmarks.figure import Figure, quantile

ROOT = Path(__file__).parents[2]
BEAT_MS = 5
BLOCK_MS = 50
PAUSE_MS = 1500
LATE_MS = 20_000
"""How long the last words may take on a busy machine."""
SENTENCES = (
    "Buenos días, gracias por llamar. Le habla Ana, ¿con quién tengo el gusto?",
    "Lamento mucho lo que me cuenta. Permítame revisar su factura, por favor.",
    "¿Hay algo más en lo que le pueda ayudar? Que tenga muy buen día.",
)


def figures() -> Iterator[Figure]:
    """Time between beats of a timer of 5 ms: at rest, and while turns are heard and their words are found."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.heartbeat"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment, cwd=ROOT)
    beats = json.loads(done.stdout)
    for where, bounded in (("apart", True), ("in the window's process", False)):
        for name, share, goal in (("p50", 0.5, "–"), ("p99", 0.99, "≤ 16"), ("max", 1.0, "≤ 100")):
            yield Figure(
                f"heartbeat while listening, decoder {where}, {name} of {len(beats[where])}",
                quantile(beats[where], share),
                quantile(beats["at rest"], share),
                "ms",
                goal if bounded else "reported",
            )


def _speech() -> bytes:
    """The sentences with pauses that end a turn, in a quiet room; `RATE`."""
    import numpy as np

    from simulator.speech import samples
    from simulator.speech.heard import RATE
    from simulator.speech.line import SAMPLE_RATE
    from simulator.speech.synthesis import Speaker
    from simulator.speech.voice import voice_for

    speaker = Speaker()
    parts = [np.zeros(RATE)]
    with tempfile.TemporaryDirectory() as folder:
        for sentence in SENTENCES:
            if speaker.render(sentence, voice_for(customer="marta", mood=50), Path(folder) / "said.wav") is not None:
                raise RuntimeError("no voice on this machine")
            said = samples.trimmed(samples.read(Path(folder) / "said.wav"))
            parts += [samples.resampled(said, SAMPLE_RATE, RATE), np.zeros(RATE * PAUSE_MS // 1000)]
    speaker.close()
    whole = np.concatenate(parts)
    return samples.to_pcm(whole + np.random.default_rng(5).standard_normal(whole.size) * 8 / 32768)


def _measure() -> dict[str, list[float]]:
    """Milliseconds between beats, by what went on."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from simulator.speech.devices.capturing import ScriptedMicrophone
    from simulator.speech.devices.marshal import Marshal
    from simulator.speech.heard import ListeningUnavailable
    from simulator.speech.listening.apart import RecogniserApart
    from simulator.speech.listening.listener import Listener, Take
    from simulator.speech.listening.worker import Load

    application = QApplication([])
    marshal = Marshal(application)
    speech = _speech()
    loop = QEventLoop()
    beats: list[float] = []
    beat = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))

    def beaten(milliseconds: int) -> list[float]:
        """Until the time is over or the loop is ended."""
        beats.clear()
        beat.start()
        end = QTimer(interval=milliseconds, singleShot=True)
        end.timeout.connect(loop.quit)
        end.start()
        loop.exec()
        end.stop()
        beat.stop()
        return [(later - sooner) * 1000 for sooner, later in pairwise(beats)]

    def listened(load: Load) -> list[float]:
        listener = Listener(load, deliver=marshal.deliver, patience_ms=700)
        microphone = ScriptedMicrophone(parent=application)
        microphone.frames.connect(listener.feed)
        turns: list[Heard] = []

        def on_heard(heard: Heard, take: Take) -> None:
            turns.append(heard)
            listener.start_turn(hold=False)
            if len(turns) == len(SENTENCES):
                loop.quit()

        def on_unavailable(unavailable: ListeningUnavailable) -> None:
            raise RuntimeError(unavailable)

        listener.on_heard = on_heard
        listener.on_unavailable = on_unavailable
        listener.on_ready = loop.quit
        listener.start()
        loop.exec()
        microphone.open()
        listener.start_turn(hold=False)
        blocks = iter(range(0, len(speech), 32 * BLOCK_MS))

        def give() -> None:
            at = next(blocks, None)
            microphone.play(bytes(32 * BLOCK_MS) if at is None else speech[at : at + 32 * BLOCK_MS])

        feeding = QTimer(interval=BLOCK_MS, timerType=Qt.TimerType.PreciseTimer)
        feeding.timeout.connect(give)
        feeding.start()
        found = beaten(len(speech) // 32 + LATE_MS)
        feeding.stop()
        listener.close()
        if len(turns) != len(SENTENCES):
            raise RuntimeError(f"{len(turns)} turns were heard, {len(SENTENCES)} were said")
        return found

    return {
        "at rest": beaten(len(speech) // 32),
        "apart": listened(lambda: RecogniserApart.load("tests.benchmarks.heartbeat:english")),
        "in the window's process": listened(english),
    }


def english() -> Recogniser:
    """A recogniser for this measurement alone."""
    return _English()


class _English:
    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder = Decoder(loglevel="FATAL")

    @property
    def name(self) -> str:
        return "pocketsphinx-en"

    def prepare(self, hints: Hints) -> None:
        """It has one model."""

    def begin(self) -> "_EnglishUtterance":
        return _EnglishUtterance(self._decoder)

    def close(self) -> None:
        """The process ends."""


class _EnglishUtterance:
    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder
        decoder.start_utt()

    def accept(self, pcm: bytes) -> str:
        self._decoder.process_raw(pcm)
        found = self._decoder.hyp()
        return "" if found is None else str(found.hypstr)

    def finish(self) -> Heard:
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return Heard("" if found is None else str(found.hypstr), engine="pocketsphinx-en")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure()))
