"""Patterns compiled for matching: nodes over interned symbols, bundles with an index by their rarest word.

A *symbol* is what a word of a reply can be: a word, an exact spelling, a verb, a noun, a value. Each token is
looked up once and gives the symbols that it is; a pattern is only tried where its anchor, the rarest thing that it
requires, occurs. Nodes answer `spans(context)`: where in the reply they match, as (start, end, used) with `used` a bit
set of the token positions that were consumed.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Protocol as Interface

Spans = Sequence[tuple[int, int, int]]

MOST_SPANS = 300
"""More matches of one node in one reply than this are not followed."""


class Surroundings(Interface):
    """What nodes need to know of a reply (`match.Context`)."""

    present: set[int]
    clause: Sequence[int]
    sentence: Sequence[int]
    before: Sequence[int]
    slack: int

    def at(self, symbol: int) -> Spans: ...
    def value(self, name: str) -> Spans: ...
    def concept(self, bundle: "Bundle") -> Spans: ...


class Node:
    """A compiled part of a pattern. `anchors`: one of these symbols must occur wherever it matches."""

    __slots__ = ("anchors", "cost")

    def __init__(self, anchors: frozenset[int], cost: int) -> None:
        self.anchors = anchors
        self.cost = cost

    def spans(self, context: Surroundings) -> Spans:
        raise NotImplementedError


class Word(Node):
    __slots__ = ("symbol",)

    def __init__(self, symbol: int, cost: int) -> None:
        super().__init__(frozenset((symbol,)), cost)
        self.symbol = symbol

    def spans(self, context: Surroundings) -> Spans:
        return context.at(self.symbol)


class Value(Node):
    __slots__ = ("name",)

    def __init__(self, name: str, symbol: int) -> None:
        super().__init__(frozenset((symbol,)), 30)
        self.name = name

    def spans(self, context: Surroundings) -> Spans:
        return context.value(self.name)


class Concept(Node):
    """A reference to a bundle; its anchors are known once the bundle is complete (what is needed compiles first)."""

    __slots__ = ("bundle",)

    def __init__(self, bundle: "Bundle") -> None:
        super().__init__(bundle.anchors, bundle.cost)
        self.bundle = bundle

    def spans(self, context: Surroundings) -> Spans:
        return context.concept(self.bundle)


class Chain(Node):
    """Items in order, each with the words that may stand before it."""

    __slots__ = ("items", "required")

    def __init__(self, items: Sequence[tuple[int, Node, bool]]) -> None:
        required = [node for _, node, optional in items if not optional]
        best = min(required, key=lambda node: node.cost)
        super().__init__(best.anchors, best.cost)
        self.items = tuple(items)
        self.required = tuple(node.anchors for node in required if node is not best)

    def spans(self, context: Surroundings) -> Spans:
        present = context.present
        for anchors in self.required:
            if anchors.isdisjoint(present):
                return ()
        states: list[tuple[int, int, int, int]] = []
        leading = True  # nothing required was met so far: a match may begin with the next item
        for gap, node, optional in self.items:
            found = node.spans(context)
            if not found:
                if optional:
                    if gap:
                        states = [(s, e, u, max(slack, gap)) for s, e, u, slack in states]
                    continue
                return ()
            joined = _join(states, found, gap, context) if states else []
            if leading:
                joined.extend((start, end, used, 0) for start, end, used in found)
            if optional:
                joined.extend((s, e, u, max(slack, gap)) for s, e, u, slack in states)
            elif not joined:
                return ()
            else:
                leading = False
            states = joined
        return _distinct((start, end, used) for start, end, used, _ in states)


def _join(
    states: list[tuple[int, int, int, int]], found: Spans, gap: int, context: Surroundings
) -> list[tuple[int, int, int, int]]:
    """Continue each state with each span that begins close enough behind it."""
    before, clause, sentence = context.before, context.clause, context.sentence
    joined: list[tuple[int, int, int, int]] = []
    for start, end, used, slack in states:
        most = max(gap, slack)
        if most:
            most += context.slack
        counted = before[end]
        for index in range(bisect_left(found, (end,)), len(found)):
            begin, stop, taken = found[index]
            if before[begin] - counted > most:
                break
            if most:
                if clause[begin] != clause[end - 1]:
                    break
            elif sentence[begin] != sentence[end - 1]:
                break
            joined.append((start, stop, used | taken, 0))
            if len(joined) >= MOST_SPANS:
                return joined
    return joined


class Either(Node):
    """Any of the options. The plain words among them, often dozens, are looked up together."""

    __slots__ = ("options", "words")

    def __init__(self, options: Sequence[Node]) -> None:
        super().__init__(
            frozenset().union(*(option.anchors for option in options)), sum(option.cost for option in options)
        )
        self.words = frozenset(option.symbol for option in options if isinstance(option, Word))
        self.options = tuple(option for option in options if not isinstance(option, Word))

    def spans(self, context: Surroundings) -> Spans:
        present = context.present
        found: list[tuple[int, int, int]] = []
        for symbol in self.words & present:
            found.extend(context.at(symbol))
        for option in self.options:
            if not option.anchors.isdisjoint(present):
                found.extend(option.spans(context))
        return _distinct(found) if len(found) > 1 else found


class All(Node):
    """All parts in one clause, in any order, each as near to the first as it can be, without sharing words."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Node]) -> None:
        best = min(parts, key=lambda node: node.cost)
        super().__init__(best.anchors, best.cost)
        self.parts = tuple(parts)

    def spans(self, context: Surroundings) -> Spans:
        if any(part.anchors.isdisjoint(context.present) for part in self.parts):
            return ()
        clause = context.clause
        lists: list[dict[int, list[tuple[int, int, int]]]] = []
        for part in self.parts:
            by_clause: dict[int, list[tuple[int, int, int]]] = {}
            for span in part.spans(context):
                by_clause.setdefault(clause[span[0]], []).append(span)
            if not by_clause:
                return ()
            lists.append(by_clause)
        found: list[tuple[int, int, int]] = []
        for number, spans in lists[0].items():
            others = [by_clause.get(number) for by_clause in lists[1:]]
            for start, end, used in spans:
                first = start
                for choices in others:
                    free = [choice for choice in choices or () if not choice[2] & used]
                    if not free:
                        break
                    near = min(free, key=lambda choice: (abs(choice[0] - first), choice))
                    start, end, used = min(start, near[0]), max(end, near[1]), used | near[2]
                else:
                    found.append((start, end, used))
        return _distinct(found)


class Bundle:
    """Patterns of which any may match, indexed by anchor."""

    __slots__ = ("anchors", "cost", "index", "name", "patterns", "texts")

    def __init__(self, name: str, patterns: Sequence[Node], texts: Sequence[str]) -> None:
        self.name = name
        self.patterns = tuple(patterns)
        self.texts = tuple(texts)
        index: dict[int, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for symbol in pattern.anchors:
                index.setdefault(symbol, []).append(number)
        self.index = {symbol: tuple(numbers) for symbol, numbers in index.items()}
        self.anchors = frozenset(index)
        self.cost = sum(pattern.cost for pattern in patterns)

    def candidates(self, context: Surroundings) -> list[int]:
        """Numbers of the patterns whose anchor occurs."""
        index = self.index
        present = context.present
        if len(index) < len(present):
            hits = [symbol for symbol in index if symbol in present]
        else:
            hits = [symbol for symbol in present if symbol in index]
        if not hits:
            return []
        if len(hits) == 1:
            return list(index[hits[0]])
        return sorted({number for symbol in hits for number in index[symbol]})

    def spans(self, context: Surroundings) -> Spans:
        """All matches of all patterns."""
        found: list[tuple[int, int, int]] = []
        for number in self.candidates(context):
            found.extend(self.patterns[number].spans(context))
        return _distinct(found) if len(found) > 1 else found


def _distinct(found: Iterable[tuple[int, int, int]]) -> Spans:
    """Sorted, one per extent."""
    unique: dict[tuple[int, int], tuple[int, int, int]] = {}
    for span in found:
        unique.setdefault((span[0], span[1]), span)
    if len(unique) < 2:
        return tuple(unique.values())
    return sorted(unique.values())[:MOST_SPANS]
