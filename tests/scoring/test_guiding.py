"""The judges of web and apps: guidance, record, virtual agent, follow-up; and identity before account data."""

import pytest

from simulator.protocol.catalogue import Verdict
from tests.session.guided import APPS, chat, line

GREETING = "Telenova, muy buenos días."
BOX = "En el buscador escriba «factura», por favor."
CHOICE = "Ahora elija «Ver factura», por favor."
WHOLE = "En el buscador escriba «factura» y elija «Ver factura», por favor."
RIGHT = {"name": "marta rios", "document": "79111222"}


@pytest.mark.parametrize(
    ("said", "verdict", "reason"),
    [
        ((WHOLE,), "met", "words-met"),
        ((BOX, CHOICE), "met", "guide-in-steps"),
        ((BOX,), "missed", "words-half"),
        ((CHOICE,), "missed", "words-half"),
        (("Eso está en la página, señora.",), "missed", "words-absent"),
    ],
)
def test_guidance_may_come_in_two_steps(said: tuple[str, ...], verdict: str, reason: str) -> None:
    found = line(chat("answer", GREETING, *said), "guide-search")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_guidance_in_steps_quotes_both() -> None:
    quotes = [proof.quote for proof in line(chat("answer", GREETING, BOX, CHOICE), "guide-search").evidence]
    assert any("buscador" in quote for quote in quotes)
    assert any("elija" in quote for quote in quotes)


@pytest.mark.parametrize(
    ("acts", "verdict", "reason"),
    [
        ([], "missed", "record-none"),
        ([{"register": {"name": "Marta Ríos"}}], "missed", "record-gaps"),
        ([{"register": {"name": "Marta Ríos", "document": " "}}], "missed", "record-gaps"),
        ([{"register": {**RIGHT, "document": "79111223"}}], "missed", "record-wrong"),
        ([{"register": RIGHT}], "met", "record-met"),
        ([{"register": {"name": "Marta Ríos"}}, {"register": {"document": "79.111.222"}}], "met", "record-met"),
    ],
)
def test_the_record_is_complete_and_right(acts: list[object], verdict: str, reason: str) -> None:
    found = line(chat("answer", GREETING, *acts), "register-data")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_an_empty_field_is_named() -> None:
    found = line(chat("answer", GREETING, {"register": {"name": "Marta Ríos"}}), "register-data")
    assert dict(found.args)["fields"] == "Documento"


def test_the_virtual_agent_is_for_what_was_asked_of_it() -> None:
    id = "route-to-virtual-agent"
    assert line(chat("answer", GREETING), id).verdict == Verdict.NOT_APPLICABLE
    assert line(chat("answer", GREETING, WHOLE, "No le sabría decir."), id).verdict == Verdict.MISSED
    assert line(chat("answer", GREETING, WHOLE, "route-virtual-agent"), id).verdict == Verdict.MET
    early = chat("answer", GREETING, "route-virtual-agent", WHOLE, "No le sabría decir.")
    assert line(early, id).verdict == Verdict.MISSED


def test_the_way_to_complain_is_for_whoever_is_not_satisfied() -> None:
    assert line(chat("answer", GREETING), "offer-nonconformity").verdict == Verdict.NOT_APPLICABLE
    offer = "En la sección «Reclamos», al pie de la página, puede presentar su reclamo."
    assert line(chat("answer", GREETING, WHOLE, offer), "offer-nonconformity").verdict == Verdict.MET


@pytest.mark.parametrize(
    ("last", "verdict", "reason"),
    [
        ({"follow-up": {"days": 2, "task": "Ver si llegó"}}, "met", "follow-up-met"),
        ("El jueves le escribo para confirmar que todo quedó funcionando.", "met", "words-met"),
        ("Le estaremos avisando cualquier novedad.", "missed", "words-absent"),
    ],
)
def test_a_follow_up_is_said_or_put_into_the_agenda(last: object, verdict: str, reason: str) -> None:
    player = chat("answer", GREETING, WHOLE, last, "Que tenga buen día, hasta luego.", text=APPS)
    found = line(player, "follow-up")
    assert (found.verdict, found.reason) == (verdict, reason)


ASKED = "¿Me confirma por favor su fecha de nacimiento?"
GIVEN = "Gracias. Su saldo es de $84.250."


@pytest.mark.parametrize(
    ("said", "verdict", "reason"),
    [
        ((ASKED, GIVEN), "met", "identity-met"),
        ((GIVEN, ASKED), "missed", "identity-late"),
        ((ASKED, GIVEN, "¿Y me dice su contraseña, por favor?"), "missed", "reply-forbidden"),
        (("El trámite cuesta $500, señora.",), "not-applicable", "na-no-account-data"),
    ],
)
def test_account_data_given_after_the_question_is_no_secret_asked(
    said: tuple[str, ...], verdict: str, reason: str
) -> None:
    found = line(chat("answer", GREETING, *said, text=APPS), "verify-identity")
    assert (found.verdict, found.reason) == (verdict, reason)
