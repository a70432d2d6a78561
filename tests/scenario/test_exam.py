"""Exams: what the loader takes, and where it says what is wrong."""

from pathlib import Path

import pytest

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.exam import Exam, Part, load_exam
from simulator.scenario.library import exam_files, load_all, load_exams, scenario_files
from simulator.scenario.schema import scenario_schema
from simulator.source.diagnostics import format as shown

TEXT = """\
exam: reclamos
title: Reclamos
scenarios: [cobro, espera]
seeds: [5, 7, 11]
time_limit: 10
tries: 6
pass_mark: 85
"""


def found(text: str) -> list[str]:
    """What is said of a text, each as `line:column code`."""
    parts = {"cobro": Part(True, 5), "espera": Part(True, 8), "rota": Part(False, 0)}
    loaded = load_exam(text, "e.yaml", parts.get, list(parts))
    return [
        f"{one.span.start.line}:{one.span.start.column} {one.severity.value} {one.code}" for one in loaded.diagnostics
    ]


def exam(text: str = TEXT) -> Exam:
    loaded = load_exam(text, "e.yaml", lambda _id: Part(True, 5))
    assert loaded.exam is not None, loaded.diagnostics
    return loaded.exam


def test_a_sound_exam_has_nothing_to_say() -> None:
    assert found(TEXT) == []
    assert (exam().id, exam().time_limit_ms, exam().doc.captions) == ("reclamos", 600_000, "access")


def test_each_try_has_its_scenario_and_its_seed() -> None:
    assert [exam().sitting(number) for number in range(1, 8)] == [
        ("cobro", 5), ("espera", 7), ("cobro", 11), ("espera", 5), ("cobro", 7), ("espera", 11), ("cobro", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("pass_mark: 85", "pass_mark: 101", "7:12 error scenario-out-of-range"),
        ("pass_mark: 85", "pass_mark: no", "7:12 error scenario-bad-value"),
        ("pass_mark: 85\n", "", "1:1 error scenario-missing-key"),
        ("tries: 6", "trys: 6", "6:1 error scenario-unknown-key"),
        ("tries: 6", "tries: 7", "6:8 warning exam-tries-alike"),
        ("time_limit: 10", "time_limit: 7", "5:13 warning exam-time-short"),
        ("seeds: [5, 7, 11]", "seeds: [5, 7, 5]", "4:15 error exam-repeated"),
        ("seeds: [5, 7, 11]", "seeds: [5, -7, 11]", "4:12 error scenario-out-of-range"),
        ("seeds: [5, 7, 11]", "seeds: []", "4:8 error scenario-empty"),
        ("[cobro, espera]", "[cobro, cobro]", "3:20 error exam-repeated"),
        ("[cobro, espera]", "[cobro, esperas]", "3:20 error exam-scenario-missing"),
        ("[cobro, espera]", "[cobro, rota]", "3:20 error exam-scenario-broken"),
        ("title: Reclamos", "title: Reclamos #2", "2:17 warning yaml-comment-in-text"),
        ("title: Reclamos", "title: No", "2:8 info yaml-boolean-text"),
    ],
)
def test_a_mistake_is_told_at_its_place(before: str, after: str, said: str) -> None:
    assert said in found(TEXT.replace(before, after))


@pytest.mark.parametrize("text", ["", "- a", "exam: [", "exam: x\n\0"])
def test_anything_gives_a_result(text: str) -> None:
    assert any("error" in said for said in found(text))


def test_exams_are_no_scenarios(tmp_path: Path) -> None:
    (tmp_path / "exams").mkdir()
    (tmp_path / "exams" / "a.yaml").write_text(TEXT, "utf-8")
    (tmp_path / "b.yaml").write_text(TEXT, "utf-8")
    assert [file.name for file in scenario_files([tmp_path])] == ["b.yaml"]
    assert [file.name for file in exam_files([tmp_path])] == ["a.yaml"]
    assert [file.name for file in exam_files([tmp_path / "b.yaml"])] == ["b.yaml"]
    (stray,) = load_all([tmp_path], shipped_protocol().protocol)
    assert [one.code for one in stray.diagnostics] == ["exam-outside-folder"]


def test_a_misspelt_scenario_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "exams").mkdir()
    text = TEXT.replace("[cobro, espera]", "[angry-coller]")
    (tmp_path / "exams" / "a.yaml").write_text(text, "utf-8")
    (loaded,) = load_exams([tmp_path], shipped_protocol().protocol)
    assert "angry-caller" in shown(loaded.diagnostics[0])


def test_the_exams_that_ship_are_sound() -> None:
    loaded = list(load_exams([paths.scenarios()], shipped_protocol().protocol))
    assert len(loaded) >= 2
    assert all(one.exam is not None and not one.diagnostics for one in loaded)


def test_the_schema_knows_exams() -> None:
    schema = scenario_schema()
    assert schema["else"]["if"] == {"required": ["exam"]}
    assert set(schema["$defs"]["ExamDocument"]["required"]) == {
        "exam", "title", "scenarios", "seeds", "time_limit", "tries", "pass_mark",
    }  # fmt: skip
