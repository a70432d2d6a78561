"""A real learning record store accepts the statements and gives them back as they were."""

from pathlib import Path

import pytest

from simulator.records.store import Store
from simulator.records.table import Filter
from simulator.records.xapi import xapi_statements
from tests.records import lrs
from tests.records.test_xapi import stocked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not lrs.there(), reason="uv, which fetches the record store, is not installed"),
]


def test_statements_are_accepted_once_and_read_back_equal(store: Store, tmp_path: Path) -> None:
    stocked(store)
    sent = list(xapi_statements(store.mark_rows(store.results_table(Filter()))))
    with lrs.running(tmp_path) as running:
        status, ids = running.call("POST", body=sent)
        assert (status, ids) == (200, [statement["id"] for statement in sent])
        for statement in sent:
            status, answer = running.call("GET", f"?statementId={statement['id']}")
            assert status == 200
            (found,) = answer["statements"]  # Ralph wraps the one in a list
            assert {key: found[key] for key in statement} == statement
        status, _again = running.call("POST", body=sent)
        assert status in (200, 204), "the same statements again are no conflict"
        _status, all_of_them = running.call("GET")
        assert len(all_of_them["statements"]) == len(sent)
