"""Results out of a store and into one: published attempts as lines of a results file, a file's attempts taken in.

Both run inside a transaction that their caller holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from simulator.records import erasure, profiles, statements
from simulator.records.chain import card_text, digest
from simulator.records.header import header_of
from simulator.records.marks import file_marks
from simulator.records.results_file import (
    VERSION,
    Examined,
    Finding,
    Stone,
    event_line,
    line_of,
    statement_line,
    stone_line,
)
from simulator.records.review import signed_cards
from simulator.records.reviews import file_review
from simulator.records.schema import attempts as attempts_table
from simulator.records.schema import events, guests, keys, scorecards, texts
from simulator.records.schema import profiles as profiles_table
from simulator.records.sittings import file_sitting
from simulator.records.statements import Statement
from simulator.records.values import TextKind
from simulator.session.envelope import canonical

NEW: Final = "new"
KNOWN: Final = "known"
GREW: Final = "grew"
REFUSED: Final = "refused"
GONE: Final = "erased"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an attempt of a file. `how`: new, known (nothing was added), grew (statements were added),
    refused (`findings` say why), erased (by a tombstone). `unknown_keys`: fingerprints that signed it and are not
    enrolled here."""

    attempt: str
    how: str
    findings: tuple[Finding, ...] = ()
    unknown_keys: tuple[str, ...] = ()


def lines_out(
    connection: Connection, chosen: Sequence[str], software: str, *, own: str | None = None
) -> Iterator[bytes]:
    """The lines of a results file with those of the chosen attempts that may leave this desk (`statements.published`),
    and all tombstones. `own`: the id of a person who takes their own data away; then theirs, practice too.

    Errors: text-unknown, text-broken.
    """
    yield line_of({"results": VERSION, "software": software})
    may = set(statements.published(connection) if own is None else erasure.attempts_of(connection, own))
    given, told = [id for id in chosen if id in may], set[str]()
    for stone, public, label in erasure.all_tombstones(connection) if own is None else ():
        if stone.key not in told:
            told.add(stone.key)
            yield line_of({"public": public.hex(), "label": label})
        yield stone_line(stone)
    for id in given:
        header = header_of(connection, id)
        said = statements.signed(connection, id)
        cards = _signed_cards(connection, id, said) if own is None else _all_cards(connection, id)
        for sha256 in (
            str(header["scenario_hash"]),
            str(header["protocol_hash"]),
            *(row.protocol_hash for row in cards),
        ):
            if sha256 not in told:
                told.add(sha256)
                kind = connection.execute(select(texts.c.kind).where(texts.c.sha256 == sha256)).scalar_one()
                yield line_of({"text": profiles.text(connection, sha256), "kind": kind, "sha256": sha256})
        for key in sorted({statement.key for statement in said} - told):
            told.add(key)
            row = connection.execute(select(keys).where(keys.c.fingerprint == key)).one()
            yield line_of({"public": row.public.hex(), "label": row.label})
        yield line_of({"attempt": header})
        log = select(events.c.event, events.c.link).where(events.c.attempt == id).order_by(events.c.seq)
        for event, link in connection.execute(log):
            yield event_line(str(event, "utf-8"), link)
        for row in cards:
            yield _text(row).encode() + b"\n"
        for statement in said:
            yield statement_line(statement)
    yield line_of({"attempts": len(given)})


def take_in(connection: Connection, examined: Examined) -> Taken:
    """Store an attempt of a file unless something in it is not as it was written; taking it in again adds nothing."""
    if examined.findings:
        return Taken(examined.id, REFUSED, tuple(examined.findings))
    if erasure.erased(connection, examined.id):
        return Taken(examined.id, REFUSED, (Finding(examined.line, "results-erased"),))
    there = connection.scalar(select(attempts_table.c.id).where(attempts_table.c.id == examined.id)) is not None
    kept = statements.signed(connection, examined.id)
    if there and (not kept or (kept[0].text, kept[0].key) != (examined.seal.text, examined.seal.key)):
        # The same id with another log: it may not replace what is here.
        return Taken(examined.id, REFUSED, (Finding(examined.line, "results-differs"),))
    new = [one for one in statements.merged(kept, examined.statements) if one not in kept]
    if not there and _pseudonym_is_anothers(connection, examined):
        return Taken(examined.id, REFUSED, (Finding(examined.line, "results-pseudonym"),))
    for key, public in examined.public.items():
        statements.know_key(connection, key, public, examined.labels[key], None)
    for kind, text in examined.texts.values():
        profiles.put_text(connection, TextKind(kind), text)
    if not there:
        _insert(connection, examined)
    _add_cards(connection, examined)
    if not there and examined.cards:
        file_marks(connection, examined.id)
    if not there:
        file_sitting(connection, examined.id)
    for statement in new:
        statements.store(connection, examined.id, statement)
    if new:
        file_review(connection, examined.id)  # the tally too
    signers = {statement.key for statement in examined.statements}
    enrolled = set(connection.execute(select(keys.c.fingerprint).where(keys.c.enrolled_at.is_not(None))).scalars())
    how = NEW if not there else GREW if new else KNOWN
    return Taken(examined.id, how, (), tuple(sorted(signers - enrolled)))


def take_stone(connection: Connection, stone: Stone, *, vouched: bool = False) -> Taken:
    """Erase the attempt of a tombstone and keep it, unless it was altered or its key is not enrolled here (`vouched`:
    the caller knows it). What a desk handed over it cannot take back: its own key does not erase what it sealed."""
    if stone.findings:
        return Taken(stone.attempt, REFUSED, stone.findings)
    key = stone.statement.key
    statements.know_key(connection, key, stone.public, stone.label, None)
    if not vouched and connection.scalar(select(keys.c.enrolled_at).where(keys.c.fingerprint == key)) is None:
        return Taken(stone.attempt, REFUSED, (Finding(stone.line, "results-unvouched"),), (key,))
    kept = statements.signed(connection, stone.attempt)
    if kept and kept[0].key == key:
        return Taken(stone.attempt, REFUSED, (Finding(stone.line, "results-withdrawn"),))
    new = erasure.put(connection, stone.attempt, stone.statement)
    return Taken(stone.attempt, GONE if new else KNOWN)


def _pseudonym_is_anothers(connection: Connection, examined: Examined) -> bool:
    theirs = select(profiles_table.c.id).where(
        profiles_table.c.pseudonym == examined.header["pseudonym"],
        profiles_table.c.id != examined.header["person"],
    )
    return connection.scalar(theirs) is not None


def _insert(connection: Connection, examined: Examined) -> None:
    header, sealed = examined.header, examined.seal.body
    person, pseudonym = header["person"], header["pseudonym"]
    if connection.scalar(select(profiles_table.c.id).where(profiles_table.c.id == person)) is None:
        row = {"id": person, "name": pseudonym, "pseudonym": pseudonym, "created_at": header["started_at"]}
        connection.execute(insert(profiles_table).values(**row, archived=False))
        connection.execute(insert(guests).values(profile=person))
    own = ("scenario", "title", "scenario_hash", "protocol_hash", "seed", "mode", "hints", "difficulty", "channel")
    connection.execute(
        insert(attempts_table).values(
            id=examined.id,
            profile=person,
            **{name: header[name] for name in (*own, "started_at", "software", "at_seq")},
            **{name: sealed[name] for name in ("status", "ended_at", "score", "result")},
        )
    )
    if examined.events:
        rows = [
            {"attempt": examined.id, "seq": seq, "event": event, "link": link}
            for seq, (event, link) in enumerate(examined.events)
        ]
        connection.execute(insert(events), rows)


def _signed_cards(connection: Connection, attempt: str, said: Sequence[Statement]) -> list[Row[Any]]:
    """The scorecards that a statement names, in the order in which they are named. Others stay here."""
    rows = connection.execute(select(scorecards).where(scorecards.c.attempt == attempt))
    by_digest = {digest(_text(row)): row for row in rows}
    return [by_digest[card] for card in signed_cards(said)]


def _all_cards(connection: Connection, attempt: str) -> list[Row[Any]]:
    query = select(scorecards).where(scorecards.c.attempt == attempt).order_by(scorecards.c.ordinal)
    return list(connection.execute(query))


def _add_cards(connection: Connection, examined: Examined) -> None:
    """The scorecards of a file that are not here yet, behind those that are."""
    rows = connection.execute(select(scorecards).where(scorecards.c.attempt == examined.id)).all()
    known = {digest(_text(row)) for row in rows}
    new = [card for _line, card in examined.cards if examined.digest_of(card) not in known]
    for ordinal, card in enumerate(new, start=1 + max((row.ordinal for row in rows), default=-1)):
        connection.execute(
            insert(scorecards).values(
                attempt=examined.id,
                ordinal=ordinal,
                protocol_hash=card["protocol_hash"],
                created_at=card["created_at"],
                scorecard=canonical(card["card"]).encode(),
            )
        )


def _text(row: Row[Any]) -> str:
    """What is signed of a stored scorecard."""
    return card_text(str(row.scorecard, "utf-8"), row.protocol_hash, row.created_at)
