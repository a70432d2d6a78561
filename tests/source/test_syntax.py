"""What the parser's complaints become: with both of PyYAML's parsers, the C one and the one that is always there."""

import pytest
import yaml

from simulator.source import compose
from simulator.source.diagnostics import Severity
from simulator.source.tree import parse, plain


@pytest.fixture(params=[yaml.CSafeLoader, yaml.SafeLoader], ids=["C", "Python"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "LOADER", request.param)


def found(text: str) -> list[str]:
    return [
        f"{d.span.start.line}:{d.span.start.column} {d.code}"
        for d in parse(text, "f.yaml").diagnostics
        if d.severity is not Severity.INFO
    ]


@pytest.mark.parametrize(
    ("text", "place", "meant"),
    [
        ("say: @ana\nb: c", "1:6 yaml-forbidden-start", {"say": "@ana", "b": "c"}),
        ("say: `x` y", "1:6 yaml-forbidden-start", {"say": "`x` y"}),
        ("say: %50 menos", "1:6 yaml-forbidden-start", {"say": "%50 menos"}),
        ("say: > texto", "1:6 yaml-forbidden-start", {"say": "> texto"}),
        ("say: | texto", "1:6 yaml-forbidden-start", {"say": "| texto"}),
        ("say: *muy* bien", "1:6 yaml-forbidden-start", {"say": "*muy* bien"}),
        ("say: *muy bien", "1:6 yaml-forbidden-start", {"say": "*muy bien"}),
        ("say: & más", "1:6 yaml-forbidden-start", {"say": "& más"}),
        ("say: ? qué", "1:6 yaml-forbidden-start", {"say": "? qué"}),
        ("say: [pausa] hola", "1:6 yaml-forbidden-start", {"say": "[pausa] hola"}),
        ("say: {nombre}, hola", "1:6 yaml-forbidden-start", {"say": "{nombre}, hola"}),
        ("- {id: a, say: @ana, b: c}", "1:16 yaml-forbidden-start", [{"id": "a", "say": "@ana", "b": "c"}]),
        ("a: [x, y]]", "1:10 yaml-forbidden-start", {"a": ["x", "y"]}),
        ("a: [x, , y]", "1:8 yaml-forbidden-start", {"a": ["x", "y"]}),
        ("say: !Hola a todos", "1:6 yaml-tag", {"say": "!Hola a todos"}),
        ("say: Hola: espere", "1:10 yaml-colon-in-text", {"say": "Hola: espere"}),
        ("- say: Hola: it's", "1:12 yaml-colon-in-text", [{"say": "Hola: it's"}]),
        ("say: - hola", "1:6 yaml-dash-in-text", {"say": "- hola"}),
        ('say: "Hola" dijo\nb: c', "1:13 yaml-text-after-quote", {"say": '"Hola" dijo', "b": "c"}),
        ("say: 'd'accord'", "1:9 yaml-text-after-quote", {"say": "'d'accord'"}),
        ('say: "Hola\nb: c', "1:6 yaml-unclosed-quote", {"say": "Hola", "b": "c"}),
        ('- say: "Hola\n- say: "Chao"', "1:8 yaml-unclosed-quote", [{"say": "Hola"}, {"say": "Chao"}]),
        ('say: "C:\\Facturas"', "1:9 yaml-unknown-escape", {"say": "C:\\Facturas"}),
        ('say: "\\x4"', "1:7 yaml-unknown-escape", {"say": "\\x4"}),
        ('- "uno\n- "dos"', "1:3 yaml-unclosed-quote", ["uno", "dos"]),
        ('- {say: "uno}\n- {say: "dos"}', "1:9 yaml-unclosed-quote", [{"say": "uno"}, {"say": "dos"}]),
        ("a: {b: [}\nc: d", "1:8 yaml-unclosed-bracket", {"a": {"b": []}, "c": "d"}),
        ("a: {b: [x, y}\nc: d", "1:8 yaml-unclosed-bracket", {"a": {"b": ["x", "y"]}, "c": "d"}),
        ("l:\n  - x\n  – y: z", "3:3 yaml-odd-dash", {"l": ["x", {"y": "z"}]}),
        ("a:b\nc: d", "1:1 yaml-colon-without-space", {"a": "b", "c": "d"}),
        ("c: d\na:b\n", "2:1 yaml-colon-without-space", {"c": "d", "a": "b"}),
    ],
)
def test_a_clear_mistake_is_named_placed_and_mended(text: str, place: str, meant: object) -> None:
    assert found(text) == [place]
    root = parse(text, "f.yaml").root
    assert root is not None
    assert plain(root) == meant


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 1\n  b: 2", "2:3 yaml-indentation"),
        ("a:\n  b: 1\n c: 2", "3:2 yaml-indentation"),
        ("a:\n  - x\n - y", "3:2 yaml-indentation"),
        ("a:\n  - x\n  b: 1", "3:3 yaml-indentation"),
        ("a:\n   - x\n  - y\n  - z", "2:4 yaml-indentation"),
        ("a:\n - x\n  - y: w\n  - z: w", "2:2 yaml-indentation"),
        ("  a: 1\nb: 2", "2:1 yaml-indentation"),
        ("a: |\n    x\n  y\nb: c", "3:3 yaml-indentation"),
        ("title Cobro\nb: 1", "1:1 yaml-key-without-colon"),
        ("a: 1\ntitle Cobro\nb: 1", "2:1 yaml-key-without-colon"),
        ("a: [x, y\nb: c", "1:4 yaml-unclosed-bracket"),
        ("a: {x: y\nb: c", "1:4 yaml-unclosed-bracket"),
        ("a: [", "1:4 yaml-unclosed-bracket"),
        ("a: {x: 1 y: 2}", "1:11 yaml-comma-missing"),
        ("%50 de descuento", "1:1 yaml-directive"),
        ("a: 1\n...\nb: 2", "3:1 yaml-several-documents"),
    ],
)
def test_a_mistake_that_leaves_a_doubt_gives_no_tree(text: str, place: str) -> None:
    assert found(text) == [place]
    assert parse(text, "f.yaml").root is None


def test_all_mistakes_are_found_at_once() -> None:
    text = """\
title: Cobro: duplicado
channel:phone
say: @ana
says: ["Hola" dijo, b]
body: "C:\\Datos"
mood: 5
mood: 6
knowledge: *cuenta
note: Caso # 12
"""
    assert found(text) == [
        "1:13 yaml-colon-in-text",
        "2:1 yaml-colon-without-space",
        "3:6 yaml-forbidden-start",
        "4:15 yaml-text-after-quote",
        "5:10 yaml-unknown-escape",
        "7:1 yaml-duplicate-key",
        "8:12 yaml-alias-unknown",
        "9:12 yaml-comment-in-text",
    ]


def test_a_line_is_blamed_once() -> None:
    assert found("a: 1\n\tb: 2\nc: d") == ["2:1 yaml-tab"]
    assert found("l:\n  - x\n – y") == ["3:2 yaml-odd-dash"]
