"""What the clauses of a rule decide, and the proof they give."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.protocol.catalogue import Verdict
from simulator.protocol.load import LoadedProtocol
from simulator.protocol.understanding import understand
from simulator.wording.understanding import FINDINGS
from tests.protocol.conftest import SITUATION, Judge

HOLD = """
met: ["permitir~ ... (momento~ / minuto~)", "esperar~ ... línea"]
veto: ["si hubiera ...4 (permitir~ / esperar~)", "permitir~ ...3 cédula"]
"""
HANDOVER = """
met_all:
  el nombre: ["_customer"]
  la cuenta: ["_account"]
  el motivo: ["cobro~ (doble / duplicado)"]
"""


@pytest.mark.parametrize(
    ("reply", "verdict", "rule", "reason"),
    [
        ("¿Me permite un momento?", Verdict.MET, "it/met#1", "reply-said"),
        ("¿Puede esperarme en línea?", Verdict.MET, "it/met#2", "reply-said"),
        ("Buenos días", Verdict.MISSED, "it/met", "reply-absent"),
        ("No le permito ni un momento", Verdict.MISSED, "it/met#1", "reply-denied"),
        ("¿Me permite un momento su cédula?", Verdict.MISSED, "it/veto#2", "reply-vetoed"),
        ("Su cédula está lista. ¿Me permite un momento?", Verdict.MET, "it/met#1", "reply-said"),
        ("", Verdict.MISSED, "it/met", "reply-absent"),
    ],
)
def test_met_and_veto(judged: Judge, reply: str, verdict: Verdict, rule: str, reason: str) -> None:
    finding = judged(HOLD, reply)
    assert (finding.verdict, finding.rule, finding.reason) == (verdict, rule, reason)


def test_the_proof_is_a_slice_of_the_reply(judged: Judge) -> None:
    reply = "Señora, ¿me PERMÍTE usted un minutico?"
    ((start, end),) = judged(HOLD, reply).spans
    assert reply[start:end] == "PERMÍTE usted un minutico"


def test_the_proof_is_the_fullest_wording_about_as_long(judged: Judge) -> None:
    rule = 'met: ["con quién", "con quién ...2 gusto", "quién ...15 día"]'
    reply = "¿Con quién tengo el gusto de hablar en esta mañana tan bonita del mes de mayo, buen día?"
    finding = judged(rule, reply)
    ((start, end),) = finding.spans
    assert (reply[start:end], finding.rule) == ("Con quién tengo el gusto", "it/met#2")


@pytest.mark.parametrize(
    ("turn", "verdict"),
    [
        ("Habla Marta Ríos, por un cobro doble.", Verdict.MET),
        ("Es por un cobro doble.", Verdict.MISSED),
        (None, Verdict.MISSED),
    ],
)
def test_an_element_that_the_other_party_answered_need_not_be_said(
    judged: Judge, turn: str | None, verdict: Verdict
) -> None:
    rule = HANDOVER + "answered: {el nombre: [_customer]}"
    situation = replace(SITUATION, customer_turn=turn)
    assert judged(rule, "Cuenta 44 71 22, por un cobro duplicado", situation).verdict is verdict


def test_met_all_gives_a_span_each(judged: Judge) -> None:
    reply = "Es la señora Ríos, cuenta 44 71 22, por un cobro duplicado"
    finding = judged(HANDOVER, reply)
    assert finding.verdict is Verdict.MET
    assert [reply[start:end] for start, end in finding.spans] == ["Ríos", "44 71 22", "cobro duplicado"]


def test_met_all_names_what_is_missing(judged: Judge) -> None:
    finding = judged(HANDOVER, "Te paso a la señora Ríos por un cobro doble")
    assert (finding.verdict, finding.missing) == (Verdict.MISSED, ("la cuenta",))
    assert finding.reason == "reply-missing"
    assert len(finding.spans) == 2


def test_order(judged: Judge) -> None:
    rule = "met_all: {uno: [comprobar~], dos: [parte de quién]}\norder: true\n"
    assert judged(rule, "voy a comprobar, ¿de parte de quién?").verdict is Verdict.MET
    finding = judged(rule, "¿de parte de quién? voy a comprobar")
    assert (finding.verdict, finding.reason) == (Verdict.MISSED, "reply-order")


def test_at_least_counts_places(judged: Judge) -> None:
    rule = 'at_least: {count: 2, of: ["(seguro / póliza)", "tarjeta~"]}'
    assert judged(rule, "tenemos la tarjeta Oro y el seguro Vida").verdict is Verdict.MET
    assert judged(rule, "tenemos la póliza y la otra póliza").verdict is Verdict.MET
    assert judged(rule, "tenemos la tarjeta Oro").verdict is Verdict.MISSED


def test_forbid_unless(judged: Judge) -> None:
    rule = 'forbid: ["culpa~ ... (usted / sistemas)"]\nunless: ["no es culpa de"]\n'
    reply = "Eso es culpa de sistemas"
    finding = judged(rule, reply)
    assert (finding.verdict, finding.rule) == (Verdict.MISSED, "it/forbid#1")
    assert reply[slice(*finding.spans[0])] == "culpa de sistemas"
    assert judged(rule, "Con gusto").verdict is Verdict.MET
    assert judged(rule, "Eso no es culpa de usted").verdict is Verdict.MET


def test_forbid_beats_met(judged: Judge) -> None:
    rule = 'met: ["lamentar~"]\nforbid: ["cálmese"]\n'
    assert judged(rule, "Lo lamento. Cálmese.").rule == "it/forbid#1"


def test_every_breach_is_quoted(judged: Judge) -> None:
    assert len(judged('forbid: ["chao"]', "chao, dije chao. Chao").spans) == 3


def test_negation_can_be_ignored(judged: Judge) -> None:
    rule = 'met: ["garantizar~"]\nnegation: ignore\n'
    assert judged(rule, "no le garantizo nada").verdict is Verdict.MET


def test_applies_exempt_occasion(judged: Judge) -> None:
    rule = 'met: ["por favor"]\napplies: ["(indicar~ / dar~)"]\nexempt: ["escribir~"]\n'
    assert judged(rule, "Ya quedó listo").verdict is Verdict.NOT_APPLICABLE
    assert judged(rule, "Indíqueme su nombre").verdict is Verdict.MISSED
    assert judged(rule, "Le doy esto, ya le escribo").reason == "reply-exempt"
    rule = 'met: ["claro"]\noccasion: ["repetir~"]\n'
    asked = replace(SITUATION, customer_turn="¿Me lo repite?")
    assert judged(rule, "Claro", asked).verdict is Verdict.MET
    assert judged(rule, "Claro").verdict is Verdict.NOT_APPLICABLE


def test_what_only_looks_like_an_occasion_is_none(judged: Judge) -> None:
    rule = 'met: ["por favor"]\napplies: ["muestre"]\nunless: ["para que ...1 muestre"]\n'
    assert judged(rule, "Es para que lo muestre el viernes").verdict is Verdict.NOT_APPLICABLE
    assert judged(rule, "Es para que lo muestre; muestre el recibo").verdict is Verdict.MISSED


def test_near_misses_are_unclear(judged: Judge) -> None:
    rule = 'met_all: {uno: ["recibir~ ...1 correo"], dos: ["tres días"]}\n'
    finding = judged(rule, "recibimos muy bien su correo y en tres días respondemos")
    assert (finding.verdict, finding.missing, finding.reason) == (Verdict.UNCLEAR, ("uno",), "reply-near")


def test_a_typo_between_two_words_is_unclear(judged: Judge) -> None:
    rule = 'met: ["colgaré"]\nveto: ["colgaro"]\n'
    assert judged(rule, "colgarx").verdict is Verdict.UNCLEAR
    assert judged(rule, "colgaré").verdict is Verdict.MET


def test_values_are_bound_when_judging(judged: Judge) -> None:
    rule = 'met: ["_company"]'
    assert judged(rule, "Bienvenido a Telenova").verdict is Verdict.MET
    assert judged(rule, "Bienvenido a Telenova", replace(SITUATION, company="Gas Sur")).verdict is Verdict.MISSED


ODD = [
    "",
    " ",
    "\x00\x1b",
    "🙌" * 50,
    "مرحبا",
    "no " * 3000,
    "a" * 10_000,
    "por favor " * 1500,
    "¿" * 500,
    "1" * 400,
    "\u202e\u0301",
]


@pytest.mark.parametrize("reply", ODD, ids=range(len(ODD)))
def test_any_reply_gets_a_verdict(shipped: LoadedProtocol, reply: str) -> None:
    found = understand(shipped.protocol.rules, shipped.protocol.sample, reply)
    assert set(found) == set(shipped.protocol.rules)
    for finding in found.values():
        assert all(0 <= start < end <= len(reply) for start, end in finding.spans)
        assert FINDINGS[finding.reason].format_map(finding.args)


REPLIES = [
    "Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?",
    "Buenas tardes, no le voy a pedir disculpas",
    "¿Me permites un momento? Te paso con Facturación",
    "ESCUCHE BIEN: eso es culpa de sistemas",
    "la comunico con facturación para que le revisen el cobro",
    "Recibimos su correo en el área indicada y le respondemos en tres días",
    "palabra " * 70,
]


@pytest.mark.parametrize("reply", REPLIES, ids=range(len(REPLIES)))
def test_every_reason_has_its_words(shipped: LoadedProtocol, reply: str) -> None:
    for finding in understand(shipped.protocol.rules, shipped.protocol.sample, reply).values():
        assert FINDINGS[finding.reason].format_map(finding.args)
        assert finding.rule.split("/")[0] in shipped.protocol.rules


WORDS = st.sampled_from(
    [
        "no",
        "señora",
        "Marta",
        "por",
        "favor",
        "permite",
        "un",
        "momento",
        "¿",
        "?",
        ".",
        ",",
        "dos",
        "le",
        "paso",
        "con",
        "Facturación",
        "gracias",
        "pero",
        "disculpas",
        "tu",
        "4471-22",
        "buenos",
        "días",
        "quien",
        "Telenova",
        "10:30",
        "«",
        "»",
        "🙌",
        "ñ́",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_proofs_are_sorted_apart_and_the_same_each_time(shipped: LoadedProtocol, reply: str) -> None:
    rules, sample = shipped.protocol.rules, shipped.protocol.sample
    found = understand(rules, sample, reply)
    assert found == understand(rules, sample, reply)
    for finding in found.values():
        assert list(finding.spans) == sorted(finding.spans)
        assert all(left[1] <= right[0] for left, right in zip(finding.spans, finding.spans[1:], strict=False))


def test_a_reply_of_a_hundred_thousand_words_is_bounded(shipped: LoadedProtocol) -> None:
    reply = "no me permite un momento por favor señora le paso con Facturación gracias por esperar " * 7_000
    assert len(understand(shipped.protocol.rules, shipped.protocol.sample, reply)) == len(shipped.protocol.rules)
