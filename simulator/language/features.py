"""What a reply looks like to the weighed model: features as numbers, each with the words it stands on.

A feature is a 64-bit hash of its kind and its words, made with whole numbers only, so that the same reply gives the
same features on every platform. Words are taken by their root: the infinitive of a verb, attached pronouns as words of
their own; a noun without number, gender and diminutive; tú, vos and usted with their pronouns as one. What the
situation knows (names, account, hours …) stands as its kind. So who is spoken to, by whom and in which treatment
changes little or nothing. Kinds of features:

| kind | is |
|---|---|
| root, form | the root of a word; with it the form's code (tense and person, the treatments as one) |
| word | a word as written, verb forms and the words of the treatments apart |
| denied, asked | a root inside a denial; inside a question |
| pair, triple | neighbours in one sentence |
| first, last | a root of the first or of the last sentence |
| opens, closes | the first and the last root of a sentence |
| letters | four letters in a row of a root, its borders included: a typo leaves most of them |
| concept | a concept of the library was said |
| value | something that the situation knows was said |
| before | a root of what the other party said last |
| shape | length, number of sentences, channel; whether the greeting fits the hour and the customer is known |
| shape | how much of what the customer said, and of the reasons on the sheet, is said again |
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from simulator.language.greeting import greetings
from simulator.language.match import Context
from simulator.language.text import read
from simulator.language.verbs import Verbs
from simulator.language.words import listed

KINDS = (
    "root", "form", "denied", "asked", "pair", "triple", "first", "last", "opens", "closes", "concept", "value",
    "before", "shape", "letters", "word",
)  # fmt: skip
"""Their places are part of the hash: append, never reorder."""
_KIND = {kind: index + 1 for index, kind in enumerate(KINDS)}

VALUES = (
    "_agent", "_customer", "_company", "_area", "_account", "_website", "_hour", "_day", "_duration", "_amount",
    "_phone", "_number",
)  # fmt: skip
"""Values of the situation that stand as their kind, the first that claims a word wins."""

MOST_WORDS = 400
"""Words of a reply that give features."""
MOST_BEFORE = 60
"""Words of the other party's turn that give features."""

Feature = tuple[int, int, int]
"""The hash, and the token positions that it stands on: `first`, and the one after the `last`. A feature of the whole
reply or of the situation stands on none: both are -1."""

_PRIME = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF
_LENGTH_STEP, _LONGEST = 5, 12
_MOST_SENTENCES = 8
_RUN, _LONGEST_WORD = 4, 30
_MOST_ECHOES = 4
_SMALLEST = re.compile(r"(?:e?c)?(?:it|ic)(?:o|a|os|as)$")


def text_hash(text: str) -> int:
    """A number for a text, the same everywhere."""
    return zlib.crc32(text.encode("utf-8"))


def feature(kind: str, *parts: int) -> int:
    """The hash of a feature from the hashes of its parts, 64 bits."""
    value = _KIND[kind]
    for part in parts:
        value = ((value ^ part) * _PRIME) & _MASK
        value ^= value >> 29
    return value


def named(kind: str, text: str) -> int:
    """The hash of a feature that a text tells: a concept's name, a shape, a word, letters."""
    return feature(kind, text_hash(text))


@dataclass(frozen=True, slots=True)
class _Item:
    """A word as the features see it; an attached pronoun is one too. `root`, `form` are hashes; `text` is the root of a
    word that gives letters, empty for values and pronouns."""

    root: int
    form: int
    text: str
    first: int
    last: int


def extract(context: Context) -> list[Feature]:
    """The features of a reply in its situation, occurrence by occurrence."""
    claimed, kinds = _claimed(context)
    items = _items(context, claimed)
    found = [*_by_word(context, items), *_by_sentence(context, items), *_of_concepts(context)]
    found += [(named("value", kind), -1, -1) for kind in kinds]
    found += [(hash, -1, -1) for hash in _of_situation(context)]
    found += [(hash, -1, -1) for hash in _of_echoes(context, items)]
    return found


def _claimed(context: Context) -> tuple[dict[int, tuple[str, int]], list[str]]:
    """Per first position the kind of value that stands there and the position after its last word; the kinds found."""
    claimed: dict[int, tuple[str, int]] = {}
    taken: set[int] = set()
    kinds: list[str] = []
    for kind in VALUES:
        for start, end, _ in context.value(kind):
            places = range(start, end)
            if taken.isdisjoint(places):
                taken.update(places)
                claimed[start] = (kind, end)
                if kind not in kinds:
                    kinds.append(kind)
    return claimed, kinds


def _items(context: Context, claimed: dict[int, tuple[str, int]]) -> list[_Item]:
    items: list[_Item] = []
    words = context.reading.words
    verbs, seldom = context.lexicon.verbs, context.lexicon.seldom_verbs
    position = 0
    while position < min(len(words), MOST_WORDS):
        if position in claimed:
            kind, end = claimed[position]
            items.append(_Item(text_hash(kind), 0, "", position, end))
            position = end
            continue
        word = words[position]
        if word == "tu" and context.reading.tokens[position].text.lower() == "tú":
            word = "tú"
        roots, form = root_of(word, verbs, seldom=word in seldom)
        items.append(_Item(text_hash(roots[0]), text_hash(form) if form else 0, roots[0], position, position + 1))
        items += [_Item(text_hash(pronoun), 0, "", position, position + 1) for pronoun in roots[1:]]
        position += 1
    return items


_ONE = {
    "te": "le", "les": "le", "os": "le", "+te": "+le", "+les": "+le", "+os": "+le", "tu": "su", "tus": "su",
    "sus": "su", "vuestro": "su", "vuestra": "su", "tú": "usted", "vos": "usted", "ti": "usted", "ustedes": "usted",
    "vosotros": "usted", "contigo": "usted",
}  # fmt: skip
"""Words of the treatments as one. «Tu» without its accent stands with «su»."""
_TREATED = frozenset({*_ONE, *_ONE.values()})
_PERSONS = {"2s": "3s", "2v": "3s", "2p": "3p"}


@lru_cache(maxsize=20_000)
def root_of(word: str, verbs: Verbs, *, seldom: bool) -> tuple[tuple[str, ...], str]:
    """The root of a folded word with the pronouns attached to it (`+me`), and the form's code; empty for other words.

    `seldom`: the word is more often a noun than the verb form it is also written like.
    """
    if word in _ONE:
        return (_ONE[word],), ""
    if not seldom:
        entries = verbs.entries(word)
        if entries:
            return (entries[0][0],), _form(entries[0][1])
        attached = verbs.with_pronouns(word)
        if attached:
            infinitive, code, _, pronouns = attached[0]
            return (infinitive, *(_ONE.get(f"+{pronoun}", f"+{pronoun}") for pronoun in pronouns)), _form(code)
    return (_stem(word),), ""


def _form(code: str) -> str:
    tense, _, person = code.partition(".")
    return f"{tense}.{_PERSONS.get(person, person)}"


def _stem(word: str) -> str:
    """A noun or adjective without diminutive, number and gender, roughly: señoritas and señor stay apart."""
    if len(word) <= 4:
        return word
    small = _SMALLEST.search(word)
    if small and small.start() >= 3:
        return word[: small.start()]
    if word.endswith("es"):
        word = word[:-2]
    elif word.endswith("s"):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] in "aoe" else word


def _by_word(context: Context, items: list[_Item]) -> Iterator[Feature]:
    reading, words = context.reading, context.reading.words
    denied = context.denied
    for item in items:
        yield feature("root", item.root), item.first, item.last
        if item.form:
            yield feature("form", item.root, item.form), item.first, item.last
        elif item.text and words[item.first] not in _TREATED:
            yield named("word", words[item.first]), item.first, item.last
        if denied >> item.first & 1:
            yield feature("denied", item.root), item.first, item.last
        if reading.question[item.first]:
            yield feature("asked", item.root), item.first, item.last
        for hash in _letters(item.text) if item.text else ():
            yield hash, item.first, item.last


def _by_sentence(context: Context, items: list[_Item]) -> Iterator[Feature]:
    """Neighbours, borders, and what stands in the first and in the last sentence."""
    sentence = context.reading.sentence
    for index, item in enumerate(items):
        number = sentence[item.first]
        same = [other for other in items[index + 1 : index + 3] if sentence[other.first] == number]
        if same:
            yield feature("pair", item.root, same[0].root), item.first, same[0].last
        else:
            yield feature("closes", item.root), item.first, item.last
        if len(same) == 2:
            yield feature("triple", item.root, same[0].root, same[1].root), item.first, same[1].last
        if index == 0 or sentence[items[index - 1].first] != number:
            yield feature("opens", item.root), item.first, item.last
        if number == 0:
            yield feature("first", item.root), item.first, item.last
        if number == sentence[-1]:
            yield feature("last", item.root), item.first, item.last


@lru_cache(maxsize=20_000)
def _letters(text: str) -> tuple[int, ...]:
    framed = f"<{text[:_LONGEST_WORD]}>"
    return tuple(named("letters", framed[start : start + _RUN]) for start in range(len(framed) - _RUN + 1))


def _of_concepts(context: Context) -> Iterator[Feature]:
    for name, bundle in context.lexicon.concepts.items():
        for start, end, _ in context.concept(bundle):
            yield named("concept", name), start, end


def _of_echoes(context: Context, items: list[_Item]) -> Iterator[int]:
    """How much of what the other party said, and of the reasons on the sheet, is said again in the reply."""
    situation, question = context.situation, context.reading.question
    said = {item.text for item in items if item.text}
    asked = {item.text for item in items if item.text and question[item.first]}
    for name, text in (
        ("turn", situation.customer_turn),
        ("call reason", situation.call_reason),
        ("transfer reason", situation.transfer_reason),
    ):
        roots = _weighty_roots(text or "", context.lexicon.verbs)
        if roots:
            yield named("shape", f"{name} again {min(len(roots & said), _MOST_ECHOES)}")
            yield named("shape", f"{name} asked again {min(len(roots & asked), _MOST_ECHOES)}")
            yield named("shape", f"{name} share {4 * len(roots & said) // len(roots)}")


_LIGHT = frozenset(
    listed(
        "estar tener haber poder querer hacer decir ser ir ver dar saber pasar venir poner llamar hablar usted señor "
        "señora favor bueno buenas buenos buen para pero como cuando donde porque entonces tambien gracias ahora este "
        "esta esto todo nada algo otra otro muy mas ustedes nosotros desde hasta sobre"
    )
)
"""Roots that say nothing of what the matter is."""


@lru_cache(maxsize=512)
def _weighty_roots(text: str, verbs: Verbs) -> frozenset[str]:
    roots = (root_of(word, verbs, seldom=False)[0][0] for word in read(text).words[:MOST_BEFORE])
    return frozenset(root for root in roots if len(root) > 3 and root not in _LIGHT)


def _of_situation(context: Context) -> Iterator[int]:
    """What no word of the reply carries."""
    reading, situation = context.reading, context.situation
    if situation.customer_turn:
        verbs, seldom = context.lexicon.verbs, context.lexicon.seldom_verbs
        for word in read(situation.customer_turn).words[:MOST_BEFORE]:
            yield feature("before", text_hash(root_of(word, verbs, seldom=word in seldom)[0][0]))
    else:
        yield named("shape", "opening")
    yield named("shape", f"channel {situation.channel}")
    if not situation.customer:
        yield named("shape", "customer unknown")
    yield named("shape", f"words {min(len(reading.words) // _LENGTH_STEP, _LONGEST)}")
    yield named("shape", f"sentences {min(len(reading.sentences), _MOST_SENTENCES)}")
    greeted = greetings(reading, situation.clock, situation.country)
    if greeted:
        yield named("shape", "greeting right" if greeted[-1].right else "greeting wrong")
