"""A small language model of expected sentences: trigrams that fall back to pairs and words, in the ARPA format. Pure.

Probabilities are Witten and Bell's, interpolated: what follows a history keeps as much room for the unseen as the
history has different followers. So words of several sentences may be mixed freely, only at a price, and no list of
phrases is forced upon what somebody says.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from simulator.speech.spoken import in_words

START: Final = "<s>"
END: Final = "</s>"
ORDER: Final = 3
_NEVER: Final = -99.0
"""The logarithm that ARPA files write for a probability of zero: nothing ends in the start."""
_History = tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words of a sentence as a dictionary has them: figures in words, small letters, no signs."""
    spoken = in_words(text).lower()
    kept = (character if character.isalpha() else " " for character in spoken)
    return tuple("".join(kept).split())


class Ngrams:
    """The model of `sentences`, each a sequence of words. Empty sentences are left out; none at all: `</s>` alone."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._counts: dict[_History, Counter[str]] = {}
        for sentence in sentences:
            if sentence:
                self._count((START, *sentence, END))
        seen = self._counts.get((), Counter())
        self.vocabulary: tuple[str, ...] = tuple(sorted({END, *seen}))
        """All words that may follow something, `</s>` among them, in order."""

    def _count(self, words: Sequence[str]) -> None:
        for at in range(1, len(words)):
            for length in range(min(ORDER - 1, at) + 1):
                history = tuple(words[at - length : at])
                self._counts.setdefault(history, Counter())[words[at]] += 1

    def probability(self, word: str, history: Sequence[str] = ()) -> float:
        """How likely `word` of the vocabulary follows `history`, of which the last two words count. Sums to 1."""
        known = tuple(history[-(ORDER - 1) :]) if history else ()
        below = self.probability(word, known[1:]) if known else 1 / len(self.vocabulary)
        followers = self._counts.get(known)
        if not followers:
            return below
        kinds, total = len(followers), followers.total()
        return (followers[word] + kinds * below) / (total + kinds)

    def backoff(self, history: Sequence[str]) -> float:
        """The factor on the shorter history's probability for a word that never followed `history`."""
        followers = self._counts.get(tuple(history))
        if not followers:
            return 1.0
        return len(followers) / (followers.total() + len(followers))

    def arpa(self) -> str:
        """The model as the text of an ARPA file (logarithms to the base of 10)."""
        levels: list[list[str]] = [[f"{_NEVER:.4f}\t{START}\t{_log(self.backoff((START,)))}"]]
        for word in self.vocabulary:
            levels[0].append(self._row((), word))
        for length in range(1, ORDER):
            rows = [
                self._row(history, word)
                for history in sorted(self._counts)
                if len(history) == length
                for word in sorted(self._counts[history])
            ]
            levels.append(rows)
        lines = ["", "\\data\\"]
        lines += [f"ngram {order}={len(rows)}" for order, rows in enumerate(levels, 1)]
        for order, rows in enumerate(levels, 1):
            lines += ["", f"\\{order}-grams:", *rows]
        return "\n".join([*lines, "", "\\end\\", ""])

    def _row(self, history: _History, word: str) -> str:
        whole = (*history, word)
        row = f"{_log(self.probability(word, history))}\t{' '.join(whole)}"
        if len(whole) < ORDER and word != END:
            row += f"\t{_log(self.backoff(whole))}"
        return row


def _log(probability: float) -> str:
    return f"{math.log10(probability):.4f}"
