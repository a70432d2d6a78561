"""YAML events → tree, with every limit that a hostile or mistaken file could strain.

Built from the parser's events rather than with `yaml.compose`, because that one recurses in C (a line of brackets would
overflow the stack), throws at the first alias it does not know, and hides tags and anchors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import Entry, MappingNode, Node, Scalar, SequenceNode, Style
from simulator.source.spans import Place, Span

MAX_DEPTH = 50
"""Collections inside one another; the deepest scenario needs about ten. Bounds every recursion over a tree."""

MAX_VALUES = 50_000
"""Keys, texts and collections, with aliases counted as if written out; a long scenario has about 10,000."""

_MOST_SUGGESTED = 50
"""Anchors among which «¿quiso decir …?» is sought: with more, comparing each with each would take minutes."""

# The C parser is ten times as fast; PyYAML can be installed without it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAG = re.compile(r"!\S*")


@dataclass(frozen=True, slots=True)
class Composed:
    """What the events gave: a root (None when they ended early), the mistakes, and why and where the parser gave up."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    syntax_error: yaml.YAMLError | None
    last_text: Scalar | None
    """The last scalar before the end: the parser's complaint is often about how that one was written."""
    quoted: tuple[Span, ...]
    """The quoted texts of several lines."""
    flow: Place | None
    """Where the innermost `{` or `[` opened that was still open at the end."""
    stopped: bool
    """A limit was passed or a second document began: `diagnostics` says so and there is nothing more to read."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen."""

    start: Place
    flow: bool
    mapping: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    key: Scalar | None = None
    end: Place | None = None
    size: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an anchor names. Size and height are those of the written-out tree, so that counting never expands one."""

    node: Node | None
    """None while the collection is open: an alias to it would be a cycle."""
    name: Scalar
    size: int = 0
    height: int = 0


def compose(text: str, lines: Sequence[str], file: str) -> Composed:
    """Compose a sanitised text (no control characters) into one document. `lines` is the same text, split."""
    return _Composer(lines, file).run(text)


class _Composer:
    def __init__(self, lines: Sequence[str], file: str) -> None:
        self.lines = lines
        self.file = file
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.used: set[str] = set()
        self.diagnostics: list[Diagnostic] = []
        self.quoted: list[Span] = []
        self.last_text: Scalar | None = None
        self.documents = 0
        self.stopped = False

    def run(self, text: str) -> Composed:
        syntax_error: yaml.YAMLError | None = None
        try:
            for event in yaml.parse(text, Loader=LOADER):
                self._take(event)
                if self.stopped:
                    break
        except yaml.YAMLError as error:
            syntax_error = error
        if not syntax_error and not self.stopped:
            self._unused_anchors()
        root = None if self.open or syntax_error else self.root
        if isinstance(root, Scalar) and not root.text and root.style is Style.PLAIN:
            root = None  # a lone «---»
        flow = self.open[-1].start if self.open and self.open[-1].flow else None
        return Composed(
            root,
            tuple(self.diagnostics),
            syntax_error,
            self.last_text,
            tuple(self.quoted),
            flow,
            self.stopped,
        )

    # Events

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._finish(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            self._error("yaml-directive", self._span(event))
        if self.documents > 1:
            self._error("yaml-several-documents", self._span(event))
            self.stopped = True  # the first document stands

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        span = self._span(event)
        text = event.value
        if event.tag is not None:
            self._tag(span)
            if not event.style and span.start.line == span.end.line:  # «¡Hola!» with the wrong mark
                text = self.lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]
        scalar = Scalar(text, span, Style(event.style or ""))
        self.last_text = scalar
        if span.start.line != span.end.line and scalar.style in (Style.SINGLE, Style.DOUBLE):
            self.quoted.append(span)
        if event.anchor is not None:
            self._anchor(event.anchor, span, _Anchored(scalar, self._name(event.anchor, span), size=1))
        self._add(scalar, 1, 0)

    def _alias(self, event: yaml.AliasEvent) -> None:
        span = self._span(event)
        name = str(event.anchor)
        target = self.anchors.get(name)
        written = Scalar(f"*{name}", span)
        self.last_text = written
        if target is None:
            nearest = suggest(name, self.anchors) if len(self.anchors) <= _MOST_SUGGESTED else None
            self._error("yaml-alias-unknown", span, name=name, suggestion=nearest or "")
            self._add(written, 1, 0)
            return
        self.used.add(name)
        if target.node is None:
            self._error("yaml-alias-cycle", span, name=name)
            self._add(written, 1, 0)
        elif len(self.open) + target.height > MAX_DEPTH:
            self._refuse("yaml-too-deep", span, limit=MAX_DEPTH)
        else:
            self._add(target.node, target.size, target.height)
            if self.open:
                self.open[-1].end = span.end

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        span = self._span(event)
        if event.tag is not None:
            self._tag(span)
        if len(self.open) >= MAX_DEPTH:
            self._refuse("yaml-too-deep", span, limit=MAX_DEPTH)
            return
        if event.anchor is not None:
            self._anchor(event.anchor, span, _Anchored(None, self._name(event.anchor, span)))
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.open.append(_Open(span.start, bool(event.flow_style), mapping, event.anchor))

    def _finish(self, event: yaml.CollectionEndEvent) -> None:
        done = self.open.pop()
        # The parser ends a block where the next thing begins, lines later; its last child's end is what people mean.
        end = self._span(event).end if done.flow else done.end or done.start
        span = Span(done.start, end)
        node: Node
        if done.mapping:
            node = MappingNode(tuple(done.entries), span, done.flow)
        else:
            node = SequenceNode(tuple(done.items), span, done.flow)
        if done.anchor is not None:
            name = self.anchors[done.anchor].name
            self.anchors[done.anchor] = _Anchored(node, name, done.size, done.height)
        self._add(node, done.size, done.height)

    # Assembly

    def _add(self, node: Node, size: int, height: int) -> None:
        """File a finished node under the innermost open collection."""
        if not self.open:
            self.root = node
            return
        into = self.open[-1]
        into.end = node.span.end
        into.size += size
        into.height = max(into.height, height + 1)
        if into.size > MAX_VALUES:
            code = "yaml-alias-expansion" if self.used else "yaml-too-many-values"
            self._refuse(code, node.span, limit=MAX_VALUES)
        elif not into.mapping:
            into.items.append(node)
        elif into.key is None:
            into.key = self._as_key(node)
        else:
            self._enter(into, into.key, node)
            into.key = None

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self._error("yaml-key-not-text", node.span)
        return Scalar("", node.span)

    def _enter(self, into: _Open, key: Scalar, value: Node) -> None:
        if key.text == "<<" and key.style is Style.PLAIN:
            self._error("yaml-merge-key", key.span)
        elif key.text in into.keys:
            self._error("yaml-duplicate-key", key.span, key=key.text, line=into.keys[key.text].span.start.line)
        else:
            into.keys[key.text] = key
            into.entries.append(Entry(key, value))

    # Anchors and tags

    def _anchor(self, name: str, span: Span, anchored: _Anchored) -> None:
        earlier = self.anchors.get(name)
        if earlier:
            self._error("yaml-anchor-duplicate", span, name=name, line=earlier.name.span.start.line)
        self.anchors[name] = anchored

    def _name(self, anchor: str, span: Span) -> Scalar:
        """The anchor as written, `&` included, at the start of its node."""
        end = Place(self.file, span.start.line, span.start.column + len(anchor) + 1)
        return Scalar(f"&{anchor}", Span(span.start, end))

    def _unused_anchors(self) -> None:
        for name, anchored in self.anchors.items():
            if name not in self.used:
                self._report("yaml-anchor-unused", Severity.WARNING, anchored.name.span, {"name": name})

    def _tag(self, span: Span) -> None:
        line = self.lines[span.start.line - 1] if span.start.line <= len(self.lines) else ""
        found = _TAG.search(line, span.start.column - 1)
        self._error("yaml-tag", span, tag=found.group() if found else "!")

    # Places and messages

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None  # the parser marks every event; the stubs allow for handmade ones
        assert end is not None
        return Span(Place(self.file, start.line + 1, start.column + 1), Place(self.file, end.line + 1, end.column + 1))

    def _refuse(self, code: str, span: Span, **args: str | int) -> None:
        self._error(code, span, **args)
        self.root = None
        self.stopped = True

    def _error(self, code: str, span: Span, **args: str | int) -> None:
        self._report(code, Severity.ERROR, span, args)

    def _report(self, code: str, severity: Severity, span: Span, args: dict[str, str | int]) -> None:
        self.diagnostics.append(Diagnostic(code, severity, span, args))
