"""`check`: the prover of authors."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import MINI, Run

BROKEN = MINI.read_text("utf-8").replace("go: thanks", "go: thnaks").replace("mood: 40,", "mood: 40, moood: 3,")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own, from which the command is called."""
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "casos"
    place.mkdir()
    return place


def test_a_sound_file_gives_no_error(run: Run) -> None:
    ran = run("check", MINI)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-2:] == ["Errores: 0. Advertencias: 0.", "1 escenario revisado."]


def test_mistakes_are_lines_that_editors_understand(run: Run, folder: Path) -> None:
    (folder / "roto.yaml").write_text(MINI.read_text("utf-8").replace("go: thanks", "go: thnaks"), "utf-8")
    ran = run("check", "casos")
    row = next(
        i for i, line in enumerate((folder / "roto.yaml").read_text("utf-8").splitlines(), 1) if "thnaks" in line
    )
    assert ran.code == 1
    place = str(Path("casos", "roto.yaml"))
    wrong = next(line for line in ran.out.splitlines() if "thnaks" in line)
    assert wrong.startswith(f"{place}:{row}:")
    assert wrong.endswith(" ¿Quiso decir «thanks»? (scenario-unknown-step)")


def test_a_failing_test_of_a_scenario_is_an_error(run: Run, folder: Path) -> None:
    text = MINI.read_text("utf-8").replace("expect: {result: passed, end: resolved}", "expect: {end: cut}")
    (folder / "falla.yaml").write_text(text, "utf-8")
    ran = run("check", folder / "falla.yaml")
    assert ran.code == 1
    assert "(scenario-test-fails)" in ran.out


def test_warnings_alone_stop_nobody(run: Run, folder: Path) -> None:
    text = MINI.read_text("utf-8").replace(
        "  cut: {title: Nadie habló}", "  cut: {title: Nadie habló}\n  lost: {title: Nunca}"
    )
    (folder / "casi.yaml").write_text(text, "utf-8")
    ran = run("check", folder)
    assert ran.code == 0
    assert "warning: " in ran.out
    assert "Errores: 0. Advertencias: 1." in ran.out


def test_the_json_is_a_list_in_the_order_of_the_files(run: Run, folder: Path) -> None:
    (folder / "a.yaml").write_text("scenario: a\n", "utf-8")
    (folder / "b.yaml").write_text(BROKEN, "utf-8")
    first, second = run("check", "casos", "--json"), run("check", "casos", "--json")
    assert first.code == 1
    assert first.out == second.out
    found = json.loads(first.out)
    assert [row["file"] for row in found] == sorted(row["file"] for row in found)
    keys = {"file", "line", "column", "end_line", "end_column", "severity", "code", "message", "args"}
    assert {frozenset(row) for row in found} == {frozenset(keys)}
    assert {row["severity"] for row in found} <= {"error", "warning", "info"}


def test_the_json_of_nothing_wrong_is_a_list_too(run: Run) -> None:
    ran = run("check", MINI, "--json")
    assert [row for row in json.loads(ran.out) if row["severity"] != "info"] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nada", "No existe el archivo ni la carpeta nada."),
        ("caso", "No existe el archivo ni la carpeta caso. ¿Quiso decir «casos»?"),
        ("casos", "No hay ningún escenario en casos (archivos *.yaml)."),
    ],
)
def test_a_path_that_holds_nothing(run: Run, folder: Path, path: str, said: str) -> None:
    ran = run("check", path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff\xfe", b"- a", b"{", b"a: &a [*a]", b"x" * 3_000_000])
def test_what_is_no_scenario_is_an_error_and_no_traceback(run: Run, folder: Path, content: bytes) -> None:
    (folder / "raro.yaml").write_bytes(content)
    ran = run("check", folder)
    assert ran.code == 1
    assert "error: " in ran.out


def test_exams_are_checked_too(run: Run, folder: Path) -> None:
    (folder / "exams").mkdir()
    (folder / "mini.yaml").write_text(MINI.read_text("utf-8"), "utf-8")
    text = "exam: uno\ntitle: Uno\nscenarios: mini\nseeds: [1, 2]\ntime_limit: 30\ntries: 2\npass_mark: 80\n"
    (folder / "exams" / "uno.yaml").write_text(text, "utf-8")
    sound = run("check", "casos", "--explore", "0")
    assert (sound.code, sound.out.splitlines()[-2:]) == (0, ["1 escenario revisado.", "1 examen revisado."])
    (folder / "exams" / "uno.yaml").write_text(text.replace("mini", "minni"), "utf-8")
    (folder / "exams" / "dos.yaml").write_text(text.replace("tries: 2", "tries: muchas"), "utf-8")
    ran = run("check", "casos", "--explore", "0")
    assert ran.code == 1
    place = str(Path("casos", "exams", "uno.yaml"))
    missing = next(line for line in ran.out.splitlines() if "exam-scenario-missing" in line)
    assert missing.startswith(f"{place}:3:12: error: ")
    assert "¿Quiso decir «mini»?" in missing
    assert f"{Path('casos', 'exams', 'dos.yaml')}:6:8: error:" in ran.out
