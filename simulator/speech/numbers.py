"""Spanish number words. Pure. A foreign voice would read digits in its own language, so no digit ever reaches it."""

from typing import Final

_UNITS: Final = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
    "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
    "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_TENS: Final = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_HUNDREDS: Final = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
    "ochocientos", "novecientos",
)  # fmt: skip
LARGEST: Final = 10**12 - 1
"""Largest number that is read as a number; above it digits are read one by one."""


def cardinal(number: int) -> str:
    """``48900`` → ``cuarenta y ocho mil novecientos``; 0 … ``LARGEST``, ValueError outside."""
    if not 0 <= number <= LARGEST:
        raise ValueError(number)
    millions, rest = divmod(number, 10**6)
    parts: list[str] = []
    if millions:
        parts.append("un millón" if millions == 1 else f"{shortened(_below_million(millions))} millones")
    if rest or not millions:
        parts.append(_below_million(rest))
    return " ".join(parts)


def shortened(words: str) -> str:
    """The form before a masculine noun: ``veintiuno`` → ``veintiún``, ``ciento uno`` → ``ciento un``."""
    if words.endswith("veintiuno"):
        return words[:-3] + "ún"
    if words == "uno" or words.endswith(" uno"):
        return words[:-1]
    return words


def feminine(words: str) -> str:
    """The form before a feminine noun: ``veintiuno`` → ``veintiuna``, ``doscientos`` → ``doscientas``."""
    words = words.replace("cientos", "cientas").replace("quinientos", "quinientas")
    return words[:-1] + "a" if words.endswith("uno") else words


def one_by_one(digits: str) -> str:
    """``4471`` → ``cuatro cuatro siete uno``: how an account or telephone number is read out."""
    return " ".join(_UNITS[int(digit)] for digit in digits)


def _below_million(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts: list[str] = []
    if thousands:
        parts.append("mil" if thousands == 1 else f"{shortened(_below_thousand(thousands))} mil")
    if rest or not thousands:
        parts.append(_below_thousand(rest))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    parts = [_HUNDREDS[hundreds]] if hundreds else []
    if rest or not hundreds:
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    tens, unit = divmod(number, 10)
    return _TENS[tens] if not unit else f"{_TENS[tens]} y {_UNITS[unit]}"
