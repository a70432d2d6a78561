"""The tree of an authored file: texts, mappings and sequences, each knowing where it stands. Nothing is converted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from simulator.source.spans import Span


class Style(StrEnum):
    """How a text was written."""

    PLAIN = ""
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, as the author wrote it: `no`, `10:40` and `007` stay what they are. The span includes the quotes."""

    text: str
    span: Span
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Entries in the order of the file, keys unique (a repeated key is an error and its first value stands)."""

    entries: tuple[Entry, ...]
    span: Span
    flow: bool = False
    """Written in `{…}` rather than in lines."""

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        entry = self.entry(key)
        return entry.value if entry else None

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """Items in the order of the file."""

    items: tuple[Node, ...]
    span: Span
    flow: bool = False
    """Written in `[…]` rather than in lines."""


Node: TypeAlias = Scalar | MappingNode | SequenceNode
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(node: Node) -> Plain:
    """The bare values, every scalar a str. Safe to recurse: `parse` bounds depth and size, aliases included."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {entry.key.text: plain(entry.value) for entry in node.entries}


def at(node: Node, path: Sequence[str | int]) -> Span:
    """The place of the value that a path of keys and indexes leads to.

    Made for the paths of validation errors: what names no key or index here (the tag of a union, a key that is
    missing) is passed over, so the answer is the nearest place that exists; a final "[key]" means the key itself.
    """
    key, value = _follow(node, path)
    return key.span if key and path and path[-1] == "[key]" else value.span


def key_at(node: Node, path: Sequence[str | int]) -> Span:
    """The place of the key that a path leads to (of the item, in a sequence): for errors about the key itself."""
    key, value = _follow(node, path)
    return (key or value).span


def _follow(node: Node, path: Sequence[str | int]) -> tuple[Scalar | None, Node]:
    """The last key (None when a sequence's item or the root was reached) and its value."""
    key: Scalar | None = None
    for step in path:
        if isinstance(node, MappingNode):
            entry = node.entry(str(step))
            if entry:
                key, node = entry.key, entry.value
        elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.items):
            key, node = None, node.items[step]
    return key, node
