"""The customer's voice: from the line decided to the first sample, and synthesis beside bare pyttsx3.

Measured in processes of their own on a private sound server with a null sink; without PulseAudio only synthesis is.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from simulator.speech.line import RenderedLine
from simulator.speech.synthesis import Speaker
from simulator.speech.voice import voice_for
from tests.benchmarks.figure import Figure, quantile

ROOT = Path(__file__).parents[2]
LINES = tuple(
    f"¡Llevo {days} días llamando y nadie me resuelve! Me cobraron dos veces. ¿Qué van a hacer?"
    for days in range(2, 32)
)
SENTENCE = "Llevo tres días llamando y nadie me resuelve el problema de la factura."
VOICE = voice_for(customer="marta", mood=25)
REQUESTS = 100
WARM_UP = 5


def figures() -> Iterator[Figure]:
    """Synthesis and the line on any machine; the first sample where a private sound server can be started."""
    ours, bare = _synthesis()
    yield Figure("one sentence synthesised", statistics.median(ours), statistics.median(bare), "ms", "≤ 1.2×")
    yield from _lines()
    if all(shutil.which(tool) for tool in ("pulseaudio", "pactl", "parec")):
        yield from _first_samples()


_BARE = """
import json, os, sys, time
from simulator.speech import espeak_library
espeak_library.prepare()
import pyttsx3
engine, out = pyttsx3.init("espeak"), os.dup(1)
os.dup2(2, 1)
engine.runAndWait()
text, voice, rate, pitch, path = json.loads(sys.argv[1])
for _ in sys.stdin:
    began = time.perf_counter()
    engine.setProperty("voice", voice); engine.setProperty("rate", rate); engine.setProperty("pitch", pitch)
    engine.save_to_file(text, path); engine.runAndWait()
    os.write(out, (str((time.perf_counter() - began) * 1000) + "\\n").encode())
os._exit(0)
"""


def _synthesis() -> tuple[list[float], list[float]]:
    """Milliseconds a request takes, ours and bare pyttsx3's: the same text and voice, turn by turn on the same machine,
    the processes started before."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        wanted = json.dumps([SENTENCE, VOICE.name, VOICE.rate, VOICE.pitch, f"{folder}/bare.wav"])
        speaker = Speaker()
        speaker.start()
        with subprocess.Popen(
            [sys.executable, "-c", _BARE, wanted],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for _ in range(REQUESTS + WARM_UP):
                process.stdin.write("\n")
                bare.append(float(process.stdout.readline()))
                began = time.perf_counter()
                if speaker.render(SENTENCE, VOICE, Path(folder) / "line.wav") is not None:
                    raise RuntimeError("no voice on this machine")
                ours.append((time.perf_counter() - began) * 1000)
        speaker.close()
    return ours[WARM_UP:], bare[WARM_UP:]


def _lines() -> Iterator[Figure]:
    """Milliseconds that each line takes for six seconds of speech, what it is made of being there."""
    import numpy as np

    from simulator.speech import telephone
    from simulator.speech.line import SAMPLE_RATE

    at = np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE
    sound = np.random.default_rng(1).standard_normal(at.size) * np.maximum(0, np.sin(2 * np.pi * 4 * at)) * 0.1
    for effect in telephone.LineEffect:
        if effect is telephone.LineEffect.NONE:
            continue
        telephone.apply(sound, effect, 80, 0)
        times = []
        for seed in range(20):
            began = time.perf_counter()
            telephone.apply(sound, effect, 80, seed)
            times.append((time.perf_counter() - began) * 1000)
        yield Figure(f"line «{effect}» over six seconds of speech", statistics.median(times), None, "ms", "≤ 50")


def _first_samples() -> Iterator[Figure]:
    from tests.speech.conftest import Recorder, SoundServer

    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        recorder = Recorder(server.environment)
        try:
            environment = {**server.environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
            command = [sys.executable, "-m", "tests.benchmarks.speech", folder]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment, cwd=ROOT)
        finally:
            recorder.close()
            server.kill()
    bare, ahead, cold = json.loads(done.stdout)
    for name, times, goal in (("rendered ahead", ahead, "≤ 50"), ("cold, three sentences", cold, "–")):
        yield Figure(
            f"line decided → first sample, {name}", statistics.median(times), statistics.median(bare), "ms", goal
        )
        yield Figure(f"  the same, p99 of {len(times)}", quantile(times, 0.99), quantile(bare, 0.99), "ms", goal)


def _measure(folder: Path) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds to the first sample taken by the sink: bare QAudioSink, rendered ahead, cold."""
    from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEventLoop, QIODevice, Qt, QTimer
    from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

    from simulator.speech.devices.marshal import Marshal
    from simulator.speech.devices.player import Player
    from simulator.speech.studio import VoiceStudio

    application = QCoreApplication([])
    marshal = Marshal(application)
    studio = VoiceStudio(folder / "voice", deliver=marshal.deliver)
    player = Player(application)
    studio.wait_until_idle(30)

    def until_first_sample(sink: QAudioSink | None, began: float) -> float:
        """Looks every millisecond, from the event loop."""
        loop, looking = QEventLoop(), QTimer(timerType=Qt.TimerType.PreciseTimer)
        took: list[float] = []

        def look() -> None:
            playing = sink or player._sink
            if playing is not None and playing.processedUSecs() > 0 and not took:
                took.append((time.perf_counter() - began) * 1000)
                loop.quit()

        looking.timeout.connect(look)
        looking.start(1)
        loop.exec()
        looking.stop()
        return took[0]

    def ours(text: str) -> float:
        began = time.perf_counter()
        studio.render(text, VOICE, lambda line: player.play(line, 80))
        took = until_first_sample(None, began)
        player.stop()
        return took

    def bare(line: RenderedLine) -> float:
        audio_format = QAudioFormat()
        audio_format.setSampleRate(line.rate)
        audio_format.setChannelCount(1)
        audio_format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        buffer = QBuffer()
        buffer.setData(QByteArray(line.pcm))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        began = time.perf_counter()
        sink = QAudioSink(QMediaDevices.defaultAudioOutput(), audio_format)
        sink.start(buffer)
        took = until_first_sample(sink, began)
        sink.reset()
        return took

    ours("La primera vez no cuenta.")
    cold = [ours(line) for line in LINES]
    studio.prefetch((line + " Gracias.", VOICE) for line in LINES[:20])
    studio.wait_until_idle(60)
    ahead = [ours(line + " Gracias.") for line in LINES[:20]]
    silence = RenderedLine(bytes(2 * 22_050 * 6))
    floor = [bare(silence) for _ in LINES]
    studio.close()
    return floor, ahead, cold


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]))))
