import pytest

from simulator.source.diagnostics import Diagnostic, Severity, format, has_errors, in_order, message, suggest
from simulator.source.spans import Place, Span, point


def test_a_diagnostic_is_one_line_for_people_and_editors() -> None:
    span = Span(Place("a/b.yaml", 12, 5), Place("a/b.yaml", 12, 9))
    diagnostic = Diagnostic("yaml-duplicate-key", Severity.ERROR, span, {"key": "mood", "line": 3})
    assert format(diagnostic).startswith("a/b.yaml:12:5: error: La clave «mood» está escrita dos veces")
    assert format(diagnostic).endswith(" (yaml-duplicate-key)")


def test_a_suggestion_is_asked_in_the_message() -> None:
    diagnostic = Diagnostic("yaml-alias-unknown", Severity.ERROR, point("f"), {"name": "salud", "suggestion": "saludo"})
    assert message(diagnostic).endswith(" ¿Quiso decir «saludo»?")


def test_without_a_suggestion_nothing_is_asked() -> None:
    diagnostic = Diagnostic("yaml-alias-unknown", Severity.ERROR, point("f"), {"name": "salud", "suggestion": ""})
    assert "¿" not in message(diagnostic)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("show-emphaty", "show-empathy"),
        ("show_empathy", "show-empathy"),
        ("Greet-Company", "greet-company"),
        ("gret-company", "greet-company"),
        ("opción", "opcion"),
        ("hodl", "hold"),
        ("x", None),
        ("", None),
        ("facturación", None),
        ("hold", None),  # it is one of them: nothing to suggest but itself
    ],
)
def test_the_nearest_word_is_suggested(word: str, expected: str | None) -> None:
    assert suggest(word, ["show-empathy", "greet-company", "opcion", "hold"]) == expected


def test_of_two_as_near_the_first_is_suggested() -> None:
    assert suggest("casa", ["cosa", "cama"]) == "cosa"


def test_diagnostics_are_sorted_by_place_and_told_once() -> None:
    first = Diagnostic("b", Severity.ERROR, point("f", 2, 9), {"n": 1})
    second = Diagnostic("a", Severity.ERROR, point("f", 10, 1), {"n": 1})
    other = Diagnostic("a", Severity.ERROR, point("f", 10, 1), {"n": 2})
    assert in_order([second, other, first, second]) == (first, second, other)


def test_only_errors_are_errors() -> None:
    assert not has_errors([Diagnostic("a", Severity.WARNING, point("f")), Diagnostic("a", Severity.INFO, point("f"))])
    assert has_errors([Diagnostic("a", Severity.ERROR, point("f"))])
