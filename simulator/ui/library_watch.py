"""Tells when scenario files change: a scenario that is saved shows at once in the library."""

from collections.abc import Iterable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

QUIET_MS = 400
"""Editors save in several steps: a change is told when the folders have been quiet for so long."""


class LibraryWatch(QObject):
    """Watches the folders and files that it is told of."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)
        self._watcher.fileChanged.connect(self._on_changed)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.changed)

    def watch(self, paths: Iterable[str]) -> None:
        """Watches these too, those that an editor replaced among them."""
        missing = {*paths} - {*self._watcher.directories(), *self._watcher.files()}
        if missing:
            self._watcher.addPaths(sorted(missing))

    def stop(self) -> None:
        """What has not been told never will."""
        self._quiet.stop()

    @Slot(str)
    def _on_changed(self, _path: str) -> None:
        self._quiet.start()
