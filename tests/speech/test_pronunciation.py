"""Spanish letters to the sounds of the PocketSphinx model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.listening.pronunciation import PHONES, pronounce, variants
from simulator.speech.listening.sphinx_model import read_dictionary
from tests.speech.said import SPHINX_FOLDER, needs_sphinx_model


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("gracias", "g r a z i a s"),
        ("guerra", "g e rr a"),
        ("pingüino", "p i n g u i n o"),
        ("Ríos", "rr i o s"),
        ("Enrique", "e n rr i k e"),
        ("Treviño", "t r e b i gn o"),
        ("huevo", "u e b o"),
        ("Jessica", "j e s i k a"),
        ("Guillermo", "g i ll e r m o"),
        ("hoy", "o i"),
        ("mayo", "m a y o"),
        ("México", "m e j i k o"),
        ("taxi", "t a x i"),
        ("wifi", "u i f i"),
        ("Chacón", "ch a k o n"),
        ("4471", ""),
    ],
)
def test_spelling_is_read(word: str, sounds: str) -> None:
    assert " ".join(pronounce(word)) == sounds


@given(st.text(max_size=30))
def test_any_text_gives_sounds_of_the_model(text: str) -> None:
    assert set(pronounce(text)) <= PHONES


def test_both_pronunciations_are_offered_where_they_differ() -> None:
    assert variants(("z", "e", "ll", "o")) == (("z", "e", "ll", "o"), ("s", "e", "y", "o"))
    assert variants(("m", "a", "r")) == (("m", "a", "r"),)


def test_nearly_all_of_the_models_dictionary_is_spelt_as_it_is_there() -> None:
    needs_sphinx_model()
    entries = read_dictionary((SPHINX_FOLDER / "base_dictionary.txt").read_text(encoding="utf-8"))
    assert len(entries) > 22_000
    same = sum(pronounce(word) == sounds for word, sounds in entries.items())
    assert same / len(entries) > 0.985  # the rest: abbreviations read as letters, slips, foreign doubled letters
