"""`python -m tests.benchmarks`: every figure beside its floor, in one table."""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from simulator.app.start import NEW_OBJECTS
from tests.benchmarks import (
    calls,
    checking,
    heartbeat,
    library,
    listening,
    marks,
    office,
    results,
    speech,
    sync,
    window,
)
from tests.benchmarks.figure import Figure, table

PARTS: Mapping[str, Callable[[], Iterator[Figure]]] = MappingProxyType(
    {
        "window": window.figures,
        "calls": calls.figures,
        "checking": checking.figures,
        "library": library.figures,
        "marks": marks.figures,
        "speech": speech.figures,
        "listening": listening.figures,
        "heartbeat": heartbeat.figures,
        "results": results.figures,
        "office": office.figures,
        "sync": sync.figures,
    }
)


def main(names: list[str]) -> None:
    """Measures the parts named, all when none is."""
    gc.set_threshold(NEW_OBJECTS)  # as the program itself does
    measured: list[Figure] = []
    for name in names or PARTS:
        measured.extend(PARTS[name]())
    sys.stdout.write(table(measured) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
