"""Conjugation, against forms written down by hand."""

import pytest

from simulator.language.folding import fold
from simulator.language.forms import conjugate, features, forms_of, is_infinitive, without_clitics
from simulator.language.lexicon import Lexicon
from simulator.language.nouns import noun_forms


def form(infinitive: str, code: str, change: str = "") -> str:
    return "/".join(dict.fromkeys(text for text, found in conjugate(infinitive, change) if found == code))


@pytest.mark.parametrize(
    ("infinitive", "change", "expected"),
    [
        ("permitir", "", {"pre.1s": "permito", "sub.3s": "permita", "imv.2v": "permití", "par.fp": "permitidas"}),
        (
            "pedir",
            "e-i",
            {"pre.1s": "pido", "pre.1p": "pedimos", "ret.3s": "pidió", "ger": "pidiendo", "sub.1p": "pidamos"},
        ),
        ("contar", "o-ue", {"pre.2s": "cuentas", "pre.2v": "contás", "imv.3s": "cuente", "sub.1p": "contemos"}),
        ("dormir", "o-ue", {"ret.3p": "durmieron", "sub.1p": "durmamos", "imv.2s": "duerme"}),
        ("pensar", "e-ie", {"pre.3s": "piensa", "sub.3p": "piensen", "pre.2p": "pensáis"}),
        ("jugar", "u-ue", {"pre.3s": "juega", "ret.1s": "jugué", "sub.3s": "juegue"}),
        ("enviar", "i-í", {"pre.1s": "envío", "imv.3s": "envíe", "pre.1p": "enviamos"}),
        ("continuar", "u-ú", {"pre.3s": "continúa", "sub.3s": "continúe"}),
        ("tener", "", {"pre.1s": "tengo", "pre.3s": "tiene", "imv.2s": "ten", "imv.2v": "tené", "fut.1s": "tendré"}),
        ("detener", "", {"imv.2s": "detén", "ret.3s": "detuvo"}),
        ("hacer", "", {"pre.1s": "hago", "ret.3s": "hizo", "imv.2s": "haz", "fut.3s": "hará", "par.ms": "hecho"}),
        ("decir", "", {"imv.2s": "di", "imv.2v": "decí", "ret.3p": "dijeron", "ger": "diciendo", "con.1s": "diría"}),
        ("poder", "", {"pre.3s": "puede", "con.3s": "podría", "ret.1s": "pude", "ger": "pudiendo"}),
        ("venir", "", {"imv.2s": "ven", "ger": "viniendo", "pre.2v": "venís"}),
        ("traer", "", {"ret.3p": "trajeron", "ger": "trayendo", "par.ms": "traído"}),
        ("conducir", "", {"pre.1s": "conduzco", "ret.1s": "conduje", "ret.3p": "condujeron"}),
        ("conocer", "", {"pre.1s": "conozco", "sub.3s": "conozca"}),
        ("vencer", "", {"pre.1s": "venzo"}),
        ("coger", "", {"pre.1s": "cojo", "sub.3s": "coja"}),
        ("seguir", "e-i", {"pre.1s": "sigo", "sub.3s": "siga", "pre.3s": "sigue"}),
        ("construir", "", {"pre.3s": "construye", "ret.3s": "construyó", "pre.1p": "construimos"}),
        ("leer", "", {"ret.3s": "leyó", "ger": "leyendo", "par.ms": "leído", "ret.2s": "leíste"}),
        ("reír", "e-i", {"pre.3s": "ríe", "ret.3s": "rió", "ger": "riendo"}),
        ("buscar", "", {"ret.1s": "busqué", "sub.3s": "busque"}),
        ("pagar", "", {"ret.1s": "pagué", "imv.3s": "pague"}),
        ("realizar", "", {"ret.1s": "realicé"}),
        ("averiguar", "", {"ret.1s": "averigüé"}),
        ("avergonzar", "o-ue", {"pre.3s": "avergüenza"}),
        ("oler", "o-ue", {"pre.3s": "huele"}),
        ("errar", "e-ie", {"pre.3s": "yerra"}),
        ("reñir", "e-i", {"ret.3s": "riñó", "ger": "riñendo"}),
        ("volver", "o-ue", {"par.ms": "vuelto", "pre.1s": "vuelvo"}),
        ("abrir", "", {"par.fs": "abierta"}),
        ("imprimir", "", {"par.ms": "impreso/imprimido"}),
        ("ser", "", {"pre.2v": "sos", "imp.1p": "éramos", "sub.3s": "sea", "sui.1p": "fuéramos/fuésemos"}),
        ("ir", "", {"imv.2v": "andá", "imv.1p": "vamos", "ret.2s": "fuiste"}),
        ("haber", "", {"pre.3s": "ha", "sui.3s": "hubiera/hubiese"}),
        ("estar", "", {"sub.2s": "estés", "ret.3s": "estuvo"}),
        ("dar", "", {"imv.3s": "dé", "sui.3p": "dieran/diesen"}),
        ("oír", "", {"pre.1s": "oigo", "ger": "oyendo", "fut.1s": "oiré"}),
        ("prever", "", {"sub.3s": "prevea", "par.ms": "previsto"}),
        ("disculparse", "", {"inf": "disculpar", "imv.3s": "disculpe"}),
    ],
)
def test_forms(infinitive: str, change: str, expected: dict[str, str]) -> None:
    assert {code: form(infinitive, code, change) for code in expected} == expected


def test_voseo_and_vosotros() -> None:
    assert form("querer", "pre.2v") == "querés"
    assert form("salir", "imv.2v") == "salí"
    assert form("esperar", "imv.2p") == "esperad"
    assert form("poder", "sub.2v", "") == "podás" or form("poder", "sub.2v") == "puedás"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("imv.3s", ("imperative", "usted", 3)),
        ("imv.2v", ("imperative", "vos", 2)),
        ("pre.2s", ("indicative", "tú", 2)),
        ("pre.2p", ("indicative", "vosotros", 2)),
        ("pre.3s", ("indicative", "", 3)),
        ("sub.1p", ("subjunctive", "", 1)),
        ("inf", ("infinitive", "", 0)),
    ],
)
def test_features(code: str, expected: tuple[str, str, int]) -> None:
    found = features(code)
    assert (found.mood, found.treatment, found.person) == expected


@pytest.mark.parametrize(
    ("word", "infinitive", "code", "pronouns"),
    [
        ("permítame", "permitir", "imv.3s", ("me",)),
        ("pásemela", "pasar", "imv.3s", ("me", "la")),
        ("ayudándole", "ayudar", "ger", ("le",)),
        ("ayudarle", "ayudar", "inf", ("le",)),
        ("permitime", "permitir", "imv.2v", ("me",)),
        ("decime", "decir", "imv.2v", ("me",)),
        ("dime", "decir", "imv.2s", ("me",)),
        ("comuníqueselo", "comunicar", "imv.3s", ("se", "lo")),
        ("sentaos", "sentar", "imv.2p", ("os",)),
        ("vámonos", "ir", "imv.1p", ("nos",)),
        ("regálenos", "regalar", "imv.3s", ("nos",)),
    ],
)
def test_attached_pronouns(lexicon: Lexicon, word: str, infinitive: str, code: str, pronouns: tuple[str, ...]) -> None:
    found = [(entry[0], entry[1], entry[3]) for entry in lexicon.verbs.with_pronouns(fold(word))]
    assert (infinitive, code, pronouns) in found


@pytest.mark.parametrize("word", ["gracias", "clase", "base", "mes", "lunes", "nosotros"])
def test_what_takes_no_pronouns(lexicon: Lexicon, word: str) -> None:
    assert not lexicon.verbs.with_pronouns(word)


def test_without_clitics_gives_the_base() -> None:
    assert ("pase", ("me", "la")) in set(without_clitics("pasemela"))


def test_infinitives_are_known_by_their_ending() -> None:
    assert all(map(is_infinitive, ("hablar", "reír", "ir", "quedarse")))
    assert not any(map(is_infinitive, ("minuto", "clase", "r")))


def test_an_author_is_shown_the_forms(lexicon: Lexicon) -> None:
    assert {"permito", "permitís", "permitiría", "permitido"} <= set(lexicon.shown_forms("permitir~"))
    assert {"minutos", "minutito", "minutico"} <= set(lexicon.shown_forms("minuto~"))
    assert "lugares" in lexicon.shown_forms("lugar")
    assert len(forms_of("ayudar")) > 50


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("minuto", {"minutos", "minutito", "minutico", "minutillo"}),
        ("rato", {"ratito", "ratico"}),
        ("bienvenido", {"bienvenida", "bienvenidos", "bienvenidas"}),
        ("señor", {"señora", "señores", "señorita"}),
        ("vez", {"veces"}),
        ("dirección", {"direcciones"}),
        ("mucho", {"muchas", "muchísimas"}),
        ("amigo", {"amiguito"}),
        ("chico", {"chiquito"}),
        ("café", {"cafés", "cafecito"}),
    ],
)
def test_nouns(word: str, expected: set[str]) -> None:
    assert expected <= set(noun_forms(word))


def test_a_noun_in_cion_has_no_feminine() -> None:
    assert "direcciona" not in noun_forms("dirección")
