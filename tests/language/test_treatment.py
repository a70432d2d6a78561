"""Who is addressed how, in sentences that agents write."""

import pytest

from simulator.language.lexicon import Lexicon
from simulator.language.text import read
from simulator.language.treatment import treatment_marks


def informal(lexicon: Lexicon, reply: str) -> list[str]:
    reading = read(reply)
    marks = treatment_marks(reading, lexicon)
    return [reading.words[mark.position] for mark in marks if mark.treatment != "usted"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("¿Me das tu número?", ["das", "tu"]),
        ("Espérame un momento", ["esperame"]),
        ("decime qué pasó", ["decime"]),
        ("¿Qué necesitás? Contame", ["necesitas", "contame"]),
        ("Fijate en la app, entrá a Turnos y tocá el ícono", ["fijate", "entra", "toca"]),
        ("no te preocupes", ["te", "preocupes"]),
        ("cuando llamaste ayer", ["llamaste"]),
        ("¿tenéis vuestra factura?", ["teneis", "vuestra"]),
        ("esperad un momento", ["esperad"]),
        ("voy a ayudarte", ["ayudarte"]),
        ("Siéntate, por favor", ["sientate"]),
        ("En AppGallery la consigues", ["consigues"]),
        ("las demás no las bajes", ["bajes"]),
        ("vos tenés razón", ["vos", "tenes"]),
        ("Adjunto encontraras la constancia", ["encontraras"]),
        ("Que pases buena tarde", ["pases"]),
        ("¿Con qué nombre de usuario intentas entrar?", ["intentas"]),
        ("hola señora cómo estái", ["estai"]),
        ("haz clic ahí", ["haz"]),
        ("Mira, eso ya quedó", ["mira"]),
    ],
)
def test_informal(lexicon: Lexicon, reply: str, words: list[str]) -> None:
    assert informal(lexicon, reply) == words


@pytest.mark.parametrize(
    "reply",
    [
        "¿Me regala su nombre completo, señora?",
        "Sus cuentas y las llamadas de las últimas facturas",
        "Toma unos quince minutos y luego firma el formulario",
        "Pulse «Tu cuenta» y elija «Recupera tu clave»",
        "Le ofrezco una disculpa, de veras",
        "Tómese un té mientras espera",
        "no hace falta que venga",
        "Gracias a Dios quedó listo, don Luis",
        "El centro de averías le llama mañana",
        "apenas llegue le aviso",
        "primero llama a la grúa y luego va a la comisaría",
        "¿Me permite? Espéreme un momento, dígame y páseme con su hijo",
        "recibió un correo con las condiciones generales",
        "Permítame corregirla; el técnico comete esos errores",
        "Ahí pone Ávila Te Cuida y descarga la versión",
        "siéntese, póngase cómodo",
        "¿ustedes tienen la boleta?",
    ],
)
def test_formal(lexicon: Lexicon, reply: str) -> None:
    assert informal(lexicon, reply) == []


def test_names_are_no_verbs(lexicon: Lexicon) -> None:
    assert treatment_marks(read("banco paraná buenos días"), lexicon, frozenset({"parana"})) == []
