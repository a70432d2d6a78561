"""All text checkpoints on any reply: a verdict with spans inside it, in bounded time, never an exception."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.language.situation import Situation
from simulator.language.words import listed
from simulator.protocol.finding import Finding
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand

SITUATION = Situation(
    company="Telenova", agent="Diego Salas", customer="Marta Ríos", area="Facturación", account="4471-22", clock=640,
    customer_turn="¿Por qué me cobraron dos veces?",
)  # fmt: skip


def judged(text: str, situation: Situation = SITUATION) -> Mapping[str, Finding]:
    rules = shipped_protocol().protocol.rules
    found = understand(rules, situation, text)
    assert set(found) == set(rules)
    for finding in found.values():
        ends = [0, *(place for span in finding.spans for place in span)]
        assert ends == sorted(ends)  # sorted, none overlapping
        assert ends[-1] <= len(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\n",
        "😀👍🏽👨‍👩‍👧‍👦",
        "\x00\x07\x1b[31m ¿me permite? \ufffe\uffff",
        "مرحبا، كيف يمكنني مساعدتك؟ ‏שלום",
        "¿Le\u0301 pue\u0301do ayudar\u0301?",
        "¿" * 5_000,
        "a" * 50_000,
        "gracias" * 3_000,
        "no " * 3_000,
        ("el número es " + "uno dos tres " * 300),
        "((((«\"'" * 800,
        "x@" * 3_000 + ".com",
        "1.000.000,00 " * 900,
        "\ud800 sola",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_odd_replies(text: str) -> None:
    judged(text)


def test_a_hundred_thousand_words() -> None:
    judged("Señora Marta, le ofrezco disculpas por lo ocurrido y ya le ayudo con gusto. " * 7_500)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    judged(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            listed(
                "no le me permite un momento por favor gracias espere señora Marta Diego Telenova ¿ ? . , puedo ayudar "
                "disculpe transferir Facturación 4471-22 cinco minutos buenas tardes pero que si usted tú te"
            )
        ),
        max_size=60,
    )
)
def test_any_order_of_the_words_that_matter(words: list[str]) -> None:
    judged(" ".join(words))


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.integers(0, 1439))
def test_any_situation(company: str, agent: str, customer: str, clock: int) -> None:
    situation = Situation(company=company, agent=agent, customer=customer, clock=clock, customer_turn=agent)
    judged(f"{company}, buenos días, le habla {agent}, señora {customer}", situation)
