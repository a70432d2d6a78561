"""The speaker process seen from the program: a request has five seconds, then kill, restart once, then «no voice».

``Speaker`` belongs to one thread (the studio's). It returns its failures as values; it never raises into its caller.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from simulator.speech.child import Child, NoAnswer
from simulator.speech.line import SpeechUnavailable
from simulator.speech.voice import Voice

REQUEST_SECONDS: Final = 5.0
"""Time for one request; rendering a sentence takes some 11 ms."""
START_SECONDS: Final = 15.0
"""Time to become ready: 0.1 s here, far longer on a cold Windows desk with a virus scanner."""
_OWN_LIBRARY: Final = "--own-library"
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
        self._process: Child | None = None
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
        answer = _told(process.answer(self._request_seconds))
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
            self._process = Child((*self._command, *extra), "speaker-output")
        except OSError as error:
            return SpeechUnavailable("engine-not-started", str(error))
        self.starts += 1
        hello = _told(self._process.answer(self._start_seconds))
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


def _told(answer: dict[str, Any] | NoAnswer) -> dict[str, Any] | SpeechUnavailable:
    """A missing answer as the reason why there is no voice: ``engine-hung``, ``engine-died``, ``engine-failed``."""
    return SpeechUnavailable(f"engine-{answer.kind}", answer.detail) if isinstance(answer, NoAnswer) else answer
