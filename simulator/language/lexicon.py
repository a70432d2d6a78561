"""The lexicon: verbs, protected words, short names, concepts; it compiles patterns and says what a token can be.

Loading is a function of the texts passed in. A scenario's own patterns are compiled in a *child* (`Lexicon.child`), so
that what one author writes never changes what another's rules accept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.language.compiling import All, Bundle, Chain, Concept, Either, Node, Value, Word
from simulator.language.folding import fold, fold_keeping_accents
from simulator.language.forms import TAKES_CLITICS, conjugate, forms_of, is_infinitive, without_clitics
from simulator.language.nouns import noun_forms
from simulator.language.numerals import digits_for, word_for
from simulator.language.patterns import Choice, Leaf, PatternError, parse_pattern
from simulator.language.patterns import Node as Parsed
from simulator.language.patterns import Sequence as Chained
from simulator.language.spelling import dictionary
from simulator.language.text import Kind, Token, read
from simulator.language.typos import LEAST, Neighbours
from simulator.language.verbs import Verbs
from simulator.language.words import listed

CORE = frozenset(
    listed("buenos buenas buen buena dias dia tardes tarde noches noche feliz lindo linda bonito bonita excelente")
)
"""Words that detectors look for, open to typo tolerance like those of patterns."""

_COMMON = frozenset(
    listed(
        "a al ante aqui así asi bien como con cual cuando de del desde donde el ella en era es esa ese eso "
        "esta este esto ha hace hay he la las le les lo los mas me mi muy nada ni no nos o os para pero por "
        "porque que se ser si sin sobre solo su sus tal tambien te tener tengo tiene todo tu un una uno y ya "
        "yo va voy poder puedo puede haber estar ir ser hacer dar"
    )
)


_CLOSED = frozenset(listed("de se como para sobre"))
"""Words of grammar that a verb's form is also written like, accents apart: dé, sé, como, para.
As forms of `verbo~` they count with their accent only."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one written word can be."""

    symbols: tuple[int, ...]
    typo: bool
    doubtful: bool
    meant: str
    """The folded word that was taken to be meant; the word itself where nothing was tolerated."""


class Lexicon:
    """Symbols, concepts and word knowledge. After loading nothing changes but a bounded cache of lookups."""

    def __init__(
        self,
        verbs: Verbs,
        protected: frozenset[str],
        short_names: Mapping[str, frozenset[str]],
        verb_like_nouns: frozenset[str],
        seldom_verbs: frozenset[str],
        plurals_like_tu: frozenset[str],
        parent: "Lexicon | None" = None,
    ) -> None:
        self.verbs = verbs
        self.protected = protected
        self.short_names = short_names
        self.verb_like_nouns = verb_like_nouns
        self.seldom_verbs = seldom_verbs
        self.plurals_like_tu = plurals_like_tu
        self.parent = parent
        self.concepts: dict[str, Bundle] = {} if parent is None else dict(parent.concepts)
        self._symbols: dict[str, int] = {}
        self._first = 0 if parent is None else parent.size
        self._words: dict[str, tuple[int, ...]] = {}
        self._exact: dict[str, tuple[int, ...]] = {}
        self._bases: dict[str, tuple[int, ...]] = {}
        self._neighbours: Neighbours | None = None
        self._cache: dict[str, Known] = {}
        self._leaves: dict[tuple[str, str], Node] = {}
        self._values: tuple[int, ...] = () if parent is None else parent._values
        if parent is None:
            for word in sorted(CORE):
                self._word(word)

    @property
    def size(self) -> int:
        return self._first + len(self._symbols)

    def child(self) -> "Lexicon":
        """A lexicon that knows all of this one and keeps what it learns to itself."""
        return Lexicon(
            self.verbs,
            self.protected,
            self.short_names,
            self.verb_like_nouns,
            self.seldom_verbs,
            self.plurals_like_tu,
            parent=self,
        )

    # ---- compiling

    def compile(self, text: str) -> Node:
        """Compile a pattern whose concepts are already known. Raises PatternError with the place inside the text."""
        return self._node(parse_pattern(text))

    def _node(self, parsed: Parsed) -> Node:
        if isinstance(parsed, Leaf):
            return self._leaf(parsed)
        if isinstance(parsed, Chained):
            return Chain([(item.gap, self._node(item.node), item.optional) for item in parsed.items])
        if isinstance(parsed, Choice):
            return Either([self._node(option) for option in parsed.options])
        return All([self._node(part) for part in parsed.parts])

    def _leaf(self, leaf: Leaf) -> Node:
        key = (leaf.kind, leaf.text)
        node = self._leaves.get(key)
        if node is None:
            node = self._new_leaf(leaf)
            self._leaves[key] = node
        return node

    def _new_leaf(self, leaf: Leaf) -> Node:
        if leaf.kind == "concept":
            bundle = self.concepts.get(leaf.text)
            if bundle is None:
                raise PatternError("concept-unknown", leaf.start, leaf.end, concept=leaf.text)
            return Concept(bundle)
        if leaf.kind == "value":
            return Value(leaf.text, self._symbol("value", leaf.text))
        if leaf.kind == "exact":
            text = fold_keeping_accents(leaf.text)
            symbol = self._symbol("exact", text)
            self._add(self._exact, text, symbol)
            return Word(symbol, 3)
        if leaf.kind == "form":
            return self._form(leaf)
        words = [token.folded for token in read(leaf.text).tokens]
        if not words:
            raise PatternError("pattern-character", leaf.start, leaf.end, character=leaf.text)
        nodes = [Word(self._word(word), 60 if word in _COMMON else 3) for word in words]
        return nodes[0] if len(nodes) == 1 else Chain([(0, node, False) for node in nodes])

    def _form(self, leaf: Leaf) -> Node:
        text = fold_keeping_accents(leaf.text)
        cost = 60 if fold(text) in _COMMON else 5
        if is_infinitive(text) and fold(text) not in self.verb_like_nouns:
            infinitive = text[:-2] if text.endswith("se") else text
            symbol = self._symbol("verb", infinitive)
            if symbol >= self._first:
                for written, code in conjugate(infinitive, self.change(infinitive)):
                    if fold(written) not in _CLOSED:
                        self._add(self._words, fold(written), symbol)
                    elif written not in _CLOSED:
                        self._add(self._exact, written, symbol)
                    if code[:3] in TAKES_CLITICS:
                        self._add(self._bases, fold(written), symbol)
            return Word(symbol, cost)
        symbol = self._symbol("noun", text)
        for written in noun_forms(text):
            self._add(self._words, fold(written), symbol)
        return Word(symbol, cost)

    def change(self, infinitive: str) -> str:
        """The stem change of a verb; a verb that the data does not name is regular."""
        return self.verbs.changes.get(infinitive, "")

    def shown_forms(self, text: str) -> tuple[str, ...]:
        """The forms that `text~` stands for, as an author is shown them (attached pronouns apart)."""
        text = fold_keeping_accents(text.rstrip("~"))
        if is_infinitive(text) and fold(text) not in self.verb_like_nouns:
            return forms_of(text, self.change(text[:-2] if text.endswith("se") else text))
        return noun_forms(text)

    def _symbol(self, kind: str, text: str) -> int:
        key = f"{kind}:{text}"
        known = self._known(key)
        if known is None:
            known = self._first + len(self._symbols)
            self._symbols[key] = known
            if kind == "value":
                self._values += (known,)
        return known

    def _known(self, key: str) -> int | None:
        known = self._symbols.get(key)
        if known is None and self.parent is not None:
            known = self.parent._known(key)
        return known

    def _word(self, word: str) -> int:
        symbol = self._symbol("word", word)
        self._add(self._words, word, symbol)
        return symbol

    def _add(self, table: dict[str, tuple[int, ...]], word: str, symbol: int) -> None:
        if symbol < self._first:
            return  # the parent's tables have it
        known = table.get(word, ())
        if symbol not in known:
            table[word] = (*known, symbol)

    def value_symbols(self) -> tuple[int, ...]:
        """Symbols of the situation's values, which are always tried."""
        return self._values

    # ---- looking up

    def look_up(self, token: Token, names: frozenset[str]) -> Known:
        """What a token can be. `names` are folded words of the situation, which no typo tolerance may bend."""
        if self.parent is not None and not (self._words or self._exact):
            return self.parent.look_up(token, names)
        accented = fold_keeping_accents(token.text)
        bendable = token.folded not in names and token.kind is Kind.WORD
        key = f"{token.folded}|{accented}|{bendable:d}"
        known = self._cache.get(key)
        if known is None:
            if len(self._cache) > 20_000:
                self._cache.clear()
            known = self._read_word(token, accented, bendable)
            if self.parent is not None:
                known = _together(self.parent.look_up(token, names), known)
            self._cache[key] = known
        return known

    def _read_word(self, token: Token, accented: str, bendable: bool) -> Known:
        """What a token is by the lexicon's own words, its parent's apart."""
        folded = token.folded
        exact = self._exact.get(accented, ())
        if token.kind is Kind.NUMBER:
            word = word_for(folded)
            symbols = self._own_symbols(folded) + (self._own_symbols(word) if word else ())
            return Known(exact + symbols, False, False, word or folded)
        symbols = self._own_symbols(folded)
        digits = digits_for(folded)
        if digits:
            symbols += self._words.get(digits, ())
        if symbols or not bendable:
            return Known(exact + symbols, False, False, folded)
        squeezed = _squeeze(folded)
        if squeezed != folded:
            symbols = self._own_symbols(squeezed)
            if symbols:
                return Known(exact + symbols, False, False, squeezed)
        if len(folded) < LEAST or self.is_word(folded):
            return Known(exact, False, False, folded)
        near = self._near(folded)
        if not near or dictionary().has(accented):
            return Known(exact, False, False, folded)  # near a word of the patterns, and a word of its own
        sets = [self._own_symbols(word) for word in near]
        merged = tuple(dict.fromkeys(symbol for found in sets for symbol in found))
        doubtful = any(set(found) != set(sets[0]) for found in sets[1:])
        return Known(exact + merged, True, doubtful, near[0])

    def symbols_of(self, folded: str) -> tuple[int, ...]:
        """Symbols of a folded word, attached pronouns taken off; nothing is tolerated."""
        own = self._own_symbols(folded)
        return own if self.parent is None else (*self.parent.symbols_of(folded), *own)

    def _own_symbols(self, folded: str) -> tuple[int, ...]:
        symbols = self._words.get(folded, ())
        if len(folded) > 3 and self._bases:
            for base, pronouns in without_clitics(folded):
                if folded.startswith(base) or pronouns[0] in ("os", "nos"):
                    symbols += self._bases.get(base, ())
        return tuple(dict.fromkeys(symbols)) if len(symbols) > 1 else symbols

    def is_word(self, folded: str) -> bool:
        """Is this a real word, which no typo tolerance may take for another?"""
        protected = self.protected
        if folded in protected or folded in self.verbs:
            return True
        if folded.endswith("s") and (folded[:-1] in protected or (folded.endswith("es") and folded[:-2] in protected)):
            return True  # the plural of a real word
        return self.verbs.derives(folded)

    def is_finite(self, folded: str) -> bool:
        """Is this surely a conjugated verb, neither a noun nor an infinitive, gerund or participle?"""
        if folded in self.seldom_verbs or folded in self.plurals_like_tu:
            return False
        entries = self.verbs.entries(folded)
        if entries:
            return all(code[:3] not in ("inf", "ger", "par") for _, code, _ in entries)
        return any(code[:3] == "imv" for _, code, _, _ in self.verbs.with_pronouns(folded))

    def _near(self, folded: str) -> list[str]:
        """Words of the patterns that the unknown word may be meant for, attached pronouns apart."""
        if self._neighbours is None:
            self._neighbours = Neighbours(self._words)
        near = list(self._neighbours.near(folded))
        if near:
            return near
        for base, pronouns in without_clitics(folded):
            if len(base) >= LEAST and folded.startswith(base):
                tail = "".join(pronouns)
                near = [word + tail for word in self._neighbours.near(base) if word in self._bases]
                if near:
                    return near
        return []


def _together(above: Known, own: Known) -> Known:
    """What a token is by a parent's words and by a child's: what is exact in either wins over a typo in the other."""
    if not own.symbols:
        return above
    if not own.typo:
        symbols = own.symbols if above.typo else (*above.symbols, *own.symbols)
        return Known(symbols, False, False, own.meant)
    if above.symbols and not above.typo:
        return above
    doubtful = own.doubtful or bool(above.symbols)
    return Known((*above.symbols, *own.symbols), True, doubtful, own.meant)


def _squeeze(word: str) -> str:
    """Letters written three times or more, once: graciasss."""
    squeezed: list[str] = []
    for index, letter in enumerate(word):
        run = word[max(index - 2, 0) : index + 1]
        if len(run) == 3 and run == letter * 3:
            continue
        squeezed.append(letter)
    text = "".join(squeezed)
    if text == word:
        return word
    # «graciass»: what remains of a long run is written once
    return "".join(letter for index, letter in enumerate(text) if not (index and text[index - 1] == letter))
