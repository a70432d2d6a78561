"""Checkpoints of chats: the equipment, the survey, every request answered; and the visitor whom nobody took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.acts import vocabulary_of
from simulator.scenario.scenario import answer_rule
from simulator.scoring.card import Evidence
from simulator.scoring.record import Judgement, Record, absence
from simulator.scoring.words import judge_words
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentSpoke, ContactEnded
from simulator.session.state import State
from simulator.session.windows import after_asking


def judge_equipment(record: Record, _: Checkpoint) -> Judgement:
    """The check before the first chat is taken: one for the whole attempt, told of the contact that was taken first."""
    taken = _first(record.state, "accept")
    if taken is None or taken.contact != record.id:
        return Judgement(Verdict.NOT_APPLICABLE, "na-not-first-chat")
    checked = _first(record.state, "check-equipment")
    if checked is not None and checked.seq < taken.seq:
        return Judgement(Verdict.MET, "equipment-met", (record.moment(checked),), "order")
    reason = "equipment-never" if checked is None else "equipment-late"
    return Judgement(Verdict.MISSED, reason, (record.moment(taken, absent=True),), "order")


def _first(state: State, act: str) -> Event | None:
    """The first act of this name in any contact."""
    done = (
        event
        for contact in state.contacts.values()
        for event in contact.events
        if isinstance(event.what, AgentActed) and event.what.name == act
    )
    return min(done, key=lambda event: event.seq, default=None)


def judge_survey(record: Record, _: Checkpoint) -> Judgement:
    """Whether the survey was sent."""
    sent = next(iter(record.acts_named("survey")), None)
    if sent is not None:
        return Judgement(Verdict.MET, "survey-met", (record.moment(sent),), "act")
    last = next(event for event in reversed(record.events) if event.contact == record.id)
    return Judgement(Verdict.MISSED, "survey-missed", (record.moment(last, absent=True),), "act")


def judge_requests(record: Record, checkpoint: Checkpoint) -> Judgement:
    """Each thing asked for has an answer of its own: another message, or other words of the same message. The same text
    sent twice counts once, also when it was sent to somebody else before. Where the sheet tells no answers, words
    alone decide."""
    if not record.scenario.doc.sheet.answers:
        return judge_words(record, checkpoint)
    found = {thing: _answers(record, thing, Verdict.MET) for thing in record.asked}
    copied = _sent_to_others(record)
    first_hand = [(thing, [a for a in answers if not a.copies(copied)]) for thing, answers in found.items()]
    own = _told_apart(first_hand, {})
    open_ = [thing for thing in found if thing not in own]
    quoted = (proof for answer in own.values() for proof in answer.quotes)
    proofs = tuple(sorted(quoted, key=lambda proof: (proof.event, proof.start)))
    if not open_:
        return Judgement(Verdict.MET, "requests-met", proofs, "sheet:answers")
    rule = answer_rule(open_[0])
    doubts = [answer for thing in open_ for answer in _answers(record, thing, Verdict.UNCLEAR)[:1]]
    if len(doubts) == len(open_):
        return Judgement(Verdict.UNCLEAR, "words-unclear", doubts[0].quotes, rule)
    line = record.asked[open_[0]]
    args = (("request", line.text),)
    if found[open_[0]]:
        return Judgement(Verdict.MISSED, "requests-same-text", found[open_[0]][-1].quotes, rule, args)
    shown = absence(after_asking(record.talk, open_[0]))
    return Judgement(Verdict.MISSED, "requests-open", shown, rule, args)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What answers a request in one turn. `text`: the message, however it is spaced and capitalised."""

    quotes: tuple[Evidence, ...]
    text: str

    def same_as(self, other: "_Answer") -> bool:
        """Whether it is the other one, sent again or taken for two requests."""
        mine, others = self.quotes[0], other.quotes[0]
        return self.text == other.text and mine.start < others.end and others.start < mine.end

    def copies(self, sent: Mapping[str, int]) -> bool:
        """Whether the message is one that was sent to somebody else before."""
        return sent.get(self.text, self.quotes[0].event) < self.quotes[0].event


def _sent_to_others(record: Record) -> Mapping[str, int]:
    """What was sent in the attempt's other contacts, each text with the seq of its first time."""
    found: dict[str, int] = {}
    for contact in record.state.contacts.values():
        for event in contact.events if contact.id != record.id else ():
            if isinstance(event.what, AgentSpoke):
                text = _bare(event.what.text)
                found[text] = min(event.seq, found.get(text, event.seq))
    return found


def _bare(text: str) -> str:
    """A text however it is spaced and capitalised."""
    return " ".join(text.casefold().split())


def _answers(record: Record, thing: str, verdict: Verdict) -> list[_Answer]:
    """What answers a request with this verdict, after it was made."""
    found: list[_Answer] = []
    for turn in after_asking(record.talk, thing):
        mark = turn.marks.get(answer_rule(thing))
        if mark is None or mark.verdict != verdict or not mark.spans:
            continue
        whole = next(message.text for message in turn.messages if message.seq == mark.spans[0][0])
        quotes = tuple(record.quote(*span) for span in mark.spans)
        found.append(_Answer(quotes, _bare(whole)))
    return found


def _told_apart(found: Sequence[tuple[str, Sequence[_Answer]]], taken: Mapping[str, _Answer]) -> Mapping[str, _Answer]:
    """An answer of its own for as many requests as can be."""
    if not found:
        return taken
    (thing, answers), *others = found
    free = [answer for answer in answers if not any(answer.same_as(other) for other in taken.values())]
    choices = [_told_apart(others, {**taken, thing: answer}) for answer in free]
    return max([*choices, _told_apart(others, taken)], key=len)


def left_unattended(record: Record) -> bool:
    """Whether the customer stood in a queue from which nobody took them until they left, or commented and got no
    answer."""
    doc = record.scenario.doc
    queues = "accept" in vocabulary_of(doc.channel).acts or doc.social is not None
    return queues and not record.answered and record.ended is not None


def judge_unattended(record: Record, checkpoint: Checkpoint) -> Judgement:
    """Who was never taken was neither greeted nor helped: that is not *not applicable*, or one could choose whom to
    serve."""
    owed = checkpoint.window in ("first-turn", "first-two-turns") or checkpoint.id in _OWED
    if not owed:
        return Judgement(Verdict.NOT_APPLICABLE, "na-never-answered")
    left = next(event for event in record.events if isinstance(event.what, ContactEnded))
    args = (("customer", record.scenario.doc.customer.name),)
    reason = "left-unattended" if record.scenario.doc.social is None else "comment-unanswered"
    return Judgement(Verdict.MISSED, reason, (record.moment(left, absent=True),), "clock", args)


_OWED = ("offer-solution", "answer-every-request")
