"""Whatever is said on the line was among the likely lines a moment before."""

from collections.abc import Iterator, Sequence

import pytest

from simulator.rehearsal.player import Player
from simulator.scenario.moves import read_move
from simulator.scenario.scenario import Scenario
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AgentSpoke,
    ColleagueAnswered,
    ColleagueSpoke,
    CustomerReacted,
    CustomerSpoke,
    EndReached,
    StepEntered,
)
from simulator.session.evolve import evolve
from simulator.session.state import State
from simulator.ui.desk.likely import likely_lines
from tests.session.cases import mini
from tests.ui.desk.cases import call

SCRIPTS: tuple[list[object], ...] = (
    ["answer", {"say": "Telenova, buenos días."}, {"say": "Le haremos el reintegro."}, {"say": "Con gusto."}],
    ["answer", {"wait": "30"}, {"say": "Cálmese, por favor."}, {"wait": "40"}, {"say": "Es usted idiota."}],
    ["answer", {"say": "¿Sí?"}, "hold", {"wait": "40"}, "resume", {"say": "Gracias por esperar."}, {"wait": "12"}],
    [
        "answer",
        {"say": "Buenos días."},
        {"consult": "Soporte técnico"},
        {"wait": "5"},
        {"say": "Hola."},
        {"say": "Es la señora Ríos."},
        "return",
        {"say": "Le entiendo, lamento la molestia."},
        {"say": "Le haremos el reintegro."},
        {"wait": "20"},
    ],
)

CAUSES = AgentSpoke | AgentActed | ColleagueAnswered
CONSEQUENCES = CustomerReacted | StepEntered | EndReached


def moments(events: Sequence[Event]) -> Iterator[tuple[State, Event]]:
    """Each line said, with the state before the command or deadline that led to it."""
    states = [State()]
    for event in events:
        states.append(evolve(states[-1], event))
    for index, event in enumerate(events):
        if isinstance(event.what, CustomerSpoke | ColleagueSpoke):
            first = index
            while isinstance(events[first - 1].what, CONSEQUENCES):
                first -= 1
            yield states[first - 1 if isinstance(events[first - 1].what, CAUSES) else first], event


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("scenario", [call(), mini()], ids=["call", "mini"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_line_was_likely(script: list[object], scenario: Scenario, seed: int) -> None:
    player = Player(scenario, seed, "Diego Salas")
    player.start()
    player.play([read_move(move) for move in script])  # type: ignore[misc]
    player.finish()
    said = list(moments(player.events))
    assert said
    for state, event in said:
        assert isinstance(event.what, CustomerSpoke | ColleagueSpoke)
        assert event.what.text in [line.text for line in likely_lines(scenario, state)], event


def test_the_first_line_is_likely_while_the_phone_rings() -> None:
    player = Player(mini(), 1, "Diego Salas")
    player.start()
    assert likely_lines(mini(), player.state) == ()  # the opening step of mini waits for the agent's greeting


def test_nothing_is_likely_before_the_start_and_after_the_end() -> None:
    player = Player(call(), 1, "Diego Salas")
    assert likely_lines(call(), player.state) == ()
    player.start()
    player.play([read_move("answer"), read_move("hang-up")])  # type: ignore[list-item]
    assert likely_lines(call(), player.state) == ()


def test_what_pleases_comes_first() -> None:
    player = Player(call(), 1, "Diego Salas")
    player.start()
    player.play([read_move("answer"), read_move({"say": "Buenos días."})])  # type: ignore[list-item]
    lines = likely_lines(call(), player.state)
    assert lines[0].text == "Muchas gracias, Diego. Por fin alguien me ayuda."
    assert lines[0].mood == 65
