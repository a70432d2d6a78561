"""Unpacking an archive that came from somewhere: what would leave the folder, or fill the disk, is refused before the
first byte is written."""

import errno
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from simulator.errors import TercerTimbreError

MEGABYTE: Final = 1_000_000
LARGEST_MODEL: Final = 8_000 * MEGABYTE
"""Bytes of an unpacked model; Vosk's largest ones have some 4 GB."""
MOST_FILES: Final = 20_000
_SPARE: Final = 16 * MEGABYTE
"""Bytes that the disk shall keep free."""
_SUSPICIOUS: Final = 300
"""A model shrinks to a third; an archive that grows so many times was made to fill a disk. (Small ones may.)"""
_CHUNK: Final = 1 << 20
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
_FORBIDDEN: Final = frozenset('<>:"|?*\\')
_LONGEST_NAME: Final = 80


def unpack(archive: Path, into: Path, *, largest: int = LARGEST_MODEL) -> None:
    """Unpacks the whole ZIP file into the folder, which exists and is empty.

    Errors: archive-broken, archive-unsafe, archive-too-large, archive-encrypted, models-disk-full, file-unreadable,
    file-unwritable. What was unpacked by then stays for the caller to delete.
    """
    name = archive.name
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _admitted(opened, name, largest)
            demand_space(into, sum(entry.file_size for entry, _path in entries))
            with writing(into):
                for entry, path in entries:
                    _write(opened, entry, into / path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError) as error:
        raise TercerTimbreError("archive-broken", name=name, detail=str(error) or type(error).__name__) from error
    except OSError as error:
        raise TercerTimbreError("file-unreadable", path=str(archive), reason=_why(error)) from error


def demand_space(folder: Path, needed: int) -> None:
    """Errors: models-disk-full when the disk of an existing folder has less than `needed` bytes (and some) free."""
    with writing(folder):
        if shutil.disk_usage(folder).free < needed + _SPARE:
            raise disk_full(folder, needed)


def disk_full(folder: Path, needed: int) -> TercerTimbreError:
    """The error of a disk that has no room for `needed` bytes."""
    return TercerTimbreError("models-disk-full", path=str(folder), needed=-(-(needed + _SPARE) // MEGABYTE))


@contextmanager
def writing(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turns what the file system raises inside into `models-disk-full` or `file-unwritable` about the folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(folder, needed) from error
        raise TercerTimbreError("file-unwritable", path=error.filename or str(folder), reason=_why(error)) from error


def safe_name(name: str) -> str:
    """A name for a folder that every system takes; «modelo» when nothing of it can be kept."""
    kept = "".join("-" if character in _FORBIDDEN or character == "/" else character for character in name)
    kept = "".join(character for character in kept if character.isprintable())[:_LONGEST_NAME].strip(" .")
    if kept.split(".")[0].lower() in _RESERVED:
        kept = f"{kept}-"
    return kept or "modelo"


def _admitted(opened: zipfile.ZipFile, name: str, largest: int) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files of the archive, each with the place inside the folder where it belongs."""
    files: list[tuple[zipfile.ZipInfo, PurePosixPath]] = []
    seen: set[str] = set()
    size = packed = 0
    for entry in opened.infolist():
        if entry.flag_bits & 0x1:
            raise TercerTimbreError("archive-encrypted", name=name)
        path = _place(entry, name)
        if entry.is_dir():
            continue
        folded = str(path).casefold()
        if folded in seen:  # two files that Windows and macOS take for one
            raise TercerTimbreError("archive-unsafe", name=name, entry=_shown(entry.filename))
        seen.add(folded)
        size += entry.file_size
        packed += entry.compress_size
        files.append((entry, path))
    bomb = size > 64 * MEGABYTE and size > packed * _SUSPICIOUS
    if size > largest or len(files) > MOST_FILES or bomb:
        raise TercerTimbreError("archive-too-large", name=name, size=-(-size // MEGABYTE), limit=largest // MEGABYTE)
    return files


def _place(entry: zipfile.ZipInfo, archive: str) -> PurePosixPath:
    """The place of an entry. Errors: archive-unsafe for one that would leave the folder, that is a link or a device, or
    whose name some system does not take."""
    mode = entry.external_attr >> 16
    path = PurePosixPath(entry.filename)
    parts = path.parts
    odd = (
        not parts
        or path.is_absolute()
        # `filename` has been mended by zipfile (separators, what follows a zero byte): the original must agree.
        or entry.orig_filename != entry.filename
        or any(part in ("..", ".") or safe_name(part) != part for part in parts)
        or (stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR))
    )
    if odd:
        raise TercerTimbreError("archive-unsafe", name=archive, entry=_shown(entry.orig_filename))
    return path


def _write(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """One file, checked against its checksum; never more bytes than it announced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with opened.open(entry) as source, target.open("xb") as file:
        while piece := source.read(_CHUNK):
            written += len(piece)
            file.write(piece)
    if written != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)


def _shown(name: str) -> str:
    return "".join(character if character.isprintable() else "·" for character in name)[:200]


def _why(error: OSError) -> str:
    return error.strerror or str(error)
