"""The core at work: a reply decided, whole calls played headless."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

import yaml

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.scenario.library import load_file, scenario_files
from simulator.scenario.moves import Move, Speak
from simulator.scenario.scenario import Scenario
from simulator.session import commands
from simulator.session.decide import decide
from simulator.session.marking import warm
from simulator.session.story import CommandRefusedError
from tests.benchmarks.figure import Figure, quantile

CHECKPOINTS = 40


def _scenarios() -> list[Scenario]:
    protocol = shipped_protocol().protocol
    loaded = (load_file(path, protocol).scenario for path in scenario_files([paths.scenarios()]))
    return [scenario for scenario in loaded if scenario is not None and scenario.agenda is None]


def figures() -> Iterator[Figure]:
    """Reply → next line, and the scenarios' own tests."""
    scenarios = _scenarios()
    for scenario in scenarios:
        warm(scenario)  # as the desk does before a call
    most = max(scenarios, key=lambda scenario: len(scenario.rules))
    floors = [re.compile("|".join(_words(index)), re.IGNORECASE) for index in range(CHECKPOINTS)]
    decided, floor = [], []
    for scenario in scenarios:
        for test in scenario.doc.tests:
            for seconds, text in _replies(scenario, test.do):
                decided.append(seconds * 1000)
                began = time.perf_counter()
                for pattern in floors:
                    pattern.search(text)
                floor.append((time.perf_counter() - began) * 1000)
    name = f"reply → next line decided, p99 of {len(decided)} ({len(most.rules)} rules at most)"
    yield Figure(name, quantile(decided, 0.99), quantile(floor, 0.99), "ms", "< 5 ms")
    yield Figure("the same, median", quantile(decided, 0.5), quantile(floor, 0.5), "ms", "reported")

    began = time.perf_counter()
    calls = 0
    for scenario in scenarios:
        for test in scenario.doc.tests:
            play(scenario, test.do)
            calls += 1
    played = (time.perf_counter() - began) * 1000
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    began = time.perf_counter()
    for path in scenario_files([paths.scenarios()]):
        yaml.load(path.read_text("utf-8"), Loader=loader)
    parsed = (time.perf_counter() - began) * 1000
    yield Figure(f"headless play of {calls} tests (floor: parsing their files in C)", played, parsed, "ms", "reported")


def _replies(scenario: Scenario, moves: Sequence[Move]) -> Iterator[tuple[float, str]]:
    """How long each reply of a test takes to be decided."""
    player = Player(scenario)
    player.start()
    for move in moves:
        if isinstance(move, Speak) and move.takes_ms == 0 and not move.to_colleague:
            spoken = player.contact.party.spoken
            if spoken is not None and player.contact.party.speaking(player.now):
                player.now = spoken.until_ms
                player.send(commands.PassTime(player.now))
            began = time.perf_counter()
            with suppress(CommandRefusedError):  # out of place here: not measured
                decide(scenario, player.state, commands.Say(player.now, move.text))
                yield time.perf_counter() - began, move.text
        player.play([move])


def _words(index: int) -> list[str]:
    """Twenty alternatives, different for each pattern."""
    stems = ("gracias", "espera", "permit", "ayud", "buen", "disculp", "entiend", "transfer", "solucion", "nombre")
    return [rf"\b{stem}\w*\s+(?:\w+\s+){{0,3}}{other}{index % 7}" for stem in stems for other in ("linea", "cuenta")]
