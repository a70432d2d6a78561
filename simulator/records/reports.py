"""What a report on one person tells of each attempt that may leave: its rows, and the mood behind them.

Inside a transaction that the caller holds. Like every export it begins with `table.published`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from simulator.records import attempts, table
from simulator.records.schema import profiles, scorecards
from simulator.records.table import MARKS, Published, Veil
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.scoring.card import MoodPoint
from simulator.scoring.mood import Curve, curves, mood_moves
from simulator.session.envelope import decode
from simulator.session.telling import end_text

_CARD: Final = select(scorecards.c.scorecard).order_by(scorecards.c.ordinal).limit(1)


@dataclass(frozen=True, slots=True)
class ReportedAttempt:
    """An attempt. `about`: its cells by the ids of `table.ATTEMPT`; `marks`: its rows by those of `table.MARKS`, each
    with its better wording under `model` ("" where it needs none); `moods`: a curve for each customer, until
    `lasts_ms`."""

    about: Mapping[str, Any]
    marks: tuple[Mapping[str, Any], ...]
    moods: tuple[Curve, ...]
    lasts_ms: int
    ending: str


def reported(connection: Connection, chosen: Sequence[Published], *, names: bool = False) -> Iterator[ReportedAttempt]:
    """The attempts in their order. `names`: leave the trainee's name in what was said."""
    for attempt in chosen:
        veil = Veil("" if names else attempt.agent)
        card: dict[str, Any] = json.loads(
            connection.execute(_CARD.where(scorecards.c.attempt == attempt.id)).scalar_one()
        )
        models = {line["id"]: veil(line["model"]) for line in card.get("checkpoints", ())}
        rows = (table.holding(MARKS, row) for row in table.mark_rows(connection, [attempt], names=names))
        lasts_ms = card.get("duration_ms") or 0
        yield ReportedAttempt(
            attempt.about,
            tuple({**row, "model": models[row["checkpoint"]] if _wanting(row) else ""} for row in rows),
            _moods(connection, attempt.id, card, lasts_ms, veil),
            lasts_ms,
            end_text(card.get("end"), card.get("end_title", "")),
        )


def shown_name(connection: Connection, pseudonym: str) -> str:
    """The name of the person behind a pseudonym; the pseudonym itself where the name is kept elsewhere."""
    return connection.scalar(select(profiles.c.name).where(profiles.c.pseudonym == pseudonym)) or pseudonym


def _wanting(row: Mapping[str, Any]) -> bool:
    return row["verdict"] in ("missed", "unclear")


def _moods(
    connection: Connection, attempt: str, card: Mapping[str, Any], lasts_ms: int, veil: Veil
) -> tuple[Curve, ...]:
    points = [
        MoodPoint(point["event"], point["at_ms"], point["mood"], contact=point.get("contact", FIRST_CONTACT))
        for point in card.get("moods", ())
    ]
    if not points:
        return ()
    events = [decode(text) for text in attempts.log(connection, attempt)]
    customers = {contact["contact"]: contact["customer"] for contact in card.get("contacts", ())}
    moves = mood_moves(events, points, customers if len(customers) > 1 else {})
    return curves([replace(move, because=veil(move.because)) for move in moves], events, lasts_ms)
