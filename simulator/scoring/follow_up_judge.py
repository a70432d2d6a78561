"""follow-up: a date said to the customer, or a follow-up put into the calendar or the agenda."""

from datetime import datetime

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scoring.record import Judgement, Record
from simulator.scoring.words import judge_words
from simulator.session.events import AgentActed


def judge_follow_up(record: Record, checkpoint: Checkpoint) -> Judgement:
    """The last act carries its day: a date (`follow-up-on`) or days from now (`follow-up`); without one, the words of
    the closing decide."""
    act = next(reversed(record.acts_named("follow-up", "follow-up-on")), None)
    if act is None:
        return judge_words(record, checkpoint)
    assert isinstance(act.what, AgentActed)
    args, evidence = dict(act.what.args), (record.moment(act),)
    if act.what.name == "follow-up":
        return Judgement(Verdict.MET, "follow-up-met", evidence, "act", (("days", args["days"]),))
    day = datetime.fromisoformat(args["date"])
    return Judgement(Verdict.MET, "follow-up-on", evidence, "act", (("date", f"{day:%d/%m/%Y}"),))
