"""What is read aloud: figures in words, one string a sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.numbers import LARGEST, cardinal, feminine, shortened
from simulator.speech.spoken import in_words, sentences


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "cero"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (500, "quinientos"),
        (1000, "mil"),
        (2026, "dos mil veintiséis"),
        (21_000, "veintiún mil"),
        (48_900, "cuarenta y ocho mil novecientos"),
        (1_000_000, "un millón"),
        (1_250_000, "un millón doscientos cincuenta mil"),
        (21_000_000, "veintiún millones"),
    ],
)
def test_cardinals(number: int, words: str) -> None:
    assert cardinal(number) == words


def test_forms_before_a_noun() -> None:
    assert [shortened("veintiuno"), shortened("treinta y uno")] == ["veintiún", "treinta y un"]
    assert [feminine("doscientos uno"), feminine("quinientos")] == ["doscientas una", "quinientas"]


@given(st.integers(0, LARGEST))
def test_every_number_has_words_of_letters_alone(number: int) -> None:
    assert re.fullmatch(r"[a-záéíóúñ ]+", cardinal(number))


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_without_words_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        cardinal(number)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Me cobraron $48.900 el 3 de mayo", "Me cobraron cuarenta y ocho mil novecientos pesos el tres de mayo"),
        ("Son $1.000.000", "Son un millón de pesos"),
        ("Son $1", "Son un peso"),
        ("20 € o US$3,50", "veinte euros o tres dólares con cincuenta"),
        ("Mi cuenta es 4471-22", "Mi cuenta es cuatro cuatro siete uno, dos dos"),
        ("Mi celular es 3001234567", "Mi celular es tres cero cero uno dos tres cuatro cinco seis siete"),
        ("a las 10:40, a la 1:00", "a las diez y cuarenta, a la una en punto"),
        ("el 03/05/2026", "el tres de mayo de dos mil veintiséis"),
        ("un 50 % y 3,5 puntos", "un cincuenta por ciento y tres coma cinco puntos"),
        ("21 días, 21 facturas, 1 vez, 21 para mí", "veintiún días, veintiuna facturas, una vez, veintiuno para mí"),
        ("1er piso, 2.ª vez", "primer piso, segunda vez"),
        ("«Hola» (gracias), Sra. Ríos", "Hola, gracias, señora Ríos"),
        ("marta@correo.example", "marta arroba correo punto example"),
        ("www.telenova.example", "triple doble ve punto telenova punto example"),
    ],
)
def test_written_to_spoken(written: str, spoken: str) -> None:
    assert in_words(written) == spoken


def test_sentences_are_split_where_a_speaker_breathes_and_not_after_an_abbreviation() -> None:
    line = "¡Llevo tres días llamando! Hablé con la Sra. Peña a las 8 a. m. ¿Qué van a hacer? Dígame…"
    assert sentences(line) == (
        "¡Llevo tres días llamando!",
        "Hablé con la señora Peña a las ocho de la mañana.",
        "¿Qué van a hacer?",
        "Dígame…",
    )


def test_a_foreign_voice_gets_no_digit_and_no_lone_y() -> None:
    assert sentences("Pagué 20 y 30.", "en-us") == ("Pagué veinte ee treinta.",)
    assert sentences("Pagué 20 y 30.", "es-419") == ("Pagué veinte y treinta.",)


def test_nothing_to_say_gives_no_sentence() -> None:
    assert sentences("… ¡! —") == ()


@given(st.text(max_size=200))
def test_any_text_becomes_sayable_text(text: str) -> None:
    for sentence in sentences(text):
        assert not re.search(r"[0-9]", sentence)
        assert sentence == sentence.strip()
        assert any(character.isalnum() for character in sentence)


@given(st.text(alphabet="aeo s.,!?¿", max_size=60))
def test_plain_words_are_kept_in_order(text: str) -> None:
    assert "".join(re.findall(r"\w", " ".join(sentences(text)))) == "".join(re.findall(r"\w", text))
