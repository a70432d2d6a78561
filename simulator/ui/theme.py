"""The look: two palettes of named colours, one style sheet filled with them, sizes that follow the text setting."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from simulator import paths
from simulator.settings import Settings, Theme

BASE_PX = 14
"""Size of running text at 100 %, in device-independent pixels."""

SHEETS = ("theme.qss", "desk.qss")
"""The sheets of `assets/style`; of two rules alike the later one wins."""

_PROPERTY = "tercerTimbreLook"
_DRESSED = "tercerTimbreDressed"

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "window": "#f4f6f8", "surface": "#ffffff", "raised": "#ffffff", "sunken": "#eceff3", "hover": "#e7ecf2",
        "border": "#d8dee6", "border-strong": "#8b97a6", "text": "#1a2431", "muted": "#566375", "faint": "#7b8797",
        "accent": "#1759a8", "accent-hover": "#124a8e", "accent-soft": "#e3edf9", "on-accent": "#ffffff",
        "good": "#1c7044", "good-soft": "#e0f2e7", "bad": "#b3261e", "bad-hover": "#8f1d17", "bad-soft": "#fbe6e4",
        "warning": "#8a5300", "warning-soft": "#fcefd6", "rail": "#16283d", "rail-text": "#c9d5e3",
        "rail-active": "#27476b", "on-rail": "#ffffff", "bubble-agent": "#dfeafa", "bubble-customer": "#ffffff",
        "bubble-colleague": "#e9f3ee", "bubble-side": "#f6efdf", "focus": "#1759a8", "veil": "#991a2431",
        "highlight": "#ffe08a", "highlight-bad": "#ffc9c4", "highlight-text": "#1a2431",
    }
)  # fmt: skip
DARK: Mapping[str, str] = MappingProxyType(
    {
        "window": "#12171e", "surface": "#1a212b", "raised": "#222b37", "sunken": "#0d1117", "hover": "#283341",
        "border": "#313d4c", "border-strong": "#66768a", "text": "#e8edf3", "muted": "#a5b1c0", "faint": "#8491a2",
        "accent": "#7db4f5", "accent-hover": "#9cc6f8", "accent-soft": "#1d3350", "on-accent": "#0c1a2b",
        "good": "#6fce97", "good-soft": "#17362a", "bad": "#ff9a92", "bad-hover": "#ffb4ae", "bad-soft": "#43201f",
        "warning": "#f0bf6b", "warning-soft": "#3d2f16", "rail": "#0c131c", "rail-text": "#a9b7c8",
        "rail-active": "#21354e", "on-rail": "#ffffff", "bubble-agent": "#1f3a5c", "bubble-customer": "#262f3b",
        "bubble-colleague": "#1e3a2e", "bubble-side": "#3c331f", "focus": "#9cc6f8", "veil": "#b0000000",
        "highlight": "#7a5f12", "highlight-bad": "#7a2d29", "highlight-text": "#ffffff",
    }
)  # fmt: skip
"""Text on its ground has a contrast of at least 4.5 : 1 in both (a test computes it)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is applied: colours by name (`#rrggbb`), whether dark, and the scale of text in per cent."""

    colours: Mapping[str, str]
    dark: bool
    text_size: int

    def colour(self, name: str) -> QColor:
        """A colour of the palette. Errors: KeyError for an unknown name."""
        return QColor(self.colours[name])

    def px(self, size: int) -> int:
        """A size at 100 %, in pixels, as the text setting scales it."""
        return max(1, round(size * self.text_size / 100))


def system_is_dark() -> bool:
    """Whether the desktop asks for dark."""
    hints = QApplication.styleHints()
    return hints.colorScheme() == Qt.ColorScheme.Dark


def look_of(theme: Theme, text_size: int) -> Look:
    """The look that the settings ask for."""
    dark = theme == "dark" or (theme == "system" and system_is_dark())
    return Look(DARK if dark else LIGHT, dark, text_size)


def current_look() -> Look:
    """The look applied to the application; the light one before any is."""
    app = QApplication.instance()
    look = app.property(_PROPERTY) if app is not None else None
    return look if isinstance(look, Look) else Look(LIGHT, False, 100)


def apply(app: QApplication, settings: Settings) -> Look:
    """Dresses the whole application; cheap enough to be called at each change of a setting."""
    look = look_of(settings.theme, settings.text_size)
    app.setProperty(_PROPERTY, look)
    if not app.property(_DRESSED):  # a style sheet wraps the style and hides its name: remembered instead
        app.setStyle("Fusion")
        app.setProperty(_DRESSED, True)
    font = QFont(app.font())
    font.setPixelSize(look.px(BASE_PX))
    app.setFont(font)
    app.setPalette(_palette(look))
    app.setStyleSheet(style_sheet(look))
    return look


def style_sheet(look: Look) -> str:
    """The sheets of `assets/style` with colours (`$surface`) and scaled sizes (`${px14}`) filled in."""
    folder = paths.assets() / "style"
    template = Template("\n".join((folder / name).read_text("utf-8") for name in SHEETS))
    values = {name.replace("-", "_"): colour for name, colour in look.colours.items()}
    values |= {f"px{size}": f"{look.px(size)}px" for size in range(1, 81)}
    values["icons"] = (paths.assets() / "icons").as_posix()
    return template.substitute(values)


_ROLES: Mapping[QPalette.ColorRole, str] = MappingProxyType(
    {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "raised",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "bad",
        QPalette.ColorRole.ToolTipBase: "raised",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on-accent",
        QPalette.ColorRole.Link: "accent",
    }
)

Emphasis = Literal["primary", "success", "danger", "quiet", "chip"]
"""The values of a button's `kind` property that the sheet knows."""


def _palette(look: Look) -> QPalette:
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, look.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.colour("faint"))
    return palette
