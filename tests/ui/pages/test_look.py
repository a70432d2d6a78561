"""The look: readable in both themes, whole at every size of text."""

import math
import re

import pytest
from PySide6.QtGui import QColor

from simulator.settings import RANGES
from simulator.ui.pages.pieces import AVATARS
from simulator.ui.theme import DARK, LIGHT, look_of, style_sheet

GROUNDS = {
    "text": ("window", "surface", "raised", "sunken", "hover", "accent-soft", "bubble-agent", "bubble-customer"),
    "muted": ("window", "surface", "sunken"),
    "accent": ("window", "surface", "accent-soft"),
    "on-accent": ("accent", "accent-hover"),
    "good": ("surface", "good-soft"),
    "bad": ("surface", "bad-soft"),
    "warning": ("surface", "warning-soft"),
    "on-rail": ("rail", "rail-active"),
    "rail-text": ("rail",),
    "highlight-text": ("highlight", "highlight-bad"),
}


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = ((colour.redF(), 0.2126), (colour.greenF(), 0.7152), (colour.blueF(), 0.0722))
    return sum(
        share * (part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4)) for part, share in shares
    )


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(colours: dict[str, str]) -> None:
    pairs = [(text, ground) for text, grounds in GROUNDS.items() for ground in grounds]
    weak = [(text, ground) for text, ground in pairs if contrast(colours[text], colours[ground]) < 4.5]
    assert weak == []


def test_initials_stand_out_from_every_avatar() -> None:
    assert [ground for ground in AVATARS if contrast(ground, "#ffffff") < 4.5] == []


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("size", [*range(RANGES["text_size"][0], RANGES["text_size"][1] + 1, 40)])
def test_the_sheet_is_filled_at_every_size(size: int) -> None:
    sheet = style_sheet(look_of("dark", size))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert min(int(pixels) for pixels in re.findall(r"font-size: (\d+)px", sheet)) >= 9
