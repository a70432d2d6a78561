"""The chain of an attempt's log: each link is a hash over all that came before, so that no row can change unseen.

The first link is made of the attempt's header, each further one of the link before and the stored bytes of an event.
Pure: no key, no database. What the last link proves depends on who signed it (`signing`, `statements`).
"""

import hashlib
from collections.abc import Iterable

from simulator.session.envelope import canonical

_HEADER = b"tercer-timbre attempt 1\n"
"""Sets these hashes apart from any other use of the same bytes."""


def first_link(header: dict[str, object]) -> bytes:
    """The link (32 bytes) on which the log of an attempt with that header begins."""
    return hashlib.sha256(_HEADER + canonical(header).encode()).digest()


def next_link(before: bytes, event: bytes) -> bytes:
    """The link after an event, given by its stored bytes."""
    return hashlib.sha256(before + event).digest()


def links(first: bytes, events: Iterable[bytes]) -> list[bytes]:
    """The link after each event."""
    found, last = [], first
    for event in events:
        last = next_link(last, event)
        found.append(last)
    return found


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def card_text(card: str, protocol_hash: str, created_at: str) -> str:
    """What is sealed of a scorecard, given by its stored text; the line of the file is the same."""
    return '{"card":' + card + "," + canonical({"created_at": created_at, "protocol_hash": protocol_hash})[1:]
