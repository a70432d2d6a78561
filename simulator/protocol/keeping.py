"""The compiled protocol, kept between runs: compiling takes half a second, reading it back a tenth.

The file's name is a hash of all texts, of the code that compiles them and of Python's version: whatever changes, the
kept one is not found and a new one is made. It is only ever read as what we write: classes of this program and plain
containers; nothing else is called. A file that cannot be read is made anew, and where none can be written nothing is
lost but time.
"""

import copyreg
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from simulator import paths
from simulator.protocol.load import LoadedProtocol, hash_of

MOST_KEPT = 3
"""Files: several versions may take turns on one machine."""
_ROOMS = ("language", "protocol", "source")
_UNREADABLE = (
    pickle.UnpicklingError,
    OSError,
    EOFError,
    LookupError,
    AttributeError,
    ImportError,
    TypeError,
    ValueError,
)


def kept(files: Mapping[str, str], compile: Callable[[Mapping[str, str]], LoadedProtocol]) -> LoadedProtocol:
    """The protocol of these texts: the kept one, else compiled and kept for the next run."""
    try:
        folder = paths.cache() / "protocol"
    except OSError:
        return compile(files)
    path = folder / f"{_key(files)}.pickle"
    found = _read(path)
    if found is None:
        found = compile(files)
        with suppress(OSError):
            _write(path, found)
    return found


def _key(files: Mapping[str, str]) -> str:
    return hashlib.sha256((hash_of(files) + code_hash(_ROOMS)).encode()).hexdigest()


def code_hash(rooms: Iterable[str]) -> str:
    """A hash of Python's version and of the code of some rooms: what they make may differ when it does."""
    summary = hashlib.sha256(sys.version.encode())
    code = Path(__file__).resolve().parents[1]
    for room in rooms:
        for path in sorted((code / room).rglob("*.py")):
            summary.update(path.read_bytes())
    return summary.hexdigest()


def _read(path: Path) -> LoadedProtocol | None:
    # Reading makes a hundred thousand objects, none of them garbage; whoever starts the program spares the collections
    # (`app.start`). Switching them off and on here would switch them on behind the back of `ui.tidying`.
    try:
        found = _Reader(_Frames(io.BytesIO(path.read_bytes()))).load()
    except _UNREADABLE:
        return None
    return found if isinstance(found, LoadedProtocol) else None


def _write(path: Path, loaded: LoadedProtocol) -> None:
    stream = io.BytesIO()
    _Writer(_Frames(stream), protocol=5).dump(loaded)
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(stream.getbuffer())
        Path(name).replace(path)  # at once: another instance never reads half a file
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
    others = sorted(path.parent.glob("*.pickle"), key=lambda other: other.stat().st_mtime, reverse=True)
    for old in others[MOST_KEPT:]:
        with suppress(OSError):
            old.unlink()


def _view(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


class _Frames:
    """What is pickled and unpickled, frame by frame (64 KB): each is a call of Python, at which other threads may come
    in. In one go it would hold them, and with them the window, for up to 70 ms, on a busy machine for half a second."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        return self._stream.write(data)

    def read(self, size: int) -> bytes:
        return self._stream.read(size)

    def readinto(self, buffer: memoryview) -> int:
        return self._stream.readinto(buffer)

    def readline(self) -> bytes:
        return self._stream.readline()


class _Writer(pickle.Pickler):
    dispatch_table = MappingProxyType({**copyreg.dispatch_table, MappingProxyType: lambda view: (_view, (dict(view),))})


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only what we write: our own classes, by the module that defines them, and `_view`. Not what a module of ours
        imports («os.mkdir» through this one), nor any other function."""
        if module.startswith("simulator.") and "." not in name:
            found = super().find_class(module, name)
            if found is _view or (isinstance(found, type) and found.__module__ == module):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
