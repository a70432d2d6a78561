"""Spelling: what counts as a mistake, what never does, and the accents that only the neighbours ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.accents import attached, nuclei, stressed
from simulator.language.lexicon import Lexicon
from simulator.language.spelling import dictionary, misspelled
from simulator.language.text import read
from simulator.language.values import names
from tests.language.conftest import SITUATION


def wrong(lexicon: Lexicon, text: str) -> list[str]:
    reading = read(text)
    found = misspelled(reading, lexicon.verbs, names(SITUATION), lexicon.short_names, dictionary())
    return [reading.tokens[position].text for position in found]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("Buenas tardes, tambien le envio la devolucion.", ["tambien", "envio", "devolucion"]),
        ("La cancelacion y la reprogramacion.", ["cancelacion", "reprogramacion"]),
        ("Le ofresco disculpas por el incombeniente.", ["ofresco", "incombeniente"]),
        ("porfavor espere, q ya le ayudo", ["porfavor", "q"]),
        ("Permitame su numero de celular.", ["Permitame", "numero"]),
        ("¿Cual es su correo? ¿En que le ayudo?", ["Cual", "que"]),
        ("Su pago ya esta en proceso. Esta listo.", ["esta", "Esta"]),
        ("Si, señora. Claro que si.", ["Si", "si"]),
        ("No tengo mas datos, se cobro dos veces.", ["mas", "cobro"]),
        ("Que pena con usted, mire la pagina.", ["Que", "pagina"]),
    ],
)
def test_mistakes(lexicon: Lexicon, text: str, mistakes: list[str]) -> None:
    assert wrong(lexicon, text) == mistakes


@pytest.mark.parametrize(
    "text",
    [
        "Permítame, transfiérasela, decime, contame, vámonos, dele, démelo, ayudándole, póngamela.",
        "Un momentico, señora; en un ratito le tengo su cafecito y la cuentica.",
        "¡Qué chévere! La guagua, el ordenador, el celular, la computadora, el pibe, laburo, platicar.",
        "Ya le escribí a marta.rios@telenova.example, cuenta 4471-22, por WhatsApp o al 300 123 45 67.",
        "Pulse «Guardar camvios» como dice la pantalla.",
        "Le habla Diego, de Banco Andarríos, para la doña Marta Ríos de Siniestros.",
        "Vi la serie de Netflix con Yuleisy; el PQR y el DNI, Sr. Gómez.",
        "Jajaja, mmm, uy, ok.",
        "Esta semana, esta cuenta, si usted quiere, que tenga buen día, como le dije, cuando guste.",
        "Yo mismo lo numero y lo deposito.",
        "Los tiquetes en formato editable, los planteos del ISSSTE y el agendamiento.",
        "Muchísimas gracias, clarísimo, preautorizada, coaseguro.",
    ],
)
def test_what_is_right(lexicon: Lexicon, text: str) -> None:
    assert wrong(lexicon, text) == []


def test_a_decomposed_accent_is_an_accent(lexicon: Lexicon) -> None:
    assert wrong(lexicon, "tambie\u0301n le ayudo") == []


def test_a_word_in_capitals_is_read_like_any_other(lexicon: Lexicon) -> None:
    assert wrong(lexicon, "GRACIAS POR SU PASIENCIA") == ["PASIENCIA"]


@given(st.text(max_size=200))
def test_any_text_has_its_mistakes_inside(lexicon: Lexicon, text: str) -> None:
    for word in wrong(lexicon, text):
        assert word in text


@pytest.mark.parametrize(
    ("form", "pronouns", "written"),
    [
        ("permita", ("me",), "permítame"),
        ("dé", ("le",), "dele"),
        ("dé", ("me", "lo"), "démelo"),
        ("decí", ("me",), "decime"),
        ("anotá", ("me", "lo"), "anotámelo"),
        ("envíe", ("me", "lo"), "envíemelo"),
        ("oír", ("lo",), "oírlo"),
        ("continúe", ("lo",), "continúelo"),
        ("transferir", ("se", "la"), "transferírsela"),
        ("averigüe", ("me",), "averígüeme"),
    ],
)
def test_the_accent_of_a_form_with_pronouns(form: str, pronouns: tuple[str, ...], written: str) -> None:
    assert attached(form, pronouns) == written


@pytest.mark.parametrize(
    ("word", "heads", "at"),
    [
        ("guitarra", [2, 4, 7], 4),
        ("aéreo", [0, 1, 3, 4], 1),
        ("país", [1, 2], 2),
        ("quiero", [3, 5], 3),
        ("tst", [], -1),
    ],
)
def test_syllables(word: str, heads: list[int], at: int) -> None:
    assert (nuclei(word), stressed(word)) == (heads, at)
