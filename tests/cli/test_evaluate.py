"""`evaluate`: figures for people and programs, a line per mark, and what it says of files with mistakes."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

LINES: list[dict[str, Any]] = [
    {
        "id": "R-1",
        "checkpoint": "greet-company",
        "met": True,
        "also": {"farewell": False, "spelling": True, "offer-solution": True},
        "context": {"company": "Telenova", "agent": "Diego Salas", "clock": "10:40"},
        "reply": "Telenova, muy buenos días, le habla Diego.",
    },
    {
        "id": "R-2",
        "checkpoint": "greet-company",
        "met": True,
        "context": {"company": "Telenova", "agent": "Diego Salas", "clock": "10:40"},
        "customer_turn": "¿Aló?",
        "reply": "El banco, buenos días.",
    },
]


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    path = tmp_path / "respuestas.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in LINES) + "\n", "utf-8")
    return path


def test_the_table_and_the_disagreements(run: Run, replies: Path) -> None:
    ran = run("evaluate", replies)
    assert (ran.code, ran.err) == (0, "")
    assert "2 respuestas marcadas." in ran.out
    assert "1 etiqueta no tiene regla en el catálogo." in ran.out
    assert "[R-2] personas: cumplido; marca: no cumplido" in ran.out
    assert "A: El banco, buenos días." in ran.out


def test_the_figures_as_json(run: Run, replies: Path) -> None:
    document = json.loads(run("evaluate", replies, "--json").out)
    assert document["own"]["n"] == 2
    assert document["own"]["recall"] == 0.5
    assert document["also"]["n"] == 4
    assert document["decided"]["n"] == 2
    assert list(document["checkpoints"]) == ["greet-company"]
    (apart,) = document["disagreements"]
    assert (apart["id"], apart["checkpoint"], apart["met"], apart["verdict"]) == (
        "R-2",
        "greet-company",
        True,
        "missed",
    )


def test_a_line_per_mark_with_spans_of_the_reply(run: Run, replies: Path, tmp_path: Path) -> None:
    out = tmp_path / "marcas.jsonl"
    assert run("evaluate", replies, "--out", out).code == 0
    marks = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(mark["id"], mark["checkpoint"], mark["verdict"]) for mark in marks] == [
        ("R-1", "greet-company", "met"),
        ("R-1", "farewell", "missed"),
        ("R-1", "spelling", "met"),
        ("R-2", "greet-company", "missed"),
    ]
    assert set(marks[0]) == {"id", "checkpoint", "verdict", "evidence", "rule"}
    ((start, end),) = marks[0]["evidence"]
    assert LINES[0]["reply"][start:end] == "Telenova"


def test_marking_twice_gives_the_same_bytes(run: Run, replies: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("evaluate", replies, "--out", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_mistake_is_told_with_its_place_and_the_rest_is_marked(run: Run, replies: Path) -> None:
    replies.write_text("{oops\n" + replies.read_text("utf-8"), "utf-8")
    ran = run("evaluate", replies)
    assert ran.code == 1
    assert f"{replies.name}:1:2: error:" in ran.err
    assert "2 respuestas marcadas." in ran.out


def test_a_missing_file(run: Run, tmp_path: Path) -> None:
    ran = run("evaluate", tmp_path / "nada.jsonl")
    assert ran.code == 2
    assert "nada.jsonl" in ran.err


def test_a_place_where_nothing_can_be_written(run: Run, replies: Path, tmp_path: Path) -> None:
    ran = run("evaluate", replies, "--out", tmp_path / "no" / "such" / "folder.jsonl")
    assert ran.code == 2
    assert "folder.jsonl" in ran.err


def test_an_empty_file_has_empty_figures(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "vacio.jsonl"
    empty.write_text("", "utf-8")
    assert json.loads(run("evaluate", empty, "--json").out)["own"]["n"] == 0


def test_the_forms_of_a_word_are_shown(run: Run) -> None:
    ran = run("check", "--forms", "permitir~")
    assert ran.code == 0
    assert "permitiría" in ran.out
    assert "Formas: " in ran.out
