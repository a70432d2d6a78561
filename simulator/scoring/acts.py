"""Checkpoints that acts, clocks and measured voice decide: one judge each, by the checkpoint's id."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.acts import HANDOVERS, NOTES
from simulator.scoring.chat_judges import judge_equipment, judge_requests, judge_survey
from simulator.scoring.colleague_judges import judge_colleague
from simulator.scoring.email_judges import (
    judge_assignment,
    judge_forwarding,
    judge_reply_in_time,
    judge_spell_check,
    judge_triage,
)
from simulator.scoring.follow_up_judge import judge_follow_up
from simulator.scoring.in_person_judges import judge_greet_first, judge_side_talk
from simulator.scoring.outbound_judges import judge_asking
from simulator.scoring.record import Judgement, Record
from simulator.scoring.social_judges import judge_purpose
from simulator.scoring.voice_judges import judge_clearly, judge_slowly, judge_tone
from simulator.scoring.web_judges import judge_guidance, judge_registration, judge_routing
from simulator.scoring.words import judge_identity, judge_words
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentInterrupted, AgentSpoke, ColleagueAnswered, ContactEnded
from simulator.session.turns import Message
from simulator.session.windows import verdict_so_far

THIRD_RING = 3
CHECK_BACK_MS = 60_000
"""A hold may last so long without a word (PROTOCOL.md, hold-check-back)."""
Judge = Callable[[Record, Checkpoint], Judgement]


def _before_third_ring(record: Record, _: Checkpoint) -> Judgement:
    answer = next(iter(record.acts_named("answer")), None)
    third = next((ring for ring in record.rings if ring.what.ring >= THIRD_RING), None)  # type: ignore[union-attr]
    rings = str(len(record.rings))
    if answer is not None and (third is None or third.seq > answer.seq):
        return Judgement(Verdict.MET, "ring-met", (record.moment(answer),), "clock", (("rings", rings),))
    shown = third if third is not None else next(iter(record.rings), None)
    evidence = () if shown is None else (record.moment(shown, absent=True),)
    return Judgement(Verdict.MISSED, "ring-missed", evidence, "clock", (("rings", rings),))


def _side_conversation(record: Record, _: Checkpoint) -> Judgement:
    chat, contact = record.scenario.doc.side_conversation, record.contact
    if chat is None or (contact is not None and contact.difficulty < chat.from_difficulty):
        return Judgement(Verdict.NOT_APPLICABLE, "na-no-side-conversation")
    if record.scenario.doc.channel == "in-person":
        return judge_side_talk(record)
    answer = next(iter(record.acts_named("answer")), None)
    opened = answer or record.opened  # whom one calls oneself picks up
    assert opened is not None  # else there is no occasion
    late = next((e for e, said in record.spoken if said.to == "side" and e.seq > opened.seq), None)
    if late is not None:
        said = next(said for e, said in record.spoken if e is late)
        return Judgement(Verdict.MISSED, "side-heard", (record.quote(late.seq, 0, len(said.text)),), "order")
    closed = next(iter(record.acts_named("dismiss-colleague")), None)
    if closed is None or closed.seq > opened.seq:
        return Judgement(Verdict.MISSED, "side-open", (record.moment(opened, absent=True),), "order")
    third = next((ring for ring in record.rings if ring.what.ring >= THIRD_RING), None)  # type: ignore[union-attr]
    if answer is not None and third is not None and third.seq < closed.seq:
        return Judgement(Verdict.MISSED, "side-kept-ringing", (record.moment(third, absent=True),), "clock")
    return Judgement(Verdict.MET, "side-met", (record.moment(closed),), "order")


def _without_interrupting(record: Record, _: Checkpoint) -> Judgement:
    turns = [message for turn in record.talk.to_customer for message in turn.messages]
    if not turns:
        return Judgement(Verdict.NOT_APPLICABLE, "na-no-turn")
    over = [message for message in turns if message.overlap_ms > 0]
    wordless = _wordless_interruptions(record)
    if not over and wordless:
        evidence = tuple(record.moment(event) for event in wordless)
        return Judgement(Verdict.UNCLEAR, "listen-unsure", evidence, "clock")
    if not over and all(_could_not_interrupt(message) for message in turns):
        return Judgement(Verdict.NOT_APPLICABLE, "na-half-duplex")
    if not over:
        return Judgement(Verdict.MET, "listen-met", rule="clock")
    evidence = tuple(record.quote(message.seq, 0, len(message.text)) for message in over)
    tenths = max(1, (max(message.overlap_ms for message in over) + 50) // 100)
    args = (("seconds", f"{tenths // 10},{tenths % 10}"), ("times", str(len(over))))
    return Judgement(Verdict.MISSED, "listen-missed", evidence, "clock", args)


def _wordless_interruptions(record: Record) -> list[Event]:
    """A voice over the customer's line of which no words came: it may have been a cough."""
    found: list[Event] = []
    for event in record.events:
        match event.what:
            case AgentInterrupted():
                found.append(event)
            case AgentSpoke(overlap_ms=overlap, heard=True) if overlap > 0 and found:
                found.pop()
            case _:
                pass
    return found


def _could_not_interrupt(message: Message) -> bool:
    """Spoken into a microphone that was closed while the customer spoke."""
    return dict(message.voice).get("duplex") == 0


def _check_back(record: Record, _: Checkpoint) -> Judgement:
    """Each stretch from a hold or a consultation to the return to the customer (or the end of the contact)."""
    longest, worst = 0, None
    since = None
    for event in record.events:
        what = event.what
        if isinstance(what, AgentActed) and what.name in ("hold", "consult"):
            since = since if since is not None else event
        elif since is not None and (
            isinstance(what, ContactEnded)
            or (isinstance(what, AgentActed) and what.name in ("resume", "return", "complete"))
        ):
            if event.at_ms - since.at_ms > longest:
                longest, worst = event.at_ms - since.at_ms, since
            since = None
    if since is not None and record.state.at_ms - since.at_ms > longest:
        longest, worst = record.state.at_ms - since.at_ms, since
    args = (("seconds", str(round(longest / 1000))),)
    evidence = () if worst is None else (record.moment(worst),)
    if longest > CHECK_BACK_MS:
        return Judgement(Verdict.MISSED, "check-back-missed", evidence, "clock", args)
    if worst is None and not record.acts_named("hold", "consult"):
        return Judgement(Verdict.MISSED, "hold-never", (), "clock")
    return Judgement(Verdict.MET, "check-back-met", evidence, "clock", args)


def _stay(record: Record, _: Checkpoint) -> Judgement:
    complete = next(iter(record.acts_named("complete")), None)
    if complete is None:
        return Judgement(Verdict.MISSED, "transfer-never", (), "order")
    consult = [e for e in record.acts_named("consult") if e.seq < complete.seq]
    since = consult[-1].seq if consult else complete.seq
    answered = [e for e in record.events if isinstance(e.what, ColleagueAnswered) and since < e.seq < complete.seq]
    if answered:
        return Judgement(Verdict.MET, "stay-met", (record.moment(answered[-1]),), "order")
    return Judgement(Verdict.MISSED, "stay-missed", (record.moment(complete),), "order")


def _let_hang_up(record: Record, _: Checkpoint) -> Judgement:
    """The customer ends the call, or both took leave; n/a when the agent ends abuse after limit, chance and notice."""
    if record.acts_named(*HANDOVERS):
        return Judgement(Verdict.NOT_APPLICABLE, "na-handed-over")
    ended = record.ended
    if ended is None:
        return Judgement(Verdict.NOT_APPLICABLE, "na-no-end")
    hang_up = next(iter(record.acts_named("hang-up")), None)
    if hang_up is None:
        last = next(e for e in reversed(record.events) if isinstance(e.what, ContactEnded))
        return Judgement(Verdict.MET, "hang-up-met", (record.moment(last),), "order")
    if record.abuse_ended:
        return Judgement(Verdict.NOT_APPLICABLE, "na-abuse-ended")
    farewell = record.scenario.known.get("farewell")
    leave = None if farewell is None else verdict_so_far(farewell, record.talk)
    other_leaves = record.heard("takes-leave") or (record.end is not None and record.end.good)
    if leave is Verdict.MET and other_leaves:
        return Judgement(Verdict.MET, "hang-up-leave", (record.moment(hang_up),), "order")
    if (leave is Verdict.UNCLEAR and other_leaves) or record.abuse_perhaps_ended:
        return Judgement(Verdict.UNCLEAR, "words-unclear", (record.moment(hang_up),), "order")
    return Judgement(Verdict.MISSED, "hang-up-missed", (record.moment(hang_up),), "order")


def _escalate(record: Record, checkpoint: Checkpoint) -> Judgement:
    act = next(iter(record.acts_named("escalate")), None)
    if act is not None:
        return Judgement(Verdict.MET, "escalate-met", (record.moment(act),), "act")
    return judge_words(record, checkpoint)


def _hold_permission(record: Record, checkpoint: Checkpoint) -> Judgement:
    waits = record.acts_named("hold", "consult")
    if not waits:
        return Judgement(Verdict.MISSED, "hold-never", (), "act")
    said = judge_words(record, checkpoint)
    if said.verdict is Verdict.MISSED and not said.evidence:
        return Judgement(said.verdict, said.reason, (record.moment(waits[0]),), said.rule, said.args)
    return said


def _document(record: Record, _: Checkpoint) -> Judgement:
    """Four fields filled, the reason names the scenario's problem, the solution is one that the log really offered."""
    notes = record.acts_named("notes")
    if not notes:
        return Judgement(Verdict.MISSED, "notes-none", (), "act")
    event = notes[-1]
    assert isinstance(event.what, AgentActed)
    fields, marks = dict(event.what.args), {mark.checkpoint: mark for mark in event.what.marks}
    evidence = (record.moment(event),)
    empty = [name for name in NOTES if not fields.get(name, "").strip()]
    if empty:
        return Judgement(Verdict.MISSED, "notes-empty", evidence, "act", (("fields", ",".join(empty)),))
    if "sheet:reason" in marks and marks["sheet:reason"].verdict != Verdict.MET:
        return Judgement(Verdict.MISSED, "notes-reason", evidence, "sheet:reason")
    if "sheet:solutions" in marks and marks["sheet:solutions"].verdict != Verdict.MET:
        return Judgement(Verdict.MISSED, "notes-solution", evidence, "sheet:solutions")
    solution = record.scenario.known.get("offer-solution")
    offered = solution is None or "offer-solution" not in record.scenario.rules or _needs_no_solution(record)
    if not offered and solution is not None and verdict_so_far(solution, record.talk) is Verdict.MISSED:
        return Judgement(Verdict.MISSED, "notes-not-offered", evidence, "offer-solution")
    return Judgement(Verdict.MET, "notes-met", evidence, "act")


def _needs_no_solution(record: Record) -> bool:
    """An abusive call ended rightly, or one handed over, is written up without a solution of the agent's own."""
    return record.abuse_ended or bool(record.acts_named(*HANDOVERS))


def _identity(record: Record, _: Checkpoint) -> Judgement:
    return judge_identity(record)


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "answer-before-third-ring": _before_third_ring,
        "end-side-conversation": _side_conversation,
        "greet-first": judge_greet_first,
        "listen-without-interrupting": _without_interrupting,
        "hold-check-back": _check_back,
        "stay-until-colleague-answers": _stay,
        "let-customer-hang-up": _let_hang_up,
        "escalate-to-supervisor": _escalate,
        "ask-permission-to-hold": _hold_permission,
        "document-case": _document,
        "verify-identity": _identity,
        "ask-for-person-with-title": judge_asking,
        "colleague-courtesy": judge_colleague,
        "speak-slowly": judge_slowly,
        "speak-clearly": judge_clearly,
        "moderate-tone": judge_tone,
        "check-equipment": judge_equipment,
        "answer-every-request": judge_requests,
        "send-survey": judge_survey,
        "triage-message": judge_triage,
        "assign-advisor": judge_assignment,
        "spell-check-before-sending": judge_spell_check,
        "reply-within-24h": judge_reply_in_time,
        "forward-to-responsible": judge_forwarding,
        "guide-search": judge_guidance,
        "register-data": judge_registration,
        "route-to-virtual-agent": judge_routing,
        "follow-up": judge_follow_up,
        "state-channel-purpose": judge_purpose,
    }
)
"""Checkpoint id → its judge. Every other checkpoint is marked by words alone."""

ONCE_AN_ATTEMPT = frozenset({"state-channel-purpose"})
"""Checkpoints whose judges look at all contacts and say themselves in which of them it counts."""
