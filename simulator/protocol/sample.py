"""The situation in which examples are judged: `assets/protocol/sample.yaml`, and what an example says differently."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.language.situation import Situation
from simulator.language.words import listed
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import MappingNode, Node, Scalar, SequenceNode

_TEXTS = frozenset(
    listed(
        "channel country company agent customer supervisor area account treatment customer_turn to "
        "call_reason transfer_reason website"
    )
)
_LISTS = {"aliases": "company_aliases", "company_aliases": "company_aliases", "areas": "areas", "products": "products"}
KEYS = (*sorted(_TEXTS), *_LISTS, "clock", "foreign", "word_limit")
_CHOICES = {"treatment": ("usted", "tú", "vos"), "to": ("customer", "colleague")}


def situation_of(sample: Situation, given: Mapping[str, str | tuple[str, ...]]) -> tuple[Situation, str]:
    """The sample with the given values, and the first key that is not understood (empty when all are)."""
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key in _TEXTS and isinstance(value, str):
            if value not in _CHOICES.get(key, (value,)):
                return sample, key
            values[key] = None if value in ("null", "~", "") else value
            if key in ("channel", "country", "company", "agent") and values[key] is None:
                values[key] = ""
        elif key in _LISTS:
            values[_LISTS[key]] = (value,) if isinstance(value, str) else value
        elif key == "clock" and isinstance(value, str) and minutes(value) >= 0:
            values["clock"] = minutes(value)
        elif key == "foreign" and value in ("true", "false"):
            values["foreign"] = value == "true"
        elif key == "word_limit" and isinstance(value, str) and value.isdigit() and len(value) < 6:
            values["word_limit"] = int(value)
        else:
            return sample, key
    return replace(sample, **values), ""


def minutes(clock: str) -> int:
    """«16:40» as minutes since midnight, or -1."""
    hour, _, minute = clock.partition(":")
    if (
        hour.isdigit()
        and minute.isdigit()
        and len(hour) <= 2
        and len(minute) == 2
        and int(hour) < 24
        and int(minute) < 60
    ):
        return int(hour) * 60 + int(minute)
    return -1


def read_sample(root: Node) -> tuple[Situation, list[Diagnostic]]:
    """The sample situation of the file."""
    if not isinstance(root, MappingNode):
        return Situation(), [Diagnostic("sample-value", Severity.ERROR, root.span, {"key": "sample"})]
    situation = Situation()
    diagnostics: list[Diagnostic] = []
    for entry in root.entries:
        value: str | tuple[str, ...] = ""
        if isinstance(entry.value, Scalar):
            value = entry.value.text
        elif isinstance(entry.value, SequenceNode):
            value = tuple(item.text for item in entry.value.items if isinstance(item, Scalar))
        situation, wrong = situation_of(situation, {entry.key.text: value})
        if wrong:
            near = suggest(wrong, KEYS)
            values = {"key": wrong, **({"suggestion": near} if near else {})}
            diagnostics.append(Diagnostic("sample-value", Severity.ERROR, entry.key.span, values))
    return situation, diagnostics
