"""The library: the scenario files of a folder, each loaded on its own, so that a broken one costs only itself; and the
exams that are made of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simulator import paths
from simulator.protocol.load import Protocol
from simulator.scenario.exam import FOLDER, KEY, LoadedExam, Look, Part, load_exam
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.shift import Find
from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.spans import point
from simulator.source.tree import MAX_BYTES

SUFFIXES = (".yaml", ".yml")


def scenario_files(paths: Iterable[Path]) -> list[Path]:
    """The scenario files that the paths name, in a stable order: of a folder the YAML files below it, but no exams."""
    return _files(paths, lambda path: not is_exam(path), lambda path: path.parent.name != FOLDER)


def exam_files(paths: Iterable[Path]) -> list[Path]:
    """The exam files that the paths name, in a stable order: of a folder those in folders `exams`."""
    return _files(paths, is_exam, lambda path: path.parent.name == FOLDER)


def is_exam(path: Path) -> bool:
    """Whether a file is an exam: by its folder, or by the key that makes it one."""
    if path.parent.name == FOLDER:
        return True
    try:
        return re.search(rf"^{KEY}\s*:".encode(), file_bytes(path), re.M) is not None
    except OSError:
        return False  # whoever loads it says why


def _files(paths: Iterable[Path], named: Callable[[Path], bool], inside: Callable[[Path], bool]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            below = (file for suffix in SUFFIXES for file in path.rglob(f"*{suffix}"))
            found.update(dict.fromkeys(sorted(file for file in below if inside(file))))
        elif named(path):
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


def load_exams(paths: Iterable[Path], protocol: Protocol) -> Iterator[LoadedExam]:
    """Every exam of the paths, with the scenarios beside it or among those that ship; the second file with an id is
    refused."""
    seen: dict[str, str] = {}
    for path in exam_files(paths):
        loaded = load_exam_file(path, *_around(path, protocol))
        if path.absolute().parent.name != FOLDER:
            lost = Diagnostic("exam-outside-folder", Severity.WARNING, point(loaded.file))
            loaded = replace(loaded, diagnostics=(*loaded.diagnostics, lost))
        yield once(loaded, seen)


def load_exam_file(path: Path, look: Look, known: Sequence[str]) -> LoadedExam:
    """One exam; a file that cannot be read is a diagnostic too. `look`, `known`: as `load_exam` has them."""
    try:
        text = file_bytes(path)
    except OSError as e:
        unreadable = Diagnostic("scenario-unreadable", Severity.ERROR, point(str(path)), {"why": e.strerror or str(e)})
        return LoadedExam(str(path), None, None, (unreadable,))
    return load_exam(text, str(path), look, known)


def once(loaded: LoadedExam, seen: dict[str, str]) -> LoadedExam:
    """An exam, refused where another file had its id before (`seen`)."""
    twin = None if loaded.document is None else repeated(seen, loaded.document.exam, loaded.file, "exam-duplicate")
    return loaded if twin is None else replace(loaded, exam=None, diagnostics=(*loaded.diagnostics, twin))


def _around(path: Path, protocol: Protocol) -> tuple[Look, list[str]]:
    """What looks for the scenarios that an exam in the file `path` names, and the ids of all that it may name: those
    below the folder that holds the exams' own, and those that ship."""
    own = path.absolute().parent.parent if path.absolute().parent.name == FOLDER else path.absolute().parent
    files: dict[str, Path] = {}
    for file in scenario_files([own, *([] if paths.scenarios().is_relative_to(own) else [paths.scenarios()])]):
        try:
            said = re.search(rb"^scenario\s*:\s*[\"']?([a-z0-9-]+)", file_bytes(file), re.M)
        except OSError:
            continue  # it is in no library either
        if said is not None:
            files.setdefault(said.group(1).decode(), file)

    def look(id: str) -> Part | None:
        if id not in files:
            return None
        loaded = load_file(files[id], protocol)
        return Part(loaded.scenario is not None, 0 if loaded.document is None else loaded.document.minutes)

    return look, list(files)


def repeated(seen: dict[str, str], id: str, file: str, code: str = "scenario-duplicate-scenario") -> Diagnostic | None:
    """Notes in `seen` which file has an id; what is wrong where another had it before."""
    earlier = seen.setdefault(id, file)
    return None if earlier == file else Diagnostic(code, Severity.ERROR, point(file), {"id": id, "file": earlier})
