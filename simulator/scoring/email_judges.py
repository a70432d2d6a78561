"""Checkpoints of an inbox: classed, assigned, checked, answered in time, forwarded with word to the sender."""

from datetime import timedelta

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.acts import SPELL_CHECK
from simulator.scenario.sections.email import NOT_OURS, Letter
from simulator.scoring.card import Evidence
from simulator.scoring.record import Judgement, Record
from simulator.scoring.words import judge_words
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentSpoke
from simulator.session.letters import REPLY_WITHIN, asked


def judge_triage(record: Record, _: Checkpoint) -> Judgement:
    """The class that stands at the end is the right one."""
    right = _letter(record).kind
    chosen = _last(record, "triage")
    if chosen is None:
        return Judgement(Verdict.MISSED, "triage-none", _absent(record), "act", (("right", right),))
    name = _argument(chosen, "class")
    args = (("chosen", name), ("right", right))
    if name == right:
        return Judgement(Verdict.MET, "triage-met", (record.moment(chosen),), "act", args)
    return Judgement(Verdict.MISSED, "triage-wrong", (record.moment(chosen),), "act", args)


def judge_assignment(record: Record, _: Checkpoint) -> Judgement:
    """An advisor is assigned, and the one who has to answer where the scenario says who."""
    chosen, right = _last(record, "assign"), _letter(record).advisor
    if chosen is None:
        return Judgement(Verdict.MISSED, "assign-none", _absent(record), "act")
    name = _argument(chosen, "advisor")
    if right is None or name == right:
        return Judgement(Verdict.MET, "assign-met", (record.moment(chosen),), "act", (("advisor", name),))
    args = (("advisor", name), ("right", right))
    return Judgement(Verdict.MISSED, "assign-wrong", (record.moment(chosen),), "act", args)


def judge_spell_check(record: Record, _: Checkpoint) -> Judgement:
    """Each text was checked after its last change: the last check before sending was of the very text that was sent."""
    checks: list[Evidence] = []
    check: Event | None = None
    for event in record.events:
        match event.what:
            case AgentActed(name=name) if name == SPELL_CHECK:
                check = event
            case AgentSpoke(to="customer", text=text):
                if check is None or _argument(check, "text") != text:
                    reason = "spell-check-none" if check is None else "spell-check-changed"
                    evidence = (record.quote(event.seq, 0, len(text)),)
                    return Judgement(Verdict.MISSED, reason, evidence, "act")
                checks.append(record.moment(check))
                check = None
            case _:
                pass
    return Judgement(Verdict.MET, "spell-check-met", tuple(checks), "act")


def judge_reply_in_time(record: Record, _: Checkpoint) -> Judgement:
    """Each message that asks for something is answered within 24 business hours of its arrival."""
    doc, state, longest, proof = record.scenario.doc, record.state, timedelta(), None
    assert record.contact is not None
    now = doc.moment(state.at_ms + state.jumped_ms)
    for message in asked(doc, state, record.contact):
        took = doc.calendar.business_time(message.since, message.answer[1] if message.answer else now)
        if message.answer is None:
            if message.seq < 0 or took > REPLY_WITHIN:
                return Judgement(Verdict.MISSED, "reply-never", _absent(record), "clock")
            continue  # who wrote again at the very end could not be answered any more
        if proof is None or took > longest:
            longest, proof = took, message.answer[0]
    evidence = tuple(record.moment(event) for event in record.events if event.seq == proof)
    args = (("hours", str(-(-longest // timedelta(hours=1)))),)
    if longest > REPLY_WITHIN:
        return Judgement(Verdict.MISSED, "reply-late", evidence, "clock", args)
    return Judgement(Verdict.MET, "reply-in-time", evidence, "clock", args)


def judge_forwarding(record: Record, checkpoint: Checkpoint) -> Judgement:
    """What is not ours is sent on to the competent body, and the sender is told to which one."""
    letter, act = _letter(record), _last(record, "forward")
    if act is None:
        return Judgement(Verdict.MISSED, "forward-never", _absent(record), "act", (("right", letter.body or ""),))
    args = (("body", _argument(act, "body")), ("right", letter.body or ""))
    if letter.kind != NOT_OURS:
        return Judgement(Verdict.MISSED, "forward-ours", (record.moment(act),), "act", args)
    if _argument(act, "body") != letter.body:
        return Judgement(Verdict.MISSED, "forward-wrong", (record.moment(act),), "act", args)
    told = judge_words(record, checkpoint)
    if told.verdict is not Verdict.MET:
        return told
    return Judgement(Verdict.MET, "forward-met", (record.moment(act), *told.evidence), told.rule, args)


def left_unanswered(record: Record) -> bool:
    """Whether a message was over before anybody opened it."""
    return record.scenario.doc.letter is not None and not record.answered and record.ended is not None


def judge_unanswered(record: Record, checkpoint: Checkpoint) -> Judgement | None:
    """What was owed to the sender all the same: it is not *not applicable*, or one could choose whom to answer."""
    if checkpoint.window not in ("first-turn", "first-two-turns") and checkpoint.id not in _OWED:
        return None
    return Judgement(Verdict.MISSED, "reply-never", _absent(record), "clock")


_OWED = ("offer-solution", "thank-for-contact", "farewell")


def _letter(record: Record) -> Letter:
    letter = record.scenario.doc.letter
    assert letter is not None  # the loader lets no inbox pass without
    return letter


def _last(record: Record, act: str) -> Event | None:
    return next(reversed(record.acts_named(act)), None)


def _argument(event: Event, name: str) -> str:
    assert isinstance(event.what, AgentActed)
    return dict(event.what.args)[name]


def _absent(record: Record) -> tuple[Evidence, ...]:
    """The end of the contact, by which it should have been done."""
    own = [event for event in record.events if event.contact == record.id]
    return (record.moment(own[-1], absent=True),) if own else ()
