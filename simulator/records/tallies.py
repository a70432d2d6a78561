"""One narrow row of each closed attempt, its verdicts as letters: what the HR office counts a million of at once.

The rows are derived from marks and reviews (`file_tally` says how an attempt counts now) and written anew whenever one
of these changes. They run inside a transaction that their caller holds, in SQL that SQLite and PostgreSQL share,
because upgrading an older database makes them too.
"""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, text

LETTERS: Final[Mapping[str, str]] = MappingProxyType({"met": "m", "missed": "x", "not-applicable": "-", "unclear": "?"})
"""How each verdict is written in `tallies.verdicts`."""
_ID_LENGTH: Final = 16

_CLOSED: Final = text(
    "SELECT id FROM attempts WHERE status NOT IN ('running', 'paused')"
    " AND NOT EXISTS (SELECT 1 FROM tallies WHERE tallies.attempt = attempts.id) ORDER BY id"
)
_FACTS: Final = text(
    "SELECT a.profile, a.scenario, a.channel, a.mode, a.started_at, o.pass_mark,"
    " CASE WHEN r.attempt IS NULL THEN a.score ELSE r.score END AS score,"
    " CASE WHEN r.attempt IS NULL THEN a.result ELSE r.result END AS result"
    " FROM attempts a LEFT JOIN outcomes o ON o.attempt = a.id LEFT JOIN reviews r ON r.attempt = a.id"
    " WHERE a.id = :attempt"
)
_MARKS: Final = text(
    "SELECT m.checkpoint, m.title, COALESCE(r.verdict, m.verdict) AS verdict FROM marks m"
    " LEFT JOIN rulings r ON r.attempt = m.attempt AND r.place = m.place WHERE m.attempt = :attempt ORDER BY m.place"
)
_SHEET: Final = text("INSERT INTO sheets (id, lines) VALUES (:id, :lines) ON CONFLICT DO NOTHING")
_GONE: Final = text("DELETE FROM tallies WHERE attempt = :attempt")
_TALLY: Final = text(
    "INSERT INTO tallies (attempt, profile, scenario, channel, mode, started_at, score, pass_mark, result, sheet,"
    " verdicts) VALUES (:attempt, :profile, :scenario, :channel, :mode, :started_at, :score, :pass_mark, :result,"
    " :sheet, :verdicts)"
)


def file_tally(connection: Connection, attempt: str) -> None:
    """Write the row of a closed attempt, in place of an earlier one: with the verdicts of people where there are any,
    else the program's, and the result that follows."""
    facts = connection.execute(_FACTS, {"attempt": attempt}).mappings().one()
    lines = connection.execute(_MARKS, {"attempt": attempt}).all()
    connection.execute(_GONE, {"attempt": attempt})
    sheet = _sheet(connection, [(line.checkpoint, line.title) for line in lines]) if lines else None
    verdicts = "".join(LETTERS[line.verdict] for line in lines)
    connection.execute(_TALLY, {**facts, "attempt": attempt, "sheet": sheet, "verdicts": verdicts})


def file_tallies(connection: Connection) -> int:
    """Write the rows of the closed attempts that have none yet; returns how many."""
    found = connection.execute(_CLOSED).scalars().all()
    for attempt in found:
        file_tally(connection, attempt)
    return len(found)


def _sheet(connection: Connection, lines: list[tuple[str, str]]) -> str:
    """The id of the list of checkpoints, which is kept."""
    said = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    id = hashlib.sha256(said.encode()).hexdigest()[:_ID_LENGTH]
    connection.execute(_SHEET, {"id": id, "lines": said})
    return id
