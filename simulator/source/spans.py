"""Places in authored files, for messages that point at the very character."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A character of a file: line and column from 1, columns in code points (a byte order mark is not counted)."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the first character to just after the last one; `start == end` marks a point."""

    start: Place
    end: Place


def point(file: str, line: int = 1, column: int = 1) -> Span:
    """The empty span at a place; the start of the file by default."""
    place = Place(file, line, column)
    return Span(place, place)


def part(span: Span, text: str, start: int, end: int) -> Span:
    """The span of `text[start:end]`, where `span` is where the scalar `text` was written.

    Exact for plain scalars and for quoted ones without escapes, on one line (as patterns are); else the whole scalar.
    """
    if span.start.line != span.end.line:
        return span
    quotes = span.end.column - span.start.column - len(text)
    if quotes not in (0, 2):
        return span
    first = span.start.column + quotes // 2
    file, line = span.start.file, span.start.line
    return Span(Place(file, line, first + start), Place(file, line, first + end))
