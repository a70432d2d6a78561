"""The one road for slow work: `run(function, success, failure)`, results on the GUI thread."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

T = TypeVar("T")


class _Result(QObject):
    """Lives on the GUI thread; the worker's signal is queued to it, so that callbacks never run on the worker."""

    _done = Signal(object, object)

    def __init__(self, owner: "Tasks", success: Callable[[Any], None], failure: Callable[[Exception], None]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._success = success
        self._failure = failure
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def give(self, value: object, error: Exception | None) -> None:
        self._done.emit(value, error)

    @Slot(object, object)
    def _deliver(self, value: object, error: object) -> None:
        self._owner.settled(self)
        if isinstance(error, Exception):
            self._failure(error)
        else:
            self._success(value)
        self.deleteLater()


class _Work(QRunnable):
    def __init__(self, function: Callable[[], object], result: _Result) -> None:
        super().__init__()
        self._function = function
        self._result = result

    def run(self) -> None:
        try:
            value = self._function()
        except Exception as error:  # noqa: BLE001 - the road carries every failure to its `failure`
            self._result.give(None, error)
        else:
            self._result.give(value, None)


class Tasks(QObject):
    """Runs functions on one worker thread, in order: the store and the library have one caller at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._open: set[_Result] = set()

    def run(
        self, function: Callable[[], T], success: Callable[[T], None], failure: Callable[[Exception], None]
    ) -> None:
        """Runs `function` on the worker, then exactly one of the callbacks on the GUI thread."""
        result = _Result(self, success, failure)
        self._open.add(result)
        self._pool.start(_Work(function, result))

    def settled(self, result: _Result) -> None:
        """The result is being delivered."""
        self._open.discard(result)

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits to be delivered."""
        return not self._open

    def close(self) -> None:
        """Waits for the worker; results not yet delivered are dropped."""
        self._pool.clear()
        self._pool.waitForDone()
        self._open.clear()
