"""Reviews in the database: adding a signed statement, and the rows that are derived of all of them, so that queries
over many attempts need not read signatures. Each function runs inside a transaction that its caller holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import assert_never

from sqlalchemy import Connection, case, delete, func, insert, select, update

from simulator.errors import TercerTimbreError
from simulator.protocol.catalogue import Verdict
from simulator.records import attempts as attempts_module
from simulator.records import review, statements
from simulator.records.accounts import MAY, Right, Role
from simulator.records.chain import card_text, digest
from simulator.records.review import Dispute, Review, Speaker
from simulator.records.schema import attempts, events, keys, marks, outcomes, profiles, reviews, rulings, tallies
from simulator.records.schema import statements as statements_table
from simulator.records.signing import Signer
from simulator.records.tallies import LETTERS, file_tally
from simulator.records.values import Mode, read_moment, write_moment
from simulator.scoring.tally import counts, tally


@dataclass(frozen=True, slots=True)
class Override:
    """Another verdict at a place of the card, and why."""

    place: int
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment on an event."""

    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """The decision about a dispute. `verdict`: what holds from now on; as it was unless the dispute is upheld."""

    place: int
    upheld: bool
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The attempt is reviewed: nothing more is to be done."""


Act = Override | Remark | Settlement | Approval


@dataclass(frozen=True, slots=True)
class Waiting:
    """An attempt in the reviewers' queue. `unclear`: marks that nobody has decided yet; `open`: disputes without an
    outcome; `at`: when it ended; `score`, `result`: with the human verdicts."""

    attempt: str
    person: str
    title: str
    channel: str
    mode: Mode
    at: datetime
    score: int | None
    result: str | None
    unclear: int
    dispute: Dispute
    reviewed: bool

    @property
    def waits(self) -> bool:
        """Whether a person still has something to do."""
        return not self.reviewed or self.dispute is Dispute.OPEN


def act(connection: Connection, attempt: str, what: Act, by: Speaker, at: datetime) -> None:
    """A reviewer does something about an attempt, signed with their own key.

    Errors: right-trainer, attempt-unknown, review-private (practice), review-own-desk (the key is the one that sealed),
    mark-unknown, moment-unknown, review-empty, review-long, not-unicode; dispute-none and dispute-settled of a
    settlement.
    """
    if Right.REVIEW not in MAY.get(Role(by.role), frozenset()):
        raise TercerTimbreError("right-trainer")
    demand_published(connection, attempt)
    if statements.signed(connection, attempt)[0].key == by.signer.fingerprint:
        raise TercerTimbreError("review-own-desk", attempt=attempt)
    match what:
        case Override(place, verdict, reason):
            said = {**_verdict_on(connection, attempt, place, verdict), "reason": _text(reason)}
            kind = review.OVERRIDDEN
        case Remark(seq, text):
            if connection.scalar(select(events.c.seq).where(events.c.attempt == attempt, events.c.seq == seq)) is None:
                raise TercerTimbreError("moment-unknown", attempt=attempt, seq=seq)
            kind, said = review.COMMENTED, {"seq": seq, "text": _text(text)}
        case Settlement(place, upheld, verdict, reason):
            named = _verdict_on(connection, attempt, place, verdict, decides=upheld)
            said = {**named, "upheld": upheld, "reason": _text(reason)}
            kind = review.SETTLED
            objection = review_of(connection, attempt).objections.get(place)
            if objection is None:
                raise TercerTimbreError("dispute-none", attempt=attempt)
            if objection.outcome is not None:
                raise TercerTimbreError("dispute-settled", attempt=attempt)
        case Approval():
            kind, said = review.REVIEWED, {}
        case _:
            assert_never(what)
    _say(connection, attempt, kind, said, by, at)
    file_review(connection, attempt)


def dispute(connection: Connection, attempt: str, place: int, reason: str, signer: Signer, at: datetime) -> None:
    """The trainee does not agree with a verdict: once per verdict, within `review.DISPUTE_DAYS` of handing it over.

    Errors: attempt-unknown, review-private, mark-unknown, review-empty, review-long, not-unicode, dispute-again,
    dispute-late.
    """
    demand_published(connection, attempt)
    found = review_of(connection, attempt)
    said = {**demand_mark(connection, attempt, place), "reason": _text(reason)}
    if place in found.objections:
        raise TercerTimbreError("dispute-again", attempt=attempt)
    if found.until is None or at > found.until:
        raise TercerTimbreError("dispute-late", days=review.DISPUTE_DAYS)
    statements.add(connection, attempt, review.DISPUTED, said, signer, at)
    if place not in review_of(connection, attempt).objections:  # dated after a reviewer whose clock is far ahead
        raise TercerTimbreError("dispute-late", days=review.DISPUTE_DAYS)
    file_review(connection, attempt)


def rescore(
    connection: Connection,
    attempt: str,
    protocol_hash: str,
    card: str,
    score: int | None,
    result: str,
    by: Speaker,
    at: datetime,
) -> None:
    """Keep a scoring under another protocol beside the first, and sign it.

    Errors: attempt-unknown, review-private, text-unknown, not-unicode.
    """
    demand_published(connection, attempt)
    attempts_module.add_scorecard(connection, attempt, protocol_hash, at, card)
    said = {
        "protocol_hash": protocol_hash,
        "card": digest(card_text(card, protocol_hash, write_moment(at))),
        "score": score,
        "result": result,
    }
    _say(connection, attempt, review.RESCORED, said, by, at)
    file_review(connection, attempt)


def review_of(connection: Connection, attempt: str) -> Review:
    """What people said about an attempt; empty while nobody has. Errors: attempt-unknown."""
    mode = connection.scalar(select(attempts.c.mode).where(attempts.c.id == attempt))
    if mode is None:
        raise TercerTimbreError("attempt-unknown", attempt=attempt)
    checkpoints = connection.execute(
        select(marks.c.checkpoint).where(marks.c.attempt == attempt).order_by(marks.c.place)
    ).scalars()
    trusted = set(connection.execute(select(keys.c.fingerprint).where(keys.c.enrolled_at.is_not(None))).scalars())
    said = statements.signed(connection, attempt)
    return review.reviewed(said, list(checkpoints), exam=mode == Mode.EXAM, trusted=trusted)


def file_review(connection: Connection, attempt: str) -> None:
    """Write the derived rows of an attempt anew. An attempt of which nobody said anything has but its tally."""
    _file_rows(connection, attempt)
    file_tally(connection, attempt)


def _file_rows(connection: Connection, attempt: str) -> None:
    connection.execute(delete(rulings).where(rulings.c.attempt == attempt))
    connection.execute(delete(reviews).where(reviews.c.attempt == attempt))
    found = review_of(connection, attempt)
    if found.rulings:
        rows = [
            {
                "attempt": attempt,
                "place": place,
                "verdict": ruling.verdict,
                "reason": ruling.reason,
                "reviewer": ruling.name,
                "role": ruling.role,
                "at": write_moment(ruling.at),
            }
            for place, ruling in sorted(found.rulings.items())
        ]
        connection.execute(insert(rulings), rows)
    if not (found.rulings or found.comments or found.objections or found.rescored or found.reviewed):
        return
    score, result = _final(connection, attempt, found)
    newest = found.rescored[-1] if found.rescored else None
    connection.execute(
        insert(reviews).values(
            attempt=attempt,
            score=score,
            result=result,
            dispute=found.dispute.value,
            reviewed=found.reviewed,
            rescored_hash=None if newest is None else newest.protocol_hash,
            rescored_score=None if newest is None else newest.score,
            rescored_result=None if newest is None else newest.result,
        )
    )


def file_reviews_by(connection: Connection, key: str) -> None:
    """Write the derived rows anew of all attempts that a key has said something about: it was vouched for."""
    about = select(statements_table.c.attempt).where(statements_table.c.key == key).distinct()
    for attempt in connection.execute(about).scalars().all():
        file_review(connection, attempt)


def queue(connection: Connection) -> list[Waiting]:
    """The attempts that may be reviewed, practice never: open disputes first, then those with the most unclear marks,
    then who waits longest; what is done comes last."""
    doubts = func.length(tallies.c.verdicts) - func.length(func.replace(tallies.c.verdicts, LETTERS["unclear"], ""))
    query = (
        select(
            tallies.c.attempt,
            profiles.c.pseudonym,
            attempts.c.title,
            tallies.c.channel,
            tallies.c.mode,
            func.coalesce(attempts.c.ended_at, tallies.c.started_at),
            tallies.c.score,
            tallies.c.result,
            doubts,
            func.coalesce(reviews.c.dispute, Dispute.NONE.value),
            reviews.c.reviewed,
        )
        .join(attempts, attempts.c.id == tallies.c.attempt)
        .join(profiles, profiles.c.id == tallies.c.profile)
        .outerjoin(reviews, reviews.c.attempt == tallies.c.attempt)
        .where(statements.is_published(tallies.c.attempt, tallies.c.mode))
    )
    found = [
        Waiting(
            attempt, person, title, channel, Mode(mode), read_moment(at), score, result, unclear, Dispute(state),
            bool(done),
        )
        for attempt, person, title, channel, mode, at, score, result, unclear, state, done in connection.execute(query)
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda one: (not one.waits, one.dispute is not Dispute.OPEN, -one.unclear, one.at, one.attempt),
    )


def _final(connection: Connection, attempt: str, found: Review) -> tuple[int | None, str | None]:
    """Score and result with the human verdicts, by the arithmetic of the first scorecard."""
    first = connection.execute(
        select(attempts.c.score, attempts.c.result, outcomes.c.pass_mark)
        .outerjoin(outcomes, outcomes.c.attempt == attempts.c.id)
        .where(attempts.c.id == attempt)
    ).one()
    lines = connection.execute(
        select(marks.c.place, marks.c.verdict, marks.c.weight, marks.c.critical)
        .where(marks.c.attempt == attempt)
        .order_by(marks.c.place)
    ).all()
    given: Mapping[int, str] = found.verdicts
    if not given or first.pass_mark is None or not counts(lines, first.result):
        return first.score, first.result
    now = [
        SimpleNamespace(verdict=given.get(line.place, line.verdict), weight=line.weight, critical=line.critical)
        for line in lines
    ]
    made = tally(now, first.pass_mark)
    return made.score, made.result


def demand_published(connection: Connection, attempt: str) -> None:
    """Errors: attempt-unknown; review-private, when the attempt is practice."""
    published = connection.scalar(select(case((statements.is_published(), 1), else_=0)).where(attempts.c.id == attempt))
    if published is None:
        raise TercerTimbreError("attempt-unknown", attempt=attempt)
    if not published:
        raise TercerTimbreError("review-private", attempt=attempt)


def demand_mark(connection: Connection, attempt: str, place: int) -> dict[str, object]:
    """How a statement names a mark. Errors: mark-unknown."""
    checkpoint = connection.scalar(select(marks.c.checkpoint).where(marks.c.attempt == attempt, marks.c.place == place))
    if checkpoint is None:
        raise TercerTimbreError("mark-unknown", attempt=attempt, place=place)
    return {"place": place, "checkpoint": checkpoint}


def _verdict_on(
    connection: Connection, attempt: str, place: int, verdict: str, *, decides: bool = True
) -> dict[str, object]:
    if verdict not in (review.DECIDED if decides else tuple(Verdict)):
        raise ValueError(f"a person decides: {verdict!r} is no decision")
    return {**demand_mark(connection, attempt, place), "verdict": verdict}


def _text(text: str) -> str:
    """What a person wrote. Errors: review-empty, review-long, not-unicode."""
    text = text.strip()
    attempts_module.to_bytes(text)
    if not text:
        raise TercerTimbreError("review-empty")
    if len(text) > review.LONGEST:
        raise TercerTimbreError("review-long", limit=review.LONGEST)
    return text


def _say(
    connection: Connection, attempt: str, kind: str, said: Mapping[str, object], by: Speaker, at: datetime
) -> None:
    """Sign it, and vouch for the key with which it was signed here."""
    statements.add(connection, attempt, kind, {**said, "name": by.name, "role": str(by.role)}, by.signer, at)
    vouched = update(keys).where(keys.c.fingerprint == by.signer.fingerprint, keys.c.enrolled_at.is_(None))
    connection.execute(vouched.values(label=by.name, enrolled_at=write_moment(at)))
