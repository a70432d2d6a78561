"""The language model of expected sentences."""

import itertools
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.listening.ngram import END, START, Ngrams, words_of

WORDS = st.sampled_from(["con", "mucho", "gusto", "le", "ayudo"])
TEXTS = st.lists(st.lists(WORDS, max_size=6), max_size=6)


@given(TEXTS, st.lists(WORDS | st.just(START) | st.just("nunca"), max_size=3))
def test_what_may_follow_adds_up_to_one(texts: list[list[str]], history: list[str]) -> None:
    model = Ngrams(texts)
    assert sum(model.probability(word, history) for word in model.vocabulary) == pytest.approx(1)


@given(TEXTS)
def test_the_arpa_file_says_the_same(texts: list[list[str]]) -> None:
    """Read as any decoder reads it: the longest n-gram that is there, else the factors of the histories."""
    model = Ngrams(texts)
    rows = _read(model.arpa())
    histories = itertools.chain.from_iterable(rows[order] for order in (1, 2))
    for history in [(), *(tuple(h) for h in histories if h[-1] != END)]:
        for word in model.vocabulary:
            assert _looked_up(rows, history, word) == pytest.approx(model.probability(word, history), rel=2e-3)


def test_a_sentence_that_was_expected_is_likelier_than_its_words_turned_round() -> None:
    model = Ngrams([words_of("con mucho gusto le ayudo"), words_of("le ayudo mucho")])

    def chance(text: str) -> float:
        words = [START, *text.split(), END]
        return math.prod(model.probability(words[at], words[:at]) for at in range(1, len(words)))

    assert chance("con mucho gusto le ayudo") > 20 * chance("gusto ayudo le con mucho") > 0


def test_words_are_as_a_dictionary_has_them() -> None:
    assert words_of("¿Señora Ríos? Son $48.900, ¡ya!") == (
        *("señora", "ríos", "son", "cuarenta", "y", "ocho", "mil", "novecientos", "pesos", "ya"),
    )


@given(st.text(max_size=60))
def test_any_text_gives_lower_case_words_of_letters(text: str) -> None:
    assert all(word and all(letter.isalpha() for letter in word) for word in words_of(text))


def _read(arpa: str) -> dict[int, dict[tuple[str, ...], tuple[float, float]]]:
    rows: dict[int, dict[tuple[str, ...], tuple[float, float]]] = {1: {}, 2: {}, 3: {}}
    counted = dict(re.findall(r"ngram (\d)=(\d+)", arpa))
    order = 0
    for line in arpa.splitlines():
        if section := re.fullmatch(r"\\(\d)-grams:", line):
            order = int(section[1])
        elif order and line and line[0] != "\\":
            fields = line.split("\t")
            backoff = 10 ** float(fields[2]) if len(fields) > 2 else 1.0
            rows[order][tuple(fields[1].split())] = (10 ** float(fields[0]), backoff)
    assert {order: len(found) for order, found in rows.items()} == {int(n): int(c) for n, c in counted.items()}
    return rows


def _looked_up(
    rows: dict[int, dict[tuple[str, ...], tuple[float, float]]], history: tuple[str, ...], word: str
) -> float:
    whole = (*history, word)
    found = rows[len(whole)].get(whole)
    if found is not None:
        return found[0]
    assert history, word
    return rows[len(history)].get(history, (0.0, 1.0))[1] * _looked_up(rows, history[1:], word)
