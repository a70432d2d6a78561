"""Letters: a reply of several paragraphs, or one longer than any that the weights were trained on, is weighed piece by
piece, each as long as a reply of the training. In one text with many intentions the words of all the others would speak
against each of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.finding import Finding

PARAGRAPH_WORDS = 80
"""A paragraph is cut only when it is longer than the longest reply of the training."""
PIECE_WORDS = 40
"""Sentences of such a paragraph make one piece up to here; four in five replies of the training are no longer."""
LEAST_WORDS = 12
"""A signature or a good wish alone is not looked at for a breach."""

_PARAGRAPH = re.compile(r"[^\n]*\w[^\n]*")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*\s*")

Piece = tuple[int, int]
"""Where it begins and ends, in code points of the whole text."""


def pieces(text: str) -> list[Piece]:
    """The paragraphs in order, long ones cut at the end of a sentence."""
    found: list[Piece] = []
    for paragraph in _PARAGRAPH.finditer(text):
        if len(paragraph.group().split()) <= PARAGRAPH_WORDS:
            found.append(paragraph.span())
        else:
            found.extend(_cut(text, *paragraph.span()))
    return found


def _cut(text: str, start: int, end: int) -> Iterable[Piece]:
    made: list[Piece] = []
    for sentence in _SENTENCE.finditer(text, start, end):
        if made and len(text[made[-1][0] : sentence.end()].split()) <= PIECE_WORDS:
            made[-1] = (made[-1][0], sentence.end())
        else:
            made.append(sentence.span())
    return made


def pages(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """Neighbouring pieces together, as long as a reply: a breach is looked for where there is enough to be judged."""
    found: list[Piece] = []
    for start, end in parts:
        short = len(text[start:end].split()) < LEAST_WORDS
        if found and (short or len(text[found[-1][0] : end].split()) <= PIECE_WORDS):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def sentences_of(text: str, finding: Finding) -> Piece | None:
    """The sentences that hold a proof, or None without a proof or when it goes over several paragraphs."""
    if not finding.spans:
        return None
    first, last = finding.spans[0][0], finding.spans[-1][1]
    if "\n" in text[first:last]:
        return None
    held = [
        sentence.span() for sentence in _SENTENCE.finditer(text) if sentence.start() < last and sentence.end() > first
    ]
    return (held[0][0], held[-1][1]) if held else None


def weighed_apart(rules: Mapping[str, Rule], whole: Mapping[str, Finding]) -> dict[str, Rule]:
    """The rules about which the pieces decide, and not their own finding in the whole text (`whole`). Never what does
    not apply there, nor what the hour decides, nor what nothing beside it outweighs."""
    return {
        id: rule
        for id, rule in rules.items()
        if rule.weights is not None
        and rule.id in rule.weights
        and whole[id].verdict is not Verdict.NOT_APPLICABLE
        and (rule.forbidding or (rule.positive and whole[id].reason != "reply-forbidden"))
    }


def joined(rule: Rule, whole: Finding, parts: Sequence[tuple[Piece, Finding]]) -> Finding:
    """What the pieces say together: a breach in one breaks, what is said in one is said. A proof that no piece holds
    alone (its elements stand in several) stands as the rule found it."""
    across = bool(whole.spans) and not any(
        start <= whole.spans[0][0] and whole.spans[-1][1] <= end for (start, end), _ in parts
    )
    for verdict in _BREACH_FIRST if rule.forbidding else _SAID_FIRST:
        if verdict is Verdict.MISSED and whole.verdict is Verdict.MET and across:
            return whole
        deciding = [part for part in parts if part[1].verdict is verdict]
        if deciding:
            # Of several that lack it, the one with something to show.
            (start, _), finding = next((part for part in deciding if part[1].spans), deciding[0])
            return replace(finding, spans=tuple((start + left, start + right) for left, right in finding.spans))
    return whole


_SAID_FIRST = (Verdict.MET, Verdict.UNCLEAR, Verdict.MISSED)
_BREACH_FIRST = (Verdict.MISSED, Verdict.UNCLEAR, Verdict.MET)
