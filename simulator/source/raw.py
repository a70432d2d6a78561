"""Bytes → lines of text that the YAML parser can be trusted with: size, encoding, characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.spans import Place, Span, point

MAX_BYTES = 1 << 20
"""Greater files are refused unread; the longest scenario has some 200 kB."""

_MOST = 1_000
"""Unwanted characters that are told one by one; a file with more of them is not ours."""

_BREAK = re.compile(r"\r\n|\n|\r")

# YAML forbids the first group. The line and paragraph separators end a line for YAML but not for editors, and a byte
# order mark inside the text (left by joining files) is invisible: none of them was ever meant.
_UNWANTED = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A text in lines. `breaks[i]` ends `lines[i]` (the last is empty). Lines are those that editors count."""

    file: str
    lines: tuple[str, ...]
    breaks: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole, as the parser takes it."""
        return "".join(line + end for line, end in zip(self.lines, self.breaks, strict=True))

    def mended(self, lines: Mapping[int, str]) -> Raw:
        """The same text with some lines (counted from 0) written otherwise."""
        return Raw(self.file, tuple(lines.get(i, line) for i, line in enumerate(self.lines)), self.breaks)

    def span(self, line: int, start: int, end: int | None = None) -> Span:
        """The span of `lines[line][start:end]`, all counted from 0; a point without `end`."""
        last = start if end is None else end
        return Span(Place(self.file, line + 1, start + 1), Place(self.file, line + 1, last + 1))


def split(text: str, file: str) -> Raw:
    """A text in its lines."""
    breaks = _BREAK.findall(text)
    return Raw(file, tuple(_BREAK.split(text)), (*breaks, ""))


def read(source: str | bytes, file: str, limit: int) -> tuple[Raw | None, tuple[Diagnostic, ...]]:
    """The text in lines, its unwanted characters diagnosed and blanked; or None and why the file is refused.

    `limit` counts bytes, or characters for a str. A byte order mark at the start is tolerated.
    """
    if len(source) > limit:
        args = {"size": len(source) // 1024, "limit": limit // 1024}
        return None, (Diagnostic("yaml-too-large", Severity.ERROR, point(file), args),)
    if isinstance(source, bytes):
        text, refusal = _decode(source, file)
        if refusal:
            return None, (refusal,)
    else:
        text = source
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        return None, (Diagnostic("yaml-binary", Severity.ERROR, _end(text[: text.index("\0")], file)),)
    raw = split(text, file)
    if not _UNWANTED.search(text):
        return raw, ()
    diagnostics = tuple(islice(_unwanted(raw), _MOST))
    return raw.mended({i: _UNWANTED.sub(" ", line) for i, line in enumerate(raw.lines)}), diagnostics


def _decode(source: bytes, file: str) -> tuple[str, Diagnostic | None]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if source.startswith(mark):
            return "", Diagnostic("yaml-not-utf8", Severity.ERROR, point(file), {"found": encoding})
    try:
        return source.decode("utf-8"), None
    except UnicodeDecodeError as error:
        place = _end(source[: error.start].decode("utf-8"), file)
        if b"\0" in source:
            return "", Diagnostic("yaml-binary", Severity.ERROR, place)
        return "", Diagnostic("yaml-not-utf8", Severity.ERROR, place, {"found": f"0x{source[error.start]:02X}"})


def _end(text: str, file: str) -> Span:
    """The place just after a text that starts the file."""
    raw = split(text.removeprefix("\ufeff"), file)
    return raw.span(len(raw.lines) - 1, len(raw.lines[-1]))


def _unwanted(raw: Raw) -> Iterator[Diagnostic]:
    for number, line in enumerate(raw.lines):
        for found in _UNWANTED.finditer(line):
            args = {"character": f"U+{ord(found.group()):04X}"}
            span = raw.span(number, found.start(), found.end())
            yield Diagnostic("yaml-control-character", Severity.ERROR, span, args)
