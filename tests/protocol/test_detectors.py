"""The detectors: hour, treatment, sentence length, word limit, capitals."""

from dataclasses import replace

import pytest

from simulator.language.greeting import parts_of_day
from simulator.protocol.catalogue import Verdict
from tests.protocol.conftest import SITUATION, Judge

LONG = "palabra " * 16


@pytest.mark.parametrize(
    ("clock", "country", "parts"),
    [
        (8 * 60, "CO", {"días"}),
        (12 * 60 + 20, "CO", {"días", "tardes"}),
        (12 * 60 + 31, "CO", {"tardes"}),
        (11 * 60 + 30, "MX", {"días", "tardes"}),
        (13 * 60 + 50, "ES", {"días", "tardes"}),
        (13 * 60, "ES", {"días"}),
        (18 * 60 + 45, "AR", {"tardes", "noches"}),
        (20 * 60, "ES", {"tardes"}),
        (20 * 60, "PE", {"noches"}),
        (2 * 60, "PE", {"noches"}),
    ],
)
def test_parts_of_day(clock: int, country: str, parts: set[str]) -> None:
    assert parts_of_day(clock, country) == parts


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("Telenova, muy buenos días", Verdict.MET),
        ("buen dia señora", Verdict.MET),
        ("buneos dias", Verdict.MET),
        ("Buenas tardes, perdón, buenos días", Verdict.MET),
        ("Buenas tardes", Verdict.MISSED),
        ("Muy buenas", Verdict.MISSED),
        ("Que tenga un buen día", Verdict.MISSED),
        ("El aviso dice «buenos días, cliente»", Verdict.MISSED),
        ("Hola, dígame", Verdict.MISSED),
    ],
)
def test_time_of_day(judged: Judge, reply: str, verdict: Verdict) -> None:
    assert judged("detector: time-of-day", reply).verdict is verdict


@pytest.mark.parametrize(
    ("treatment", "reply", "verdict"),
    [
        ("usted", "¿Me indica su nombre?", Verdict.MET),
        ("usted", "¿Me indicas tu nombre?", Verdict.MISSED),
        ("usted", "Listo.", Verdict.NOT_APPLICABLE),
        ("tú", "¿Me indicas tu nombre?", Verdict.MET),
        ("tú", "¿Me lo indica usted?", Verdict.MISSED),
        ("tú", "¿Vos querés otro?", Verdict.MISSED),
        ("vos", "¿Querés que te lo mande?", Verdict.MET),
        ("vos", "¿Usted me permite?", Verdict.MISSED),
    ],
)
def test_treatment(judged: Judge, treatment: str, reply: str, verdict: Verdict) -> None:
    situation = replace(SITUATION, treatment=treatment)  # type: ignore[arg-type]
    assert judged("detector: treatment", reply, situation).verdict is verdict


def test_talk_to_a_colleague_is_not_talk_to_the_customer(judged: Judge) -> None:
    reply = "Le llegará el jueves, señora Marta. Juan, pásame la carpeta, por favor. ¿Confirma usted la dirección?"
    assert judged("detector: treatment", reply).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("detector", "reply", "verdict"),
    [
        ("plain-language", "Espere aquí. Ya vuelvo.", Verdict.MET),
        ("plain-language", LONG, Verdict.MISSED),
        ("plain-language", "", Verdict.NOT_APPLICABLE),
        ("concise", "Su pago ya entró.", Verdict.MET),
        ("concise", "una palabra. " * 31, Verdict.MISSED),
        ("concise", "palabra " * 26, Verdict.MISSED),
        ("shouting", "YA LE DIJE que no", Verdict.MISSED),
        ("shouting", "ESCUCHE BIEN", Verdict.MISSED),
        ("shouting", "Con su DNI y el PIN", Verdict.MET),
        ("shouting", "Pulse «PAGAR TODO AHORA»", Verdict.MET),
        ("shouting", "La atiende TELENOVA, señora MARTA RÍOS", Verdict.MET),
        ("shouting", "SEÑORA MARTA, EL PAGO ES AQUÍ", Verdict.MISSED),
    ],
)
def test_the_others(judged: Judge, detector: str, reply: str, verdict: Verdict) -> None:
    assert judged(f"detector: {detector}", reply).verdict is verdict


@pytest.mark.parametrize(
    ("turn", "reply", "verdict"),
    [
        ("¿Por qué me cobraron dos veces?", "Sí.", Verdict.MISSED),
        ("No entiendo por qué me cobraron.", "Ajá, señora Marta.", Verdict.MISSED),
        ("y cuando me llega el pedido?", "ya", Verdict.MISSED),
        ("¿Cómo pago la factura?", "Claro que la puede pagar en línea.", Verdict.MET),
        ("¿Cómo pago la factura?", "Permítame.", Verdict.MET),
        ("¿Ya entró mi pago?", "Sí.", Verdict.MET),
        ("¡Qué amable es usted!", "Gracias.", Verdict.MET),
        ("Hola, ¿cómo está?", "Bien.", Verdict.MET),
        (None, "Sí.", Verdict.MET),
    ],
)
def test_a_bare_word_is_no_explanation(judged: Judge, turn: str | None, reply: str, verdict: Verdict) -> None:
    assert judged("detector: concise", reply, replace(SITUATION, customer_turn=turn)).verdict is verdict
