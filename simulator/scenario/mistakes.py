"""Validation errors of the model as diagnostics: a code, the place in the file, and what was probably meant."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simulator.scenario.acts import ACTS
from simulator.scenario.moves import WORDS
from simulator.scenario.values import Model
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import MappingNode, SequenceNode, at, key_at
from simulator.wording import _, mark

_MAPPING, _LIST, _TEXT = mark("keys with values"), mark("a list"), mark("a text")
_SHAPES = {
    "dict_type": _MAPPING, "model_type": _MAPPING, "model_attributes_type": _MAPPING, "dataclass_type": _MAPPING,
    "tuple_type": _LIST, "list_type": _LIST, "string_type": _TEXT,
}  # fmt: skip

_OWN = {
    "comparison": "scenario-bad-comparison",
    "mixed-triggers": "scenario-mixed-triggers",
    "mixed-otherwise": "scenario-mixed-otherwise",
    "no-trigger": "scenario-no-trigger",
    "clock": "scenario-bad-clock",
    "protocol-entry": "scenario-bad-protocol-entry",
    "seconds": "scenario-bad-seconds",
    "move-say": "scenario-move-shape",
    "move-fields": "scenario-move-shape",
    "move-shape": "scenario-move-shape",
    "move-voice": "scenario-move-shape",
}
"""Error types that the model and the moves raise themselves → codes."""


def mistakes(error: ValidationError, root: MappingNode) -> Iterator[Diagnostic]:
    """A diagnostic for each error that pydantic found, all at once."""
    for details in error.errors(include_url=False):
        yield _mistake(details, root)


def _mistake(details: ErrorDetails, root: MappingNode) -> Diagnostic:
    path = _in_file(details["loc"], root)
    kind, context = details["type"], details.get("ctx") or {}
    key = str(path[-1]) if path else ""
    written = _text(details["input"])
    span = at(root, path)
    args: dict[str, str | int]
    match kind:
        case "missing":
            code, args = "scenario-missing-key", {"key": key}
        case "extra_forbidden":
            code, args, span = "scenario-unknown-key", {"key": key}, key_at(root, path)
            args["suggestion"] = suggest(key, _keys()) or ""
        case "string_pattern_mismatch":
            code, args = "scenario-bad-id", {"id": written or key}
        case "literal_error":
            choices = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            code, args = "scenario-bad-choice", {"value": written, "choices": choices}
            args["suggestion"] = suggest(written, choices.split(", ")) or ""
        case "unknown-move":
            word = str(context.get("word", ""))
            code, args = "scenario-unknown-move", {"move": word, "suggestion": suggest(word, WORDS) or ""}
        case "move-key":
            word = str(context.get("key", ""))
            fields = {field for names in ACTS.values() for field in names}
            meant = suggest(word, (*fields, "text", "takes", "interrupt", "voice")) or ""
            code, args = "scenario-unknown-key", {"key": word, "suggestion": meant}
        case "int_parsing" | "int_type" | "int_from_float" | "bool_parsing" | "bool_type":
            code, args = "scenario-bad-value", {"key": key, "value": written}
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            limit = next((str(context[name]) for name in ("ge", "le", "gt", "lt") if name in context), "")
            code, args = "scenario-out-of-range", {"key": key, "value": written, "limit": limit}
        case "string_too_short" | "too_short":
            code, args = "scenario-empty", {"key": key}
        case "string_too_long":
            code, args = "scenario-too-long", {"key": key, "limit": str(context.get("max_length", ""))}
        case _ if kind in _SHAPES:
            code, args = "scenario-wrong-shape", {"key": key, "shape": _(_SHAPES[kind])}
        case _ if kind in _OWN:
            code, args = _OWN[kind], {"key": key, "value": str(context.get("text", context.get("id", written)))}
        case _:
            code, args = "scenario-bad-value", {"key": key, "value": written}
    return Diagnostic(code, Severity.ERROR, span, args)


def _in_file(loc: Sequence[int | str], root: MappingNode) -> tuple[int | str, ...]:
    """The path as the file has it: `protocol` is written as a list and validated as a mapping."""
    path = tuple(loc)
    entry = root.entry("protocol")
    if len(path) < 2 or path[0] != "protocol" or entry is None or not isinstance(entry.value, SequenceNode):
        return path
    for index, item in enumerate(entry.value.items):
        if isinstance(item, MappingNode) and item.entry(str(path[1])) is not None:
            return ("protocol", index, *path[1:])
    return path


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _keys() -> set[str]:
    """Every key that a scenario knows, at any depth."""
    return {field.alias or name for kind in _below(Model) for name, field in kind.model_fields.items()}


def _below(kind: type[Model]) -> Iterator[type[Model]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)
