"""Rules as authors write them in YAML, compiled: clauses to bundles, with every mistake told at its place."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from simulator.language.compiling import Bundle
from simulator.language.lexicon import Lexicon
from simulator.language.loading import compile_texts, pattern_diagnostic, texts
from simulator.language.patterns import PatternError
from simulator.protocol.catalogue import Example, Rule
from simulator.protocol.detectors import DETECTORS
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import MappingNode, Node, Scalar, SequenceNode
from simulator.source.spans import Span

KEYS = (
    "met",
    "met_all",
    "answered",
    "at_least",
    "forbid",
    "too_soon",
    "unless",
    "veto",
    "applies",
    "exempt",
    "occasion",
    "order",
    "detector",
    "negation",
    "examples",
    "model",
)
_BUNDLES = ("met", "forbid", "too_soon", "unless", "veto", "applies", "exempt", "occasion")


def compile_rule(
    id: str, node: Node, lexicon: Lexicon, *, examples_required: bool
) -> tuple[Rule | None, list[Diagnostic]]:
    """Compile one rule's mapping. The rule is None when nothing of it can decide anything."""
    found: list[Diagnostic] = []
    if not isinstance(node, MappingNode):
        return None, [_error("rule-not-mapping", node.span, id=id)]
    for entry in node.entries:
        if entry.key.text not in KEYS:
            near = suggest(entry.key.text, KEYS)
            values = {"key": entry.key.text, **({"suggestion": near} if near else {})}
            found.append(Diagnostic("rule-key", Severity.ERROR, entry.key.span, values))
    bundles: dict[str, Bundle | None] = {}
    for key in _BUNDLES:
        value = node.get(key)
        scalars = texts(value, found)
        if value is not None and not scalars:
            found.append(_error("rule-empty", value.span, key=key))
        bundles[key] = compile_texts(f"{id}/{key}", scalars, lexicon, found) if scalars else None
    elements = _elements(id, node.get("met_all"), lexicon, found)
    answered = _elements(id, node.get("answered"), lexicon, found)
    for name in {name for name, _ in answered} - {name for name, _ in elements}:
        near = suggest(name, [element for element, _ in elements])
        values = {"key": name, **({"suggestion": near} if near else {})}
        found.append(Diagnostic("rule-key", Severity.ERROR, node.span, values))
    count, of = _at_least(id, node.get("at_least"), lexicon, found)
    detector = _detector(node.get("detector"), found)
    rule = Rule(
        id=id,
        lexicon=lexicon,
        met=bundles["met"],
        met_all=elements,
        answered=answered,
        count=count,
        at_least=of,
        forbid=bundles["forbid"],
        too_soon=bundles["too_soon"],
        unless=bundles["unless"],
        veto=bundles["veto"],
        applies=bundles["applies"],
        exempt=bundles["exempt"],
        occasion=bundles["occasion"],
        order=_choice(node.get("order"), {"true": True, "false": False}, "order", found, default=False),
        detector=detector,
        negation=_choice(node.get("negation"), {"ignore": False, "heed": True}, "negation", found, default=True),
        examples=_examples(node.get("examples"), found),
        model=_text(node.get("model"), found),
        span=node.span,
    )
    if not (rule.positive or rule.forbid or rule.detector):
        found.append(_error("rule-decides-nothing", node.span, id=id))
        return None, found
    if rule.unless and not (rule.forbid or rule.applies):
        found.append(Diagnostic("rule-unless-alone", Severity.WARNING, node.span, {"id": id}))
    only_forbids = not rule.positive and not rule.detector
    if examples_required and not only_forbids:
        said = {verdict for example in rule.examples for verdict in (example.met,)}
        for verdict, name in ((True, "met"), (False, "missed")):
            if verdict not in said:
                place = node.entry("examples")
                found.append(_error("rule-examples", place.key.span if place else node.span, id=id, verdict=name))
    return rule, found


def compile_patterns(
    id: str, patterns: Sequence[tuple[str, Span]], lexicon: Lexicon
) -> tuple[Rule | None, list[Diagnostic]]:
    """A bare list of patterns (a reply's `says`) as a rule without examples."""
    found: list[Diagnostic] = []
    nodes, kept = [], []
    for text, span in patterns:
        try:
            nodes.append(lexicon.compile(text))
            kept.append(text)
        except PatternError as error:
            found.append(pattern_diagnostic(error, text, span, lexicon))
    if not nodes:
        return None, found
    span = patterns[0][1]
    return Rule(id=id, lexicon=lexicon, met=Bundle(f"{id}/met", nodes, kept), span=span), found


def _elements(id: str, node: Node | None, lexicon: Lexicon, found: list[Diagnostic]) -> tuple[tuple[str, Bundle], ...]:
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        found.append(_error("rule-met-all", node.span, id=id))
        return ()
    elements = []
    for entry in node.entries:
        scalars = texts(entry.value, found)
        if not scalars:
            found.append(_error("rule-empty", entry.value.span, key=entry.key.text))
            continue
        elements.append((entry.key.text, compile_texts(f"{id}/{entry.key.text}", scalars, lexicon, found)))
    return tuple(elements)


def _at_least(id: str, node: Node | None, lexicon: Lexicon, found: list[Diagnostic]) -> tuple[int, Bundle | None]:
    if node is None:
        return 0, None
    count = node.get("count") if isinstance(node, MappingNode) else None
    of = node.get("of") if isinstance(node, MappingNode) else None
    if not isinstance(count, Scalar) or not count.text.isdigit() or not 1 <= int(count.text) <= 20 or of is None:
        found.append(_error("rule-at-least", node.span, id=id))
        return 0, None
    return int(count.text), compile_texts(f"{id}/at_least", texts(of, found), lexicon, found)


def _detector(node: Node | None, found: list[Diagnostic]) -> str:
    if node is None:
        return ""
    name = node.text if isinstance(node, Scalar) else ""
    if name in DETECTORS:
        return name
    near = suggest(name, DETECTORS)
    values = {"detector": name, **({"suggestion": near} if near else {})}
    found.append(Diagnostic("rule-detector", Severity.ERROR, node.span, values))
    return ""


def _choice(node: Node | None, values: Mapping[str, bool], key: str, found: list[Diagnostic], *, default: bool) -> bool:
    if node is None:
        return default
    text = node.text if isinstance(node, Scalar) else ""
    if text not in values:
        found.append(_error("rule-choice", node.span, key=key, choices=", ".join(values)))
        return default
    return values[text]


def _text(node: Node | None, found: list[Diagnostic]) -> str:
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return node.text
    found.append(_error("rule-text", node.span))
    return ""


def _examples(node: Node | None, found: list[Diagnostic]) -> tuple[Example, ...]:
    if node is None:
        return ()
    if not isinstance(node, MappingNode):
        found.append(_error("rule-examples-shape", node.span))
        return ()
    examples: list[Example] = []
    for entry in node.entries:
        if entry.key.text not in ("met", "missed"):
            found.append(_error("rule-examples-shape", entry.key.span))
            continue
        items = entry.value.items if isinstance(entry.value, SequenceNode) else (entry.value,)
        for item in items:
            example = _example(item, entry.key.text == "met")
            if example is None:
                found.append(_error("rule-examples-shape", item.span))
            else:
                examples.append(example)
    return tuple(examples)


def _example(node: Node, met: bool) -> Example | None:
    if isinstance(node, Scalar):
        return Example(met=met, reply=node.text, given=MappingProxyType({}), span=node.span)
    if not isinstance(node, MappingNode):
        return None
    reply = node.get("reply")
    if not isinstance(reply, Scalar):
        return None
    given: dict[str, str | tuple[str, ...]] = {}
    for entry in node.entries:
        if entry.key.text == "reply":
            continue
        if isinstance(entry.value, Scalar):
            given[entry.key.text] = entry.value.text
        elif isinstance(entry.value, SequenceNode) and all(isinstance(item, Scalar) for item in entry.value.items):
            given[entry.key.text] = tuple(item.text for item in entry.value.items if isinstance(item, Scalar))
        else:
            return None
    return Example(met=met, reply=reply.text, given=MappingProxyType(given), span=reply.span)


def _error(code: str, span: Span, **values: str | int) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, span, MappingProxyType(values))
