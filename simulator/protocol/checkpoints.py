"""Reading `assets/protocol/checkpoints.yaml`: a list of mappings, one per checkpoint, in the order of the protocol."""

from collections.abc import Sequence

from simulator.protocol.catalogue import CHANNELS, MARKS, PHASES, REQUIRES, WINDOWS, Checkpoint
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import MappingNode, Node, Scalar, SequenceNode

_KEYS = (
    "id", "phase", "marks", "channels", "critical", "window", "always", "weight", "to", "title", "met", "missed",
    "model", "source", "when",
)  # fmt: skip
_TO = ("customer", "colleague", "both")
_WEIGHTS = ("1", "2", "3")
_BOOLEANS = ("true", "false")


def read_checkpoints(root: Node) -> tuple[dict[str, Checkpoint], list[Diagnostic]]:
    """The checkpoints by id. One with a mistake is left out and told."""
    diagnostics: list[Diagnostic] = []
    if not isinstance(root, SequenceNode):
        return {}, [Diagnostic("checkpoints-not-list", Severity.ERROR, root.span)]
    checkpoints: dict[str, Checkpoint] = {}
    for item in root.items:
        if not isinstance(item, MappingNode):
            diagnostics.append(Diagnostic("checkpoint-not-mapping", Severity.ERROR, item.span))
            continue
        checkpoint = _Reader(item, diagnostics).read()
        if checkpoint is None:
            continue
        if checkpoint.id in checkpoints:
            diagnostics.append(Diagnostic("checkpoint-duplicate", Severity.ERROR, item.span, {"id": checkpoint.id}))
            continue
        checkpoints[checkpoint.id] = checkpoint
    return checkpoints, diagnostics


class _Reader:
    def __init__(self, node: MappingNode, diagnostics: list[Diagnostic]) -> None:
        self.node = node
        self.diagnostics = diagnostics
        self.wrong = False

    def read(self) -> Checkpoint | None:
        for entry in self.node.entries:
            if entry.key.text not in _KEYS:
                self._told("checkpoint-key", entry.key, entry.key.text, _KEYS)
        channels = self._several("channels", CHANNELS)
        if channels == {"all"}:
            channels = frozenset(CHANNELS)
        elif "phone" in channels:
            channels |= {"outbound"}
        checkpoint = Checkpoint(
            id=self._text("id"),
            phase=self._one("phase", PHASES),
            marks=self._several("marks", MARKS),
            channels=channels,
            critical=self._one("critical", _BOOLEANS, "false") == "true",
            window=self._one("window", WINDOWS, "anywhere"),
            always=self._one("always", _BOOLEANS, "false") == "true",
            weight=int(self._one("weight", _WEIGHTS, "1") or 1),
            to=self._one("to", _TO, "customer"),
            title=self._text("title"),
            met=self._text("met"),
            missed=self._text("missed"),
            model=self._text("model"),
            source=self._text("source"),
            requires=self._several("when", REQUIRES) if self.node.get("when") is not None else frozenset(),
        )
        return None if self.wrong else checkpoint

    def _told(self, code: str, node: Node, text: str, choices: Sequence[str]) -> None:
        values: dict[str, str | int] = {"value": text, "choices": ", ".join(choices)}
        near = suggest(text, choices)
        if near:
            values["suggestion"] = near
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, node.span, values))
        self.wrong = True

    def _text(self, key: str) -> str:
        value = self.node.get(key)
        if isinstance(value, Scalar) and value.text.strip():
            return value.text.strip()
        self.diagnostics.append(Diagnostic("checkpoint-text", Severity.ERROR, (value or self.node).span, {"key": key}))
        self.wrong = True
        return ""

    def _one(self, key: str, choices: Sequence[str], default: str = "") -> str:
        value = self.node.get(key)
        if value is None and default:
            return default
        text = value.text if isinstance(value, Scalar) else ""
        if text not in choices:
            self._told("checkpoint-value", value or self.node, text or key, choices)
            return ""
        return text

    def _several(self, key: str, choices: Sequence[str]) -> frozenset[str]:
        value = self.node.get(key)
        if isinstance(value, Scalar) and value.text == "all":
            return frozenset({"all"})
        items = value.items if isinstance(value, SequenceNode) else ()
        found = set()
        for item in items:
            text = item.text if isinstance(item, Scalar) else ""
            if text in choices:
                found.add(text)
            else:
                self._told("checkpoint-value", item, text or key, choices)
        if not items:
            self._told("checkpoint-value", value or self.node, key, choices)
        return frozenset(found)
