"""`recording-sheet`: what people record a scenario from; and `check` of what they recorded."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.readers import patched, recorded

CASE = """\
customer: {name: Marta Ríos, mood: 45}
steps:
  opening:
    customer:
      - {id: hello-1, say: "Buenos días, ¿es _company?"}
      - {id: hello-2, say: "Buenas. ¿Con _company?"}
      - {id: asks-agent, say: "¿Hablo con _agent?"}
    replies:
      - {id: told, met: greet-company, mood: -30, say: "=SUMA(A1), y lo digo en serio.", go: second}
      - {id: else, otherwise: second}
  second:
    replies:
      - {id: told, met: greet-company, say: "-No entiendo, «nada»."}
      - {id: else, otherwise: resolved}
ends:
  resolved: {good: true, say: "Hasta luego."}
colleagues:
  - name: Iván Páez
    area: Soporte técnico
    steps: {opening: {customer: [{id: support-1, say: "Soporte, dígame."}]}}
tests:
  - {name: saluda, do: [answer, {say: "Telenova, buenos días."}], expect: {}}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    file = tmp_path / "caso.yaml"
    file.write_text(patched(CASE), "utf-8")
    return file


def rows_of(file: Path) -> list[list[str]]:
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # spreadsheets take it for UTF-8 only so
    assert data.count(b"\n") == data.count(b"\r\n")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_sheet_has_a_row_for_every_line_that_can_be_recorded(run: Run, case: Path, tmp_path: Path) -> None:
    out = tmp_path / "hoja.csv"
    ran = run("recording-sheet", case, "--out", out)
    assert (ran.code, ran.err) == (0, "")
    head, *rows = rows_of(out)
    assert head == ["Línea", "Quién", "Ánimo", "Paso", "Texto", "Archivo"]
    assert [(row[0], row[1], row[3], row[4], row[5]) for row in rows] == [
        ("hello-1", "Marta Ríos", "opening", "Buenos días, ¿es Telenova?", "hello-1.wav"),
        ("hello-2", "Marta Ríos", "opening", "Buenas. ¿Con Telenova?", "hello-2.wav"),
        ("told", "Marta Ríos", "opening", "'=SUMA(A1), y lo digo en serio.", "opening.told.wav"),
        ("told", "Marta Ríos", "second", "'-No entiendo, «nada».", "second.told.wav"),
        ("end-line", "Marta Ríos", "resolved", "Hasta luego.", "end-line.wav"),
        ("support-1", "Iván Páez (Soporte técnico)", "opening", "Soporte, dígame.", "support-1.wav"),
    ]
    assert "6 líneas para grabar" in ran.out
    assert "1 línea nombra al agente" in ran.out
    assert str(tmp_path / "recordings" / "cobro-duplicado") in ran.out


def test_moods_are_those_of_the_scenarios_own_tests(run: Run, case: Path, tmp_path: Path) -> None:
    run("recording-sheet", case, "--out", tmp_path / "hoja.csv")
    moods = {row[5]: row[2] for row in rows_of(tmp_path / "hoja.csv")[1:]}
    assert moods["hello-1.wav"] == moods["hello-2.wav"] == "Neutral (45)"
    assert moods["opening.told.wav"] == "Furia (15)"
    assert moods["second.told.wav"] == moods["support-1.wav"] == ""


def test_a_shipped_scenario_is_named_by_its_id(run: Run, tmp_path: Path) -> None:
    ran = run("recording-sheet", "angry-caller", "--out", tmp_path / "hoja.csv")
    assert ran.code == 0
    rows = rows_of(tmp_path / "hoja.csv")[1:]
    assert len({row[5] for row in rows}) == len(rows) > 60
    assert not [row for row in rows if "_agent" in row[4] or "_company" in row[4]]


def test_a_broken_scenario_and_a_refusing_disk_are_said(run: Run, case: Path, tmp_path: Path) -> None:
    refused = run("recording-sheet", case, "--out", tmp_path / "none" / "hoja.csv")
    assert refused.code == 2
    assert "hoja.csv" in refused.err
    case.write_text(patched(CASE.replace("go: second", "go: secnd")), "utf-8")
    broken = run("recording-sheet", case, "--out", tmp_path / "hoja.csv")
    assert broken.code == 1
    assert "scenario-unknown-step" in broken.err
    assert not (tmp_path / "hoja.csv").exists()


def test_check_looks_at_the_recordings_beside_a_scenario(run: Run, case: Path) -> None:
    folder = case.parent / "recordings" / "cobro-duplicado"
    folder.mkdir(parents=True)
    (folder / "hello-1.wav").write_bytes(recorded("16-bit"))
    (folder / "hello-2.wav").write_bytes(recorded("24-bit"))
    (folder / "hello-3.wav").write_bytes(recorded("16-bit"))
    (folder / "asks-agent.wav").write_bytes(recorded("16-bit"))
    ran = run("check", case)
    assert ran.code == 0
    found = {line.split(":")[0].rpartition("hello-")[2]: line for line in ran.out.splitlines() if ".wav" in line}
    assert len(found) == 3
    assert "(recording-unreadable)" in found["2.wav"]
    assert "24 bits" in found["2.wav"]
    assert "(recording-unused)" in found["3.wav"]
    assert "(recording-names-agent)" in ran.out
    assert "hello-1.wav" not in ran.out


def test_a_shift_has_no_lines_of_its_own(run: Run, tmp_path: Path) -> None:
    ran = run("recording-sheet", "first-shift", "--out", tmp_path / "hoja.csv")
    assert ran.code == 2
    assert "En un turno no habla nadie por sí mismo" in ran.err
    assert not (tmp_path / "hoja.csv").exists()
