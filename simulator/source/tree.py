"""The door of this room: the text of a YAML file in, its tree and all its mistakes out, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.source.compose import compose
from simulator.source.diagnostics import Diagnostic, Severity, has_errors, in_order
from simulator.source.nodes import Entry, MappingNode, Node, Plain, Scalar, SequenceNode, Style, at, key_at, plain
from simulator.source.raw import MAX_BYTES, read
from simulator.source.spans import point

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
    raw, diagnostics = read(text, file, limit)
    if raw is None:
        return Parsed(None, diagnostics)
    composed = compose(raw.text, raw.lines, file)
    diagnostics += composed.diagnostics
    if composed.syntax_error:
        diagnostics += (
            Diagnostic("yaml-syntax", Severity.ERROR, point(file), {"problem": str(composed.syntax_error)}),
        )
    elif composed.root is None and not composed.stopped:
        diagnostics += (Diagnostic("yaml-empty", Severity.ERROR, point(file)),)
    return Parsed(composed.root, in_order(diagnostics))
