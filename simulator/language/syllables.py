"""How many syllables Spanish words have, as they are written.

How a word is divided, `accents.nuclei` knows; here is what that leaves to its caller. An h between two vowels changes
nothing (prohi-bir, bú-ho). A y is a consonant before a vowel (le-yes) and the vowel i elsewhere (rey, y, whis-ky).

Words are counted one by one: speech that draws two vowels of neighbouring words into one syllable has fewer.
"""

import re
import unicodedata
from typing import Final

from simulator.language.accents import VOWELS, nuclei

_MUTE_H: Final = re.compile(f"(?<=[{VOWELS}])h+(?=[{VOWELS}])")
_VOWEL_Y: Final = re.compile(f"y(?![{VOWELS}])")
_FOREIGN: Final = str.maketrans("àâäãåèêëìîïòôöõùû", "aaaaaeeeiiioooouu")


def syllables(text: str) -> int:
    """Syllables of all words of `text`; 0 where there is no letter.

    A word with letters but without vowels («mmm», «km») counts as one: what is said for an abbreviation is not known
    here. Figures count as nothing: expand them first.
    """
    composed = unicodedata.normalize("NFC", text).lower().translate(_FOREIGN)
    words = "".join(letter if letter.isalpha() else " " for letter in composed).split()
    return sum(max(1, len(nuclei(_MUTE_H.sub("", _VOWEL_Y.sub("i", word))))) for word in words)
