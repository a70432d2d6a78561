"""The shipped scenarios, loaded once, and their tests played once for each seed."""

from functools import cache
from pathlib import Path

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.rehearsal.proof import SEEDS
from simulator.scenario.library import load_file, scenario_files
from simulator.scenario.load import LoadedScenario
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score


def files() -> list[Path]:
    """Every scenario file that ships."""
    return scenario_files([paths.scenarios()])


THE_CALLS = (
    *sorted(file.stem for file in files() if file.parent.name in ("phone", "web", "apps")),
    "counter-visit",
)
"""Ids of the scenarios with one customer who comes by themself; each is a file of that name in its channel's folder."""


@cache
def loaded(id: str) -> LoadedScenario:
    """The file of a call, loaded with the shipped protocol."""
    (file,) = (file for file in files() if file.stem == id)
    return load_file(file, shipped_protocol().protocol)


def scenario(id: str) -> Scenario:
    """The compiled scenario; what keeps it from compiling is said by `test_loads_without_complaint`."""
    found = loaded(id).scenario
    assert found is not None, loaded(id).diagnostics
    return found


@cache
def played(id: str, test: int, seed: int) -> Player:
    """A test of a scenario (by its place), played with a seed."""
    return play(scenario(id), scenario(id).doc.tests[test].do, seed=seed)


@cache
def card(id: str, test: int, seed: int = 1) -> Scorecard:
    """The scorecard of a test of a scenario."""
    return score(scenario(id), played(id, test, seed).events)


def runs(id: str) -> list[Player]:
    """Every test of a scenario with every seed."""
    return [played(id, test, seed) for test in range(len(scenario(id).doc.tests)) for seed in SEEDS]
