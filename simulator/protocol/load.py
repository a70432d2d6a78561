"""Loading the protocol: the texts of `assets/language/es/**` and `assets/protocol/**` in, everything compiled out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from simulator.language.lexicon import Lexicon
from simulator.language.loading import load_lexicon
from simulator.language.situation import Situation
from simulator.protocol import rules as rule_files
from simulator.protocol.catalogue import Checkpoint, Rule
from simulator.protocol.checkpoints import read_checkpoints
from simulator.protocol.sample import read_sample
from simulator.protocol.weighing import WeightsError, read_weights
from simulator.source.diagnostics import Diagnostic, Severity, in_order, suggest
from simulator.source.nodes import MappingNode, Node
from simulator.source.spans import Span, point
from simulator.source.tree import parse

CHECKPOINTS = "assets/protocol/checkpoints.yaml"
RULES = "assets/protocol/rules/"
SAMPLE = "assets/protocol/sample.yaml"
WEIGHTS = "assets/protocol/weights.txt"


@dataclass(frozen=True, slots=True)
class Protocol:
    """The catalogue with its compiled rules. `hash`: sha256 over names and texts of all files it was made of.

    `sample` is the situation in which examples are judged, where they say nothing else.
    """

    checkpoints: Mapping[str, Checkpoint]
    rules: Mapping[str, Rule]
    lexicon: Lexicon
    sample: Situation
    hash: str

    def compile_rule(self, id: str, node: Node) -> tuple[Rule | None, list[Diagnostic]]:
        """A scenario's own rule. Its words never change what another rule accepts; its examples are run by
        `examples.verify_rule`."""
        return rule_files.compile_rule(id, node, self.lexicon.child(), examples_required=True)

    def compile_patterns(self, id: str, patterns: Sequence[tuple[str, Span]]) -> tuple[Rule | None, list[Diagnostic]]:
        """A bare list of patterns with their places (a reply's `says`), as a rule without examples."""
        return rule_files.compile_patterns(id, patterns, self.lexicon.child())


@dataclass(frozen=True, slots=True)
class LoadedProtocol:
    """A protocol always comes; with errors among the diagnostics it lacks what could not be read."""

    protocol: Protocol
    diagnostics: tuple[Diagnostic, ...]


def load_protocol(files: Mapping[str, str]) -> LoadedProtocol:
    """Load from relative path → text. Examples are not run here (`examples.verify_examples`)."""
    lexicon, found = load_lexicon(files)
    diagnostics = list(found)
    checkpoints: Mapping[str, Checkpoint] = {}
    if CHECKPOINTS in files:
        parsed = parse(files[CHECKPOINTS], CHECKPOINTS)
        diagnostics += parsed.diagnostics
        if parsed.root is not None:
            checkpoints, more = read_checkpoints(parsed.root)
            diagnostics += more
    rules: dict[str, Rule] = {}
    for path in sorted(files):
        if path.startswith(RULES) and path.endswith(".yaml"):
            parsed = parse(files[path], path)
            diagnostics += parsed.diagnostics
            if parsed.root is not None:
                diagnostics += _rules_of(parsed.root, lexicon, checkpoints, rules)
    if WEIGHTS in files:
        diagnostics += _weigh(rules, files[WEIGHTS], checkpoints)
    sample = Situation()
    if SAMPLE in files:
        parsed = parse(files[SAMPLE], SAMPLE)
        diagnostics += parsed.diagnostics
        if parsed.root is not None:
            sample, more = read_sample(parsed.root)
            diagnostics += more
    protocol = Protocol(
        checkpoints=MappingProxyType(dict(checkpoints)),
        rules=MappingProxyType(rules),
        lexicon=lexicon,
        sample=sample,
        hash=hash_of(files),
    )
    return LoadedProtocol(protocol, in_order(diagnostics))


def _weigh(rules: dict[str, Rule], text: str, checkpoints: Mapping[str, Checkpoint]) -> list[Diagnostic]:
    """Puts the rules that the file has weights for on the scales."""
    try:
        weights = read_weights(text)
    except WeightsError as e:
        return [Diagnostic("weights-unreadable", Severity.ERROR, point(WEIGHTS), {"why": str(e)})]
    for id in weights.columns:
        if id in rules:
            critical = id in checkpoints and checkpoints[id].critical
            rules[id] = replace(rules[id], weights=weights, critical=critical)
    return []


def hash_of(files: Mapping[str, str]) -> str:
    """sha256 of the files as one canonical JSON text: the same hash under which records keep them."""
    text = json.dumps(dict(files), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _rules_of(
    root: Node, lexicon: Lexicon, checkpoints: Mapping[str, Checkpoint], rules: dict[str, Rule]
) -> list[Diagnostic]:
    if not isinstance(root, MappingNode):
        return [Diagnostic("rules-not-mapping", Severity.ERROR, root.span)]
    diagnostics: list[Diagnostic] = []
    for entry in root.entries:
        id = entry.key.text
        if checkpoints and id not in checkpoints:
            values: dict[str, str | int] = {"id": id}
            near = suggest(id, checkpoints)
            if near:
                values["suggestion"] = near
            diagnostics.append(Diagnostic("rule-unknown-checkpoint", Severity.ERROR, entry.key.span, values))
            continue
        if id in rules:
            diagnostics.append(Diagnostic("rule-duplicate", Severity.ERROR, entry.key.span, {"id": id}))
            continue
        rule, more = rule_files.compile_rule(id, entry.value, lexicon, examples_required=True)
        diagnostics += more
        if rule is not None:
            rules[id] = rule
    return diagnostics
