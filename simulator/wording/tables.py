"""The tables of wording, one module per domain: code → English msgid with `{named}` values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.wording.diagnostics import DIAGNOSTICS
from simulator.wording.errors import ERRORS
from simulator.wording.verdicts import VERDICTS


def tables() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each domain with its table. A code stands in one table only (the suite checks)."""
    yield "diagnostics", DIAGNOSTICS
    yield "errors", ERRORS
    yield "verdicts", VERDICTS


def template(code: str) -> str:
    """The msgid of a code; KeyError when no table has it."""
    for _domain, table in tables():
        if code in table:
            return table[code]
    raise KeyError(code)
