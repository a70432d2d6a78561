"""What the scenario folders hold, as the window lists it: what each file says of itself, without the scenario.

A scenario with its compiled rules weighs two megabytes and takes 30 ms: a thousand of them are loaded when they are
wanted, not to be listed. What a file gave is kept in the cache folder by a hash of its path and text, for the code and
the protocol by which it was read; what is not kept is read in slices, so that other work comes in between.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from simulator import paths
from simulator.protocol.keeping import code_hash
from simulator.protocol.load import hash_of
from simulator.protocol.shipped import shipped_files, shipped_protocol
from simulator.records.reading_apart import ReadingApart
from simulator.records.whole_file import write_whole
from simulator.scenario.exam import Exam, LoadedExam, Part
from simulator.scenario.library import (
    exam_files,
    file_bytes,
    finder,
    load_exam_file,
    load_file,
    named_file,
    once,
    repeated,
    scenario_files,
)
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.shift import names_in
from simulator.source.diagnostics import Diagnostic, Severity

SLICE = 8
"""Files read anew in one look: a quarter of a second, which is how long a press on a card may have to wait."""
MANY = 40
"""Where more than these are unknown, another process reads them (`reading_apart`), which takes a second to start."""
KEEP_AFTER = 100
"""What so many files gave is kept at once, not when all were read: writing all of it after each slice would take longer
with each. As many are read again where the program is killed."""
_ROOMS = ("language", "protocol", "scenario", "source")


@dataclass(frozen=True, slots=True)
class About:
    """What a file tells of its scenario."""

    id: str
    title: str
    summary: str
    channel: str
    difficulty: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Found:
    """What reading a file gave. `about` None: not even that much was understood. `diagnostics`: those that are no
    mere information; `playable`: none of them is an error."""

    about: About | None
    playable: bool
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of the folders that were read so far, in their order, each with what it gave. `unread`: how many were
    not; `look` again reads more of them. `exams`: once all scenarios are known."""

    files: tuple[tuple[str, Found], ...] = ()
    unread: int = 0
    exams: tuple[LoadedExam, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kept:
    """The file in the cache folder. `by`: the hash of all that had a part in it; `found`: by the hash of a file."""

    by: str
    found: dict[str, Found]


_KEPT = TypeAdapter(_Kept)
_FOUND = TypeAdapter(list[Found])


class Shelf:
    """The scenario files of some folders. Called from one thread at a time."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)
        self._by = ""
        self._found: dict[str, Found] = {}
        self._hashes: dict[Path, tuple[_Stamps, str]] = {}
        self._named: dict[Path, tuple[str, ...]] = {}
        self._playable: dict[str, Path] = {}
        self._parts: dict[str, Part] = {}
        self._exams: dict[str, Path] = {}
        self._new = 0
        self._apart = ReadingApart(read_files)

    def close(self) -> None:
        """Ends what still reads."""
        self._apart.close()

    def look(self, most: int = SLICE) -> Listing:
        """What is there now; of the files that are not known yet at most so many are read."""
        if not self._by:
            self._by = hash_of({**shipped_files(), "code": code_hash(_ROOMS)})
            self._found = _kept(self._by)
        there = [folder for folder in self.folders if folder.is_dir()]  # nobody has to have scenarios of their own
        files = scenario_files(there)
        listed: list[tuple[str, Found]] = []
        hashes = {path: self._hash_now(path) for path in files}
        unread, read = 0, self._read_apart({path: hash for path, hash in hashes.items() if hash not in self._found})
        for path, hash in hashes.items():
            found, anew = self._look_at(path, hash, may_read=read < most)
            read += anew
            if found is None:
                unread += 1
            else:
                listed.append((str(path), found))
        self._new += read
        if self._new and (not unread or self._new >= KEEP_AFTER):
            self._keep(files)
            self._new = 0
        if not unread:
            self._apart.close()
        listing = Listing(_without_twins(listed), unread)
        self._playable = {
            found.about.id: Path(file) for file, found in listing.files if found.playable and found.about is not None
        }
        if unread:
            return listing
        self._parts = {
            found.about.id: Part(found.playable, found.about.minutes)
            for _, found in reversed(listing.files)  # the first file with an id is the one that counts
            if found.about is not None
        }
        seen: dict[str, str] = {}
        exams = tuple(once(self._load_exam(path), seen) for path in exam_files(there))
        self._exams = {one.exam.id: Path(one.file) for one in exams if one.exam is not None}
        return replace(listing, exams=exams)

    def load(self, id: str) -> LoadedScenario | None:
        """The playable scenario of this id as its file is now, or None where the last look found none."""
        path = self._playable.get(id)
        return None if path is None else load_file(path, shipped_protocol().protocol)

    def exam(self, id: str) -> Exam | None:
        """The exam of this id as its file is now, or None where the last look found none, or it has mistakes."""
        path = self._exams.get(id)
        return None if path is None else self._load_exam(path).exam

    def _load_exam(self, path: Path) -> LoadedExam:
        return load_exam_file(path, self._parts.get, list(self._parts))

    def _read_apart(self, unknown: Mapping[Path, str | None]) -> int:
        """Has another process read a slice of the files that are not known, if they are many or it has begun; how many
        it read."""
        some = [(path, hash) for path, hash in unknown.items() if hash is not None]
        if not some or (len(some) <= MANY and not self._apart.running):
            return 0
        given = self._apart([str(path) for path, _ in some[:SLICE]])
        if given is None:
            return 0
        self._found |= zip((hash for _, hash in some[:SLICE]), _FOUND.validate_json(given), strict=True)
        return len(some[:SLICE])

    def _hash_now(self, path: Path) -> str | None:
        """The hash of a file as it is now, None where it cannot be read."""
        try:
            stamps = _stamps(path, self._named.get(path, ()))
            known = self._hashes.get(path)
            if known is None or known[0] != stamps:
                text = file_bytes(path)
                names = self._named[path] = names_in(text)
                known = self._hashes[path] = (_stamps(path, names), _hash(path, text, names))
        except OSError:
            return None
        return known[1]

    def _look_at(self, path: Path, hash: str | None, *, may_read: bool) -> tuple[Found | None, bool]:
        """What the file gave or gives, None when it may not be read now; whether it was read."""
        if hash is not None and (hash in self._found or not may_read):
            return self._found.get(hash), False
        try:
            text = file_bytes(path)
        except OSError:
            return _found(load_file(path, shipped_protocol().protocol)), False  # which says why
        hash = _hash(path, text, names_in(text))
        found = _found(load_scenario(text, str(path), shipped_protocol().protocol, finder(path)))
        self._found[hash] = found
        return found, True

    def _keep(self, files: Sequence[Path]) -> None:
        """Keeps what was found in these files, and nothing else, for the next run."""
        self._hashes = {path: self._hashes[path] for path in files if path in self._hashes}
        wanted = {hash for _, hash in self._hashes.values()}
        self._found = {hash: found for hash, found in self._found.items() if hash in wanted}
        with suppress(OSError):  # nothing is lost but time
            write_whole(_place(), _KEPT.dump_json(_Kept(self._by, self._found)))


def read_files(files: list[str]) -> bytes:
    """What each of these files gives, in JSON: what the process that reads many of them does."""
    protocol = shipped_protocol().protocol
    return _FOUND.dump_json([_found(load_file(Path(file), protocol)) for file in files])


def _place() -> Path:
    """Errors: `OSError` where there is no cache folder."""
    return paths.cache() / "library.json"


def _kept(by: str) -> dict[str, Found]:
    """What was kept by the same code and protocol; nothing where the file is missing, damaged or of others."""
    try:
        kept = _KEPT.validate_json(_place().read_bytes())
    except (OSError, ValidationError):
        return {}
    return kept.found if kept.by == by else {}


_Stamps = tuple[tuple[int, int] | None, ...]


def _stamps(path: Path, names: Sequence[str]) -> _Stamps:
    """Time and size of a file, and of those that it names (of a shift), None for one that is not there. Errors:
    `OSError` when the file itself cannot be looked at."""

    def stamp(file: Path) -> tuple[int, int]:
        state = file.stat()
        return state.st_mtime_ns, state.st_size

    named = (named_file(path, name) for name in names)
    return (stamp(path), *(None if file is None else stamp(file) for file in named))


def _hash(path: Path, text: bytes, names: Sequence[str]) -> str:
    """Of the path too, for diagnostics carry it; and of the files that it names."""
    found = hashlib.sha256(str(path).encode("utf-8", "surrogatepass") + b"\0" + text)
    for file in (named_file(path, name) for name in names):
        found.update(b"\0" + (b"" if file is None else file_bytes(file)))
    return found.hexdigest()


def _found(loaded: LoadedScenario) -> Found:
    doc = loaded.document
    about = None
    if doc is not None:
        summary = doc.summary or doc.briefing.strip().split("\n")[0]
        about = About(doc.scenario, doc.title, summary, doc.channel, doc.difficulty, doc.minutes)
    loud = tuple(found for found in loaded.diagnostics if found.severity is not Severity.INFO)
    return Found(about, loaded.scenario is not None, loud)


def _without_twins(listed: Sequence[tuple[str, Found]]) -> tuple[tuple[str, Found], ...]:
    """The second file with an id that was seen before cannot be played."""
    seen: dict[str, str] = {}
    single: list[tuple[str, Found]] = []
    for file, found in listed:
        twin = None if found.about is None else repeated(seen, found.about.id, file)
        if twin is not None:
            found = replace(found, playable=False, diagnostics=(*found.diagnostics, twin))
        single.append((file, found))
    return tuple(single)
