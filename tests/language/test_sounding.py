"""Names as they sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.sounding import ALIKE, likeness, runs_like, sound

SPANISH = st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúü '-", max_size=30)


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("te le novo", "Telenova"),
        ("tele nova", "Telenova"),
        ("maría ríos", "Marta Ríos"),
        ("quiñones", "Kiñónez"),
        ("bodega central", "Vodega Sentral"),
    ],
)
def test_what_a_recogniser_writes_sounds_like_the_name(heard: str, name: str) -> None:
    assert likeness(heard, name) >= ALIKE


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("buenas tardes", "Telenova"),
        ("movistar", "Telenova"),
        ("carlos", "Diego"),
        ("digo", "Diego"),
        ("llega", "Vega"),
        ("a las", "Salas"),
        ("mañana", "Mariana"),
        ("dios", "Ríos"),
        ("la plata", "Luzplata"),
    ],
)
def test_another_word_is_not_the_name(heard: str, name: str) -> None:
    assert likeness(heard, name) < ALIKE


@given(SPANISH, SPANISH)
def test_likeness_is_a_symmetric_share(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 100
    assert likeness(a, a) == (100 if sound(a) else 0)


def test_the_run_of_words_is_found_where_it_stands() -> None:
    words = ["buenos", "días", "te", "le", "novo", "le", "habla", "digo"]
    assert runs_like(words, "Telenova")[0][:2] == (2, 5)
    assert runs_like(words, "Diego") == []


def test_a_name_heard_rightly_is_no_misheard_one() -> None:
    assert runs_like(["telenova", "buenos", "días"], "Telenova") == []


def test_a_name_heard_rightly_keeps_its_neighbours() -> None:
    assert runs_like(["farmacias", "sol", "andino", "buenos", "días"], "Farmacias Sol Andino") == []
    assert runs_like(["renzo", "no", "está"], "Renzo") == []
