"""The recognisers' models on this machine: listed, installed from a folder, an archive or the network, removed.

A model is a folder below the store's; one that somebody has put there by hand counts as well. What is being installed
grows in a folder of its own beside (`.new-…`) and gets its name by one rename: there is never half a model.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from simulator import paths
from simulator.errors import TercerTimbreError
from simulator.speech.downloading import TIMEOUT, Progress, discard, download, half
from simulator.speech.model_files import Kind, faults, kind_of
from simulator.speech.unpacking import LARGEST_MODEL, MEGABYTE, MOST_FILES, demand_space, safe_name, unpack, writing

Checksum = Literal["verified", "unverified"]
"""Whether the archive was compared with a checksum that was known beforehand."""

_ORIGIN: Final = "tercer-timbre.json"
"""Inside the model's folder: where it came from."""
_NEW: Final = ".new-"
_OLD: Final = ".old-"
_DOWNLOADS: Final = ".downloads"
_DAY: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class Downloadable:
    """A model that can be had. `megabytes` of the archive; `sha256` only where it is known for certain."""

    id: str
    name: str
    url: str
    megabytes: int
    licence: str
    sha256: str | None


CATALOGUE: Final[Mapping[str, Downloadable]] = MappingProxyType(
    {
        "es": Downloadable(
            id="es",
            name="vosk-model-small-es-0.42",
            url="https://alphacephei.com/vosk/models/vosk-model-small-es-0.42.zip",
            megabytes=39,
            licence="Apache-2.0",
            sha256=None,  # not known to us, so not to be made up
        ),
    }
)
"""By what is written after `models install`."""


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder. `source`: address or path it came from, "" when it was put there by hand; `sha256` of the archive
    as it was computed, "" where there was none. `faulty`: files that lack or are damaged (a sound model has none)."""

    name: str
    kind: Kind
    path: Path
    bytes: int
    source: str = ""
    checksum: Checksum = "unverified"
    sha256: str = ""
    faulty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Origin:
    source: str = ""
    checksum: Checksum = "unverified"
    sha256: str = ""


def user_models() -> "ModelStore":
    """The store of this user; its folder need not exist yet."""
    return ModelStore(paths.user_data() / paths.MODELS)


class ModelStore:
    """The models below one folder, which is made when something is installed. Slow calls; any thread, one at a time.

    Errors of the installing calls: model-…, archive-…, models-disk-full, file-unreadable, file-unwritable. After an
    error everything is as it was before (but a half download that can go on).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def installed(self) -> tuple[InstalledModel, ...]:
        """What is there, by name, faulty models included. Errors: file-unreadable."""
        with _reading(self.folder):
            if not self.folder.is_dir():
                return ()
            folders = sorted(path for path in self.folder.iterdir() if path.is_dir() and path.name[0] != ".")
            return tuple(model for path in folders if (model := _described(path)) is not None)

    def find(self, name: str) -> InstalledModel | None:
        """The installed model of that name, or of that id of the catalogue."""
        wanted = CATALOGUE[name].name if name in CATALOGUE else name
        return next((model for model in self.installed() if model.name == wanted), None)

    def install_folder(self, path: Path) -> InstalledModel:
        """Copies a model's folder; the original may go away afterwards."""
        source = path.absolute()
        if not source.is_dir():
            raise TercerTimbreError("model-not-found", path=str(path))
        name = safe_name(source.resolve().name)
        _demand_whole(source, name)
        self._demand_free(name)
        with self._beside() as place:
            _copy(source, place / name)
            return self._take_in(place / name, name, _Origin(str(source)))

    def install_zip(self, path: Path) -> InstalledModel:
        """Unpacks an archive that holds one model, at its top or in a folder."""
        if not path.is_file():
            raise TercerTimbreError("model-not-found", path=str(path))
        return self._install_archive(path, path.name, str(path.absolute()), None)

    def install_url(
        self,
        url: str,
        progress: Progress | None = None,
        *,
        sha256: str | None = None,
        name: str | None = None,
        timeout: float = TIMEOUT,
    ) -> InstalledModel:
        """Downloads an archive, going on with what an earlier call left, and unpacks it. `name`: what the model will be
        called, where that is known: one that is installed already is then not downloaded. Errors: also download-…"""
        if name is not None:
            self._demand_free(name)
        part = self._part(url)
        came = download(url, part, progress=progress, sha256=sha256, timeout=timeout)
        try:
            made = self._install_archive(part, _file_name(url), url, came.sha256, verified=sha256 is not None)
        except TercerTimbreError as error:
            if error.code not in ("models-disk-full", "file-unwritable"):
                discard(part)  # it will not become a model by another try
            raise
        discard(part)
        return made

    def install(self, id: str, progress: Progress | None = None, *, url: str | None = None) -> InstalledModel:
        """Downloads a model of the catalogue, from its own address or a mirror's `url`. KeyError for an unknown id.

        A checksum that is known is checked at a mirror too.
        """
        wanted = CATALOGUE[id]
        return self.install_url(url or wanted.url, progress, sha256=wanted.sha256, name=wanted.name)

    def half_done(self, id: str, *, url: str | None = None) -> tuple[int, int] | None:
        """Bytes that are there and bytes of the whole, of a download of the catalogue that can go on; else None."""
        return half(self._part(url or CATALOGUE[id].url))

    def remove(self, name: str) -> None:
        """Deletes a model (by name, or by id of the catalogue). Errors: model-unknown, model-in-use."""
        model = self.find(name)
        if model is None:
            raise TercerTimbreError("model-unknown", name=name)
        gone = self.folder / f"{_OLD}{model.path.name}"
        try:
            # By one rename first: where a file is in use (Windows), nothing at all is deleted.
            _delete(gone)
            model.path.rename(gone)
            _delete(gone)
        except OSError as error:
            raise TercerTimbreError("model-in-use", name=model.name, reason=error.strerror or str(error)) from error

    def _install_archive(
        self, archive: Path, shown: str, source: str, sha256: str | None, *, verified: bool = False
    ) -> InstalledModel:
        if sha256 is None:
            with _reading(archive), archive.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with self._beside() as place:
            inside = place / "unpacked"
            inside.mkdir()
            unpack(archive, inside)
            root = _root(inside, shown)
            stem = shown[:-4] if shown.lower().endswith(".zip") else shown
            name = safe_name(stem if root == inside else root.name)
            _demand_whole(root, name)
            self._demand_free(name)
            return self._take_in(root, name, _Origin(source, "verified" if verified else "unverified", sha256))

    def _take_in(self, made: Path, name: str, origin: _Origin) -> InstalledModel:
        """Gives a finished folder its place. Errors: model-lacks-file, model-file-broken."""
        _demand_whole(made, name)
        target = self.folder / name
        with writing(self.folder):
            (made / _ORIGIN).write_text(json.dumps(asdict(origin), ensure_ascii=False, indent=2) + "\n", "utf-8")
            if target.exists():  # a faulty one: `_demand_free` let it pass
                gone = self.folder / f"{_OLD}{name}"
                _delete(gone)
                target.rename(gone)
                _delete(gone)
            made.rename(target)
        described = _described(target)
        assert described is not None
        return described

    def _demand_free(self, name: str) -> None:
        model = self.find(name)
        if model is not None and not model.faulty:
            raise TercerTimbreError("model-exists", name=name)

    def _part(self, url: str) -> Path:
        digest = hashlib.sha256(url.encode()).hexdigest()[:8]  # two mirrors' files of one name are not one file
        return self.folder / _DOWNLOADS / f"{safe_name(_file_name(url))}-{digest}.part"

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """A folder on the same disk, gone afterwards."""
        with writing(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            place = Path(tempfile.mkdtemp(prefix=_NEW, dir=self.folder))
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)  # what a virus scanner holds now is swept next time

    def _sweep(self) -> None:
        """Deletes what a killed installation left; one that still goes on in another window is younger than a day."""
        for path in self.folder.iterdir():
            old = path.name.startswith(_NEW) and time.time() - path.stat().st_mtime > _DAY
            if old or path.name.startswith(_OLD):
                shutil.rmtree(path, ignore_errors=True)


def _described(path: Path) -> InstalledModel | None:
    """The model in this folder; None when it looks like none."""
    kind = kind_of(path)
    if kind is None:
        return None
    origin = _origin(path / _ORIGIN)
    size = sum(file.stat().st_size for file in _files(path))
    faulty = tuple(fault.file for fault in faults(path))
    return InstalledModel(path.name, kind, path, size, origin.source, origin.checksum, origin.sha256, faulty)


def _origin(path: Path) -> _Origin:
    """What is known of a model's origin; nothing, when its note is not there or not ours."""
    try:
        match json.loads(path.read_bytes()):
            case {"source": str(source), "checksum": "verified" | "unverified" as checksum, "sha256": str(sha256)}:
                return _Origin(source, checksum, sha256)
    except (OSError, ValueError):  # put there by hand, or changed by hand
        pass
    return _Origin()


def _root(unpacked: Path, shown: str) -> Path:
    """The one model in an unpacked archive: at its top, or one or two folders deeper."""
    level = [unpacked]
    for _depth in range(3):
        found = [folder for folder in level if kind_of(folder) is not None]
        if len(found) > 1:
            raise TercerTimbreError("model-ambiguous", name=shown, first=found[0].name, second=found[1].name)
        if found:
            return found[0]
        level = sorted(inside for folder in level for inside in folder.iterdir() if inside.is_dir())
    raise TercerTimbreError("model-unrecognised", name=shown)


def _demand_whole(folder: Path, name: str) -> None:
    with _reading(folder):
        if kind_of(folder) is None:
            raise TercerTimbreError("model-unrecognised", name=name)
        for fault in faults(folder):
            code = "model-lacks-file" if fault.code == "missing" else "model-file-broken"
            raise TercerTimbreError(code, name=name, file=fault.file)


def _copy(source: Path, target: Path) -> None:
    """The files of a model's folder; links are followed to files, not to folders."""
    with _reading(source):
        files = _files(source)
        size = sum(file.stat().st_size for file in files)
    if size > LARGEST_MODEL or len(files) > MOST_FILES:
        limit = LARGEST_MODEL // MEGABYTE
        raise TercerTimbreError("archive-too-large", name=source.name, size=-(-size // MEGABYTE), limit=limit)
    demand_space(target.parent, size)
    for file in files:
        copy = target / file.relative_to(source)
        with writing(target.parent, size):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def _files(folder: Path) -> list[Path]:
    found = (Path(at, name) for at, _folders, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.is_file())


def _delete(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def _file_name(url: str) -> str:
    return PurePath(unquote(urlsplit(url).path)).name or "model.zip"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = str(error.filename or path)
        raise TercerTimbreError("file-unreadable", path=where, reason=error.strerror or str(error)) from error
