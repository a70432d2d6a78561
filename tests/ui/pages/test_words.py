"""Initials of any name, search without accents, dates of this desk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.ui.pages.words import folded, initials, result_name, result_text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Diego Salas", "DS"),
        ("María Fernanda Ríos Quintero", "MQ"),
        ("ñusta", "Ñ"),
        ("e\u0301lodie durand", "E\u0301D"),
        ("नेहा शर्मा", "नेश"),
        ("李小龍", "李"),
        ("👩🏽‍💻 Ana", "👩🏽‍💻A"),
        ("   ", ""),
    ],
)
def test_initials_are_whole_characters(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text(max_size=40))
def test_initials_never_fail(name: str) -> None:
    assert isinstance(initials(name), str)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_folding_forgets_accents_and_case() -> None:
    assert folded("FacturaCIÓN ñandú") == "facturacion nandu"


def test_results_are_said_with_their_score() -> None:
    assert result_name("failed") == "No apto"
    assert result_text("passed", 92) == "Apto · 92"
    assert result_text("incomplete", None) == "Incompleto"
