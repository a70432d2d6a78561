"""What every microphone offers, and its scripted twin that hears only what a test plays to it."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from simulator.speech.heard import RATE
from simulator.speech.listening.endpoint import level_of

LEVEL_BYTES: Final = 2 * RATE // 20
"""A level is that of 50 ms."""


class CaptureDevice(QObject):
    """One open microphone. Signals come from the event loop; none after ``close``."""

    frames = Signal(bytes)
    """Samples as they come: ``RATE``, mono, signed 16 bit, little-endian."""
    level = Signal(float)
    """RMS of 50 ms in dBFS, −90 … 0, some twenty times a second while it is open."""
    lost = Signal(str)
    """It hears nothing (any more) and is closed: a key of ``simulator.speech.reasons.REASONS``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opening = 0
        self._unmeasured = b""

    @property
    def device_name(self) -> str:
        """The input as the system calls it; "" where there is none."""
        raise NotImplementedError

    @property
    def reason(self) -> str | None:
        """Why nobody can be heard: a key of ``simulator.speech.reasons.REASONS``; None where it is real and there."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        """Between ``open`` and ``close``, or the loss."""
        raise NotImplementedError

    def open(self, device_id: str | None = None) -> None:
        """Begins to capture from the input of this id (``input_devices``); None, or one unplugged: the default.

        If it cannot, ``lost`` says why. An open microphone is closed first.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Ends capturing at once. Idempotent."""
        raise NotImplementedError

    def _give(self, pcm: bytes) -> None:
        """Emits samples, and the level of each whole 50 ms of them."""
        opening = self._opening
        if pcm:
            self.frames.emit(pcm)
        self._unmeasured += pcm
        while len(self._unmeasured) >= LEVEL_BYTES and opening == self._opening:  # a listener may have closed it
            piece, self._unmeasured = self._unmeasured[:LEVEL_BYTES], self._unmeasured[LEVEL_BYTES:]
            self.level.emit(level_of(piece))

    def _next_opening(self) -> int:
        """A new number: signals still queued for an older one are dropped."""
        self._opening += 1
        self._unmeasured = b""
        return self._opening

    def _lose_later(self, opening: int, code: str) -> None:
        def tell() -> None:
            if opening == self._opening:
                self.lost.emit(code)

        QTimer.singleShot(0, self, tell)


class ScriptedMicrophone(CaptureDevice):
    """The scripted twin: hears what ``play`` is given. It also stands in where QtMultimedia cannot be loaded.

    Never poses as the real one: ``reason`` is never None.
    """

    def __init__(self, reason: str = "microphone-scripted", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reason = reason
        self._open = False

    @property
    def device_name(self) -> str:
        return "scripted microphone"

    @property
    def reason(self) -> str | None:
        return self._reason

    @property
    def is_open(self) -> bool:
        return self._open

    def open(self, device_id: str | None = None) -> None:  # noqa: ARG002 - it has one
        self.close()
        if self._reason == "microphone-scripted":
            self._open = True
        else:
            self._lose_later(self._opening, self._reason)

    def close(self) -> None:
        self._next_opening()
        self._open = False

    def play(self, pcm: bytes) -> None:
        """Is heard at once, in blocks of 50 ms, if the microphone is open: only here from inside the call."""
        for at in range(0, len(pcm), LEVEL_BYTES):
            if self._open:
                self._give(pcm[at : at + LEVEL_BYTES])

    def lose(self, code: str = "microphone-lost") -> None:
        """As if it were unplugged."""
        if self._open:
            self.close()
            self._lose_later(self._opening, code)
