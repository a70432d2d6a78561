"""The road from a worker's thread to the thread of the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Marshal(QObject):
    """Runs calls on the thread that made it (the GUI thread), in order, from its event loop.

    ``VoiceStudio(…, deliver=marshal.deliver)``. It must outlive whoever delivers: close the studio first.
    """

    _sent = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Queued even from the same thread: a callback never runs inside the call that asked for it.
        self._sent.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def deliver(self, call: Callable[[], None]) -> None:
        """Queues ``call``; safe from every thread."""
        self._sent.emit(call)

    def _run(self, call: Callable[[], None]) -> None:
        call()
