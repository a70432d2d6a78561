"""Numbers, durations, hours, dates and amounts in a reading, as words or digits, each with its value."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.language.text import Kind, Reading
from simulator.language.words import listed

_UNITS = dict(
    zip(
        listed(
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
            "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco "
            "veintiseis veintisiete veintiocho veintinueve"
        ),
        range(30),
        strict=True,
    )
)
_UNITS |= {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21}
_TENS = dict(zip(listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa"), range(30, 100, 10), strict=True))
_HUNDREDS = {"cien": 100, "ciento": 100, "quinientos": 500, "quinientas": 500, "setecientos": 700, "novecientos": 900}
_HUNDREDS |= {"setecientas": 700, "novecientas": 900}
for _word, _value in (("dos", 200), ("tres", 300), ("cuatro", 400), ("seis", 600), ("ocho", 800)):
    _HUNDREDS[_word + "cientos"] = _value
    _HUNDREDS[_word + "cientas"] = _value
_SCALES = {"mil": 1_000, "millon": 1_000_000, "millones": 1_000_000}
NUMBER_WORDS = frozenset(_UNITS) | frozenset(_TENS) | frozenset(_HUNDREDS) | frozenset(_SCALES)
_WORD_OF = {
    str(value): word for word, value in reversed([*_UNITS.items(), *_TENS.items()]) if word not in ("un", "una")
}
_DIGITS_OF = {word: digits for digits, word in _WORD_OF.items()}

_DURATION = {
    **dict.fromkeys(listed("segundo segundos segundito segunditos segundico seg segs"), 1),
    **dict.fromkeys(
        listed("minuto minutos minutito minutitos minutico minuticos minutillo minutillos minutin minutines min mins"),
        60,
    ),
    **dict.fromkeys(listed("hora horas horita horitas horica h hrs hs"), 3600),
}
_PERIOD = {
    **dict.fromkeys(listed("dia dias diita diitas"), 1),
    **dict.fromkeys(listed("semana semanas semanita semanitas"), 7),
    **dict.fromkeys(listed("quincena quincenas"), 15),
    **dict.fromkeys(listed("mes meses"), 30),
    **dict.fromkeys(listed("año años"), 365),
}
WEEKDAYS = frozenset(listed("lunes martes miercoles jueves viernes sabado domingo"))
MONTHS = frozenset(
    listed("enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre")
)
_CURRENCIES = frozenset(
    listed(
        "peso pesos sol soles euro euros dolar dolares bolivar bolivares bs usd mxn cop clp ars lucas "
        "centavos centimos quetzales"
    )
)
_PARTS_OF_DAY = frozenset(listed("mañana tarde noche madrugada mediodia tardecita mañanita"))
_VAGUE = frozenset(listed("un una"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure found in a reading. Units of `value`: number 1, duration seconds, period days, hour minutes of the day
    (am where it is not said), amount and phone none; a day has no value (-1)."""

    kind: str
    start: int
    end: int
    value: int


def word_for(digits: str) -> str:
    """«2» → «dos»; empty for what has no single word."""
    return _WORD_OF.get(digits, "")


def digits_for(word: str) -> str:
    """«dos» → «2»; empty for what is no numeral of one word."""
    return _DIGITS_OF.get(word, "")


def quantities(reading: Reading) -> tuple[Quantity, ...]:
    """All quantities of the reading, in order; a duration contains its number, both are listed."""
    return tuple(sorted(_Quantities(reading).found(), key=lambda q: (q.start, q.end, q.kind)))


class _Quantities:
    def __init__(self, reading: Reading) -> None:
        self.words: Sequence[str] = reading.words
        self.reading = reading
        self.list: list[Quantity] = []

    def found(self) -> list[Quantity]:
        words = self.words
        index = 0
        count = len(words)
        while index < count:
            if self._is_numeral(index):
                index = self._number_at(index)
                continue
            self._other_at(index)
            index += 1
        self._phones()
        return self.list

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def _is_numeral(self, index: int) -> bool:
        return self.words[index] in NUMBER_WORDS or self.reading.tokens[index].kind is Kind.NUMBER

    def add(self, kind: str, start: int, end: int, value: int) -> None:
        self.list.append(Quantity(kind, start, end, value))

    def _number_at(self, start: int) -> int:
        token = self.reading.tokens[start]
        if token.kind is Kind.NUMBER:
            return self._digits_at(start, token.folded)
        end, value = self._cardinal(start)
        vague = end == start + 1 and self.words[start] in _VAGUE
        if not vague:
            self.add("number", start, end, value)
        self._units(start, end, value)
        self._hour_after(start, end, value)
        return end

    def _digits_at(self, start: int, text: str) -> int:
        end = start + 1
        if ":" in text:
            hour, _, minute = text.partition(":")
            if len(hour) <= 2 and minute[:2].isdigit() and int(hour) < 25 and int(minute[:2]) < 60:
                self.add("hour", self._hour_start(start), self._after_hour(end), int(hour) * 60 + int(minute[:2]))
            return end
        if text.count("/") in (1, 2) or (text.count("-") == 2 and len(text) <= 10):
            parts = [part for part in text.replace("-", "/").split("/") if part.isdigit()]
            if len(parts) >= 2 and 1 <= int(parts[0]) <= 31 and 1 <= int(parts[1]) <= 12:
                self.add("day", start, end, -1)
            return end
        value = _figure(text)
        if value < 0:
            return end
        if self.word(end) == "mil":
            value, end = value * 1_000, end + 1
        self.add("number", start, end, value)
        mark = self.reading.original[max(self.reading.tokens[start].start - 3, 0) : self.reading.tokens[start].start]
        tail = self.reading.original[self.reading.tokens[end - 1].end :][:2]
        if "$" in mark or "€" in mark or "S/" in mark or "€" in tail or "$" in tail:
            self.add("amount", start, end, value)
        self._units(start, end, value)
        self._hour_after(start, end, value)
        return end

    def _cardinal(self, start: int) -> tuple[int, int]:
        """End and value of the numeral in words that begins here: «dos mil trescientos cuarenta y cinco»."""
        total = group = 0
        index = start
        smallest = 1_000_000
        while index < len(self.words):
            word = self.words[index]
            if (
                word == "y"
                and index > start
                and smallest >= 10
                and self.word(index + 1) in _UNITS
                and self.word(index - 1) in _TENS
            ):
                index += 1
                continue
            if word in _HUNDREDS and smallest > 100:
                group, smallest = group + _HUNDREDS[word], 100
            elif word in _TENS and smallest >= 100:
                group, smallest = group + _TENS[word], 10
            elif word in _UNITS and (smallest >= 100 or (smallest == 10 and self.word(index - 1) == "y")):
                group, smallest = group + _UNITS[word], 1
            elif word in _SCALES and (group or index == start):
                total += max(group, 1) * _SCALES[word]
                group, smallest = 0, 1_000_000
            else:
                break
            index += 1
        return index, total + group

    def _units(self, start: int, end: int, value: int) -> None:
        """The unit behind a number: dos minutos, dos o tres días, 20 o 30 euros, minuto y medio."""
        words = self.words
        unit_at = end
        if self.word(end) in ("o", "a", "u", "y") and end + 1 < len(words) and self._is_numeral(end + 1):
            after = self._cardinal(end + 1)[0] if words[end + 1] in NUMBER_WORDS else end + 2
            if self.word(after) in _DURATION or self.word(after) in _PERIOD or self.word(after) in _CURRENCIES:
                unit_at = after
        unit = self.word(unit_at)
        if unit in ("buenos", "buen", "solo", "escasos", "buena", "largos"):
            unit_at += 1
            unit = self.word(unit_at)
        begin = start
        if unit in _DURATION and not (unit == "segundo" and value == 2):
            stop = unit_at + 1
            if self.word(stop) == "y" and self.word(stop + 1) in ("medio", "media", "cuarto", "pico"):
                stop += 2
            self.add("duration", begin, stop, value * _DURATION[unit])
        elif unit in _PERIOD:
            self.add("period", begin, unit_at + 1, value * _PERIOD[unit])
        elif unit in _CURRENCIES:
            self.add("amount", begin, unit_at + 1, value)
        elif unit == "de" and self.word(unit_at + 1) in MONTHS and 1 <= value <= 31:
            self.add("day", begin, unit_at + 2, -1)

    def _hour_start(self, start: int) -> int:
        return start - 1 if self.word(start - 1) in ("las", "la") else start

    def _after_hour(self, end: int) -> int:
        if self.word(end) in ("am", "pm", "horas", "hs", "hrs", "h"):
            return end + 1
        if self.word(end) in ("a", "p") and self.word(end + 1) == "m":
            return end + 2
        if self.word(end) == "en" and self.word(end + 1) == "punto":
            return end + 2
        if self.word(end) in ("de", "por") and self.word(end + 1) == "la" and self.word(end + 2) in _PARTS_OF_DAY:
            return end + 3
        return end

    def _hour_after(self, start: int, end: int, value: int) -> None:
        """Las cinco, a las 5 y media, diez y cuarto, 3 pm, cinco de la tarde."""
        if not 0 <= value <= 24:
            return
        introduced = self.word(start - 1) in ("las", "la") and self.word(start - 2) in (
            "a", "de", "antes", "desde", "hasta", "entre", "sobre", "tipo", "hacia", "y", "son", "para", "tras",
        )  # fmt: skip
        minutes = 0
        stop = end
        if self.word(end) == "y" and self.word(end + 1) in ("media", "cuarto", "pico"):
            minutes, stop = {"media": 30, "cuarto": 15, "pico": 0}[self.word(end + 1)], end + 2
        elif introduced and self.word(end) == "y" and self.word(end + 1) in NUMBER_WORDS:
            stop, minutes = self._cardinal(end + 1)
        elif introduced and self.word(end) == "menos" and self.word(end + 1) in NUMBER_WORDS | {"cuarto"}:
            minutes = -15 if self.word(end + 1) == "cuarto" else -self._cardinal(end + 1)[1]
            stop = end + 2
        if self.word(stop) in _DURATION and not introduced:
            return
        if introduced and self.word(stop) in _PERIOD | _DURATION and self.word(stop) not in ("horas", "hrs", "hs", "h"):
            return
        after = self._after_hour(stop)
        said = after > stop and self.word(stop) not in ("en", "horas", "h", "hs", "hrs")
        if introduced or said or (stop > end and self.word(end + 1) != "pico"):
            self.add("hour", self._hour_start(start), after, value * 60 + minutes)

    def _other_at(self, index: int) -> None:
        word = self.words[index]
        following = self.word(index + 1)
        before = self.word(index - 1)
        if word in ("medio", "media") and following in _DURATION:
            self.add("duration", index, index + 2, _DURATION[following] // 2)
        elif word == "cuarto" and following == "de" and self.word(index + 2) == "hora":
            self.add("duration", index - 1 if before in _VAGUE else index, index + 3, 900)
        elif word == "cuartos" and following == "de" and self.word(index + 2) == "hora":
            self.add("duration", index, index + 3, 2700)
        elif word in ("par", "parcito") and following == "de":
            unit = self.word(index + 2)
            start = index - 1 if before in ("un", "el") else index
            if unit in _DURATION:
                self.add("duration", start, index + 3, 2 * _DURATION[unit])
            elif unit in _PERIOD:
                self.add("period", start, index + 3, 2 * _PERIOD[unit])
        elif word in _DURATION and following == "y" and self.word(index + 2) in ("medio", "media"):
            if not any(q.kind == "duration" and q.start <= index < q.end for q in self.list):
                self.add("duration", index, index + 3, _DURATION[word] * 3 // 2)
        elif word in ("mediodia", "medianoche"):
            self.add("hour", index, index + 1, 720 if word == "mediodia" else 0)
        elif word in WEEKDAYS or word == "hoy":
            self.add("day", index, index + 1, -1)
        elif word == "mañana" and before not in ("la", "esta", "buena", "toda", "cada", "de", "por", "una", "las"):
            start = index - 1 if before == "pasado" else index
            self.add("day", start, index + 1, -1)
        elif word == "mañana" and before == "de" and self.word(index - 2) in ("dia", "antes", "partir"):
            self.add("day", index, index + 1, -1)

    def _phones(self) -> None:
        """Runs of figures, in digits or in words, that make at least seven digits."""
        index = 0
        while index < len(self.words):
            if not self._is_numeral(index) or self.words[index] in _VAGUE:
                index += 1
                continue
            start = index
            while index < len(self.words) and self._is_numeral(index):
                index += 1
            if sum(character.isdigit() for character in digits_of(self.reading, start, index)) >= 7:
                self.add("phone", start, index, 0)


def digits_of(reading: Reading, start: int, end: int) -> str:
    """The digits that a run of figures spells: «44 setenta y uno dos» → «44712»."""
    words = _Quantities(reading)
    digits: list[str] = []
    index = start
    while index < end:
        if reading.tokens[index].kind is Kind.NUMBER:
            digits.append("".join(c for c in reading.words[index] if c.isdigit()))
            index += 1
        elif reading.words[index] in NUMBER_WORDS:
            index, value = words._cardinal(index)
            digits.append(str(value))
        else:
            index += 1
    return "".join(digits)


def _figure(text: str) -> int:
    """48.900 → 48900, 3,5 → 3, 2.50 → 2; -1 for what is no single figure (a range, an account)."""
    if "-" in text or ":" in text or "/" in text:
        return -1
    parts = text.replace(",", ".").split(".")
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        return int("".join(parts)[:15])
    return int(parts[0][:15] or "0")
