"""The person at the counter as drawings (`assets/scenes/counter`): who they are, how they stand, what their face says.

All drawings share one canvas, so that they are laid over each other: the room, the person behind the counter, the
counter, and what of the person lies on it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template
from types import MappingProxyType

from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from simulator import paths
from simulator.scenario.model import VoiceWish
from simulator.wording import _, mark

CANVAS = (-600, 30, 2160, 440)
"""The view box of every drawing; the person's middle is at x = 480."""
MIDDLE = 480

LEVELS = ("furious", "annoyed", "neutral", "content", "delighted")
"""How a mood shows, from 0 to 100; the bands are those of `simulator.ui.desk.words.mood_level`."""

_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "furious": mark("Leans over the counter and shouts, eyebrows drawn down, a finger raised."),
        "annoyed": mark("Stands with arms crossed, eyebrows drawn down and the corners of the mouth too."),
        "neutral": mark("Stands with both hands on the counter, the face at rest."),
        "content": mark("Leans on the counter with hands joined and smiles a little."),
        "delighted": mark("Opens both arms and smiles from ear to ear."),
    }
)

_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "skin": "#e3ab85", "shade": "#cf9470", "feature": "#33201a", "hair": "#4a3226", "grey": "#c9c8cc",
        "white": "#ffffff", "mouth": "#7c2a2c", "blush": "#dc8471", "collar": "#f3efe6",
    }
)  # fmt: skip
_LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "wall": "#eaf0f5", "dado": "#d9e2ea", "edge": "#9aa8b7", "frame": "#f7f9fb", "glass": "#cfe2f1",
        "shine": "#ffffff", "paper": "#ffffff", "pot": "#c98d62", "leaf": "#79a97f", "counter": "#b98f66",
        "slab": "#d9b78f", "ink": "#2c3542", "mark": "#b3261e",
        "say": "#1759a8",
    }
)  # fmt: skip
_DARK: Mapping[str, str] = MappingProxyType(
    {
        "wall": "#2a3542", "dado": "#222c38", "edge": "#556577", "frame": "#35424f", "glass": "#3b5570",
        "shine": "#6f8aa6", "paper": "#d6dbe1", "pot": "#8a5f40", "leaf": "#4f7a5a", "counter": "#5a4330",
        "slab": "#77593e", "ink": "#0d1219", "mark": "#ff9a92",
        "say": "#7db4f5",
    }
)  # fmt: skip
_CLOTHS: Mapping[str, str] = MappingProxyType({"female": "#7a5aa0", "male": "#3f7a8c"})


@dataclass(frozen=True, slots=True)
class Figure:
    """Who stands there, as far as it is drawn."""

    gender: str
    elderly: bool = False

    @classmethod
    def of(cls, voice: VoiceWish) -> "Figure":
        """The figure of somebody who sounds so."""
        return cls(voice.gender, voice.manner == "elderly")

    @property
    def head(self) -> str:
        return f"head-elder-{self.gender}" if self.elderly else f"head-{self.gender}"


@dataclass(frozen=True, slots=True)
class _Stance:
    """How a level holds itself: how much larger it looms, and where and how the head is (pixels, degrees)."""

    looms: float = 1.0
    right: int = 0
    down: int = 0
    tilt: int = 0


_STANCES: Mapping[str, _Stance] = MappingProxyType(
    {
        "furious": _Stance(looms=1.08, down=8),
        "annoyed": _Stance(right=-4, down=2, tilt=-4),
        "neutral": _Stance(),
        "content": _Stance(right=4, down=4, tilt=5),
        "delighted": _Stance(down=-6, tilt=-2),
    }
)


def level_of(mood: int) -> str:
    """The level that a mood, 0–100, shows as."""
    return LEVELS[min(len(LEVELS) - 1, max(0, mood) // 20)]


def described(level: str) -> str:
    """What is seen of somebody at a level, in words."""
    return _(_LOOKS[level])


def drawing(layer: str, *, dark: bool, figure: Figure | None = None, level: str = "neutral", turn: int = 0) -> str:
    """A layer as SVG: `room`, `counter`, `speaking`, or of a figure at a level `person` and `hands`. `turn`: how far
    the face is turned to a side, pixels."""
    if figure is None or layer not in ("person", "hands"):
        inside = _part(layer)
    elif layer == "hands":
        inside = _part(f"hands-{level}")
    else:
        inside = _person(figure, level, turn)
    colours = {**_ALWAYS, **(_DARK if dark else _LIGHT), "cloth": _CLOTHS[(figure or Figure("female")).gender]}
    box = " ".join(str(edge) for edge in CANVAS)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'
    return Template(svg).substitute(colours)


def renderer(
    layer: str, *, dark: bool, figure: Figure | None = None, level: str = "neutral", turn: int = 0
) -> QSvgRenderer:
    """The same, ready to be painted."""
    return QSvgRenderer(QByteArray(drawing(layer, dark=dark, figure=figure, level=level, turn=turn).encode()))


def _person(figure: Figure, level: str, turn: int) -> str:
    stance = _STANCES[level]
    face = f'<g transform="translate({turn} 0)">{_part(f"face-{level}")}'
    face += f"{_part('glasses') if figure.elderly else ''}</g>"
    head = f'<g transform="translate({stance.right} {stance.down}) rotate({stance.tilt} {MIDDLE} 250)">'
    head += f"{_part(figure.head)}{face}</g>"
    whole = f"{_part(f'pose-{level}')}{head}"
    about = f"translate({MIDDLE} 400) scale({stance.looms}) translate(-{MIDDLE} -400)"
    return f'<g transform="{about}">{whole}</g>'


@cache
def _part(name: str) -> str:
    """What a drawing holds, without its frame. Errors: FileNotFoundError for one that does not exist."""
    text = (paths.assets() / "scenes" / "counter" / f"{name}.svg").read_text("utf-8")
    found = re.fullmatch(r"\s*<svg [^>]*>(.*)</svg>\s*", text, re.S)
    assert found is not None, name
    return found.group(1)
