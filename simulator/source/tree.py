"""The door of this room: the text of a YAML file in, its tree and all its mistakes out, never an exception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from simulator.source.compose import Composed, compose
from simulator.source.diagnostics import Diagnostic, Severity, has_errors, in_order
from simulator.source.nodes import Entry, MappingNode, Node, Plain, Scalar, SequenceNode, Style, at, key_at, plain
from simulator.source.oddities import Oddity, oddities
from simulator.source.raw import MAX_BYTES, Raw, read
from simulator.source.spans import point
from simulator.source.syntax import explain
from simulator.source.traps import traps

__all__ = [
    "MAX_BYTES",
    "Entry",
    "MappingNode",
    "Node",
    "Parsed",
    "Plain",
    "Scalar",
    "SequenceNode",
    "Style",
    "at",
    "key_at",
    "parse",
    "plain",
]

_MOST_OF_A_KIND = 20
"""Diagnostics of one code that are shown; one more says how many there are besides."""

_MOST_ODD_LINES = 1_000
"""A file with more is not ours; what is beyond is left as it is."""

_ECHO = 5
"""Lines below a syntax error within which what is not aligned is taken for its echo."""

_MOST_MENDS = 20
_MENDED_BYTES = 2 << 20
"""Text read again after mends, at most, so that even the greatest file is answered within a second."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says and what is wrong with it, in the order of the file.

    With errors, `root` is what could be understood in spite of them (for finding more mistakes, not for use) or None.
    """

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Whether the tree may be used: there is one, and no error."""
        return self.root is not None and not has_errors(self.diagnostics)


def parse(text: str | bytes, file: str, *, limit: int = MAX_BYTES) -> Parsed:
    """Read a YAML text. `file` is the name that places carry; `limit` the greatest size in bytes.

    Pass at most `limit + 1` bytes of a file that may be huge: it is refused by its length alone.
    """
    raw, refused = read(text, file, limit)
    if raw is None:
        return Parsed(None, refused)
    odd = list(islice(oddities(raw), _MOST_ODD_LINES))
    reading = _read_on(raw.mended({oddity.line: oddity.mended for oddity in odd}))
    outside = _outside_quotes(odd, reading.composed)
    if len(outside) < len(odd):  # inside quotes nothing is odd
        odd = outside
        reading = _read_on(raw.mended({oddity.line: oddity.mended for oddity in odd}))
    mistakes = _without_echoes(odd, reading.faults)
    lines = {fault.span.start.line for fault in reading.faults}
    others = (d for d in reading.others if d.severity is Severity.ERROR or d.span.start.line not in lines)
    diagnostics = in_order([*refused, *mistakes, *others])
    if reading.composed.root is None and not has_errors(diagnostics):
        diagnostics = (Diagnostic("yaml-empty", Severity.ERROR, point(file)), *diagnostics)
    return Parsed(reading.composed.root if reading.faithful else None, _shown(diagnostics))


@dataclass(frozen=True, slots=True)
class _Reading:
    """The last composition and what was learnt on the way to it."""

    composed: Composed
    faithful: bool
    """Whether the tree is what the author meant, in spite of the mends."""
    faults: tuple[Diagnostic, ...]
    """The syntax errors, one per line at most."""
    others: tuple[Diagnostic, ...]


def _read_on(raw: Raw) -> _Reading:
    """Compose, and after a syntax error mend its line and compose again, to find all mistakes in one go."""
    most = min(_MOST_MENDS, _MENDED_BYTES // (len(raw.text) + 1))
    faults: dict[int, Diagnostic] = {}
    faithful = True
    composed = compose(raw.text, raw.lines, raw.file)
    for _attempt in range(most + 1):
        if not composed.syntax_error:
            break
        fault = explain(composed, raw)
        # A second error in a line mended already is an echo of the first.
        faults.setdefault(fault.diagnostic.span.start.line, fault.diagnostic)
        if fault.mended is None:
            break
        raw = fault.mended
        faithful = faithful and fault.faithful
        composed = compose(raw.text, raw.lines, raw.file)
    found = traps(composed.root, raw) if composed.root is not None else ()
    return _Reading(composed, faithful, tuple(faults.values()), (*composed.diagnostics, *found))


def _without_echoes(odd: Sequence[Oddity], faults: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The odd characters and the syntax errors, each mistake once.

    Of an odd character and a syntax error in one line the graver is kept. A line that is not aligned is passed over
    near an error above, which left its group in doubt, and in a file with tabs, whose width is the author's secret.
    """
    tabs = any(d.code == "yaml-tab" for oddity in odd for d in oddity.diagnostics)
    by_line: dict[int, Diagnostic] = {}
    last = -_ECHO
    for fault in sorted(faults, key=lambda fault: fault.span.start.line):
        line = fault.span.start.line
        if fault.code != "yaml-indentation" or (line - last > _ECHO and not tabs):
            by_line[line] = fault
        last = line
    for oddity in odd:
        if has_errors(oddity.diagnostics):
            by_line.pop(oddity.line + 1, None)
            yield from oddity.diagnostics
        elif oddity.line + 1 not in by_line:
            yield from oddity.diagnostics
    yield from by_line.values()


def _outside_quotes(odd: list[Oddity], composed: Composed) -> list[Oddity]:
    """The odd lines that do not continue a quoted text, where every character is the author's."""
    within = {
        line for span in composed.quoted for line in range(span.start.line, span.end.line)
    }  # counted from 0: the lines after the first
    return [oddity for oddity in odd if oddity.line not in within]


def _shown(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first of each kind, and how many more there are."""
    shown: list[Diagnostic] = []
    counts: Counter[str] = Counter()
    more: dict[str, Diagnostic] = {}
    for diagnostic in diagnostics:
        counts[diagnostic.code] += 1
        if counts[diagnostic.code] <= _MOST_OF_A_KIND:
            shown.append(diagnostic)
        else:
            more.setdefault(diagnostic.code, diagnostic)
    for code, first in more.items():
        args: dict[str, str | int] = {"count": counts[code] - _MOST_OF_A_KIND, "kind": code}
        shown.append(Diagnostic("yaml-more", Severity.INFO, first.span, args))
    return in_order(shown)
