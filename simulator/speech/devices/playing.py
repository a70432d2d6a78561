"""What every player of lines offers, and its scripted twin that makes no sound but keeps the time."""

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from simulator.speech.line import RenderedLine


class LinePlayer(QObject):
    """Plays one sound at a time. Signals come from the event loop, never from inside ``play``; none after ``stop``."""

    started = Signal(int)
    """The first sample goes out; milliseconds that the sound lasts (−1: until stopped)."""
    finished = Signal()
    """The sound was heard to its end."""
    failed = Signal(str)
    """It will not be heard (any more): a key of ``simulator.speech.reasons.REASONS``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0

    @property
    def device_name(self) -> str:
        """The output as the system calls it."""
        raise NotImplementedError

    @property
    def reason(self) -> str | None:
        """Why nothing can be heard: a key of ``simulator.speech.reasons.REASONS``; None where sound is real."""
        raise NotImplementedError

    @property
    def is_playing(self) -> bool:
        """Between ``play`` and the end, the failure, or ``stop``."""
        raise NotImplementedError

    def play(self, line: RenderedLine, volume: int = 80, *, loop: bool = False) -> None:
        """Stops what sounds and plays ``line`` at ``volume`` (0–100, the user's setting); ``loop``: until ``stop``."""
        raise NotImplementedError

    def play_loop(self, line: RenderedLine, volume: int = 80) -> None:
        """Hold tone, ringback: again and again without a gap, until ``stop``."""
        self.play(line, volume, loop=True)

    def set_volume(self, volume: int) -> None:
        """Changes the volume (0–100) of what sounds now."""
        raise NotImplementedError

    def stop(self) -> None:
        """Silence at once."""
        raise NotImplementedError

    def _next_turn(self) -> int:
        """A new number for what is played now: signals still queued for an older number are dropped."""
        self._turn += 1
        return self._turn

    def _later(self, turn: int, signal_name: str, *values: object) -> None:
        def tell() -> None:
            if turn == self._turn:
                getattr(self, signal_name).emit(*values)

        QTimer.singleShot(0, self, tell)


class SilentPlayer(LinePlayer):
    """The scripted twin: no sound, true timing. For desks without an output, and for tests. Never poses as the real."""

    def __init__(self, reason: str = "scripted", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reason = reason
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._end)
        self._playing = False
        self._clock = QElapsedTimer()
        self.played: list[RenderedLine] = []
        """Every sound asked for, in order, the newest last (at most 100)."""

    @property
    def device_name(self) -> str:
        return "silent (scripted)"

    @property
    def reason(self) -> str | None:
        return self._reason

    @property
    def is_playing(self) -> bool:
        return self._playing

    def play(self, line: RenderedLine, volume: int = 80, *, loop: bool = False) -> None:  # noqa: ARG002 - no sound
        self.stop()
        self.played = [*self.played[-99:], line]
        self._playing = True
        self._clock.start()
        turn = self._next_turn()
        self._later(turn, "started", -1 if loop else line.duration_ms)
        if not loop:
            self._timer.start(line.duration_ms)

    def set_volume(self, volume: int) -> None:
        """Nothing sounds."""

    def stop(self) -> None:
        self._next_turn()
        self._timer.stop()
        self._playing = False

    def _end(self) -> None:
        self._playing = False
        self._later(self._turn, "finished")
