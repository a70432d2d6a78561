"""From the written line to what is said aloud: figures in words, abbreviations in full, one string a sentence. Pure."""

import re
from collections.abc import Callable
from typing import Final

from simulator.speech.numbers import LARGEST, cardinal, feminine, one_by_one, shortened

_ABBREVIATIONS: Final = {
    "sr.": "señor", "sra.": "señora", "srta.": "señorita", "sres.": "señores", "dr.": "doctor", "dra.": "doctora",
    "ud.": "usted", "uds.": "ustedes", "vd.": "usted", "etc.": "etcétera", "pág.": "página", "tel.": "teléfono",
    "n.º": "número", "n.°": "número", "nº": "número", "n°": "número", "nro.": "número", "núm.": "número",
    "a. m.": "de la mañana", "a.m.": "de la mañana", "p. m.": "de la tarde", "p.m.": "de la tarde",
    "av.": "avenida", "cra.": "carrera", "apto.": "apartamento",
}  # fmt: skip
_ABBREVIATION: Final = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(word) for word in sorted(_ABBREVIATIONS, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)
_CLOSING_ABBREVIATIONS: Final = frozenset({"etc.", "a. m.", "a.m.", "p. m.", "p.m."})
_ORDINALS: Final = ("primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim")
_MONEY: Final = re.compile(r"(US\$|USD|COP|MXN|\$|€)\s?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?(?!\d)")
_MONEY_AFTER: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s?(€|USD|COP|MXN)(?!\w)")
_CURRENCIES: Final = {
    "US$": ("dólar", "dólares"), "USD": ("dólar", "dólares"), "€": ("euro", "euros"), "$": ("peso", "pesos"),
    "COP": ("peso", "pesos"), "MXN": ("peso", "pesos"),
}  # fmt: skip
_CLOCK: Final = re.compile(r"(?<![\d:.,-])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
_DATE: Final = re.compile(r"(?<![\d/])(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/(\d{4})(?![\d/])")
_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_ORDINAL: Final = re.compile(r"(?<!\d)(10|[1-9])\.?(º|°|ª|er|era|ro|ra|do|da)(?!\w)")
_CODE: Final = re.compile(r"(?<![\w.,])\d+(?:[-‐–]\d+)+(?!\w)|(?<![\w.,])(?:0\d+|\d{7,})(?![\w])(?![.,]\d)")
_DECIMAL: Final = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+),(\d+)(?!\d)")
_NUMBER: Final = re.compile(r"(?<!\d)(\d{1,3}(?:\.\d{3})+|\d+)(?!\d)(?:(\s+)(?=([^\W\d_]+)))?")
_MASCULINE_IN_A: Final = frozenset(
    {"día", "días", "problema", "problemas", "sistema", "sistemas", "programa", "programas"}
)
_FUNCTION_WORDS: Final = frozenset(
    {
        "por",
        "con",
        "del",
        "que",
        "pero",
        "para",
        "hasta",
        "contra",
        "era",
        "eran",
        "están",
        "hacia",
        "sin",
        "una",
        "las",
    }
)
_FEMININE: Final = frozenset({"vez", "veces", "hora", "horas", "noche", "noches", "llamada", "llamadas"})
_SITE: Final = re.compile(
    r"(?<!\w)(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|example|co|es|mx|ar|pe|cl|ec|ve|do|info|gov|gob)(?!\w)"
)
_PAUSES: Final = re.compile(r"\s*(?:[()\[\]]|\s[—–-]\s|[—–])\s*")
_SILENT: Final = re.compile(r"[«»“”\"'‘’*_~`#<>{}|\\^]")
_UNSPOKEN: Final = re.compile(r"[^\w\s.,;:!?¡¿…%@+&/=$€-]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+(?=[^\s])")
# A foreign voice reads the one-letter word "y" as the name of that letter; this spelling gives it the Spanish vowel.
_Y: Final = {"en-us": "ee", "pt-br": "i", "de": "i", "it": "i", "fr": "i", "ru": "i"}


def sentences(text: str, language: str = "es-419") -> tuple[str, ...]:
    """The sentences of a line as they are to be read by a voice of ``language``; those without a word are dropped."""
    ready = in_words(text)
    if language in _Y:
        ready = re.sub(r"(?<!\w)[yY](?!\w)", _Y[language], ready)
    parts = (part.strip(" ,;") for part in _SENTENCE_END.split(ready))
    return tuple(part for part in parts if any(character.isalnum() for character in part))


def in_words(text: str) -> str:
    """``Me cobraron $48.900 (dos veces)`` → ``Me cobraron cuarenta y ocho mil novecientos pesos, dos veces``."""
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_ABBREVIATION, _abbreviation),
        (_MONEY, lambda m: _money(m[2], m[3], m[1])),
        (_MONEY_AFTER, lambda m: _money(m[1], m[2], m[3])),
        (_DATE, lambda m: f"{_day(int(m[1]))} de {_MONTHS[int(m[2]) - 1]} de {cardinal(int(m[3]))}"),
        (_CLOCK, _clock),
        (_ORDINAL, _ordinal),
        (_CODE, lambda m: ", ".join(one_by_one(group) for group in re.findall(r"\d+", m[0]))),
        (_DECIMAL, lambda m: f"{_amount(m[1])} coma {_fraction(m[2])}"),
        (_SITE, lambda m: m[0].replace(".", " punto ").replace("www", "triple doble ve")),
        (_NUMBER, _number),
    )
    for pattern, replacement in steps:
        text = pattern.sub(replacement, text)
    text = text.replace("%", " por ciento").replace("@", " arroba ").replace("&", " y ").replace("$", " pesos ")
    text = _PAUSES.sub(", ", text)
    text = _UNSPOKEN.sub(" ", _SILENT.sub("", text))
    text = re.sub(r"\s+([.,;:!?…])", r"\1", text)
    text = re.sub(r"[,;]+(?=[.,;:!?…])", "", text)
    return re.sub(r"\s+", " ", text).strip(" ,;")


def _abbreviation(match: re.Match[str]) -> str:
    folded = match[0].lower()
    words = _ABBREVIATIONS[folded]
    # An abbreviation may also end its sentence; only a capital or an opening sign after it, or nothing, tells.
    rest = match.string[match.end() :].lstrip(" »”\"'")
    ends = folded in _CLOSING_ABBREVIATIONS and (not rest or rest[0].isupper() or rest[0] in "¡¿")
    return words + "." if ends else words


def _plain(digits: str) -> int:
    return int(digits.replace(".", ""))


def _amount(digits: str) -> str:
    number = _plain(digits)
    return cardinal(number) if number <= LARGEST else one_by_one(str(number))


def _fraction(digits: str) -> str:
    return one_by_one(digits) if digits.startswith("0") or len(digits) > 2 else cardinal(int(digits))


def _money(whole: str, cents: str | None, sign: str) -> str:
    one, many = _CURRENCIES[sign]
    words = shortened(_amount(whole))
    link = " de" if words.endswith(("millón", "millones")) else ""
    spoken = f"{words}{link} {one if words == 'un' else many}"
    return spoken if not cents or not int(cents) else f"{spoken} con {cardinal(int(cents))}"


def _day(day: int) -> str:
    return "primero" if day == 1 else cardinal(day)


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    return f"{feminine(cardinal(hour))} {f'y {cardinal(minute)}' if minute else 'en punto'}"


def _ordinal(match: re.Match[str]) -> str:
    stem, ending = _ORDINALS[int(match[1]) - 1], match[2]
    if ending == "er":
        return stem
    return stem + ("a" if ending in {"ª", "era", "ra", "da"} else "o")


def _number(match: re.Match[str]) -> str:
    words, noun = _amount(match[1]), (match[3] or "").lower()
    space = " " if match[2] else ""
    if not noun or noun in _FUNCTION_WORDS:
        return words + space
    if noun in _FEMININE or (noun.endswith(("a", "as")) and noun not in _MASCULINE_IN_A and len(noun) > 2):
        return feminine(words) + space
    if words.endswith("uno") and len(noun) > 2:
        return shortened(words) + space
    return words + space
