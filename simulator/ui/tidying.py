"""Python's garbage is collected on the window's thread only.

A collection that starts on a worker may free the wrapper of a widget there, and Qt's widgets die on their own thread or
take the program with them.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 20_000
"""Between two collections. What was there when the library stood is frozen: a collection looks at little."""


class Tidying(QObject):
    """Collects in the window's thread, in place of the collections that start by themselves on any thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tidy)

    def start(self) -> None:
        """From here on nothing is collected but by `tidy`."""
        gc.disable()
        self._timer.start()

    def settle(self) -> None:
        """What is there now stays: rules and modules need not be looked at again. Nor are they now: that alone would
        halt the window for a third of a second, for little garbage."""
        gc.freeze()

    def tidy(self) -> None:
        """Collects now."""
        gc.collect()

    def stop(self) -> None:
        """As Python does it by itself."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
