"""What a rule or the weights say of one reply: verdict, proof, reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from simulator.protocol.catalogue import Verdict

_NOTHING: Mapping[str, str | int] = MappingProxyType({})

Spans = tuple[tuple[int, int], ...]
"""Offsets in code points of the reply, sorted, none overlapping."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement by one rule.

    `spans`: the proof in code points of the reply, sorted, none overlapping; of a missed rule the words that break it
    or that were denied, often none. `rule`: what decided, `<id>/met#3` (third pattern), `<id>/<element>`,
    `<id>/forbid#1`, `<id>/<detector>`, `<id>/weights`. `missing`: elements of `met_all` not found.
    `reason`: a code of `simulator.wording`, with `args`.
    """

    verdict: Verdict
    spans: Spans
    rule: str
    missing: tuple[str, ...] = ()
    reason: str = ""
    args: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING)
