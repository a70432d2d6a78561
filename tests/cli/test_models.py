"""`models`: what a person at a console sees of it. The store itself is proven in tests/speech."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulator.cli.modelling import _Progress
from tests.cli.conftest import Run
from tests.speech.model_folders import SMALL, SPHINX, archive, lay_out, served

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def test_without_a_model_the_list_says_how_to_get_one(run: Run) -> None:
    ran = run("models", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "python main.py models install es" in ran.err
    assert json.loads(run("models", "list", "--json").out) == []


def test_a_folder_is_installed_listed_and_removed(run: Run, tmp_path: Path, own_home: Path) -> None:
    folder = lay_out(tmp_path / "mi-modelo", SPHINX)
    ran = run("models", "install", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Instalado: mi-modelo (")
    assert "solo entiende frases esperadas" in ran.out
    listed = run("models", "list").out
    assert f"origen: {folder}" in listed
    assert "no verificado" in listed
    (model,) = json.loads(run("models", "list", "--json").out)
    assert model["path"] == str(own_home / "data" / "models" / "mi-modelo")
    assert (model["kind"], model["checksum"], model["faulty"]) == ("pocketsphinx", "unverified", [])
    assert run("models", "remove", "mi-modelo").out == "Quitado: mi-modelo\n"
    assert json.loads(run("models", "list", "--json").out) == []


def test_a_zip_is_installed_with_its_sum(run: Run, tmp_path: Path) -> None:
    path = archive(tmp_path / "m.zip")
    ran = run("models", "install", path)
    assert ran.code == 0
    assert f"SHA-256 del archivo: {hashlib.sha256(path.read_bytes()).hexdigest()} (no verificado)" in ran.out


def test_a_folder_that_lacks_a_file_is_refused_by_its_name(run: Run, tmp_path: Path) -> None:
    ran = run("models", "install", lay_out(tmp_path / "m", without="graph/HCLr.fst"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Al modelo m le falta el archivo graph/HCLr.fst")


def test_spanish_is_downloaded_from_a_mirror_with_progress(run: Run, tmp_path: Path) -> None:
    with served(archive(tmp_path / "m.zip", padding=400_000).read_bytes()) as site:
        ran = run("models", "install", "es", "--from", site.url)
        assert (ran.code, "no verificado" in ran.out) == (0, True)
        assert site.url in ran.err
        assert "Apache-2.0" in ran.err
        assert "0,4 / 0,4 MB" in ran.err
        again = run("models", "install", "es", "--from", site.url)
    assert again.code == 1
    assert "ya está instalado" in again.err
    assert run("models", "remove", "es").code == 0


def test_a_model_that_was_damaged_is_listed_as_such(run: Run, tmp_path: Path, own_home: Path) -> None:
    run("models", "install", lay_out(tmp_path / SMALL))
    (own_home / "data" / "models" / SMALL / "am" / "final.mdl").unlink()
    assert "No se puede usar: falta o está dañado: am/final.mdl" in run("models", "list").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["install", "ess"], "No existe el archivo ni la carpeta ess. ¿Quiso decir «es»?"),
        (["install", "x.zip", "--from", "http://x/y.zip"], "--from solo va con «es»."),
        (["remove", "nada"], "No hay ningún modelo «nada» instalado."),
        (["install", "es", "--from"], "La opción --from necesita un valor."),
    ],
)
def test_a_wrong_call_is_explained(run: Run, arguments: list[str], said: str) -> None:
    ran = run("models", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_odd_address_is_refused(run: Run) -> None:
    ran = run("models", "install", "es", "--from", "ftp://example.org/x.zip")
    assert ran.code == 1
    assert "Desde ftp://example.org/x.zip no se puede descargar" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_interrupting_a_download_keeps_what_came(tmp_path: Path, own_home: Path) -> None:
    """Ctrl-C in the real program; the second run goes on."""
    data = archive(tmp_path / "m.zip", padding=1_000_000).read_bytes()
    with served(data) as site:
        site.stall_after = 600_000
        command = [sys.executable, str(MAIN), "models", "install", "es", "--from", site.url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            folder = own_home / "data" / "models" / ".downloads"
            deadline = time.monotonic() + 60
            while sum(part.stat().st_size for part in folder.glob("*.part")) < 500_000:
                assert time.monotonic() < deadline
                assert process.poll() is None
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=60)
        site.stalled.set()
        assert process.returncode == 1
        assert "Traceback" not in err
        assert "La misma orden sigue donde quedó" in err
        site.stall_after = None
        again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == 0, again.stderr
    assert "Se sigue con una descarga anterior" in again.stderr
    assert [wanted is None for wanted, _tag in site.asked] == [True, False]


def test_on_a_terminal_one_line_is_written_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = _Progress()
    for done in (0, 10, 20, 2_000_000):
        progress(done, 2_000_000)
    progress.end()
    progress.end()
    assert capsys.readouterr().err == "\r  0,0 / 2,0 MB \r  2,0 / 2,0 MB \n"


def test_without_a_known_length_it_says_what_came(capsys: pytest.CaptureFixture[str]) -> None:
    progress = _Progress()
    for done in (0, 5, 10_000_001):
        progress(done, None)
    progress.end()
    assert capsys.readouterr().err == "  0,0 MB\n  10,0 MB\n"
