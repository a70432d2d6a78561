"""Greetings of the time of day: where they stand, which part of the day they name, whether it is the right one.

Marking guide: días until 12:00 (14:00 in Spain), tardes until 18:59 (20:59 in Spain), noches after;
30 minutes' tolerance.
A farewell («que tenga buena tarde»), a quoted greeting and bare «buenas» are none.
"""

from dataclasses import dataclass

from simulator.language.text import Reading
from simulator.language.typos import distance
from simulator.language.words import listed

TOLERANCE = 30
"""Minutes on either side of a limit."""

_ADJECTIVES = frozenset(
    listed(
        "buenos buenas buen buena bueno feliz lindo linda lindos lindas bonito bonita bonitas hermoso hermosa "
        "excelente bello bella bendecido bendecida cordial maravillosa maravilloso grato grata"
    )
)
_PARTS = {"dia": "días", "dias": "días", "tarde": "tardes", "tardes": "tardes", "noche": "noches", "noches": "noches"}
_PARTS |= {"diitas": "días", "tardecitas": "tardes", "nochecitas": "noches", "mañanas": "días"}
_PARTING = frozenset(
    listed(
        "tenga tengan tengas tenes pase pasen pases deseo deseamos deseandole deseo desea disfrute disfruten "
        "disfrutes resto continue siga adios hasta despido despedimos tengan quede sea termine cierre"
    )
)
_LOOK_BACK = 6


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting at token positions `start` to before `end`."""

    start: int
    end: int
    part: str
    right: bool


def parts_of_day(clock: int, country: str) -> frozenset[str]:
    """Which of días, tardes, noches are right at `clock` (minutes since midnight), tolerance included."""
    noon, evening = (14 * 60, 21 * 60) if country == "ES" else (12 * 60, 19 * 60)
    right = set()
    if 4 * 60 <= clock <= noon + TOLERANCE:
        right.add("días")
    if noon - TOLERANCE <= clock <= evening - 1 + TOLERANCE:
        right.add("tardes")
    if clock >= evening - TOLERANCE or clock < 6 * 60:
        right.add("noches")
    return frozenset(right)


def greetings(reading: Reading, clock: int, country: str, *, parting: bool = False) -> list[Greeting]:
    """The greetings of a reply in order; with `parting`, only the farewells of the same words instead."""
    words = reading.words
    right = parts_of_day(clock, country)
    found: list[Greeting] = []
    for index in range(1, len(words)):
        part = _part(words[index])
        if part is None or reading.quoted[index] or reading.sentence[index - 1] != reading.sentence[index]:
            continue
        if not _is_adjective(words[index - 1]):
            continue
        start = index - 1
        if start and words[start - 1] in ("muy", "mas", "muchos"):
            start -= 1
        if _is_parting(reading, start) == parting:
            found.append(Greeting(start, index + 1, part, part in right))
    return found


def _part(word: str) -> str | None:
    known = _PARTS.get(word)
    if known is None and 5 <= len(word) <= 7 and word[0] in "tn":
        near = [part for part in ("tardes", "noches") if distance(word, part, 1) <= 1]
        return near[0] if near and word not in ("tardas", "tardar", "tarden") else None
    return known


def _is_adjective(word: str) -> bool:
    if word in _ADJECTIVES:
        return True
    if len(word) >= 5 and word[0] in "bv":
        return any(distance(word, known, 1) <= 1 for known in ("buenos", "buenas")) or word in (
            "vuenos",
            "vuenas",
            "wenas",
        )
    return False


def _is_parting(reading: Reading, start: int) -> bool:
    """«Que tenga (usted muy) buena tarde», «le deseo feliz noche», «hasta luego, feliz tarde»."""
    words = reading.words
    sentence = reading.sentence[start]
    position = start - 1
    while position >= 0 and start - position <= _LOOK_BACK and reading.sentence[position] == sentence:
        if words[position] in _PARTING:
            return True
        position -= 1
    return False
