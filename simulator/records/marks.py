"""The first scorecard of an attempt as rows: what exports and figures over many attempts are made of.

The rows are derived: whatever they say stands in the scorecard, which is what was signed. They run inside a transaction
that their caller holds, in SQL, because upgrading an older database makes them too.
"""

import json
from typing import Any, Final

from sqlalchemy import Connection, text

QUOTES: Final = " · "
"""Between two quotes that prove one mark."""

_CARD = text("SELECT scorecard FROM scorecards WHERE attempt = :attempt ORDER BY ordinal LIMIT 1")
_LOG = text("SELECT event FROM events WHERE attempt = :attempt ORDER BY seq")
_OUTCOME = text(
    "INSERT INTO outcomes (attempt, agent, pass_mark, duration_ms, input, ending)"
    " VALUES (:attempt, :agent, :pass_mark, :duration_ms, :input, :ending)"
)
_MARK = text(
    "INSERT INTO marks (attempt, place, checkpoint, title, phase, weight, critical, verdict, quote, rule, reason)"
    " VALUES (:attempt, :place, :checkpoint, :title, :phase, :weight, :critical, :verdict, :quote, :rule, :reason)"
)


def file_marks(connection: Connection, attempt: str) -> None:
    """Write the rows of an attempt's first scorecard, which must be there; once."""
    card: dict[str, Any] = json.loads(connection.execute(_CARD, {"attempt": attempt}).scalar_one())
    connection.execute(
        _OUTCOME,
        {
            "attempt": attempt,
            "agent": card.get("agent", ""),
            "pass_mark": card.get("pass_mark"),
            "duration_ms": card.get("duration_ms"),
            "input": _input(connection, attempt),
            "ending": card.get("end_title", ""),
        },
    )
    rows = [
        {
            "attempt": attempt,
            "place": place,
            "checkpoint": line["id"],
            "title": line["title"],
            "phase": line["phase"],
            "weight": line["weight"],
            "critical": line["critical"],
            "verdict": line["verdict"],
            "quote": QUOTES.join(dict.fromkeys(proof["quote"] for proof in line["evidence"] if proof["quote"])),
            "rule": line["rule"],
            "reason": line["reason"]["text"],
        }
        for place, line in enumerate(card.get("checkpoints", ()))
    ]
    if rows:
        connection.execute(_MARK, rows)


def _input(connection: Connection, attempt: str) -> str:
    """How the agent's words came in: `typed`, `spoken` or `both`. Spoken ones carry measures of the voice."""
    log = connection.execute(_LOG, {"attempt": attempt}).scalars()
    said = (event["data"] for event in map(json.loads, log) if event["type"] == "AgentSpoke")
    ways = {bool(data.get("voice")) for data in said}
    return "both" if len(ways) > 1 else "spoken" if ways == {True} else "typed"
