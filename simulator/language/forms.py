"""Conjugation: all simple forms of a Spanish verb, with the features that `treatment` reads.

A form's code is `tense.person`, where tense is one of `pre` (present), `imp` (imperfect), `ret` (preterite), `fut`,
`con` (conditional), `sub` (present subjunctive), `sui` (imperfect subjunctive), `imv` (imperative), and person one of
`1s 2s 2v 3s 1p 2p 3p`: `2s` is tú, `2v` vos, `2p` vosotros; of the imperative `3s` is usted and `3p` ustedes.
`inf`, `ger` and `par.ms par.fs par.mp par.fp` stand alone. Pronouns attached to a form are taken off when a token is
looked up (`without_clitics`), so that no table has to hold them.

Regularities after the Real Academia's *Nueva gramática*, chapter 4 (spelling changes, diphthongs, closing vowels);
irregular verbs stand in `irregular.py`; which verbs change their stem is data (`assets/language/es/verbs.yaml`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from simulator.language.folding import fold
from simulator.language.irregular import FAMILIES, PARTICIPLES, WHOLE, Family

Form = tuple[str, str]
"""The written form and its code."""

PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")

_PRESENT = {
    "a": ("o", "as", "a", "amos", "áis", "an"),
    "e": ("o", "es", "e", "emos", "éis", "en"),
    "i": ("o", "es", "e", "imos", "ís", "en"),
}
_SUBJUNCTIVE = {"a": ("e", "es", "e", "emos", "éis", "en"), "e": ("a", "as", "a", "amos", "áis", "an")}
_SUBJUNCTIVE["i"] = _SUBJUNCTIVE["e"]
_IMPERFECT = {
    "a": ("aba", "abas", "aba", "ábamos", "abais", "aban"),
    "e": ("ía", "ías", "ía", "íamos", "íais", "ían"),
}
_IMPERFECT["i"] = _IMPERFECT["e"]
_PRETERITE = {
    "a": ("é", "aste", "ó", "amos", "asteis", "aron"),
    "e": ("í", "iste", "ió", "imos", "isteis", "ieron"),
}
_PRETERITE["i"] = _PRETERITE["e"]
_STRONG = ("e", "iste", "o", "imos", "isteis", "ieron")
_FUTURE = ("é", "ás", "á", "emos", "éis", "án")
_CONDITIONAL = ("ía", "ías", "ía", "íamos", "íais", "ían")
_PAST_SUBJUNCTIVE = (("ra", "ras", "ra", "ramos", "rais", "ran"), ("se", "ses", "se", "semos", "seis", "sen"))
_VOS = {"a": ("ás", "á"), "e": ("és", "é"), "i": ("ís", "í")}
_VOWELS = "aeiouáéíóú"
_NOT_ZC = ("mecer", "cocer", "hacer", "facer")

Change = str
"""How the stressed stem changes: `e-ie o-ue u-ue e-i i-í u-ú` or empty."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a code says. `treatment` is set for forms that only one treatment uses."""

    mood: str
    tense: str
    person: int
    number: str
    treatment: str


_MOODS = {
    "sub": "subjunctive",
    "sui": "subjunctive",
    "imv": "imperative",
    "inf": "infinitive",
    "ger": "gerund",
    "par": "participle",
}
_TREATMENTS = {"2s": "tú", "2v": "vos", "2p": "vosotros"}


@lru_cache(maxsize=128)
def features(code: str) -> Features:
    """The features of a form's code. A third person outside the imperative leaves the treatment open."""
    tense, _, person = code.partition(".")
    treatment = _TREATMENTS.get(person, "")
    if tense == "imv" and person in ("3s", "3p"):
        treatment = "usted" if person == "3s" else "ustedes"
    number = "" if not person else ("p" if person[1] == "p" else "s")
    return Features(
        mood=_MOODS.get(tense, "indicative"),
        tense=tense,
        person=int(person[0]) if person[:1].isdigit() else 0,
        number=number,
        treatment=treatment,
    )


def is_infinitive(word: str) -> bool:
    """Does a word look like an infinitive, with or without -se?"""
    bare = word[:-2] if word.endswith("se") and len(word) > 5 else word
    return len(bare) >= 2 and bare[-1] == "r" and bare[-2] in "aeií" and (len(bare) > 2 or bare == "ir")


def conjugate(infinitive: str, change: Change = "") -> list[Form]:
    """All simple forms of a verb, accents written. `change` is the stem change of `verbs.yaml`.

    Reflexive infinitives are taken without -se. Forms may repeat under several codes (the imperative of usted is the
    subjunctive); no clitics are attached.
    """
    if infinitive.endswith("se") and len(infinitive) > 4 and infinitive[-3] == "r":
        infinitive = infinitive[:-2]
    if infinitive in WHOLE:
        return list(_whole(infinitive))
    vowel = {"í": "i"}.get(infinitive[-2], infinitive[-2])
    family = _family(infinitive)
    return list(_regular(infinitive, infinitive[:-2], vowel, change, family))


def without_clitics(folded: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The ways of taking one or two attached pronouns off a folded word, with the pronouns taken.

    `-d` of vosotros and `-s` of nosotros, lost before *os* and *nos* (sentaos, vámonos), are put back as well.
    """
    for pair, pronouns in _CLITIC_PAIRS.get(folded[-4:], ()):
        if len(folded) > len(pair) + 1:
            yield folded[: -len(pair)], pronouns
    for pair, pronouns in _CLITIC_PAIRS.get(folded[-5:], ()):
        if len(folded) > len(pair) + 1:
            yield folded[: -len(pair)], pronouns
    for pair, pronouns in _CLITIC_PAIRS.get(folded[-6:], ()):
        if len(folded) > len(pair) + 1:
            yield folded[: -len(pair)], pronouns
    for length in (2, 3):
        tail = folded[-length:]
        if tail in _CLITICS and len(folded) > length + 1:
            base = folded[:-length]
            yield base, (tail,)
            if tail == "nos":
                yield base + "s", (tail,)
            elif tail == "os":
                yield base + "d", (tail,)


TAKES_CLITICS = ("imv", "inf", "ger")
"""Tenses to which pronouns are attached."""

_CLITICS = frozenset({"me", "te", "se", "lo", "la", "le", "los", "las", "les", "nos", "os"})


def _pairs() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    pairs: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for first in ("me", "te", "se", "nos", "os"):
        for second in ("lo", "la", "los", "las", "le", "les", "me", "te", "nos"):
            if first != second:
                pairs.setdefault(first + second, []).append((first + second, (first, second)))
    return {key: tuple(value) for key, value in pairs.items()}


_CLITIC_PAIRS = _pairs()


def _family(infinitive: str) -> tuple[str, Family] | None:
    for length in range(min(len(infinitive), 6), 2, -1):
        family = FAMILIES.get(infinitive[-length:])
        if family is not None and (family.whole is False or length == len(infinitive)):
            return infinitive[:-length], family
    return None


def _whole(infinitive: str) -> Iterator[Form]:
    for code, text in WHOLE[infinitive].items():
        forms = text.split()
        if code in ("inf", "ger", "imv.2s", "imv.2v", "imv.3s", "imv.1p", "imv.2p", "imv.3p", "pre.2v"):
            for form in forms:
                yield form, code
        elif code == "par":
            yield from _participles(forms[0])
        elif code == "fut":
            yield from _futures(forms[0])
        elif code == "sui":
            yield from _past_subjunctives(forms[0])
        else:
            for form, person in zip(forms, PERSONS, strict=True):
                yield form, f"{code}.{person}"


def _regular(
    infinitive: str, stem: str, vowel: str, change: Change, named: tuple[str, Family] | None
) -> Iterator[Form]:
    prefix, family = named if named is not None else ("", None)
    stressed = _stressed(stem, change)
    closed = _closed(stem, change) if vowel == "i" else stem
    yield infinitive, "inf"
    # Present
    first = prefix + family.first if family and family.first else _before_o(infinitive, stressed, vowel)
    tu = prefix + family.stressed if family and family.stressed else _with_y(infinitive, stressed)
    endings = _PRESENT[vowel]
    yield first, "pre.1s"
    for ending, person in zip(endings[1:], PERSONS[1:], strict=True):
        yield (stem if person in ("1p", "2p") else tu) + ending, f"pre.{person}"
    yield stem + _VOS[vowel][0], "pre.2v"
    # Imperfect, future, conditional
    for ending, person in zip(_IMPERFECT[vowel], PERSONS, strict=True):
        yield stem + ending, f"imp.{person}"
    yield from _futures(prefix + family.future if family and family.future else infinitive.replace("í", "i"))
    # Preterite and what hangs on it
    strong = prefix + family.preterite if family and family.preterite else ""
    if strong:
        plural = "eron" if strong[-1] in "j" else "ieron"
        for ending, person in zip((*_STRONG[:5], plural), PERSONS, strict=True):
            text = strong + ending
            if (person == "3s" and strong.endswith("hic")) or (person == "3s" and strong.endswith("fic")):
                text = strong[:-1] + "zo"
            yield text, f"ret.{person}"
        yield from _past_subjunctives(strong + plural[:-3])
    else:
        third = _PRETERITE[vowel][2]
        thirds = _PRETERITE[vowel][5]
        base = closed
        if vowel != "a":
            if stem[-1:] in "aeiouáéíóú" and stem and not stem.endswith(("gu", "qu")):
                third, thirds = "yó", "yeron"
                if closed != stem or infinitive.endswith(("reír", "reir", "freír", "freir")):
                    third, thirds = "ó", "eron"
            elif stem.endswith(("ñ", "ll", "ch")):
                third, thirds = "ó", "eron"
        for ending, person in zip(_PRETERITE[vowel], PERSONS, strict=True):
            if person == "1s":
                yield _before_e(stem, vowel) + ending, "ret.1s"
            elif person == "3s":
                yield base + third, "ret.3s"
            elif person == "3p":
                yield base + thirds, "ret.3p"
            else:
                hiatus = vowel != "a" and stem[-1:] in "aeo"
                yield stem + ("í" + ending[1:] if hiatus and stem else ending), f"ret.{person}"
        yield from _past_subjunctives(base + thirds[:-3])
    # Subjunctive and imperative
    if family and family.subjunctive:
        root = open_root = prefix + family.subjunctive
    elif family and family.first:
        root = open_root = first[:-1]
    elif vowel == "a":
        root, open_root = _before_e(stressed, vowel), _before_e(stem, vowel)
    else:
        root = _before_o(infinitive, stressed, vowel)[:-1]
        open_root = _before_o(infinitive, closed, vowel)[:-1]  # durmamos, pidamos
    marks = _SUBJUNCTIVE[vowel]
    for ending, person in zip(marks, PERSONS, strict=True):
        yield (open_root if person in ("1p", "2p") else root) + ending, f"sub.{person}"
    yield open_root + ("és" if vowel == "a" else "ás"), "sub.2v"
    yield root + marks[0], "imv.3s"
    yield open_root + marks[3], "imv.1p"
    yield root + marks[5], "imv.3p"
    short = _accented(prefix + family.imperative) if family and prefix else family.imperative if family else ""
    yield short if family and family.imperative else tu + endings[2], "imv.2s"
    yield stem + _VOS[vowel][1], "imv.2v"
    yield stem + {"a": "ad", "e": "ed", "i": "id"}[vowel], "imv.2p"
    # Gerund and participle
    gerund = "ando" if vowel == "a" else "iendo"
    if vowel != "a" and stem[-1:] in "aeiou" and not stem.endswith(("gu", "qu")):
        gerund = "endo" if closed != stem else "yendo"
    elif vowel != "a" and stem.endswith(("ñ", "ll", "ch")):
        gerund = "endo"
    yield (prefix + family.gerund if family and family.gerund else closed + gerund), "ger"
    yield from _all_participles(infinitive, stem, vowel)


def _accented(short: str) -> str:
    """Mantén, propón, prevén: the short imperative of tú under a prefix."""
    return short[:-2] + {"en": "én", "on": "ón"}.get(short[-2:], short[-2:])


def _futures(stem: str) -> Iterator[Form]:
    for ending, person in zip(_FUTURE, PERSONS, strict=True):
        yield stem + ending, f"fut.{person}"
    for ending, person in zip(_CONDITIONAL, PERSONS, strict=True):
        yield stem + ending, f"con.{person}"


def _past_subjunctives(stem: str) -> Iterator[Form]:
    """`stem` is the third person plural of the preterite without -ron."""
    marked = stem[:-1] + {"a": "á", "e": "é"}.get(stem[-1:], stem[-1:])
    for series in _PAST_SUBJUNCTIVE:
        for ending, person in zip(series, PERSONS, strict=True):
            yield (marked if person == "1p" else stem) + ending, f"sui.{person}"


def _all_participles(infinitive: str, stem: str, vowel: str) -> Iterator[Form]:
    for length in range(min(len(infinitive), 8), 2, -1):
        irregular = PARTICIPLES.get(infinitive[-length:])
        if irregular is not None and (length > 3 or length == len(infinitive) or infinitive.endswith("ver")):
            yield from _participles(infinitive[:-length] + irregular)
            if not infinitive.endswith(("imprimir", "freír", "proveer", "despertar", "prender")):
                return
            break
    yield from _participles(stem + ("ado" if vowel == "a" else "ído" if stem[-1:] in "aeo" else "ido"))


def _participles(masculine: str) -> Iterator[Form]:
    root = masculine[:-1]
    yield masculine, "par.ms"
    yield root + "a", "par.fs"
    yield root + "os", "par.mp"
    yield root + "as", "par.fp"


def _stressed(stem: str, change: Change) -> str:
    old, _, new = change.partition("-")
    if not old:
        return stem
    if change == "e-i" and stem.endswith("e"):
        return stem[:-1] + "í"
    index = stem.rfind(old)
    if index < 0:
        return stem
    if new == "ie" and index == 0:
        new = "ye"
    elif new == "ue" and index == 0:
        new = "hue"
    elif new == "ue" and stem[index - 1] == "g" and old == "o":
        new = "üe"
    return stem[:index] + new + stem[index + 1 :]


def _closed(stem: str, change: Change) -> str:
    """The stem of pidió, durmió: e → i, o → u in -ir verbs that change."""
    pair = {"e-ie": ("e", "i"), "e-i": ("e", "i"), "o-ue": ("o", "u")}.get(change)
    if pair is None:
        return stem
    index = stem.rfind(pair[0])
    closed = stem if index < 0 else stem[:index] + pair[1] + stem[index + 1 :]
    return closed[:-1] if closed.endswith("ii") else closed


def _with_y(infinitive: str, stem: str) -> str:
    """Construir: construy-."""
    return stem + "y" if infinitive.endswith("uir") and not infinitive.endswith(("guir", "quir")) else stem


def _before_o(infinitive: str, stem: str, vowel: str) -> str:
    """The first person singular, written so that it sounds like the rest."""
    if vowel == "a":
        return stem + "o"
    if infinitive.endswith(("cer", "cir")) and stem.endswith("c"):
        zc = stem[-2:-1] in _VOWELS and stem[-2:-1] and not infinitive.endswith(_NOT_ZC)
        return stem[:-1] + ("zco" if zc else "zo")
    if stem.endswith("g") and infinitive.endswith(("ger", "gir")):
        return stem[:-1] + "jo"
    if stem.endswith("gu") and infinitive.endswith("guir"):
        return stem[:-1] + "o"
    if stem.endswith("qu"):
        return stem[:-2] + "co"
    return _with_y(infinitive, stem) + "o"


def _before_e(stem: str, vowel: str) -> str:
    """The stem of an -ar verb before e: busqué, pagué, realicé, averigüé."""
    if vowel != "a":
        return stem
    if stem.endswith("c"):
        return stem[:-1] + "qu"
    if stem.endswith("gu"):
        return stem[:-1] + "ü"
    if stem.endswith("g"):
        return stem + "u"
    if stem.endswith("z"):
        return stem[:-1] + "c"
    return stem


def forms_of(infinitive: str, change: Change = "") -> tuple[str, ...]:
    """The distinct written forms of a verb, in the order of conjugation: what an author is shown for `verbo~`."""
    return tuple(dict.fromkeys(text for text, _ in conjugate(infinitive, change)))


def attach(form: str, *pronouns: str) -> str:
    """Folded form with pronouns attached, as a reader would look it up: `attach("pase", "me", "la")` → `pasemela`."""
    return fold(form) + "".join(pronouns)
