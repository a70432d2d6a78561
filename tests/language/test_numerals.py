"""Numbers, durations, hours, days, amounts, telephones: words or digits, one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.numerals import digits_of, quantities
from simulator.language.text import read


def values(text: str, kind: str) -> list[int]:
    return [quantity.value for quantity in quantities(read(text)) if quantity.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("dos", "number", [2]),
        ("treinta y cinco", "number", [35]),
        ("ciento veintitrés", "number", [123]),
        ("dos mil trescientos cuarenta y cinco", "number", [2345]),
        ("un millón doscientos mil", "number", [1_200_000]),
        ("48.900", "number", [48_900]),
        ("10 mil", "number", [10_000]),
        ("siete siete uno", "number", [7, 7, 1]),
        ("deme 3 minutos", "duration", [180]),
        ("un minutico", "duration", [60]),
        ("un par de minutos", "duration", [120]),
        ("medio minuto", "duration", [30]),
        ("media hora", "duration", [1800]),
        ("un cuarto de hora", "duration", [900]),
        ("tres cuartos de hora", "duration", [2700]),
        ("minuto y medio", "duration", [90]),
        ("dos o tres minutos", "duration", [120, 180]),
        ("unos minutos", "duration", []),
        ("en quince días hábiles", "period", [15]),
        ("dos semanas", "period", [14]),
        ("a las 10:30", "hour", [630]),
        ("a las diez y media", "hour", [630]),
        ("a las cinco menos cuarto", "hour", [285]),
        ("antes de las cinco", "hour", [300]),
        ("3 pm", "hour", [180]),
        ("al mediodía", "hour", [720]),
        ("entre las dos personas", "hour", [120]),
        ("el 5 de mayo", "day", [-1]),
        ("mañana a primera hora", "day", [-1]),
        ("por la mañana", "day", []),
        ("pasado mañana", "day", [-1]),
        ("el jueves", "day", [-1]),
        ("el 3/05", "day", [-1]),
        ("noventa euros", "amount", [90]),
        ("$48.900", "amount", [48_900]),
        ("3104471862", "phone", [0]),
        ("tres uno cero cuatro cuatro siete uno", "phone", [0]),
        ("son 120", "phone", []),
    ],
)
def test_values(text: str, kind: str, expected: list[int]) -> None:
    assert values(text, kind) == expected


def test_digits_of_a_spelled_account() -> None:
    reading = read("44 setenta y uno dos dos")
    assert digits_of(reading, 0, len(reading.words)) == "447122"


NUMERALS = ["dos", "mil", "y", "media", "cien", "uno", "treinta", "10:30", "48.900", "9" * 20, "de", "la", "hora", "o"]


@given(st.lists(st.sampled_from(NUMERALS), max_size=12))
def test_any_row_of_numerals_gives_places_inside(words: list[str]) -> None:
    reading = read(" ".join(words))
    for quantity in quantities(reading):
        assert 0 <= quantity.start < quantity.end <= len(reading.tokens)
