"""All verbs of the language data, and what a folded word can be among their forms."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from simulator.language.folding import fold
from simulator.language.forms import TAKES_CLITICS, conjugate, without_clitics

Entry = tuple[str, str, str]
"""Infinitive, code and written form of one reading of a word."""


_PLURALS = {"cion": ("cion", "ciones"), "dor": ("dor", "dora", "dores", "doras"), "ble": ("ble", "bles")}
_PLURALS |= {
    "miento": ("miento", "mientos"),
    "nte": ("nte", "ntes"),
    "dura": ("dura", "duras"),
    "ncia": ("ncia", "ncias"),
}
_DERIVED = tuple(
    (vowel + suffix, endings)
    for root, vowels in (
        ("cion", {"a": ("ar",), "i": ("ir", "er")}),
        ("dor", {"a": ("ar",), "e": ("er",), "i": ("ir",)}),
        ("ble", {"a": ("ar",), "i": ("er", "ir")}),
        ("miento", {"a": ("ar",), "i": ("er", "ir")}),
        ("nte", {"a": ("ar",), "e": ("er", "ir"), "ie": ("er", "ir")}),
        ("dura", {"a": ("ar",), "e": ("er",), "i": ("ir",)}),
        ("ncia", {"a": ("ar",), "e": ("er", "ir")}),
    )
    for vowel, endings in vowels.items()
    for suffix in _PLURALS[root]
)
"""Suffixes that make nouns and adjectives, each with the endings of the verbs that take it."""


class Verbs:
    """All verbs of the language data with all their forms. Nothing changes after construction but a bounded cache.

    The index holds only which verbs a folded form belongs to (text to text: small, and nothing for the garbage
    collector to walk); a form's codes are found by conjugating its verb again, once.
    """

    __slots__ = ("_entries", "_index", "changes")

    def __init__(self, changes: Mapping[str, str]) -> None:
        self.changes = MappingProxyType(dict(changes))
        index: dict[str, str] = {}
        for infinitive, change in changes.items():
            for folded in fold("\n".join([text for text, _ in conjugate(infinitive, change)])).split("\n"):
                known = index.get(folded)
                if known is None:
                    index[folded] = infinitive
                elif known.rpartition(" ")[2] != infinitive:
                    index[folded] = f"{known} {infinitive}"
        self._index = index
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def __contains__(self, folded: str) -> bool:
        """Is it a form of a known verb, with or without attached pronouns?"""
        return folded in self._index or bool(self.with_pronouns(folded))

    def __len__(self) -> int:
        return len(self._index)

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def derives(self, folded: str) -> bool:
        """Is it a noun or adjective made from a known verb: invitación, operadora, aplicable, mantenimiento?"""
        for suffix, endings in _DERIVED:
            if folded.endswith(suffix):
                stem = folded[: -len(suffix)]
                if any(stem + ending in self.changes for ending in endings):
                    return True
        return False

    def entries(self, folded: str) -> tuple[Entry, ...]:
        """Every verb form, without pronouns, that the folded word can be."""
        found = self._entries.get(folded)
        if found is None:
            known = self._index.get(folded)
            if known is None:
                return ()
            found = tuple(
                (infinitive, code, text)
                for infinitive in known.split(" ")
                for text, code in conjugate(infinitive, self.changes[infinitive])
                if fold(text) == folded
            )
            if len(self._entries) > 5_000:
                self._entries.clear()
            self._entries[folded] = found
        return found

    def with_pronouns(self, folded: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """The readings in which the word ends in attached pronouns: entries with the pronouns taken off."""
        return [
            (*entry, pronouns)
            for base, pronouns in without_clitics(folded)
            if base in self._index
            for entry in self.entries(base)
            if entry[1][:3] in TAKES_CLITICS and _fits(entry[1], pronouns, base, folded)
        ]


def _fits(code: str, pronouns: tuple[str, ...], base: str, folded: str) -> bool:
    """Restored letters belong to their own forms only: -d to vosotros + os, -s to nosotros + nos."""
    if not folded.startswith(base):
        return code == ("imv.2p" if pronouns == ("os",) else "imv.1p")
    return not (pronouns[0] == "os" and code == "imv.2p")
