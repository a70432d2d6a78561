"""Opening the store at the start of the program, and what to offer when its file is damaged."""

from dataclasses import dataclass
from pathlib import Path

from simulator.errors import TercerTimbreError
from simulator.records.backup import set_aside
from simulator.records.faults import CORRUPT, told
from simulator.records.store import BUSY_MS, Store


@dataclass(frozen=True, slots=True)
class Damaged:
    """The file at `path` cannot be used (`error` says why). Nothing has been changed; the user decides."""

    path: Path
    error: TercerTimbreError
    busy_ms: int = BUSY_MS

    def start_anew(self) -> "Replaced":
        """Set the damaged file aside, whole, and open a new store in its place.

        A file that has become sound meanwhile (another instance replaced it, a backup was put back) is used as it is.
        Errors: those of `Store.open`; store-read-only or store-unreadable when the file cannot be moved.
        """
        try:
            return Replaced(Store.open(self.path, busy_ms=self.busy_ms, check=True), None)
        except TercerTimbreError as error:
            if error.code != CORRUPT:
                raise
        with told(self.path):
            kept = set_aside(self.path)
        return Replaced(Store.open(self.path, busy_ms=self.busy_ms), kept)


@dataclass(frozen=True, slots=True)
class Replaced:
    """The store to go on with, and where the damaged file is kept (None: it was sound after all)."""

    store: Store
    kept: Path | None


def open_or_offer(path: Path, *, busy_ms: int = BUSY_MS, check: bool = False) -> Store | Damaged:
    """Open the store, or say that its file is damaged; `check` after a store-corrupt in the middle of work.

    Errors: those of `Store.open` but store-corrupt.
    """
    try:
        return Store.open(path, busy_ms=busy_ms, check=check)
    except TercerTimbreError as error:
        if error.code != CORRUPT:
            raise
        return Damaged(path, error, busy_ms)
