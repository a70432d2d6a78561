"""Marks of a turn: understanding runs over all that the agent said in it, the proof points into each message."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Rule
from simulator.protocol.understanding import understand
from simulator.scenario.scenario import Scenario
from simulator.session.events import Mark, Party
from simulator.session.situation import situation
from simulator.session.state import ContactState, State
from simulator.session.turns import conversation

Part = tuple[int, str]
"""A message of a turn: its seq and its text."""


def turn_so_far(contact: ContactState, to: Party, seq: int, text: str) -> list[Part]:
    """The messages of the turn that `text` (to be event `seq`) belongs to, itself last."""
    talk = conversation(contact.events)
    last = talk.turns[-1] if talk.turns else None
    since = contact.party.spoken.seq if contact.party.spoken is not None else -1
    before = last.messages if last is not None and last.to == to and last.first_seq > since else ()
    return [*((message.seq, message.text) for message in before), (seq, text)]


def mark_turn(rules: Mapping[str, Rule], now: Situation, parts: Sequence[Part]) -> tuple[Mark, ...]:
    """What each rule finds in the messages together, ordered by checkpoint; spans are cut at message borders."""
    starts = [0]
    for _, text in parts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    found = understand(rules, now, "\n".join(text for _, text in parts))
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
    # Words that are in no dictionary and near many: every index is asked for.
    understand({**scenario.rules, **scenario.says}, Situation(), "Permitamme verifficar susolicitudd grasias.")


def mark_notes(
    scenario: Scenario, state: State, contact: ContactState, fields: Mapping[str, str], at: int
) -> tuple[Mark, ...]:
    """What the sheet's own patterns find in the after-call notes: the reason in its field, the solution in its."""
    now = situation(scenario, state, contact, "customer", at)
    found: list[Mark] = []
    for field, id in (("reason", "sheet:reason"), ("solution", "sheet:solutions")):
        rule = scenario.says.get(id)
        if rule is not None:
            found.extend(mark_turn({id: rule}, now, [(state.next_seq, fields.get(field, ""))]))
    return tuple(found)


def _pieces(parts: Sequence[Part], starts: Sequence[int], span: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """A span of the joined text as spans of the messages it touches."""
    start, end = span
    index = bisect_right(starts, start) - 1
    while index < len(parts) and starts[index] < end:
        seq, text = parts[index]
        left, right = max(0, start - starts[index]), min(len(text), end - starts[index])
        if left < right:
            yield seq, left, right
        index += 1
