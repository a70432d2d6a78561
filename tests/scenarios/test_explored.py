"""The calls that ship hold nothing that nobody can reach, win or lose."""

from pathlib import Path

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.unreached import explored
from simulator.scenario.library import load_file
from simulator.source.diagnostics import Severity, format
from tests.scenarios.shipped import files, loaded


def warnings_of(file: Path) -> list[str]:
    found = list(explored(load_file(file, shipped_protocol().protocol)))
    assert found, "its channel cannot be played"
    return [format(diagnostic) for diagnostic in found if diagnostic.severity is not Severity.INFO]


@pytest.mark.slow
@pytest.mark.parametrize("file", [file for file in files() if file.parent.name != "shift"], ids=lambda file: file.stem)
def test_everything_can_be_reached(file: Path) -> None:
    assert warnings_of(file) == []


def test_everything_of_the_shortest_can_be_reached() -> None:
    assert warnings_of(Path(loaded("guided-first-call").file)) == []
