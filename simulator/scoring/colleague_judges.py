"""Courtesy with colleagues: in a consultation, and in the whole of a call that a colleague makes."""

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scoring.record import Judgement, Record
from simulator.scoring.words import judge_words
from simulator.session.windows import verdict_so_far

HOLD_ETIQUETTE = ("ask-permission-to-hold", "thank-for-waiting")
"""What is said to whoever is put on hold, colleague or customer (PROTOCOL.md, colleague-courtesy)."""


def judge_colleague(record: Record, checkpoint: Checkpoint) -> Judgement:
    """A please or a thanks; and a colleague who calls is put on hold as a customer would be."""
    said = judge_words(record, checkpoint)
    holds = record.acts_named("hold")
    if record.talk.channel != "colleague" or not holds or said.verdict is Verdict.MISSED:
        return said
    found = {verdict_so_far(record.scenario.known[id], record.talk) for id in _owed(record)}
    moment = (record.moment(holds[0]),)
    if Verdict.MISSED in found or Verdict.NOT_APPLICABLE in found:
        return Judgement(Verdict.MISSED, "colleague-hold", moment, "act")
    if Verdict.UNCLEAR in found and said.verdict is Verdict.MET:
        return Judgement(Verdict.UNCLEAR, "words-unclear", moment, "act")
    return said


def _owed(record: Record) -> tuple[str, ...]:
    """Thanks are owed on coming back only."""
    return HOLD_ETIQUETTE if record.acts_named("resume") else HOLD_ETIQUETTE[:1]
