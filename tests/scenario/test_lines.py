"""The lines of a scenario and their names; what a scenario may wish of voices."""

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.accents import FOREIGN, is_spoken
from simulator.scenario.lines import authored_lines
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.model import Customer, VoiceWish
from simulator.scenario.schema import scenario_schema
from simulator.source.diagnostics import Severity
from tests.cli.readers import patched

TWICE = """\
steps:
  opening:
    customer: [{id: hello-1, say: "¿Aló?"}, {id: hello-2, say: "Buenas, _agent."}]
    replies:
      - {id: told, met: greet-company, say: "Ah, bien.", go: second}
      - {id: else, otherwise: second}
  second:
    replies:
      - {id: told, met: greet-company, say: "Ya me lo dijo."}
      - {id: else, otherwise: resolved}
reactions:
  - {id: quiet, silent: 9, say: [{id: quiet-1, say: "¿Sigue ahí?"}, {id: quiet-2, say: "¿Hola?"}]}
ends:
  resolved: {good: true, say: "Adiós."}
  lost: {when: {mood: "<= 0"}, say: "Déjelo."}
colleagues:
  - {name: Iván Páez, area: Soporte técnico, steps: {opening: {customer: [{id: hello-1, say: "¿Aló?"}]}}}
"""


def loaded(example: str) -> LoadedScenario:
    return load_scenario(patched(example), "ejemplo.yaml", shipped_protocol().protocol)


def test_every_line_has_a_name_of_its_own() -> None:
    document = loaded(TWICE).document
    assert document is not None
    assert [(line.name, line.speaker, line.names_agent) for line in authored_lines(document)] == [
        ("opening.hello-1", "Marta Ríos", False),
        ("hello-2", "Marta Ríos", True),
        ("opening.told", "Marta Ríos", False),
        ("second.told", "Marta Ríos", False),
        ("quiet-1", "Marta Ríos", False),
        ("quiet-2", "Marta Ríos", False),
        ("resolved.end-line", "Marta Ríos", False),
        ("lost.end-line", "Marta Ríos", False),
        ("soporte-tecnico.opening.hello-1", "Iván Páez", False),
    ]


def test_lines_of_whoever_else_is_on_the_line_and_of_further_contacts() -> None:
    example = """\
people: [{name: Elena}]
steps:
  opening:
    as: Elena
    customer: [{id: hello-1, say: "¿Aló?"}]
    replies: [{id: else, otherwise: resolved}]
ends:
  resolved: {good: true, say: "Adiós."}
contacts:
  luis:
    customer: {name: Luis Mora}
    reactions: []
    steps:
      opening: {customer: [{id: hello-1, say: "¿Diga?"}], replies: [{id: else, otherwise: resolved}]}
    ends:
      resolved: {good: true}
"""
    document = loaded(example).document
    assert document is not None
    assert [(line.name, line.speaker) for line in authored_lines(document)] == [
        ("opening.hello-1", "Elena"),
        ("end-line", "Marta Ríos"),
        ("luis.opening.hello-1", "Luis Mora"),
    ]


def test_variants_are_lines_of_which_one_is_drawn() -> None:
    document = loaded(TWICE).document
    assert document is not None
    by_name = {line.name: line for line in authored_lines(document)}
    assert by_name["quiet-1"].variants == by_name["quiet-2"].variants
    assert by_name["opening.told"].variants != by_name["second.told"].variants
    assert by_name["opening.hello-1"].variants != by_name["soporte-tecnico.opening.hello-1"].variants


def test_a_scenario_that_wishes_for_nothing_gets_what_it_always_got() -> None:
    assert (VoiceWish().manner, VoiceWish().pitch, VoiceWish().rate) == ("plain", 0, 170)
    assert Customer(name="Marta Ríos").line is None


def test_a_voice_may_be_wished_for_in_full() -> None:
    example = (
        "customer:\n  name: Hans Weber\n  foreign: true\n  line: mobile\n"
        "  voice: {gender: male, accent: de, rate: 140, manner: elderly, pitch: -5}\n"
    )
    result = loaded(example)
    assert result.diagnostics == ()
    assert result.document is not None
    assert result.document.customer.line == "mobile"
    assert result.document.customer.voice == VoiceWish(gender="male", accent="de", rate=140, manner="elderly", pitch=-5)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ("voice: {manner: furious}", "scenario-bad-choice"),
        ("voice: {pitch: 40}", "scenario-out-of-range"),
        ("line: crackling", "scenario-bad-choice"),
        ("voice: {timbre: hoarse}", "scenario-unknown-key"),
    ],
)
def test_what_cannot_be_wished_for_is_said(wish: str, code: str) -> None:
    assert code in {found.code for found in loaded(f"customer: {{name: Marta Ríos, {wish}}}\n").diagnostics}


@pytest.mark.parametrize("accent", ["ja", "cmn", "zh", "xx", "klingon"])
def test_an_accent_that_nobody_understands_is_warned_of(accent: str) -> None:
    (found,) = loaded(f"customer: {{name: Marta Ríos, foreign: true, voice: {{accent: {accent}}}}}\n").diagnostics
    assert (found.code, found.severity) == ("scenario-unknown-accent", Severity.WARNING)
    assert all(tag in str(found.args["choices"]) for tag in FOREIGN)
    assert not {"ja", "cmn"} & set(str(found.args["choices"]).split(", "))


def test_a_colleagues_accent_is_looked_at_too_and_a_slip_is_answered() -> None:
    example = TWICE.replace("area: Soporte técnico,", "area: Soporte técnico, voice: {accent: pt-bt},")
    (found,) = [d for d in loaded(example).diagnostics if d.code == "scenario-unknown-accent"]
    assert found.args["suggestion"] == "pt-br"


@pytest.mark.parametrize("accent", ["es", "es-419", "es-CO", "ES-mx", "pt", "inglés", *FOREIGN])
def test_accents_that_are_spoken(accent: str) -> None:
    assert is_spoken(accent)


def test_the_schema_offers_what_the_model_takes() -> None:
    kinds = scenario_schema()["$defs"]
    assert kinds["VoiceWish"]["properties"]["manner"]["enum"] == ["plain", "sad", "anxious", "elderly"]
    assert kinds["Customer"]["properties"]["line"]["anyOf"][0]["enum"] == ["clear", "ordinary", "noisy", "mobile"]


def test_lines_of_two_customers_are_no_variants_of_each_other() -> None:
    from tests.session.test_contacts import TWO, loaded

    document = loaded(TWO.replace("ask:", "need:").replace("otherwise: ask", "otherwise: need")).document
    assert document is not None
    lines = {line.line.id: line for line in authored_lines(document)}
    assert lines["need-1"].variants != lines["ask-1"].variants
