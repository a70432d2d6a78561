"""Mistakes as values: a code, a severity, a place and the values of the message; collected, never thrown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType

from simulator.source.spans import Span
from simulator.wording import _, render


class Severity(StrEnum):
    """ERROR: the file cannot be used. WARNING: it can, and probably does not say what was meant. INFO: good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake. `code` has a row in `simulator/wording` and a page in `docs/diagnostics`; `args` fill the row.

    An arg named `suggestion` adds «¿Quiso decir …?» to the message.
    """

    code: str
    severity: Severity
    span: Span
    args: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))


def message(diagnostic: Diagnostic) -> str:
    """The sentence alone, in the user's language."""
    text = render(diagnostic.code, diagnostic.args)
    if diagnostic.args.get("suggestion"):
        text += " " + _("Did you mean «{suggestion}»?").format_map(diagnostic.args)
    return text


def format(diagnostic: Diagnostic) -> str:  # the contract's name; nobody here needs the builtin
    """`file:line:column: severity: message (code)`, the line that editors understand."""
    place = diagnostic.span.start
    return f"{place.file}:{place.line}:{place.column}: {diagnostic.severity}: {message(diagnostic)} ({diagnostic.code})"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them makes the file unusable."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By place, without repetitions."""
    unique: dict[tuple[object, ...], Diagnostic] = {}
    for diagnostic in diagnostics:
        start, end = diagnostic.span.start, diagnostic.span.end
        where = (start.file, start.line, start.column, end.line, end.column)
        unique.setdefault((*where, diagnostic.code, *map(str, diagnostic.args.values())), diagnostic)
    return tuple(diagnostic for _key, diagnostic in sorted(unique.items(), key=itemgetter(0)))


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant by `word`, or None: the nearest within a third of its letters.

    Case, accents, spaces and underscores make no difference («Opción» → `opcion`, `greet_company` → `greet-company`).
    """
    folded = _fold(word)
    if not folded:
        return None
    best: tuple[int, str] | None = None
    for candidate in candidates:
        if candidate == word:
            continue
        other = _fold(candidate)
        allowed = max(1, max(len(folded), len(other)) // 3)
        if abs(len(folded) - len(other)) > allowed:
            continue
        distance = _distance(folded, other)
        if distance <= allowed and distance < len(folded) and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join("-" if c in " _" else c for c in decomposed if not unicodedata.combining(c))


def _distance(a: str, b: str) -> int:
    """Edits between two words; a swap of neighbours counts as one (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        current = [i]
        for j, y in enumerate(b, start=1):
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, row = row, current
    return row[-1]
