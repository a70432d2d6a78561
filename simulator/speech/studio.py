"""Where lines are rendered: one thread, the only owner of the speaker process. No Qt.

A line asked for (``render``) goes before every line rendered ahead (``prefetch``). What was rendered ahead waits in
memory and is delivered at once.
"""

from __future__ import annotations

import importlib
import logging
import tempfile
import threading
import zlib
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulator.speech import cache, samples, telephone
from simulator.speech.line import RenderedLine, SpeechUnavailable
from simulator.speech.spoken import sentences
from simulator.speech.synthesis import EngineInfo, Speaker
from simulator.speech.takes import Piece, RecordingRefused, Take, take_of
from simulator.speech.voice import Voice

LINES_IN_MEMORY: Final = 24
"""Lines kept decoded: the variants of the next two or three turns, some 5 MB."""

Call = Callable[[], None]
Deliver = Callable[[Call], None]
Words = str | tuple[Piece, ...]
"""What is to be said: a text, or the pieces of a line of which some were recorded."""
_Key = tuple[Words, Voice]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StudioReport:
    """What the voice can do on this machine, as data for ``doctor``: the engine, or why there is none."""

    engine: EngineInfo | None
    unavailable: SpeechUnavailable | None
    starts: int
    sentences_rendered: int
    cache_bytes: int


class Rendering:
    """A line on its way. Its end is a value: a ``RenderedLine`` or a ``SpeechUnavailable``."""

    def __init__(self) -> None:
        self._future: Future[RenderedLine | SpeechUnavailable] = Future()

    @property
    def done(self) -> bool:
        """Whether the outcome is there (or the rendering was cancelled)."""
        return self._future.done()

    def cancel(self) -> bool:
        """Forgets the line: neither callback runs any more. False if it was already delivered."""
        return self._future.cancel()

    def outcome(self, timeout: float | None = None) -> RenderedLine | SpeechUnavailable:
        """Waits, for tests and headless use; a GUI uses the callbacks. TimeoutError after ``timeout`` seconds."""
        try:
            return self._future.result(timeout)
        except CancelledError:
            return SpeechUnavailable("cancelled")

    def _settle(self, outcome: RenderedLine | SpeechUnavailable) -> bool:
        if not self._future.set_running_or_notify_cancel():
            return False
        self._future.set_result(outcome)
        return True


@dataclass(frozen=True, slots=True)
class _Request:
    key: _Key
    rendering: Rendering
    success: Callable[[RenderedLine], None] | None
    failure: Callable[[SpeechUnavailable], None] | None


@dataclass(frozen=True, slots=True)
class _Source:
    """What a piece of a line is made of: a take, else the sentences to be synthesised."""

    sentences: tuple[str, ...]
    take: Take | None

    @property
    def key(self) -> tuple[str, ...]:
        return self.sentences if self.take is None else ("recording", self.take.digest)


def _source(piece: Piece, voice: Voice) -> _Source:
    if piece.recording is not None:
        try:
            return _Source((), take_of(piece.recording))
        except RecordingRefused as refused:
            _log.warning("recording %s is not played: %s", piece.recording, refused)
    return _Source(sentences(piece.text, voice.language), None)


def at_once(call: Call) -> None:
    """Delivers on the thread that has the result: headless use. A GUI passes ``devices.marshal.Marshal.deliver``."""
    call()


class VoiceStudio:
    """The owner of the rendering thread. Close it; afterwards no thread and no process is left.

    ``deliver`` carries callbacks to the caller's thread. Callbacks may come before ``render`` returns only where
    ``deliver`` calls at once.
    """

    def __init__(
        self,
        cache_folder: Path,
        *,
        deliver: Deliver = at_once,
        speaker: Speaker | None = None,
        cache_limit_bytes: int = cache.LIMIT_BYTES,
    ) -> None:
        self._cache = cache.LineCache(cache_folder, cache_limit_bytes)
        self._deliver = deliver
        self._speaker = speaker or Speaker()
        self._condition = threading.Condition()
        self._asked: deque[_Request] = deque()
        self._ahead: deque[_Key] = deque()
        self._memory: OrderedDict[_Key, RenderedLine] = OrderedDict()
        self._engine: EngineInfo | SpeechUnavailable | None = None
        self._working = True
        self._forgive = False
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="voice-studio", daemon=True)
        self._thread.start()

    def render(
        self,
        words: Words,
        voice: Voice,
        success: Callable[[RenderedLine], None] | None = None,
        failure: Callable[[SpeechUnavailable], None] | None = None,
    ) -> Rendering:
        """Asks for a line as sound. Exactly one of the callbacks runs, through ``deliver``, unless it is cancelled."""
        request = _Request((words, voice), Rendering(), success, failure)
        with self._condition:
            closed = self._closed
            ready = self._memory.get(request.key)
            if ready is not None:
                self._memory.move_to_end(request.key)
            elif not closed:
                self._asked.append(request)
                self._condition.notify()
        if ready is not None:
            self._settle(request, ready)
        elif closed:
            self._settle(request, SpeechUnavailable("closed"))
        return request.rendering

    def prefetch(self, lines: Iterable[tuple[Words, Voice]]) -> None:
        """Renders these when nothing is asked for, the likeliest first; replaces what was to be rendered ahead."""
        with self._condition:
            self._ahead = deque(dict.fromkeys(line for line in lines if line not in self._memory))
            self._condition.notify()

    def cancel_prefetch(self) -> None:
        """Forgets what was still to be rendered ahead."""
        self.prefetch(())

    def is_ready(self, words: Words, voice: Voice) -> bool:
        """Whether the line would be delivered without a wait."""
        with self._condition:
            return (words, voice) in self._memory

    def wait_until_idle(self, timeout: float) -> bool:
        """Waits until nothing is asked for nor to be rendered ahead; False after ``timeout`` seconds."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._closed or not (self._working or self._asked or self._ahead), timeout
            )

    def report(self, timeout: float = 20.0) -> StudioReport:
        """What this machine's voice can do; waits for the engine's first start, ``timeout`` seconds at most."""
        with self._condition:
            self._condition.wait_for(lambda: self._engine is not None or self._closed, timeout)
            engine = self._engine
        return StudioReport(
            engine if isinstance(engine, EngineInfo) else None,
            engine if isinstance(engine, SpeechUnavailable) else None,
            self._speaker.starts,
            self._speaker.requests,
            self._cache.size_bytes(),
        )

    def try_again(self) -> None:
        """Forgives an engine that was given up: the next line starts it anew."""
        with self._condition:
            self._forgive = True
            self._condition.notify()

    def close(self) -> None:
        """Ends thread and speaker process; lines still asked for fail with ``closed``. Idempotent."""
        with self._condition:
            self._closed = True
            self._ahead.clear()
            self._condition.notify_all()
        if self._thread is not threading.current_thread():
            self._thread.join()

    # From here on: the studio's own thread.

    def _work(self) -> None:
        try:
            self._note_engine(self._speaker.start())
            importlib.import_module("numpy")  # here, so that neither the first line nor the first window waits for it
            with tempfile.TemporaryDirectory(prefix="voice-") as folder:
                while (job := self._next_job()) is not None:
                    self._do(job, Path(folder))
        finally:
            self._speaker.close()
            with self._condition:
                self._closed = True
                left = list(self._asked)
                self._asked.clear()
                self._condition.notify_all()
            for request in left:
                self._settle(request, SpeechUnavailable("closed"))

    def _next_job(self) -> _Request | _Key | None:
        with self._condition:
            while not self._closed:
                self._working = True
                if self._forgive:
                    self._forgive = False
                    self._speaker.forgive()
                    self._engine = None
                if self._asked:
                    return self._asked.popleft()
                while self._ahead:
                    key = self._ahead.popleft()
                    if key not in self._memory:
                        return key
                self._working = False
                self._condition.notify_all()
                self._condition.wait()
            return None

    def _do(self, job: _Request | _Key, folder: Path) -> None:
        if not isinstance(job, _Request):
            outcome = self._line(job, folder, give_way=True)
            if outcome is None:
                with self._condition:
                    self._ahead.appendleft(job)
            return
        if job.rendering.done:
            return
        with self._condition:
            ready = self._memory.get(job.key)  # rendered ahead since it was asked for
        asked = ready or self._line(job.key, folder, give_way=False)
        self._settle(job, asked or SpeechUnavailable("closed"))

    def _line(self, key: _Key, folder: Path, *, give_way: bool) -> RenderedLine | SpeechUnavailable | None:
        """The line from disk, engine and recordings; None if it gave way to a line that is asked for."""
        words, voice = key
        pieces = [_source(piece, voice) for piece in ((Piece(words),) if isinstance(words, str) else words)]
        pieces = [piece for piece in pieces if piece.take is not None or piece.sentences]
        if not pieces:
            return self._remember(key, RenderedLine(b""))
        identity = ""
        if any(piece.take is None for piece in pieces):
            engine = self._ready_engine()
            if isinstance(engine, SpeechUnavailable):
                return engine
            identity = engine.identity
        name = cache.key_of(tuple(piece.key for piece in pieces), voice, identity)
        stored = self._cache.get(name)
        if stored is not None:
            return self._remember(key, stored)
        sounds: list[samples.Samples] = []
        for piece in pieces:
            said = [piece.take.sound] if piece.take else self._spoken(piece.sentences, key, folder, give_way=give_way)
            if said is None or isinstance(said, SpeechUnavailable):
                return said
            sounds.append(samples.joined(said, voice.gap_ms))
        if any(piece.take for piece in pieces):  # a person beside the engine: equally loud before they are one line
            sounds = [telephone.levelled(sound, voice.volume) for sound in sounds]
        whole = samples.joined(sounds, voice.gap_ms)
        heard = telephone.apply(whole, voice.effect, voice.volume, zlib.crc32(name.encode()))
        line = RenderedLine(samples.to_pcm(heard))
        self._cache.put(name, line)
        return self._remember(key, line)

    def _ready_engine(self) -> EngineInfo | SpeechUnavailable:
        engine = self._speaker.info
        if engine is not None and self._engine is not None:
            return engine
        started = self._speaker.start()
        self._note_engine(started)
        return started

    def _spoken(
        self, parts: tuple[str, ...], key: _Key, folder: Path, *, give_way: bool
    ) -> list[samples.Samples] | SpeechUnavailable | None:
        """The sentences as the engine says them; None if they gave way."""
        sounds: list[samples.Samples] = []
        for part in parts:
            if give_way and self._must_give_way(key):
                return None
            file = folder / "sentence.wav"
            failure = self._speaker.render(part, key[1], file)
            if failure is not None:
                _log.info("no voice for a line: %s (%s)", failure.code, failure.detail)
                if self._speaker.gave_up is not None:
                    self._note_engine(self._speaker.gave_up)
                return failure
            try:
                sounds.append(samples.read(file))
            except (OSError, samples.UnreadableSound) as error:
                return SpeechUnavailable("nothing-written", str(error))
        return sounds

    def _remember(self, key: _Key, line: RenderedLine) -> RenderedLine:
        with self._condition:
            self._memory[key] = line
            self._memory.move_to_end(key)
            while len(self._memory) > LINES_IN_MEMORY:
                self._memory.popitem(last=False)
        return line

    def _note_engine(self, engine: EngineInfo | SpeechUnavailable) -> None:
        with self._condition:
            self._engine = engine
            self._condition.notify_all()

    def _must_give_way(self, key: _Key) -> bool:
        with self._condition:
            return self._closed or bool(self._asked and self._asked[0].key != key)

    def _settle(self, request: _Request, outcome: RenderedLine | SpeechUnavailable) -> None:
        def tell() -> None:
            if not request.rendering._settle(outcome):
                return
            if isinstance(outcome, RenderedLine):
                if request.success is not None:
                    request.success(outcome)
            elif request.failure is not None:
                request.failure(outcome)

        self._deliver(tell)
