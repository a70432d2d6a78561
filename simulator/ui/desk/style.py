"""What code of the desk and the debrief needs of the look; their rules are in `assets/style/desk.qss`."""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.ui.desk.words import Tone

ROLES: Mapping[Tone, str] = MappingProxyType({"good": "good", "warning": "warning", "bad": "bad", "neutral": "muted"})
"""Tone → the colour of the look that icons and lines take."""
