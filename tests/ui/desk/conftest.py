"""The desk's tests need no screen."""

import ctypes
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if sys.version_info < (3, 12):
    # PySide6 6.12's stable-ABI build takes None, True and False for immortal, as they are from Python 3.12 on; before,
    # many calls of Qt lose a reference to one of them until the interpreter aborts (measured: 300 emits).
    for thing in (None, True, False):
        ctypes.c_ssize_t.from_address(id(thing)).value += 1 << 40
