"""Word errors: known cases, and what holds for all texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.accuracy import WordErrors, compared, together, words_of

WORDS = st.lists(st.sampled_from(["hola", "buenos", "días", "le", "habla", "diego", "no"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("Buenos días, le habla Diego.", "buenos dias le habla diego", WordErrors(5)),
        ("Le habla Diego", "le habla de ego", WordErrors(3, substituted=1, put_in=1)),
        ("uno dos tres", "uno tres", WordErrors(3, left_out=1)),
        ("uno tres", "uno dos tres", WordErrors(2, put_in=1)),
        ("Son $48.900", "son cuarenta y ocho mil novecientos pesos", WordErrors(7)),
        ("a las 3:15", "a las tres y quince", WordErrors(5)),
        ("mañana", "manana", WordErrors(1, substituted=1)),
        ("hola", "", WordErrors(1, left_out=1)),
        ("", "hola", WordErrors(0, put_in=1)),
    ],
)
def test_known_cases(said: str, heard: str, errors: WordErrors) -> None:
    assert compared(said, heard) == errors


def test_rates() -> None:
    assert WordErrors(20, 1, 1, 1).rate == 15.0
    assert (WordErrors(0).rate, WordErrors(0, put_in=3).rate, WordErrors(1, put_in=3).rate) == (0.0, 100.0, 300.0)
    assert together([WordErrors(10, 1), WordErrors(30, 0, 2, 1)]) == WordErrors(40, 1, 2, 1)
    assert together([]) == WordErrors(0)


@given(WORDS)
def test_what_is_heard_as_it_was_said_has_no_error(text: str) -> None:
    assert compared(text, text.upper()).errors == 0


@given(WORDS, WORDS)
def test_the_counts_agree_with_the_lengths(said: str, heard: str) -> None:
    errors, there, back = compared(said, heard), words_of(said), words_of(heard)
    assert errors.words == len(there)
    assert len(there) - errors.left_out + errors.put_in == len(back)
    assert abs(len(there) - len(back)) <= errors.errors <= max(len(there), len(back))
    assert compared(heard, said).errors == errors.errors
    assert (errors.errors == 0) == (there == back)


@given(WORDS, WORDS, WORDS)
def test_a_detour_is_never_shorter(one: str, two: str, three: str) -> None:
    assert compared(one, three).errors <= compared(one, two).errors + compared(two, three).errors


@given(st.text(max_size=60))
def test_any_text_has_words(text: str) -> None:
    assert all(word and not word.isspace() for word in words_of(text))
