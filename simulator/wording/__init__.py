"""All that people read, rendered from codes and English msgids (gettext).

- A literal in a shell: `_("Hold")`, or `n_("{n} attempt", "{n} attempts", n).format(n=n)`.
- A literal in a table that is translated later: `mark("Hold")` there, `_(table[key])` where it is shown. Never call `_`
  at import: the language is chosen after the modules are loaded.
- A code with values (diagnostics, errors, reasons of verdicts): a row in the table of its domain, `render(code, args)`.

To add a code: put `"code": "English text with {values}"` into the table of its domain (a new domain is a new module
listed in `simulator/wording/tables.py`), its Spanish into `assets/translations/es/<room>.po`, then run
`python -m simulator.wording.compile`, which also lists what is still without Spanish. A diagnostic's code also needs
its page in `docs/diagnostics/`. The suite fails for whatever was forgotten.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from simulator.wording.tables import template

__all__ = ["DOMAIN", "LANGUAGES", "TRANSLATIONS", "Language", "_", "language", "mark", "n_", "render", "set_language"]

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")

DOMAIN = "tercer-timbre"
TRANSLATIONS = Path(__file__).resolve().parents[2] / "assets" / "translations"


def _translations(language: Language) -> gettext.NullTranslations:
    if language == "en":  # the msgids are English
        return gettext.NullTranslations()
    # A broken installation (no catalogue) shows English rather than nothing; the suite proves that the catalogue ships.
    return gettext.translation(DOMAIN, TRANSLATIONS, [language], fallback=True)


# The one choice that is process-wide by nature: every thread speaks the user's language.
_language: Language = "es"
_chosen = _translations(_language)


def set_language(language: Language) -> None:
    """Choose the language of all texts from now on; Spanish until called."""
    global _chosen, _language
    _chosen, _language = _translations(language), language


def language() -> Language:
    """The chosen language: what a document in it calls itself."""
    return _language


def _(msgid: str) -> str:
    """The text of an English msgid in the chosen language."""
    return _chosen.gettext(msgid) if msgid else ""  # gettext answers "" with the catalogue's header


def n_(singular: str, plural: str, n: int) -> str:
    """The form for `n` things, still to be filled: `n_("{n} call", "{n} calls", n).format(n=n)`."""
    return _chosen.ngettext(singular, plural, n)


def mark(msgid: str) -> str:
    """The msgid unchanged: marks a literal for translation where it must not be translated yet."""
    return msgid


def render(code: str, args: Mapping[str, object]) -> str:
    """The sentence of a code with its values, in the chosen language; KeyError for an unknown code or value."""
    return _(template(code)).format_map(args)
