"""A recogniser in a process of its own, for those that keep Python's lock while they work, or that may crash.

Measured: PocketSphinx keeps the lock in every call, 1 ms for 50 ms of sound but 110 ms at the end of five seconds of
speech (its second pass), and the window stands still for so long; with a large model 640 ms. Vosk is called by cffi,
which frees the lock. Apart, each block of sound costs some 0.3 ms more.
"""

import base64
import dataclasses
import sys
from collections.abc import Sequence
from typing import Any, Final

from simulator.speech.child import Child, NoAnswer
from simulator.speech.heard import Heard, Hints, ListeningUnavailable, Word

LOAD_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 8.0
"""For one request; less than the listener waits for a recogniser that hangs, so that the process is ended first."""
_COMMAND: Final = (sys.executable, "-m", "simulator.speech.listening.apart_process")


class RecogniserStopped(Exception):  # noqa: N818 - the name says what happened
    """The process died, hung (it was killed), or its recogniser raised. The next utterance starts a new process."""


class RecogniserApart:
    """A `Recogniser` whose work is done elsewhere. `maker` names a function as ``module:function`` that is called there
    with `arguments` and returns a `Recogniser` or a `ListeningUnavailable`."""

    def __init__(
        self,
        maker: str,
        *arguments: str,
        answer_seconds: float = ANSWER_SECONDS,
        load_seconds: float = LOAD_SECONDS,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        self._command = (*command, maker, *arguments)
        self._answer_seconds = answer_seconds
        self._load_seconds = load_seconds
        self._child: Child | None = None
        self._hints: Hints | None = None
        self._name = ""
        self.starts = 0
        """Processes started so far: 1 in a healthy life."""

    @classmethod
    def load(cls, maker: str, *arguments: str, **options: Any) -> "RecogniserApart | ListeningUnavailable":
        """Starts the process and waits until its recogniser is loaded."""
        made = cls(maker, *arguments, **options)
        unavailable = made._start()
        return made if unavailable is None else unavailable

    @property
    def name(self) -> str:
        return self._name

    @property
    def pid(self) -> int | None:
        """Process id, None when none runs."""
        return self._child.pid if self._child is not None else None

    def prepare(self, hints: Hints) -> None:
        self._hints = hints
        self._running()
        self.ask({"do": "prepare", "names": hints.names, "sentences": hints.sentences})

    def begin(self) -> "UtteranceApart":
        self._running()
        self.ask({"do": "begin"})
        return UtteranceApart(self, self.starts)

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end(politely=True)

    def ask(self, request: dict[str, object]) -> dict[str, Any]:
        """Sends a request and waits. Raises RecogniserStopped."""
        if self._child is None:
            raise RecogniserStopped("no process")
        answer = self._child.answer(self._answer_seconds) if self._child.ask(request) else NoAnswer("died", "no reader")
        if isinstance(answer, NoAnswer):
            self._drop()
            raise RecogniserStopped(f"{answer.kind}: {answer.detail}")
        if answer.get("ok") is not True:
            raise RecogniserStopped(str(answer.get("detail", "")))
        return answer

    def _running(self) -> None:
        """Starts anew what died, with the same hints."""
        if self._child is not None:
            return
        unavailable = self._start()
        if unavailable is not None:
            raise RecogniserStopped(f"{unavailable.code}: {unavailable.detail}")
        if self._hints is not None:
            self.ask({"do": "prepare", "names": self._hints.names, "sentences": self._hints.sentences})

    def _start(self) -> ListeningUnavailable | None:
        try:
            self._child = Child(self._command, "recogniser-output")
        except OSError as error:
            return ListeningUnavailable("recogniser-not-loaded", str(error))
        self.starts += 1
        hello = self._child.answer(self._load_seconds)
        if isinstance(hello, dict) and "name" in hello:
            self._name = str(hello["name"])
            return None
        self._drop()
        if isinstance(hello, NoAnswer):
            return ListeningUnavailable("recogniser-not-loaded", f"{hello.kind}: {hello.detail}")
        return ListeningUnavailable(str(hello.get("code", "recogniser-not-loaded")), str(hello.get("detail", "")))

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end(politely=False)


class UtteranceApart:
    """Of a `RecogniserApart`; of no use any more once its process was ended."""

    def __init__(self, recogniser: RecogniserApart, process: int) -> None:
        self._recogniser = recogniser
        self._process = process

    def accept(self, pcm: bytes) -> str:
        return str(self._ask({"do": "accept", "pcm": base64.b64encode(pcm).decode()})["text"])

    def finish(self) -> Heard:
        return heard_from(self._ask({"do": "finish"})["heard"])

    def _ask(self, request: dict[str, object]) -> dict[str, Any]:
        if self._process != self._recogniser.starts:
            raise RecogniserStopped("the process of this utterance was ended")
        return self._recogniser.ask(request)


def heard_to(heard: Heard) -> dict[str, Any]:
    """As JSON has it."""
    return dataclasses.asdict(heard)


def heard_from(stored: dict[str, Any]) -> Heard:
    """The inverse of `heard_to`."""
    words = tuple(Word(**word) for word in stored["words"])
    return Heard(**{**stored, "words": words, "unheard": tuple(stored["unheard"])})
