"""Denials: what counts as one, how far it reaches, what only looks like one."""

import pytest

from tests.language.conftest import Finder

APOLOGY = "(disculpa~ / disculpar~ / lamentar~)"


@pytest.mark.parametrize(
    ("pattern", "reply"),
    [
        (APOLOGY, "No le voy a pedir disculpas"),
        (APOLOGY, "aquí nadie tiene que pedir disculpas"),
        (APOLOGY, "yo jamás le pediría disculpas"),
        (APOLOGY, "tampoco lo lamentamos"),
        (APOLOGY, "no le pido nunca disculpas"),
        (APOLOGY, "me niego a ofrecerle disculpas"),
        ("transferir~", "no la puedo transferir a esa área"),
        ("transferir~", "ay no puedo transferirla"),
        ("transferir~", "uy no la voy a transferir"),
        ("ayudar~", "sin ayudarle a nadie"),
        ("esperar~", "en vez de esperar en línea"),
    ],
)
def test_denied(search: Finder, pattern: str, reply: str) -> None:
    found = search(pattern, reply)
    assert found
    assert all(match.negated for match in found)


@pytest.mark.parametrize(
    ("pattern", "reply"),
    [
        (APOLOGY, "No, señora, le pido disculpas"),
        (APOLOGY, "no se preocupe le ofrezco disculpas"),
        (APOLOGY, "no solo le pido disculpas"),
        (APOLOGY, "no cuelgue le ofrezco disculpas"),
        (APOLOGY, "no puedo resolverlo pero le pido disculpas"),
        (APOLOGY, "no pudimos llegar le pido disculpas"),
        (APOLOGY, "uy no qué pena mil disculpas"),
        (APOLOGY, "no Marta le pido disculpas"),
        (APOLOGY, "uy no mil disculpas"),
        (APOLOGY, "ay no lamentamos mucho lo ocurrido"),
        ("ayudar~", "no ningún problema con gusto le ayudo"),
        (APOLOGY, "cómo no, mis disculpas"),
        ("importar~ ... esperar~", "¿no le importaría esperar un momento?"),
        ("gustar~ ... ayudar~", "¿No le gustaría que le ayudara?"),
        ("transferir~", "no hay problema le transfiero"),
        ("pasar~", "yo de eso no manejo mucho la paso con Laura"),
        ("no ... disculpa~", "no le debo disculpas"),
        ("llamar~", "no dude en llamarnos"),
        ("llamar~", "no deje de llamarnos"),
        ("agradecer~", "no sabe cuánto le agradezco"),
    ],
)
def test_not_denied(search: Finder, pattern: str, reply: str) -> None:
    found = search(pattern, reply)
    assert any(not match.negated for match in found)
