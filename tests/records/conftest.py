"""Fixtures of the store's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.records.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's database will be."""
    return tmp_path / "tercer-timbre.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A new, empty store."""
    with Store.open(path) as opened:
        yield opened
