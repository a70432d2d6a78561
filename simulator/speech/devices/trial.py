"""Trying the microphone from a command without a window: its level for a second, and sentences read to a recogniser.

Blocks in an event loop of its own; call it from the main thread, inside `application()`.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QLoggingCategory, QTimer

from simulator.speech.devices.capturing import CaptureDevice
from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.opening import open_microphone
from simulator.speech.heard import Heard, Hints, ListeningUnavailable
from simulator.speech.listening.listener import Listener, Take
from simulator.speech.listening.worker import Load

_LEVEL_MS: Final = 50
_LIMIT_MS: Final = 10_000
"""A device that neither gives sound nor is lost by then never will."""
LOADING_MS: Final = 120_000
BEGIN_MS: Final = 20_000
"""Who has said nothing by then does not read this sentence."""
_END_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class MicrophoneLevel:
    """What a microphone gave. Levels in dBFS (RMS of 50 ms), −90 … 0; meaningless where `reason` is not None."""

    name: str
    reason: str | None
    loudest: float = -90.0
    usual: float = -90.0
    """The median: the room, when nobody speaks."""


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """A sentence as it was heard; `delay_ms` from the last sample of voice to its text, None if nothing was said."""

    heard: Heard
    delay_ms: int | None


@contextmanager
def application() -> Iterator[QCoreApplication]:
    """Qt's application object: the one there is, else one for this time, without its murmurs."""
    present = QCoreApplication.instance()
    if present is not None:
        yield present
        return
    # Not by a message handler of our own: Qt's sound threads would wait for Python, and Python for them (measured).
    QLoggingCategory.setFilterRules("*=false")
    made = QCoreApplication([])
    try:
        yield made
    finally:
        made.shutdown()
        QLoggingCategory.setFilterRules("")


def microphone_level(
    device_id: str | None, *, ms: int = 1000, microphone: CaptureDevice | None = None
) -> MicrophoneLevel:
    """Opens the microphone for about `ms` of sound (and no longer than ten seconds) and closes it again."""
    device = microphone or open_microphone()
    loop = QEventLoop()
    levels: list[float] = []
    reasons: list[str] = []

    def on_level(level: float) -> None:
        levels.append(level)
        if len(levels) * _LEVEL_MS >= ms:
            loop.quit()

    def on_lost(code: str) -> None:
        reasons.append(code)
        loop.quit()

    device.level.connect(on_level)
    device.lost.connect(on_lost)
    device.open(device_id)
    _run(loop, _LIMIT_MS)
    name = device.device_name
    device.close()
    if microphone is None:
        device.deleteLater()
    if reasons or not levels:
        return MicrophoneLevel(name, reasons[0] if reasons else "microphone-lost")
    return MicrophoneLevel(name, None, max(levels), statistics.median(levels))


class Trial:
    """A microphone and a recogniser at work together. Close it."""

    def __init__(
        self, load: Load, *, device_id: str | None, patience_ms: int, microphone: CaptureDevice | None = None
    ) -> None:
        self._loop = QEventLoop()
        self._marshal = Marshal()
        self._microphone = microphone or open_microphone()
        self._device_id = device_id
        self._listener = Listener(load, deliver=self._marshal.deliver, patience_ms=patience_ms)
        self._heard: ReadAloud | None = None
        self._why: ListeningUnavailable | None = None
        self._waited_for: Callable[[], bool] = bool
        self._ready = self._opened = self._spoke = False
        self._listener.on_ready = self._on_ready
        self._listener.on_unavailable = self._fail
        self._listener.on_speech = self._on_speech
        self._listener.on_heard = self._on_heard
        self._microphone.frames.connect(self._on_frames)
        self._microphone.lost.connect(self._on_lost)

    def start(self, hints: Hints) -> ListeningUnavailable | None:
        """Loads the recogniser and opens the microphone; why not, where it cannot."""
        self._listener.start()
        if not self._wait(LOADING_MS, lambda: self._ready):
            return self._why or ListeningUnavailable("recogniser-hung")
        self._listener.prepare(hints)
        self._microphone.open(self._device_id)
        if not self._wait(_LIMIT_MS, lambda: self._opened):
            return self._why or ListeningUnavailable("microphone-lost")
        return None

    def hear(self) -> ReadAloud | ListeningUnavailable:
        """One sentence, until it is over; nothing said for `BEGIN_MS` is an empty one."""
        self._heard, self._spoke = None, False
        self._listener.start_turn(hold=False)
        begun = self._wait(BEGIN_MS, lambda: self._spoke or self._heard is not None)
        if not (begun and self._wait(_END_MS, lambda: self._heard is not None)):
            self._listener.cancel_turn()
        return self._told()

    def close(self) -> None:
        """Closes the microphone and ends the listener. Idempotent."""
        self._microphone.close()
        self._listener.close()

    def _told(self) -> ReadAloud | ListeningUnavailable:
        return self._why or self._heard or ReadAloud(Heard(""), None)

    def _wait(self, limit_ms: int, met: Callable[[], bool]) -> bool:
        """Until it is met (True); False after the limit, or when there is nobody to listen."""
        self._waited_for = met
        if self._why is None and not met():
            _run(self._loop, limit_ms)
        return self._why is None and met()

    def _look(self) -> None:
        if self._why is not None or self._waited_for():
            self._loop.quit()

    def _on_ready(self) -> None:
        self._ready = True
        self._look()

    def _on_frames(self, pcm: bytes) -> None:
        self._listener.feed(pcm)
        if not self._opened:
            self._opened = True
            self._look()

    def _on_speech(self) -> None:
        self._spoke = True
        self._look()

    def _on_heard(self, heard: Heard, take: Take) -> None:
        said = take.ended_ms > take.began_ms
        self._heard = ReadAloud(heard, round(time.monotonic() * 1000) - take.ended_ms if said else None)
        self._look()

    def _on_lost(self, code: str) -> None:
        self._fail(ListeningUnavailable(code))

    def _fail(self, why: ListeningUnavailable) -> None:
        self._why = why
        self._look()


def _run(loop: QEventLoop, limit_ms: int) -> None:
    """Until somebody quits the loop, or the limit."""
    limit = QTimer(singleShot=True)
    limit.timeout.connect(loop.quit)
    limit.start(limit_ms)
    loop.exec()
    limit.stop()
