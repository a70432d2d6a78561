"""Folding: the comparison form of a piece of text, with the way back to the original characters.

Folding removes case and accents and keeps ñ apart from n. Folded text may be shorter than the original (a decomposed
«á» is two code points), therefore `folded_with_map` returns, for each folded character, the index of the original
character that gave it. Only the map may be used to quote.
"""

import unicodedata
from collections.abc import Sequence

_TILDE = "\u0303"
_ACCENTED = "áàâäãåéèêëíìîïóòôöõúùûüýÿç"
_PLAIN = "aaaaaaeeeeiiiiooooouuuuyyc"
_TABLE = {
    **{ord(a): p for a, p in zip(_ACCENTED, _PLAIN, strict=True)},
    **{ord(a.upper()): p for a, p in zip(_ACCENTED, _PLAIN, strict=True)},
    **{ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZÑ"},
    ord("ß"): "s",
    ord("ﬁ"): "fi",
    ord("’"): "'",
    ord("´"): "'",
    ord("–"): "-",
    ord("—"): "-",
    ord("\u00a0"): " ",
}


def fold(text: str) -> str:
    """Lower case without accents; ñ stays. `fold(fold(x)) == fold(x)` for every x."""
    folded = text.translate(_TABLE)
    if folded.isascii():
        return folded
    return "".join(_fold_rare(folded))


def fold_keeping_accents(text: str) -> str:
    """Lower case, composed, accents kept: what `=sí` compares."""
    return unicodedata.normalize("NFC", text).lower()


def folded_with_map(text: str) -> tuple[str, Sequence[int]]:
    """The folded text and, per folded character, the index of the original character it came from."""
    folded = text.translate(_TABLE)
    if folded.isascii() and len(folded) == len(text):
        return folded, range(len(text))
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        piece = character.translate(_TABLE)
        if character == _TILDE and characters and characters[-1] == "n":
            characters[-1] = "ñ"
            continue
        if not piece.isascii():
            piece = _fold_character(piece)
        for part in piece:
            characters.append(part)
            origins.append(index)
    return "".join(characters), origins


def _fold_rare(text: str) -> list[str]:
    characters: list[str] = []
    for character in text:
        if character == _TILDE and characters and characters[-1] == "n":
            characters[-1] = "ñ"
        elif character.isascii():
            characters.append(character)
        else:
            characters.extend(_fold_character(character))
    return characters


def _fold_character(character: str) -> str:
    """One rare character: decomposed, marks dropped, lower case; ñ kept."""
    if character in "ñÑ":
        return "ñ"
    parts = unicodedata.normalize("NFKD", character.lower())
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return kept if kept == kept.lower() else kept.lower()
