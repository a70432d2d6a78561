"""What YAML reads without complaint and otherwise than it was meant; and what must not be shouted at."""

import pytest

from simulator.source.diagnostics import Severity
from simulator.source.tree import parse, plain


def found(text: str) -> list[str]:
    return [f"{d.span.start.line}:{d.span.start.column} {d.code}" for d in parse(text, "f.yaml").diagnostics]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: no", "1:4 yaml-boolean-text"),
        ("a: [Yes]", "1:5 yaml-boolean-text"),
        ("a: ON", "1:4 yaml-boolean-text"),
        ("a: 12:30", "1:4 yaml-number-text"),
        ("a: 09:30:15", "1:4 yaml-number-text"),
        ("a: 0123", "1:4 yaml-number-text"),
        ("a: 48.900", "1:4 yaml-number-text"),
        ("a: 1_000", "1:4 yaml-number-text"),
        ("a: 0x1F", "1:4 yaml-number-text"),
        ("a: ~", "1:4 yaml-null-text"),
        ("a: null", "1:4 yaml-null-text"),
        ("say: Cuenta # 4471", "1:13 yaml-comment-in-text"),
        ("say: Cuenta  #4471", "1:14 yaml-comment-in-text"),
        ("say: # 4471", "1:6 yaml-comment-in-text"),
        ("- hola # chao", "1:8 yaml-comment-in-text"),
        ("a: [x, y # z\n  ]", "1:10 yaml-comment-in-text"),
        ("say: Hola\n  a todos # juntos", "2:11 yaml-comment-in-text"),
        ("- Le digo: espere", "1:3 yaml-sentence-mapping"),
        ("- ¿Sabe qué: espere?", "1:3 yaml-sentence-mapping"),
        ("- Nota: espere", "1:3 yaml-sentence-mapping"),
        ("say:\n  Le digo: espere", "2:3 yaml-sentence-mapping"),
        ("a: [Hola, con gusto le ayudo.]", "1:4 yaml-sentence-split"),
        ("a: [Buenas tardes, ¿en qué le ayudo?]", "1:4 yaml-sentence-split"),
        ("say: {nombre}", "1:7 yaml-key-alone"),
        ("- {say: Hola, con gusto}", "1:15 yaml-key-alone"),
        ("- {id:calma}", "1:4 yaml-colon-without-space"),
        ("- id:calma", "1:3 yaml-colon-without-space"),
        ("title:Cobro", "1:1 yaml-colon-without-space"),
        ("a:\n  title:Cobro", "2:3 yaml-colon-without-space"),
        ("a: hola\n  title:Cobro", "2:3 yaml-colon-without-space"),
        ("- offer-repeat:{weight: 3}", "1:3 yaml-colon-without-space"),
        ("- offer-repeat {weight: 3}", "1:3 yaml-key-without-colon"),
        ('- say "Hola, buenas"', "1:3 yaml-key-without-colon"),
        ('say: Hola."', "1:6 yaml-stray-quote"),
        ("? cosa", "1:1 yaml-forbidden-start"),
        ("- ? cosa", "1:3 yaml-forbidden-start"),
        ("say: “Hola”", "1:6 yaml-curly-quotes"),
        ("“say”: Hola", "1:1 yaml-curly-quotes"),
        ("channel: phone\u200b", "1:10 yaml-invisible"),
        ("cha\u00adnnel: phone", "1:1 yaml-invisible"),
        ("company: &Co Asociados", "1:10 yaml-anchor-unused"),
        ("say: !Hola", "1:6 yaml-tag"),
        ("a: !!python/name:os.system x", "1:4 yaml-tag"),
    ],
)
def test_a_trap_is_named_and_placed(text: str, place: str) -> None:
    assert found(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "a: true\nb: false\nc: Sí\nd: 'no'\ne: \"12:30\"\nf: '0123'",
        "a: 25\nb: -30\nc: +15\nd: 1.5\ne: 4471-22\nf: 0\ng: 2024-05-03\nh: 3001234567\ni: '10:40'",
        "no: nada\non: encendido",  # keys: the schema judges them
        "mood: 25          # 0 furioso … 100 encantado\nsteps:  # los pasos\n  - x",
        "steps: # los pasos\n  a: b",
        'say: "Cuenta # 4471"\nc: C# es un lenguaje\nd: a#b',
        "text: |\n  Cuenta # 4471\n  – Hola\n  \tclave：valor\n  ? no",
        "- id: calma\n- greet-company: {weight: 2}\n- show-empathy\n- offer-solution:\n    met: [x]",
        "areas: [Facturación, Soporte técnico]\nfacts: [complains, asks-refund]\nsays: ['Hola, con gusto.', bien]",
        "a: {x: , y: ''}",
        "url: http://ejemplo.example\nl: [http://a.example, 'x:y']",
        "say: «Hola», dijo\nb: ‘tis\nc: “Hola” y “chao” dijo",
        "say: ¡Hola! ¿Cómo está?",
        "say: un espacio\u00a0fijo en una frase",
        "base: &base hola\nsay: *base",
    ],
)
def test_what_is_well_written_is_left_in_peace(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "place", "meant"),
    [
        ("a:\n\tb: c", "2:1 yaml-tab", {"a": {"b": "c"}}),
        ("a:\n\u00a0\u00a0b: c", "2:1 yaml-odd-space", {"a": {"b": "c"}}),
        ("a:\n \u3000b: c", "2:2 yaml-odd-space", {"a": {"b": "c"}}),
        ("a:\u00a0b", "1:3 yaml-odd-space", {"a": "b"}),
        ("- a\n-\u00a0b", "2:2 yaml-odd-space", ["a", "b"]),
        ("a：b\nc: d", "1:2 yaml-odd-colon", {"a": "b", "c": "d"}),
        ("l:\n- x\n– y", "3:1 yaml-odd-dash", {"l": ["x", "y"]}),
        ("t: |\n  uno\n\tdos\n  tres\na: b", "3:1 yaml-tab", {"t": "uno\ndos\ntres\n", "a": "b"}),
        ("a: x\u2028y", "1:5 yaml-control-character", {"a": "x y"}),
        ("a: x\x07", "1:5 yaml-control-character", {"a": "x"}),
    ],
)
def test_an_odd_character_is_named_and_the_text_read_as_meant(text: str, place: str, meant: object) -> None:
    parsed = parse(text, "f.yaml")
    assert found(text) == [place]
    assert parsed.root is not None
    assert plain(parsed.root) == meant


def test_a_glued_list_inside_braces_is_read_as_meant() -> None:
    parsed = parse("a: {b: c, d:[e]}", "f.yaml")
    assert found("a: {b: c, d:[e]}") == ["1:11 yaml-colon-without-space"]
    assert parsed.root is not None
    assert plain(parsed.root) == {"a": {"b": "c", "d": ["e"]}}


def test_inside_quotes_nothing_is_odd() -> None:
    parsed = parse('say: "uno\n\u00a0\u00a0dos\n\ttres"\n', "f.yaml")
    assert parsed.diagnostics == ()
    assert parsed.root is not None
    assert plain(parsed.root) == {"say": "uno \u00a0\u00a0dos tres"}


def test_what_harms_nobody_here_is_only_information() -> None:
    severities = {d.code: d.severity for d in parse("a: no\nb: 12:30\nc: x # y", "f.yaml").diagnostics}
    assert severities == {
        "yaml-boolean-text": Severity.INFO,
        "yaml-number-text": Severity.INFO,
        "yaml-comment-in-text": Severity.WARNING,
    }


def test_what_an_alias_repeats_is_told_once() -> None:
    assert found("a: &a [no]\nb: *a\nc: *a") == ["1:8 yaml-boolean-text"]


def test_many_of_a_kind_are_counted() -> None:
    diagnostics = parse("- no\n" * 30, "f.yaml").diagnostics
    assert [d.code for d in diagnostics].count("yaml-boolean-text") == 20
    more = diagnostics[-1]
    assert (more.code, more.args["count"]) == ("yaml-more", 10)
