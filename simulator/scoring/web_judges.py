"""Checkpoints of the web channel that acts decide, or the words of several turns: guidance, record, virtual agent."""

from simulator.language.folding import fold
from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.sections.web import RecordField
from simulator.scoring.record import Judgement, Record, absence
from simulator.scoring.words import judge_words
from simulator.session.events import AgentActed
from simulator.session.windows import guided_in_steps


def judge_guidance(record: Record, checkpoint: Checkpoint) -> Judgement:
    """Box, what to type and what to take, in one turn or in two, as the visitor gets on."""
    turns = record.talk.to_customer
    if any(turn.is_met(checkpoint.id) for turn in turns):
        return judge_words(record, checkpoint)
    steps = guided_in_steps(turns)
    if not steps:
        return judge_words(record, checkpoint)
    spans = dict.fromkeys(span for turn in steps for span in turn.marks[checkpoint.id].spans)
    quotes = tuple(record.quote(*span) for span in sorted(spans))
    return Judgement(Verdict.MET, "guide-in-steps", quotes, checkpoint.id)


def judge_registration(record: Record, _: Checkpoint) -> Judgement:
    """Every field of the record filled, and with what is right where the scenario knows it; later values count."""
    fields = record.scenario.doc.site.record
    acts = record.acts_named("register")
    if not fields:
        return Judgement(Verdict.NOT_APPLICABLE, "na-no-record")
    if not acts:
        return Judgement(Verdict.MISSED, "record-none", absence(record.talk.to_customer[-1:]), "act")
    written: dict[str, str] = {}
    for event in acts:
        assert isinstance(event.what, AgentActed)
        written.update(event.what.args)
    proof = (record.moment(acts[-1]),)
    for reason, faulty in (
        ("record-gaps", [field.label for field in fields if not written.get(field.id, "").strip()]),
        ("record-wrong", [field.label for field in fields if not _is_right(field, written.get(field.id, ""))]),
    ):
        if faulty:
            return Judgement(Verdict.MISSED, reason, proof, "act", (("fields", ", ".join(faulty)),))
    return Judgement(Verdict.MET, "record-met", proof, "act")


def judge_routing(record: Record, _: Checkpoint) -> Judgement:
    """Routed to the virtual agent after the visitor asked for what it resolves."""
    asked = record.talk.first_line("for-virtual-agent")
    assert asked is not None  # decided as an occasion
    routed = next((event for event in record.acts_named("route-virtual-agent") if event.seq > asked.seq), None)
    if routed is not None:
        return Judgement(Verdict.MET, "route-met", (record.moment(routed),), "act")
    after = [turn for turn in record.talk.to_customer if turn.last_seq > asked.seq]
    return Judgement(Verdict.MISSED, "route-missed", absence(after), "act")


def _is_right(field: RecordField, written: str) -> bool:
    return not field.value or _bare(written) in {_bare(value) for value in field.value}


def _bare(text: str) -> str:
    """Letters and figures alone: spaces, hyphens and dots are a matter of taste."""
    return "".join(character for character in fold(text) if character.isalnum())
