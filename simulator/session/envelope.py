"""The envelope of an event and its stored bytes: canonical JSON, the same on every machine.

`{"at_ms", "attempt", "contact", "data", "seq", "type", "v"}`, keys sorted, no spaces, no floats, UTF-8 text unescaped.
What is stored is what is hashed; a stored text is never rewritten. Old versions are upcast when read.
"""

import dataclasses
import json
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from simulator.errors import TercerTimbreError
from simulator.session.events import Happening

VERSION = 1


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of an attempt. `seq` counts from 0 without gaps over the attempt; `contact` is "" for what concerns the
    attempt as a whole; `at_ms` is session time."""

    seq: int
    attempt: str
    contact: str
    at_ms: int
    what: Happening


@cache
def _adapters() -> dict[str, TypeAdapter[Any]]:
    return {kind.__name__: TypeAdapter(kind) for kind in get_args(Happening)}


def canonical(value: object) -> str:
    """The one JSON text of a value made of str, int, bool, None, lists and mappings with text keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encode(event: Event) -> str:
    """The stored text of an event."""
    return canonical(
        {
            "v": VERSION,
            "seq": event.seq,
            "attempt": event.attempt,
            "contact": event.contact,
            "at_ms": event.at_ms,
            "type": type(event.what).__name__,
            "data": dataclasses.asdict(event.what),
        }
    )


def decode(text: str) -> Event:
    """The event of a stored text.

    Errors: `TercerTimbreError` `event-unreadable` (not such a text), `event-too-new` (a later version wrote it).
    """
    try:
        raw = json.loads(text)
        if raw["v"] > VERSION:
            raise TercerTimbreError("event-too-new", version=raw["v"])
        what = _adapters()[raw["type"]].validate_python(raw["data"])
        return Event(int(raw["seq"]), str(raw["attempt"]), str(raw["contact"]), int(raw["at_ms"]), what)
    except (ValueError, KeyError, TypeError, ValidationError) as e:
        raise TercerTimbreError("event-unreadable", text=text[:80]) from e
