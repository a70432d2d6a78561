"""What a reply says by each rule and by the weights: verdict, proof, reason.

The reply is judged alone, standing in its window.
"""

from collections.abc import Mapping

from simulator.language.features import extract
from simulator.language.lexicon import Lexicon
from simulator.language.match import Context
from simulator.language.situation import Situation
from simulator.language.text import read
from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.finding import Finding, Spans
from simulator.protocol.judging import judge
from simulator.protocol.weighing import Weighed, Weights

__all__ = ["Finding", "case_of", "understand"]

LEAST_TO_BREAK = 3
"""Words of a reply in which the weights alone may find a breach; a rule finds shorter ones."""

SLIGHT = 500
"""So much words may lean against a reply in which no rule finds a breach, and still say nothing."""
LEAST_AGAINST = 800
"""So much they must speak against it; between the two a person decides.

Most short replies of the training are breaches, so that the scales lean: «Que tenga un buen día» was rude. Of 3,114
replies marked as courteous 19 were rude by the weights, now 7 are; of 424 rude ones 413 were found, now 370 are and 32
go to a person."""


def understand(rules: Mapping[str, Rule], situation: Situation, text: str) -> dict[str, Finding]:
    """Judge a reply by every rule. Never raises, whatever the text; the time is bounded by `ANALYSED_TOKENS`."""
    reading = read(text)
    contexts: dict[Lexicon, Context] = {}
    scales: dict[Weights, Weighed] = {}
    found: dict[str, Finding] = {}
    for id, rule in rules.items():
        context = contexts.get(rule.lexicon)
        if context is None:
            shared = next(iter(contexts.values()), None)
            context = contexts[rule.lexicon] = Context(reading, situation, rule.lexicon, shared)
        finding = judge(rule, context)
        if rule.weights is not None and rule.id in rule.weights and reading.words:
            weighed = scales.get(rule.weights)
            if weighed is None:
                weighed = scales[rule.weights] = rule.weights.weigh(extract(context))
            finding = weigh(rule, context, finding, weighed)
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


def weigh(rule: Rule, context: Context, finding: Finding, weighed: Weighed) -> Finding:
    """The verdict after all words were weighed. What does not apply is not weighed; where rule and weights agree, the
    rule's own proof stands."""
    if finding.verdict is Verdict.NOT_APPLICABLE or rule.weights is None:
        return finding
    if rule.positive and finding.reason == "reply-forbidden":
        return finding  # asking for a password is not outweighed by the good questions beside it
    if finding.reason == "reply-long-sentences":
        return finding  # counted
    _, column = rule.weights.columns[rule.id]
    score = weighed.score(rule.id, case_of(finding))
    verdict = Verdict.MET if score > 0 else Verdict.UNCLEAR if score > -column.band else Verdict.MISSED
    if verdict is Verdict.MET and finding.verdict is not Verdict.MET and score <= column.band:
        verdict = Verdict.UNCLEAR  # the rule found nothing, and the weights are hardly sure
    if verdict is finding.verdict:
        return finding
    breach = rule.forbidding
    if breach and finding.verdict is Verdict.MET:
        verdict = _without_prejudice(verdict, weighed.words(rule.id))
        if verdict is Verdict.MET:
            return finding
    against = () if verdict is Verdict.MET else _weightiest(weighed, rule.id, context, -1)
    provable = bool(finding.spans) or (bool(against) and len(context.reading.words) >= LEAST_TO_BREAK)
    if breach and verdict is not Verdict.MET and not provable:
        return finding  # the weights alone find no breach without words that prove it, nor in a bare «ya» or «bueno»
    which = f"{rule.id}/weights"
    if verdict is Verdict.MET:
        spans = () if breach else _weightiest(weighed, rule.id, context, 1)
        reason = "reply-weighed-fine" if breach else "reply-weighed"
        return Finding(verdict, spans, which, reason=reason, args={"quote": _quote(context, spans)})
    if verdict is Verdict.UNCLEAR:
        spans = finding.spans or (against if breach else _weightiest(weighed, rule.id, context, 1))
        args = {"quote": _quote(context, spans)}
        return Finding(verdict, spans, which, finding.missing, "reply-weighed-unclear", args)
    if breach:
        return Finding(verdict, against, which, reason="reply-weighed-breach", args={"quote": _quote(context, against)})
    shown = {"quote": _quote(context, finding.spans), "against": _quote(context, against)}
    reason = "reply-outweighed" if shown["quote"] and shown["against"] else "reply-absent"
    return Finding(verdict, finding.spans, which, finding.missing, reason, shown)


def _without_prejudice(verdict: Verdict, words: int) -> Verdict:
    """A breach that no rule found, by what the words themselves say and not by what is usual in replies so short."""
    if words > -SLIGHT:
        return Verdict.MET
    return Verdict.UNCLEAR if words > -LEAST_AGAINST else verdict


def _weightiest(weighed: Weighed, id: str, context: Context, sign: int) -> Spans:
    """The words that weigh most for (1) or against (-1), as a proof."""
    place = weighed.deciding(id, context.reading, sign)
    return () if place is None else (context.reading.span(*place),)


def _quote(context: Context, spans: Spans) -> str:
    return context.reading.original[spans[0][0] : spans[0][1]] if spans else ""
