"""follow-up: a date said to the customer, or a follow-up put into the agenda."""

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scoring.record import Judgement, Record
from simulator.scoring.words import judge_words
from simulator.session.events import AgentActed


def judge_follow_up(record: Record, checkpoint: Checkpoint) -> Judgement:
    """An act `follow-up` carries its day; without one, the words of the closing decide."""
    act = next(iter(record.acts_named("follow-up")), None)
    if act is None:
        return judge_words(record, checkpoint)
    assert isinstance(act.what, AgentActed)
    days = dict(act.what.args)["days"]
    return Judgement(Verdict.MET, "follow-up-met", (record.moment(act),), "act", (("days", days),))
