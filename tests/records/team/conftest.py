"""Fixtures: one PostgreSQL for all tests of a process, a database for each."""

from collections.abc import Iterator

import pytest

from simulator.records.team.targets import Target
from tests.records.team import postgres


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A running server."""
    with postgres.running() as running:
        yield running


@pytest.fixture
def target(server: postgres.Server) -> Target:
    """An empty database of the team."""
    return Target("database", server.new_database(), postgres.PASSWORD)
