"""With which accents a person of a scenario can speak: those that a listener still understands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LATIN_AMERICAN: Final = "es-419"
SPANISH: Final = frozenset({"es", "es-es", LATIN_AMERICAN})
"""The two readers there are; every other Spanish tag (es-co, es-mx) is heard as Latin American."""

FOREIGN: Final = ("pt-br", "en-us", "de", "it", "ru", "fr")
"""Mother tongues whose accent is offered, the easiest to follow first. A foreign accent is a foreign voice reading the
Spanish text; of 12 phrases a machine understood: pt-br 12, en-us 10, de 10, ru 8, fr 7 (it was not measured). Mandarin
(7, and noisy) and Japanese (0) are left out: what nobody understands is a caricature, not an accent."""

HARD_TO_FOLLOW: Final = frozenset({"ru", "fr"})
"""Of these a machine understood 8 of 12 phrases or fewer: captions are advised."""

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pt": "pt-br", "portugués": "pt-br", "portuguese": "pt-br", "brasileño": "pt-br",
        "en": "en-us", "en-gb": "en-us", "inglés": "en-us", "english": "en-us",
        "de-de": "de", "alemán": "de", "german": "de",
        "it-it": "it", "italiano": "it", "italian": "it",
        "ru-ru": "ru", "ruso": "ru", "russian": "ru",
        "fr-fr": "fr", "francés": "fr", "french": "fr",
    }
)  # fmt: skip


def mother_tongue(accent: str | None) -> str | None:
    """The tag in `FOREIGN` that a tag or a Spanish or English name means (`pt`, `portugués`), or None."""
    if accent is None:
        return None
    folded = accent.strip().lower()
    known = _NAMES.get(folded, folded)
    return known if known in FOREIGN else None


def is_spoken(accent: str) -> bool:
    """Whether a voice speaks with this accent: any Spanish one, or a foreign one that is understood."""
    folded = accent.strip().lower()
    return folded == "es" or folded.startswith("es-") or mother_tongue(folded) is not None
