"""What was spoken is marked by what a recogniser heard, and a recogniser errs: doubt is never held against the agent.

- A name or number misheard costs nothing: what sounds like the name counts as the name; where only another name or
  number would have met the rule and the hearing was doubtful, a person decides.
- A name that the recogniser cannot write at all may be in what stands where a name would be said: a person decides.
- Where the deciding words were heard badly, a person decides; so where something is missing from a turn that was heard
  badly as a whole, or may be what a badly heard stretch sounds like («muy los días» for «muy buenos días»).
- A breach that nobody heard is none; nor does a sure word prove one between two that were heard badly («soy tu se o
  hay» for «con mucho gusto, ¿hay»): a person decides.
- Without punctuation the pauses tell where sentences end.

What the trainee read, could mend and sent by hand is their word: there only names and numbers are still forgiven, where
they sound alike, and where the trainee left words that had been heard badly: one reads over a wrong name easily.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from simulator.language.folding import fold
from simulator.language.numerals import digits_of, quantities
from simulator.language.situation import Situation
from simulator.language.sounding import likeness, runs_like
from simulator.language.text import Reading, read
from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.finding import Finding, Spans
from simulator.protocol.understanding import understand
from simulator.session.events import Recognised
from simulator.session.phrases import alike

SURE: Final = 75
"""Confidence (0–100) below which words were not heard well: recognised sentences have .94 on average, words put into
the speaker's mouth .55, and .75 tells them apart (SPEECH.md, AUC .96)."""
MOST_TRIES: Final = 6
"""How often a turn is read anew with a doubtful word replaced."""
_MOST_RUNS: Final = 4
_A_RULE: Final = 2
_MOST_PHRASES: Final = 12
"""So many stretches of a turn are tried as so many phrases of each rule, and so many in all: each costs a reading."""
_RUN: Final = 3
"""So many words a name that the recogniser does not know falls into at most."""
_READ_OVER: Final = 2
_ANNOUNCES: Final = frozenset(
    {"habla", "saluda", "atiende", "acompaña", "soy", "llamo", "es", "señor", "señora", "señorita", "don", "doña"}
)
"""After these a name is said: «le habla …», «mi nombre es …», «señora …»."""
_HALF_ALIKE: Final = 50

_FIGURES: Final = frozenset({"number", "amount", "phone"})
_LEAST_DIGITS: Final = 3
_LIKE_DIGITS: Final = 60
"""«4472» for «4471-22» is a slip; «15» or «mañana» is another thing."""
_STOPS = frozenset(".!?;…")

Spoken = tuple[int, str, Recognised | None, tuple[tuple[str, int], ...]]
"""A spoken message of the turn: where it begins in the joined text, its text, how it was heard, its measures."""
_Swap = tuple[int, int, str]
"""A piece of the text (start, end) and what is put in its place."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """How well the words of a turn were heard. `words`: start, end in the joined text, confidence (typed words are not
    in it); `left`: the same of words that the trainee read and left; `stretches`: pieces of speech between pauses;
    `unheard`: words of names that the recogniser cannot write."""

    words: tuple[tuple[int, int, int], ...]
    stretches: int
    punctuated: bool
    left: tuple[tuple[int, int, int], ...] = ()
    unheard: frozenset[str] = frozenset()

    @classmethod
    def of(cls, messages: Iterable[Spoken]) -> "Doubts":
        """Of the spoken messages of a turn."""
        words: list[tuple[int, int, int]] = []
        left: list[tuple[int, int, int]] = []
        unheard: set[str] = set()
        stretches, punctuated = 0, False
        for start, text, recognised, voice in messages:
            measured = dict(voice)
            stretches += 1 + measured.get("pauses", 0)
            punctuated = punctuated or not _STOPS.isdisjoint(text)
            unheard.update(fold(word) for word in (recognised.unheard if recognised is not None else ()))
            reviewed = recognised is not None and recognised.reviewed
            heard = left if reviewed else words
            heard.extend((start + a, start + b, sure) for a, b, sure in _heard(text, recognised, measured))
        return cls(tuple(words), stretches, punctuated, tuple(left), frozenset(unheard))

    def over(self, spans: Spans) -> int:
        """Mean confidence of the spoken words that the spans touch; 100 when they touch none."""
        return _mean_over(self.words, spans)

    def amid(self, spans: Spans) -> int:
        """The same, a word between two that were heard badly being no surer than the three together: the recogniser
        found words where others were said."""
        sures = [sure for _, _, sure in self.words]
        three = list(zip(sures, sures[1:], sures[2:], strict=False))
        settled = [sum(run) // 3 if max(run[0], run[2]) < SURE else run[1] for run in three]
        inside = zip(self.words[1:-1], settled, strict=True)
        return _mean_over((*self.words[:1], *((a, b, sure) for (a, b, _), sure in inside), *self.words[-1:]), spans)

    def of_figure(self, span: tuple[int, int]) -> int | None:
        """Mean confidence of the words of a figure, those that were read and left included; None for a typed one."""
        spoken = self.words + self.left
        return _mean_over(spoken, (span,)) if any(span[0] <= a < span[1] for a, _, _ in spoken) else None

    def cannot_write(self, name: str) -> bool:
        """Whether a word of the name is one that the recogniser cannot write."""
        return any(fold(word) in self.unheard for word in name.split())

    @property
    def overall(self) -> int:
        """Mean confidence of all spoken words; 100 without any."""
        return sum(sure for _, _, sure in self.words) // len(self.words) if self.words else 100

    def unsure(self) -> Iterator[tuple[int, int]]:
        """Runs of words that were heard badly: start, end. Of words that were read and left, only one or two among well
        heard ones: who reads a text that is wrong as a whole sees it."""
        for run in _badly_heard(self.words):
            for at in range(0, len(run), _RUN):
                yield run[at][0], run[at : at + _RUN][-1][1]
        for run in _badly_heard(self.left):
            if len(run) <= _READ_OVER:
                yield run[0][0], run[-1][1]


def lenient(
    rules: Mapping[str, Rule], now: Situation, text: str, found: Mapping[str, Finding], doubts: Doubts
) -> dict[str, Finding]:
    """The findings of a spoken turn after all doubt about the hearing was given to the agent."""
    judged = dict(found)
    judged |= _by_pauses(rules, now, text, judged, doubts)
    judged |= _with_names(rules, now, text, judged)
    judged |= _with_other_words(rules, now, text, judged, doubts)
    judged |= _with_phrases(rules, now, text, judged, doubts)
    return {id: _doubted(rules[id], finding, doubts) for id, finding in judged.items()}


def _heard(text: str, recognised: Recognised | None, voice: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """Start, end and confidence of each word of a spoken message; without those that the trainee wrote."""
    if recognised is not None and recognised.reviewed:
        yield from _left(text, recognised)
    elif recognised is not None and recognised.words and recognised.text == text:
        yield from ((a, b, 0 if recognised.rejected else sure) for a, b, sure in recognised.words)
    else:
        yield from _unmeasured(text, recognised, voice)


def _left(text: str, recognised: Recognised) -> Iterator[tuple[int, int, int]]:
    """The words of a mended text that stand as they were heard."""
    tokens = read(text).tokens
    said = [recognised.text[a:b].lower() for a, b, _ in recognised.words]
    same = SequenceMatcher(None, said, [text[token.start : token.end].lower() for token in tokens], autojunk=False)
    for block in same.get_matching_blocks():
        for step in range(block.size):
            token = tokens[block.b + step]
            yield token.start, token.end, recognised.words[block.a + step][2]


def _unmeasured(text: str, recognised: Recognised | None, voice: Mapping[str, int]) -> Iterator[tuple[int, int, int]]:
    """The words where the confidence of the whole is all that is known."""
    sure = 0 if recognised is not None and recognised.rejected else voice.get("confidence", 100)
    yield from ((token.start, token.end, sure) for token in read(text).tokens)


def _badly_heard(words: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """The longest runs of words below `SURE`."""
    for doubtful, run in groupby(words, lambda word: word[2] < SURE):
        if doubtful:
            yield list(run)


def _mean_over(words: Sequence[tuple[int, int, int]], spans: Spans) -> int:
    """Mean confidence of the words that the spans touch; 100 when they touch none."""
    touched = [sure for a, b, sure in words if any(a < end and start < b for start, end in spans)]
    return sum(touched) // len(touched) if touched else 100


def _by_pauses(
    rules: Mapping[str, Rule], now: Situation, text: str, found: Mapping[str, Finding], doubts: Doubts
) -> dict[str, Finding]:
    """A recogniser writes no full stops: where sentences seem too long, the turn is read anew in as many equal ones as
    its pauses make."""
    long = {id: rules[id] for id, finding in found.items() if finding.reason == "reply-long-sentences"}
    words = [token.start for token in read(text).tokens]
    if not long or doubts.punctuated or doubts.stretches < 2 or len(words) < 2 * doubts.stretches:
        return {}
    stops = [words[len(words) * part // doubts.stretches] - 1 for part in range(1, doubts.stretches)]
    swaps = [(stop, stop + 1, ". ") for stop in stops]
    anew = understand(long, now, _swapped(text, swaps))
    return {id: replace(finding, spans=_back(finding.spans, swaps)) for id, finding in anew.items()}


def _wanting(rules: Mapping[str, Rule], found: Mapping[str, Finding]) -> dict[str, Rule]:
    """The rules that say what must be said, and did not find it."""
    return {
        id: rules[id]
        for id, finding in found.items()
        if rules[id].positive and finding.verdict in (Verdict.MISSED, Verdict.UNCLEAR)
        and finding.reason != "reply-forbidden"
    }  # fmt: skip


def _with_names(
    rules: Mapping[str, Rule], now: Situation, text: str, found: Mapping[str, Finding]
) -> dict[str, Finding]:
    """What is met once the words that sound like a name are read as the name."""
    wanting = _wanting(rules, found)
    reading = read(text)
    swaps = _sounding(reading, _names(now)) if wanting else []
    if not swaps:
        return {}
    anew = understand(wanting, now, _swapped(text, swaps))
    heard = ", ".join(f"{text[a:b]} → {name}" for a, b, name in swaps)
    return {
        id: Finding(
            Verdict.MET, _back(finding.spans, swaps), finding.rule, reason="heard-as-name", args={"heard": heard}
        )
        for id, finding in anew.items()
        if finding.verdict is Verdict.MET
    }


def _with_other_words(
    rules: Mapping[str, Rule], now: Situation, text: str, found: Mapping[str, Finding], doubts: Doubts
) -> dict[str, Finding]:
    """What would be met if a doubtful word were a name, or a number another number: a person decides."""
    wanting = _wanting(rules, found)
    unclear: dict[str, Finding] = {}
    tries = [*_replacements(text, now, doubts)[:MOST_TRIES], *_unheard_names(text, now, doubts)[:MOST_TRIES]]
    for a, b, other in tries if wanting else ():
        open_ones = {id: rule for id, rule in wanting.items() if id not in unclear}
        unclear |= _met_by(open_ones, now, text, (a, b, other))
    return unclear


def _with_phrases(
    rules: Mapping[str, Rule], now: Situation, text: str, found: Mapping[str, Finding], doubts: Doubts
) -> dict[str, Finding]:
    """What would be met if a badly heard stretch were what sounds like it in the rule's own examples: a person decides.
    Not of words that were read and left: who reads «los días» for «buenos días» sees it."""
    runs = [(run[0][0], run[-1][1]) for run in _badly_heard(doubts.words)][:_MOST_RUNS]
    absent = [
        id for id, one in found.items()
        if one.verdict is Verdict.MISSED and not one.spans and not rules[id].forbidding
    ]  # fmt: skip
    tries = [
        (like, id, (a, b, phrase))
        for id in absent
        for a, b in runs
        for like, phrase in alike(rules[id], text[a:b], _A_RULE)
    ]
    likest = sorted(tries, key=lambda one: -one[0])[:_MOST_PHRASES]
    unclear: dict[str, Finding] = {}
    for _like, id, swap in likest:
        if id not in unclear:
            unclear |= _met_by({id: rules[id]}, now, text, swap)
    return unclear


def _met_by(rules: Mapping[str, Rule], now: Situation, text: str, swap: _Swap) -> dict[str, Finding]:
    """The rules that are met with other words in the place of those heard, each left to a person."""
    a, b, other = swap
    args = {"heard": text[a:b], "meant": other}
    return {
        id: Finding(Verdict.UNCLEAR, ((a, b),), finding.rule, reason="heard-another", args=args)
        for id, finding in understand(rules, now, _swapped(text, [swap])).items()
        if finding.verdict is Verdict.MET
    }


def _replacements(text: str, now: Situation, doubts: Doubts) -> list[_Swap]:
    reading = read(text)
    swaps: list[_Swap] = []
    for quantity in quantities(reading) if doubts.words or doubts.left else ():
        a, b = reading.span(quantity.start, quantity.end)
        sure = doubts.of_figure((a, b))
        if quantity.kind not in _FIGURES or sure is None:
            continue
        heard = digits_of(reading, quantity.start, quantity.end)
        swaps.extend((a, b, other) for other in _numbers(now) if sure < SURE or _is_slip(heard, other))
    names = [name for name in (now.company, now.agent.split(" ")[0], now.customer or "") if name]
    swaps.extend((a, b, name) for a, b in doubts.unsure() for name in names)
    return swaps


def _unheard_names(text: str, now: Situation, doubts: Doubts) -> list[_Swap]:
    """What may have been a name that the recogniser cannot write: one or two words after those that announce a person,
    and what sounds a little like the company."""
    people = [name for name in (now.agent.split(" ")[0], now.customer or "") if doubts.cannot_write(name)]
    company = now.company if doubts.cannot_write(now.company) else ""
    if not people and not company:
        return []
    reading, spoken = read(text), {start for start, _, _ in (*doubts.words, *doubts.left)}
    tokens = [token if token.start in spoken else None for token in reading.tokens]
    swaps: list[_Swap] = []
    companies: list[tuple[int, _Swap]] = []
    for at, token in enumerate(tokens):
        for length in (1, 2, 3):
            run = [word for word in tokens[at : at + length] if word is not None]
            if token is None or len(run) < length:
                break
            a, b = run[0].start, run[-1].end
            if length < _RUN and at and reading.tokens[at - 1].text in _ANNOUNCES:
                swaps.extend((a, b, name) for name in people)
            if company and likeness(text[a:b], company) >= _HALF_ALIKE:
                companies.append((-likeness(text[a:b], company), (a, b, company)))
    return [*(swap for _unlike, swap in sorted(companies)), *swaps]


def _is_slip(heard: str, number: str) -> bool:
    """Whether a figure of three digits or more is one that a recogniser may have made of `number`."""
    digits = "".join(character for character in number if character.isdigit())
    if len(heard) < _LEAST_DIGITS or len(digits) < _LEAST_DIGITS or heard == digits:
        return False
    return likeness(heard, digits) >= _LIKE_DIGITS


def _numbers(now: Situation) -> list[str]:
    """The numbers that matter at this moment: the account, and what the customer just said."""
    said = read(now.customer_turn or "")
    found = [said.original[slice(*said.span(q.start, q.end))] for q in quantities(said) if q.kind in _FIGURES]
    return list(dict.fromkeys([*([now.account] if now.account else []), *found]))


def _names(now: Situation) -> list[str]:
    """The names of the situation, whole and by parts, the longest first."""
    people = [name for name in (now.agent, now.customer, now.supervisor) if name]
    whole = [now.company, *now.company_aliases, *people, *now.areas, *now.products]
    parts = [part for name in people for part in name.split() if len(part) > 3]
    return sorted(dict.fromkeys(name for name in (*whole, *parts) if name), key=len, reverse=True)


def _sounding(reading: Reading, names: Sequence[str]) -> list[_Swap]:
    """The runs of words that sound like a name, none overlapping; names that were heard rightly stay."""
    words = [token.text for token in reading.tokens]
    taken: set[int] = set()
    swaps: list[_Swap] = []
    for name in names:
        for start, end, _ in runs_like(words, name):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                swaps.append((*reading.span(start, end), name))
                break
    return sorted(swaps)


def _swapped(text: str, swaps: Sequence[_Swap]) -> str:
    for a, b, other in reversed(swaps):
        text = text[:a] + other + text[b:]
    return text


def _back(spans: Spans, swaps: Sequence[_Swap]) -> Spans:
    """Spans of the swapped text in the text as it was heard."""

    def place(at: int, *, end: bool) -> int:
        shift = 0
        for a, b, other in swaps:
            first, last = a + shift, a + shift + len(other)
            if at < first or (end and at == first):
                break
            if at < last or (end and at == last):
                return b if end else a
            shift += len(other) - (b - a)
        return at - shift

    return tuple((place(start, end=False), place(stop, end=True)) for start, stop in spans)


def _doubted(rule: Rule, finding: Finding, doubts: Doubts) -> Finding:
    """A person decides where the deciding words, or a turn in which something is missing, were heard badly."""
    if finding.verdict not in (Verdict.MET, Verdict.MISSED) or finding.reason == "heard-as-name":
        return finding
    if not finding.spans and (finding.verdict is Verdict.MET or rule.forbidding):
        return finding  # nothing was heard against it
    over = doubts.amid if rule.forbidding else doubts.over
    sure = over(finding.spans) if finding.spans else doubts.overall
    if finding.verdict is Verdict.MISSED and not rule.forbidding:
        sure = min(sure, doubts.overall)
    if sure >= SURE:
        return finding
    reason = "heard-faintly" if finding.verdict is Verdict.MET else "heard-badly"
    return replace(finding, verdict=Verdict.UNCLEAR, reason=reason, args={"confidence": sure})
