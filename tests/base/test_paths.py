from collections.abc import Callable
from pathlib import Path

import pytest

from simulator import paths

FOLDERS = [paths.user_data, paths.user_config, paths.cache]


def test_what_ships_is_there() -> None:
    assert (paths.assets() / "translations").is_dir()
    assert paths.scenarios().parent == paths.assets().parent


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_variable_moves_the_users_folders(
    folder: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERCER_TIMBRE_HOME", str(tmp_path / "casa"))
    assert folder().parent == tmp_path / "casa"
    assert folder().is_dir()


def test_the_users_folders_are_three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERCER_TIMBRE_HOME", str(tmp_path))
    assert len({folder() for folder in FOLDERS}) == 3


def test_without_the_variable_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERCER_TIMBRE_HOME", raising=False)
    for name in ("HOME", "LOCALAPPDATA", "USERPROFILE", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert "tercer-timbre" in str(paths.user_data())
