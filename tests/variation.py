"""The same reply said otherwise: without accents, with a typo, to another customer, in another treatment.

What is varied stands for what must not decide a mark. Every variation is a function of the reply alone.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from simulator.language.accents import attached
from simulator.language.folding import fold
from simulator.language.forms import conjugate
from simulator.language.lexicon import Lexicon
from simulator.language.situation import Situation
from simulator.language.text import Kind, read
from simulator.language.treatment import treatment_marks
from simulator.language.values import names
from simulator.scoring.replies import LabelledReply

LONG = 7
"""Letters of a word that gets a typo."""
WRITTEN_OTHERWISE = frozenset({"spelling", "plain-language"})
"""Checkpoints whose labels change with how a reply is written."""


def bare(reply: LabelledReply) -> LabelledReply | None:
    """Lower case, no accents, no punctuation, as a recogniser writes; None where capitals are the point."""
    if _shouts(reply.reply):
        return None
    text = re.sub(r"[.,;:!?¡¿«»\"“”()…—–-]+", " ", _unaccented(reply.reply.lower()))
    return replace(reply, reply=re.sub(r"\s+", " ", text).strip())


def with_typo(reply: LabelledReply) -> LabelledReply | None:
    """One slip in one long word that is no name: two letters swapped, one lost, or one doubled. None without one."""
    reading = read(reply.reply)
    known = names(reply.situation)
    long = [
        token
        for token in reading.tokens
        if token.kind is Kind.WORD and len(token.text) >= LONG and token.folded not in known and token.text.islower()
    ]
    if not long:
        return None
    chance = int.from_bytes(hashlib.sha256(reply.reply.encode()).digest()[1:5], "big")
    token = long[chance % len(long)]
    at = 2 + chance // 7 % (len(token.text) - 4)
    word = token.text
    slip = (
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
    )[chance // 3 % 3]
    return replace(reply, reply=reply.reply[: token.start] + slip + reply.reply[token.end :])


def bare_with_typo(reply: LabelledReply) -> LabelledReply | None:
    """Everything at once."""
    slipped = with_typo(reply)
    return None if slipped is None else bare(slipped)


def _shouts(text: str) -> bool:
    return bool(re.search(r"[A-ZÁÉÍÓÚÑ]{4,}", text))


def _unaccented(text: str) -> str:
    return text.translate(str.maketrans("áéíóúüÁÉÍÓÚÜ", "aeiouuAEIOUU"))


# ---- other people

WOMEN = ("Marta", "Lucía", "Carolina", "Beatriz", "Susana", "Claudia")
MEN = ("Hernán", "Rodrigo", "Esteban", "Gonzalo", "Tomás", "Julián")
SURNAMES = ("Ibarra", "Quintero", "Salcedo", "Montoya", "Villalba", "Cifuentes")
_TITLES = {
    "señor": "señora", "don": "doña", "sr": "sra", "caballero": "dama", "doctor": "doctora", "bienvenido": "bienvenida",
    "estimado": "estimada", "ingeniero": "ingeniera", "licenciado": "licenciada",
}  # fmt: skip
_SWAPPED = MappingProxyType({**_TITLES, **{woman: man for man, woman in _TITLES.items()}})


def other_customer(reply: LabelledReply) -> LabelledReply | None:
    """The customer's name and gender changed wherever they stand."""
    return _other_person(reply, reply.situation.customer, "customer", titles=True)


def other_agent(reply: LabelledReply) -> LabelledReply | None:
    """The agent's name and gender changed."""
    return _other_person(reply, reply.situation.agent, "agent", titles=False)


def _other_person(reply: LabelledReply, name: str | None, role: str, *, titles: bool) -> LabelledReply | None:
    """None where somebody is called by a short form, which no list could change along."""
    parts = (name or "").split()
    if len(parts) < 2:
        return None
    number = hashlib.sha256((name or "").encode()).digest()[0]
    others = {fold(word) for word in re.findall(r"\w+", _all_names(reply.situation, role))}
    free = [other for other in (MEN if fold(parts[0]).endswith("a") else WOMEN) if fold(other) not in others]
    family = [other for other in SURNAMES if fold(other) not in others]
    first = free[number % len(free)]
    new = {fold(part): family[(number + i) % len(family)] for i, part in enumerate(parts)}
    new[fold(parts[0])] = first
    if set(new) & (others | set(_SWAPPED)) or any(len(part) < 4 for part in parts):
        return None  # the company or another person bears the same name; «de la»; doña Bienvenida
    said = {token.folded for token in read(reply.reply).tokens}
    if any(word[:3] == part[:3] and word != part for word in said for part in new):
        return None  # «Martica», «Dani»: a short form
    table = {**new, **(_SWAPPED if titles else {})}
    called = " ".join([first, *(new[fold(part)] for part in parts[1:])])
    situation = replace(reply.situation, customer_turn=_replaced(reply.situation.customer_turn, new))
    situation = replace(situation, customer=called) if role == "customer" else replace(situation, agent=called)
    return replace(reply, situation=situation, reply=_replaced(reply.reply, table) or "")


def _all_names(situation: Situation, role: str) -> str:
    texts = {
        "customer": situation.customer,
        "agent": situation.agent,
        "company": situation.company,
        "area": situation.area,
    }
    return " ".join(text or "" for key, text in texts.items() if key != role)


def _replaced(text: str | None, table: Mapping[str, str]) -> str | None:
    if text is None:
        return None

    def other(match: re.Match[str]) -> str:
        word = match.group()
        new = table.get(fold(word))
        if new is None:
            return word
        new = new if word[0].isupper() else new.lower()
        return new[0].upper() + new[1:] if word[0].isupper() else new

    return re.sub(r"[^\W\d_]+", other, text)


# ---- another treatment

_TO_USTED = {"te": "le", "tu": "su", "tus": "sus", "ti": "usted", "tú": "usted", "vos": "usted", "os": "les"}


def in_usted(reply: LabelledReply, lexicon: Lexicon) -> LabelledReply | None:
    """Tú or vos turned into usted; None where the reply has neither, or a form that cannot be turned for sure."""
    reading = read(reply.reply)
    marks = {mark.position for mark in treatment_marks(reading, lexicon) if mark.treatment not in ("usted", "ustedes")}
    if not marks:
        return None
    pieces: list[str] = []
    end = 0
    for position in sorted(marks):
        token = reading.tokens[position]
        new = _TO_USTED.get(token.text.lower()) or _verb_in_usted(token.folded, lexicon)
        if new is None:
            return None
        new = new[0].upper() + new[1:] if token.text[0].isupper() else new
        pieces += [reply.reply[end : token.start], new]
        end = token.end
    situation = replace(reply.situation, treatment="usted")
    return replace(reply, situation=situation, reply="".join(pieces) + reply.reply[end:])


def _verb_in_usted(folded: str, lexicon: Lexicon) -> str | None:
    verbs = lexicon.verbs
    bare_forms = [(infinitive, code, ()) for infinitive, code, _ in verbs.entries(folded)]
    with_pronouns = [(infinitive, code, pronouns) for infinitive, code, _, pronouns in verbs.with_pronouns(folded)]
    for infinitive, code, pronouns in (*bare_forms, *with_pronouns):
        tense, _, person = code.partition(".")
        if person not in ("2s", "2v"):
            continue
        wanted = f"{tense}.3s"
        for written, other in conjugate(infinitive, lexicon.change(infinitive)):
            if other == wanted:
                changed = tuple({"te": "se"}.get(pronoun, pronoun) for pronoun in pronouns)
                return attached(written, changed) if changed else written
    return None


VARIATIONS: Mapping[str, Callable[[LabelledReply], LabelledReply | None]] = MappingProxyType(
    {
        "no accents, no punctuation, lower case": bare,
        "one typo in a long word": with_typo,
        "both": bare_with_typo,
    }
)
"""How a reply may be entered: the figures may fall a little."""

PEOPLE: Mapping[str, Callable[[LabelledReply], LabelledReply | None]] = MappingProxyType(
    {"another customer, of the other gender": other_customer, "another agent, of the other gender": other_agent}
)
"""Who speaks and is spoken to: no verdict may change."""
