"""Where a reply asks: the questions of each sentence, those that «y» joins apart.

«¿Con quién hablo y qué mensaje le aparece?» is two questions: what speaks against the first says nothing of the second.
"""

from simulator.language.folding import fold_keeping_accents
from simulator.language.text import Reading
from simulator.language.words import listed

_ASKING = frozenset(
    listed(
        "qué cuál cuáles cuándo cómo dónde adónde quién quiénes cuánto cuánta cuántos cuántas "
        "cual cuales quien quienes cuanto cuanta cuantos cuantas"
    )
)
_ASKING_BARE = frozenset(listed("que cuando donde adonde"))
"""Without its accent, such a word surely asks only behind a preposition («y desde cuando»), for «y que» joins."""
_BEFORE = frozenset(listed("a de en con por para desde hasta hace sobre"))
_TELLS = frozenset(listed("dice indica cuenta explica confirma comenta aclara describe dices cuentas indicas explicas"))


def questions(reading: Reading) -> list[tuple[int, int]]:
    """First position and the one after the last of each question."""
    runs: list[tuple[int, int]] = []
    for index, asks in enumerate(reading.question):
        if not asks:
            continue
        goes_on = runs and runs[-1][1] == index and reading.sentence[index - 1] == reading.sentence[index]
        if goes_on and not _begins_another(reading, index):
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def joined_question(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The question that holds the words from code point `start` to `end`, as code points up to the next one; None when
    they stand in none, or in one that is joined to no other."""
    tokens, found = reading.tokens, questions(reading)
    for first, last in found:
        if tokens[first].start <= start and end <= tokens[last - 1].end:
            sentence = reading.sentence[first]
            if sum(reading.sentence[other] == sentence for other, _ in found) < 2:
                return None
            return tokens[first].start, tokens[last - 1].end
    return None


def _begins_another(reading: Reading, index: int) -> bool:
    """Does a further question begin with this «y»: a word that asks, perhaps behind a preposition, or «me dice»?"""
    words = reading.words
    if words[index] not in ("y", "e"):
        return False
    if reading.segment[index - 1] != reading.segment[index] and not _opened(reading, index):
        return False  # «qué pena, y con quién hablo?»: nothing shows that what stands before the comma asks
    place = index + 1
    behind = place < len(words) and words[place] in _BEFORE
    place += behind
    if place >= len(words) or not reading.question[place] or reading.sentence[place] != reading.sentence[index]:
        return False
    after = words[place + 1] if place + 1 < len(words) else ""
    if words[place] == "si":
        return after not in ("", "no")
    if words[place] in ("me", "nos"):
        return after in _TELLS
    return fold_keeping_accents(reading.tokens[place].text) in _ASKING or (behind and words[place] in _ASKING_BARE)


def _opened(reading: Reading, index: int) -> bool:
    """Has the sentence an opening «¿» before this word?"""
    first = index
    while first and reading.sentence[first - 1] == reading.sentence[index]:
        first -= 1
    start = reading.tokens[first - 1].end if first else 0
    return "¿" in reading.original[start : reading.tokens[index].start]
