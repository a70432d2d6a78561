"""*Not applicable*, decided first and from the facts of the log (PROTOCOL.md, «Marking guide»).

A checkpoint of an event (a hold, a transfer, an offence) that did not happen has no weight, unless the scenario lists
the event under `required`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.acts import HANDOVERS, TRANSFERS
from simulator.scenario.facts import asked
from simulator.scenario.sections.email import NOT_OURS
from simulator.scoring.outbound_judges import owed_unreached
from simulator.scoring.record import Record
from simulator.session.due import TIME_OVER
from simulator.session.events import ColleagueAnswered
from simulator.session.turns import Turn


def no_occasion(record: Record, checkpoint: Checkpoint) -> str | None:
    """The reason (a code) why the checkpoint does not apply to what happened, or None when it does."""
    if checkpoint.id == "schedule-adherence":
        return None if record.scenario.agenda is not None else "na-no-agenda"
    if record.contact is None:
        return "na-never-answered"  # not come yet
    if checkpoint.id == "answer-before-third-ring" and record.scenario.doc.channel == "outbound":
        return "na-called-out"
    if checkpoint.id in _UNANSWERED_TOO:
        return None
    if not record.answered:
        return None if owed_unreached(record, checkpoint) else "na-never-answered"
    if record.abuse_ended and checkpoint.id in _SERVICE:
        return "na-abuse-ended"
    if record.acts_named("escalate") and checkpoint.id == "offer-solution":
        return "na-handed-over"
    decide = _OCCASIONS.get(checkpoint.id) or _BY_WINDOW.get(checkpoint.window)
    return None if decide is None else decide(record)


_UNANSWERED_TOO = frozenset({"answer-before-third-ring", "triage-message", "assign-advisor", "reply-within-24h"})
"""What is owed to a customer whom nobody has met yet."""


def _hold(record: Record) -> str | None:
    return None if record.acts_named("hold", "consult") or record.requires("hold") else "na-no-hold"


def _return(record: Record) -> str | None:
    return None if record.acts_named("resume", "return") or record.requires("hold") else "na-no-hold"


def _transfer(record: Record) -> str | None:
    return None if record.acts_named(*TRANSFERS) or record.requires("transfer") else "na-no-transfer"


def _consultation(record: Record) -> str | None:
    answered = any(isinstance(event.what, ColleagueAnswered) for event in record.events)
    return None if answered or _transfer(record) is None else "na-no-transfer"


def _colleague(record: Record) -> str | None:
    """Who calls is a colleague, or one is consulted."""
    return None if record.talk.channel == "colleague" else _consultation(record)


def _callback(record: Record) -> str | None:
    return None if record.requires("callback") else "na-no-long-search"


def _offence(record: Record) -> str | None:
    return None if record.heard("offensive") or record.requires("limit") else "na-no-offence"


def _escalation(record: Record) -> str | None:
    occasion = record.heard("needs-supervisor") or record.acts_named("escalate") or record.requires("escalation")
    return None if occasion else "na-no-escalation"


def _refusal(record: Record) -> str | None:
    return None if record.heard("must-refuse") or record.requires("refusal") else "na-nothing-refused"


def _need(record: Record) -> str | None:
    return None if record.heard("states-need") else "na-need-not-stated"


def _name_known(record: Record) -> str | None:
    return None if record.scenario.doc.customer.known or record.heard("gives-name") else "na-name-unknown"


def _name_to_ask(record: Record) -> str | None:
    """Nobody asks for a name that was given before there was a turn to ask in."""
    if record.scenario.doc.customer.known:
        return "na-name-given"
    given = record.talk.first_line("gives-name")
    need = record.talk.first_line("states-need")
    if given is None:
        return _need(record)

    def between(turn: Turn) -> bool:
        return (need is None or turn.first_seq > need.seq) and turn.last_seq < given.seq

    return None if any(between(turn) for turn in record.talk.to_customer) else "na-name-given"


_SERVICE = frozenset(
    {
        "offer-solution", "clarifying-question", "confirm-understanding", "show-empathy", "apologise", "polite-refusal",
        "ask-customer-name", "use-customer-name", "check-understanding", "confirm-satisfaction", "offer-further-help",
        "follow-up", "invite-to-website", "ask-feedback", "thank-for-contact", "offer-other-channels",
        "present-portfolio", "offer-repeat", "escalate-to-supervisor", "courtesy-thanks", "answer-every-request",
        "send-survey",
    }
)  # fmt: skip
"""What nobody owes to a caller whose abuse had to be ended."""


def _closing(record: Record) -> str | None:
    """There is a closing when the contact came to a good end here, the agent ended it, or the customer took leave; and
    it is owed where an exam's time ran out before it: nobody gains by being slow."""
    if record.requires("closing") or (record.end is not None and record.end.end == TIME_OVER):
        return None
    if record.acts_named(*HANDOVERS):
        return "na-no-closing"
    if record.scenario.doc.letter is not None:
        return None if record.talk.to_customer else "na-no-closing"  # every letter has its own
    end = record.end
    closed = end is not None and (end.good or end.by == "agent")
    return None if closed or record.heard("takes-leave") else "na-no-closing"


def _request_closed(record: Record) -> str | None:
    """Who asked for nothing (whoever picked up and is not the person called) is not asked whether it was settled."""
    return _closing(record) or (None if record.requires("closing") else _need(record))


def _requests(record: Record) -> str | None:
    """Something was asked for that the sheet knows the answer to, or anything where it knows none. A transfer takes
    the requests along."""
    if record.acts_named(*HANDOVERS):
        return "na-handed-over"
    things = record.asked if record.scenario.doc.sheet.answers else asked(record.heard_facts)
    return None if things else "na-no-requests"


def _something_to_thank(record: Record) -> str | None:
    thanked = any(record.heard(fact) for fact in ("gives-data", "gives-name", "praises"))
    waited = bool(record.acts_named("resume", "return"))
    return None if thanked or waited or record.talk.to_colleague else "na-nothing-to-thank"


def _account_data(record: Record) -> str | None:
    """Applies from the first account datum given or asked for, and at once when a password is asked for."""
    rule = "verify-identity"
    asked_secret = any(
        (mark.verdict == Verdict.MISSED and mark.spans) or (mark.verdict == Verdict.UNCLEAR and "/forbid" in mark.rule)
        for turn in record.talk.to_customer
        if (mark := turn.marks.get(rule)) is not None
    )
    given = any(
        turn.marks["sheet:account-data"].verdict in (Verdict.MET, Verdict.UNCLEAR)
        for turn in record.talk.to_customer
        if "sheet:account-data" in turn.marks
    )
    verified = any(turn.is_met(rule) for turn in record.talk.to_customer)
    if asked_secret or given or verified or record.heard("asks-account-data"):
        return None
    return "na-no-account-data"


def _ours(record: Record) -> str | None:
    letter = record.scenario.doc.letter
    return "na-not-ours" if letter is not None and letter.kind == NOT_OURS else None


def _not_ours(record: Record) -> str | None:
    return None if _ours(record) is not None or record.acts_named("forward") else "na-ours"


def _sent(record: Record) -> str | None:
    return None if record.talk.to_customer else "na-nothing-sent"


def _dissatisfaction(record: Record) -> str | None:
    return None if record.heard("not-satisfied") else "na-satisfied"


def _virtual_agent(record: Record) -> str | None:
    return None if record.heard("for-virtual-agent") else "na-no-virtual-agent"


_OCCASIONS: Mapping[str, Callable[[Record], str | None]] = MappingProxyType(
    {
        "ask-permission-to-hold": _hold,
        "state-wait-time": _hold,
        "hold-check-back": _hold,
        "thank-for-waiting": _return,
        "ask-callback-contact": _callback,
        "commit-callback": _callback,
        "announce-transfer": _transfer,
        "transfer-to-whom": _transfer,
        "transfer-purpose": _transfer,
        "stay-until-colleague-answers": _transfer,
        "handover-name": _consultation,
        "handover-account": _consultation,
        "handover-call-reason": _consultation,
        "handover-transfer-reason": _consultation,
        "colleague-courtesy": _colleague,
        "limit-offensive-language": _offence,
        "offer-help-after-limit": _offence,
        "escalate-to-supervisor": _escalation,
        "polite-refusal": _refusal,
        "ask-customer-name": _name_to_ask,
        "use-customer-name": _name_known,
        "courtesy-thanks": _something_to_thank,
        "verify-identity": _account_data,
        "guide-search": _need,
        "guide-to-store": _need,
        "identify-request-button": _need,
        "offer-nonconformity": _dissatisfaction,
        "route-to-virtual-agent": _virtual_agent,
        "check-understanding": _request_closed,
        "confirm-satisfaction": _request_closed,
        "offer-further-help": _request_closed,
        "present-portfolio": _need,
        "answer-every-request": _requests,
        "send-survey": _closing,
        "acknowledge-receipt": _ours,
        "forward-to-responsible": _not_ours,
        "spell-check-before-sending": _sent,
    }
)

_BY_WINDOW: Mapping[str, Callable[[Record], str | None]] = MappingProxyType(
    {"first-after-need": _need, "after-need": _need, "closing": _closing}
)
