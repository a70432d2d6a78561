"""Positions: the core counts code points, Qt's text counts UTF-16 units. An emoji is one here and two there."""


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes in Qt."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def utf16_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The place in Qt of `text[start:end]`: first unit and the unit after the last. Out-of-range ends are clipped."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    first = utf16_length(text[:start])
    return first, first + utf16_length(text[start : max(start, end)])
