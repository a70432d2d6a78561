"""What the user chose: captions, volume, speech rate, text size, theme, how replies are given and heard."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

Theme = Literal["system", "light", "dark"]
InputMode = Literal["typed", "push", "open"]
"""Replies are typed; spoken while a key or button is held; or spoken freely, the end of the turn being detected."""
RecogniserChoice = Literal["auto", "vosk", "pocketsphinx", "google"]
Patience = Literal["short", "normal", "long"]
Intensity = Literal["full", "mild"]
"""How strong the language of offensive customers is."""

RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "volume": (0, 100),
        "speech_rate": (60, 140),
        "text_size": (80, 200),
        "keep_recordings_days": (1, 365),
        "keep_practice_days": (0, 3650),
        "keep_results_days": (0, 3650),
        "usual_dbfs": (-90, 0),
    }
)
"""The least and the greatest value of each numeric setting, both allowed."""
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "theme": get_args(Theme),
        "input_mode": get_args(InputMode),
        "recogniser": get_args(RecogniserChoice),
        "patience": get_args(Patience),
        "intensity": get_args(Intensity),
    }
)
"""What each setting that is one of a few words may be."""
PATIENCE_MS: Mapping[str, int] = MappingProxyType({"short": 700, "normal": 1200, "long": 2000})
"""How long a silence lasts that ends a spoken turn."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one desk. Constructing one with a value out of its range raises ValueError."""

    captions: bool = True
    captions_for_access: bool = False
    """Whether the user needs captions to follow what is said: exams then have them, where their author allows it."""
    volume: int = 80
    """Per cent of full volume."""
    speech_rate: int = 100
    """Per cent of the rate that the scenario gives its voice."""
    text_size: int = 100
    """Per cent of the theme's own size."""
    theme: Theme = "system"
    hints: bool = True
    """Whether hints are offered by default before a call."""
    intensity: Intensity = "full"
    """Whether offensive customers say what their authors wrote, or something milder where there is one."""
    last_profile: str | None = None
    guided_call_done: tuple[str, ...] = ()
    """The profiles that have taken the guided first call."""
    input_mode: InputMode = "typed"
    recogniser: RecogniserChoice = "auto"
    input_device: str | None = None
    """Id of the microphone; None: the system's own choice."""
    headset: bool = False
    """Confirmed by the user: the microphone does not hear the customer, so it may stay open while the other speaks."""
    patience: Patience = "normal"
    """«More time to finish»: how long a pause may last before the turn is over."""
    review_heard: bool = True
    """Whether what was heard waits for the trainee to read and send it."""
    online_allowed: bool = False
    """Whether recognisers may be offered that send the voice to a service."""
    record_calls: bool = False
    """Whether each session is asked if it shall be recorded."""
    keep_recordings_days: int = 30
    keep_practice_days: int = 0
    """After so many days practice that was not submitted is deleted; 0: never."""
    keep_results_days: int = 0
    """HR's choice: after so many days submitted attempts and exams are deleted from this desk; 0: never."""
    microphone_checked: bool = False
    """Whether the microphone check was taken on this desk."""
    team: str | None = None
    """Address of the team's database, to which what is submitted is sent; None: nothing is sent. Without password."""
    lrs: str | None = None
    """Address of the team's LRS, likewise."""
    usual_dbfs: int = 0
    """The level (dBFS) of the user's ordinary voice in the microphone check; 0: not known."""

    def __post_init__(self) -> None:
        for name, (least, greatest) in RANGES.items():
            if not least <= getattr(self, name) <= greatest:
                raise ValueError(f"{name} must be between {least} and {greatest}")
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}")


def load(path: Path) -> Settings:
    """The settings stored at `path`; the defaults when there is no such file.

    A file that is no JSON object is renamed to `<name>.broken` (the last one is kept) and the defaults are returned.
    In a sound file, a value of the wrong type falls back to its default and a number out of range to the nearest
    allowed, so that a setting of another version never costs the user the rest. OSError passes through.
    """
    try:
        stored = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError):  # not JSON, not text, or nested without end
        stored = None
    if not isinstance(stored, dict):
        path.replace(path.with_name(path.name + ".broken"))
        return Settings()
    return _admit(stored)


def save(path: Path, settings: Settings) -> None:
    """Store the settings at `path` so that a crash leaves either the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)


def _admit(stored: dict[str, object]) -> Settings:
    """The stored values that are of the right kind; unknown names (a newer version's) are left out."""
    admitted: dict[str, object] = {}
    for field in fields(Settings):
        value = stored.get(field.name)
        if field.name in RANGES:
            if isinstance(value, int) and not isinstance(value, bool):
                least, greatest = RANGES[field.name]
                admitted[field.name] = min(max(value, least), greatest)
        elif field.name == "guided_call_done":
            if isinstance(value, list) and all(isinstance(profile, str) for profile in value):
                admitted[field.name] = tuple(value)
        elif field.name in CHOICES:
            if value in CHOICES[field.name]:
                admitted[field.name] = value
        elif field.name in ("last_profile", "input_device", "team", "lrs"):
            if isinstance(value, str):
                admitted[field.name] = value
        elif isinstance(value, bool):
            admitted[field.name] = value
    return Settings(**admitted)  # type: ignore[arg-type]  # each value was checked against its field just above
