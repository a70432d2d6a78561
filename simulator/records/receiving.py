"""Taking in a file of results: what command line and window do alike."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from simulator.records.exchange import GONE
from simulator.records.recordings import Recordings
from simulator.records.results_file import MOST_BYTES, Examined, Finding, Stone, examine
from simulator.records.store import Store


@dataclass(slots=True)
class Received:
    """What a file brought. `counted`: attempts by how they were taken (`exchange.Taken`); `findings`: what was refused
    or is wrong with the file, each with its attempt ("" : the file's own); `unknown_keys`: fingerprints of keys that
    nobody here vouched for."""

    counted: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[Finding, str]] = field(default_factory=list)
    unknown_keys: set[str] = field(default_factory=set)


def examined(path: Path) -> Iterator[Examined | Stone | Finding]:
    """What is in a file, with every proof. Errors: `OSError`."""
    with path.open("rb") as file:
        yield from examine(iter(partial(file.readline, MOST_BYTES + 1), b""))


def receive(store: Store, path: Path, recordings: Recordings) -> Received:
    """Take in what is whole, once; obey the tombstones whose keys are enrolled. Each attempt is its own transaction.

    Errors: `OSError`; recording-not-deleted.
    """
    brought = Received()
    for item in examined(path):
        if isinstance(item, Finding):
            brought.findings.append((item, ""))
            continue
        taken = store.take_stone(item) if isinstance(item, Stone) else store.take_in(item)
        if taken.how == GONE:
            recordings.delete(taken.attempt)
        brought.counted[taken.how] += 1
        brought.unknown_keys.update(taken.unknown_keys)
        brought.findings += [(finding, taken.attempt) for finding in taken.findings]
    return brought
