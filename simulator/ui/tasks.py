"""The one road for slow work: `run(function, success, failure)`, results on the GUI thread."""

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:  # imported late at run time: the first window need not wait for it (5 ms)
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class _Task(NamedTuple):
    future: "Future[Any]"
    success: Callable[[Any], None]
    failure: Callable[[Exception], None]


class Tasks(QObject):
    """Runs functions on one worker thread, in order: the store and the library have one caller at a time.

    Only a number goes from the worker to the GUI thread. Callbacks (and the pages they belong to) stay on the latter,
    and there is no Qt object for each task: one that Qt deletes may, dying, let go of the last reference to its own
    parent, which then deletes it once more. `close` before the last reference is dropped: no worker may be the last
    to know this object.
    """

    _ended = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._numbers = count()
        self._open: dict[int, _Task] = {}
        # Queued even from the same thread: a callback never runs inside the call that asked for it.
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, function: Callable[[], T], success: Callable[[T], None], failure: Callable[[Exception], None]
    ) -> None:
        """Runs `function` on the worker, then exactly one of the callbacks on the GUI thread; not after `close`."""
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor

            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tasks")
        number = next(self._numbers)
        future = self._worker.submit(function)
        self._open[number] = _Task(future, success, failure)
        future.add_done_callback(lambda _future: self._ended.emit(number))

    @property
    def idle(self) -> bool:
        """Whether nothing runs or waits to be delivered."""
        return not self._open

    def close(self) -> None:
        """Waits for the worker; what has not begun never will, results not yet delivered are dropped."""
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
        self._open.clear()

    @Slot(int)
    def _deliver(self, number: int) -> None:
        task = self._open.pop(number, None)
        if task is None:  # closed in between
            return
        error = task.future.exception()
        if error is None:
            task.success(task.future.result())
        elif isinstance(error, Exception):
            task.failure(error)
        else:
            raise error


class Lease(Tasks):
    """The same road, until it is ended: what comes back afterwards is told nobody. For who may leave in between."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._ended_for_good = False

    def run(
        self, function: Callable[[], T], success: Callable[[T], None], failure: Callable[[Exception], None]
    ) -> None:
        """As `Tasks.run`; neither callback runs after `end`."""

        def well(result: T) -> None:
            if not self._ended_for_good:
                success(result)

        def badly(error: Exception) -> None:
            if not self._ended_for_good:
                failure(error)

        self._tasks.run(function, well, badly)

    @property
    def idle(self) -> bool:
        return self._tasks.idle

    def end(self) -> None:
        """From here on nothing comes back."""
        self._ended_for_good = True
