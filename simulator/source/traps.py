"""What YAML reads without complaint and otherwise than its Spanish author meant it: found in the tree and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.nodes import Entry, MappingNode, Node, Scalar, SequenceNode, Style
from simulator.source.raw import Raw
from simulator.source.spans import Place, Span

_COMMENT = re.compile(r"(?P<gap>[ \t]+)#(?P<text>.*)")
_BOOLEANS = frozenset({"no", "yes", "on", "off"})
_NULLS = frozenset({"~", "null", "Null", "NULL"})
# Octal, hexadecimal, base 60, digit groups, exponents, and zeros that a number would lose («$ 48.900»).
_NUMBER = re.compile(r"[-+]?(?:0\d+|0x[0-9a-f]+|\d+(?::[0-5]?\d)+|\d+(?:_\d+)+|\d+(?:\.\d+)?e[-+]?\d+|\d+\.\d*0)", re.I)
_GLUED = re.compile(r"(?P<key>[a-z][a-z_-]*):(?!//)(?=\S)")
_KEY_AND_QUOTE = re.compile(r"""[a-z][a-z_-]*\s+(?:"[^"]*"|'[^']*')""")  # `- say "Hola"`
_INVISIBLE = re.compile("[\xa0\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_IDENTIFIER = re.compile(f"(?:[\\w-]|{_INVISIBLE.pattern})+")
_KEY_MARK = re.compile(r"[ -]*\?\s")
_OPENING_CURLY, _CLOSING_CURLY = tuple("“”„‟‘’‚"), tuple("”“‟’‘")
_SENTENCE_START = tuple("¿¡«")


def traps(root: Node, raw: Raw) -> Iterator[Diagnostic]:
    """The traps in a tree; `raw` is the text that it was composed from. What an alias repeats is looked at once."""
    commented = {number for number, line in enumerate(raw.lines, start=1) if " #" in line or "\t#" in line}
    if isinstance(root, Scalar):
        yield from _glued(root, Severity.ERROR)
    marked = {number for number, line in enumerate(raw.lines, start=1) if "?" in line and _KEY_MARK.match(line)}
    seen: set[int] = set()
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if node.style is Style.PLAIN:
                yield from _misread(node)
                yield from _looks(node)
                yield from _stray_quote(node)
                if node.span.start.line != node.span.end.line or node.text[:1].islower():
                    yield from _swallowed_key(node, raw)
                if node.span.end.line in commented:
                    yield from _comment(node, raw)
        elif isinstance(node, SequenceNode):
            yield from _items(node)
            waiting.extend(node.items)
        else:
            for entry in node.entries:
                yield from _entry(entry, node, raw)
                if entry.key.span.start.line in marked:
                    yield from _key_mark(entry.key, raw)
                waiting.append(entry.value)


def _key_mark(key: Scalar, raw: Raw) -> Iterator[Diagnostic]:
    """`? cosa` is YAML's long way to write a key; here it is a question without its «¿»."""
    line, column = key.span.start.line - 1, key.span.start.column - 1
    before = raw.lines[line][:column]
    if before.rstrip().endswith("?"):
        at_mark = before.rindex("?")
        yield Diagnostic("yaml-forbidden-start", Severity.ERROR, raw.span(line, at_mark, column), {"mark": "?"})


def _items(node: SequenceNode) -> Iterator[Diagnostic]:
    yield from _split_sentence(node)
    for item in node.items:
        if isinstance(item, MappingNode):
            yield from _sentence_with_colon(item, in_list=True)
        elif isinstance(item, Scalar) and item.style is Style.PLAIN:
            yield from _glued(item, Severity.WARNING)
            if _KEY_AND_QUOTE.fullmatch(item.text):
                yield Diagnostic("yaml-key-without-colon", Severity.WARNING, item.span)


def _entry(entry: Entry, node: MappingNode, raw: Raw) -> Iterator[Diagnostic]:
    if entry.key.style is Style.PLAIN:
        yield from _looks(entry.key)
        yield from _glued(entry.key, Severity.WARNING)
        if " {" in entry.key.text or " [" in entry.key.text:  # «offer-repeat {weight: 3}»
            yield Diagnostic("yaml-key-without-colon", Severity.ERROR, entry.key.span)
    if isinstance(entry.value, MappingNode):
        yield from _sentence_with_colon(entry.value, in_list=False)
    elif node.flow and isinstance(entry.value, Scalar) and not entry.value.text:
        yield from _key_alone(entry, raw)


def _misread(scalar: Scalar) -> Iterator[Diagnostic]:
    """Texts that are more than texts to other tools, or that their author takes for more."""
    text = scalar.text
    if text in _NULLS:
        yield Diagnostic("yaml-null-text", Severity.WARNING, scalar.span, {"text": text})
    elif text.casefold() in _BOOLEANS:
        yield Diagnostic("yaml-boolean-text", Severity.INFO, scalar.span, {"text": text})
    elif text[:1] in "+-0123456789" and _NUMBER.fullmatch(text):
        yield Diagnostic("yaml-number-text", Severity.INFO, scalar.span, {"text": text})


def _looks(scalar: Scalar) -> Iterator[Diagnostic]:
    """Characters that the author does not see, or takes for others."""
    text = scalar.text
    if text.isascii():
        return
    if len(text) > 1 and text.startswith(_OPENING_CURLY) and text.endswith(_CLOSING_CURLY):
        yield Diagnostic("yaml-curly-quotes", Severity.WARNING, scalar.span, {"mark": text[0] + text[-1]})
    found = _INVISIBLE.search(text)
    if found and _IDENTIFIER.fullmatch(text):  # in a sentence it does no harm; in a name nothing would match it
        args = {"word": _INVISIBLE.sub("", text), "character": f"U+{ord(found.group()):04X}"}
        yield Diagnostic("yaml-invisible", Severity.WARNING, scalar.span, args)


def _swallowed_key(scalar: Scalar, raw: Raw) -> Iterator[Diagnostic]:
    """A line `title:Cobro` that YAML takes for the value of the line above, or for more of its text."""
    start, end = scalar.span.start, scalar.span.end
    own_line = not raw.lines[start.line - 1][: start.column - 1].strip()
    for number in range(start.line if own_line else start.line + 1, end.line + 1):
        line = raw.lines[number - 1]
        body = line.lstrip(" ")
        found = _GLUED.match(body)
        if found:
            indent = len(line) - len(body)
            span = raw.span(number - 1, indent, indent + found.end())
            yield Diagnostic("yaml-colon-without-space", Severity.WARNING, span, {"key": found.group("key")})


def _stray_quote(scalar: Scalar) -> Iterator[Diagnostic]:
    """`say: Hola."` keeps its last character: a closing quote whose opening one is missing."""
    if scalar.text.endswith('"') and scalar.text.count('"') == 1 and len(scalar.text) > 1:
        yield Diagnostic("yaml-stray-quote", Severity.WARNING, scalar.span)


def _comment(scalar: Scalar, raw: Raw) -> Iterator[Diagnostic]:
    """Text lost after « #». Two spaces before it are the sign of a comment, unless a number follows («Caso  #4471»)."""
    end = scalar.span.end
    found = _COMMENT.match(raw.lines[end.line - 1], end.column - 1)
    if found and (found.group("gap") == " " or found.group("text")[:1].isdigit()):
        span = raw.span(end.line - 1, found.end("gap"), found.end())
        yield Diagnostic("yaml-comment-in-text", Severity.WARNING, span, {"lost": found.group("text").strip()})


def _sentence_with_colon(node: MappingNode, *, in_list: bool) -> Iterator[Diagnostic]:
    """`- Le digo: espere` is a mapping. A sentence begins like one, or has words; a key of ours is one small word."""
    if node.flow or len(node.entries) != 1:
        return
    key, value = node.entries[0].key, node.entries[0].value
    if key.style is not Style.PLAIN or not isinstance(value, Scalar) or value.style is not Style.PLAIN:
        return
    starts = key.text[:1].isupper() or key.text.startswith(_SENTENCE_START)
    words = len(key.text.split())
    if words >= 3 or (starts and (words > 1 or (in_list and value.text))):
        yield Diagnostic("yaml-sentence-mapping", Severity.WARNING, key.span, {"key": key.text})


def _split_sentence(node: SequenceNode) -> Iterator[Diagnostic]:
    """`[Hola, con gusto le ayudo.]` is two items: the first begins a sentence, another goes on, the last ends it."""
    texts = [item.text for item in node.items if isinstance(item, Scalar) and item.style is Style.PLAIN and item.text]
    if not node.flow or len(texts) < 2 or len(texts) != len(node.items):
        return
    begins = texts[0][0].isupper() or texts[0].startswith(_SENTENCE_START)
    goes_on = any(text.lstrip("¿¡«")[:1].islower() for text in texts[1:])
    if begins and goes_on and texts[-1].endswith((".", "!", "?", "…")):
        yield Diagnostic("yaml-sentence-split", Severity.WARNING, node.span, {"count": len(texts)})


def _key_alone(entry: Entry, raw: Raw) -> Iterator[Diagnostic]:
    """`{nombre}` is a key with no value; `{id:calma}` is one key."""
    key_end, value_start = entry.key.span.end, entry.value.span.start
    if (
        key_end.line == value_start.line
        and ":" in raw.lines[key_end.line - 1][key_end.column - 1 : value_start.column - 1]
    ):
        return
    glued = list(_glued(entry.key, Severity.ERROR))
    yield from glued
    if not glued:
        yield Diagnostic("yaml-key-alone", Severity.WARNING, entry.key.span, {"key": entry.key.text})


def _glued(scalar: Scalar, severity: Severity) -> Iterator[Diagnostic]:
    """`say:Hola` is one text, not a key with a value."""
    found = _GLUED.match(scalar.text) if scalar.style is Style.PLAIN else None
    if found:
        start = scalar.span.start
        after = Place(start.file, start.line, start.column + found.end())
        yield Diagnostic("yaml-colon-without-space", severity, Span(start, after), {"key": found.group("key")})
