"""Spelling of what was written: words that no dictionary has, and accents that the words around them ask for.

A word is right when the dictionary has it (hunspell over the Spanish dictionary of LibreOffice, which holds the words
of every country), when it is a form of a known verb with its accent where it belongs, pronouns attached or not, or when
it is a diminutive of a word that is right. Figures, addresses, quoted labels, names of the situation and other proper
names are excepted. Nothing is corrected and nothing is proposed.

Many words without their accent are other words («numero», «esta», «mas»). They count as mistakes only where their
neighbours leave no doubt.
"""

import re
import unicodedata
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulator import paths
from simulator.language.accents import ACCENTED, attached, nuclei, with_accent
from simulator.language.folding import fold
from simulator.language.text import Kind, Reading, Token
from simulator.language.verbs import Verbs
from simulator.language.words import ABBREVIATIONS, listed

if TYPE_CHECKING:
    from hunspell import Hunspell

ACRONYM = 6
"""Letters of the longest word in capitals that is taken for an acronym."""
MOST_KEPT = 20_000
"""Words whose answer a dictionary remembers."""

_LAUGHTER = re.compile(r"(?:j+[aeiou]+|a?ja)+j?$|m+h*m*$|a+h+$|e+h+$|u+y+$|o+h+$")
_PREFIX = re.compile(r"(?:co|pre|re|auto|anti|super|mini|micro|multi|des|sobre)(?=\w{5})")
_SUPERLATIVE = re.compile(r"(\w{2,})ísim[oa]s?$")
_DIMINUTIVE = re.compile(r"(?P<root>\w{2,}?)(?:[ei]?c|ec)?(?:it|ic|ill)(?P<end>[oa])s?$")


class Dictionary:
    """The words of the language. Loaded at the first question (some 70 ms)."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds `es.aff`, `es.dic` and `extra.txt` (words, one a line; lines with `#` are remarks)."""
        self._folder = folder
        self._hunspell: Hunspell | None = None
        self._extra: frozenset[str] = frozenset()
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Is a lower-case, composed word written as the dictionary has it?"""
        known = self._known.get(word)
        if known is None:
            if self._hunspell is None:
                self._hunspell = self._load()
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            known = self._known[word] = word in self._extra or bool(self._hunspell.spell(word))
        return known

    def _load(self) -> "Hunspell":
        from hunspell import Hunspell

        lines = (self._folder / "extra.txt").read_text(encoding="utf-8").splitlines()
        self._extra = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
        return Hunspell("es", hunspell_data_dir=str(self._folder))


@cache
def dictionary() -> Dictionary:
    """The dictionary that ships, for the whole process: its files do not change while it runs."""
    return Dictionary(paths.assets() / "language" / "es" / "spelling")


def misspelled(
    reading: Reading, verbs: Verbs, names: frozenset[str], first_names: Container[str], words: Dictionary
) -> list[int]:
    """Token positions of misspelled words.

    `names`: folded words of the situation's names. `first_names`: usual first names, folded.
    """
    found: list[int] = []
    for position, token in enumerate(reading.tokens):
        if token.kind is not Kind.WORD or reading.quoted[position]:
            continue
        if position and token.start == reading.tokens[position - 1].start:
            continue  # the second half of «porfavor»
        opens = position == 0 or reading.sentence[position - 1] != reading.sentence[position]
        if _excepted(token, names, first_names, opens=opens):
            continue
        word = unicodedata.normalize("NFC", token.text).lower().replace("’", "'")
        if _is_right(word, verbs, words):
            if _lacks_accent(reading, position, word, verbs, words):
                found.append(position)
        elif opens or token.text.isupper() or not token.text[:1].isupper() or _accented_twin(word, words):
            found.append(position)  # with a capital inside a sentence, an unknown word is a name
    return found


def _excepted(token: Token, names: frozenset[str], first_names: Container[str], *, opens: bool) -> bool:
    text = token.text
    if token.folded in names or fold(text) in names:
        return True
    if text.isupper() and len(text) <= ACRONYM:
        return True
    if text.lower() in ABBREVIATIONS and len(text) > 1:
        return True
    if any(letter.isupper() for letter in text[1:]) and not text.isupper():
        return True  # WhatsApp, iPhone
    return opens and text[:1].isupper() and token.folded in first_names


def _is_right(word: str, verbs: Verbs, words: Dictionary) -> bool:
    if words.has(word) or _LAUGHTER.match(word):
        return True
    if len(word) == 1:
        return word in "aeouy"
    if word.endswith("mente") and len(word) > 7 and words.has(word[:-5]):
        return True
    prefix = _PREFIX.match(word)
    if prefix is not None and words.has(word[prefix.end() :]):
        return True
    superlative = _SUPERLATIVE.match(word)
    if superlative is not None and _is_right(superlative.group(1) + "o", verbs, words):
        return True
    if word.isascii() and not word.endswith("cion") and verbs.derives(word):
        return True  # editable, agendamiento
    return _is_verb_form(word, verbs) or _is_diminutive(word, words)


def _is_verb_form(word: str, verbs: Verbs) -> bool:
    folded = fold(word)
    if any(text == word for _, _, text in verbs.entries(folded)):
        return True
    for _, _, text, pronouns in verbs.with_pronouns(folded):
        base = text[:-1] if not folded.startswith(fold(text)) else text  # vámonos, sentaos
        if attached(base, pronouns) == word or attached(text, pronouns) == word:
            return True
    return False


def _is_diminutive(word: str, words: Dictionary) -> bool:
    """Momentico, ratito, cuentica: what remains of the word, with its ending, is a word."""
    match = _DIMINUTIVE.match(word)
    if match is None:
        return False
    root, end = match.group("root"), match.group("end")
    roots = [root, root[:-2] + "z" if root.endswith("qu") else root]
    if root.endswith("qu"):
        roots.append(root[:-2] + "c")
    if root.endswith("gu"):
        roots.append(root[:-1])
    tries = [
        base + ending for base in roots for ending in (end, "o", "a", "e", "", "z", "r", "n") if len(base + ending) > 2
    ]
    return any(words.has(base) or _accented_twin(base, words) for base in tries)


def _accented_twin(word: str, words: Dictionary) -> bool:
    """Is the same word with one accent a word: codigo → código?"""
    return any(letter in ACCENTED and words.has(with_accent(word, at)) for at, letter in enumerate(word))


# ---- accents that only the neighbours can ask for

_ASKING = frozenset(listed("que cual cuales como cuando cuanto cuanta cuantos cuantas donde adonde quien quienes"))
_BEFORE_ASKING = frozenset(listed("y e pero en a de con por para desde hasta o"))
_EXCLAIMED = frozenset(listed("pena bueno buena bien gusto alegría lástima vergüenza amable rabia susto oso dicha"))
_DETERMINERS = frozenset(listed("el un su mi tu este ese del al nuestro cada otro algún ningún"))
_FEMININE = frozenset(listed("la una su mi tu misma primera otra cada"))
_TITLES = frozenset(listed("señor señora señorita don doña"))
_BEFORE_ESTA = frozenset(listed("ya todo cómo como dónde aquí ahí eso esto"))
_AFTER_ESTA = frozenset(listed("en listo correcto activo claro bien disponible pendiente seguro mal"))
_TIMES = frozenset(listed("vez semana noche tarde mañana hora llamada cuenta línea misma"))
_KNOWING = frozenset(listed("si qué que cuál cual cuándo cuando cómo como dónde donde"))


def _lacks_accent(reading: Reading, position: int, word: str, verbs: Verbs, words: Dictionary) -> bool:
    """Is a right word, written without accent, surely another one here?"""
    if any(letter in "áéíóú" for letter in word):
        return False
    before, after = _neighbour(reading, position, -1), _neighbour(reading, position, 1)
    if word == "mas":
        return True
    if word == "si":
        gap = reading.original[reading.tokens[position].end : reading.tokens[position].end + 1]
        if gap in (",", ".", "!", ":", ""):
            return before in ("", "que")
        return not before and after in _TITLES
    if word == "se":
        return before in ("no", "lo", "ya") and after in _KNOWING
    if word == "esta":
        if after in _TIMES:
            return False
        return after.endswith(("ando", "endo")) or after in _AFTER_ESTA or before in _BEFORE_ESTA
    if word in _ASKING:
        return (word == "que" and not before and after in _EXCLAIMED) or _asks(reading, position, before)
    if word.endswith("o") and len(word) > 3:
        if before == "se":
            codes = {code for _, code, _ in verbs.entries(word)}
            return {"pre.1s", "ret.3s"} <= codes  # «se cobro»: nobody says «se» of what he does himself
        return before in _DETERMINERS and _noun_twin(word, words)
    return word.endswith("a") and before in _FEMININE and _noun_twin(word, words)


def _neighbour(reading: Reading, position: int, step: int) -> str:
    """The word beside, in lower case; empty at the border of the sentence."""
    other = position + step
    if not 0 <= other < len(reading.tokens) or reading.sentence[other] != reading.sentence[position]:
        return ""
    return reading.tokens[other].text.lower()


def _asks(reading: Reading, position: int, before: str) -> bool:
    """Does the word open a question, a preposition before it or not: «¿Cual es…?», «¿en que puedo…?»?"""
    if not reading.question[position]:
        return False
    first = position
    while first and reading.segment[first - 1] == reading.segment[position]:
        first -= 1
    return position == first or (position == first + 1 and before in _BEFORE_ASKING)


def _noun_twin(word: str, words: Dictionary) -> bool:
    """Is the word a noun when its third syllable from the end is stressed: numero → número?"""
    heads = nuclei(word)
    if len(heads) < 3:
        return False
    at = heads[-3]
    return word[at] in ACCENTED and words.has(with_accent(word, at))
