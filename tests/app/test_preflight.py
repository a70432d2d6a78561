"""What `main.py` says before Qt can be imported."""

import ctypes
from pathlib import Path

import pytest

from simulator.app import preflight
from simulator.records.workshop import SOFTWARE

ROOT = Path(__file__).parents[2]


def test_the_readme_quotes_the_line_that_installs_everything() -> None:
    assert preflight.apt_line() in (ROOT / "README.md").read_text("utf-8")


def test_a_missing_library_is_named_with_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ctypes.CDLL

    def load(name: str) -> object:
        if name == "libEGL.so.1":
            raise OSError(name)
        return real(name)

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("simulator.app.preflight.ctypes.CDLL", load)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    said = preflight.complaint()
    assert said is not None
    assert "libEGL.so.1" in said
    assert preflight.apt_line() in said


def test_no_screen_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert "pantalla" in (preflight.complaint() or "")


def test_other_systems_are_not_asked_for_linux_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert preflight.complaint() is None


def test_the_version_stands_in_one_place_in_words() -> None:
    assert f'version = "{SOFTWARE}"' in (ROOT / "pyproject.toml").read_text("utf-8")
