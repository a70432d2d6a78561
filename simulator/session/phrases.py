"""What a badly heard stretch may have been: the words of a rule's own examples that sound like it. Pure."""

from collections import Counter
from functools import lru_cache
from typing import Final, NamedTuple

from simulator.language.sounding import likeness, sound
from simulator.language.text import read
from simulator.protocol.catalogue import Rule

ALIKE: Final = 55
"""From here on (0–100) a stretch may have been the phrase: «los días» and «buenos días» are 60 alike, «la vía» and «le
habla» 66, «grasas» and «gracias» 85. Of 5,819 checkpoints missed in 240 labelled replies, each with two words heard
badly anywhere, it leaves under 1 % to a person."""
_MOST_WORDS: Final = 4
_LEAST_SOUNDS: Final = 4
"""Shorter ones sound like anything."""


class _Phrase(NamedTuple):
    words: str
    length: int
    sounds: Counter[str]


@lru_cache(maxsize=1024)
def _phrases(rule: Rule) -> tuple[_Phrase, ...]:
    """Every one to four words in a row of the replies that meet the rule by its examples."""
    found: dict[str, _Phrase] = {}
    for example in rule.examples:
        tokens = read(example.reply).tokens if example.met else ()
        for at in range(len(tokens)):
            for piece in (tokens[at : at + length] for length in range(1, _MOST_WORDS + 1)):
                words = example.reply[piece[0].start : piece[-1].end].lower()
                said = sound(words)
                if len(said) >= _LEAST_SOUNDS:
                    found.setdefault(said, _Phrase(words, len(said), Counter(said)))
    return tuple(found.values())


def alike(rule: Rule, heard: str, most: int) -> list[tuple[int, str]]:
    """At most so many phrases of the rule's examples that sound like what was heard, with their likeness (0–100), the
    likest first."""
    said = sound(heard)
    length, sounds = len(said), Counter(said)
    near = [
        (likeness(heard, phrase.words), phrase.words)
        for phrase in _phrases(rule)
        # No likeness is above the share of sounds that both have, which is quicker found.
        if 100 * sum((sounds & phrase.sounds).values()) >= ALIKE * max(length, phrase.length)
    ]
    return sorted((one for one in near if one[0] >= ALIKE), key=lambda one: (-one[0], one[1]))[:most]
