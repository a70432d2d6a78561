"""How many syllables Spanish words have, as they are written.

The rules are those of the *Ortografía de la lengua española* (2010), chapter 2: two vowels beside each other are one
syllable when one of them is a closed one (i, u) without an accent, or both are closed and different; two open ones, two
alike, and an open one beside í or ú are two. An h between them changes nothing (prohi-bir, bú-ho). The u of que, qui,
gue, gui is mute. A y is a consonant before a vowel (le-yes) and the vowel i elsewhere (rey, y, whis-ky).

Words are counted one by one: speech that draws two vowels of neighbouring words into one syllable has fewer.
"""

import unicodedata
from typing import Final

_OPEN: Final = frozenset("aeoáéó")
_STRESSED_CLOSED: Final = frozenset("íú")
_VOWELS: Final = frozenset("aeiouáéíóúü")
_SOUNDS_LIKE: Final = str.maketrans("íúü", "iuu")
_FOREIGN: Final = str.maketrans("àâäãåèêëìîïòôöõùû", "aaaaaeeeiiioooouu")


def syllables(text: str) -> int:
    """Syllables of all words of `text`; 0 where there is no letter.

    A word with letters but without vowels («mmm», «km») counts as one: what is said for an abbreviation is not known
    here. Figures count as nothing: expand them first.
    """
    composed = unicodedata.normalize("NFC", text).lower().translate(_FOREIGN)
    words = "".join(letter if letter.isalpha() else " " for letter in composed).split()
    return sum(max(1, _of_word(word)) for word in words)


def _of_word(word: str) -> int:
    count = 0
    before = ""
    """The vowel before, as long as nothing but an h stands between; "" after a consonant."""
    for letter in _sounded(word):
        if letter not in _VOWELS:
            before = before if letter == "h" else ""
            continue
        if not before or not _together(before, letter):
            count += 1
        before = letter
    return count


def _sounded(word: str) -> str:
    """The word without mute u, and with i for each y that is a vowel."""
    letters: list[str] = []
    for index, letter in enumerate(word):
        after = word[index + 1 : index + 2]
        previous = word[index - 1 : index]
        if letter == "u" and previous in ("q", "g") and previous and after and after in "eiéí":
            continue
        letters.append("i" if letter == "y" and after not in _VOWELS else letter)
    return "".join(letters)


def _together(first: str, second: str) -> bool:
    """Whether two vowels beside each other are one syllable."""
    if first in _OPEN:
        return second not in _OPEN and second not in _STRESSED_CLOSED
    if second in _OPEN:
        return first not in _STRESSED_CLOSED
    return first.translate(_SOUNDS_LIKE) != second.translate(_SOUNDS_LIKE)
