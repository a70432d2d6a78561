"""Hostile and mistaken files: a clear error, soon, and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.source.compose import MAX_DEPTH, MAX_VALUES
from simulator.source.diagnostics import format
from simulator.source.raw import MAX_BYTES
from simulator.source.tree import Parsed, parse, plain

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefghijklmnopqrs", "bcdefghijklmnopqrst", strict=True)
)


def codes(text: str | bytes) -> list[str]:
    return [d.code for d in parse(text, "f.yaml").diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"a: b\n" * (2 * MAX_BYTES), "yaml-too-large"),
        ("a" * (MAX_BYTES + 1), "yaml-too-large"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "yaml-binary"),
        ("a: \0", "yaml-binary"),
        ("título: x".encode("latin-1"), "yaml-not-utf8"),
        ("a: b".encode("utf-16"), "yaml-not-utf8"),
        ("a: b".encode("utf-32"), "yaml-not-utf8"),
        (LAUGHS, "yaml-alias-expansion"),
        ("a: &a [*a]", "yaml-alias-cycle"),
        ("&a {b: &b {c: *a}, d: *b}", "yaml-alias-cycle"),
        ("[" * MAX_BYTES, "yaml-too-deep"),
        ("- " * (MAX_BYTES // 2), "yaml-too-deep"),
        ("a: &a0 []\n" + "".join(f"b{i}: &a{i + 1} [*a{i}]\n" for i in range(MAX_DEPTH)), "yaml-too-deep"),
        ("- a\n" * (MAX_VALUES + 1), "yaml-too-many-values"),
        ("", "yaml-empty"),
        ("\ufeff", "yaml-empty"),
        ("# nada\n", "yaml-empty"),
        ("---\n", "yaml-empty"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("yaml-") else "",
)
def test_what_cannot_be_used_is_refused_with_one_reason(text: str | bytes, expected: str) -> None:
    assert codes(text) == [expected]
    if expected != "yaml-alias-cycle":
        assert parse(text, "f.yaml").root is None


def test_the_limit_itself_is_allowed() -> None:
    text = "a: " + "b" * (MAX_BYTES - 3)
    assert parse(text, "f.yaml").sound
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml").sound


def test_the_caller_may_set_the_size() -> None:
    assert [d.code for d in parse("a: bcd", "f.yaml", limit=5).diagnostics] == ["yaml-too-large"]


def test_a_wrong_byte_is_placed() -> None:
    (diagnostic,) = parse("a: b\nc: añ".encode() + b"\xe1", "f.yaml").diagnostics
    assert (diagnostic.span.start.line, diagnostic.span.start.column, diagnostic.args["found"]) == (2, 6, "0xE1")


def test_aliases_are_shared_and_counted_as_written_out() -> None:
    parsed = parse("a: &a [x, y]\nb: [*a, *a]", "f.yaml")
    assert parsed.root is not None
    assert plain(parsed.root) == {"a": ["x", "y"], "b": [["x", "y"], ["x", "y"]]}


def test_a_second_document_is_refused_and_the_first_kept() -> None:
    parsed = parse("a: b\n---\na: c\n", "f.yaml")
    assert [d.code for d in parsed.diagnostics] == ["yaml-several-documents"]
    assert parsed.root is not None
    assert plain(parsed.root) == {"a": "b"}


def test_all_line_ends_count_lines_as_editors_do() -> None:
    for end in ("\n", "\r\n", "\r"):
        (diagnostic,) = parse(f"a: b{end}{end}a: c{end}", "f.yaml").diagnostics
        assert (diagnostic.code, diagnostic.span.start.line) == ("yaml-duplicate-key", 3)


YAMLISH = st.text(
    st.sampled_from(list("ab:- \n\t#'\"[]{},&*!|>%@`?.~<\\\r0ñ“”–：\u00a0\u200b\u2028\x85\x00\ufeff\ud800"))
)


def consistent(parsed: Parsed, text: str | bytes) -> None:
    """What holds for every answer: it can be shown, it points into the text, and no tree means an error."""
    lines = max(1, len(text) + 1)
    for diagnostic in parsed.diagnostics:
        assert format(diagnostic)
        start, end = diagnostic.span.start, diagnostic.span.end
        assert (1, 1) <= (start.line, start.column) <= (end.line, end.column)
        assert end.line <= lines + 1
    if parsed.root is None:
        assert not parsed.sound
        assert any(d.severity == "error" for d in parsed.diagnostics)
    else:
        plain(parsed.root)


@given(YAMLISH | st.text() | st.binary())
def test_any_input_gives_an_answer(text: str | bytes) -> None:
    consistent(parse(text, "f.yaml"), text)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3), st.sampled_from(["a: b", "- x", "a:", '- "x', "b: [c", "@x", "c: d: e", "*a", "z:y"])
        )
    )
)
def test_any_mixture_of_lines_gives_an_answer(lines: list[tuple[int, str]]) -> None:
    text = "\n".join(" " * (2 * indent) + line for indent, line in lines)
    consistent(parse(text, "f.yaml"), text)


TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f\x80\x85\xa0"), max_size=20
)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=20
)


@given(TREES)
def test_what_is_quoted_is_read_back(tree: object) -> None:
    import json

    parsed = parse(json.dumps(tree), "f.yaml")  # JSON is YAML, all of it quoted
    if tree != "":
        assert parsed.root is not None
        assert plain(parsed.root) == tree
