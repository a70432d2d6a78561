"""The real program in a process of its own, as a person at a console starts it."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import GOOD, MINI

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "main.py"

WATCHED = """\
import sys
sys.path.insert(0, sys.argv[1])
from simulator.app.start import main
code = main(sys.argv[2:])
heavy = ("PySide6", "sqlalchemy", "pyttsx3", "pyqtgraph", "speech_recognition")
print([name for name in sys.modules if name.split(".")[0] in heavy], file=sys.stderr)
sys.exit(code)
"""
"""Runs a command and tells which of the heavy libraries it loaded."""


def started(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def test_a_headless_play_loads_no_window_no_database_no_voice(tmp_path: Path) -> None:
    (tmp_path / "guion.yaml").write_text(GOOD, "utf-8")
    played = started("-c", WATCHED, ROOT, "play", MINI, "--script", tmp_path / "guion.yaml", "--json")
    assert played.returncode == 0, played.stderr
    assert played.stderr == "[]\n"
    assert json.loads(played.stdout)["scenario"] == "mini"


def test_two_processes_print_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "guion.yaml").write_text(GOOD, "utf-8")
    arguments = (MAIN, "play", MINI, "--script", tmp_path / "guion.yaml", "--json", "--seed", "7")
    assert started(*arguments).stdout == started(*arguments).stdout != ""


def test_exit_codes_reach_the_console(tmp_path: Path) -> None:
    (tmp_path / "guion.yaml").write_text("- sya: Hola\n", "utf-8")
    wrong = started(MAIN, "play", MINI, "--script", tmp_path / "guion.yaml")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "Traceback" not in wrong.stderr
    assert started(MAIN, "chek").returncode == 2


def test_a_reader_that_goes_away_is_no_crash() -> None:
    """`main.py schema | head -1`."""
    with subprocess.Popen([sys.executable, MAIN, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
