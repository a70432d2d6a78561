"""Chance without a generator: a hash, so that editing one step does not shift what the others draw."""

import hashlib


def draw(seed: int, what: str, visit: int, choices: int) -> int:
    """An index in `range(choices)` that depends on nothing but its arguments; one visit after another takes the next,
    so that nobody hears the same words twice running. `choices` ≥ 1."""
    digest = hashlib.sha256(f"{seed}\x1f{what}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") + visit) % choices
