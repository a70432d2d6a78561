"""What a report on one person tells of each attempt that may leave: its rows, and the mood behind them.

Inside a transaction that the caller holds. Like every export it begins with `table.published`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, select

from simulator.records import attempts, table
from simulator.records.review import Objection, Review
from simulator.records.reviews import review_of
from simulator.records.schema import profiles, scorecards, sittings
from simulator.records.table import MARKS, Published, Veil
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.scoring.card import MoodPoint
from simulator.scoring.mood import Curve, curves, mood_moves
from simulator.session.envelope import decode
from simulator.session.telling import end_text

_CARD: Final = select(scorecards.c.scorecard).order_by(scorecards.c.ordinal).limit(1)


@dataclass(frozen=True, slots=True)
class ReportedComment:
    """What a reviewer said of a moment. `about`: the words that it concerns, "" where nobody spoke."""

    at_ms: int
    about: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportedAttempt:
    """An attempt. `about`: its cells by the ids of `table.ATTEMPT`; `marks`: its rows by those of `table.MARKS`, each
    with the verdict that counts under `counted`, its better wording under `model` ("" where it needs none), and what
    the trainee objects and what was decided under `objection` and `outcome` (None: nothing); `moods`: a curve for each
    customer, until `lasts_ms`."""

    about: Mapping[str, Any]
    marks: tuple[Mapping[str, Any], ...]
    moods: tuple[Curve, ...]
    lasts_ms: int
    ending: str
    comments: tuple[ReportedComment, ...] = ()


def reported(connection: Connection, chosen: Sequence[Published], *, names: bool = False) -> Iterator[ReportedAttempt]:
    """The attempts in their order. `names`: leave the trainee's name in what was said."""
    for attempt in chosen:
        veil = Veil("" if names else attempt.agent)
        stored = connection.scalar(_CARD.where(scorecards.c.attempt == attempt.id))
        card: dict[str, Any] = {} if stored is None else json.loads(stored)  # an exam may have been withdrawn
        models = {line["id"]: veil(line["model"]) for line in card.get("checkpoints", ())}
        rows = (dict(zip(_MARKED, row, strict=True)) for row in table.mark_rows(connection, [attempt], names=names))
        lasts_ms = card.get("duration_ms") or 0
        review = review_of(connection, attempt.id)
        yield ReportedAttempt(
            attempt.about,
            tuple(_mark(row, models, review.objections.get(place), veil) for place, row in enumerate(rows)),
            _moods(connection, attempt.id, card, lasts_ms, veil),
            lasts_ms,
            end_text(card.get("end"), card.get("end_title", "")),
            tuple(_comments(connection, attempt.id, review, veil)),
        )


def shown_name(connection: Connection, pseudonym: str) -> str:
    """The name of the person behind a pseudonym; the pseudonym itself where the name is kept elsewhere."""
    return connection.scalar(select(profiles.c.name).where(profiles.c.pseudonym == pseudonym)) or pseudonym


def exam_title(connection: Connection, attempt: str) -> str | None:
    """The title of the exam of which an attempt is a try; None where it is none."""
    return connection.scalar(select(sittings.c.title).where(sittings.c.attempt == attempt))


_MARKED: Final = tuple(column.id for column in MARKS)


def _mark(
    row: Mapping[str, Any], models: Mapping[str, str], objection: Objection | None, veil: Veil
) -> Mapping[str, Any]:
    counted = row["human-verdict"] or row["verdict"]
    outcome = None if objection is None else objection.outcome
    return {
        **row,
        "counted": counted,
        "model": models[row["checkpoint"]] if counted in ("missed", "unclear") else "",
        "objection": None if objection is None else veil(objection.reason),
        "outcome": None if outcome is None else (outcome.upheld, veil(outcome.reason)),
    }


def _comments(connection: Connection, attempt: str, review: Review, veil: Veil) -> Iterator[ReportedComment]:
    if not review.comments:
        return
    events = [decode(text) for text in attempts.log(connection, attempt)]
    for comment in review.comments:
        event = events[comment.seq] if 0 <= comment.seq < len(events) else None
        words = getattr(event.what, "text", "") if event is not None else ""
        at_ms = 0 if event is None else event.at_ms
        yield ReportedComment(at_ms, veil(words), veil(comment.text), comment.name)


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
