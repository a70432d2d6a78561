"""The frozen sets are what they say: a scenario that changes must not make a listed sentence an unlisted one."""

from collections import Counter
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

import pytest

from simulator.speech.heard import Heard, Hints, Word
from simulator.speech.listening.ngram import words_of
from tests.speech.sentence_sets import NEAR, Judged, Row, SetName, Speaking, hints_of, rows, texts

SETS: tuple[SetName, ...] = ("development", "clean")
CLEAN = tuple(dict.fromkeys(row["scenario"] for row in texts("clean")))


def _without_names(text: str, hints: Hints) -> tuple[str, ...]:
    names = {word for name in hints.names for word in words_of(name)}
    return tuple(word for word in words_of(text) if word not in names)


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(row.kind for row in rows("clean"))
    assert kinds == {"listed": 80, **dict.fromkeys(NEAR, 16), "service": 48, "talk": 40}
    assert len(rows("development")) == 4 * len(texts("development"))


@pytest.mark.parametrize("name", SETS)
def test_only_the_listed_ones_are_expected(name: SetName) -> None:
    for scenario, mine in groupby(sorted(texts(name), key=itemgetter("scenario")), itemgetter("scenario")):
        expected = {words_of(text) for text in hints_of(scenario).sentences}
        for row in mine:
            assert (words_of(row["text"]) in expected) == (row["kind"] == "listed"), row["text"]


@pytest.mark.parametrize("scenario", CLEAN)
def test_nothing_clean_is_in_the_development_set(scenario: str) -> None:
    old = hints_of("angry-caller")
    seen = {_without_names(text, old) for text in (*old.sentences, *(row["text"] for row in texts("development")))}
    hints = hints_of(scenario)
    for row in texts("clean"):
        if row["scenario"] == scenario:
            assert row["kind"] in NEAR or _without_names(row["text"], hints) not in seen, row["text"]


@pytest.mark.parametrize("name", SETS)
def test_a_near_miss_is_an_expected_sentence_with_one_word_changed(name: SetName) -> None:
    for row in texts(name):
        if row["kind"] not in NEAR:
            assert not row["of"]
            continue
        expected, said = words_of(row["of"]), words_of(row["text"])
        assert expected in {words_of(text) for text in hints_of(row["scenario"]).sentences}
        changes = [
            (expected[a:b], said[c:d])
            for kind, a, b, c, d in SequenceMatcher(None, expected, said, autojunk=False).get_opcodes()
            if kind != "equal"
        ]
        assert len(changes) == 1, row
        if row["kind"] == "near-no":
            assert changes[0] in ((("no",), ()), ((), ("no",)))
        else:
            assert [len(words) for words in changes[0]] == [1, 1]


def _judged(said: str, heard: str, *sures: int, rejected: bool = False) -> Judged:
    words = tuple(Word(word, 0, 1, sure) for word, sure in zip(heard.split(), sures, strict=True))
    row = Row("", "near-day", said, "La cita es el lunes.", Speaking("", 0, 0, 0))
    return Judged(row, Heard(heard, words, rejected=rejected), frozenset({("la", "cita", "es", "el", "lunes")}))


def test_a_word_that_was_not_said_counts_when_it_was_sure_and_accepted() -> None:
    other = _judged("La cita es el jueves.", "la cita es el lunes", 99, 99, 99, 99, 80)
    assert other.put_in_the_mouth
    assert other.wrong_and_sure(75) == ["lunes"]
    assert other.wrong_and_sure(81) == []
    rejected = _judged("La cita es el jueves.", "la cita es el lunes", 99, 99, 99, 99, 80, rejected=True)
    assert not rejected.put_in_the_mouth
    assert rejected.wrong_and_sure(75) == []
    right = _judged("La cita es él jueves.", "la cita es el jueves", 99, 99, 99, 99, 80)
    assert right.accepted
    assert not right.put_in_the_mouth
    assert right.wrong_and_sure(75) == []
