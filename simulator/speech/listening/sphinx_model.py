"""What PocketSphinx is given for one call: a language model of what may be said, and its words' sounds.

The folder holds sounds and a dictionary; a language model is made of the call's sentences (`ngram`), and the words
that the dictionary lacks, mostly names, are spelt by rule (`pronunciation`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulator.speech.heard import Hints
from simulator.speech.listening.ngram import END, Ngrams, words_of
from simulator.speech.listening.pronunciation import PHONES, pronounce, variants

_NAME_COPIES: Final = 2
"""A name stands alone in few sentences, but is said in many."""


@dataclass(frozen=True, slots=True)
class CallModel:
    """Two text files: an ARPA language model, and a dictionary with a pronunciation a line. `spelt`: the words whose
    sounds were found by rule."""

    language: str
    dictionary: str
    words: frozenset[str]
    spelt: frozenset[str]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Writes both files; OSError when the folder cannot be written."""
        language, dictionary = folder / "call.lm", folder / "call.dict"
        language.write_text(self.language, encoding="utf-8", newline="\n")
        dictionary.write_text(self.dictionary, encoding="utf-8", newline="\n")
        return language, dictionary


def call_model(hints: Hints, sounds: Mapping[str, tuple[str, ...]]) -> CallModel:
    """The model of a call. `sounds`: the dictionary of the folder. A word without any sound (`ł`) is left out."""
    texts = (*hints.sentences, *(name for name in hints.names for _copy in range(_NAME_COPIES)))
    sentences = [[word for word in words_of(text) if sounds.get(word) or pronounce(word)] for text in texts]
    ngrams = Ngrams(sentences)
    words = [word for word in ngrams.vocabulary if word != END]
    spelt = frozenset(word for word in words if not sounds.get(word))
    rows = [row for word in words for row in _rows(word, sounds.get(word) or pronounce(word))]
    return CallModel(ngrams.arpa(), "".join(f"{row}\n" for row in rows), frozenset(words), spelt)


def read_dictionary(text: str) -> dict[str, tuple[str, ...]]:
    """Word → sounds of a Sphinx dictionary; of several pronunciations the first. Other lines are passed over."""
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        word, *sounds = line.split() or [""]
        if sounds and not word.endswith(")"):
            found.setdefault(word.lower(), tuple(sounds))
    return found


def phone_loop(phones: Iterable[str] = PHONES) -> str:
    """An ARPA model in which any sound may follow any other: what fits a sentence no better than this was not said."""
    sounds = sorted(phones)
    return Ngrams([[sound] for sound in (*sounds, "SIL")]).arpa()


def _rows(word: str, sounds: tuple[str, ...]) -> Iterator[str]:
    for number, variant in enumerate(variants(sounds), 1):
        yield f"{word if number == 1 else f'{word}({number})'} {' '.join(variant)}"
