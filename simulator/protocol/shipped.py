"""The protocol that ships with the program: read from its assets."""

from functools import cache

from simulator import paths
from simulator.protocol.keeping import kept
from simulator.protocol.load import LoadedProtocol, load_protocol

_FOLDERS = ("language/es", "protocol")


def shipped_files() -> dict[str, str]:
    """Relative path (`assets/…`, with slashes on every system) → text of every file that the protocol is made of."""
    root = paths.assets()
    return {
        f"assets/{file.relative_to(root).as_posix()}": file.read_text("utf-8")
        for folder in _FOLDERS
        for file in sorted((root / folder).rglob("*"))
        if file.suffix in (".yaml", ".txt")
    }


@cache
def shipped_protocol() -> LoadedProtocol:
    """Loaded once for the process: the assets do not change while it runs."""
    return kept(shipped_files(), load_protocol)
