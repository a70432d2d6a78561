"""What an inbox owes to whom: which message waits for an answer, since when, and until when one is in time. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.scenario.facts import is_request
from simulator.scenario.model import ScenarioDocument
from simulator.session.events import AgentSpoke, CustomerSpoke
from simulator.session.state import ContactState, State

REPLY_WITHIN = timedelta(hours=24)
"""Business hours (PROTOCOL.md, reply-within-24h)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that asks for something. `seq`: of its event, -1 for the letter itself, which lies there unopened;
    `since`: when it arrived; `answer`: seq and simulated moment of the first reply after it."""

    seq: int
    since: datetime
    answer: tuple[int, datetime] | None


def asked(doc: ScenarioDocument, state: State, contact: ContactState) -> list[Asked]:
    """What a sender has asked so far, oldest first. `doc`: as the contact has it."""
    assert doc.letter is not None
    moments = {event.seq: doc.moment(state.simulated(event.seq, event.at_ms)) for event in contact.events}
    lines = [event for event in contact.events if isinstance(event.what, CustomerSpoke)]
    sent = [event.seq for event in contact.events if isinstance(event.what, AgentSpoke)]
    found = [(-1, doc.letter.received)]
    for event in lines[1:]:
        assert isinstance(event.what, CustomerSpoke)
        if any(is_request(fact) for fact in event.what.facts):
            found.append((event.seq, moments[event.seq]))
    answers = [next(((reply, moments[reply]) for reply in sent if reply > seq), None) for seq, _ in found]
    return [Asked(seq, since, answer) for (seq, since), answer in zip(found, answers, strict=True)]


def answer_due(doc: ScenarioDocument, state: State, contact: ContactState) -> datetime | None:
    """Until when a reply to what is still unanswered is in time, or None when nothing waits."""
    open_ = next((message for message in asked(doc, state, contact) if message.answer is None), None)
    return None if open_ is None else doc.calendar.after(open_.since, REPLY_WITHIN)
