"""The labelled replies of `tests/replies`: reading them, and which part is for what.

- *tuning*: what rules may be grown on and the weights are trained on;
- *checking*: one line in eight, by a hash of its text; nobody tunes on it;
- *apart*: whole sets by an author of whom neither rules nor weights have read a line (`tests/replies/apart`).
"""

import hashlib
from pathlib import Path
from types import MappingProxyType

from simulator.protocol.load import WEIGHTS, Protocol, load_protocol
from simulator.protocol.sample import situation_of
from simulator.protocol.shipped import shipped_files
from simulator.scoring.replies import LabelledReply, read_replies

ROOT = Path(__file__).resolve().parents[1]
REPLIES = ROOT / "tests" / "replies"
CHECKING = 8
"""One line in so many is for checking."""
UNSEEN_BY_RULES = ("r2", "r3", "r4", "o1")
"""Beginnings of the names of files that came after the rules: no rule was grown on them."""

CALLS = "calls"
"""The file of the turns of the shipped calls, labelled whole; all of it is for tuning."""

Line = tuple[str, LabelledReply]
"""The file's stem and the reply."""


def is_checking(text: str) -> bool:
    """Does a reply belong to the checking part? The same text always does or does not."""
    return hashlib.sha256(text.encode("utf-8")).digest()[0] % CHECKING == 0


def read_folder(folder: Path, protocol: Protocol) -> list[Line]:
    """All lines of all files of a folder, in their order. A mistake in a file of ours is an error."""
    lines: list[Line] = []
    for path in sorted(folder.glob("*.jsonl")):
        replies, diagnostics = read_replies(path.read_text(encoding="utf-8"), path.name, protocol.checkpoints)
        if diagnostics:
            raise ValueError(f"{path.name}: {[(d.code, d.span.start.line) for d in diagnostics]}")
        lines += [(path.stem, reply) for reply in replies]
    return lines


def tuning_part(protocol: Protocol) -> list[Line]:
    return [line for line in read_folder(REPLIES, protocol) if line[0] == CALLS or not is_checking(line[1].reply)]


def checking_part(protocol: Protocol) -> list[Line]:
    return [line for line in read_folder(REPLIES, protocol) if line[0] != CALLS and is_checking(line[1].reply)]


def sets_apart(protocol: Protocol) -> list[Line]:
    return read_folder(REPLIES / "apart", protocol)


def examples(protocol: Protocol) -> list[Line]:
    """The examples of the catalogue's rules as labelled replies, each in its own situation."""
    lines: list[Line] = []
    for id, rule in protocol.rules.items():
        for number, example in enumerate(rule.examples):
            situation, _ = situation_of(protocol.sample, example.given)
            reply = LabelledReply(f"{id}-{number}", id, example.met, MappingProxyType({}), situation, example.reply)
            lines.append(("examples", reply))
    return lines


def protocol_without_weights() -> Protocol:
    """The rules alone."""
    return load_protocol({path: text for path, text in shipped_files().items() if path != WEIGHTS}).protocol
