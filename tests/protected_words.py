"""Make `assets/language/es/protected.txt`: `python -m tests.protected_words FILE …`, from labelled replies.

Real words that typo tolerance may not take for a word of the patterns: the words of the replies and of the
customers' lines that are written more than once and are no slip of a far more frequent word, and the names of
people and companies. Folded, sorted; words that the verbs of the language data give already are left out. The same
replies give the same file.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulator.language.text import Kind, read
from simulator.language.typos import LEAST, Neighbours
from simulator.protocol.shipped import shipped_protocol
from tests.labelled import ROOT

LEAST_SEEN = 2
OUTNUMBERED = 8
"""A word this many times rarer than a neighbour one error away is taken for a slip of it."""


def protected_words(lines: Iterable[Mapping[str, Any]], known: Iterable[str]) -> list[str]:
    """The words to protect; `known` are protected already."""
    seen: Counter[str] = Counter()
    names: set[str] = set()
    for line in lines:
        context = line["context"]
        for text in (context["agent"], context.get("customer") or "", context["company"], context.get("area") or ""):
            names.update(word for word in read(text).words if len(word) >= LEAST)
        for text in (line["reply"], line.get("customer_turn") or "", context.get("call_reason") or ""):
            for token in read(text).tokens:
                if token.kind is Kind.WORD and len(token.folded) >= LEAST:
                    seen[token.folded] += 1
    neighbours = Neighbours(word for word, count in seen.items() if count >= OUTNUMBERED)
    kept = set(names)
    for word, count in seen.items():
        if count < LEAST_SEEN or len(word) > 25:
            continue
        rivals = [other for other in neighbours.near(word) if seen[other] >= OUTNUMBERED * count]
        if all(_same_root(word, other) for other in rivals):
            kept.add(word)
    return sorted(kept - set(known))


def _same_root(word: str, other: str) -> bool:
    """Do two words differ only at the end, as forms of one word do (cuenta, cuentas)?"""
    return word[:-2] == other[: len(word) - 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    files = options.files or sorted((ROOT / "tests" / "replies").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    words = protected_words(lines, shipped_protocol().protocol.lexicon.verbs)
    target = ROOT / "assets" / "language" / "es" / "protected.txt"
    target.write_text("\n".join(words) + "\n", encoding="utf-8")
    print(json.dumps({"words": len(words)}))  # noqa: T201 — a command


if __name__ == "__main__":
    main()
