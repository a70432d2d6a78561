"""The library: the scenario files of a folder, each loaded on its own, so that a broken one costs only itself."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator import paths
from simulator.protocol.load import Protocol
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.shift import Find
from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.spans import point
from simulator.source.tree import MAX_BYTES

SUFFIXES = (".yaml", ".yml")


def scenario_files(paths: Iterable[Path]) -> list[Path]:
    """The YAML files that the paths name: files as they are, folders with all below them, in a stable order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (file for suffix in SUFFIXES for file in path.rglob(f"*{suffix}"))
            found.update(dict.fromkeys(sorted(inside)))
        else:
            found[path] = None
    return list(found)


def file_bytes(path: Path) -> bytes:
    """What a file holds; of one that is too long to be a scenario so much that its length shows. Errors: `OSError`."""
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def load_file(path: Path, protocol: Protocol, *, shown: str | None = None) -> LoadedScenario:
    """One file. `shown`: the name that its diagnostics carry; a file that cannot be read is a diagnostic too."""
    name = shown or str(path)
    try:
        text = file_bytes(path)
    except OSError as e:
        unreadable = Diagnostic("scenario-unreadable", Severity.ERROR, point(name), {"why": e.strerror or str(e)})
        return LoadedScenario(name, None, None, (unreadable,))
    return load_scenario(text, name, protocol, finder(path))


def finder(path: Path) -> Find:
    """What reads the files that a shift in the file `path` names."""

    def find(name: str) -> str | None:
        file = named_file(path, name)
        if file is None:
            return None
        try:
            with file.open("rb") as stream:
                return stream.read(MAX_BYTES).decode("utf-8-sig", errors="replace")
        except OSError:
            return None  # for the shift it is not there; the file itself says why when it is loaded

    return find


def named_file(path: Path, name: str) -> Path | None:
    """The file that a shift in `path` names: below the folder that holds the shift's own (it lies in `shift/`, a call
    in `phone/`), else among the scenarios that ship."""
    folders = (path.absolute().parent.parent, paths.scenarios())
    candidates = (folder / f"{name}{suffix}" for folder in folders for suffix in SUFFIXES)
    return next((file for file in candidates if file.is_file()), None)


def load_all(paths: Iterable[Path], protocol: Protocol) -> Iterator[LoadedScenario]:
    """Every scenario of the paths; the second file with an id that was seen before is refused with both places."""
    seen: dict[str, str] = {}
    for path in scenario_files(paths):
        loaded = load_file(path, protocol)
        twin = None if loaded.document is None else repeated(seen, loaded.document.scenario, loaded.file)
        if twin is not None:
            loaded = LoadedScenario(loaded.file, None, loaded.document, (*loaded.diagnostics, twin), loaded.root)
        yield loaded


def repeated(seen: dict[str, str], id: str, file: str) -> Diagnostic | None:
    """Notes in `seen` which file has an id; what is wrong where another had it before."""
    earlier = seen.setdefault(id, file)
    if earlier == file:
        return None
    return Diagnostic("scenario-duplicate-scenario", Severity.ERROR, point(file), {"id": id, "file": earlier})
