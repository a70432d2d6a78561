"""Judging a reply by one rule, as its author wrote it."""

from collections.abc import Iterable, Sequence

from simulator.language.compiling import Bundle
from simulator.language.match import Context, Match
from simulator.language.text import read
from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.detectors import DETECTORS, Detection
from simulator.protocol.finding import Finding, Spans

MOST_QUOTED = 8
"""Spans of one finding."""
FULLER = 6
"""Words by which a quotation may be longer than the words that decided."""
NEAR = 3
"""Words by which a gap may be too wide for a near miss."""


def judge(rule: Rule, context: Context) -> Finding:
    """Judge by one rule what was read into `context` (of the rule's own lexicon)."""
    absent = _not_applicable(rule, context)
    for key, bundle in (("forbid", rule.forbid), ("too_soon", rule.too_soon)):
        broken = _forbidden(rule, bundle, context)
        if broken:
            quote = _quote(context, broken[0])
            return Finding(
                Verdict.MISSED,
                _spans(broken),
                f"{rule.id}/{key}#{broken[0].pattern}",
                reason="reply-forbidden",
                args={"quote": quote},
            )
    if absent:
        return absent
    detection = DETECTORS[rule.detector](context) if rule.detector else None
    if not rule.positive:
        if detection is None:
            return Finding(Verdict.MET, (), f"{rule.id}/forbid", reason="reply-no-breach")
        return _detected(rule, detection)
    if detection is not None and detection.verdict is not Verdict.MET and rule.detector != "time-of-day":
        return _detected(rule, detection)  # a breach stands whatever else was said
    if detection is not None and detection.verdict is Verdict.MET and rule.detector == "time-of-day":
        return _detected(rule, detection)
    return _said(rule, context, detection)


def _detected(rule: Rule, detection: Detection) -> Finding:
    return Finding(
        detection.verdict,
        detection.spans[:MOST_QUOTED],
        f"{rule.id}/{rule.detector}",
        reason=detection.reason,
        args=detection.args,
    )


def _not_applicable(rule: Rule, context: Context) -> Finding | None:
    if rule.occasion is not None:
        before = _before(rule, context)
        if not any(True for _ in before.matches(rule.occasion, negation=False)):
            return Finding(Verdict.NOT_APPLICABLE, (), f"{rule.id}/occasion", reason="reply-no-occasion")
    if rule.applies is not None and not _but(rule.unless, context, list(context.matches(rule.applies, negation=False))):
        return Finding(Verdict.NOT_APPLICABLE, (), f"{rule.id}/applies", reason="reply-no-occasion")
    if rule.exempt is not None:
        for match in context.matches(rule.exempt, negation=False):
            return Finding(
                Verdict.NOT_APPLICABLE,
                ((match.start, match.end),),
                f"{rule.id}/exempt#{match.pattern}",
                reason="reply-exempt",
                args={"quote": _quote(context, match)},
            )
    return None


def _before(rule: Rule, context: Context) -> Context:
    """What the other party said last, to be read like a reply."""
    return Context(read(context.situation.customer_turn or ""), context.situation, rule.lexicon)


def _to_say(rule: Rule, context: Context) -> list[tuple[str, Bundle]]:
    """The elements that are still to be said: without those that the other party has answered already."""
    if not rule.answered:
        return list(rule.met_all)
    before = _before(rule, context)
    answered = {name for name, bundle in rule.answered if any(True for _ in before.matches(bundle, negation=False))}
    return [element for element in rule.met_all if element[0] not in answered]


def _forbidden(rule: Rule, bundle: Bundle | None, context: Context) -> list[Match]:
    if bundle is None:
        return []
    matches = [match for match in context.matches(bundle, negation=rule.negation) if not match.negated]
    return _but(rule.unless, context, [match for match in matches if not match.doubtful])


def _but(unless: Bundle | None, context: Context, matches: list[Match]) -> list[Match]:
    """The matches that no exception overlaps."""
    if not matches or unless is None:
        return matches
    excused = list(context.matches(unless, negation=False))
    return [
        match
        for match in matches
        if not any(other.first < match.last and match.first < other.last for other in excused)
    ]


class _Search:
    """What was found of one bundle: the matches that count, and those that would but for a denial or a veto."""

    __slots__ = ("denied", "doubtful", "good", "vetoed")

    def __init__(self, rule: Rule, context: Context, bundle: Bundle, vetoes: Sequence[Match]) -> None:
        self.good: list[Match] = []
        self.doubtful: list[Match] = []
        self.denied: list[Match] = []
        self.vetoed: list[Match] = []
        # A veto cancels what it overlaps (AUTHORING.md), not all that stands in its clause.
        barred = {p for veto in vetoes if not veto.doubtful for p in range(veto.first, veto.last)}
        shaken = {p for veto in vetoes if veto.doubtful for p in range(veto.first, veto.last)}
        for match in context.matches(bundle, negation=rule.negation):
            if match.negated:
                self.denied.append(match)
            elif not barred.isdisjoint(range(match.first, match.last)):
                self.vetoed.append(match)
            elif match.doubtful or not shaken.isdisjoint(range(match.first, match.last)):
                self.doubtful.append(match)
            else:
                self.good.append(match)

    @property
    def best(self) -> Match | None:
        """The first counting pattern's match, an exact one before one with a typo, in the fullest wording found: where
        another match takes it in whole and is not much longer, that one, for it reads better as a quotation."""
        best = min(self.good, key=lambda match: (match.typo, match.pattern, match.first), default=None)
        if best is None:
            return None
        first, last = best.first, best.last
        wider = [
            match
            for match in self.good
            if match.first <= first and last <= match.last and match.last - match.first <= last - first + FULLER
        ]
        return max(wider, key=lambda match: (match.last - match.first, -match.pattern))


def _said(rule: Rule, context: Context, detection: Detection | None) -> Finding:
    vetoes = list(context.matches(rule.veto, negation=False)) if rule.veto is not None else []
    searches: list[_Search] = []
    if rule.met is not None:
        search = _Search(rule, context, rule.met, vetoes)
        if search.best is not None:
            return _met(rule, context, [search.best], f"met#{search.best.pattern}")
        searches.append(search)
    if rule.at_least is not None:
        search = _Search(rule, context, rule.at_least, vetoes)
        chosen = _apart(search.good)
        if len(chosen) >= rule.count:
            return _met(rule, context, chosen, "at_least")
        searches.append(search)
    missing: tuple[str, ...] = ()
    to_say = _to_say(rule, context)
    if to_say:
        elements = [(name, _Search(rule, context, bundle, vetoes)) for name, bundle in to_say]
        chosen_all = _all_elements(elements, in_order=rule.order)
        if chosen_all is not None:
            return _met(rule, context, chosen_all, "+".join(name for name, _ in elements))
        missing = tuple(name for name, search in elements if not search.good)
        if not missing:
            return Finding(
                Verdict.MISSED,
                _spans([search.good[0] for _, search in elements]),
                f"{rule.id}/order",
                reason="reply-order",
            )
        found_some = [match for _, search in elements for match in search.good[:1]]
        near = _near(rule, context, elements, vetoes)
        if near is not None:
            return Finding(
                Verdict.UNCLEAR,
                _spans([*found_some, near]),
                f"{rule.id}/{missing[0]}",
                missing=missing,
                reason="reply-near",
                args={"missing": missing[0], "quote": _quote(context, near)},
            )
        if rule.met is None:
            doubtful = [match for _, search in elements for match in search.doubtful[:1]]
            if doubtful and len(missing) == 1 and elements[_index(elements, missing[0])][1].doubtful:
                return _doubtful(rule, context, doubtful[0], missing)
            return Finding(
                Verdict.MISSED,
                _spans(found_some),
                f"{rule.id}/{missing[0]}",
                missing=missing,
                reason="reply-missing" if found_some else "reply-absent",
                args={"missing": ", ".join(missing)},
            )
    for search in searches:
        if search.doubtful:
            return _doubtful(rule, context, search.doubtful[0], missing)
    if detection is not None:
        return _detected(rule, detection)
    for search in searches:
        if search.denied:
            denied = search.denied[0]
            return Finding(
                Verdict.MISSED,
                ((denied.start, denied.end),),
                f"{rule.id}/met#{denied.pattern}",
                missing=missing,
                reason="reply-denied",
                args={"quote": _quote(context, denied)},
            )
    for search in searches:
        if search.vetoed:
            veto = vetoes[0]
            return Finding(
                Verdict.MISSED,
                ((search.vetoed[0].start, search.vetoed[0].end),),
                f"{rule.id}/veto#{veto.pattern}",
                missing=missing,
                reason="reply-vetoed",
                args={"quote": _quote(context, search.vetoed[0]), "veto": _quote(context, veto)},
            )
    return Finding(Verdict.MISSED, (), f"{rule.id}/met", missing=missing, reason="reply-absent")


def _met(rule: Rule, context: Context, matches: Sequence[Match], which: str) -> Finding:
    return Finding(
        Verdict.MET,
        _spans(matches),
        f"{rule.id}/{which}",
        reason="reply-said",
        args={"quote": _quote(context, matches[0])},
    )


def _doubtful(rule: Rule, context: Context, match: Match, missing: tuple[str, ...]) -> Finding:
    return Finding(
        Verdict.UNCLEAR,
        ((match.start, match.end),),
        f"{rule.id}/met#{match.pattern}",
        missing=missing,
        reason="reply-doubtful",
        args={"quote": _quote(context, match)},
    )


def _index(elements: Sequence[tuple[str, _Search]], name: str) -> int:
    return next(index for index, (other, _) in enumerate(elements) if other == name)


def _all_elements(elements: Sequence[tuple[str, _Search]], *, in_order: bool) -> list[Match] | None:
    """A match of each element, or None. In order: each begins at or after the start of the one before."""
    chosen: list[Match] = []
    since = -1
    for _, search in elements:
        if in_order:
            later = [match for match in search.good if match.first > since]
            if not later:
                return None
            best = min(later, key=lambda match: (match.first, match.pattern))
            since = best.first
            chosen.append(best)
        elif search.best is None:
            return None
        else:
            chosen.append(search.best)
    return chosen


def _near(
    rule: Rule, context: Context, elements: Sequence[tuple[str, _Search]], vetoes: Sequence[Match]
) -> Match | None:
    """The one missing element, if it is there but for a gap that is a little too wide."""
    lacking = [index for index, (_, search) in enumerate(elements) if not search.good]
    if len(lacking) != 1 or len(elements) < 2:
        return None
    name, search = elements[lacking[0]]
    if search.denied or search.vetoed:
        return None
    bundle = next(bundle for other, bundle in rule.met_all if other == name)
    wide = _Search(rule, context.widened(NEAR), bundle, vetoes)
    return wide.best


def _apart(matches: Iterable[Match]) -> list[Match]:
    """Matches that share no word, of different patterns or different places, the first ones first."""
    chosen: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.last, -match.first, match.pattern)):
        if not any(match.used & other.used for other in chosen):
            chosen.append(match)
    return chosen


def _spans(matches: Sequence[Match]) -> Spans:
    """Offsets, sorted, overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((match.start, match.end) for match in matches):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined[:MOST_QUOTED])


def _quote(context: Context, match: Match) -> str:
    return context.reading.original[match.start : match.end]
