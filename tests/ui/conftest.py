"""The window's tests collect Python's garbage on their own thread, as the program does (`simulator.ui.tidying`)."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from simulator.ui.tidying import Tidying


@pytest.fixture(autouse=True)
def tidied(qapp: QApplication) -> Iterator[None]:
    """Widgets that a test dropped die here, not on a worker of a later one."""
    tidying = Tidying()
    tidying.start()
    yield
    gc.unfreeze()  # what the program froze while the window stood: dropped widgets are among it
    gc.collect()
    tidying.stop()
    gc.disable()  # a worker that is still ending must not collect before the next test takes over
