"""The thread that owns a recogniser: loads it, asks it, and says when a call to it began."""

import importlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol

from simulator.speech.heard import Heard, Hints, ListeningUnavailable, Recogniser
from simulator.speech.listening.turn import Hearing, Take, Turn
from simulator.speech.reasons import REASONS

Call = Callable[[], None]
Load = Callable[[], Recogniser | ListeningUnavailable]

_log = logging.getLogger(__name__)


class Employer(Protocol):
    """What a worker needs of its listener."""

    on_ready: Callable[[], None]
    on_speech: Callable[[], None]
    on_partial: Callable[[str], None]
    on_heard: Callable[[Heard, Take], None]

    def next_job(self, worker: "Worker") -> Turn | Hints | None:
        """Waits for it; None when this worker is to end."""
        ...

    def turn_ended(self, turn: Turn) -> None:
        """It takes no more sound."""
        ...

    def tell(self, turn: Turn | None, call: Call, *, last: bool = False) -> None:
        """Delivers a callback."""
        ...

    def fail(self, turn: Turn | None, unavailable: ListeningUnavailable) -> None:
        """Tells why, as the end of the turn if there is one."""
        ...


class Worker:
    """One at a time is the listener's; one that hangs is left to itself, and tells nothing any more."""

    def __init__(self, listener: Employer, load: Load) -> None:
        self._listener = listener
        self._load = load
        self.turn: Turn | None = None
        self.ready = False
        """The recogniser is loaded."""
        self.busy_since: float | None = None
        """When the call began that the recogniser is at (`time.monotonic`)."""
        self.thread = threading.Thread(target=self._work, name="listener", daemon=True)

    def _work(self) -> None:
        # Here, so that neither the window nor the first turn waits for them.
        importlib.import_module("numpy")
        importlib.import_module("simulator.speech.listening.source")
        loaded = self._loaded()
        if isinstance(loaded, ListeningUnavailable):
            self._listener.fail(None, loaded)
            while (job := self._listener.next_job(self)) is not None:
                if isinstance(job, Turn):
                    self._listener.fail(job, loaded)
            return
        try:
            self.ready = True
            self._listener.tell(None, lambda: self._listener.on_ready())
            while (job := self._listener.next_job(self)) is not None:
                if isinstance(job, Turn):
                    self._listen(job, loaded)
                else:
                    self._prepare(job, loaded)
        finally:
            loaded.close()

    def _loaded(self) -> Recogniser | ListeningUnavailable:
        try:
            return self._load()
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the typed call goes on
            _log.exception("the recogniser could not be loaded")
            return ListeningUnavailable("recogniser-not-loaded", str(error))

    def _prepare(self, hints: Hints, recogniser: Recogniser) -> None:
        try:
            with self._asking():
                recogniser.prepare(hints)
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the typed call goes on
            _log.exception("the recogniser could not be prepared")
            self._listener.fail(None, ListeningUnavailable("recogniser-failed", str(error)))

    def _listen(self, turn: Turn, recogniser: Recogniser) -> None:
        try:
            told = self._hear(turn, recogniser)
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the typed call goes on
            _log.exception("the recogniser failed")
            self._listener.fail(turn, ListeningUnavailable(_code_of(error), str(error)))
            return
        if told is not None:
            self._listener.tell(turn, lambda: self._listener.on_heard(*told), last=True)

    def _hear(self, turn: Turn, recogniser: Recogniser) -> tuple[Heard, Take] | None:
        """Reads the turn to its end; None where it was cancelled."""
        from simulator.speech.listening.source import FrameSource

        hearing = Hearing(turn, recogniser)
        with FrameSource(turn.stream) as source:
            while block := turn.stream.read(source.CHUNK):
                with self._asking():
                    progress = hearing.accept(block, turn.stream.moment_ms)
                if progress.spoke:
                    self._listener.tell(turn, lambda: self._listener.on_speech())
                if progress.partial is not None:
                    self._listener.tell(turn, partial(self._tell_partial, progress.partial))
                if progress.over:
                    break
            self._listener.turn_ended(turn)
        if turn.cancelled:
            return None
        with self._asking():
            return hearing.finish()

    def _tell_partial(self, text: str) -> None:
        self._listener.on_partial(text)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self.busy_since = time.monotonic()
        try:
            yield
        finally:
            self.busy_since = None


def _code_of(error: Exception) -> str:
    """An error may say by a `code` of this room what is wrong (a service on the network that does not answer)."""
    code = getattr(error, "code", None)
    return code if isinstance(code, str) and code in REASONS else "recogniser-failed"
