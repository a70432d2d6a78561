"""The tables of wording, one module per domain: code → English msgid with `{named}` values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.wording.calibration import CALIBRATION
from simulator.wording.diagnostics import DIAGNOSTICS
from simulator.wording.errors import ERRORS
from simulator.wording.models import MODELS
from simulator.wording.records import RECORDS
from simulator.wording.results import RESULTS
from simulator.wording.scenario import SCENARIO
from simulator.wording.session import SESSION
from simulator.wording.team import TEAM
from simulator.wording.understanding import FINDINGS, UNDERSTANDING
from simulator.wording.verdicts import REASONS, VERDICTS


def diagnostic_tables() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Module name and table of the codes of diagnostics; each code has a page in `docs/diagnostics`."""
    yield "diagnostics", DIAGNOSTICS
    yield "scenario", SCENARIO
    yield "understanding", UNDERSTANDING
    yield "calibration", CALIBRATION


def tables() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Module name and table of all codes. A code stands in one table only (the suite checks)."""
    yield from diagnostic_tables()
    yield "errors", ERRORS
    yield "models", MODELS
    yield "records", RECORDS
    yield "results", RESULTS
    yield "session", SESSION
    yield "team", TEAM
    yield "verdicts", VERDICTS
    yield "reasons", REASONS
    yield "understanding", FINDINGS


def template(code: str) -> str:
    """The msgid of a code; KeyError when no table has it."""
    for _module, table in tables():
        if code in table:
            return table[code]
    raise KeyError(code)
