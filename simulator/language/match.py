"""Matching compiled patterns against a reading in a situation, with the proof in offsets of the original text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from simulator.language import values
from simulator.language.compiling import Bundle, Node, Spans
from simulator.language.lexicon import Known, Lexicon
from simulator.language.negation import Negation, negations
from simulator.language.numerals import quantities
from simulator.language.questions import questions
from simulator.language.situation import Situation
from simulator.language.text import Kind, Reading
from simulator.language.values import name_words

_QUANTITIES = {
    "_number": "number",
    "_duration": "duration",
    "_period": "period",
    "_hour": "hour",
    "_day": "day",
    "_amount": "amount",
    "_phone": "phone",
}


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found. `start` and `end` are code points of the original; `pattern` its number, from 1."""

    start: int
    end: int
    pattern: int
    first: int
    last: int
    """Token positions: the first, and the one after the last."""
    used: int
    negated: bool
    typo: bool
    doubtful: bool


class Context:
    """One reply in one situation, read against one lexicon. All that patterns ask of it is computed once."""

    def __init__(
        self, reading: Reading, situation: Situation, lexicon: Lexicon, shared: "Context | None" = None
    ) -> None:
        self.reading = reading
        self.situation = situation
        self.lexicon = lexicon
        self.clause: Sequence[int] = reading.clause
        self.sentence: Sequence[int] = reading.sentence
        self.before: Sequence[int] = reading.tokens_before
        self.slack = 0
        """Extra words that a gap may have: above 0 only while looking for near misses."""
        self.names: frozenset[str] = shared.names if shared else values.names(situation)
        """Folded words of the names of the situation."""
        self._values: dict[str, Spans] = shared._values if shared else {}
        self._negations: tuple[Negation, ...] | None = shared._negations if shared else None
        self._concepts: dict[int, Spans] = {}
        self._quantities: dict[str, list[tuple[int, int, int]]] | None = shared._quantities if shared else None
        self.looked_up: list[Known] = []
        positions: dict[int, list[tuple[int, int, int]]] = {}
        typo = doubtful = 0
        look_up = lexicon.look_up
        sentence = reading.sentence
        for position, token in enumerate(reading.tokens):
            opens = position == 0 or sentence[position - 1] != sentence[position]
            named = not opens and token.text[:1].isupper() and not token.text.isupper()
            found = look_up(token, self.names if not named else frozenset((token.folded,)))
            self.looked_up.append(found)
            if found.symbols:
                entry = (position, position + 1, 1 << position)
                for symbol in found.symbols:
                    positions.setdefault(symbol, []).append(entry)
                if found.typo:
                    typo |= 1 << position
                    if found.doubtful:
                        doubtful |= 1 << position
        self.typo = typo
        self.doubtful = doubtful
        self._positions = positions
        self.present: set[int] = {*positions, *lexicon.value_symbols()}

    def at(self, symbol: int) -> Spans:
        """Where a symbol occurs."""
        return self._positions.get(symbol, ())

    def concept(self, bundle: Bundle) -> Spans:
        """All matches of a concept, computed once per reply."""
        key = id(bundle)
        found = self._concepts.get(key)
        if found is None:
            found = () if bundle.anchors.isdisjoint(self.present) else bundle.spans(self)
            self._concepts[key] = found
        return found

    def known(self) -> list[bool]:
        """Per token: is it a word that means something by itself (so that no name's slip may claim it)?"""
        lexicon = self.lexicon
        return [
            (bool(entry.symbols) and not entry.typo) or lexicon.is_word(token.folded)
            for entry, token in zip(self.looked_up, self.reading.tokens, strict=True)
        ]

    def value(self, name: str) -> Spans:
        """Where a value of the situation occurs, computed once per reply."""
        found = self._values.get(name)
        if found is None:
            # A reason may itself say «no» («no le llegó»): its words are not listed as used; nothing denies them.
            told = name not in ("_call_reason", "_transfer_reason")
            found = tuple(
                (start, end, ((1 << (end - start)) - 1) << start if told else 0) for start, end in self._places(name)
            )
            self._values[name] = found
        return found

    def _places(self, name: str) -> Sequence[tuple[int, int]]:
        reading, situation = self.reading, self.situation
        if name in _QUANTITIES:
            return self._quantity(_QUANTITIES[name])
        short = self.lexicon.short_names
        if name == "_clock":
            return values.clock(reading, situation)
        if name == "_account":
            return values.account(reading, situation.account or "")
        if name == "_website":
            return values.website(reading, situation.website or "")
        if name == "_address":
            return values.addresses(reading, self.known())
        if name == "_question":
            return [(start, end) for start, end in questions(reading) if end - start > 2]
        if name in ("_call_reason", "_transfer_reason"):
            elsewhere = (situation.area, situation.account, situation.customer, situation.agent, situation.company)
            if name == "_call_reason":
                return values.reason_words(reading, situation.call_reason, elsewhere)
            return values.reason_words(reading, situation.transfer_reason, (*elsewhere, situation.call_reason))
        known = self.known()
        if name == "_agent":
            return values.person(reading, situation.agent, short, known)
        if name == "_customer":
            return values.person(reading, situation.customer or "", short, known)
        if name == "_supervisor":
            return values.person(reading, situation.supervisor or "", short, known)
        if name == "_company":
            return values.company(reading, (situation.company, *situation.company_aliases), known)
        if name == "_product":
            return values.company(reading, situation.products, known)
        if name == "_area":
            texts = (*((situation.area,) if situation.area else ()), *situation.areas)
            return values.area(reading, texts, short, known)
        return self._any_name(known)

    def _any_name(self, known: Sequence[bool]) -> list[tuple[int, int]]:
        """`_name`: words of a name of the situation, or capitalised inside a sentence and no known word."""
        reading = self.reading
        people = self.situation.agent, self.situation.customer or "", self.situation.supervisor or ""
        named = {p for text in people for p, _ in values.person(reading, text, self.lexicon.short_names, known)}
        for position, token in enumerate(reading.tokens):
            inside = position > 0 and reading.sentence[position - 1] == reading.sentence[position]
            if (token.kind is Kind.WORD and inside and token.text[0].isupper() and not known[position]) or (
                token.folded in self.lexicon.short_names and not known[position]
            ):
                named.add(position)
        return [(position, position + 1) for position in sorted(named)]

    def _quantity(self, kind: str) -> list[tuple[int, int]]:
        if self._quantities is None:
            self._quantities = {}
            for quantity in quantities(self.reading):
                entry = (quantity.start, quantity.end, quantity.value)
                self._quantities.setdefault(quantity.kind, []).append(entry)
        return sorted({(start, end) for start, end, _ in self._quantities.get(kind, ())})

    def negated(self, used: int) -> bool:
        """Is one of the used positions denied, by a cue that is not itself part of what was matched?"""
        denials = self._denials()
        if any(negation.cue & used for negation in denials):
            return False
        return any(negation.scope & used for negation in denials)

    @property
    def denied(self) -> int:
        """The positions that some cue denies, as a bit set."""
        return reduce(or_, (negation.scope for negation in self._denials()), 0)

    def _denials(self) -> tuple[Negation, ...]:
        if self._negations is None:
            self._negations = negations(self.reading, self._is_finite, self._people())
        return self._negations

    def _is_finite(self, position: int) -> bool:
        """Is this surely a conjugated verb? A word that is more often a noun is one after a pronoun («la paso»)."""
        token = self.reading.tokens[position]
        if self.lexicon.is_finite(token.folded):
            return True
        if token.folded not in self.lexicon.seldom_verbs or token.folded not in self.lexicon.verbs:
            return False
        before = self.reading.words[position - 1] if position else ""
        if before in ("me", "te", "se", "le", "les", "lo", "nos", "yo") or (before == "la" and token.folded[-1] == "o"):
            return True
        return token.text.lower() in ("sé", "está", "están", "dé")

    def _people(self) -> frozenset[str]:
        people = (self.situation.customer or "", self.situation.agent)
        return frozenset(word for name in people for word in name_words(name))

    def matches(self, bundle: Bundle, *, negation: bool) -> Iterator[Match]:
        """Matches of a bundle, pattern by pattern. With `negation`, denied ones are marked, else nothing is."""
        if bundle.anchors.isdisjoint(self.present):
            return
        tokens = self.reading.tokens
        for number in bundle.candidates(self):
            for start, end, used in bundle.patterns[number].spans(self):
                yield Match(
                    start=tokens[start].start,
                    end=tokens[end - 1].end,
                    pattern=number + 1,
                    first=start,
                    last=end,
                    used=used,
                    negated=negation and self.negated(used),
                    typo=bool(used & self.typo),
                    doubtful=bool(used & self.doubtful),
                )

    def widened(self, slack: int) -> "Context":
        """The same reply, with `slack` more words allowed in every gap: for near misses."""
        wide = Context.__new__(Context)
        wide.__dict__.update(self.__dict__)
        wide.slack = slack
        wide._concepts = {}
        return wide


def find(pattern: Node, reading: Reading, situation: Situation, lexicon: Lexicon) -> tuple[Match, ...]:
    """All matches of one compiled pattern, denied ones marked."""
    context = Context(reading, situation, lexicon)
    return tuple(context.matches(Bundle("", (pattern,), ("",)), negation=True))
