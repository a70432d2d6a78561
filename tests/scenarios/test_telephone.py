"""The shipped calls that go out, and the one from a colleague: they keep their promises, and each of their checkpoints
is won and lost in their own tests."""

from functools import cache

import pytest

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play, replay
from simulator.rehearsal.proof import SEEDS, prove
from simulator.scenario.library import load_file
from simulator.scenario.load import LoadedScenario
from simulator.scenario.scenario import Scenario
from simulator.scoring.score import score
from simulator.session.envelope import encode
from simulator.session.replay import commands_of
from simulator.source.diagnostics import Severity, format

FILES = ("outbound/cancelled-appointments.yaml", "colleague/colleague-on-the-line.yaml")
calls = pytest.mark.parametrize("file", FILES)


@cache
def loaded(file: str) -> LoadedScenario:
    return load_file(paths.scenarios() / file, shipped_protocol().protocol)


def scenario(file: str) -> Scenario:
    found = loaded(file).scenario
    assert found is not None, loaded(file).diagnostics
    return found


@calls
def test_loads_without_complaint_and_keeps_its_promises(file: str) -> None:
    assert [format(d) for d in loaded(file).diagnostics if d.severity is not Severity.INFO] == []
    assert [format(d) for d in prove(loaded(file))] == []


@calls
def test_each_checkpoint_is_won_and_lost(file: str) -> None:
    cards = [score(scenario(file), play(scenario(file), test.do).events) for test in scenario(file).doc.tests]
    found = {(line.id, line.verdict) for card in cards for line in card.checkpoints}
    for verdict in ("met", "missed"):
        assert [id for id in scenario(file).checkpoints if (id, verdict) not in found] == []


@calls
def test_commands_of_its_logs_give_the_same_bytes(file: str) -> None:
    for test in scenario(file).doc.tests:
        log = play(scenario(file), test.do, seed=SEEDS[1]).events
        assert [encode(event) for event in replay(scenario(file), commands_of(log))] == [encode(event) for event in log]
