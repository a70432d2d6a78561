"""One door for messages to the user, and one for crashes: nothing fails without a plain word."""

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from simulator.errors import TercerTimbreError
from simulator.wording import _, render


def explain(error: BaseException) -> str:
    """What went wrong, as a sentence for the user."""
    if isinstance(error, TercerTimbreError):
        return render(error.code, error.args_)
    if isinstance(error, OSError):
        return _("The system refused: {why}").format(why=error.strerror or error)
    return _("Something unexpected happened: {what}").format(what=f"{type(error).__name__}: {error}")


class CrashDoor(QObject):
    """Catches what nobody caught, on any thread: writes it to a file and says so, once per kind of failure."""

    crashed = Signal(str)
    """The sentence to show."""
    _seen = Signal(str, str)

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self._folder = folder
        self._now = now
        self._told: set[str] = set()
        self._before = sys.excepthook, threading.excepthook
        # sys.excepthook runs on the failing thread: a queued signal brings it to the window's.
        self._seen.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """From here on uncaught exceptions come through this door."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def close(self) -> None:
        """As it was before."""
        sys.excepthook, threading.excepthook = self._before

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        self._seen.emit(f"{kind.__name__}: {error}", text)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str, str)
    def _show(self, what: str, text: str) -> None:
        if what in self._told:
            return
        self._told.add(what)
        path = self._folder / f"fallo-{self._now():%Y%m%d-%H%M%S}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        except OSError as error:
            self.crashed.emit(f"{what}\n{explain(error)}")
            return
        said = _("Something failed that should not have ({what}). What you did is stored. The details are in {path}.")
        self.crashed.emit(said.format(what=what, path=path))
