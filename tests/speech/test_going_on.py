"""A pause for thought is told from the end by the last words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.listening.going_on import GOES_ON_PHRASES, GOES_ON_WORDS, goes_on


@pytest.mark.parametrize(
    "text",
    [
        "buenos días le habla Ana de",
        "voy a revisar su factura y",
        "entiendo que",
        "un momento eh",
        "sí claro o sea",
        "el cargo se hizo en la",
        "la la",
        "quisiera qui qui",
        "permítame revisar,",
        "Le entiendo…",
        "lamento mucho que se",
        "bueno",
        "ENTIENDO QUE",
    ],
)
def test_what_goes_on(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "buenos días le habla Ana de Telefónica",
        "¿en qué le puedo ayudar?",
        "le puedo ayudar en algo más",
        "no sé para qué",
        "sí",
        "sí sí",
        "no no",
        "le llamo a la una",
        "con quién tengo el gusto",
        "gracias por llamar que tenga buen día",
        "cómo va",
    ],
)
def test_what_is_an_end(text: str) -> None:
    assert not goes_on(text)


@given(st.text(), st.sampled_from(sorted(GOES_ON_WORDS) + list(GOES_ON_PHRASES)))
def test_whatever_was_said_before_a_connective_it_goes_on(before: str, last: str) -> None:
    assert goes_on(f"{before} zeta {last}")


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert goes_on(text) in {True, False}


@given(st.text(), st.sampled_from([".", "?", "!"]))
def test_a_written_end_is_an_end(text: str, stop: str) -> None:
    assert not goes_on(f"{text} de la casa{stop}")
