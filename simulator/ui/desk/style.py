"""What code of the desk and the debrief needs of the look; their rules are in `assets/style/desk.qss`.

Not a style sheet of a widget's own: with PySide6 6.12 a widget that has one, once deleted, leaves a style behind that
the next `QApplication.setStyle` stumbles over (segmentation fault, measured).
"""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.ui.desk.words import Tone

ROLES: Mapping[Tone, str] = MappingProxyType({"good": "good", "warning": "warning", "bad": "bad", "neutral": "muted"})
"""Tone → the colour of the look that icons and lines take."""
