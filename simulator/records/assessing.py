"""What reviewers do with the words of attempts that were handed over: judge some of them blind, see how far the program
agrees, and keep what was decided as labelled replies (`docs/replies.md`).

Called from one thread at a time, as the workshop is.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from simulator.errors import TercerTimbreError
from simulator.protocol.catalogue import Verdict
from simulator.records.labels import Label
from simulator.records.table import Veil
from simulator.records.whole_file import write_whole
from simulator.records.workshop import Past, Workshop
from simulator.scoring.calibration import Agreement
from simulator.scoring.labelling import decided_in, labelled
from simulator.scoring.replies import LabelledReply, reply_line

FILE = "labelled-replies.jsonl"
"""In `paths.user_data()`: upheld disputes that were kept for calibration."""


@dataclass(frozen=True, slots=True)
class Blind:
    """A mark to be judged without knowing it. `meaning`: what meets the checkpoint; `before`: what had just been said
    to the agent, or ""."""

    attempt: str
    place: int
    title: str
    meaning: str
    scenario: str
    before: str
    words: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far program and trainers agree. `checkpoints`: title and figures by id, the lowest κ first; `differing`:
    where they do not."""

    whole: Agreement
    checkpoints: dict[str, tuple[str, Agreement]]
    differing: tuple[Label, ...]


def sample(workshop: Workshop, reviewer: str, count: int) -> list[Blind]:
    """Some marks that this reviewer has not judged, met and not met by turns, in an order that says nothing of them."""
    found = sorted(workshop.store.unlabelled(reviewer), key=lambda mark: _shuffled(reviewer, mark[0], mark[1]))
    met = [mark for mark in found if mark[2] == Verdict.MET]
    others = [mark for mark in found if mark[2] != Verdict.MET]
    pasts: dict[str, Past] = {}
    chosen: list[Blind] = []
    for mark in chain.from_iterable(zip_longest(met, others)):
        if mark is None:
            continue
        if len(chosen) == count:
            break
        attempt, place, _verdict = mark
        past = pasts.get(attempt) or workshop.past(attempt)
        pasts[attempt] = past
        blind = _blind(past, place)
        if blind is not None:
            chosen.append(blind)
    return sorted(chosen, key=lambda blind: _shuffled("again", blind.attempt, blind.place))


def calibration(labels: Sequence[Label]) -> Calibration:
    """The figures of all judgements."""
    whole, tables, titles = Agreement(), dict[str, Agreement](), dict[str, str]()
    for label in labels:
        for table in (whole, tables.setdefault(label.checkpoint, Agreement())):
            table.add(label.met, Verdict(label.verdict))
        titles[label.checkpoint] = label.title
    worst = sorted(tables.items(), key=lambda item: (item[1].kappa, item[0]))
    return Calibration(
        whole,
        {id: (titles[id], table) for id, table in worst},
        tuple(label for label in labels if label.differs),
    )


def label_lines(workshop: Workshop) -> Iterator[str]:
    """The judgements as labelled replies, one JSON object each."""
    pasts: dict[str, Past] = {}
    for label in workshop.store.labels():
        if label.attempt not in pasts:
            pasts[label.attempt] = workshop.past(label.attempt)
        reply = _reply(pasts[label.attempt], label.place, label.met)
        if reply is not None:
            by = hashlib.sha256(label.reviewer.encode()).hexdigest()[:8]
            yield reply_line(replace(reply, id=f"{reply.id}-{by}"))


def keep_upheld(workshop: Workshop, attempt: str, place: int, file: Path) -> None:
    """Add a dispute that was upheld to the labelled replies of `file`; once.

    Errors: dispute-none (it was not upheld), label-wordless (no words of the agent decided), OSError.
    """
    past = workshop.past(attempt)
    objection = past.review.objections.get(place)
    if objection is None or objection.outcome is None or not objection.outcome.upheld:
        raise TercerTimbreError("dispute-none", attempt=attempt)
    reply = _reply(past, place, past.review.rulings[place].verdict == Verdict.MET)
    if reply is None:
        raise TercerTimbreError("label-wordless")
    kept = file.read_text("utf-8").splitlines() if file.exists() else []
    if all(json.loads(line).get("id") != reply.id for line in kept):
        write_whole(file, "".join(f"{line}\n" for line in (*kept, reply_line(reply))).encode())


def _blind(past: Past, place: int) -> Blind | None:
    line = past.card.checkpoints[place]
    decided = decided_in(past.scenario, past.events, line)
    if decided is None:
        return None
    return Blind(
        past.summary.id,
        place,
        line.title,
        past.scenario.known[line.id].met,
        past.summary.title,
        decided.situation.customer_turn or "",
        decided.words,
    )


def _reply(past: Past, place: int, met: bool) -> LabelledReply | None:
    line = past.card.checkpoints[place]
    decided = decided_in(past.scenario, past.events, line)
    if decided is None:
        return None
    reply = labelled(decided, f"{past.summary.id}-{line.id}", line.id, met)
    return _anonymous(reply, past.scenario.doc.agent)


def _anonymous(reply: LabelledReply, agent: str) -> LabelledReply:
    """The reply as if the scenario's own agent had said it: labelled replies are passed on."""
    now = reply.situation
    veil = Veil(now.agent, agent)
    turn = None if now.customer_turn is None else veil(now.customer_turn)
    return replace(reply, reply=veil(reply.reply), situation=replace(now, agent=agent, customer_turn=turn))


def _shuffled(salt: str, attempt: str, place: int) -> bytes:
    """The place of a mark in an order that is always the same and looks like chance."""
    return hashlib.sha256(f"{salt}/{attempt}/{place}".encode()).digest()
