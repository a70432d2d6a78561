"""Loading: any text gives diagnostics, never an exception; places are exact; the hash follows the content."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.protocol.examples import verify_rule
from simulator.protocol.load import LoadedProtocol, Protocol, hash_of, load_protocol
from simulator.source.nodes import MappingNode
from simulator.source.spans import Place, Span
from simulator.source.tree import parse

FILES = [
    "assets/protocol/checkpoints.yaml",
    "assets/protocol/rules/a.yaml",
    "assets/protocol/sample.yaml",
    "assets/language/es/verbs.yaml",
    "assets/language/es/words.yaml",
    "assets/language/es/names.yaml",
    "assets/language/es/concepts/a.yaml",
    "assets/language/es/protected.txt",
]
PIECES = st.sampled_from(
    [
        "met:",
        " - ",
        "\n",
        "a",
        "[",
        "]",
        "{",
        "}",
        ": ",
        '"',
        "(x / y)",
        "$a",
        "$b",
        "...",
        "~",
        "examples:",
        "  ",
        "detector: treatment",
        "welcome:",
        "b:",
        "regular: ",
        "hablar",
        "- id: x",
        "met_all",
        "at_least: {count: 1, of: [a]}",
        "forbid",
        "#",
    ]
)
YAML = st.lists(PIECES, max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(FILES), st.one_of(YAML, st.text(max_size=60)), max_size=4))
def test_any_text_gives_diagnostics(files: Mapping[str, str]) -> None:
    loaded = load_protocol(files)
    for diagnostic in loaded.diagnostics:
        assert diagnostic.span.start.file in files


def test_nothing_is_a_protocol_too() -> None:
    loaded = load_protocol({})
    assert not loaded.diagnostics
    assert not loaded.protocol.rules


def test_mistakes_are_told_at_the_very_character() -> None:
    rules = 'welcome:\n  met:\n    - "hola $ratos"\n    - "(a / b"\n  examples: {met: [a], missed: [b]}\n'
    concepts = "rato: [momento]\n"
    loaded = load_protocol({FILES[1]: rules, FILES[6]: concepts})
    told = [(d.code, d.span.start.line, d.span.start.column, d.args.get("suggestion")) for d in loaded.diagnostics]
    assert told == [
        ("concept-unknown", 3, 13, "rato"),
        ("pattern-unclosed", 4, 8, None),
        ("rule-decides-nothing", 2, 3, None),
    ] or told == [("concept-unknown", 3, 13, "rato"), ("pattern-unclosed", 4, 8, None)]


@pytest.mark.parametrize("count", [2, 3, 20])
def test_circles_of_concepts_are_told_once(count: int) -> None:
    text = "".join(f"c{n}: [$c{(n + 1) % count}]\n" for n in range(count))
    codes = [d.code for d in load_protocol({FILES[6]: text}).diagnostics]
    assert codes.count("concept-cycle") == 1
    assert set(codes) == {"concept-cycle"}


@pytest.mark.parametrize("backwards", [False, True])
def test_concepts_that_nest_too_deep_are_refused(backwards: bool) -> None:
    lines = [f"c{n}: [$c{n + 1}]\n" for n in range(500)] + ["c500: [hola]\n"]
    codes = {d.code for d in load_protocol({FILES[6]: "".join(lines[::-1] if backwards else lines)}).diagnostics}
    assert codes == {"concept-nesting"}


def test_concepts_that_nest_are_loaded() -> None:
    text = "".join(f"c{n}: [$c{n + 1}]\n" for n in range(20)) + "c20: [hola]\n"
    loaded = load_protocol({FILES[6]: text})
    assert loaded.diagnostics == ()
    assert loaded.protocol.lexicon.concepts["c0"].anchors


def test_concepts_may_stand_in_any_order() -> None:
    assert load_protocol({FILES[6]: "a: [$b]\nb: [hola]\n"}).diagnostics == ()


def test_the_hash_follows_names_and_texts() -> None:
    assert hash_of({"a": "x", "b": "y"}) == hash_of({"b": "y", "a": "x"})
    assert len({hash_of(files) for files in ({"a": "x"}, {"a": "y"}, {"ax": ""}, {"b": "x"}, {})}) == 5


def test_what_ships_loads_clean(shipped: LoadedProtocol) -> None:
    assert [diagnostic.code for diagnostic in shipped.diagnostics] == []
    assert len(shipped.protocol.checkpoints) == 80


def rule_node(text: str) -> MappingNode:
    root = parse(text, "scenario.yaml").root
    assert isinstance(root, MappingNode)
    return root


def test_a_scenarios_rule_needs_examples(bare: Protocol) -> None:
    rule, found = bare.compile_rule("offer-solution", rule_node("met: [devolver~]\n"))
    assert rule is not None
    assert [diagnostic.code for diagnostic in found] == ["rule-examples", "rule-examples"]


def test_a_sheet_that_only_forbids_needs_none(bare: Protocol) -> None:
    rule, found = bare.compile_rule("honest-answer", rule_node("forbid: [devolver~ ... hoy]\n"))
    assert rule is not None
    assert found == []


def test_a_scenarios_examples_are_run(bare: Protocol) -> None:
    text = 'met: [devolver~]\nexamples:\n  met: ["Se lo pagamos."]\n  missed: ["No."]\nmodel: "Se lo devolvemos."\n'
    rule, found = bare.compile_rule("offer-solution", rule_node(text))
    assert rule is not None
    assert found == []
    told = list(verify_rule(rule, bare.sample))
    assert [(d.code, d.span.start.line) for d in told] == [("example-missed", 3)]


def test_bare_patterns_become_a_rule(bare: Protocol) -> None:
    span = Span(Place("s.yaml", 4, 9), Place("s.yaml", 4, 30))
    rule, found = bare.compile_patterns("says", [("(calmar~ / tranquilizar~)", span), ("(roto", span)])
    assert rule is not None
    assert [(d.code, d.span.start.line) for d in found] == [("pattern-unclosed", 4)]
    assert bare.compile_patterns("says", [("(", span)])[0] is None
