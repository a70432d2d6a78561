"""What was learnt the hard way about the libraries below us."""

import sys

from PySide6.QtCore import QObject


def test_a_void_qt_call_takes_no_reference_from_none() -> None:
    """PySide6 6.12.0 did: before Python 3.12, where None became immortal, the interpreter aborts for it in the end."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("name")
    assert abs(sys.getrefcount(None) - before) < 100
