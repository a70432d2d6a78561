"""`check` over the scenarios that ship, by its parts, beside parsing the same files with the C loader."""

import time
from collections.abc import Callable, Iterator
from functools import partial

import yaml

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.proof import prove
from simulator.rehearsal.unreached import explored
from simulator.scenario.library import load_file, scenario_files
from simulator.scenario.load import LoadedScenario
from simulator.source.tree import parse
from tests.benchmarks.figure import Figure, quantile

ROUNDS = 5


def figures() -> Iterator[Figure]:
    """Reading, loading (what the library does too), the scenarios' own tests, exploring.

    The floor makes a string of each scalar and forgets where it stood. Reading keeps every place and looks for the
    traps of YAML; loading validates, checks references and ways, and compiles patterns, whose examples it runs: each of
    these takes about what the floor does, hence five times as much.
    """
    files = scenario_files([paths.scenarios()])
    protocol = shipped_protocol().protocol
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = [path.read_text("utf-8") for path in files]
    bare = _median(lambda: [yaml.load(text, Loader=loader) for text in texts])
    number = f"of {len(files)} scenarios"
    yield Figure(
        f"check: YAML {number} read", _median(lambda: [parse(text, "a") for text in texts]), bare, "ms", "≤ 3×"
    )
    yield Figure(
        f"check: YAML {number} loaded", _median(lambda: [load_file(p, protocol) for p in files]), bare, "ms", "≤ 5×"
    )
    loaded = [load_file(path, protocol) for path in files]
    yield Figure(f"check: own tests {number}", _timed(lambda: [list(prove(one)) for one in loaded]), None, "ms", "–")
    took = [_timed(partial(_explore, one)) for one in loaded]
    yield Figure(f"check: exploring a scenario, median {number}", quantile(took, 0.5), None, "ms", "≤ 10,000")
    yield Figure("check: exploring a scenario, the longest", max(took), None, "ms", "≤ 30,000")


def _explore(one: LoadedScenario) -> None:
    list(explored(one))


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time: what another process does on this machine does not count."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def _median(work: Callable[[], object]) -> float:
    work()
    return quantile([_timed(work) for _ in range(ROUNDS)], 0.5)
