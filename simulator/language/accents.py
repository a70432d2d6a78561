"""Where a Spanish word is stressed, and where its accent is therefore written.

The rules are those of the *Ortografía de la lengua española* (2010), chapter 2: words stressed on the last syllable
carry an accent when they end in a vowel, n or s; on the last but one, when they do not; further back, always; a closed
vowel stressed beside an open one carries it always. Two vowels beside each other are one syllable when one of them is a
closed one (i, u) without an accent, or both are closed and different; two open ones, two alike, and an open one beside
í or ú are two. The u of que, qui, gue, gui is mute.
"""

from collections.abc import Sequence

from simulator.language.folding import fold

_OPEN = frozenset("aeoáéó")
_CLOSED = frozenset("iuü")
ACCENTED = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú"}
_MARKED = frozenset(ACCENTED.values())
VOWELS = "aeiouáéíóúü"
_SOUNDS_LIKE = str.maketrans("íúü", "iuu")


def nuclei(word: str) -> list[int]:
    """The index of the vowel that heads each syllable of a lower-case word: of a diphthong its open vowel."""
    heads: list[int] = []
    index = 0
    while index < len(word):
        letter = word[index]
        if letter not in VOWELS or (letter == "u" and index and word[index - 1] == "q"):
            index += 1
            continue
        if letter == "u" and index and word[index - 1] == "g" and word[index + 1 : index + 2] in ("e", "i", "é", "í"):
            index += 1
            continue
        end = index + 1
        head = index
        while end < len(word) and word[end] in VOWELS and _together(word[end - 1], word[end]):
            if word[head] in _CLOSED:
                head = end
            end += 1
        heads.append(head)
        index = end
    return heads


def _together(first: str, second: str) -> bool:
    """Are two vowels side by side one syllable?"""
    if first in _OPEN:
        return second not in _OPEN and second not in "íú"
    if second in _OPEN:
        return first not in "íú"
    return first.translate(_SOUNDS_LIKE) != second.translate(_SOUNDS_LIKE)


def with_accent(word: str, at: int) -> str:
    """The word with an accent on the plain vowel at an index."""
    return word[:at] + ACCENTED[word[at]] + word[at + 1 :]


def stressed(word: str) -> int:
    """The index of the stressed vowel of a correctly written lower-case word; -1 where there is no vowel."""
    for index, letter in enumerate(word):
        if letter in _MARKED:
            return index
    heads = nuclei(word)
    if not heads:
        return -1
    light = word[-1] in "aeiouns"
    return heads[-2] if light and len(heads) > 1 else heads[-1]


def attached(form: str, pronouns: Sequence[str]) -> str:
    """A verb form with pronouns, accent where it then belongs: permita + me → permítame, dé + le → dele."""
    at = stressed(form)
    bare = "".join(fold(letter) if letter in _MARKED else letter for letter in form) + "".join(pronouns)
    if at < 0:
        return bare
    beside = form[at - 1 : at] + form[at + 1 : at + 2]
    split = form[at] in "íú" and any(letter in _OPEN for letter in beside)
    heads = nuclei(with_accent(bare, at) if split else bare)
    if at not in heads:
        return bare
    after = len(heads) - 1 - heads.index(at)
    light = bare[-1] in "aeiouns"
    marked = split or after >= 2 or (after == 1 and not light) or (after == 0 and light and len(heads) > 1)
    return with_accent(bare, at) if marked else bare
