"""How the pages say channels, phases, results, difficulty and dates. Everything is rendered when asked."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QLocale, QTextBoundaryFinder

from simulator.wording import _, mark, render

CHANNELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "phone": (mark("Telephone"), "phone"),
        "outbound": (mark("Outbound calls"), "phone-out"),
        "chat": (mark("Chat"), "chat"),
        "email": (mark("E-mail"), "mail"),
        "social": (mark("Social networks"), "share"),
        "in-person": (mark("In person"), "counter"),
        "web": (mark("Web self-service"), "globe"),
        "apps": (mark("App support"), "smartphone"),
        "colleague": (mark("Between colleagues"), "users"),
        "shift": (mark("Shift"), "clock"),
    }
)
"""Channel → its name and icon, in the order in which the library shows them."""

RESULT_TONES: Mapping[str, str] = MappingProxyType(
    {"passed": "good", "failed": "bad", "pending": "warning", "incomplete": "warning", "not-scored": "neutral"}
)
RESULT_ICONS: Mapping[str, str] = MappingProxyType(
    {
        "passed": "check-circle",
        "failed": "cross-circle",
        "pending": "question",
        "incomplete": "minus-circle",
        "not-scored": "minus-circle",
    }
)

GUIDED = "guided-first-call"
"""The scenario of the guided first call: on top of the library while it is not done, hints always on."""

LEVELS = 5
"""Difficulty goes from 1 to this."""


def channel_name(channel: str) -> str:
    """The name of a channel; an unknown one (of a newer scenario) as it is written."""
    return _(CHANNELS[channel][0]) if channel in CHANNELS else channel


def channel_icon(channel: str) -> str:
    """The icon of a channel."""
    return CHANNELS[channel][1] if channel in CHANNELS else "headset"


def result_name(result: str) -> str:
    """A result in one or two words, as a chip begins: «Apto», «No apto»."""
    said = render(f"result-{result}", {})
    return said[:1].upper() + said[1:]


def result_text(result: str, score: int | None) -> str:
    """A result with its score: «Apto · 92»."""
    return result_name(result) if score is None else f"{result_name(result)} · {score}"


def difficulty_text(level: int) -> str:
    """«Dificultad 2 de 5»."""
    return _("Difficulty {level} of {levels}").format(level=level, levels=LEVELS)


def minutes_text(minutes: int) -> str:
    """«7 min»."""
    return _("{n} min").format(n=minutes)


def moment_text(moment: datetime) -> str:
    """A moment on this desk's own clock: «3 may 2026, 10:40»."""
    local = moment.astimezone()
    month = QLocale(QLocale.Language.Spanish).monthName(local.month, QLocale.FormatType.ShortFormat).rstrip(".")
    return f"{local.day} {month} {local.year}, {local:%H:%M}"


def initials(name: str) -> str:
    """One or two first letters (whole characters as people see them) of the first and the last word of a name."""
    words = [word for word in name.split() if word]
    chosen = words[:1] + (words[-1:] if len(words) > 1 else [])
    return "".join(_first_character(word) for word in chosen)


def _first_character(word: str) -> str:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, word)
    end = finder.toNextBoundary()
    if end <= 0:
        return word[:1].upper()
    # Qt counts UTF-16 units, Python code points.
    first = word.encode("utf-16-le")[: end * 2].decode("utf-16-le", "replace")
    upper = first.upper()
    return upper if len(upper) == len(first) else first  # «ß» has no single capital


def folded(text: str) -> str:
    """A text as the search compares it: no accents, no case. Offsets are not kept."""
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()  # «𝝖» falls apart into a capital
    return "".join(character for character in apart if not unicodedata.combining(character))
