"""A writer in a process of its own, to be killed: it appends batches and acknowledges each over a pipe."""

from multiprocessing.connection import Connection
from pathlib import Path

from simulator.errors import TercerTimbreError
from simulator.records.store import Store
from tests.records.cases import events

BATCHES = (1, 3, 2, 5)  # sizes, over and over


def batch_ends(count: int) -> list[int]:
    """How many events the log has after each batch, up to `count`."""
    ends, total, n = [0], 0, 0
    while total < count:
        total += BATCHES[n % len(BATCHES)]
        n += 1
        ends.append(total)
    return ends


def write(path: str, attempt: str, acknowledge: Connection) -> None:
    """Append to the attempt for ever; after each batch send the number of events that are stored."""
    with Store.open(Path(path)) as store:
        total, n = 0, 0
        while True:
            size = BATCHES[n % len(BATCHES)]
            store.append(attempt, events(total, size, attempt))
            total += size
            n += 1
            acknowledge.send(total)


def write_turns(path: str, attempt: str, turns: int, acknowledge: Connection) -> None:
    """Add `turns` events to an attempt that another process writes to as well, trying again when that was quicker."""
    with Store.open(Path(path)) as store:
        for _ in range(turns):
            while not _append_next(store, attempt):
                pass
    acknowledge.send(turns)


def _append_next(store: Store, attempt: str) -> bool:
    seq = len(store.events(attempt))
    try:
        store.append(attempt, events(seq, 1, attempt))
    except TercerTimbreError as error:
        if error.code != "events-stored":
            raise
        return False
    return True


def open_only(path: str, acknowledge: Connection) -> None:
    """Open the store, as a second instance does, and send how many people it holds."""
    with Store.open(Path(path)) as store:
        acknowledge.send(len(store.profiles()))
