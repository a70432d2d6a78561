"""The phrase language: what an author writes, parsed to a tree. Compiling it against a lexicon is `compiling.py`.

| mark | reads |
|---|---|
| `momento` | the word: any case, accents optional, small typos tolerated |
| `permitir~` | any form of the verb, pronouns attached or not |
| `minuto~` | the noun in number, gender, diminutive |
| `=sí` | exactly so, accents counted (case is not: dictation has none) |
| `(a / b)`, `(a /)` | one of; optional |
| `...` `...6` | up to 3 (6) words between, same clause |
| `$rato` | a concept of this file or of the library |
| `a + b` | both, any order, same clause |
| `_agent _customer _supervisor _company` | a name of the situation, as people say it |
| `_area _account _website _product` | likewise |
| `_clock` | the greeting that is right for the hour and country |
| `_call_reason _transfer_reason` | a word that only that sentence of the situation has |
| `_number _amount` | a number in words or digits; money |
| `_duration _period` | seconds to hours («media hora», «un par de minutos»); days to years («dos semanas») |
| `_hour _day` | a time of day («a las cinco y media», «10:30»); a day or date («mañana», «el 3 de mayo») |
| `_phone _address` | a telephone number; a web or mail address |
| `_question` | the words of a question with a question mark, three or more; «y» joins two («¿quién y desde cuándo?») |
| `_name` | any personal name: one of the situation, or a capitalised word that is no known word |

Words side by side match side by side, fillers (*eh, pues, o sea*) apart. A pattern has at most `MOST_ITEMS` items,
groups nest at most `MOST_NESTED` deep, a gap is at most `MOST_GAP` words, and something in it must be required.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from simulator.language.words import listed

MOST_ITEMS = 300
MOST_NESTED = 8
MOST_GAP = 15
MOST_ALTERNATIVES = 150
DEFAULT_GAP = 3

VALUES = frozenset(
    listed(
        "_agent _customer _company _supervisor _area _account _website _product _clock _call_reason "
        "_transfer_reason _number _duration _period _hour _day _amount _phone _address _question _name"
    )
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One word. `kind` is `word`, `exact`, `form` (the `~` mark), `concept` or `value`; `start` and `end` its place."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A part of a sequence: how many words may stand before it, and whether it may be missing."""

    gap: int
    node: "Node"
    optional: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Together:
    parts: tuple["Node", ...]


Node: TypeAlias = Leaf | Sequence | Choice | Together


class PatternError(Exception):
    """A pattern that cannot be read: a diagnostic code, its values, and the place inside the pattern."""

    def __init__(self, code: str, start: int, end: int, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.start = start
        self.end = end
        self.values = values


_LEXEME = re.compile(
    r"\s*(?:(?P<gap>\.\.\.\d*|…\d*)|(?P<mark>[()/+])|(?P<value>_\w+)|(?P<concept>\$[\w-]+)|(?P<exact>=[^\s()/+]+)"
    r"|(?P<form>[^\W\d_][\w\u0300-\u036f]*~)|(?P<word>[^\s()/+~$=]+))"
)


def parse_pattern(text: str) -> Node:
    """Parse a pattern. Raises PatternError with the place of the first mistake."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes: list[tuple[str, str, int, int]] = []
        position = 0
        while text[position:].strip():
            match = _LEXEME.match(text, position)
            if match is None or match.lastgroup is None:
                start = position + len(text[position:]) - len(text[position:].lstrip())
                raise PatternError("pattern-character", start, start + 1, character=text[start])
            kind = match.lastgroup
            self.lexemes.append((kind, match.group(kind), match.start(kind), match.end(kind)))
            position = match.end()
        self.index = 0
        self.items = 0

    def peek(self) -> tuple[str, str, int, int]:
        if self.index < len(self.lexemes):
            return self.lexemes[self.index]
        return "end", "", len(self.text), len(self.text)

    def take(self) -> tuple[str, str, int, int]:
        lexeme = self.peek()
        self.index += 1
        return lexeme

    def whole(self) -> Node:
        if not self.lexemes:
            raise PatternError("pattern-empty", 0, max(len(self.text), 1))
        node, optional = self.together(0)
        kind, text, start, end = self.peek()
        if kind != "end":
            code = "pattern-unopened" if text == ")" else "pattern-slash"
            raise PatternError(code, start, end, mark=text)
        if optional or node is None:
            raise PatternError("pattern-optional", 0, len(self.text))
        return node

    def together(self, depth: int) -> tuple[Node | None, bool]:
        """Sequences joined by `+`. Also tells whether the result may match nothing."""
        parts: list[Node] = []
        first = self.peek()
        node, optional = self.sequence(depth)
        while self.peek()[1] == "+" and self.peek()[0] == "mark":
            _, _, start, end = self.take()
            if node is None or optional:
                raise PatternError("pattern-plus", start, end)
            parts.append(node)
            node, optional = self.sequence(depth)
            if node is None or optional:
                raise PatternError("pattern-plus", start, end)
        if not parts:
            return node, optional
        if node is None:
            raise PatternError("pattern-plus", first[2], first[3])
        return Together((*parts, node)), False

    def sequence(self, depth: int) -> tuple[Node | None, bool]:
        items: list[Item] = []
        gap = 0
        gap_at: tuple[int, int] | None = None
        while True:
            kind, text, start, end = self.peek()
            if kind == "end" or (kind == "mark" and text in "/)+"):
                break
            self.take()
            self.items += 1
            if self.items > MOST_ITEMS:
                raise PatternError("pattern-too-long", start, end, most=MOST_ITEMS)
            if kind == "gap":
                if not items or gap_at:
                    raise PatternError("pattern-gap-place", start, end)
                digits = text.lstrip(".…")
                gap, gap_at = int(digits) if digits else DEFAULT_GAP, (start, end)
                if gap > MOST_GAP:
                    raise PatternError("pattern-gap-size", start, end, most=MOST_GAP)
                continue
            node: Node | None
            if kind == "mark":
                node, optional = self.group(start, depth + 1)
            else:
                node, optional = self.leaf(kind, text, start, end), False
            items.append(Item(gap, node, optional))
            gap, gap_at = 0, None
        if gap_at:
            raise PatternError("pattern-gap-place", *gap_at)
        if not items:
            return None, True
        if len(items) == 1:
            return items[0].node, items[0].optional
        return Sequence(tuple(items)), all(item.optional for item in items)

    def group(self, opened: int, depth: int) -> tuple[Node, bool]:
        if depth > MOST_NESTED:
            raise PatternError("pattern-nesting", opened, opened + 1, most=MOST_NESTED)
        options: list[Node] = []
        optional = False
        while True:
            node, empty = self.together(depth)
            optional = optional or empty
            if node is not None:
                options.append(node)
            kind, text, start, end = self.take()
            if kind == "end":
                raise PatternError("pattern-unclosed", opened, opened + 1)
            if text == ")":
                break
            if len(options) >= MOST_ALTERNATIVES:
                raise PatternError("pattern-alternatives", start, end, most=MOST_ALTERNATIVES)
        if not options:
            raise PatternError("pattern-empty", opened, end)
        return (options[0] if len(options) == 1 else Choice(tuple(options))), optional

    def leaf(self, kind: str, text: str, start: int, end: int) -> Node:
        if kind == "form":
            return Leaf("form", text[:-1], start, end)
        if kind == "exact":
            return Leaf("exact", text[1:], start, end)
        if kind == "concept":
            return Leaf("concept", text[1:], start, end)
        if kind == "value":
            if text not in VALUES:
                raise PatternError("pattern-value", start, end, value=text)
            return Leaf("value", text, start, end)
        if not any(character.isalnum() for character in text):
            raise PatternError("pattern-character", start, end, character=text)
        return Leaf("word", text, start, end)
