"""Typo tolerance, only towards the words that patterns use.

Damerau distance (optimal string alignment) at most 1 for words of 5 to 8 letters and 2 from 9, same first letter; or
the same sound (b/v, s/c/z, mute h, ll/y, g/j …), which dictation and hurried hands confuse. The reply is never
corrected.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

LEAST = 5
"""Shorter words admit no typo."""
FAR = 9
"""Words of the patterns from this length on tolerate two errors."""


def distance(a: str, b: str, most: int) -> int:
    """Optimal string alignment distance of two words, or `most + 1` when it is larger than `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A key that words keep when they are written as they sound."""
    key: list[str] = []
    index = 0
    length = len(word)
    while index < length:
        letter = word[index]
        after = word[index + 1] if index + 1 < length else ""
        if letter == "h":
            if index and word[index - 1] == "c":
                key[-1] = "ĉ"
        elif letter == "v":
            key.append("b")
        elif letter == "z" or (letter == "c" and after in "ei" and after):
            key.append("s")
        elif letter in "ck" or (letter == "q" and after == "u"):
            key.append("k")
            index += letter == "q"
        elif letter == "g" and after in "ei" and after:
            key.append("j")
        elif letter == "l" and after == "l":
            key.append("y")
            index += 1
        elif letter == "x":
            key.append("s")
        elif letter == "y" and (not after or after not in "aeiou"):
            key.append("i")
        elif not key or key[-1] != letter:
            key.append(letter)
        index += 1
    return "".join(key)


class Neighbours:
    """Finds the words of a fixed vocabulary that lie near a given word; the answer does not depend on asking order."""

    __slots__ = ("_ends", "_known", "_sounds", "_starts")

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(word for word in vocabulary if len(word) >= LEAST - 1)
        self._sounds: dict[str, list[str]] | None = None
        self._starts: dict[str, list[str]] = {}
        self._ends: dict[str, list[str]] = {}

    def _index(self) -> dict[str, list[str]]:
        """Built on the first question: most replies hold no unknown word."""
        if self._sounds is None:
            sounds: dict[str, list[str]] = {}
            for word in sorted(self._known):
                sounds.setdefault(sound(word), []).append(word)
                if len(word) >= FAR:
                    self._starts.setdefault(word[:4], []).append(word)
                    self._ends.setdefault(word[0] + word[-4:], []).append(word)
                    self._ends.setdefault(word[0] + "_" + word[3:6], []).append(word)
            self._sounds = sounds
        return self._sounds

    def near(self, word: str) -> Sequence[str]:
        """The nearest words: same sound first, then one error, then two; all of the best kind, sorted."""
        length = len(word)
        if length < LEAST or length > 40:
            return ()
        sounds = self._index()
        same = [other for other in sounds.get(sound(word), ()) if other != word]
        if same:
            return same
        one = sorted(candidate for candidate in _one_edit(word) if candidate in self._known)
        one = [other for other in one if _same_suffix(word, other)]
        if one or length < FAR:
            return one
        pool = {
            *self._starts.get(word[:4], ()),
            *self._ends.get(word[0] + word[-4:], ()),
            *(other for shift in range(1, 6) for other in self._ends.get(word[0] + "_" + word[shift : shift + 3], ())),
        }
        # Two errors at the end of a word make another word of the family (esperanza, esperaban): the end must agree.
        return sorted(
            other
            for other in pool
            if other[0] == word[0]
            and other[-2:] == word[-2:]
            and _same_suffix(word, other)
            and distance(word, other, 2) <= 2
        )


_SUFFIXES = (
    "cion",
    "ciones",
    "mente",
    "dor",
    "dora",
    "dores",
    "ble",
    "bles",
    "dad",
    "dades",
    "miento",
    "ncia",
    "nte",
    "ismo",
    "ista",
)


def _same_suffix(word: str, other: str) -> bool:
    """A word with the suffix of a noun is no slip for one without it (indicación, indicaron)."""
    return all(word.endswith(suffix) == other.endswith(suffix) for suffix in _SUFFIXES if word.endswith(suffix))


_LETTERS = "abcdefghijklmnopqrstuvwxyzñ"


def _one_edit(word: str) -> set[str]:
    """All strings one error away, the first letter kept."""
    found: set[str] = set()
    for index in range(1, len(word) + 1):
        head, tail = word[:index], word[index:]
        found.update([head + letter + tail for letter in _LETTERS])
        if tail:
            found.add(head + tail[1:])
            found.update([head + letter + tail[1:] for letter in _LETTERS])
            if len(tail) > 1:
                found.add(head + tail[1] + tail[0] + tail[2:])
    found.discard(word)
    return found
