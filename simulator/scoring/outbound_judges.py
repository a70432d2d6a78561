"""Calls that the agent makes: asking for the person, and what is owed when nobody was reached."""

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scoring.record import Judgement, Record
from simulator.scoring.words import judge_words
from simulator.session.events import RangOut


def judge_asking(record: Record, checkpoint: Checkpoint) -> Judgement:
    """The person is asked for by title; whoever was never called was not asked for."""
    if not record.answered:
        return Judgement(Verdict.MISSED, "call-never", (), "act")
    return judge_words(record, checkpoint)


def owed_unreached(record: Record, checkpoint: Checkpoint) -> bool:
    """Whether the checkpoint counts although nobody was on the line: a call has to be made, and written up when the
    number rang in vain."""
    if record.scenario.doc.channel != "outbound" or record.ended is None:
        return False
    rang = any(isinstance(event.what, RangOut) for event in record.events)
    return checkpoint.id == ("document-case" if rang else "ask-for-person-with-title")
