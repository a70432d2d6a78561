"""Reading a reply: tokens with offsets into the original, sentences, clauses, questions, quotations, fillers.

Nothing here knows the lexicon; `read` is a function of the text alone. Positions are indexes into `Reading.tokens`; a
slip such as «porfavor» gives two tokens with the same offsets. Boundaries come in three strengths:

- sentence: `. ! ? ;` and line breaks (not after abbreviations, not inside figures and addresses);
- clause: a sentence, or a breaker such as *pero, aunque, entonces* inside it (nothing depends on punctuation);
- segment: a clause, or a comma, colon, bracket, dash, opening «¿», emoji inside it. Negation stops here.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from simulator.language.folding import fold
from simulator.language.words import ABBREVIATIONS, BREAKER_PAIRS, BREAKERS, FILLER_PAIRS, FILLERS, SLIPS

ANALYSED_TOKENS = 1_000
"""How many tokens of a reply are analysed; what follows is only counted. A turn of a call has 20, a long e-mail 400."""


class Kind(StrEnum):
    WORD = "word"
    NUMBER = "number"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or address. `start` and `end` are code points of the original; `text` is the original's slice."""

    text: str
    folded: str
    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply as read. All sequences but `tokens_before` have one entry per token."""

    original: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    sentence: tuple[int, ...]
    clause: tuple[int, ...]
    segment: tuple[int, ...]
    question: tuple[bool, ...]
    quoted: tuple[bool, ...]
    tokens_before: tuple[int, ...]
    """Tokens that are no fillers before each position; one entry more than `tokens`."""
    truncated: bool

    @property
    def clauses(self) -> tuple[tuple[int, int], ...]:
        """First position and the position after the last of each clause."""
        return _runs(self.clause)

    @property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """First position and the position after the last of each sentence."""
        return _runs(self.sentence)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original of the tokens from position `start` to before `end`."""
        return self.tokens[start].start, self.tokens[end - 1].end

    def between(self, end: int, start: int) -> int:
        """Words that count between position `end` (exclusive end of the left part) and `start`."""
        return self.tokens_before[start] - self.tokens_before[end]


_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>«»\"]{0,300}[^\s<>«»\".,;:!?)…]"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){0,4}\.(?:com|es|net|org|example|gob|gov|edu|app|io)"
    r"(?:\.[a-z]{2})?\b(?:/[\w./-]{0,200}\w)?"
    r"|[^\W_][\w-]{0,62}\.(?:co|mx|ar|pe|cl|ec|ve|do)\b(?:/[\w./-]{0,200}\w)?)"
    r"|(?P<number>\d+(?:[.,:/-]\d+)*)"
    r"|(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’](?=[^\W\d_]))*)",
    re.IGNORECASE,
)
"""Parts of an address are bounded, so that no text makes the search return to the same letters without end."""
_KINDS = {"address": Kind.ADDRESS, "number": Kind.NUMBER, "word": Kind.WORD}
_HARD = re.compile(r"[?!;\n\r\u2028\u2029¡]")
_PLAIN_GAP = frozenset({" ", "", "-", "/", "'", " $", "$", " S/", "  "})


def read(text: str) -> Reading:
    """Read a reply. Any string is accepted; the work is bounded by `ANALYSED_TOKENS`."""
    tokens: list[Token] = []
    sentence: list[int] = []
    clause: list[int] = []
    segment: list[int] = []
    question: list[bool] = []
    quoted: list[bool] = []
    sentences = clauses = segments = 0
    question_from = 0
    quote_from = -1
    previous_end = 0
    truncated = False
    for match in _TOKEN.finditer(text):
        if len(tokens) >= ANALYSED_TOKENS:
            truncated = True
            break
        start, end = match.span()
        gap = text[previous_end:start]
        if gap not in _PLAIN_GAP:
            position = len(tokens)
            if len(gap) > 200:
                gap = gap[:100] + gap[-100:]
            hard, soft = _boundary(gap, tokens[-1] if tokens else None)
            if "?" in gap:
                question[question_from:position] = [True] * (position - question_from)
            if hard:
                sentences, clauses, segments = sentences + 1, clauses + 1, segments + 1
                question_from = position
            elif soft:
                segments += 1
            if "¿" in gap:
                question_from = position
                segments += not (hard or soft)
            quote_from = _quotation(gap, quote_from, position, quoted)
        previous_end = end
        slice_ = match.group()
        kind = _KINDS[match.lastgroup or "word"]
        folded = fold(slice_)
        parts = SLIPS.get(folded, (folded,)) if kind is Kind.WORD else (folded,)
        if folded == "d" and slice_ == "D":
            parts = ("don",)
        for part in parts:
            before = tokens[-1].folded if tokens else ""
            if tokens and sentence[-1] == sentences:
                pair = (before, part) in BREAKER_PAIRS
                if pair or part in BREAKERS:
                    clauses, segments = clauses + 1, segments + 1
                if pair:
                    clause[-1], segment[-1] = clauses, segments
            tokens.append(Token(slice_, part, start, end, kind))
            sentence.append(sentences)
            clause.append(clauses)
            segment.append(segments)
            question.append(False)
            quoted.append(False)
    tail = text[previous_end : previous_end + 200]
    if "?" in tail and not truncated:
        question[question_from:] = [True] * (len(tokens) - question_from)
    _quotation(tail, quote_from, len(tokens), quoted)
    words = tuple(token.folded for token in tokens)
    return Reading(
        original=text,
        tokens=tuple(tokens),
        words=words,
        sentence=tuple(sentence),
        clause=tuple(clause),
        segment=tuple(segment),
        question=tuple(question),
        quoted=tuple(quoted),
        tokens_before=_counting(words),
        truncated=truncated,
    )


def _boundary(gap: str, before: Token | None) -> tuple[bool, bool]:
    """Does what stands between two tokens end a sentence; does it end a segment?"""
    if _HARD.search(gap):
        return True, True
    if "." in gap:
        if ".." in gap:
            return False, True
        abbreviated = before is not None and (
            before.text.lower() in ABBREVIATIONS or (len(before.text) == 1 and before.text.isupper())
        )
        if not abbreviated and gap[gap.index(".") + 1 :][:1] in ("", " ", "\t", "»", '"', "”", ")"):
            return True, True
        return False, not abbreviated and gap.strip() != "."
    bare = gap.strip()
    return False, bool(bare) and bare not in ("$", "/", "-", "'", "°", "º", "%", "*", "#", "€", "+", "&")


def _quotation(gap: str, quote_from: int, position: int, quoted: list[bool]) -> int:
    """Follow quotation marks through a gap; marks the tokens of a closed quotation. Returns where an open one began."""
    for mark in gap:
        if mark in "«“" or (mark == '"' and quote_from < 0):
            quote_from = position
        elif mark in '»”"' and quote_from >= 0:
            quoted[quote_from:position] = [True] * (position - quote_from)
            quote_from = -1
    return quote_from


def _counting(words: tuple[str, ...]) -> tuple[int, ...]:
    """How many words that are no fillers stand before each position."""
    total = 0
    counts = [0]
    for index, word in enumerate(words):
        filler = (
            word in FILLERS
            or (index + 1 < len(words) and (word, words[index + 1]) in FILLER_PAIRS)
            or (index > 0 and (words[index - 1], word) in FILLER_PAIRS)
        )
        total += not filler
        counts.append(total)
    return tuple(counts)


def _runs(numbers: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(numbers) + 1):
        if index == len(numbers) or numbers[index] != numbers[start]:
            runs.append((start, index))
            start = index
    return tuple(runs)
