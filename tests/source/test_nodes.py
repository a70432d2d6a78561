import pytest

from simulator.source.nodes import MappingNode, Node, Scalar, Style, at, key_at, plain
from simulator.source.scalars import as_bool, is_empty
from simulator.source.spans import Place, Span, part
from simulator.source.tree import parse

TEXT = """\
title: Cobro
replies:
  - id: calma
    go: explica
  - {id: grosero, go: 'furioso'}
"""


@pytest.fixture
def root() -> Node:
    parsed = parse(TEXT, "f.yaml")
    assert parsed.sound
    assert parsed.root is not None
    return parsed.root


def where(span: Span) -> tuple[int, int, int, int]:
    return span.start.line, span.start.column, span.end.line, span.end.column


def test_scalars_stay_texts() -> None:
    parsed = parse("a: no\nb: 10:30\nc: 007\nd: true\ne: ~\nf: 1.50\ng:\n", "f.yaml")
    assert parsed.root is not None
    assert plain(parsed.root) == {
        "a": "no", "b": "10:30", "c": "007", "d": "true", "e": "~", "f": "1.50", "g": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("title",), (1, 8, 1, 13)),
        (("replies", 0, "go"), (4, 9, 4, 16)),
        (("replies", 1, "go"), (5, 23, 5, 32)),
        (("replies", 1), (5, 5, 5, 33)),
        (("replies",), (3, 3, 5, 33)),
        ((), (1, 1, 5, 33)),
        (("replies", 0, "mood"), (3, 5, 4, 16)),  # missing: the nearest place that exists
        (("replies", 0, "Reply", "go"), (4, 9, 4, 16)),  # the tag of a union
        (("replies", 9), (3, 3, 5, 33)),
        (("title", "x", 3), (1, 8, 1, 13)),
        (("replies", 0, "go", "[key]"), (4, 5, 4, 7)),
    ],
)
def test_a_path_leads_to_a_value(root: Node, path: tuple[str | int, ...], expected: tuple[int, int, int, int]) -> None:
    assert where(at(root, path)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [(("replies", 0, "go"), (4, 5, 4, 7)), (("replies", 1), (5, 5, 5, 33)), ((), (1, 1, 5, 33))],
)
def test_a_path_leads_to_a_key(root: Node, path: tuple[str | int, ...], expected: tuple[int, int, int, int]) -> None:
    assert where(key_at(root, path)) == expected


def test_columns_count_code_points() -> None:
    root = parse("ñandú😀: {día: x}\n", "f.yaml").root
    assert isinstance(root, MappingNode)
    assert where(at(root, ("ñandú😀", "día"))) == (1, 15, 1, 16)


def test_a_byte_order_mark_is_not_a_column() -> None:
    root = parse(b"\xef\xbb\xbfa: b\n", "f.yaml").root
    assert isinstance(root, MappingNode)
    assert where(at(root, ("a",))) == (1, 4, 1, 5)


def test_a_mapping_is_asked_by_key(root: Node) -> None:
    assert isinstance(root, MappingNode)
    assert root.get("titel") is None
    title = root.get("title")
    assert isinstance(title, Scalar)
    assert (title.text, title.style) == ("Cobro", Style.PLAIN)


@pytest.mark.parametrize(
    ("written", "part_of", "expected"),
    [
        ("a: hola señor", "señor", (1, 9, 1, 14)),
        ("a: 'hola señor'", "señor", (1, 10, 1, 15)),
        ('a: "hola señor"', "hola", (1, 5, 1, 9)),
        ("a: 'd''hola'", "hola", (1, 4, 1, 13)),  # escapes: the whole text
        ("a: hola\n  señor", "señor", (1, 4, 2, 8)),
    ],
)
def test_the_place_of_a_part_of_a_text(written: str, part_of: str, expected: tuple[int, int, int, int]) -> None:
    root = parse(written, "f.yaml").root
    assert isinstance(root, MappingNode)
    scalar = root.get("a")
    assert isinstance(scalar, Scalar)
    start = scalar.text.index(part_of)
    assert where(part(scalar.span, scalar.text, start, start + len(part_of))) == expected


def test_places_are_in_the_order_of_the_file() -> None:
    assert Place("f", 2, 1) < Place("f", 2, 3) < Place("f", 10, 1)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("true", True),
        ("Sí", True),
        ("si", True),
        ("on", True),
        ("no", False),
        ("OFF", False),
        ("nunca", None),
        ("", None),
    ],
)
def test_a_text_may_be_asked_for_a_boolean(text: str, meaning: bool | None) -> None:
    assert as_bool(text) is meaning


@pytest.mark.parametrize(("written", "empty"), [("a:", True), ("a: ~", True), ("a: ''", False), ("a: 'null'", False)])
def test_a_value_left_out_is_not_an_empty_text(written: str, empty: bool) -> None:
    root = parse(written, "f.yaml").root
    assert isinstance(root, MappingNode)
    value = root.get("a")
    assert isinstance(value, Scalar)
    assert is_empty(value) is empty
