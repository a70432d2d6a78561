"""What a captured stream really reads. PulseAudio's server knows, Qt does not tell.

When a microphone is unplugged, the server hands its stream to another source: if no microphone is left, to the monitor
of a loudspeaker. Measured with Qt 6.11 on PulseAudio 16: Qt keeps silent when an input goes (``audioInputsChanged`` is
not emitted; outputs that go with it may be), and lists it as before. Asking the server takes 0.2 ms.
"""

import os
import select
import sys
import time
from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from simulator.paths import APPLICATION

if TYPE_CHECKING:
    from pulsectl import Pulse

_FIRST_ANSWER_S: Final = 1.0
_ANSWER_S: Final = 0.1
"""The window waits no longer for an answer."""
_REST_S: Final = 1.0
"""A server that did not answer is asked again after so long: it queues few connections."""
_Answer = TypeVar("_Answer")


class Reads(Enum):
    """What the stream reads now."""

    SAME = "same"
    """What it read at first, as far as anybody knows."""
    OTHER = "other"
    UNANSWERED = "unanswered"
    """The server does not answer (any more): ask again."""


class StreamWatch:
    """Of the capture stream that this process has begun last, so make it right after that. Close it.

    Where no server speaks PulseAudio's protocol (other systems), `reads` is always `SAME`.
    """

    def __init__(self) -> None:
        self.device: str | None = None
        """What it reads at first, as the server calls it; None where there is nobody to tell."""
        self._pulse: Pulse | None = None
        self._deadline = self._rested = 0.0
        self._stream = self._source = -1
        if sys.platform != "linux":
            return
        try:
            import pulsectl  # noqa: F401 - brings libpulse, which may be missing
        except OSError:
            return
        self._ask(self._find, _FIRST_ANSWER_S)

    def reads(self) -> Reads:
        """Asked after samples came, it holds for all of them: a stream that was moved gives others only afterwards."""
        if self.device is None:
            return Reads.SAME
        answer = self._ask(self._compare, _ANSWER_S)
        return Reads.UNANSWERED if answer is None else answer

    def close(self) -> None:
        """Idempotent."""
        pulse, self._pulse = self._pulse, None
        if pulse is not None:
            pulse.close()

    def _find(self, pulse: "Pulse") -> None:
        process = str(os.getpid())
        ours = {one.index for one in pulse.client_list() if one.proplist.get("application.process.id") == process}
        streams = [one for one in pulse.source_output_list() if one.client in ours]
        if streams:
            newest = max(streams, key=lambda one: int(one.index))
            self._stream, self._source = newest.index, newest.source
            self.device = pulse.source_info(newest.source).name

    def _compare(self, pulse: "Pulse") -> Reads:
        from pulsectl import PulseIndexError

        try:
            source = pulse.source_output_info(self._stream).source
            if source != self._source and pulse.source_info(source).name == self.device:
                self._source = source  # unplugged and plugged in again: the server has handed it back
        except PulseIndexError:
            return Reads.OTHER
        return Reads.SAME if source == self._source else Reads.OTHER

    def _ask(self, question: "Callable[[Pulse], _Answer]", seconds: float) -> _Answer | None:
        """The answer, or None: then the connection is made anew, after a while."""
        from pulsectl import Pulse, PulseDisconnected, PulseError
        from pulsectl._pulsectl import LibPulse

        now = time.monotonic()
        if now < self._rested:
            return None
        self._deadline = now + seconds
        try:
            if self._pulse is None:
                self._pulse = Pulse(APPLICATION, connect=False)
                self._pulse.set_poll_func(self._poll, _no_matter)
                self._pulse.connect()
            return question(self._pulse)
        except (PulseError, PulseDisconnected, LibPulse.CallError):
            self.close()
            self._rested = now + _REST_S
            return None

    def _poll(self, descriptors: Sequence[Any], timeout: float) -> int:
        """`poll` of the C library, over before the deadline: the library itself would wait without end."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        poll = select.poll()
        for one in descriptors:
            poll.register(one.fd, one.events)
        found = dict(poll.poll(1000 * (left if timeout < 0 else min(left, timeout))))
        for one in descriptors:
            one.revents = found.get(one.fd, 0)
        return len(found)


def _no_matter(*_error: object) -> None:
    """The deadline is over: the call under way raises an error of its own."""
