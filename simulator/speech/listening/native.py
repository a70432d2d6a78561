"""Paths for libraries of C that open them by themselves."""

import sys
from pathlib import Path


def native_path(path: Path) -> str:
    """The path as a C library can open it.

    Windows reads such a name in its own code page, so that of «C:\\Users\\José» nothing is found; the short name that
    the file system keeps beside is plain ASCII. (From Microsoft's documentation; not measured on Windows. Where short
    names are switched off the long one is returned.)
    """
    text = str(path)
    if sys.platform == "win32" and not text.isascii():
        import ctypes

        buffer = ctypes.create_unicode_buffer(1024)
        length = ctypes.windll.kernel32.GetShortPathNameW(text, buffer, len(buffer))
        if 0 < length < len(buffer):
            return buffer.value
    return text
