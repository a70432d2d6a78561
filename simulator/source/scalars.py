"""What callers may read a text as. The tree keeps texts; meaning is given here, on request and in one place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from simulator.source.nodes import Scalar, Style

_BOOLEANS: Mapping[str, bool] = MappingProxyType(
    {
        **dict.fromkeys(("true", "yes", "on", "sí", "si", "verdadero"), True),
        **dict.fromkeys(("false", "no", "off", "falso"), False),
    }
)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def as_bool(text: str) -> bool | None:
    """True or False for `true`/`false` and the words that YAML or a Spanish author uses for them; None for others."""
    return _BOOLEANS.get(text.casefold())


def is_empty(scalar: Scalar) -> bool:
    """Whether the author left the value out: nothing, `~` or `null` without quotes (`""` is a text, though empty)."""
    return scalar.style is Style.PLAIN and scalar.text in _NULLS
