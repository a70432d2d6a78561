"""The statements about attempts and what hangs on them. Each runs inside a transaction that its caller holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, delete, exists, func, insert, select, update

from simulator.errors import TercerTimbreError
from simulator.records.chain import first_link, next_link
from simulator.records.final import final_result, final_score
from simulator.records.header import header_of
from simulator.records.marks import file_marks
from simulator.records.schema import attempts, drafts, events, profiles, reviews, scorecards, statements, texts
from simulator.records.tallies import file_tally
from simulator.records.values import (
    SUBMITTED,
    AttemptSummary,
    Draft,
    Mode,
    NewAttempt,
    Status,
    StoredScorecard,
    read_moment,
    write_moment,
)

_NEXT: Final[Mapping[Status, frozenset[Status]]] = {
    Status.RUNNING: frozenset({Status.RUNNING, Status.PAUSED, Status.ABANDONED, Status.WITHDRAWN}),
    Status.PAUSED: frozenset({Status.PAUSED, Status.RUNNING, Status.ABANDONED, Status.WITHDRAWN}),
    Status.FINISHED: frozenset(),
    Status.ABANDONED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}


def begin(connection: Connection, new: NewAttempt) -> None:
    """Insert the attempt as running.

    Errors: attempt-exists, profile-unknown, text-unknown, attempt-unknown, fork-moment.
    """
    if connection.scalar(select(attempts.c.id).where(attempts.c.id == new.id)) is not None:
        raise TercerTimbreError("attempt-exists", attempt=new.id)
    if connection.scalar(select(profiles.c.id).where(profiles.c.id == new.profile)) is None:
        raise TercerTimbreError("profile-unknown", profile=new.profile)
    for sha256 in (new.scenario_hash, new.protocol_hash):
        _demand_text(connection, sha256)
    if new.forked_from is not None and new.at_seq is not None:
        _status(connection, new.forked_from)
        if not 0 <= new.at_seq < tail(connection, new.forked_from)[0]:
            raise TercerTimbreError("fork-moment", attempt=new.forked_from, seq=new.at_seq)
    connection.execute(
        insert(attempts).values(
            id=new.id,
            profile=new.profile,
            scenario=new.scenario,
            title=new.title,
            scenario_hash=new.scenario_hash,
            protocol_hash=new.protocol_hash,
            seed=new.seed,
            mode=new.mode.value,
            hints=new.hints,
            difficulty=new.difficulty,
            channel=new.channel,
            started_at=write_moment(new.started_at),
            software=new.software,
            forked_from=new.forked_from,
            at_seq=new.at_seq,
            status=Status.RUNNING.value,
        )
    )


def tail(connection: Connection, attempt: str) -> tuple[int, bytes]:
    """The seq that the attempt's next event must have, and the link (`chain`) on which it is hung."""
    row = connection.execute(
        select(events.c.seq, events.c.link).where(events.c.attempt == attempt).order_by(events.c.seq.desc()).limit(1)
    ).one_or_none()
    return (0, first_link(header_of(connection, attempt))) if row is None else (row.seq + 1, row.link)


def append(connection: Connection, attempt: str, new: Sequence[tuple[int, str]]) -> None:
    """Add events at the end of an open attempt's log.

    Errors: attempt-unknown, attempt-closed; events-stored when a seq is there already (a rewrite, or another instance
    was quicker); events-gap when one is missing before or within; not-unicode.
    """
    if not _status(connection, attempt).open:
        raise TercerTimbreError("attempt-closed", attempt=attempt)
    expected, link = tail(connection, attempt)
    rows = []
    for seq, text in new:
        if seq != expected:
            raise TercerTimbreError(
                "events-stored" if seq < expected else "events-gap", attempt=attempt, seq=seq, expected=expected
            )
        event = to_bytes(text)
        link = next_link(link, event)
        rows.append({"attempt": attempt, "seq": seq, "event": event, "link": link})
        expected += 1
    if rows:
        connection.execute(insert(events), rows)


def log(connection: Connection, attempt: str) -> list[str]:
    """The attempt's events in order. Errors: attempt-unknown, events-broken when the file was tampered with."""
    _status(connection, attempt)
    rows = connection.execute(
        select(events.c.seq, events.c.event).where(events.c.attempt == attempt).order_by(events.c.seq)
    )
    found = []
    for expected, (seq, event) in enumerate(rows):
        if seq != expected:
            raise TercerTimbreError("events-broken", attempt=attempt, seq=expected)
        found.append(str(event, "utf-8"))
    return found


def set_status(connection: Connection, attempt: str, status: Status, ended_at: datetime | None) -> None:
    """Move an open attempt to another status; a closing one needs `ended_at`.

    Errors: attempt-unknown, attempt-closed.
    """
    if status is Status.FINISHED or status.open == (ended_at is not None):
        raise ValueError("finish() finishes; an attempt that closes has an end, one that stays open has none")
    if status not in _NEXT[_status(connection, attempt)]:
        raise TercerTimbreError("attempt-closed", attempt=attempt)
    _close(connection, attempt, status, ended_at)


def finish(
    connection: Connection,
    attempt: str,
    scorecard: str,
    score: int | None,
    result: str,
    ended_at: datetime,
    status: Status,
) -> None:
    """Close the attempt with its first scorecard. Errors: attempt-unknown, attempt-closed, not-unicode."""
    if status.open:
        raise ValueError(f"an attempt that has finished is not {status}")
    if not _status(connection, attempt).open:
        raise TercerTimbreError("attempt-closed", attempt=attempt)
    protocol_hash = connection.execute(select(attempts.c.protocol_hash).where(attempts.c.id == attempt)).scalar_one()
    add_scorecard(connection, attempt, protocol_hash, ended_at, scorecard)
    file_marks(connection, attempt)
    connection.execute(update(attempts).where(attempts.c.id == attempt).values(score=score, result=result))
    _close(connection, attempt, status, ended_at)


def add_scorecard(connection: Connection, attempt: str, protocol_hash: str, created_at: datetime, text: str) -> int:
    """Store one more scorecard beside the earlier ones; returns its ordinal. Errors: attempt-unknown, text-unknown."""
    _status(connection, attempt)
    _demand_text(connection, protocol_hash)
    last = connection.scalar(select(func.max(scorecards.c.ordinal)).where(scorecards.c.attempt == attempt))
    ordinal = 0 if last is None else last + 1
    connection.execute(
        insert(scorecards).values(
            attempt=attempt,
            ordinal=ordinal,
            protocol_hash=protocol_hash,
            created_at=write_moment(created_at),
            scorecard=to_bytes(text),
        )
    )
    return ordinal


def cards(connection: Connection, attempt: str) -> list[StoredScorecard]:
    """The attempt's scorecards, oldest first. Errors: attempt-unknown."""
    _status(connection, attempt)
    rows = connection.execute(
        select(scorecards).where(scorecards.c.attempt == attempt).order_by(scorecards.c.ordinal)
    ).mappings()
    return [
        StoredScorecard(
            attempt=row["attempt"],
            ordinal=row["ordinal"],
            protocol_hash=row["protocol_hash"],
            created_at=read_moment(row["created_at"]),
            text=str(row["scorecard"], "utf-8"),
        )
        for row in rows
    ]


def summaries(
    connection: Connection,
    *,
    attempt: str | None = None,
    profile: str | None = None,
    scenario: str | None = None,
    statuses: Iterable[Status] | None = None,
    modes: Iterable[Mode] | None = None,
) -> list[AttemptSummary]:
    """The attempts that fit all that is given, newest first."""
    partition = (attempts.c.profile, attempts.c.scenario)
    all_of_them = select(
        attempts,
        func.row_number().over(partition_by=partition, order_by=(attempts.c.started_at, attempts.c.id)).label("number"),
        func.count().over(partition_by=partition).label("total"),
        final_score().label("final_score"),
        final_result().label("final_result"),
    ).outerjoin(reviews, reviews.c.attempt == attempts.c.id)
    # Only whole partitions may be left out before the numbers are given: single attempts are chosen afterwards.
    if attempt is not None:
        of_attempt = attempts.alias()
        for column in partition:
            all_of_them = all_of_them.where(
                column == select(of_attempt.c[column.name]).where(of_attempt.c.id == attempt).scalar_subquery()
            )
    if profile is not None:
        all_of_them = all_of_them.where(attempts.c.profile == profile)
    if scenario is not None:
        all_of_them = all_of_them.where(attempts.c.scenario == scenario)
    numbered = all_of_them.subquery()
    count = (
        select(func.coalesce(func.max(events.c.seq) + 1, 0))
        .where(events.c.attempt == numbered.c.id)
        .correlate(numbered)
        .scalar_subquery()
    )
    handed_over = exists().where(statements.c.attempt == numbered.c.id, statements.c.kind == SUBMITTED)
    query = select(numbered, count.label("events"), handed_over.label("submitted")).order_by(
        numbered.c.started_at.desc(), numbered.c.id.desc()
    )
    if attempt is not None:
        query = query.where(numbered.c.id == attempt)
    if statuses is not None:
        query = query.where(numbered.c.status.in_([status.value for status in statuses]))
    if modes is not None:
        query = query.where(numbered.c.mode.in_([mode.value for mode in modes]))
    return [_summary(row) for row in connection.execute(query).mappings()]


def remove(connection: Connection, attempt: str) -> None:
    """Delete the attempt, its events, scorecards and drafts; its forks stay. Errors: attempt-unknown."""
    _status(connection, attempt)
    connection.execute(delete(attempts).where(attempts.c.id == attempt))


def save_draft(connection: Connection, attempt: str, contact: str, draft: Draft) -> None:
    """Replace what is kept of the unsent words of one contact. Errors: attempt-unknown, attempt-closed."""
    if not _status(connection, attempt).open:
        raise TercerTimbreError("attempt-closed", attempt=attempt)
    connection.execute(delete(drafts).where(drafts.c.attempt == attempt, drafts.c.contact == contact))
    if draft.text or draft.notes:
        text = json.dumps({"notes": dict(draft.notes), "text": draft.text}, sort_keys=True)
        connection.execute(insert(drafts).values(attempt=attempt, contact=contact, draft=text))


def draft(connection: Connection, attempt: str, contact: str) -> Draft:
    """What is kept of the unsent words of one contact, empty when nothing is. Errors: attempt-unknown."""
    _status(connection, attempt)
    text = connection.scalar(select(drafts.c.draft).where(drafts.c.attempt == attempt, drafts.c.contact == contact))
    kept: dict[str, Any] = json.loads(text) if text is not None else {"text": "", "notes": {}}
    return Draft(kept["text"], kept["notes"])


def to_bytes(text: str) -> bytes:
    """UTF-8. Error not-unicode for half a surrogate pair, which has no bytes that another program could read."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise TercerTimbreError("not-unicode", position=error.start + 1) from error


def _status(connection: Connection, attempt: str) -> Status:
    status = connection.scalar(select(attempts.c.status).where(attempts.c.id == attempt))
    if status is None:
        raise TercerTimbreError("attempt-unknown", attempt=attempt)
    return Status(status)


def _demand_text(connection: Connection, sha256: str) -> None:
    if connection.scalar(select(texts.c.sha256).where(texts.c.sha256 == sha256)) is None:
        raise TercerTimbreError("text-unknown", sha256=sha256)


def _close(connection: Connection, attempt: str, status: Status, ended_at: datetime | None) -> None:
    """Write the status; a closed attempt has an end and nothing unsent any more."""
    connection.execute(
        update(attempts)
        .where(attempts.c.id == attempt)
        .values(status=status.value, ended_at=None if ended_at is None else write_moment(ended_at))
    )
    if not status.open:
        connection.execute(delete(drafts).where(drafts.c.attempt == attempt))
        file_tally(connection, attempt)


def _summary(row: RowMapping) -> AttemptSummary:
    return AttemptSummary(
        id=row["id"],
        profile=row["profile"],
        scenario=row["scenario"],
        title=row["title"],
        scenario_hash=row["scenario_hash"],
        protocol_hash=row["protocol_hash"],
        seed=row["seed"],
        mode=Mode(row["mode"]),
        hints=row["hints"],
        difficulty=row["difficulty"],
        channel=row["channel"],
        started_at=read_moment(row["started_at"]),
        software=row["software"],
        forked_from=row["forked_from"],
        at_seq=row["at_seq"],
        status=Status(row["status"]),
        ended_at=None if row["ended_at"] is None else read_moment(row["ended_at"]),
        score=row["score"],
        result=row["result"],
        final_score=row["final_score"],
        final_result=row["final_result"],
        events=row["events"],
        number=row["number"],
        total=row["total"],
        submitted=row["submitted"],
    )
