"""A short shift for tests: two contacts of shipped scenarios, a break and a meeting."""

from functools import cache

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.scenario.library import finder
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario

SHIFT = """
scenario: half-day
title: Media jornada
channel: shift
clock: "08:59"
agent: Daniela Prieto
briefing: Atienda.
shift:
  begins: "09:00"
  ends: "11:00"
  breaks: [{title: Pausa, from: "10:00", minutes: 10}]
  activities: [{title: Reunión, from: "10:30", minutes: 10}]
  after_call: 60
contacts:
  elvira: {scenario: phone/guided-first-call, at: "09:20", patience: 120}
  marta: {scenario: phone/angry-caller, at: "09:21", patience: 300}
tests:
  - name: nadie
    do: [jump: next]
    expect: {}
"""
STOPS = (60, 21 * 60, 22 * 60, 61 * 60, 71 * 60, 91 * 60, 101 * 60, 121 * 60)
"""When something of the agenda falls due or somebody comes, in seconds from the start."""


def loaded(text: str = SHIFT) -> LoadedScenario:
    find = finder(paths.scenarios() / "shift" / "half-day.yaml")
    return load_scenario(text, "shift.yaml", shipped_protocol().protocol, find)


@cache
def half_day() -> Scenario:
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    return scenario


def moves(*written: object) -> list[Move]:
    return [move for one in written if isinstance(move := read_move(one), Move)]


NEXT: dict[str, object] = {"jump": "next"}
BREAK: dict[str, object] = {"away": "break"}
MEETING: dict[str, object] = {"away": "activity"}
ELVIRA: tuple[object, ...] = ({"in": "elvira"}, {"as-in": "primera llamada ejemplar"})
MARTA: tuple[object, ...] = ({"in": "marta"}, {"as-in": "agente ejemplar"})
MORNING: tuple[object, ...] = (NEXT, "available", NEXT, *ELVIRA, "available", *MARTA, "available")
REST: tuple[object, ...] = (NEXT, BREAK, NEXT, "available", NEXT, MEETING, NEXT, "available", NEXT)


def played(*written: object, seed: int = 1, refused: int = 0) -> Player:
    player = play(half_day(), moves(*written), seed=seed)
    assert len(player.refused) == refused, player.refused
    return player
