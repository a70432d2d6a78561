"""Each checkpoint of the catalogue is won and lost by tests that shipped scenarios carry, and a page says where."""

from functools import cache

import pytest

from tests.coverage_table import TABLE, Shown, document, shown


@cache
def table() -> dict[str, Shown]:
    return dict(shown())


def test_the_page_is_up_to_date() -> None:
    assert TABLE.read_text("utf-8") == document(table()), "run `python -m tests.coverage_table`"


@pytest.mark.parametrize("side", ["won", "lost"])
def test_every_checkpoint_is_shown(side: str) -> None:
    lacking = {id for id, entry in table().items() if getattr(entry, side) is None}
    assert lacking == set(), f"no test of a shipped scenario shows these {side}"
