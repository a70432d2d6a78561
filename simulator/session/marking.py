"""Marks of a turn: understanding runs over all that the agent said in it, the proof points into each message."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Rule
from simulator.protocol.understanding import understand
from simulator.scenario.scenario import Scenario
from simulator.session.events import Mark, Party, Recognised
from simulator.session.hearing import Doubts, lenient
from simulator.session.situation import situation
from simulator.session.state import ContactState, State
from simulator.session.turns import conversation


@dataclass(frozen=True, slots=True)
class Part:
    """A message of a turn: its seq, its text, and how it was heard when it was spoken."""

    seq: int
    text: str
    recognised: Recognised | None = None
    voice: tuple[tuple[str, int], ...] = ()


def turn_so_far(contact: ContactState, to: Party, message: Part) -> list[Part]:
    """The messages of the turn that `message` (the next event) belongs to, itself last."""
    talk = conversation(contact.events)
    last = talk.turns[-1] if talk.turns else None
    since = contact.party.spoken.seq if contact.party.spoken is not None else -1
    before = last.messages if last is not None and last.to == to and last.first_seq > since else ()
    return [*(Part(said.seq, said.text, said.recognised, said.voice) for said in before), message]


def mark_turn(rules: Mapping[str, Rule], now: Situation, parts: Sequence[Part]) -> tuple[Mark, ...]:
    """What each rule finds in the messages together, ordered by checkpoint; spans are cut at message borders. Of what
    was spoken, doubt about the hearing is never held against the agent (`simulator.session.hearing`)."""
    starts = [0]
    for part in parts[:-1]:
        starts.append(starts[-1] + len(part.text) + 1)
    whole = "\n".join(part.text for part in parts)
    found = understand(rules, now, whole)
    spoken = [(start, part) for start, part in zip(starts, parts, strict=True) if part.recognised or part.voice]
    if spoken:
        doubts = Doubts.of((start, part.text, part.recognised, part.voice) for start, part in spoken)
        found = lenient(rules, now, whole, found, doubts)
    return tuple(
        Mark(
            checkpoint=id,
            verdict=finding.verdict.value,
            spans=tuple(piece for span in finding.spans for piece in _pieces(parts, starts, span)),
            rule=finding.rule,
            missing=tuple(finding.missing),
            reason=finding.reason,
            args=tuple(sorted((name, str(value)) for name, value in dict(finding.args).items())),
        )
        for id, finding in sorted(found.items())
    )


def warm(scenario: Scenario) -> None:
    """Lets understanding prepare what it makes at first need (the indexes for typos, some 50 ms), so that no reply of
    a call waits for it."""
    own = scenario.of(scenario.contacts[0])
    # Words that are in no dictionary and near many: every index is asked for.
    understand({**own.rules, **own.says}, Situation(), "Permitamme verifficar susolicitudd grasias.")


def mark_notes(
    scenario: Scenario, state: State, contact: ContactState, fields: Mapping[str, str], at: int
) -> tuple[Mark, ...]:
    """What the sheet's own patterns find in the after-call notes: the reason in its field, the solution in its."""
    now = situation(scenario, state, contact, "customer", at)
    found: list[Mark] = []
    for field, id in (("reason", "sheet:reason"), ("solution", "sheet:solutions")):
        rule = scenario.says.get(id)
        if rule is not None:
            found.extend(mark_turn({id: rule}, now, [Part(state.next_seq, fields.get(field, ""))]))
    return tuple(found)


def _pieces(parts: Sequence[Part], starts: Sequence[int], span: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """A span of the joined text as spans of the messages it touches."""
    start, end = span
    index = bisect_right(starts, start) - 1
    while index < len(parts) and starts[index] < end:
        part = parts[index]
        left, right = max(0, start - starts[index]), min(len(part.text), end - starts[index])
        if left < right:
            yield part.seq, left, right
        index += 1
