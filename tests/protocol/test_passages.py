"""Letters are weighed piece by piece: many intentions in one text do not speak against each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Verdict
from simulator.protocol.passages import PARAGRAPH_WORDS, pages, pieces
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand

LETTER = """Buenos días, don Hernán:

Le escribe Natalia Duque, de Aguas de San Lorenzo. Gracias por su correo. Lo recibimos en Facturación, que es el área \
encargada, y le daremos respuesta de fondo en quince días hábiles.

Comprendo su preocupación; le ofrezco disculpas por el mal rato. Si le entiendo bien, la factura de mayo llegó por \
312.600 pesos cuando su promedio es de 48.200, y la casa estuvo cerrada.

¿Hay algo más en que le pueda ayudar? Que tenga un buen día.

Natalia Duque"""
SAID = ("acknowledge-receipt", "show-empathy", "apologise", "confirm-understanding", "offer-further-help", "farewell",
    "thank-for-contact", "greet-company", "greet-time-of-day", "no-rudeness", "no-blame")  # fmt: skip
SITUATION = Situation(
    channel="email", company="Aguas de San Lorenzo", agent="Natalia Duque", customer="Hernán Quiceno", clock=500
)

paragraphs = st.lists(st.text("ab .!?ñ", max_size=30), max_size=8).map("\n".join)


@given(paragraphs | st.text(max_size=200))
def test_pieces_and_pages_are_in_order_and_leave_no_word_out(text: str) -> None:
    for parts in (pieces(text), pages(text, pieces(text))):
        assert parts == sorted(parts)
        assert all(start < end for start, end in parts)
        assert all(before[1] <= after[0] for before, after in pairwise(parts))
        kept = "".join(text[start:end] for start, end in parts)
        assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


def test_one_paragraph_is_one_piece_unless_it_is_longer_than_any_reply() -> None:
    assert len(pieces("Una frase. " * (PARAGRAPH_WORDS // 2))) == 1
    assert len(pieces("Una frase. " * PARAGRAPH_WORDS)) > 1


@pytest.mark.parametrize("id", SAID)
def test_each_intention_of_a_letter_is_found(id: str) -> None:
    found = understand({id: shipped_protocol().protocol.rules[id]}, SITUATION, LETTER)[id]
    assert found.verdict is Verdict.MET
    assert all(LETTER[start:end].strip() for start, end in found.spans)


def test_what_a_letter_does_not_say_is_not_found() -> None:
    rules = shipped_protocol().protocol.rules
    absent = ("ask-feedback", "invite-to-website", "forward-to-responsible", "offer-other-channels")
    found = understand({id: rules[id] for id in absent}, SITUATION, LETTER)
    assert {id: finding.verdict for id, finding in found.items()} == dict.fromkeys(absent, Verdict.MISSED)


def test_a_breach_in_one_paragraph_breaks_and_is_quoted() -> None:
    rude = LETTER.replace("Comprendo su preocupación;", "Deje de llorar, que ya me tiene harta;")
    rules = {"no-rudeness": shipped_protocol().protocol.rules["no-rudeness"]}
    found = understand(rules, SITUATION, rude)["no-rudeness"]
    assert found.verdict is Verdict.MISSED
    assert any("Deje de llorar" in rude[start:end] for start, end in found.spans)
