"""Text checkpoints: the marks of the turns in the window become one verdict, with its quotes."""

from collections.abc import Sequence

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scoring.card import Evidence
from simulator.scoring.record import Judgement, Record, absence
from simulator.session.events import Mark
from simulator.session.turns import Turn
from simulator.session.windows import marks_of, turns_of, verdict_so_far


def judge_words(record: Record, checkpoint: Checkpoint) -> Judgement:
    """The verdict of what was said in the checkpoint's window. The occasion is already known to exist."""
    known = record.scenario.doc.customer.known
    turns = turns_of(checkpoint, record.talk, name_known=known)
    marks = marks_of(checkpoint, turns)
    verdict = verdict_so_far(checkpoint, record.talk, name_known=known)
    if checkpoint.always:
        return _always(record, checkpoint, marks, verdict)
    if checkpoint.id == "verify-identity":
        raise AssertionError("verify-identity has a judge of its own")
    if verdict in (Verdict.MET, Verdict.UNCLEAR):
        turn, mark = _deciding(checkpoint, record, marks, verdict)
        reason = "words-met" if verdict is Verdict.MET and mark.reason != "heard-as-name" else mark.reason
        reason = reason or "words-unclear"
        return Judgement(verdict, reason, _quotes(record, [(turn, mark)]), mark.rule, mark.args)
    return _missing(record, checkpoint, turns, marks)


def _always(record: Record, checkpoint: Checkpoint, marks: Sequence[tuple[Turn, Mark]], verdict: Verdict) -> Judgement:
    """Must hold in every turn: each breach is quoted; without one, nothing needs to be."""
    if verdict is Verdict.NOT_APPLICABLE:
        return Judgement(verdict, "na-no-turn")
    if verdict is Verdict.MET:
        return Judgement(verdict, "always-met", args=(("turns", str(len(marks))),))
    guilty = [(turn, mark) for turn, mark in marks if mark.verdict == verdict]
    mark = guilty[0][1]
    reason = mark.reason or ("words-breach" if verdict is Verdict.MISSED else "words-unclear")
    evidence = _quotes(record, guilty) or absence([turn for turn, _ in guilty])
    return Judgement(verdict, reason, evidence, mark.rule or checkpoint.id, mark.args)


def _deciding(
    checkpoint: Checkpoint, record: Record, marks: Sequence[tuple[Turn, Mark]], verdict: Verdict
) -> tuple[Turn, Mark]:
    """The first turn whose mark is the verdict; the offer of help after a limit counts from the limit on."""
    fitting = [(turn, mark) for turn, mark in marks if mark.verdict == verdict]
    if checkpoint.id == "offer-help-after-limit":
        limits = [turn.first_seq for turn in record.talk.to_customer if turn.is_met("limit-offensive-language")]
        fitting = [(turn, mark) for turn, mark in fitting if limits and turn.first_seq >= limits[0]] or fitting
    return fitting[0]


def _missing(
    record: Record, checkpoint: Checkpoint, turns: Sequence[Turn], marks: Sequence[tuple[Turn, Mark]]
) -> Judgement:
    """Not met: the turn that came nearest says what it lacks; a phrase that forbids is quoted."""
    forbidden = [(turn, mark) for turn, mark in marks if mark.spans and not mark.missing]
    if forbidden:
        turn, mark = forbidden[0]
        reason = mark.reason or "words-spoilt"
        return Judgement(Verdict.MISSED, reason, _quotes(record, [(turn, mark)]), mark.rule, mark.args)
    halves = sorted((m for m in marks if m[1].spans), key=lambda found: len(found[1].missing))
    if halves:
        turn, mark = halves[0]
        args = (*mark.args, ("missing", ", ".join(mark.missing)))
        return Judgement(
            Verdict.MISSED, "words-half", _quotes(record, [(turn, mark)]), mark.rule, tuple(sorted({*args}))
        )
    if not turns:
        return Judgement(Verdict.MISSED, "words-no-turn", rule=checkpoint.id)
    return Judgement(Verdict.MISSED, "words-absent", absence(turns), checkpoint.id)


def _quotes(record: Record, found: Sequence[tuple[Turn, Mark]]) -> tuple[Evidence, ...]:
    spans = dict.fromkeys(span for _, mark in found for span in mark.spans)
    return tuple(record.quote(*span) for span in sorted(spans))


def doubted_secrets(marks: Sequence[tuple[Turn, Mark]]) -> list[tuple[Turn, Mark]]:
    """Turns in which a secret was perhaps asked for: the words are there, and were heard badly."""
    return [(turn, mark) for turn, mark in marks if mark.verdict == Verdict.UNCLEAR and "/forbid" in mark.rule]


def judge_identity(record: Record) -> Judgement:
    """verify-identity: a validating question before the first account datum; a password asked for fails at once."""
    turns = record.talk.to_customer
    marks = [(turn, turn.marks["verify-identity"]) for turn in turns if "verify-identity" in turn.marks]
    secrets = [(turn, mark) for turn, mark in marks if mark.reason == "reply-forbidden"]
    if secrets:
        mark = secrets[0][1]
        return Judgement(
            Verdict.MISSED, mark.reason or "identity-secret", _quotes(record, secrets), mark.rule, mark.args
        )
    doubted = doubted_secrets(marks)
    if doubted:
        mark = doubted[0][1]
        return Judgement(Verdict.UNCLEAR, mark.reason, _quotes(record, doubted), mark.rule, mark.args)
    data = [(turn, turn.marks["sheet:account-data"]) for turn in turns if "sheet:account-data" in turn.marks]
    given = [(turn, mark) for turn, mark in data if mark.verdict == Verdict.MET]
    asked = [(turn, mark) for turn, mark in marks if mark.verdict == Verdict.MET]
    first_asked = asked[0][0].first_seq if asked else None
    perhaps = [
        (turn, mark) for turn, mark in data
        if mark.verdict == Verdict.UNCLEAR and (first_asked is None or turn.first_seq <= first_asked)
    ]  # fmt: skip
    if first_asked is not None and (not given or first_asked < given[0][0].first_seq):
        if perhaps:
            return Judgement(Verdict.UNCLEAR, "words-unclear", _quotes(record, perhaps[:1]), "sheet:account-data")
        return Judgement(Verdict.MET, "identity-met", _quotes(record, asked[:1]), asked[0][1].rule)
    if given:
        return Judgement(Verdict.MISSED, "identity-late", _quotes(record, given[:1]), "sheet:account-data")
    if perhaps:
        return Judgement(Verdict.UNCLEAR, "words-unclear", _quotes(record, perhaps[:1]), "sheet:account-data")
    unclear = [(turn, mark) for turn, mark in marks if mark.verdict == Verdict.UNCLEAR]
    if unclear:
        return Judgement(Verdict.UNCLEAR, "words-unclear", _quotes(record, unclear), unclear[0][1].rule)
    return Judgement(Verdict.MISSED, "identity-never", absence(turns), "verify-identity")
