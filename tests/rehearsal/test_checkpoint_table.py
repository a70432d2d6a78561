"""Each checkpoint of the catalogue is won and lost by tests that shipped scenarios carry, and a page says where."""

from functools import cache

import pytest

from simulator.language.words import listed
from simulator.protocol.shipped import shipped_protocol
from tests.coverage_table import TABLE, Shown, document, shown

NOT_WON_YET = frozenset(
    listed("""
    schedule-adherence
    """)
)
"""Checkpoints that no test of a shipped scenario meets yet. Whoever writes one that does takes it from the list."""

NOT_LOST_YET = frozenset(
    listed("""
    schedule-adherence
    """)
)
"""The same for those that no test misses yet."""


@cache
def table() -> dict[str, Shown]:
    return dict(shown())


def test_the_page_is_up_to_date() -> None:
    assert TABLE.read_text("utf-8") == document(table()), "run `python -m tests.coverage_table`"


@pytest.mark.parametrize(("side", "awaited"), [("won", NOT_WON_YET), ("lost", NOT_LOST_YET)])
def test_all_but_those_awaited_are_shown(side: str, awaited: frozenset[str]) -> None:
    lacking = {id for id, entry in table().items() if getattr(entry, side) is None}
    assert lacking - awaited == set(), f"no test of a shipped scenario shows these {side}"
    assert awaited - lacking == set(), f"shown {side} now: take them from the list"


def test_the_lists_name_checkpoints() -> None:
    assert shipped_protocol().protocol.checkpoints.keys() >= NOT_WON_YET | NOT_LOST_YET
