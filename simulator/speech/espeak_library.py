"""Finding espeak-ng for pyttsx3: the system's, or else the one that travels in the espeakng-loader wheel.

Only the speaker process calls this: loading the library is process-wide, and a wrong data path ends the process.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

Source = Literal["system", "wheel"]

_SONAME: Final = "libespeak-ng.so.1"
_MARK: Final = "phontab"
"""The file whose absence makes espeak-ng end the process instead of reporting an error."""


def prepare(*, own_only: bool = False) -> Source | None:
    """Makes ``import pyttsx3.drivers.espeak`` find a library with its data; None if this machine has neither.

    ``own_only`` passes the system's library over (it was tried, and ended its process). Must run before pyttsx3 is
    imported. On Linux a loaded library answers to its soname, so preloading is enough. On Windows and macOS it asks
    for fixed paths: there its loader is pointed at the wheel's file (read from code, not measured on those systems).
    """
    _drop_wrong_data_path()
    if sys.platform == "linux" and not own_only and _loads(_SONAME):
        return "system"
    try:
        import espeakng_loader
    except ImportError:  # no wheel for this kind of machine
        return None
    data = Path(espeakng_loader.__file__).parent / "espeak-ng-data"
    library = _library_beside(data)
    if library is None or not (data / _MARK).is_file():
        return None
    try:
        ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return None
    os.environ["ESPEAK_DATA_PATH"] = str(data)
    if sys.platform != "linux":
        _point_pyttsx3_at(library)
    return "wheel"


def _drop_wrong_data_path() -> None:
    given = os.environ.get("ESPEAK_DATA_PATH")
    if given is not None and not any((Path(given) / sub / _MARK).is_file() for sub in ("", "espeak-ng-data")):
        del os.environ["ESPEAK_DATA_PATH"]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        return False
    return True


def _library_beside(data: Path) -> Path | None:
    names = (_SONAME, "libespeak-ng.so", "espeak-ng.dll", "libespeak-ng.dylib", "libespeak-ng.1.dylib")
    suffix = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
    return next((data.parent / name for name in names if suffix in name and (data.parent / name).is_file()), None)


def _point_pyttsx3_at(library: Path) -> None:
    """pyttsx3 tries ``cdll.LoadLibrary`` on a list of fixed paths; the first that it tries now gives the wheel's."""
    load: Callable[[str], ctypes.CDLL] = ctypes.cdll.LoadLibrary

    def redirected(name: str) -> ctypes.CDLL:
        return load(str(library) if "espeak" in name else name)

    ctypes.cdll.LoadLibrary = redirected  # type: ignore[method-assign]
