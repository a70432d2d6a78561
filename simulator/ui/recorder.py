"""A call being recorded, because its trainee said so: both sides as sound files, written off the window's thread."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from simulator.records.recordings import Recording, Recordings, Who
from simulator.speech.heard import RATE
from simulator.speech.line import RenderedLine
from simulator.ui.tasks import Tasks


class CallRecorder(QObject):
    """Keeps the sound of one attempt. When it cannot (the disk is full), it says so once and records no more: what is
    there stays, and the call goes on."""

    failed = Signal(object)
    """The error, once."""

    def __init__(self, recordings: Recordings, attempt: str, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recordings = recordings
        self._attempt = attempt
        self._tasks = tasks
        self._broken = False

    def keep_reply(self, seq: int, pcm: bytes) -> None:
        """The agent's message of event `seq`; samples as the microphone gave them."""
        self._keep(seq, "agent", pcm, RATE)

    def keep_line(self, seq: int, line: RenderedLine) -> None:
        """The customer's line of event `seq`, as far as it was heard."""
        self._keep(seq, "customer", line.pcm, line.rate)

    def _keep(self, seq: int, who: Who, pcm: bytes, rate: int) -> None:
        if self._broken or not pcm:
            return
        work = partial(self._recordings.add, self._attempt, seq, who, pcm, rate)
        self._tasks.run(work, self._on_kept, self._on_failed)

    def _on_kept(self, _recording: Recording) -> None:
        """It is on the disk."""

    def _on_failed(self, error: Exception) -> None:
        if not self._broken:
            self._broken = True
            self.failed.emit(error)
