"""Samples on their way from the microphone to whoever reads them, with the moment at which each was captured. No Qt."""

import logging
import threading
import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from typing import Final

from simulator.speech.heard import RATE

CAPACITY_MS: Final = 30_000
"""Sound that may wait for its reader; then the oldest is dropped."""
DEAD_DEVICE_S: Final = 3.0
"""A turn that gets nothing for so long is over; the microphone itself is given up after four seconds."""
REMEMBERED_MS: Final = 2_000
"""Sound kept between turns."""
PRE_ROLL_MS: Final = 300
"""Sound from before the key was pressed, or before the voice was noticed: the first syllable is in it."""
_BROKEN_MS: Final = 500
"""Sound older than this at the start of a turn is not its beginning: the microphone was closed in between."""
_GAP_MS: Final = 200
"""Sound that comes so much later than it should follows a gap; less is the unevenness of its blocks."""

Clock = Callable[[], float]
"""Seconds, monotonic: ``time.monotonic``."""

_log = logging.getLogger(__name__)


def milliseconds(pcm: bytes) -> float:
    """How long the samples last."""
    return len(pcm) / 2 / RATE * 1000


class Timeline:
    """When each sample was captured: milliseconds of the monotonic clock by the index of the sample.

    A block comes when its last sample has been captured, or some time later. So the blocks that come first of all, by
    the count of samples, are the truest; a block that comes much later than its place follows a gap.
    """

    def __init__(self) -> None:
        self._indexes: list[int] = []
        self._moments: list[float] = []

    def add(self, index: int, size: int, now_ms: float) -> float:
        """A block of ``size`` samples beginning at ``index`` came at ``now_ms``; when its first sample was captured."""
        measured = now_ms - size * 1000 / RATE
        if not self._indexes or measured - self.at(index) > _GAP_MS:
            self._indexes.append(index)
            self._moments.append(measured)
            return measured
        expected = self.at(index)
        if measured < expected:  # all blocks since the last gap were late, this one less than they
            self._moments[-1] -= expected - measured
            return measured
        return expected

    def add_known(self, index: int, moment_ms: float) -> None:
        """The sample at ``index`` was captured at ``moment_ms``, as another timeline had it."""
        if not self._indexes or abs(moment_ms - self.at(index)) > 1:
            self._indexes.append(index)
            self._moments.append(moment_ms)

    def at(self, index: int) -> float:
        """When the sample at ``index`` was captured. ValueError before the first block."""
        if not self._indexes:
            raise ValueError("no sound yet")
        place = max(0, bisect_right(self._indexes, index) - 1)
        return self._moments[place] + (index - self._indexes[place]) * 1000 / RATE


class FrameStream:
    """Thread-safe: one feeds, one reads. ``read`` is what SpeechRecognition asks of the stream of an ``AudioSource``.

    ``read`` gives ``b""`` for ever once the stream was ended and emptied, was cancelled, or got nothing for
    ``limit_s`` seconds while it was being read (``starved``).
    """

    def __init__(
        self, *, limit_s: float = DEAD_DEVICE_S, capacity_ms: int = CAPACITY_MS, clock: Clock = time.monotonic
    ) -> None:
        self._limit_s = limit_s
        self._capacity = 2 * (capacity_ms * RATE // 1000)
        self._clock = clock
        self._more = threading.Condition()
        self._blocks: deque[tuple[bytes, float]] = deque()
        self._waiting = 0
        self._fed = 0
        self._timeline = Timeline()
        self._ended = False
        self._moment_ms = 0.0
        self.starved = False
        self.dropped_ms = 0.0
        """Sound lost because nobody read it in time."""

    def feed(self, pcm: bytes, moment_ms: float | None = None) -> None:
        """Appends samples, and never waits. After the end they are ignored.

        ``moment_ms``: when the first of them was captured; else they have come just now.
        """
        pcm = pcm[: len(pcm) // 2 * 2]
        if not pcm:
            return
        with self._more:
            if self._ended:
                return
            if moment_ms is None:
                moment_ms = self._timeline.add(self._fed, len(pcm) // 2, self._clock() * 1000)
            else:
                self._timeline.add_known(self._fed, moment_ms)
            self._fed += len(pcm) // 2
            self._blocks.append((pcm, moment_ms))
            self._waiting += len(pcm)
            self._make_room()
            self._more.notify()

    def end(self) -> None:
        """No more comes; what waits may still be read."""
        with self._more:
            self._ended = True
            self._more.notify()

    def cancel(self) -> None:
        """No more comes, and what waits is forgotten."""
        with self._more:
            self._ended = True
            self._blocks.clear()
            self._waiting = 0
            self._more.notify()

    def take_rest(self) -> list[tuple[bytes, float]]:
        """Ends the stream and gives what was not read: blocks, each with the moment of its first sample."""
        with self._more:
            self._ended = True
            rest = list(self._blocks)
            self._blocks.clear()
            self._waiting = 0
            return rest

    @property
    def moment_ms(self) -> float:
        """When the first sample of what was read last was captured."""
        with self._more:
            return self._moment_ms

    @property
    def waiting_ms(self) -> float:
        """Sound that was not read yet."""
        with self._more:
            return self._waiting / 2 / RATE * 1000

    def read(self, size: int) -> bytes:
        """The next ``size`` samples; fewer at the end, ``b""`` after it."""
        wanted = 2 * size
        with self._more:
            while self._waiting < wanted and not self._ended:
                if not self._more.wait(self._limit_s):
                    self.starved = self._ended = True
            if not self._blocks:
                return b""
            self._moment_ms = self._blocks[0][1]
            given = bytearray()
            while self._blocks and len(given) < wanted:
                pcm, moment = self._blocks.popleft()
                short = wanted - len(given)
                given += pcm[:short]
                if len(pcm) > short:
                    self._blocks.appendleft((pcm[short:], moment + milliseconds(pcm[:short])))
            self._waiting -= len(given)
            return bytes(given)

    def _make_room(self) -> None:
        while self._waiting > self._capacity and len(self._blocks) > 1:
            pcm, _ = self._blocks.popleft()
            self._waiting -= len(pcm)
            if not self.dropped_ms:
                _log.warning("the recogniser does not keep up: the oldest sound is dropped")
            self.dropped_ms += milliseconds(pcm)


class Recent:
    """The last `REMEMBERED_MS` of sound that is no turn's: to know the room by, and the beginning of the next turn.

    Not thread-safe: its owner has a lock.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._blocks: deque[tuple[bytes, float]] = deque()
        """Each with the moment of its first sample."""
        self._length_ms = 0.0
        self._timeline = Timeline()
        self._fed = 0
        self._turn_end_ms = 0.0

    def feed(self, pcm: bytes) -> None:
        size = len(pcm) // 2
        if size:
            moment = self._timeline.add(self._fed, size, self._clock() * 1000)
            self._fed += size
            self._keep(pcm[: 2 * size], moment)

    def turn_ended(self, rest: list[tuple[bytes, float]]) -> None:
        """A turn is over; `rest` came after its end."""
        self._turn_end_ms = rest[0][1] if rest else self._clock() * 1000
        self._timeline, self._fed = Timeline(), 0
        for pcm, moment in rest:
            self._keep(pcm, moment)

    def clear(self) -> None:
        self._blocks.clear()
        self._length_ms = 0.0

    def hand_over(self, stream: FrameStream) -> bytes:
        """Gives the stream what belongs to its turn already; returns the sound before that.

        It is the pre-roll, or all that came since the turn before; nothing if the microphone was closed meanwhile.
        """
        blocks = list(self._blocks)
        self.clear()
        newest = blocks[-1][1] + milliseconds(blocks[-1][0]) if blocks else 0.0
        if self._clock() * 1000 - newest > _BROKEN_MS:
            return b"".join(pcm for pcm, _ in blocks)
        since = newest - PRE_ROLL_MS
        if self._turn_end_ms > newest - REMEMBERED_MS:
            since = min(since, self._turn_end_ms)
        before = bytearray()
        for pcm, moment in blocks:
            old = max(0, min(len(pcm) // 2, round((since - moment) * RATE / 1000)))
            before += pcm[: 2 * old]
            stream.feed(pcm[2 * old :], moment + old * 1000 / RATE)
        return bytes(before)

    def _keep(self, pcm: bytes, moment_ms: float) -> None:
        self._blocks.append((pcm, moment_ms))
        self._length_ms += milliseconds(pcm)
        while self._length_ms - milliseconds(self._blocks[0][0]) >= REMEMBERED_MS:
            self._length_ms -= milliseconds(self._blocks.popleft()[0])
