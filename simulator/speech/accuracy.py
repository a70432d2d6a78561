"""How far what was heard is what was said: word errors. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.language.folding import fold
from simulator.speech.spoken import in_words

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class WordErrors:
    """What has to be changed to make the words said from the words heard; `words` counts those said."""

    words: int
    substituted: int = 0
    left_out: int = 0
    put_in: int = 0

    @property
    def errors(self) -> int:
        """All changes together."""
        return self.substituted + self.left_out + self.put_in

    @property
    def rate(self) -> float:
        """Word error rate in per cent; above 100 when much was put in. Of no words: 0, or 100 if any was heard."""
        if not self.words:
            return 100.0 if self.errors else 0.0
        return 100 * self.errors / self.words


def words_of(text: str) -> tuple[str, ...]:
    """The words as they are compared: figures in words, without case, accents or punctuation."""
    return tuple(_WORD.findall(fold(in_words(text))))


def compared(said: str, heard: str) -> WordErrors:
    """The fewest changes between two texts."""
    return _aligned(words_of(said), words_of(heard))


def together(parts: Iterable[WordErrors]) -> WordErrors:
    """The errors of several sentences as those of one text: long sentences weigh more."""
    rows = tuple(parts)
    return WordErrors(
        sum(row.words for row in rows),
        sum(row.substituted for row in rows),
        sum(row.left_out for row in rows),
        sum(row.put_in for row in rows),
    )


def _aligned(said: Sequence[str], heard: Sequence[str]) -> WordErrors:
    """Levenshtein's distance, one row after the other; each cell keeps (changes, substituted, left out, put in)."""
    row = [(n, 0, 0, n) for n in range(len(heard) + 1)]
    for word in said:
        changes, substituted, left_out, put_in = row[0]
        new = [(changes + 1, substituted, left_out + 1, put_in)]
        for at, other in enumerate(heard):
            if word == other:
                new.append(row[at])
                continue
            a, b, c = row[at], row[at + 1], new[at]
            new.append(
                min(
                    (a[0] + 1, a[1] + 1, a[2], a[3]),
                    (b[0] + 1, b[1], b[2] + 1, b[3]),
                    (c[0] + 1, c[1], c[2], c[3] + 1),
                )
            )
        row = new
    _changes, substituted, left_out, put_in = row[-1]
    return WordErrors(len(said), substituted, left_out, put_in)
