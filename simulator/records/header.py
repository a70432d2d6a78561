"""What the chain of an attempt begins with: whose attempt it is, at what, under which texts."""

from sqlalchemy import Connection, text

from simulator.errors import TercerTimbreError

VERSION = 1

_ROW = text(
    "SELECT a.id AS attempt, a.profile AS person, p.pseudonym, a.scenario, a.title, a.scenario_hash, a.protocol_hash,"
    " a.seed, a.mode, a.hints, a.difficulty, a.channel, a.started_at, a.software, a.at_seq"
    " FROM attempts AS a JOIN profiles AS p ON p.id = a.profile WHERE a.id = :attempt"
)
"""In SQL, because databases of every version have these columns, and upgrading one needs its headers. Not
`forked_from`, which is emptied when the attempt that it names is deleted: `at_seq` still says that it is a fork. Not
the person's name: results are taken away under a pseudonym."""


def header_of(connection: Connection, attempt: str) -> dict[str, object]:
    """The header, of text, whole numbers, truth values and None. Errors: attempt-unknown."""
    row = connection.execute(_ROW, {"attempt": attempt}).mappings().one_or_none()
    if row is None:
        raise TercerTimbreError("attempt-unknown", attempt=attempt)
    return {**row, "v": VERSION, "hints": bool(row["hints"])}
