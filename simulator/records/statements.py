"""What is signed about an attempt: that its log is sealed, that its trainee submits it, how it was reviewed.

The seal names the last link of the log. Each further statement names (`prev`) the newest one that its signer knew:
desks that know of each other's statements only later add to the same attempt, so that these form no single chain, and
two files about one attempt are joined by union (`merged`). None is dated before the one that it names: the order of all
(time, then digest) is the same everywhere, whatever a desk's clock says.

The functions that touch tables run inside a transaction that their caller holds.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from simulator.errors import TercerTimbreError
from simulator.records.chain import card_text, digest, first_link, next_link
from simulator.records.header import header_of
from simulator.records.schema import attempts as attempts_table
from simulator.records.schema import events, keys, scorecards, statements
from simulator.records.signing import Signer, fits
from simulator.records.values import SEALED, SUBMITTED, Mode, Status, read_moment, write_moment
from simulator.session.envelope import canonical

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Statement:
    """`text`: canonical JSON, as signed; `key`: the fingerprint of who signed; `signature`: 64 bytes."""

    kind: str
    text: str
    key: str
    signature: bytes

    @property
    def body(self) -> Mapping[str, Any]:
        """What it says."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def digest(self) -> str:
        """By which others name it."""
        return digest(self.text)


@dataclass(frozen=True, slots=True)
class DeskKey:
    """A key that signed results. `enrolled_at` None: nobody here has vouched for it."""

    fingerprint: str
    label: str
    enrolled_at: datetime | None


def seal(connection: Connection, attempt: str, signer: Signer, at: datetime) -> None:
    """Sign a closed attempt's log and scorecard; nothing happens when it is sealed already.

    Errors: attempt-unknown, attempt-open; events-broken at the first event that is not what it was when it was stored.
    """
    row = connection.execute(select(attempts_table).where(attempts_table.c.id == attempt)).mappings().one_or_none()
    if row is None:
        raise TercerTimbreError("attempt-unknown", attempt=attempt)
    if Status(row["status"]).open:
        raise TercerTimbreError("attempt-open", attempt=attempt)
    if signed(connection, attempt):
        return
    count, head = _verified(connection, attempt)
    cards = connection.execute(select(scorecards).where(scorecards.c.attempt == attempt).order_by(scorecards.c.ordinal))
    said = {
        "events": count,
        "cards": [
            digest(card_text(str(card.scorecard, "utf-8"), card.protocol_hash, card.created_at)) for card in cards
        ],
        "status": row["status"],
        "ended_at": row["ended_at"],
        "score": row["score"],
        "result": row["result"],
    }
    _write(connection, attempt, SEALED, head.hex(), said, signer, at)


def submit(connection: Connection, attempt: str, signer: Signer, at: datetime) -> None:
    """Hand a finished attempt over to the trainers and HR, for good; nothing happens when it was submitted already.

    Errors: those of `seal`; attempt-fork (a retry from a moment is for learning only), attempt-unmarked (withdrawn, or
    closed before it had a scorecard).
    """
    row = connection.execute(select(attempts_table).where(attempts_table.c.id == attempt)).mappings().one_or_none()
    if row is not None and row["at_seq"] is not None:
        raise TercerTimbreError("attempt-fork", attempt=attempt)
    if row is not None and (row["status"] == Status.WITHDRAWN or row["result"] is None) and row["ended_at"] is not None:
        raise TercerTimbreError("attempt-unmarked", attempt=attempt)
    seal(connection, attempt, signer, at)
    said = signed(connection, attempt)
    if all(statement.kind != SUBMITTED for statement in said):
        _write(connection, attempt, SUBMITTED, said[0].digest, {}, signer, at)


def add(
    connection: Connection, attempt: str, kind: str, said: Mapping[str, object], signer: Signer, at: datetime
) -> None:
    """Sign one more statement about an attempt that is sealed. `said`: what it says, besides what all say."""
    newest = signed(connection, attempt)[-1]
    at = max(at, signed_at(newest.text) + timedelta(microseconds=1))
    _write(connection, attempt, kind, newest.digest, {**said, "key": signer.fingerprint}, signer, at)


def signed(connection: Connection, attempt: str) -> list[Statement]:
    """The statements about an attempt, in their order."""
    rows = connection.execute(select(statements).where(statements.c.attempt == attempt)).mappings()
    return merged(Statement(row["kind"], str(row["statement"], "utf-8"), row["key"], row["signature"]) for row in rows)


def merged(*those: Iterable[Statement]) -> list[Statement]:
    """The union of what is known about one attempt, in the order that is the same everywhere: the seal, that it was
    submitted, then all else by its time. Of the same statement twice, the first is kept."""
    found: dict[tuple[str, str], Statement] = {}
    for some in those:
        for one in some:
            found.setdefault((one.digest, one.key), one)
    first = (SEALED, SUBMITTED)
    return sorted(
        found.values(),
        key=lambda one: (
            first.index(one.kind) if one.kind in first else len(first),
            one.body.get("at", ""),
            one.digest,
            one.key,
        ),
    )


def signed_at(text: str) -> datetime:
    """When a statement says that it was signed."""
    return read_moment(json.loads(text)["at"])


def store(connection: Connection, attempt: str, new: Statement) -> None:
    """Add a statement whose key is known. Its ordinal is where it came in here; elsewhere it may be another."""
    ordinal = connection.scalar(select(func.count()).select_from(statements).where(statements.c.attempt == attempt))
    connection.execute(
        insert(statements).values(
            attempt=attempt,
            ordinal=ordinal or 0,
            kind=new.kind,
            statement=new.text.encode(),
            key=new.key,
            signature=new.signature,
        )
    )


def know_key(connection: Connection, fingerprint: str, public: bytes, label: str, enrolled_at: datetime | None) -> None:
    """Keep a public key; one that is known already stays as it is."""
    if connection.scalar(select(keys.c.fingerprint).where(keys.c.fingerprint == fingerprint)) is None:
        enrolled = None if enrolled_at is None else write_moment(enrolled_at)
        connection.execute(
            insert(keys).values(fingerprint=fingerprint, public=public, label=label, enrolled_at=enrolled)
        )


def unsealed(connection: Connection) -> list[str]:
    """The closed attempts about which nothing is signed, oldest first."""
    open_ones = [status.value for status in Status if status.open]
    query = (
        select(attempts_table.c.id)
        .where(attempts_table.c.status.not_in(open_ones))
        .where(~exists().where(statements.c.attempt == attempts_table.c.id))
        .order_by(attempts_table.c.started_at, attempts_table.c.id)
    )
    return list(connection.execute(query).scalars())


def all_keys(connection: Connection) -> list[DeskKey]:
    """The keys that are known, enrolled ones first, then by name."""
    found = [
        DeskKey(row.fingerprint, row.label, None if row.enrolled_at is None else read_moment(row.enrolled_at))
        for row in connection.execute(select(keys))
    ]
    return sorted(found, key=lambda key: (key.enrolled_at is None, key.label, key.fingerprint))


def enrol(connection: Connection, fingerprint: str, label: str, at: datetime) -> None:
    """Vouch for a known key, under a name. Errors: key-unknown."""
    row = update(keys).where(keys.c.fingerprint == fingerprint)
    if connection.execute(row.values(label=label, enrolled_at=write_moment(at))).rowcount == 0:
        raise TercerTimbreError("key-unknown", fingerprint=fingerprint)


def is_published(
    attempt: ColumnElement[str] = attempts_table.c.id,
    mode: ColumnElement[str] = attempts_table.c.mode,
    *,
    many: bool = False,
) -> ColumnElement[bool]:
    """Whether an attempt (a row of `attempts`, or one with that id and mode) may leave this desk, in SQL: sealed, and
    submitted by its trainee or an exam. `many`: most of them are asked about, so that what is signed is read once, not
    looked up for each.

    Every export and every query over results asks this, and this alone: practice that was not submitted is in none.
    """

    def said(kind: str) -> ColumnElement[bool]:
        signed = select(statements.c.attempt).where(statements.c.kind == kind)
        return attempt.in_(signed) if many else signed.where(statements.c.attempt == attempt).exists()

    return and_(said(SEALED), or_(mode == Mode.EXAM.value, said(SUBMITTED)))


def published(connection: Connection) -> list[str]:
    """The attempts that may leave this desk (`is_published`), oldest first."""
    query = select(attempts_table.c.id).where(is_published(many=True))
    return list(connection.execute(query.order_by(attempts_table.c.started_at, attempts_table.c.id)).scalars())


def follows(statement: Statement, earlier: Collection[str], public: bytes) -> bool:
    """Whether a statement hangs on one of `earlier` (hex) and was signed with that key, which it names if it names
    one."""
    body = statement.body
    named = body.get("key", statement.key) == statement.key
    return named and body.get("prev") in earlier and fits(public, statement.text, statement.signature)


def _verified(connection: Connection, attempt: str) -> tuple[int, bytes]:
    """How many events the log has, and its last link, after reading all of it."""
    link, count = first_link(header_of(connection, attempt)), 0
    rows = connection.execute(
        select(events.c.seq, events.c.event, events.c.link).where(events.c.attempt == attempt).order_by(events.c.seq)
    )
    for seq, event, stored in rows:
        whole = isinstance(event, bytes)  # SQLite keeps whatever kind of value a hand writes into the column
        link = next_link(link, event) if whole else b""
        if seq != count or link != stored:
            raise TercerTimbreError("events-broken", attempt=attempt, seq=count)
        count += 1
    return count, link


def _write(
    connection: Connection, attempt: str, kind: str, prev: str, said: Mapping[str, object], signer: Signer, at: datetime
) -> None:
    text = canonical({"v": _VERSION, "kind": kind, "attempt": attempt, "prev": prev, "at": write_moment(at), **said})
    know_key(connection, signer.fingerprint, signer.public, "", at)
    store(connection, attempt, Statement(kind, text, signer.fingerprint, signer.sign(text)))
