"""Chance without a generator: a hash, so that editing one step does not shift what the others draw."""

import hashlib


def draw(seed: int, what: str, visit: int, choices: int) -> int:
    """An index in `range(choices)` that depends on nothing but its arguments. `choices` ≥ 1."""
    digest = hashlib.sha256(f"{seed}\x1f{what}\x1f{visit}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % choices
