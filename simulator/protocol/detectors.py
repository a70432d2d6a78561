"""Detectors: judgements that words alone cannot make. A rule names one with `detector:`.

| name | judges | kind |
|---|---|---|
| `time-of-day` | a greeting that is right for the hour and country | must be found |
| `treatment` | no form of address but the situation's; not applicable without any second person | must not be broken |
| `plain-language` | sentences of 15 words or fewer on average | must not be broken |
| `concise` | the word limit; sentences of 25 words or fewer; no bare word where more is asked | must not be broken |
| `shouting` | no shouting capitals | must not be broken |
| `spelling` | no misspelled word | must not be broken |
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from simulator.language.folding import fold_keeping_accents
from simulator.language.greeting import greetings
from simulator.language.match import Context
from simulator.language.spelling import dictionary, misspelled
from simulator.language.text import Kind, Reading, read
from simulator.language.treatment import Mark, treatment_marks
from simulator.language.words import listed
from simulator.protocol.catalogue import Verdict

PLAIN_WORDS = 15
"""Marking guide, plain-language."""
CONCISE_WORDS = 25
"""Marking guide, clear-and-concise."""
MOST_NAMED = 6
"""Misspelled words named in the reason; all of them are quoted."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector found: the spans that prove it, in code points, and the reason."""

    verdict: Verdict
    spans: tuple[tuple[int, int], ...]
    reason: str
    args: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))


Detector = Callable[[Context], Detection]


def _time_of_day(context: Context) -> Detection:
    reading, situation = context.reading, context.situation
    found = greetings(reading, situation.clock, situation.country)
    clock = f"{situation.clock // 60:02}:{situation.clock % 60:02}"
    if not found:
        return Detection(Verdict.MISSED, (), "reply-greeting-absent")
    last = found[-1]
    span = reading.span(last.start, last.end)
    shown = {"quote": reading.original[span[0] : span[1]], "clock": clock}
    if last.right:
        return Detection(Verdict.MET, (span,), "reply-greeting-right", shown)
    return Detection(Verdict.MISSED, (span,), "reply-greeting-wrong", shown)


def _treatment(context: Context) -> Detection:
    reading, wanted = context.reading, context.situation.treatment
    marks = treatment_marks(reading, context.lexicon, context.names)
    others = _sentences_to_others(context, marks)
    marks = [mark for mark in marks if reading.sentence[mark.position] not in others]
    if wanted == "usted":
        wrong = [mark for mark in marks if mark.treatment != "usted"]
    else:
        wrong = [
            mark
            for mark in marks
            if (mark.treatment == "usted" and mark.firm)
            or (mark.treatment == "vosotros")
            or (mark.treatment in ("tú", "vos") and mark.treatment != wanted and wanted == "tú")
        ]
    if wrong:
        spans = tuple(dict.fromkeys(reading.span(mark.position, mark.position + 1) for mark in wrong))
        start, end = spans[0]
        shown = {"quote": reading.original[start:end], "treatment": wrong[0].treatment, "wanted": wanted}
        return Detection(Verdict.MISSED, spans, "reply-treatment", shown)
    if not marks and not _addresses(reading, context):
        return Detection(Verdict.NOT_APPLICABLE, (), "reply-no-address")
    return Detection(Verdict.MET, (), "reply-treatment-kept", {"wanted": wanted})


def _sentences_to_others(context: Context, marks: list[Mark]) -> set[int]:
    """Sentences that call somebody else by name («Lucho, pásame sencillo») while usted is kept in other sentences."""
    reading, names = context.reading, context.lexicon.short_names
    if not context.situation.customer:
        return set()
    ours = {position for start, end, _ in context.value("_customer") for position in range(start, end)}
    others: set[int] = set()
    for position, token in enumerate(reading.tokens):
        opens = position == 0 or reading.segment[position - 1] != reading.segment[position]
        inside = position + 1 < len(reading.tokens) and reading.sentence[position + 1] == reading.sentence[position]
        alone = opens and inside and reading.segment[position + 1] != reading.segment[position]
        if alone and token.text[0].isupper() and position not in ours and token.folded in names:
            others.add(reading.sentence[position])
    kept = any(mark.treatment == "usted" and reading.sentence[mark.position] not in others for mark in marks)
    return others if kept else set()


_ADDRESS = frozenset(
    listed(
        "lo la los las señor señora señorita señores don doña caballero dama joven estimado estimada "
        "bienvenido bienvenida gracias usted disculpe perdone buenos buenas buen tardes dias noches hola "
        "saludos"
    )
)


def _addresses(reading: Reading, context: Context) -> bool:
    """Is somebody spoken to at all?"""
    verbs = context.lexicon.verbs
    if any(
        word in _ADDRESS
        or any(code in ("pre.3s", "sub.3s", "imv.3s", "fut.3s", "con.3s") for _, code, _ in verbs.entries(word))
        for word in reading.words
    ):
        return True
    return bool(context.value("_customer"))


def sentence_lengths(reading: Reading) -> list[tuple[int, int, int]]:
    """First position, the one after the last, and words of each sentence (figures and addresses count as words)."""
    return [(start, end, end - start) for start, end in reading.sentences]


_WORD = re.compile(r"\w+(?:['’.,:/-]\w+)*")


def count_words(text: str) -> int:
    """Words of a text of any length."""
    return sum(1 for _ in _WORD.finditer(text))


def _plain_language(context: Context) -> Detection:
    reading = context.reading
    if not reading.words:
        return Detection(Verdict.NOT_APPLICABLE, (), "reply-empty")
    sentences = sentence_lengths(reading)
    total = sum(length for _, _, length in sentences)
    if total > PLAIN_WORDS * len(sentences):
        long = tuple(reading.span(start, end) for start, end, length in sentences if length > PLAIN_WORDS)
        values = {"average": round(total / len(sentences)), "most": PLAIN_WORDS}
        return Detection(Verdict.MISSED, long, "reply-long-sentences", values)
    return Detection(Verdict.MET, (), "reply-plain", {"most": PLAIN_WORDS})


_ASKING = frozenset(listed("qué cómo cuándo cuál cuáles cuánto cuánta cuántos cuántas dónde adónde quién quiénes"))
_ASKING_BARE = frozenset(listed("que como cuando cual cuales cuanto cuanta cuantos cuantas donde adonde quien quienes"))
_BEFORE_ASKING = frozenset(
    listed("y pero entonces pues a de en por con para desde hasta oiga señor señora señorita mire")
)
_SMALL_TALK = re.compile(r"\b(?:qu[eé] tal|c[oó]mo (?:est[aá]s?|le va|te va|anda|andas))\b", re.IGNORECASE)
_YES_OR_NO = frozenset(
    listed(
        "si no claro ok okey bueno listo ya correcto exacto efectivamente aja dale vale perfecto asi es "
        "señor señora señorita don doña caballero dama joven por supuesto pues eh este mire"
    )
)


_HOLDS = frozenset(listed("permitame permiteme permitime espere espereme aguarde momento momentito momentico segundo"))
"""One word that puts the answer off instead of giving it."""


def asks_for_explanation(turn: str) -> bool:
    """Does the other party ask for more than yes or no: with qué, cómo, cuándo, por qué…? Greetings apart.

    Without accents only a question that opens with such a word counts («por que me cobraron?»).
    """
    reading = read(_SMALL_TALK.sub(" ", turn))
    for position, token in enumerate(reading.tokens):
        accented = fold_keeping_accents(token.text)
        if accented in _ASKING and (reading.question[position] or reading.words[max(position - 1, 0)] == "por"):
            return True  # «¿cuándo llega?», «no entiendo por qué»; «qué amable» asks nothing
        if token.folded in _ASKING_BARE and reading.question[position]:
            start = position
            while start and reading.sentence[start - 1] == reading.sentence[position]:
                start -= 1
            if all(word in _BEFORE_ASKING for word in reading.words[start:position]):
                return True
    return False


def _is_bare(context: Context) -> bool:
    """One word at most, or nothing but yes or no, whoever is addressed with it."""
    called = {p for start, end, _ in context.value("_customer") for p in range(start, end)}
    words = [word for position, word in enumerate(context.reading.words) if position not in called]
    if len(words) <= 1:
        return not _HOLDS.intersection(words)
    return all(word in _YES_OR_NO for word in words)


def _concise(context: Context) -> Detection:
    reading, limit = context.reading, context.situation.word_limit
    if not reading.words:
        return Detection(Verdict.NOT_APPLICABLE, (), "reply-empty")
    words = count_words(reading.original)
    if asks_for_explanation(context.situation.customer_turn or "") and _is_bare(context):
        whole = (reading.tokens[0].start, reading.tokens[-1].end)
        quote = reading.original[whole[0] : whole[1]]
        return Detection(Verdict.MISSED, (whole,), "reply-too-short", {"quote": quote})
    if words > limit:
        whole = (reading.tokens[0].start, len(reading.original))
        return Detection(Verdict.MISSED, (whole,), "reply-too-long", {"words": words, "limit": limit})
    sentences = sentence_lengths(reading)
    total = sum(length for _, _, length in sentences)
    if total > CONCISE_WORDS * len(sentences):
        long = tuple(reading.span(start, end) for start, end, length in sentences if length > CONCISE_WORDS)
        values = {"average": round(total / len(sentences)), "most": CONCISE_WORDS}
        return Detection(Verdict.MISSED, long, "reply-long-sentences", values)
    return Detection(Verdict.MET, (), "reply-concise", {"words": words})


def _shouting(context: Context) -> Detection:
    """Two words of four letters or more in capitals side by side, or three of any; names of the situation apart."""
    reading = context.reading
    loud = [
        token.kind is Kind.WORD
        and len(token.text) >= 2
        and token.text.isupper()
        and not reading.quoted[index]
        and token.folded not in context.names
        for index, token in enumerate(reading.tokens)
    ]
    spans = []
    index = 0
    while index < len(loud):
        if not loud[index]:
            index += 1
            continue
        start = index
        while index < len(loud) and loud[index]:
            index += 1
        letters = [len(reading.tokens[position].text) for position in range(start, index)]
        if index - start >= 3 or (index - start == 2 and min(letters) >= 4):
            spans.append(reading.span(start, index))
    if spans:
        start, end = spans[0]
        return Detection(Verdict.MISSED, tuple(spans), "reply-shouting", {"quote": reading.original[start:end]})
    return Detection(Verdict.MET, (), "reply-no-breach")


def _spelling(context: Context) -> Detection:
    reading = context.reading
    if not reading.words:
        return Detection(Verdict.NOT_APPLICABLE, (), "reply-empty")
    lexicon = context.lexicon
    wrong = misspelled(reading, lexicon.verbs, context.names, lexicon.short_names, dictionary())
    if wrong:
        spans = tuple(reading.span(position, position + 1) for position in wrong)
        quotes = dict.fromkeys(reading.original[start:end] for start, end in spans)
        shown = ", ".join(f"«{quote}»" for quote in list(quotes)[:MOST_NAMED])
        return Detection(Verdict.MISSED, spans, "reply-misspelled", {"words": shown})
    return Detection(Verdict.MET, (), "reply-spelled")


DETECTORS: Mapping[str, Detector] = MappingProxyType(
    {
        "time-of-day": _time_of_day,
        "treatment": _treatment,
        "plain-language": _plain_language,
        "concise": _concise,
        "shouting": _shouting,
        "spelling": _spelling,
    }
)
"""By the name that rules use."""
