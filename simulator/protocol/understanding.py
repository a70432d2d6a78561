"""What a reply says by each rule and by the weights: verdict, proof, reason.

The reply is judged alone, standing in its window.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from simulator.language.features import extract
from simulator.language.lexicon import Lexicon
from simulator.language.match import Context
from simulator.language.questions import joined_question
from simulator.language.situation import Situation
from simulator.language.text import read
from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.finding import Finding, Spans
from simulator.protocol.judging import judge
from simulator.protocol.passages import Piece, joined, pages, pieces, sentences_of, weighed_apart
from simulator.protocol.weighing import Weighed, Weights

__all__ = ["Finding", "case_of", "understand"]

WEIGHED = "/weights"
"""What a finding's rule ends with when the weights decided."""

LEAST_TO_BREAK = 3
"""Words of a reply in which the weights alone may find a breach; a rule finds shorter ones."""

SHORT = 12
"""Words of a reply that is too short for what is usual to count: most short replies of the training are breaches, so
that the scales lean, and «Que tenga un buen día» was rude."""
SLIGHT = 500
"""So much the words of a short reply may lean against it where no rule finds a breach, and still say nothing."""
LEAST_AGAINST = 800
"""So much they must speak against it; between the two a person decides."""


def understand(rules: Mapping[str, Rule], situation: Situation, text: str) -> dict[str, Finding]:
    """Judge a reply by every rule. Never raises, whatever the text; the time is bounded by `ANALYSED_TOKENS`."""
    parts = pieces(text)
    found = _judged(rules, situation, text, weighed=len(parts) <= 1)
    if len(parts) <= 1:
        return found | _heard_alone(rules, found, situation, text)
    apart = weighed_apart(rules, found)
    kept = {id: rule for id, rule in apart.items() if rule.forbidding}
    # What no rule finds in a letter, the weights find only where they do so in the whole of it too: a piece of
    # something else is not what they were trained on.
    open_ = {id: rule for id, rule in apart.items() if id not in kept and found[id].verdict is not Verdict.MET}
    weighed = _judged(open_, situation, text, weighed=True)
    lost = {id for id, finding in weighed.items() if finding.verdict is not Verdict.MET}
    said = {id: rule for id, rule in apart.items() if id not in kept and id not in lost}
    judged = [(part, _judged(said, situation, text[slice(*part)], weighed=True)) for part in parts]
    judged.extend(_in_their_sentences(said, found, situation, text))
    judged.extend((page, _judged(kept, situation, text[slice(*page)], weighed=True)) for page in pages(text, parts))
    for id, rule in (kept | said).items():
        found[id] = joined(rule, found[id], [(part, findings[id]) for part, findings in judged if id in findings])
    return found


def _heard_alone(
    rules: Mapping[str, Rule], whole: Mapping[str, Finding], situation: Situation, text: str
) -> dict[str, Finding]:
    """What a rule found and the other sentences outweighed («Gracias por esperarme. No aparece. ¿Me da otro minuto?»):
    it stands where its own sentences alone speak for it surely, or its own question of two that are joined («¿Con quién
    hablo y qué le aparece?»); what would fail the attempt is *unclear* where they are doubtful alone."""
    doubted = {
        id: rules[id]
        for id, finding in whole.items()
        if rules[id].positive and finding.verdict is Verdict.MISSED and finding.rule.endswith(WEIGHED) and finding.spans
    }
    heard: dict[str, Finding] = {}
    for id, own in _judged(doubted, situation, text, weighed=False).items():
        if own.verdict is not Verdict.MET:
            continue
        for part in _by_themselves(text, own):
            alone = _judged({id: rules[id]}, situation, part, weighed=True, surely=True)[id]
            if alone.verdict is Verdict.MET:
                heard[id] = own
                break
            if alone.verdict is Verdict.UNCLEAR and rules[id].critical:
                heard[id] = replace(alone, spans=own.spans)
    return heard


def _by_themselves(text: str, finding: Finding) -> Iterator[str]:
    """The sentences that hold a proof, and its question where it is joined to another one, unless that is all."""
    piece = sentences_of(text, finding)
    if piece is None:
        return
    if piece != (0, len(text)):
        yield text[slice(*piece)]
    question = joined_question(read(text), finding.spans[0][0], finding.spans[-1][1])
    if question is not None:
        yield f"{text[slice(*question)]}?"


def _in_their_sentences(
    rules: Mapping[str, Rule], whole: Mapping[str, Finding], situation: Situation, text: str
) -> Iterator[tuple[Piece, dict[str, Finding]]]:
    """What a rule found is weighed by its own sentences too: to agree there is enough."""
    held: dict[Piece, dict[str, Rule]] = {}
    for id, rule in rules.items():
        piece = sentences_of(text, whole[id])
        if whole[id].verdict is Verdict.MET and piece is not None:
            held.setdefault(piece, {})[id] = rule
    for piece, own in held.items():
        yield piece, _judged(own, situation, text[slice(*piece)], weighed=True)


def _judged(
    rules: Mapping[str, Rule], situation: Situation, text: str, *, weighed: bool, surely: bool = False
) -> dict[str, Finding]:
    reading = read(text)
    contexts: dict[Lexicon, Context] = {}
    scales: dict[Weights, Weighed] = {}
    found: dict[str, Finding] = {}
    for id, rule in rules.items():
        context = contexts.get(rule.lexicon)
        if context is None:
            first = next(iter(contexts.values()), None)
            context = contexts[rule.lexicon] = Context(reading, situation, rule.lexicon, first)
        finding = judge(rule, context)
        if weighed and rule.weights is not None and rule.id in rule.weights and reading.words:
            scale = scales.get(rule.weights)
            if scale is None:
                scale = scales[rule.weights] = rule.weights.weigh(extract(context))
            finding = weigh(rule, context, finding, scale, surely=surely)
        found[id] = finding
    return found


def case_of(finding: Finding) -> str:
    """The kind of decision that a rule came to, which the weights take into account: `met`, `missed/veto` …"""
    if finding.verdict is not Verdict.MISSED:
        return finding.verdict.value
    return f"missed/{_CASES.get(finding.reason, 'absent')}"


_CASES = {
    "reply-forbidden": "forbid",
    "reply-denied": "denied",
    "reply-vetoed": "veto",
    "reply-order": "order",
    "reply-missing": "part",
    "reply-greeting-wrong": "wrong",
}


def weigh(rule: Rule, context: Context, finding: Finding, weighed: Weighed, *, surely: bool = False) -> Finding:
    """The verdict after all words were weighed. What does not apply is not weighed; where rule and weights agree, the
    rule's own proof stands. `surely`: what is hardly met is *unclear*."""
    if finding.verdict is Verdict.NOT_APPLICABLE or rule.weights is None:
        return finding
    if rule.positive and finding.reason == "reply-forbidden":
        return finding  # asking for a password is not outweighed by the good questions beside it
    if finding.reason in ("reply-long-sentences", "reply-shouting"):
        return finding  # counted, or seen: the scales read no capitals
    _, column = rule.weights.columns[rule.id]
    score = weighed.score(rule.id, case_of(finding))
    verdict = Verdict.MET if score > 0 else Verdict.UNCLEAR if score > -column.band else Verdict.MISSED
    if verdict is Verdict.MET and (surely or finding.verdict is not Verdict.MET) and score <= column.band:
        verdict = Verdict.UNCLEAR  # the rule found nothing, and the weights are hardly sure
    if verdict is finding.verdict:
        return finding
    breach = rule.forbidding
    if breach and finding.verdict is Verdict.MET and len(context.reading.words) <= SHORT:
        verdict = _without_prejudice(verdict, weighed.words(rule.id))
        if verdict is Verdict.MET:
            return finding
    against = () if verdict is Verdict.MET else _weightiest(weighed, rule.id, context, -1)
    provable = bool(finding.spans) or (bool(against) and len(context.reading.words) >= LEAST_TO_BREAK)
    if breach and verdict is not Verdict.MET and not provable:
        return finding  # the weights alone find no breach without words that prove it, nor in a bare «ya» or «bueno»
    which = f"{rule.id}{WEIGHED}"
    if verdict is Verdict.MET:
        spans = () if breach else _weightiest(weighed, rule.id, context, 1)
        reason = "reply-weighed-fine" if breach else "reply-weighed"
        return Finding(verdict, spans, which, reason=reason, args={"quote": _quote(context, spans)})
    if verdict is Verdict.UNCLEAR:
        spans = finding.spans or (against if breach else _weightiest(weighed, rule.id, context, 1))
        args = {"quote": _quote(context, spans)}
        found = rule.positive and finding.verdict is Verdict.MET
        reason = "reply-weighed-doubtful" if found else "reply-weighed-unclear"
        return Finding(verdict, spans, which, finding.missing, reason, args)
    if breach:
        return Finding(verdict, against, which, reason="reply-weighed-breach", args={"quote": _quote(context, against)})
    shown = {"quote": _quote(context, finding.spans), "against": _quote(context, against)}
    reason = "reply-outweighed" if shown["quote"] and shown["against"] else "reply-absent"
    return Finding(verdict, finding.spans, which, finding.missing, reason, shown)


def _without_prejudice(verdict: Verdict, words: int) -> Verdict:
    """A breach that no rule found in a short reply, by what the words themselves say and not by what is usual."""
    if words > -SLIGHT:
        return Verdict.MET
    return Verdict.UNCLEAR if words > -LEAST_AGAINST else verdict


def _weightiest(weighed: Weighed, id: str, context: Context, sign: int) -> Spans:
    """The words that weigh most for (1) or against (-1), as a proof."""
    place = weighed.deciding(id, context.reading, sign)
    return () if place is None else (context.reading.span(*place),)


def _quote(context: Context, spans: Spans) -> str:
    return context.reading.original[spans[0][0] : spans[0][1]] if spans else ""
