"""Checkpoints of the counter that the clock decides: who speaks first, and a colleague's chat beside it."""

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scoring.record import Judgement, Record
from simulator.session.envelope import Event
from simulator.session.events import ColleagueChatted, ContactEnded, CustomerSpoke, StepEntered


def judge_greet_first(record: Record, _: Checkpoint) -> Judgement:
    """Whoever begins to speak first, once the customer stands at the counter."""
    came = next(event for event in record.events if isinstance(event.what, StepEntered))
    asked = _first(record, CustomerSpoke)
    begins = [message for turn in record.talk.to_customer for message in turn.messages]
    greeted = begins[0] if begins else None
    if greeted is not None and (asked is None or greeted.start_ms <= asked.at_ms):
        args = (("seconds", _seconds(greeted.start_ms - came.at_ms)),)
        return Judgement(Verdict.MET, "first-met", (record.quote(greeted.seq, 0, len(greeted.text)),), "clock", args)
    if asked is not None:
        args = (("seconds", _seconds(asked.at_ms - came.at_ms)),)
        return Judgement(Verdict.MISSED, "first-missed", (record.moment(asked, absent=True),), "clock", args)
    left = _first(record, ContactEnded)
    waited = (left.at_ms if left is not None else record.state.at_ms) - came.at_ms
    args = (("seconds", _seconds(waited)),)
    return Judgement(Verdict.MISSED, "first-never", (record.moment(came, absent=True),), "clock", args)


def judge_side_talk(record: Record) -> Judgement:
    """end-side-conversation at a counter: closed before the agent turns to the customer, who is not kept waiting."""
    opened = _first(record, ColleagueChatted)
    if opened is None:
        return Judgement(Verdict.NOT_APPLICABLE, "na-no-side-conversation")
    closed = next(iter(record.acts_named("dismiss-colleague")), None)
    closed_seq = record.state.next_seq if closed is None else closed.seq
    asked = _first(record, CustomerSpoke)
    said = [message.seq for turn in record.talk.to_customer for message in turn.messages]
    attending = next((seq for seq in said if seq > opened.seq), None)
    if attending is not None:
        late = next(((e, words) for e, words in record.spoken if words.to == "side" and e.seq > attending), None)
        if late is not None:
            quote = record.quote(late[0].seq, 0, len(late[1].text))
            return Judgement(Verdict.MISSED, "side-counter-heard", (quote,), "order")
    if asked is not None and opened.seq < asked.seq < closed_seq and not any(seq < asked.seq for seq in said):
        return Judgement(Verdict.MISSED, "side-counter-waiting", (record.moment(asked, absent=True),), "order")
    if closed is None or (attending is not None and attending < closed.seq):
        where = next((e for e, _words in record.spoken if e.seq == attending), opened)
        return Judgement(Verdict.MISSED, "side-counter-open", (record.moment(where, absent=True),), "order")
    return Judgement(Verdict.MET, "side-counter-met", (record.moment(closed),), "order")


def _first(record: Record, kind: type) -> Event | None:
    return next((event for event in record.events if isinstance(event.what, kind)), None)


def _seconds(ms: int) -> str:
    return str(max(0, round(ms / 1000)))
