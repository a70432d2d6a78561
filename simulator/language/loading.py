"""Reading the language data: `assets/language/es/**` as texts in, a lexicon and all mistakes out."""

from collections.abc import Mapping
from types import MappingProxyType

from simulator.language.compiling import Bundle, Node
from simulator.language.folding import fold
from simulator.language.lexicon import Lexicon
from simulator.language.patterns import VALUES, PatternError
from simulator.language.text import read
from simulator.language.verbs import Verbs
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.nodes import MappingNode, Scalar, SequenceNode
from simulator.source.nodes import Node as Tree
from simulator.source.spans import Span, part
from simulator.source.tree import parse

PREFIX = "assets/language/es/"
MOST_NESTED = 25
"""Concepts inside concepts."""
CHANGES = ("e-ie", "o-ue", "u-ue", "e-i", "i-í", "u-ú", "regular")


def load_lexicon(files: Mapping[str, str]) -> tuple[Lexicon, tuple[Diagnostic, ...]]:
    """Build the lexicon from relative paths and texts. What is broken is left out and told; a lexicon always comes.

    Read are `verbs.yaml`, `words.yaml`, `names.yaml`, `protected.txt` and `concepts/*.yaml` below
    `assets/language/es/`.
    """
    diagnostics: list[Diagnostic] = []
    trees: dict[str, Tree] = {}
    protected = frozenset[str]()
    for path in sorted(files):
        if not path.startswith(PREFIX):
            continue
        name = path.removeprefix(PREFIX)
        if name == "protected.txt":
            protected = frozenset(files[path].split())
        elif name.endswith(".yaml"):
            parsed = parse(files[path], path)
            diagnostics += parsed.diagnostics
            if parsed.root is not None:
                trees[name] = parsed.root
    words = _word_lists(trees.get("words.yaml"), diagnostics)
    verbs = Verbs(_changes(trees.get("verbs.yaml"), diagnostics))
    lexicon = Lexicon(
        verbs=verbs,
        protected=protected
        | words.get("plurals_like_tu", frozenset())
        | words.get("nouns_like_infinitives", frozenset())
        | words.get("common_words", frozenset()),
        short_names=_short_names(trees.get("names.yaml"), diagnostics),
        verb_like_nouns=words.get("nouns_like_infinitives", frozenset()),
        seldom_verbs=words.get("seldom_verbs", frozenset()),
        plurals_like_tu=words.get("plurals_like_tu", frozenset()),
    )
    concepts = {name: tree for name, tree in trees.items() if name.startswith("concepts/")}
    diagnostics += compile_concepts(lexicon, list(concepts.values()))
    return lexicon, tuple(diagnostics)


def texts(node: Tree | None, diagnostics: list[Diagnostic]) -> list[Scalar]:
    """A list of texts (one text alone counts as a list); everything else is told."""
    if node is None:
        return []
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, SequenceNode):
        found = []
        for item in node.items:
            if isinstance(item, Scalar):
                found.append(item)
            else:
                diagnostics.append(Diagnostic("patterns-not-texts", Severity.ERROR, item.span))
        return found
    diagnostics.append(Diagnostic("patterns-not-texts", Severity.ERROR, node.span))
    return []


def compile_texts(name: str, scalars: list[Scalar], lexicon: Lexicon, diagnostics: list[Diagnostic]) -> Bundle:
    """Patterns as a bundle; those that cannot be read are told and left out."""
    nodes: list[Node] = []
    kept: list[str] = []
    for scalar in scalars:
        try:
            nodes.append(lexicon.compile(scalar.text))
            kept.append(scalar.text)
        except PatternError as error:
            diagnostics.append(pattern_diagnostic(error, scalar.text, scalar.span, lexicon))
    return Bundle(name, nodes, kept)


def pattern_diagnostic(error: PatternError, text: str, span: Span, lexicon: Lexicon) -> Diagnostic:
    """The mistake with its place in the file and, for unknown names, what may have been meant."""
    values: dict[str, str | int] = {**error.values}
    if error.code == "concept-unknown":
        values["suggestion"] = suggest(str(error.values["concept"]), lexicon.concepts) or ""
    elif error.code == "pattern-value":
        values["suggestion"] = suggest(str(error.values["value"]), VALUES) or ""
    if not values.get("suggestion", "x"):
        del values["suggestion"]
    return Diagnostic(error.code, Severity.ERROR, part(span, text, error.start, error.end), MappingProxyType(values))


def compile_concepts(lexicon: Lexicon, roots: list[Tree]) -> list[Diagnostic]:
    """Compile mappings of concept name → patterns into the lexicon, what a concept needs before it; cycles are told."""
    diagnostics: list[Diagnostic] = []
    waiting: dict[str, tuple[Scalar, list[Scalar]]] = {}
    for root in roots:
        if not isinstance(root, MappingNode):
            diagnostics.append(Diagnostic("concepts-not-mapping", Severity.ERROR, root.span))
            continue
        for entry in root.entries:
            name = entry.key.text
            if name in waiting or name in lexicon.concepts:
                diagnostics.append(Diagnostic("concept-duplicate", Severity.ERROR, entry.key.span, {"concept": name}))
                continue
            waiting[name] = (entry.key, texts(entry.value, diagnostics))
    depths: dict[str, int] = {}
    broken: set[str] = set()

    def told(code: str, scalar: Scalar, **values: str | int) -> None:
        diagnostics.append(Diagnostic(code, Severity.ERROR, scalar.span, MappingProxyType(values)))

    def visit(name: str, trail: tuple[str, ...]) -> None:
        key, scalars = waiting[name]
        deepest = 0
        for scalar in scalars:
            for needed in _references(scalar.text):
                if needed == name or needed in trail:
                    circle = (*trail[trail.index(needed) :], name, needed) if needed in trail else (name, needed)
                    told("concept-cycle", scalar, circle=" → ".join(circle))
                    broken.add(needed)
                elif needed in waiting:
                    if needed not in depths and len(trail) < MOST_NESTED:
                        visit(needed, (*trail, name))
                    deepest = max(deepest, depths.get(needed, MOST_NESTED))
                    if deepest >= MOST_NESTED:
                        told("concept-nesting", scalar, concept=name, most=MOST_NESTED)
                        broken.update((needed, name))
        if name in depths:
            return
        depths[name] = 0 if deepest >= MOST_NESTED else deepest + 1
        found: list[Diagnostic] = []
        lexicon.concepts[name] = compile_texts(name, [] if deepest >= MOST_NESTED else scalars, lexicon, found)
        # What is missing only because of a circle or a depth that was told is not told again.
        diagnostics.extend(d for d in found if not (d.code == "concept-unknown" and str(d.args["concept"]) in broken))
        if not scalars:
            diagnostics.append(Diagnostic("concept-empty", Severity.ERROR, key.span, {"concept": name}))

    for name in waiting:
        if name not in depths:
            visit(name, ())
    return diagnostics


def _references(text: str) -> list[str]:
    found = []
    position = text.find("$")
    while position >= 0:
        end = position + 1
        while end < len(text) and (text[end].isalnum() or text[end] in "-_"):
            end += 1
        found.append(text[position + 1 : end])
        position = text.find("$", end)
    return found


def _changes(root: Tree | None, diagnostics: list[Diagnostic]) -> dict[str, str]:
    changes: dict[str, str] = {}
    if isinstance(root, MappingNode):
        for entry in root.entries:
            name = entry.key.text
            if name not in CHANGES or not isinstance(entry.value, Scalar):
                values: dict[str, str | int] = {"change": name}
                near = suggest(name, CHANGES)
                if near:
                    values["suggestion"] = near
                diagnostics.append(Diagnostic("verbs-change", Severity.ERROR, entry.key.span, values))
                continue
            for verb in entry.value.text.split():
                if len(verb) < 2 or verb[-1] != "r":
                    diagnostics.append(Diagnostic("verbs-infinitive", Severity.ERROR, entry.value.span, {"verb": verb}))
                else:
                    changes.setdefault(verb, "" if name == "regular" else name)
    elif root is not None:
        diagnostics.append(Diagnostic("language-not-mapping", Severity.ERROR, root.span))
    return changes


def _word_lists(root: Tree | None, diagnostics: list[Diagnostic]) -> dict[str, frozenset[str]]:
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        diagnostics.append(Diagnostic("language-not-mapping", Severity.ERROR, root.span))
        return {}
    return {
        entry.key.text: frozenset(fold(word) for word in entry.value.text.split())
        for entry in root.entries
        if isinstance(entry.value, Scalar)
    }


def _short_names(root: Tree | None, diagnostics: list[Diagnostic]) -> dict[str, frozenset[str]]:
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        diagnostics.append(Diagnostic("language-not-mapping", Severity.ERROR, root.span))
        return {}
    names: dict[str, set[str]] = {}
    for entry in root.entries:
        full = fold(entry.key.text)
        for scalar in texts(entry.value, diagnostics):
            names.setdefault(full, set()).update(read(scalar.text).words)
    # A call by the full name of someone who goes by the short one is the same person.
    for full, shorts in list(names.items()):
        for short in shorts:
            names.setdefault(short, set()).add(full)
    return {full: frozenset(shorts - {full}) for full, shorts in names.items()}
