"""Typos: tolerated towards the patterns' words only, never for a real word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.lexicon import Lexicon
from simulator.language.match import find
from simulator.language.text import read
from simulator.language.typos import Neighbours, distance, sound
from tests.language.conftest import SITUATION, Finder

WORDS = st.text(alphabet="abcñrst", max_size=8)


@given(WORDS, WORDS)
def test_distance_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert distance(a, b, 2) == distance(b, a, 2) <= 3
    assert (distance(a, b, 2) == 0) == (a == b)


@pytest.mark.parametrize(
    ("a", "b", "expected"), [("espera", "espeara", 1), ("espera", "esprea", 1), ("gracias", "grasisa", 2)]
)
def test_distance(a: str, b: str, expected: int) -> None:
    assert distance(a, b, 2) == expected


@pytest.mark.parametrize(
    ("a", "b"), [("vamos", "bamos"), ("hacer", "aser"), ("llamar", "yamar"), ("quiero", "kiero"), ("gente", "jente")]
)
def test_words_that_sound_alike(a: str, b: str) -> None:
    assert sound(a) == sound(b)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("permta", ["permita"]),
        ("dsiculpas", ["disculpas"]),
        ("comnucarse", ["comunicarse"]),
        ("ayudarr", ["ayudar"]),
        ("hayudar", ["ayudar"]),
        ("zermita", []),
        ("perm", []),
    ],
)
def test_neighbours(word: str, near: list[str]) -> None:
    assert list(Neighbours(["permita", "disculpas", "comunicarse", "ayudar"]).near(word)) == near


@pytest.mark.parametrize(
    ("pattern", "reply"),
    [
        ("disculpa~", "le ofrezco disclupas"),
        ("colaborar~", "con gusto le colavoro"),
        ("comunicar~", "lo comuinco ahora"),
        ("gracias", "graciasss"),
        ("esperar~", "esperame un toque"),
        ("permitir~", "permitme esperar y permtame"),
    ],
)
def test_slips_are_understood(search: Finder, pattern: str, reply: str) -> None:
    assert search(pattern, reply)


@pytest.mark.parametrize(
    ("pattern", "reply"),
    [
        ("poder~", "mi padre vino"),
        ("esperar~", "la esperanza es lo último"),
        ("hora~", "ahora vuelvo"),
        ("cuenta", "le cuesta mucho"),
        ("gracias", "las garantías vencen"),
        ("mostrar~", "Ana Mostraez llamó"),
    ],
)
def test_real_words_and_names_are_left_alone(search: Finder, pattern: str, reply: str) -> None:
    assert not search(pattern, reply)


@pytest.mark.parametrize(
    "word", ["invitacion", "operadora", "aplicables", "mantenimiento", "asistente", "vencimientos", "tolerancia"]
)
def test_nouns_made_from_verbs_are_real_words(lexicon: Lexicon, word: str) -> None:
    assert lexicon.is_word(word)


@pytest.mark.parametrize("word", ["disclupas", "colavoro", "xyzzy"])
def test_slips_are_no_words(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.is_word(word)


def test_a_scenarios_word_wins_over_a_slip_of_the_catalogues(lexicon: Lexicon) -> None:
    parent = lexicon.child()
    pattern = parent.compile("reembolso")
    child = parent.child()
    own = child.compile("reenbolso")
    reading = read("su reenbolso")
    assert [match.typo for match in find(pattern, reading, SITUATION, parent)] == [True]
    assert [match.typo for match in find(own, reading, SITUATION, child)] == [False]
    assert not find(pattern, reading, SITUATION, child)


def test_a_scenarios_slip_does_not_bend_the_catalogues_word(lexicon: Lexicon) -> None:
    parent = lexicon.child()
    pattern = parent.compile("reenbolso")
    child = parent.child()
    child.compile("reembolso")
    assert [match.typo for match in find(pattern, read("su reenbolso"), SITUATION, child)] == [False]
