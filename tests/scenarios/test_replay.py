"""A log of a shipped call replays to the byte, whatever happened in it."""

import pytest

from simulator.rehearsal.player import replay
from simulator.session.envelope import encode
from simulator.session.evolve import replayed
from simulator.session.replay import commands_of
from tests.scenarios.shipped import THE_CALLS, played, runs, scenario

calls = pytest.mark.parametrize("id", THE_CALLS)


@calls
def test_commands_of_a_log_give_the_same_bytes(id: str) -> None:
    for number in range(len(scenario(id).doc.tests)):
        log = played(id, number, 2).events
        again = replay(scenario(id), commands_of(log))
        assert [encode(event) for event in again] == [encode(event) for event in log]


@calls
def test_state_of_a_log_is_the_state_that_was_lived(id: str) -> None:
    for player in runs(id)[::5]:
        assert replayed(player.events) == player.state
