"""Where things are: the shipped assets and scenarios, and the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

APPLICATION = "tercer-timbre"
HOME_VARIABLE = "TERCER_TIMBRE_HOME"
DATABASE = "tercer-timbre.db"
"""In `user_data()`."""
SETTINGS = "settings.json"
"""In `user_config()`."""
MODELS = "models"
RECORDINGS = "recordings"
"""Folders in `user_data()`: the recogniser's models, and recorded calls."""


def assets() -> Path:
    """The folder of what ships beside the code: protocol, lexicons, sounds, icons, style, translations."""
    return _root() / "assets"


def scenarios() -> Path:
    """The folder of the scenarios that ship, by channel."""
    return _root() / "scenarios"


def user_data() -> Path:
    """The folder of what must not be lost (attempts, profiles); created when missing."""
    return _user_folder("data")


def user_config() -> Path:
    """The folder of the user's settings; created when missing."""
    return _user_folder("config")


def cache() -> Path:
    """The folder of what can be made again (rendered speech); created when missing."""
    return _user_folder("cache")


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


def _user_folder(kind: str) -> Path:
    """TERCER_TIMBRE_HOME puts the three folders under one: tests, portable copies, several people on one account."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home).absolute() / kind if home else _platform_folder(kind)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _platform_folder(kind: str) -> Path:
    import platformdirs

    # appauthor=False: no second folder level named after a company on Windows.
    folders = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    return {"data": folders.user_data_path, "config": folders.user_config_path, "cache": folders.user_cache_path}[kind]
