"""Who listens: one thread, the only owner of the recogniser. No Qt.

Sound comes by `feed` at any time; a turn takes what belongs to it. The recogniser is loaded once, on that thread, and
kept. All callbacks go through `deliver`, none while a lock is held.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from simulator.settings import PATIENCE_MS
from simulator.speech.heard import Heard, Hints, ListeningUnavailable
from simulator.speech.listening.endpoint import NoiseFloor
from simulator.speech.listening.frames import DEAD_DEVICE_S, Clock, FrameStream, Recent
from simulator.speech.listening.turn import Take, Turn
from simulator.speech.listening.worker import Call, Load, Worker

__all__ = ["Listener", "Take"]

HANG_S: Final = 10.0
"""A recogniser that is busy with one call for so long is given up."""

Deliver = Callable[[Call], None]

_log = logging.getLogger(__name__)


def _nobody(*_told: object) -> None:
    """Nobody has asked to be told."""


class Listener:
    """Listens turn by turn. Close it: then no thread of it is left, unless the recogniser itself hangs or is loading.

    Each turn ends in exactly one `on_heard`, or in one `on_unavailable` if the recogniser fails; in neither if it is
    cancelled. A silent turn is heard as an empty text.
    """

    def __init__(
        self,
        load: Load,
        *,
        deliver: Deliver,
        patience_ms: int = PATIENCE_MS["normal"],
        hang_s: float = HANG_S,
        dead_device_s: float = DEAD_DEVICE_S,
        clock: Clock = time.monotonic,
    ) -> None:
        self.patience_ms = patience_ms
        """The pause that ends a turn of the open microphone; a change applies to the next turn."""
        self.on_ready: Callable[[], None] = _nobody
        """The recogniser is loaded; again after one that hung."""
        self.on_unavailable: Callable[[ListeningUnavailable], None] = _nobody
        self.on_speech: Callable[[], None] = _nobody
        self.on_partial: Callable[[str], None] = _nobody
        self.on_heard: Callable[[Heard, Take], None] = _nobody
        self._load = load
        self._deliver = deliver
        self._hang_s = hang_s
        self._dead_device_s = dead_device_s
        self._clock = clock
        self._floor = NoiseFloor()
        self._condition = threading.Condition()
        self._jobs: deque[Turn | Hints] = deque()
        self._hints: Hints | None = None
        self._turn: Turn | None = None
        """The turn that takes the sound now."""
        self._open: list[Turn] = []
        """Turns not over: the one that takes the sound, and those whose words are still being found."""
        self._recent = Recent(clock)
        self._closed = False
        self._worker: Worker | None = None
        self._watch: threading.Thread | None = None

    @property
    def is_listening(self) -> bool:
        """A turn takes the sound now."""
        with self._condition:
            return self._turn is not None

    @property
    def backlog_ms(self) -> float:
        """Sound of the turn that the recogniser has not taken yet; grows where it does not keep up."""
        with self._condition:
            return self._turn.stream.waiting_ms if self._turn is not None else 0.0

    @property
    def is_ready(self) -> bool:
        """The recogniser is loaded: `on_ready` was told already."""
        with self._condition:
            return self._worker is not None and self._worker.ready

    def start(self) -> None:
        """Begins to load the recogniser; set the callbacks before. The first `prepare` or `start_turn` does it too."""
        with self._condition:
            if self._worker is not None or self._closed:
                return
            self._worker = Worker(self, self._load)
            self._watch = threading.Thread(target=self._watch_worker, name="listener-watch", daemon=True)
            self._worker.thread.start()
            self._watch.start()

    def prepare(self, hints: Hints) -> None:
        """What may be said in the call that begins; applies to the turns that start after it."""
        self.start()
        with self._condition:
            self._hints = hints
            self._jobs.append(hints)
            self._condition.notify_all()

    def feed(self, pcm: bytes) -> None:
        """The next samples of the microphone (`RATE`, mono, 16 bit), as soon as they come. Never waits."""
        with self._condition:
            if self._turn is not None:
                self._turn.stream.feed(pcm)
            elif not self._closed:
                self._recent.feed(pcm)

    def start_turn(self, hold: bool) -> None:
        """From now on the sound is a turn. `hold`: until `end_turn` (push-to-talk); else it ends itself by silence.

        A turn that is still taking sound is cancelled. The words of the one before need not be waited for.
        """
        self.start()
        with self._condition:
            if self._closed:
                return
            if self._turn is not None:
                self._cancel([self._turn])
            stream = FrameStream(limit_s=self._dead_device_s, clock=self._clock)
            before = self._recent.hand_over(stream)
            turn = Turn(stream, hold=hold, patience_ms=self.patience_ms, before=before, floor=self._floor)
            self._turn = turn
            self._open.append(turn)
            self._jobs.append(turn)
            self._condition.notify_all()

    def end_turn(self) -> None:
        """The key was let go: the turn is what came until now. Without a turn, nothing."""
        with self._condition:
            turn, self._turn = self._turn, None
            if turn is not None:
                self._recent.turn_ended([])
                turn.stream.end()

    def cancel_turn(self) -> None:
        """Forgets the turn, and those whose words are still being found. Nothing more is told of them."""
        with self._condition:
            self._cancel(list(self._open))
            self._recent.clear()

    def close(self) -> None:
        """Ends the threads and frees the recogniser; nothing is told any more. Idempotent. Two seconds at most."""
        with self._condition:
            self._closed = True
            self._cancel(list(self._open))
            self._jobs.clear()
            threads = [self._watch, self._worker.thread if self._worker is not None else None]
            self._condition.notify_all()
        for thread in threads:
            if thread is not None and thread.is_alive() and thread is not threading.current_thread():
                thread.join(1.0)

    # For the worker, and the watch.

    def next_job(self, worker: Worker) -> Turn | Hints | None:
        """Waits for it; None when this worker is to end."""
        with self._condition:
            while worker is self._worker and not self._closed:
                worker.turn = None
                if not self._jobs:
                    self._condition.wait()
                    continue
                job = self._jobs.popleft()
                if isinstance(job, Hints):
                    return job
                if not job.cancelled:
                    worker.turn = job
                    return job
            return None

    def turn_ended(self, turn: Turn) -> None:
        """It takes no more sound; what came after its end belongs to the next one."""
        with self._condition:
            if self._turn is turn:
                self._turn = None
                self._recent.turn_ended(turn.stream.take_rest())

    def tell(self, turn: Turn | None, call: Call, *, last: bool = False) -> None:
        """Delivers a callback, unless its turn is over by then; `last`: with it, the turn is."""

        def run() -> None:
            with self._condition:
                if self._closed or (turn is not None and (turn.cancelled or turn.told)):
                    return
                if turn is not None and last:
                    turn.told = True
                    self._open.remove(turn)
            call()

        self._deliver(run)

    def fail(self, turn: Turn | None, unavailable: ListeningUnavailable) -> None:
        """Tells why, as the end of the turn if there is one."""
        if turn is not None:
            self.turn_ended(turn)
        self.tell(turn, lambda: self.on_unavailable(unavailable), last=True)

    def _cancel(self, turns: list[Turn]) -> None:
        for turn in turns:
            turn.cancelled = True
            turn.stream.cancel()
            self._open.remove(turn)
            if turn is self._turn:
                self._turn = None

    def _watch_worker(self) -> None:
        """Looks now and then, as long as a turn is open or a call is being answered."""
        while (hung := self._hung_worker()) is not None:
            _log.warning("the recogniser does not answer; it is loaded anew")
            self.fail(hung.turn, ListeningUnavailable("recogniser-hung"))
            with self._condition:
                if self._worker is not None and not self._closed:
                    self._worker.thread.start()  # now: that it is ready is told after that it was not

    def _hung_worker(self) -> Worker | None:
        """Waits until a worker hangs and another, not started yet, has its place; None when the listener is closed."""
        with self._condition:
            while not self._closed:
                worker = self._worker
                if worker is None or not (self._open or worker.busy_since is not None):
                    self._condition.wait()
                elif worker.busy_since is None or time.monotonic() - worker.busy_since < self._hang_s:
                    self._condition.wait(self._hang_s / 10)
                else:
                    self._jobs = deque(job for job in self._jobs if not isinstance(job, Hints))
                    if self._hints is not None:
                        self._jobs.appendleft(self._hints)
                    self._worker = Worker(self, self._load)
                    return worker  # it ends when its call returns, if ever
            return None
