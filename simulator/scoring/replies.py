"""Labelled replies: what people judged, to measure the marks against. One JSON object a line (JSON Lines, UTF-8).

`docs/replies.md` documents the format for those who label. Any text gives replies and diagnostics, never an exception:
a line with an error is told with its place and left out; what is merely odd (a key nobody reads) is a warning.
"""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from simulator.language.situation import Situation, Treatment
from simulator.protocol.catalogue import CHANNELS
from simulator.protocol.sample import minutes
from simulator.source.diagnostics import Diagnostic, Severity, has_errors, suggest
from simulator.source.spans import Span, point

KEYS = ("id", "checkpoint", "met", "also", "context", "customer_turn", "reply", "style", "why")
"""`style` and `why` are notes for people: no marker may read them."""
NEEDED = ("id", "checkpoint", "met", "context", "reply")
CONTEXT = (
    "channel", "country", "company", "agent", "customer", "clock", "area", "account", "call_reason", "transfer_reason",
    "foreign", "treatment", "website",
)  # fmt: skip
_TREATMENTS: Mapping[object, Treatment] = MappingProxyType({"usted": "usted", "tú": "tú", "vos": "vos"})


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """A reply with the verdicts of people: `met` of its own `checkpoint`, and those of others in `also`."""

    id: str
    checkpoint: str
    met: bool
    also: Mapping[str, bool]
    situation: Situation
    reply: str

    def labels(self, *, also: bool) -> Mapping[str, bool]:
        """Checkpoint → judged as met: the own label alone, or all of them."""
        own = {self.checkpoint: self.met}
        return {**self.also, **own} if also else own


def read_replies(
    text: str, file: str, checkpoints: Container[str]
) -> tuple[tuple[LabelledReply, ...], tuple[Diagnostic, ...]]:
    """Read a file of labelled replies; `checkpoints` are the ids that the catalogue knows."""
    replies: list[LabelledReply] = []
    found: list[Diagnostic] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r").removeprefix("\ufeff")
        if not line.strip():
            continue
        reply, mistakes = _read_line(line, point(file, number), checkpoints)
        found += mistakes
        if reply is None:
            continue
        if reply.id in seen:
            first = seen[reply.id]
            found.append(_warning("replies-duplicate", point(file, number), id=reply.id, line=first))
        seen.setdefault(reply.id, number)
        replies.append(reply)
    return tuple(replies), tuple(found)


def reply_line(reply: LabelledReply) -> str:
    """A labelled reply as a line of such a file, without its end."""
    now = reply.situation
    context = {
        "channel": "colleague" if now.to == "colleague" else now.channel,
        "country": now.country,
        "company": now.company,
        "agent": now.agent,
        "customer": now.customer,
        "clock": f"{now.clock // 60:02}:{now.clock % 60:02}",
        "area": now.area,
        "account": now.account,
        "call_reason": now.call_reason,
        "transfer_reason": now.transfer_reason,
        "foreign": now.foreign,
        "treatment": now.treatment,
        "website": now.website,
    }
    needed = ("channel", "country", "company", "agent", "customer", "clock")
    said = {
        "id": reply.id,
        "checkpoint": reply.checkpoint,
        "context": {key: value for key, value in context.items() if key in needed or value},
        "customer_turn": now.customer_turn,
        "reply": reply.reply,
        "met": reply.met,
        **({"also": dict(reply.also)} if reply.also else {}),
    }
    return json.dumps(said, ensure_ascii=False)


def _read_line(line: str, place: Span, checkpoints: Container[str]) -> tuple[LabelledReply | None, list[Diagnostic]]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as e:
        at = getattr(e, "colno", 1)
        return None, [_error("replies-json", point(place.start.file, place.start.line, at))]
    if not isinstance(data, dict):
        return None, [_error("replies-json", place)]
    odd = [_unknown(key, KEYS, place) for key in data if key not in KEYS]
    errors = [_error("replies-missing", place, key=key) for key in NEEDED if key not in data]
    if errors:
        return None, [*odd, *errors]
    also = data.get("also", {})
    errors = [
        _error("replies-value", place, key=key)
        for key, right in (
            ("id", _is_text(data["id"])),
            ("checkpoint", _is_text(data["checkpoint"])),
            ("met", isinstance(data["met"], bool)),
            ("reply", isinstance(data["reply"], str)),
            ("customer_turn", isinstance(data.get("customer_turn"), str | None)),
            ("also", isinstance(also, dict) and all(isinstance(met, bool) for met in also.values())),
            ("context", isinstance(data["context"], dict)),
        )
        if not right
    ]
    if errors:
        return None, [*odd, *errors]
    own = data["checkpoint"]
    if own not in checkpoints:
        errors.append(_error("replies-checkpoint", place, id=own))
    odd += [_warning("replies-checkpoint", place, id=id) for id in also if id not in checkpoints]
    situation, mistakes = _situation(data["context"], data.get("customer_turn"), place)
    errors += mistakes
    if situation is None or has_errors(errors):
        return None, [*odd, *errors]
    others = {id: met for id, met in also.items() if id != own and id in checkpoints}
    reply = LabelledReply(data["id"], own, data["met"], MappingProxyType(others), situation, data["reply"])
    return reply, [*odd, *errors]


def _situation(context: Mapping[str, Any], turn: str | None, place: Span) -> tuple[Situation | None, list[Diagnostic]]:
    """What the simulator knew. The treatment is usted unless the context says otherwise."""
    odd = [_unknown(key, CONTEXT, place) for key in context if key not in CONTEXT]
    texts = {key: value for key, value in context.items() if key in CONTEXT and key != "foreign"}
    wrong = [key for key, value in texts.items() if not isinstance(value, str | None)]
    if not isinstance(context.get("foreign", False), bool):
        wrong.append("foreign")
    channel = texts.get("channel") or "phone"
    clock = texts.get("clock") or "10:00"
    treatment = _TREATMENTS.get(texts.get("treatment") or "usted")
    if channel not in CHANNELS:
        wrong.append("channel")
    if not isinstance(clock, str) or minutes(clock) < 0:
        wrong.append("clock")
    if wrong or treatment is None:
        names = dict.fromkeys([*wrong, *(["treatment"] if treatment is None else [])])
        return None, [*odd, *(_error("replies-value", place, key=key) for key in names)]
    situation = Situation(
        channel=channel,
        country=texts.get("country") or "CO",
        company=texts.get("company") or "",
        agent=texts.get("agent") or "",
        customer=texts.get("customer"),
        area=texts.get("area"),
        account=texts.get("account"),
        clock=minutes(clock),
        treatment=treatment,
        foreign=context.get("foreign", False),
        customer_turn=turn,
        to="colleague" if channel == "colleague" else "customer",
        call_reason=texts.get("call_reason"),
        transfer_reason=texts.get("transfer_reason"),
        website=texts.get("website"),
    )
    return situation, odd


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _unknown(key: str, known: tuple[str, ...], place: Span) -> Diagnostic:
    near = suggest(key, known)
    return _warning("replies-key", place, key=key, **({"suggestion": near} if near else {}))


def _warning(code: str, place: Span, **values: str | int) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, place, MappingProxyType(values))


def _error(code: str, place: Span, **values: str | int) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, place, MappingProxyType(values))
