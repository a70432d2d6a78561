"""Where a reply denies: cues, their scope, and what only looks like a denial.

The scope of a cue runs forward to the end of its segment (a comma, a breaker), at most `WINDOW` words that count, and
ends before a second clause that nobody marked («no cuelgue le paso con…»): a finite verb after the first one, unless a
subordinator or an infinitive ties them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.language.text import Reading
from simulator.language.words import listed, phrases

WINDOW = 7

CUES = frozenset(listed("no nunca jamas tampoco ni sin nadie ningun ninguna ninguno ningunas ningunos"))
_CUE_PHRASES = (
    ("nada", "de"),
    ("en", "vez", "de"),
    ("en", "lugar", "de"),
    ("lejos", "de"),
    ("me", "niego", "a"),
    ("niego", "a"),
    ("imposible",),
    ("dejar", "de"),
    ("dejamos", "de"),
    ("deje", "de"),
    ("evite",),
    ("evitar",),
)
_SHORT = {"sin": 3, "nadie": 4, "ni": 5}

_FALSE = tuple(
    tuple(phrase.split())
    for phrase in phrases(
        "no solo, no solamente, no unicamente, no hay problema, no hay ningun problema, no hay inconveniente, "
        "no hay ningun inconveniente, no hay de que, no hay por que, no hay cuidado, no hay apuro, no hay "
        "prisa, no se preocupe, no se me preocupe, no se preocupen, no te preocupes, no te preocupe, no se "
        "apure, no te apures, no se me apure, no os preocupeis, no se angustie, no te angusties, no se afane, "
        "no te afanes, no tenga pena, no tenga cuidado, no faltaba mas, no faltaria mas, no obstante, no mas, "
        "no bien, ningun problema, ninguna molestia, ningun inconveniente, no sabe cuanto, no sabes cuanto, "
        "no sabe lo, no sabes lo, no se imagina, no te imaginas, no me imagino, no imagina, no me quiero "
        "imaginar, no puedo ni imaginar, no me diga, no me digas, no dude, no dudes, no lo dude, no deje de, "
        "no dejes de, no deje, no olvide, no olvides, no se olvide, no te olvides, no sin antes, no pasa "
        "nada, no es molestia, no es ninguna molestia, no es nada, no fue nada, no tarda nada, no tardo nada, "
        "no demoro nada, no le importaria, no le importa, no te importa, no te importaria, no le molesta, no "
        "le molestaria, no te molesta, no le incomoda, no hay mas, no cabe duda, no tengo duda, no es para "
        "menos, no nada mas, no es solo, sin problema, sin problemas, sin ningun problema, sin falta, sin "
        "duda, sin embargo, sin compromiso, sin ningun compromiso, sin costo, sin coste, sin cargo, sin "
        "ningun costo, sin mas, sin apuro, sin prisa, sin afan, sin costo alguno, sin inconveniente, ni bien, "
        "ni mas ni menos, ni modo, no no, no corte, no cuelgue, no cuelgues, no cortes, no se retire, no se "
        "vaya, no te vayas, no me cuelgue, no me corte, no quiero dejar de, no puedo dejar de, no puedo menos "
        "que, no quisiera, no ningun problema, no ninguna molestia, no ningun inconveniente "
    )
)
"""Phrases that begin with a cue and deny nothing that follows."""

_CRIED = frozenset(listed("uy huy ay oh ah uf uff ups hijole pucha chuta caramba caray ole vaya"))
_AFTER_CRY = frozenset(listed("puedo podemos se hay es esta tengo tenemos voy vamos sabria creo"))
"""«Ay no puedo ayudarle» denies; «uy no le ofrezco disculpas» cries out."""
_ANSWERED = frozenset(
    listed(
        "señor señora señorita don doña caballero dama joven gracias mire mira pues claro tranquilo tranquila "
        "si perdon disculpe disculpa descuide descuida mas para mi"
    )
)
_TITLES = frozenset(listed("señor señora señorita don doña caballero"))
_BEFORE_TITLE = frozenset(
    listed("la el al a de del con para por su mi un una es que y señor señora don doña soy habla")
)
_ASKING = frozenset(listed("que quien cual cuanto"))
_PREPOSITIONS = frozenset(listed("en a con de por"))
_TIES = frozenset(listed("que si como cuando donde quien para a de cuanto cual"))
_CLITICS_ONLY = frozenset(listed("me te se le les lo la los las nos os"))
_CLITICS = frozenset(listed("me te se le les lo la los las nos os yo usted"))


@dataclass(frozen=True, slots=True)
class Negation:
    """A cue at token positions `cue` (bit set) that denies the positions `scope` (bit set)."""

    cue: int
    scope: int


def negations(
    reading: Reading, finite: Callable[[int], bool], names: frozenset[str] = frozenset()
) -> tuple[Negation, ...]:
    """All denials. `finite` tells whether the word at a position is surely a finite verb; `names` are folded names of
    the people of the situation, which end a scope when somebody is called by them."""
    words = reading.words
    found: list[Negation] = []
    for index, word in enumerate(words):
        length = 0
        if word in CUES:
            length = 1
        else:
            for phrase in _CUE_PHRASES:
                if word == phrase[0] and words[index : index + len(phrase)] == phrase:
                    length = len(phrase)
                    break
        if length > 1 and index and words[index - 1] in ("no", "nunca", "puedo"):
            continue  # «no deje de llamarnos»
        if not length or _is_false(reading, index, word, names):
            continue
        stop = _scope_end(reading, index, length, finite, names)
        if stop > index + length:
            cue = ((1 << length) - 1) << index
            scope = ((1 << (stop - index - length)) - 1) << (index + length)
            found.append(Negation(cue, scope))
    return tuple(found)


def _is_false(reading: Reading, index: int, word: str, names: frozenset[str]) -> bool:
    words = reading.words
    for phrase in _FALSE:
        if phrase[0] == word and words[index : index + len(phrase)] == phrase:
            return True
    if word == "no":
        before = words[index - 1] if index else ""
        after = words[index + 1] if index + 1 < len(words) else ""
        same = index > 0 and reading.sentence[index - 1] == reading.sentence[index]
        if same and before == "como" and (index < 2 or reading.segment[index - 2] != reading.segment[index - 1]):
            return True  # «¡cómo no!»
        if same and before == "que" and index > 1 and words[index - 2] == "por":
            return True  # «¿por qué no prueba…?»
        if after == "que" or after in names:
            return True  # «uy no, qué pena», «no, Diego, …»
        if before in _CRIED and same and after not in _AFTER_CRY and after not in _CLITICS_ONLY:
            return True  # «uy no lamento mucho lo ocurrido»
        if after in _ANSWERED and (index == 0 or reading.segment[index - 1] != reading.segment[index]):
            return True  # «no, señora, …» answers; what follows is a sentence of its own
        opens = (
            index == 0 or reading.segment[index - 1] != reading.segment[index] or before in ("y", "entonces", "pero")
        )
        if reading.question[index] and opens:
            return True  # «¿no me permite un momento?» asks politely
    return False


def _scope_end(reading: Reading, index: int, length: int, finite: Callable[[int], bool], names: frozenset[str]) -> int:
    words = reading.words
    first = index + length
    window = _SHORT.get(words[index], WINDOW)
    segment = reading.segment[index]
    verb_at = -1
    position = first
    while position < len(words) and reading.segment[position] == segment:
        if reading.between(first, position) >= window:
            break
        if position > first and _calls(words, position, names):
            break
        if verb_at >= 0 and words[position] in _ASKING and words[position - 1] in _PREPOSITIONS:
            position -= 1
            break  # «no lo hemos cambiado en qué le ayudo»
        if finite(position):
            if words[index] == "sin":
                break
            start = position
            while start > first and words[start - 1] in _CLITICS:
                start -= 1
            if verb_at >= 0 and start > verb_at and words[start - 1] not in _TIES:
                position = start - (words[start - 1] in ("y", "e", "ya", "igual"))
                break
            verb_at = position
        position += 1
    return position


def _calls(words: tuple[str, ...], position: int, names: frozenset[str]) -> bool:
    """Is somebody called here («… necesario, señora Edelmira, cuelgue»), written without commas?"""
    word = words[position]
    if word not in _TITLES and word not in names:
        return False
    return words[position - 1] not in _BEFORE_TITLE
