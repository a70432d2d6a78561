"""The files that a command names: scenarios by file or id, scripts, folders to check. What is not there is said."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from simulator import paths
from simulator.cli.calling import meant
from simulator.protocol.load import Protocol
from simulator.scenario.library import exam_files, load_file, scenario_files
from simulator.scenario.load import LoadedScenario
from simulator.source.tree import MAX_BYTES
from simulator.wording import _


def find_scenario(name: str, protocol: Protocol) -> LoadedScenario:
    """The scenario of a file, else the one with that id among those that ship and the user's own.

    Errors: `typer.BadParameter` when there is none, or the file cannot be read.
    """
    path = Path(name)
    if path.exists():
        _open(path)
        return load_file(path, protocol, shown=shown(path))
    # A file is usually named after its scenario: the likely one first, so that not all have to be loaded.
    files = sorted(scenario_files(folders()), key=lambda file: file.stem != name)
    ids: list[str] = []
    for file in files:
        loaded = load_file(file, protocol, shown=shown(file))
        id = file.stem if loaded.document is None else loaded.document.scenario
        if id == name:
            return loaded
        ids.append(id)
    if path.suffix or len(path.parts) > 1:
        near = meant(path.name, [file.name for file in (*_beside(path), *files)])
        raise typer.BadParameter(_("There is no file {path}.").format(path=name) + near)
    raise typer.BadParameter(_("There is no scenario «{name}».").format(name=name) + meant(name, ids))


def read_text(path: Path) -> bytes:
    """The bytes of a file that is not too large to be read whole. Errors: `typer.BadParameter`."""
    _demand(path)
    return _open(path)


def read_lines(path: Path) -> str:
    """The text of a file of lines, of any size; bytes that are no UTF-8 become «�». Errors: `typer.BadParameter`."""
    _demand(path)
    return _open(path, most=-1).decode("utf-8", errors="replace")


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text file of lines, `\\n` on every system. Errors: `typer.BadParameter`."""
    write_file(path, "".join(f"{line}\n" for line in lines).encode())


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file. Errors: `typer.BadParameter`."""
    try:
        path.write_bytes(data)
    except OSError as e:
        raise typer.BadParameter(
            _("The file {path} cannot be written: {why}").format(path=path, why=e.strerror or e)
        ) from e


@contextmanager
def replaced_by(path: Path) -> Iterator[BinaryIO]:
    """A file to be written piece by piece; only when all of it is there does it take its name, over an earlier one.

    Errors: `typer.BadParameter`.
    """
    from simulator.records.whole_file import whole

    try:
        with whole(path) as file:
            yield file
    except OSError as e:
        raise typer.BadParameter(
            _("The file {path} cannot be written: {why}").format(path=path, why=e.strerror or e)
        ) from e


def demand_file(path: Path) -> None:
    """Make sure that there is a file that can be read. Errors: `typer.BadParameter`."""
    _demand(path)
    _open(path, most=1)


def _demand(path: Path) -> None:
    if not path.exists():
        near = meant(path.name, [file.name for file in _beside(path)])
        raise typer.BadParameter(_("There is no file {path}.").format(path=path) + near)


def files_to_check(named: Sequence[Path]) -> list[Path]:
    """The scenario and exam files of files and folders, named as the user would name them. Errors: `typer.BadParameter`
    for a path that is not there or holds no scenario."""
    found: list[Path] = []
    for path in named or [paths.scenarios()]:
        if not path.exists():
            near = meant(path.name, [file.name for file in _beside(path)])
            raise typer.BadParameter(_("There is no file or folder {path}.").format(path=path) + near)
        inside = [*scenario_files([path]), *exam_files([path])]
        if not inside:
            raise typer.BadParameter(_("There is no scenario in {path} (files *.yaml).").format(path=path))
        found += inside
    return [Path(shown(path)) for path in dict.fromkeys(found)]


def database() -> Path:
    """The file of the store, whether it is there or not."""
    return paths.user_data() / paths.DATABASE


def folders() -> list[Path]:
    """Where scenarios are looked for by id: those that ship, then the user's own, as the app does."""
    own = paths.user_data() / "scenarios"
    return [paths.scenarios(), *([own] if own.is_dir() else [])]


def shown(path: Path) -> str:
    """The path from here if it lies below, else as it is: short in messages, and still found by an editor."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _open(path: Path, most: int = MAX_BYTES + 1) -> bytes:
    """At most a byte more than may be read: the YAML reader says that it is too large."""
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except IsADirectoryError as e:
        raise typer.BadParameter(_("{path} is a folder, not a file.").format(path=path)) from e
    except PermissionError as e:
        # On Windows a folder is refused like a file that may not be read.
        said = _("{path} is a folder, not a file.") if path.is_dir() else _("You may not read the file {path}.")
        raise typer.BadParameter(said.format(path=path)) from e
    except OSError as e:
        raise typer.BadParameter(
            _("The file {path} cannot be read: {why}").format(path=path, why=e.strerror or e)
        ) from e


def _beside(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.iterdir())
    except OSError:
        return []  # no such folder: nothing near to propose
