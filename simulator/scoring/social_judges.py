"""Checkpoints of a social network that concern all who comment: what the account is for is said once, for all."""

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.scoring.record import Judgement, Record
from simulator.scoring.words import judge_words
from simulator.session.state import State
from simulator.session.turns import conversation
from simulator.session.windows import WINDOWS


def judge_purpose(record: Record, checkpoint: Checkpoint) -> Judgement:
    """The first public answer of the attempt says what the account is for: whoever reads the thread has read it there,
    so that it is looked at in that contact alone."""
    if record.id != _answered_first(record.state):
        return Judgement(Verdict.NOT_APPLICABLE, "na-not-first-answer")
    return judge_words(record, checkpoint)


def _answered_first(state: State) -> str:
    """The contact that holds the first public answer; without one, the first answer at all; without any, the first."""
    answers = [
        (turn.private, turn.first_seq, contact.id)
        for contact in state.contacts.values()
        for turn in WINDOWS["first-public-turn"](conversation(contact.events))
    ]
    return min(answers, default=(False, 0, FIRST_CONTACT))[2]
