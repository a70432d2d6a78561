"""What a shift is marked by: how far its agenda was kept, and those who gave up in the queue; and its figures."""

from collections import Counter
from collections.abc import Mapping, Sequence

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.acts import ABANDONED, AFTER_CALL
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Evidence, Shift, ShiftContact
from simulator.scoring.chat_judges import owed_to_all
from simulator.scoring.record import Judgement, Record
from simulator.session.adherence import OVERRUN, Span, adhered, spans
from simulator.session.events import ContactEnded
from simulator.session.state import State

LEAST_PERCENT = 95
"""PROTOCOL.md, schedule-adherence."""
MINUTE_MS = 60_000
GRACE_MS = 30_000
"""So much of a wait may pass while the agent changes from one thing to another."""


def judge_adherence(record: Record, _: Checkpoint) -> Judgement:
    """At least 95 % of the scheduled minutes were spent as scheduled; the proof is what the others began with."""
    scheduled, kept = _kept(record.scenario, record.state)
    args = (
        ("least", str(LEAST_PERCENT)),
        ("minutes", str(kept // MINUTE_MS)),
        ("of", str(scheduled // MINUTE_MS)),
        ("percent", str(100 * kept // scheduled)),
    )
    if 100 * kept >= LEAST_PERCENT * scheduled:
        return Judgement(Verdict.MET, "adherence-met", (), "clock", args)
    return Judgement(Verdict.MISSED, "adherence-missed", _strayings(record), "clock", args)


def _kept(scenario: Scenario, state: State) -> tuple[int, int]:
    """The scheduled time (ms), and as much of it as was spent as scheduled."""
    assert scenario.agenda is not None
    ends = scenario.agenda.ends_ms
    kept = sum(piece.lasts_ms for _, piece, fits in adhered(scenario, state, ends) if fits)
    return ends - scenario.agenda.begins_ms, kept


def _strayings(record: Record) -> tuple[Evidence, ...]:
    """The events with which a minute or more that does not fit began, each once."""
    assert record.scenario.agenda is not None
    found = adhered(record.scenario, record.state, record.scenario.agenda.ends_ms)
    guilty = {piece.seq for _, piece, fits in found if not fits and piece.lasts_ms >= MINUTE_MS}
    return tuple(record.moment(event) for event in record.events if event.seq in guilty)


def left_in_queue(record: Record) -> bool:
    """Whether the contact gave up in the queue of a shift."""
    return record.contact is not None and record.contact.end == ABANDONED


def judge_left(record: Record, checkpoint: Checkpoint) -> Judgement:
    """Whoever gave up while the agent was with somebody else, or on a break that was due, is nobody's fault. Otherwise
    what is owed to everybody is missed, or one could choose whom to serve."""
    assert record.attempt is not None
    assert record.contact is not None
    begins, ends = _waited(record)
    strayed = sum(
        min(piece.ends_ms, ends) - max(piece.begins_ms, begins)
        for _, piece, fits in adhered(record.attempt, record.state, ends)
        if not fits and piece.ends_ms > begins
    )
    if strayed <= GRACE_MS:
        return Judgement(Verdict.NOT_APPLICABLE, "na-left-queue-busy")
    if checkpoint.id != "answer-before-third-ring" and not owed_to_all(checkpoint):
        return Judgement(Verdict.NOT_APPLICABLE, "na-left-queue")
    evidence = (record.moment(record.contact.events[0], absent=True),)
    args = (("customer", record.scenario.doc.customer.name), ("seconds", str((ends - begins) // 1000)))
    return Judgement(Verdict.MISSED, "left-queue", evidence, "clock", args)


def _waited(record: Record) -> tuple[int, int]:
    """From when to when (simulated ms) a contact waited: until they were attended, or gave up."""
    assert record.attempt is not None
    assert record.attempt.agenda is not None
    assert record.contact is not None
    begins = record.attempt.agenda.arrivals[record.id].at_ms
    until = record.opened or next(event for event in record.contact.events if isinstance(event.what, ContactEnded))
    return begins, record.state.simulated(until.seq, until.at_ms)


def summary(records: Sequence[Record], scores: Mapping[str, int | None]) -> Shift:
    """The figures of a shift. `scores`: of each contact alone."""
    scenario, state = records[0].attempt, records[0].state
    assert scenario is not None
    assert scenario.agenda is not None
    ends = scenario.agenda.ends_ms
    scheduled, kept = _kept(scenario, state)
    times = spans(scenario, state, max(ends, state.at_ms + state.jumped_ms))
    contacts = tuple(_contact(record, times, scores[record.id]) for record in records)
    handled = [own for own in contacts if own.outcome == "handled"]
    came = [own for own in contacts if own.outcome != "not-come"]
    states: Counter[str] = Counter()
    for _, piece, _fits in adhered(scenario, state, ends):
        states[piece.state] += piece.lasts_ms
    return Shift(
        scheduled_ms=scheduled,
        adhered_ms=kept,
        percent=100 * kept // scheduled,
        handled=len(handled),
        unanswered=sum(own.outcome == "unanswered" for own in contacts),
        abandoned=sum(own.outcome == "abandoned" for own in contacts),
        average_wait_ms=_average([own.waited_ms for own in came]),
        average_handling_ms=_average([own.handled_ms for own in handled]),
        average_after_call_ms=_average([own.after_call_ms for own in handled]),
        states=tuple(sorted(states.items())),
        contacts=contacts,
    )


def _contact(record: Record, times: Sequence[Span], score: int | None) -> ShiftContact:
    contact, state = record.contact, record.state
    ended = None if contact is None else next((e for e in contact.events if isinstance(e.what, ContactEnded)), None)
    if contact is None or (ended is None and not record.answered):
        return ShiftContact(record.id, "not-come", None, 0, 0, 0)
    begins, met = _waited(record)
    if not record.answered:
        left = left_in_queue(record)
        return ShiftContact(record.id, "abandoned" if left else "unanswered", score, met - begins, 0, 0)
    opened = contact.events[0]
    now = state.at_ms + state.jumped_ms
    closed = now if ended is None else state.simulated(ended.seq, ended.at_ms)
    after = sum(
        span.lasts_ms
        for span in times
        if ended is not None and span.seq == ended.seq and span.state in (AFTER_CALL, OVERRUN)
    )
    handled = closed - state.simulated(opened.seq, opened.at_ms)
    return ShiftContact(record.id, "handled", score, met - begins, handled, after)


def _average(values: Sequence[int]) -> int:
    return sum(values) // len(values) if values else 0
