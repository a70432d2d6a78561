"""The questions of a sentence, those that «y» joins apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.questions import joined_question, questions
from simulator.language.text import read


@pytest.mark.parametrize(
    ("reply", "asked"),
    [
        ("¿Con quién hablo y qué mensaje le aparece?", ["Con quién hablo", "y qué mensaje le aparece"]),
        ("Qué pena, y con quién hablo?", ["Qué pena, y con quién hablo"]),
        ("¿Disculpe, señora Marta, con quién hablo?", ["Disculpe, señora Marta, con quién hablo"]),
        ("¿Me da su nombre y me cuenta qué pasó?", ["Me da su nombre", "y me cuenta qué pasó"]),
        ("¿Me da su nombre y me espera un minuto?", ["Me da su nombre y me espera un minuto"]),
        ("¿Me da su nombre, y de qué fecha es?", ["Me da su nombre", "y de qué fecha es"]),
        ("¿me da su nombre y desde cuando falla?", ["me da su nombre", "y desde cuando falla"]),
        ("¿Con quién hablo y si le pasa siempre?", ["Con quién hablo", "y si le pasa siempre"]),
        ("¿Le confirmo que pagó y que quedó al día?", ["Le confirmo que pagó y que quedó al día"]),
        ("¿Lo llamo hoy y si no, mañana?", ["Lo llamo hoy y si no, mañana"]),
        ("¿Es el módem y el control o qué cosa?", ["Es el módem y el control o qué cosa"]),
        ("Dígame y qué pasó.", []),
    ],
)
def test_each_question_stands_by_itself(reply: str, asked: list[str]) -> None:
    reading = read(reply)
    spans = [reading.span(start, end) for start, end in questions(reading)]
    assert [reply[start:end] for start, end in spans] == asked


@pytest.mark.parametrize(
    ("reply", "words", "question"),
    [
        ("Hola, ¿con quién hablo y qué le pasó?", "qué le pasó", "y qué le pasó"),
        ("Hola, ¿con quién hablo y qué le pasó?", "quién hablo", "con quién hablo"),
        ("Hola, ¿con quién hablo y qué le pasó?", "quién hablo y qué", None),
        ("¿Qué le pasó? ¿Con quién hablo?", "Qué le pasó", None),
        ("Dígame qué pasó.", "qué pasó", None),
    ],
)
def test_a_joined_question_is_found_by_its_words(reply: str, words: str, question: str | None) -> None:
    start = reply.index(words)
    found = joined_question(read(reply), start, start + len(words))
    assert (None if found is None else reply[slice(*found)]) == question


@given(st.text(alphabet=st.sampled_from("¿?,. yqueéácondsi"), max_size=60))
def test_questions_are_in_order_inside_their_sentence_and_lose_no_word(text: str) -> None:
    reading = read(text)
    found = questions(reading)
    assert [place for start, end in found for place in range(start, end)] == [
        place for place, asks in enumerate(reading.question) if asks
    ]
    assert all(reading.sentence[start] == reading.sentence[end - 1] for start, end in found)
