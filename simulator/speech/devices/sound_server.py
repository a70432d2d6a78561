"""Whether the sound server that Qt knows still answers.

Measured with Qt 6.12 on PulseAudio 16: when the server goes, Qt says nothing; once its own reconnecting has failed, the
next sound started aborts the whole program (``Assertion 'c' failed … pa_context_get_state``), even if a server is back.
"""

import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

_Identity = tuple[int, int, int]


class ServerWatch(QObject):
    """Remembers the server that answered at first. Once that one is gone it stays gone, until the program restarts.

    Where none answered at first (other systems, PipeWire alone, a server over the network) it never says gone. A socket
    held by a service manager outlives its server, and Qt's reconnecting through it works: that is not gone either.
    """

    def __init__(self, path: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._first = None if path is None else _answering(path)
        self._gone = False

    @property
    def gone(self) -> bool:
        """Whether a sound must not be started any more. Asking costs some 0.1 ms."""
        if self._path is not None and self._first is not None and not self._gone:
            self._gone = _answering(self._path) != self._first
        return self._gone


def server_watch() -> ServerWatch:
    """The one watch of this program; it lives with the application object, as Qt's own connection does."""
    application = QCoreApplication.instance()
    known = application.findChild(ServerWatch) if application is not None else None
    return known if known is not None else ServerWatch(server_socket(), application)


def server_socket() -> Path | None:
    """Where PulseAudio's clients look for their server; None where that is no local socket."""
    if sys.platform != "linux":
        return None
    given = os.environ.get("PULSE_SERVER", "")
    if given:
        path = given.removeprefix("unix:")
        return Path(path) if path.startswith("/") else None
    folder = os.environ.get("PULSE_RUNTIME_PATH") or os.environ.get("XDG_RUNTIME_DIR", "") + "/pulse"
    return Path(folder) / "native" if folder.startswith("/") else None


def _answering(path: Path) -> _Identity | None:
    """Which socket answers there: a server that starts again makes a new one. One whose queue is full answers too: it
    is busy, not gone."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.2)
        try:
            with suppress(BlockingIOError, TimeoutError):
                probe.connect(str(path))
            found = path.stat()
        except OSError:
            return None
    return found.st_dev, found.st_ino, found.st_mtime_ns
