"""The phrase language: each mark, and each mistake at its place."""

import pytest

from simulator.language.lexicon import Lexicon
from simulator.language.patterns import MOST_ALTERNATIVES, MOST_ITEMS, PatternError, parse_pattern
from tests.language.conftest import Finder


def quotes(found: tuple, reply: str) -> list[str]:  # type: ignore[type-arg]
    return [reply[match.start : match.end] for match in found if not match.negated]


@pytest.mark.parametrize(
    ("pattern", "reply", "quote"),
    [
        ("momento", "Un MOMENTO, por favor", "MOMENTO"),
        ("adios", "Adiós, señora", "Adiós"),
        ("adiós", "adios señora", "adios"),
        ("permitir~", "¿Me lo permite, señora?", "permite"),
        ("permitir~", "Permítame un segundo", "Permítame"),
        ("permitir~", "¿me permitirías esperar?", "permitirías"),
        ("pasar~", "pásemela, por favor", "pásemela"),
        ("ayudar~", "sigo ayudándole con gusto", "ayudándole"),
        ("minuto~", "deme dos minuticos", "minuticos"),
        ("señor~", "buenas, señorita", "señorita"),
        ("=sí", "le dije que sí", "sí"),
        ("dar~", "quiero que le dé uno", "dé"),
        ("dar~", "deme el dato", "deme"),
        ("poder~", "¿me podría ayudar?", "podría"),
        ("ser~", "fue un error", "fue"),
        ("haber~", "ha llamado", "ha"),
        ("deber~", "debió llegar ayer", "debió"),
        ("(hola / buenas) ...2 señora", "Hola, muy buenas, señora", "buenas, señora"),
        ("muy (buenos /) días", "muy días", "muy días"),
        ("muy (buenos /) días", "muy buenos días", "muy buenos días"),
        ("gracias ... llamar~", "Gracias a usted por llamarnos", "Gracias a usted por llamarnos"),
        (
            "gracias ...6 llamar~",
            "gracias de todo corazón a usted por llamar",
            "gracias de todo corazón a usted por llamar",
        ),
        ("$rato", "espéreme un ratico", "un ratico"),
        ("$pedido", "¿me permite usted un momentito?", "permite usted un momentito"),
        ("llamar~ + gracias", "por llamar, muchas gracias", "llamar, muchas gracias"),
        ("(un / dos) minutos", "son 2 minutos", "2 minutos"),
        ("e-mail", "por e-mail", "e-mail"),
        ("por favor", "porfa, dígame", "porfa"),
        ("me permite un", "me permite este eh un momento", "me permite este eh un"),
        ("_agent", "le habla Diego Salas", "Diego Salas"),
        ("_customer", "claro, señora Rios", "Rios"),
        ("_company", "bienvenida a Andarríos", "Andarríos"),
        ("_company", "banco andarios buenos días", "banco andarios"),
        ("_area", "la paso con Rocío", "Rocío"),
        ("_area", "va a Facturaciones ahora", "Facturaciones"),
        ("_account", "cuenta cuarenta y cuatro setenta y uno veintidós", "cuarenta y cuatro setenta y uno veintidós"),
        ("_account", "es la 44 71 22", "44 71 22"),
        ("_clock", "muy buenos días", "muy buenos días"),
        ("_duration", "deme un par de minutos", "un par de minutos"),
        ("_call_reason", "le duplicaron el cobro de la factura, dos veces", "cobro"),
        ("_question", "Hola. ¿Qué desea usted? ¿De acuerdo?", "Qué desea usted"),
        ("_address", "entre a santelmo punto com ahora", "santelmo punto com"),
    ],
)
def test_marks(search: Finder, pattern: str, reply: str, quote: str) -> None:
    assert quote in quotes(search(pattern, reply), reply)


@pytest.mark.parametrize(
    ("pattern", "reply"),
    [
        ("momento", "monumento"),
        ("dar~", "el número de cuenta"),
        ("saber~", "se lo digo"),
        ("comer~", "como usted quiera"),
        ("_question", "¿Cierto?"),
        ("_question ... _question", "¿Tiene luz hoy? ¿Me dice su nombre?"),
        ("=si", "le dije que sí"),
        ("=sí", "si me dice"),
        ("gracias ... llamar~", "gracias. Puede llamar"),
        ("gracias ... llamar~", "gracias pero puede llamar"),
        ("gracias ... llamar~", "gracias a usted y a toda su familia por llamar"),
        ("buenos días", "buenos. Días"),
        ("llamar~ + gracias", "puede llamar. Gracias"),
        ("dos + dos", "deme dos minutos"),
        ("_agent", "le habla Rodrigo"),
        ("_customer", "señora Martínez"),
        ("_company", "el banco le informa"),
        ("_account", "es la 4471-23"),
        ("_clock", "buenas tardes"),
        ("_clock", "que tenga buenos días"),
        ("_duration", "unos minutos"),
        ("poder", "mi padre"),
    ],
)
def test_what_does_not_match(search: Finder, pattern: str, reply: str) -> None:
    assert not search(pattern, reply)


@pytest.mark.parametrize(
    ("pattern", "code", "place"),
    [
        ("", "pattern-empty", (0, 1)),
        ("a ( / )", "pattern-empty", (2, 7)),
        ("hola ?", "pattern-character", (5, 6)),
        ("(a / b", "pattern-unclosed", (0, 1)),
        ("a)", "pattern-unopened", (1, 2)),
        ("a / b", "pattern-slash", (2, 3)),
        ("(a /) (b /)", "pattern-optional", (0, 11)),
        ("a +", "pattern-plus", (2, 3)),
        ("+ a", "pattern-plus", (0, 1)),
        ("... a", "pattern-gap-place", (0, 3)),
        ("a ...", "pattern-gap-place", (2, 5)),
        ("a ... ... b", "pattern-gap-place", (6, 9)),
        ("a ...99 b", "pattern-gap-size", (2, 7)),
        ("hola _cliente", "pattern-value", (5, 13)),
        ("(" * 9 + "a" + ")" * 9, "pattern-nesting", (8, 9)),
    ],
)
def test_mistakes(pattern: str, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(PatternError) as error:
        parse_pattern(pattern)
    assert (error.value.code, (error.value.start, error.value.end)) == (code, place)


def test_patterns_that_could_explode_are_refused() -> None:
    with pytest.raises(PatternError, match="pattern-too-long"):
        parse_pattern("a " * (MOST_ITEMS + 1))
    with pytest.raises(PatternError, match="pattern-alternatives"):
        parse_pattern("(" + " / ".join(["a"] * (MOST_ALTERNATIVES + 1)) + ")")


def test_an_unknown_concept_is_told_at_its_place(lexicon: Lexicon) -> None:
    with pytest.raises(PatternError) as error:
        lexicon.child().compile("hola $ratos")
    assert (error.value.code, error.value.start, error.value.end) == ("concept-unknown", 5, 11)


def test_a_scenarios_words_stay_its_own(lexicon: Lexicon) -> None:
    before = lexicon.size
    child = lexicon.child()
    child.compile("zanahoria marinar~")
    assert lexicon.size == before
    assert child.symbols_of("zanahoria")
    assert not lexicon.symbols_of("zanahoria")
