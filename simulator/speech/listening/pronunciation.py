"""From Spanish letters to the sounds of the PocketSphinx model, for names that its dictionary lacks. Pure.

The sounds are those of cmusphinx-es-5.2: a b ch d e f g gn i j k l ll m n o p r rr s t u x y z. Its dictionary was
made by rules too, in the pronunciation of Castile: ``z`` is never said as ``s``, nor ``ll`` as ``y``. Most of those who
train here say both alike, so `variants` adds what they say.
"""

import re
from typing import Final

from simulator.language.words import listed

PHONES: Final = frozenset(listed("a b ch d e f g gn i j k l ll m n o p r rr s t u x y z"))
"""The model's sounds, without its silence (``SIL``)."""

_ACCENTS: Final = str.maketrans("áéíóúàèìòùâêîôûäëïöãõåç", "aeiouaeiouaeiouaeioaoas")
_NOT_LETTERS: Final = re.compile(r"[^a-zñü]")
_MEXICAN: Final = re.compile(r"m[eé]xi[ck]|oaxac|texan|texas|xavier|xim[eé]n|ximena")
"""Where an old spelling keeps ``x`` for the sound of ``j``."""
_RULES: Final[tuple[tuple[str, str], ...]] = (
    # The first that fits is taken, read from the left; the pattern is looked for at the place that has been reached.
    (r"ch", "ch"),
    (r"sh", "s"),
    (r"ll", "ll"),
    (r"rr", "rr"),
    (r"ñ", "gn"),
    (r"qu(?=[ei])", "k"),
    (r"q", "k"),
    (r"gu(?=[ei])", "g"),
    (r"g(?=[eiy])", "j"),
    (r"c(?=[eiy])", "z"),
    (r"c", "k"),
    (r"(?<![a-zñü])r", "rr"),
    (r"(?<=n)r", "rr"),
    (r"h", ""),
    (r"v", "b"),
    (r"w", "u"),
    (r"ü", "u"),
    (r"y(?=[aeiou])", "y"),
    (r"y", "i"),
    # A doubled consonant of a foreign name is said once.
    (r"([bdfgkmpstz])(?=\1)", ""),
)
_COMPILED: Final = tuple((re.compile(pattern), phone) for pattern, phone in _RULES)


def pronounce(word: str) -> tuple[str, ...]:
    """The sounds of a word as it is read in Spanish; () where it has no letter that is heard."""
    lowered = word.lower()
    letters = _NOT_LETTERS.sub("", lowered.translate(_ACCENTS))
    if _MEXICAN.search(lowered):
        letters = letters.replace("x", "j")
    phones: list[str] = []
    at = 0
    while at < len(letters):
        phone, at = _next(letters, at)
        if phone:
            phones.append(phone)
    return tuple(phones)


def _next(letters: str, at: int) -> tuple[str, int]:
    """The sound at a place ("" for none), and the place after it."""
    for pattern, phone in _COMPILED:
        found = pattern.match(letters, at)
        if found is not None:
            return phone, found.end()
    return letters[at], at + 1


def variants(phones: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The ways in which these sounds are said: as given, then with ``z`` said as ``s`` and ``ll`` as ``y``."""
    american = tuple({"z": "s", "ll": "y"}.get(phone, phone) for phone in phones)
    return (phones,) if american == phones else (phones, american)
