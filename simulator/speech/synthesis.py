"""The speaker process seen from the program: a request has five seconds, then kill, restart once, then «no voice».

``Speaker`` belongs to one thread (the studio's). It returns its failures as values; it never raises into its caller.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from simulator.speech.line import SpeechUnavailable
from simulator.speech.voice import Voice

REQUEST_SECONDS: Final = 5.0
"""Time for one request; rendering a sentence takes some 11 ms."""
START_SECONDS: Final = 15.0
"""Time to become ready: 0.1 s here, far longer on a cold Windows desk with a virus scanner."""
_OWN_LIBRARY: Final = "--own-library"
_CLOSE_SECONDS: Final = 2.0
_ENGINE: Final = (sys.executable, "-m", "simulator.speech.engine")
_LINE_FAULTS: Final = frozenset({"voice-refused", "nothing-written", "no-spanish-voice"})
"""Faults of one request: asking again, or a new process, would give the same."""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What the speaker process said of itself. ``library``: ``system``, ``wheel``, or ``none`` (not espeak-ng)."""

    driver: str
    version: str
    library: str
    voices: tuple[tuple[str, str], ...] = field(repr=False)
    """(voice id, language tag)."""

    @property
    def identity(self) -> str:
        """What a cached line depends on besides its voice."""
        return f"{self.driver} {self.version} {self.library}"

    @property
    def spanish_voices(self) -> tuple[str, ...]:
        """Ids of the voices whose language is Spanish."""
        return tuple(name for name, tag in self.voices if tag.lower().startswith("es"))


class _Process:
    """One run of the speaker. Its output is read by a thread, because a pipe cannot be waited on everywhere."""

    def __init__(self, command: Sequence[str]) -> None:
        root = Path(__file__).resolve().parents[2]
        paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._child.pid
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="speaker-output", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        if self._child.stdout is not None:
            for line in self._child.stdout:
                self._answers.put(line)
        self._answers.put(b"")

    def ask(self, request: dict[str, object]) -> bool:
        """False if the process no longer listens."""
        if self._child.stdin is None:
            return False
        try:
            self._child.stdin.write(json.dumps(request).encode() + b"\n")
            self._child.stdin.flush()
        except OSError:
            return False
        return True

    def answer(self, seconds: float) -> dict[str, Any] | SpeechUnavailable:
        """The next answer, or why there is none: ``engine-hung``, ``engine-died``, ``engine-failed`` (not JSON)."""
        try:
            line = self._answers.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return SpeechUnavailable("engine-hung", f"no answer in {seconds:.1f} s")
        if not line:
            return SpeechUnavailable("engine-died", f"exit status {self._child.poll()}")
        try:
            answer = json.loads(line)
        except ValueError:
            return SpeechUnavailable("engine-failed", repr(line[:200]))
        return answer if isinstance(answer, dict) else SpeechUnavailable("engine-failed", repr(line[:200]))

    def end(self, *, politely: bool) -> None:
        """Closes the input and waits; kills what does not end. Afterwards neither process nor thread is left."""
        if not politely:
            self._child.kill()
        if self._child.stdin is not None:
            with contextlib.suppress(OSError):  # a dead reader: closing would flush into a broken pipe
                self._child.stdin.close()
        try:
            self._child.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._reader.join()
        if self._child.stdout is not None:
            self._child.stdout.close()


class Speaker:
    """Owns the speaker process: starts it when first needed, restarts it once when it fails, ends it on ``close``."""

    def __init__(
        self,
        *,
        command: Sequence[str] = _ENGINE,
        request_seconds: float = REQUEST_SECONDS,
        start_seconds: float = START_SECONDS,
    ) -> None:
        self._command = tuple(command)
        self._request_seconds = request_seconds
        self._start_seconds = start_seconds
        self._process: _Process | None = None
        self._gave_up: SpeechUnavailable | None = None
        self._last_id = 0
        self.info: EngineInfo | None = None
        self.starts = 0
        """Processes started so far: 1 in a healthy life."""
        self.requests = 0
        """Sentences asked for so far."""

    @property
    def pid(self) -> int | None:
        """Process id of the running speaker, None when there is none."""
        return self._process.pid if self._process else None

    @property
    def gave_up(self) -> SpeechUnavailable | None:
        """Why there is no voice until ``forgive``; None while there may be one."""
        return self._gave_up

    def start(self) -> EngineInfo | SpeechUnavailable:
        """Starts the process if it does not run; what it says of itself, or why there is no voice."""
        if self._gave_up is not None:
            return self._gave_up
        if self._process is not None and self.info is not None:
            return self.info
        first = self._start_once()
        if isinstance(first, EngineInfo) or first.code == "no-engine":
            return first if isinstance(first, EngineInfo) else self._give_up(first)
        second = self._start_once(own_library=True)  # the system's espeak-ng may lack its data, which ends its process
        return second if isinstance(second, EngineInfo) else self._give_up(second)

    def render(self, text: str, voice: Voice, path: Path) -> SpeechUnavailable | None:
        """Writes one sentence as a sound file (WAV; AIFF by macOS' own engine) to ``path``; None when it is there."""
        first = self._try(text, voice, path)
        if first is None or first.code in _LINE_FAULTS or self._gave_up is not None:
            return first
        self._end_process(politely=False)
        second = self._try(text, voice, path)
        if second is None or second.code in _LINE_FAULTS:
            return second
        return self._give_up(second)

    def forgive(self) -> None:
        """Lets the next request start the process anew after it was given up (the user mended something)."""
        self._gave_up = None

    def close(self) -> None:
        """Ends the process. Idempotent."""
        self._end_process(politely=True)

    def _try(self, text: str, voice: Voice, path: Path) -> SpeechUnavailable | None:
        started = self.start()
        if isinstance(started, SpeechUnavailable):
            return started
        process = self._process
        if process is None:
            return SpeechUnavailable("engine-died")
        self._last_id += 1
        self.requests += 1
        request: dict[str, object] = {
            "id": self._last_id,
            "text": text,
            "path": str(path),
            "voice": voice.name,
            "language": voice.language,
            "gender": voice.gender,
            "rate": voice.rate,
            "pitch": voice.pitch,
            "range": voice.range,
        }
        if not process.ask(request):
            return SpeechUnavailable("engine-died")
        answer = process.answer(self._request_seconds)
        if isinstance(answer, SpeechUnavailable):
            return answer
        if answer.get("id") != self._last_id:
            return SpeechUnavailable("engine-failed", f"answer {answer.get('id')} to request {self._last_id}")
        if answer.get("ok") is True:
            return None
        return SpeechUnavailable(str(answer.get("code", "engine-failed")), str(answer.get("detail", "")))

    def _start_once(self, *, own_library: bool = False) -> EngineInfo | SpeechUnavailable:
        self._end_process(politely=False)
        try:
            extra = (_OWN_LIBRARY,) if own_library and self._command == _ENGINE else ()
            self._process = _Process((*self._command, *extra))
        except OSError as error:
            return SpeechUnavailable("engine-not-started", str(error))
        self.starts += 1
        hello = self._process.answer(self._start_seconds)
        if isinstance(hello, dict) and hello.get("ready") is True:
            voices = tuple((str(name), str(tag)) for name, tag in hello["voices"])
            self.info = EngineInfo(str(hello["driver"]), str(hello["version"]), str(hello["library"]), voices)
            return self.info
        self._end_process(politely=False)
        if isinstance(hello, SpeechUnavailable):
            return hello
        return SpeechUnavailable(str(hello.get("code", "engine-failed")), str(hello.get("detail", "")))

    def _give_up(self, reason: SpeechUnavailable) -> SpeechUnavailable:
        self._end_process(politely=False)
        self._gave_up = reason
        return reason

    def _end_process(self, *, politely: bool) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end(politely=politely)
