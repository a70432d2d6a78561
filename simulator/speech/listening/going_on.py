"""Whether the words heard so far end in a way that goes on: a pause after them is for thought, not the end."""

from typing import Final

from simulator.language.words import listed

GOES_ON_WORDS: Final = frozenset(
    listed(
        # Conjunctions. Accents tell «que» from «¿qué?» and «si» from «sí»: they are never folded here.
        "y e o u ni que pero mas sino aunque porque pues si como cuando mientras donde cual cuyo quien"
        # Prepositions
        " a ante bajo con contra de desde durante en entre hacia hasta mediante para por según sin sobre tras vía"
        # Articles and what stands before a noun
        " el la los las un una unos unas al del lo mi mis tu su sus nuestro nuestra nuestros nuestras cada algún ningún"
        " este esta estos estas ese esa esos esas"
        # Pronouns that stand before their verb, and verbs that wait for another
        " me te se le les nos he ha hemos han había voy vamos puedo podemos quiero quisiera"
        # Degrees that wait for their adjective («¿Algo más?» is an end: «más» is not here)
        " muy tan"
        # Fillers
        " eh ehm em mm mmm ah este esto bueno entonces digamos mire verá"
    )
)
"""Words after which a Spanish sentence is not over."""
GOES_ON_PHRASES: Final = ("o sea", "es decir", "a ver", "déjeme ver", "tal vez", "por ejemplo", "es que", "la verdad")
"""Fillers of several words."""
_ENDS: Final = ("a la una", "para la una")
"""What looks unfinished by its last word and is not."""
_SAID_TWICE: Final = frozenset(listed("sí no ya bien claro ok listo gracias bueno vale perfecto"))
"""Words that people say twice and mean it; of others it is a stutter."""


def goes_on(text: str) -> bool:
    """Does ``text`` (a recogniser's words, or writing) end in a conjunction, preposition, article, filler or stutter?

    True also for an ending in a comma or an ellipsis. No words: False.
    """
    stripped = text.strip().lower()
    if stripped.endswith((",", "…", "...", "-", "–")):
        return True
    if stripped.endswith((".", "?", "!", "»")):
        return False
    words = stripped.replace(",", " ").split()
    if not words:
        return False
    tail = " ".join(words)
    if _ends_in(tail, _ENDS):
        return False
    if words[-1] in GOES_ON_WORDS or _ends_in(tail, GOES_ON_PHRASES):
        return True
    return len(words) > 1 and words[-1] == words[-2] and words[-1] not in _SAID_TWICE


def _ends_in(text: str, phrases: tuple[str, ...]) -> bool:
    return any(text == phrase or text.endswith(" " + phrase) for phrase in phrases)
