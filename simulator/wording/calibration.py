"""Mistakes in files of labelled replies. A code needs its Spanish in `scoring.po` and its page in `docs/diagnostics`."""

from __future__ import annotations

from typing import Final

CALIBRATION: Final[dict[str, str]] = {
    "replies-json": "A line of labelled replies is one JSON object.",
    "replies-key": "«{key}» is no key here.",
    "replies-missing": "The key «{key}» is missing.",
    "replies-value": "«{key}» cannot have this value.",
    "replies-checkpoint": "There is no checkpoint «{id}» in the catalogue.",
    "replies-duplicate": "The id «{id}» stands already in line {line}.",
}
