"""How rules and weights share a verdict, and what a scorecard makes of it."""

from dataclasses import replace

import pytest

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Verdict
from simulator.protocol.finding import Finding
from simulator.protocol.load import Protocol
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand
from simulator.rehearsal.player import play
from simulator.scoring.score import score
from simulator.session.envelope import Event
from simulator.session.events import AgentSpoke, Mark
from simulator.source.tree import parse
from simulator.wording import render
from tests.scenarios.shipped import scenario

SITUATION = Situation(
    company="Telenova", agent="Diego Salas", customer="Marta Ríos", account="4471-22", clock=640, channel="phone"
)  # fmt: skip


def protocol() -> Protocol:
    return shipped_protocol().protocol


def judged(id: str, reply: str, turn: str | None = None) -> Finding:
    return understand({id: protocol().rules[id]}, replace(SITUATION, customer_turn=turn), reply)[id]


def test_every_weighed_checkpoint_is_one_of_the_catalogue() -> None:
    weights = protocol().rules["farewell"].weights
    assert weights is not None
    assert set(weights.columns) <= set(protocol().checkpoints)
    assert {"spelling", "clear-and-concise", "formal-address"}.isdisjoint(weights.columns)


def test_where_both_agree_the_rule_s_proof_stands() -> None:
    finding = judged("greet-company", "Telenova, muy buenos días, le habla Diego.")
    assert (finding.verdict, finding.rule.partition("/")[2]) == (Verdict.MET, "met#1")


def test_what_the_weights_decide_is_named_and_quoted() -> None:
    reply = "Gracias por avisar que la página está mal, Leticia. Ya pedí que la corrijan."
    finding = judged("invite-to-website", reply)
    assert (finding.verdict, finding.rule) == (Verdict.MISSED, "invite-to-website/weights")
    ((start, end),) = finding.spans
    assert render(finding.reason, dict(finding.args)).startswith(f"Aquí no basta «{reply[start:end]}»")


@pytest.mark.parametrize(
    "reply",
    [
        "Para validar, ¿me confirma su fecha de nacimiento y la clave de la tarjeta, por favor?",
        "¿Me da su cédula, la dirección registrada y el PIN del cajero?",
    ],
)
def test_a_password_asked_for_is_not_outweighed_by_good_questions(reply: str) -> None:
    finding = judged("verify-identity", reply, "¿Cuánto debo?")
    assert (finding.verdict, finding.reason) == (Verdict.MISSED, "reply-forbidden")


@pytest.mark.parametrize("reply", ["Ya.", "Bueno.", "Listo", "Ajá", "Sí, señora."])
def test_a_bare_word_is_no_rudeness(reply: str) -> None:
    assert judged("no-rudeness", reply, "¿Me escucha?").verdict is Verdict.MET


def test_a_breach_quotes_words() -> None:
    for reply in ("Más barato, la piedra de la calle, señora.", "Pues si no le gusta, cámbiese de empresa y ya."):
        finding = judged("no-rudeness", reply, "Está muy caro.")
        assert finding.verdict is Verdict.MET or finding.spans


def test_a_scenario_s_own_rule_is_not_weighed() -> None:
    parsed = parse("met: [gracias]\nexamples: {met: [Gracias.], missed: [Hola.]}\n", "x.yaml")
    assert parsed.root is not None
    rule, diagnostics = protocol().compile_rule("farewell", parsed.root)
    assert not diagnostics
    assert rule is not None
    assert rule.weights is None


def test_an_outweighed_question_is_not_taken_for_a_password_asked() -> None:
    """A missed identity with a quote used to mean a secret asked, and failed the whole call."""
    call = scenario("angry-caller")
    events = play(call, call.doc.tests[0].do).events
    outweighed = [_outweighed(event) for event in events]
    assert any(one is not two for one, two in zip(events, outweighed, strict=True))
    line = next(line for line in score(call, outweighed).checkpoints if line.id == "verify-identity")
    assert line.reason in ("identity-never", "identity-late")


def _outweighed(event: Event) -> Event:
    if not isinstance(event.what, AgentSpoke) or all(mark.checkpoint != "verify-identity" for mark in event.what.marks):
        return event
    seq = event.seq
    marks = tuple(
        Mark(mark.checkpoint, "missed", ((seq, 0, 3),), "verify-identity/weights", (), "reply-outweighed", ())
        if mark.checkpoint == "verify-identity"
        else mark
        for mark in event.what.marks
    )
    return replace(event, what=replace(event.what, marks=marks))


def test_long_sentences_are_counted_and_not_outweighed() -> None:
    reply = "Le explico con mucho gusto " + "y con calma todo lo que usted necesita saber de su pedido " * 3
    finding = judged("plain-language", reply)
    assert (finding.verdict, finding.reason) == (Verdict.MISSED, "reply-long-sentences")


@pytest.mark.parametrize("id", ["no-rudeness", "no-blame"])
@pytest.mark.parametrize(
    "reply",
    [
        "Que tenga un buen día.",
        "Que tenga buen día, señora Marta.",
        "Hasta luego. Que tenga buen día.",
        "Que tenga feliz tarde.",
        "Muchas gracias a usted, hasta luego.",
        "Sí, señora.",
        "No, señor.",
        "Llame más tarde, señor.",
        "Claro que sí.",
    ],
)
def test_a_short_courteous_turn_is_no_breach(id: str, reply: str) -> None:
    """A critical must not fail somebody for a goodbye: the scales lean where replies are short."""
    found = understand({id: protocol().rules[id]}, protocol().sample, reply)[id]
    assert found.verdict is Verdict.MET
