"""The report of the marks: `uv run python -m tests.agreement [OUT]` writes `docs/agreement.md`, or OUT.

Agreement with people on the checking part and on the sets apart, what variations of entry cost, and which verdicts
change when only the people or the treatment do. Everything is computed from `tests/replies` as it stands.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from simulator.protocol.catalogue import Rule, Verdict
from simulator.protocol.load import Protocol
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand
from simulator.scoring.calibration import Agreement, calibrate, mark_replies
from simulator.scoring.replies import LabelledReply
from tests.labelled import ROOT, checking_part, protocol_without_weights, sets_apart
from tests.variation import PEOPLE, VARIATIONS, WRITTEN_OTHERWISE, in_usted

REPORT = ROOT / "docs" / "agreement.md"
INTRODUCTION = """\
Made by `python -m tests.agreement` from `tests/replies`; not edited by hand. Own labels unless said; *unclear* and
*not applicable* count as not met. The checking part is one line in eight by a hash of its text: the weights have not
seen its lines, but they know other lines of the same authors, and the rules were grown on all lines of the files that
are older than they are. The sets apart are by an author of whom neither has seen a line: the honest figures.
"""
Variation = Callable[[LabelledReply], LabelledReply | None]


def f1_with(
    rules: Mapping[str, Rule], replies: Sequence[LabelledReply], variation: Variation
) -> tuple[Agreement, Agreement]:
    """Agreement on the replies that can be varied, before and after; own labels."""
    kept = [reply for reply in replies if reply.checkpoint not in WRITTEN_OTHERWISE]
    pairs = [(reply, other) for reply in kept if (other := variation(reply)) is not None]
    before = calibrate(mark_replies(rules, (reply for reply, _ in pairs))).own
    after = calibrate(mark_replies(rules, (other for _, other in pairs))).own
    return before, after


Flip = tuple[LabelledReply, LabelledReply, str, Verdict, Verdict]
"""The reply, the varied one, the checkpoint, its verdict before and after."""


def flips(
    rules: Mapping[str, Rule], replies: Iterable[LabelledReply], variation: Variation, apart: Iterable[str] = ()
) -> tuple[int, list[Flip]]:
    """How many verdicts were compared, and those that changed; all labelled checkpoints but `apart`."""
    compared = 0
    changed: list[Flip] = []
    for reply in replies:
        other = variation(reply)
        if other is None:
            continue
        mine = {id: rules[id] for id in reply.labels(also=True) if id in rules and id not in set(apart)}
        one = understand(mine, reply.situation, reply.reply)
        two = understand(mine, other.situation, other.reply)
        compared += len(mine)
        changed += [
            (reply, other, id, one[id].verdict, two[id].verdict)
            for id in mine
            if one[id].verdict is not two[id].verdict
        ]
    return compared, changed


def digest(rules: Mapping[str, Rule], replies: Iterable[LabelledReply]) -> str:
    """sha256 over all marks with their spans: the same on every platform."""
    summary = hashlib.sha256()
    for marked in mark_replies(rules, replies):
        for id, finding in sorted(marked.findings.items()):
            line = [marked.reply.id, id, finding.verdict.value, [list(span) for span in finding.spans], finding.rule]
            summary.update(json.dumps(line, ensure_ascii=False).encode())
    return summary.hexdigest()


def _row(name: str, agreement: Agreement) -> str:
    low, high = agreement.interval
    figures = (agreement.precision, agreement.recall, agreement.f1, agreement.kappa)
    cells = " | ".join(f"{figure:.3f}" for figure in figures)
    unclear = 100 * agreement.unclear / max(agreement.total, 1)
    return f"| {name} | {agreement.total} | {cells} | {low:.3f} – {high:.3f} | {unclear:.1f} % |"


def report(protocol: Protocol) -> Iterator[str]:
    """The lines of the document."""
    checking = [reply for _, reply in checking_part(protocol)]
    apart = sets_apart(protocol)
    yield "# How far the marks agree with people"
    yield ""
    yield from INTRODUCTION.splitlines()
    yield ""
    yield "| replies | n | P | R | F1 | κ | κ 95 % | unclear |"
    yield "|---|---|---|---|---|---|---|---|"
    alone = protocol_without_weights().rules
    parts: list[tuple[str, list[LabelledReply]]] = [("checking part", checking)]
    parts += [(f"apart, {stem}", [r for s, r in apart if s == stem]) for stem in sorted({s for s, _ in apart})]
    worst: list[tuple[str, Agreement]] = []
    for name, replies in parts:
        calibration = calibrate(mark_replies(protocol.rules, replies))
        yield _row(name, calibration.own)
        yield _row(f"{name}, with `also`", calibration.also)
        yield _row(f"{name}, unclear left out", calibration.decided)
        yield _row(f"{name}, rules alone", calibrate(mark_replies(alone, replies)).own)
        if replies is checking:
            worst = list(calibration.checkpoints.items())
    yield ""
    yield "## By checkpoint, checking part"
    yield ""
    yield "| checkpoint | n | P | R | F1 | κ | κ 95 % | unclear |"
    yield "|---|---|---|---|---|---|---|---|"
    for id, agreement in worst:
        yield _row(id, agreement)
    yield ""
    yield "## What the way of entering costs"
    yield ""
    yield f"Checking part without {', '.join(sorted(WRITTEN_OTHERWISE))} and without replies in shouting capitals."
    yield ""
    yield "| variation | n | F1 before | F1 after |"
    yield "|---|---|---|---|"
    for name, variation in VARIATIONS.items():
        before, after = f1_with(protocol.rules, checking, variation)
        yield f"| {name} | {before.total} | {before.f1:.3f} | {after.f1:.3f} |"
    yield ""
    yield "## What must not decide"
    yield ""
    yield "| variation | verdicts compared | changed |"
    yield "|---|---|---|"
    listed: list[tuple[str, list[Flip]]] = []
    swaps: dict[str, tuple[Variation, tuple[str, ...]]] = {name: (swap, ()) for name, swap in PEOPLE.items()}
    swaps["tú and vos turned into usted"] = (
        lambda reply: in_usted(reply, protocol.lexicon),
        ("formal-address", *WRITTEN_OTHERWISE),
    )
    for name, (variation, without) in swaps.items():
        compared, changed = flips(protocol.rules, checking, variation, without)
        yield f"| {name} | {compared} | {len(changed)} ({100 * len(changed) / max(compared, 1):.2f} %) |"
        listed.append((name, changed))
    for name, changed in listed:
        if changed:
            yield ""
            yield f"{name}:"
            yield ""
            for _, other, id, one, two in changed:
                text = other.reply.replace("\n", " ")
                yield f"- {id}, {one} → {two}: [{other.id}] {text}"
    yield ""
    yield f"Digest of all marks of the checking part: `{digest(protocol.rules, checking)}`."


def main(arguments: Sequence[str]) -> None:
    target = Path(arguments[0]) if arguments else REPORT
    target.write_text("\n".join(report(shipped_protocol().protocol)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
