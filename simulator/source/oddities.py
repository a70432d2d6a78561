"""Characters that look like YAML's own and are not: tabs, odd spaces, colons and dashes, where structure is expected.

They are sought in the lines, before parsing, because YAML takes most of them for letters and blames another line. Each
line comes with its mend, so that the tree is the one that was meant and the other mistakes are found in the same pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.raw import Raw

_ODD_SPACE = "\xa0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
_INDENT = re.compile(f"[ \t{_ODD_SPACE}]*")
_ODD_SPACES = re.compile(f"[{_ODD_SPACE}]")
_ODD_COLON = re.compile(r"(?:- +)*[\w-]+ *([：﹕∶꞉])(?=\s|\w|[\"'¿¡«])")
ODD_DASH = re.compile(r"([–—−‐‑•·●▪]) +\S")
_AFTER_MARK = re.compile(f"(?:- +)*(?:[\\w-]+:|-)(?P<odd>[{_ODD_SPACE}])")
_BLOCK_TEXT = re.compile(r"(?:^|[:-] +)[|>][-+0-9]*\s*(?:#.*)?$")
_OPENERS = re.compile(r"(?:- +)*")


@dataclass(frozen=True, slots=True)
class Oddity:
    """A line (counted from 0) with what is odd in it and the line as it was meant."""

    line: int
    diagnostics: tuple[Diagnostic, ...]
    mended: str


def oddities(raw: Raw) -> Iterator[Oddity]:
    """The odd lines, block texts (`|`, `>`) apart, where every character is the author's."""
    text_deeper_than: int | None = None
    for number, line in enumerate(raw.lines):
        if not line.strip():
            continue
        indent = _indent(line)
        if text_deeper_than is not None:
            if indent > text_deeper_than:
                continue
            mended, diagnostics = _mend_indent(raw, number, line)
            if diagnostics and _indent(mended) > text_deeper_than:
                yield Oddity(number, tuple(diagnostics), mended)
                continue
            text_deeper_than = None
        mended, diagnostics = _mend(raw, number, line) if "\t" in line or not line.isascii() else (line, [])
        if diagnostics:
            yield Oddity(number, tuple(diagnostics), mended)
        if _BLOCK_TEXT.search(mended):
            text_deeper_than = _parent_indent(mended)


def _mend_indent(raw: Raw, number: int, line: str) -> tuple[str, list[Diagnostic]]:
    indent = _odd_indent(line)
    diagnostics: list[Diagnostic] = []
    if "\t" in indent:
        span = raw.span(number, indent.index("\t"), len(indent))
        diagnostics.append(Diagnostic("yaml-tab", Severity.ERROR, span))
    odd = _ODD_SPACES.search(indent)
    if odd:
        span = raw.span(number, odd.start(), len(indent))
        diagnostics.append(Diagnostic("yaml-odd-space", Severity.ERROR, span, {"character": _code(odd.group())}))
    return _ODD_SPACES.sub(" ", indent.replace("\t", "  ")) + line[len(indent) :], diagnostics


def _mend(raw: Raw, number: int, line: str) -> tuple[str, list[Diagnostic]]:
    indent = _odd_indent(line)
    body = line[len(indent) :]
    if body.startswith("#"):
        return line, []
    mended, diagnostics = _mend_indent(raw, number, line)
    indent_meant = mended[: len(mended) - len(body)]

    def report(code: str, severity: Severity, start: int, end: int, **args: str) -> None:
        diagnostics.append(Diagnostic(code, severity, raw.span(number, start, end), args))

    dash = ODD_DASH.match(body)
    if dash:
        # Also the way to write dialogue, in a text of several lines: only the author knows.
        report("yaml-odd-dash", Severity.WARNING, len(indent), len(indent) + 1, mark=dash.group(1))
    after = _AFTER_MARK.match(body)
    if after:
        start = len(indent) + after.start("odd")
        report("yaml-odd-space", Severity.ERROR, start, start + 1, character=_code(after.group("odd")))
        body = f"{body[: after.start('odd')]} {body[after.end('odd') :]}"
    colon = _ODD_COLON.match(body)
    if colon:
        start = len(indent) + colon.start(1)
        report("yaml-odd-colon", Severity.ERROR, start, start + 1, mark=colon.group(1))
        body = f"{body[: colon.start(1)]}: {body[colon.end(1) :].lstrip()}"
    return indent_meant + body, diagnostics


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _odd_indent(line: str) -> str:
    """The indentation with whatever the author took for spaces."""
    found = _INDENT.match(line)
    return found.group() if found else ""


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _parent_indent(line: str) -> int:
    """How deep the node stands that holds the block text beginning on this line: the text is deeper than that."""
    indent = _indent(line)
    dashes = _OPENERS.match(line, indent)
    within = dashes.end() if dashes else indent
    is_item = _BLOCK_TEXT.match(line[within:]) is not None  # «- |»: the dash holds it, not a key after the dash
    return line.rindex("-", 0, within) if is_item and within > indent else within
