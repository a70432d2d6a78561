"""A clean end for every test, and a private sound server whose output is recorded."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.speech.synthesis import Speaker

RECORD_RATE = 22_050


def process_exists(pid: int) -> bool:
    """Whether a process of this id runs (a zombie that its parent has not awaited counts as running)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left, left


@pytest.fixture
def speaker() -> Iterator[Speaker]:
    made = Speaker()
    yield made
    pid = made.pid
    made.close()
    assert pid is None or not process_exists(pid)


class Recorder:
    """What the null sink is given to play, as it comes: 16-bit mono at ``RECORD_RATE``."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = ["parec", "-d", "spk.monitor", "--raw", "--format=s16le", f"--rate={RECORD_RATE}", "--channels=1"]
        self._process = subprocess.Popen(
            [*command, "--latency-msec=10"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._heard = bytearray()
        self._more = threading.Condition()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        # An idle null sink works in blocks of two seconds until somebody listens; then it follows closely.
        self.wait_until(lambda heard: len(heard) > 0, "the recorder hears nothing, not even silence")

    def _read(self) -> None:
        assert self._process.stdout is not None
        while data := os.read(self._process.stdout.fileno(), 4096):
            with self._more:
                self._heard += data
                self._more.notify_all()

    @property
    def position(self) -> int:
        """Bytes recorded so far."""
        with self._more:
            return len(self._heard)

    def since(self, position: int, seconds: float) -> bytes:
        """What was recorded in the ``seconds`` after ``position``; waits until they are over."""
        end = position + int(seconds * RECORD_RATE) * 2
        self.wait_until(lambda heard: len(heard) >= end, "the recorder stopped")
        with self._more:
            return bytes(self._heard[position:end])

    def wait_until(self, condition: Callable[[bytes], bool], otherwise: str) -> None:
        with self._more:
            assert self._more.wait_for(lambda: condition(bytes(self._heard)), timeout=15), otherwise

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


class SoundServer:
    """A PulseAudio of our own with one null sink, ``spk``; nothing of the user's is touched.

    With ``microphone`` also a virtual one, ``mic``, that hears what is played into the null sink ``virtmic``.
    """

    def __init__(self, folder: Path, *, microphone: bool = False) -> None:
        self.folder = folder
        socket = folder / "native"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
        base = {**clean, "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
        self.environment = {**base, "PULSE_SERVER": f"unix:{socket}"}
        self.process = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("--disable-shm=yes", "-L", f"module-native-protocol-unix socket={socket} auth-anonymous=1"),
                *("-L", "module-null-sink sink_name=spk rate=44100"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=base,
        )
        answered = threading.Event()
        while not answered.wait(0.02):
            assert self.process.poll() is None, "pulseaudio ended"
            if subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, timeout=10).returncode == 0:
                answered.set()
        if microphone:  # a source of its own, because Qt hides bare monitors
            self.control("load-module", "module-null-sink", "sink_name=virtmic", "rate=48000", "channels=1")
            self.control("load-module", "module-virtual-source", "source_name=mic", "master=virtmic.monitor")
            self.control("set-default-sink", "spk")
            self.control("set-default-source", "mic")

    def control(self, *words: str) -> str:
        """One command of ``pactl``; what it prints."""
        done = subprocess.run(["pactl", *words], env=self.environment, capture_output=True, timeout=10, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def module_of(self, argument: str) -> str:
        """The number of the loaded module that was given this argument, to unload it."""
        return next(
            line.split("\t")[0] for line in self.control("list", "short", "modules").splitlines() if argument in line
        )

    def say(self, wav: Path, sink: str = "virtmic") -> "subprocess.Popen[bytes]":
        """Begins to play a sound file into the virtual microphone, or another sink; wait for the process: then it has
        been played."""
        return subprocess.Popen(["paplay", f"--device={sink}", str(wav)], env=self.environment)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def _need_pulseaudio() -> None:
    missing = [name for name in ("pulseaudio", "pactl", "parec", "paplay") if shutil.which(name) is None]
    if missing:
        reason = f"needs {', '.join(missing)} (packages pulseaudio, pulseaudio-utils)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    _need_pulseaudio()
    server = SoundServer(tmp_path_factory.mktemp("pulse"))
    yield server
    server.kill()


@pytest.fixture
def microphone_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    """With a virtual microphone as its default source."""
    _need_pulseaudio()
    server = SoundServer(tmp_path_factory.mktemp("pulse"), microphone=True)
    yield server
    server.kill()


@pytest.fixture
def recorder(sound_server: SoundServer) -> Iterator[Recorder]:
    made = Recorder(sound_server.environment)
    yield made
    made.close()


@pytest.fixture
def no_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """QtMultimedia cannot be loaded. (Qt's tie to a real server would last for the whole test run.)"""
    monkeypatch.delitem(sys.modules, "simulator.speech.devices.player", raising=False)
    monkeypatch.delitem(sys.modules, "simulator.speech.devices.microphone", raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
