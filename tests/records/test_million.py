"""A million marks leave whole, in memory that grows with the attempts, not with their marks."""

from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks import results

MOST_MB = 150
"""Of growth: the list of 40,000 attempts is held, their million rows are not."""


@pytest.mark.slow
def test_a_million_marks_leave_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    results.stocked(path).close()
    _seconds, grown = results.measured(partial(results.from_store, path=path, export=results.export_csv))
    assert 0 < grown < MOST_MB
