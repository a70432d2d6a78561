"""Merges the rooms' .po files into the one catalogue that ships: `python -m simulator.wording.compile`.

A developer's tool: the program itself reads the committed .mo with the standard library.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from simulator.wording import DOMAIN, TRANSLATIONS
from simulator.wording.extract import Use, uses

# The same .po files give the same bytes on any day.
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)


class ConflictError(Exception):
    """A .po file that cannot be merged: unreadable, unfinished, or at odds with another. The message lists all."""


@dataclass(frozen=True, slots=True)
class Merged:
    """One language's translations. `translations` maps each msgid (the singular, if it has a plural) to its forms."""

    catalog: Catalog
    translations: Mapping[str, tuple[str, ...]]

    def mo(self) -> bytes:
        """The compiled catalogue."""
        buffer = io.BytesIO()
        write_mo(buffer, self.catalog)
        return buffer.getvalue()


def merge(folder: Path, language: str = "es") -> Merged:
    """The .po files of a language's folder as one; ConflictError when two translate a msgid differently."""
    catalog = Catalog(locale=language, project=DOMAIN, version="1", creation_date=_FIXED, revision_date=_FIXED)
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    conflicts: list[str] = []
    for path in sorted(folder.glob("*.po")):
        try:
            messages = [message for message in read_po(io.BytesIO(path.read_bytes()), abort_invalid=True) if message.id]
        except PoFileError as error:
            conflicts.append(f"{path.name}: {error}")
            continue
        for message in messages:
            place = f"{path.name}:{message.lineno}"
            forms, problem = _forms(message)
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            if problem:
                conflicts.append(f"{place}: {problem}: {msgid}")
            elif msgid in found and found[msgid][0] != forms:
                conflicts.append(f"{place}: {msgid!r} is translated otherwise in {found[msgid][1]}")
            elif msgid not in found:
                found[msgid] = (forms, place)
                catalog.add(message.id, message.string)
    if conflicts:
        raise ConflictError("\n".join(conflicts))
    return Merged(catalog, {msgid: forms for msgid, (forms, _place) in found.items()})


def _forms(message: Message) -> tuple[tuple[str, ...], str]:
    """The translated forms of a message, or what is wrong with it."""
    string = message.string
    forms = (string,) if isinstance(string, str) else tuple(string or ())
    if message.context:
        return forms, "contexts are not used here (`_` has none)"
    if message.fuzzy:
        return forms, "still marked fuzzy"
    if not all(forms) or not forms:
        return forms, "not translated"
    return forms, ""


def missing(merged: Merged) -> list[Use]:
    """The uses that have no translation, or that could never have one."""
    return [use for use in uses() if use.msgid is None or (use.msgid and not _covers(merged, use))]


def _covers(merged: Merged, use: Use) -> bool:
    forms = merged.translations.get(use.msgid or "", ())
    return len(forms) > 1 if use.plural is not None else bool(forms)


def main() -> int:
    """Compile Spanish and list on standard error what is still without translation. 1 when the files are at odds."""
    folder = TRANSLATIONS / "es"
    try:
        merged = merge(folder)
    except ConflictError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    target = folder / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(merged.mo())
    for use in missing(merged):
        sys.stderr.write(f"{use.place}: no Spanish for {use.msgid!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
