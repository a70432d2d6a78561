"""Where the values of the situation stand in a reply: names with their short forms and a recogniser's slip, the company
in its everyday form, the account however it was spelled, the greeting that is right for the hour."""

from collections.abc import Mapping, Sequence

from simulator.language.folding import fold
from simulator.language.greeting import greetings
from simulator.language.nouns import diminutives
from simulator.language.numerals import NUMBER_WORDS, digits_of
from simulator.language.situation import Situation
from simulator.language.text import Kind, Reading, read
from simulator.language.typos import distance, sound
from simulator.language.words import listed

Place = tuple[int, int]
"""Token positions: first, and the one after the last."""

_PARTICLES = frozenset(listed("de del la las los y e el san santa da di von van"))
_TITLES = frozenset(
    listed(
        "señor señora señorita don doña doctor doctora ingeniero ingeniera licenciado licenciada arquitecto "
        "arquitecta profesor profesora sres contador contadora"
    )
)
_HEADS = frozenset(
    listed(
        "banco seguros seguro caja tienda tiendas universidad clinica hospital aerolinea aerolineas aguas "
        "agua gas cooperativa viajes hotel hoteles correo correos farmacia farmacias supermercado "
        "supermercados instituto alcaldia municipalidad ayuntamiento afp internet fibra cable transportes "
        "transporte envios mensajeria financiera inmobiliaria grupo compañia empresa electrica energia "
        "telefonica telefonia almacenes libreria colegio fundacion servicios sa spa srl ltda cia aseguradora "
        "mutual isapre eps ars buses autobuses lineas laboratorio laboratorios muebles ferreteria gobierno "
        "intendencia courier cines cine gimnasio"
    )
)
_GENERIC_AREA = frozenset(
    listed("area departamento departamento de del la el seccion equipo oficina unidad gerencia mesa")
)
_DOMAINS = frozenset(listed("com net org es cl mx pe ec ar co ve do example fin gob"))
_LABELS = frozenset(
    listed(
        "guion raya barra punto y menos diagonal slash pleca espacio coma be ce de efe ge hache jota ka "
        "ele eme ene eñe pe cu erre ese te uve ve doble equis ye griega zeta seta corta larga"
    )
)
_STOP = frozenset(
    listed(
        "el la los las un una de del que y o a en con por para su se no le lo al es ya solo quiere pide hace "
        "hacer esta este"
    )
)


def names(situation: Situation) -> frozenset[str]:
    """Folded words of all names of the situation, which typo tolerance leaves alone."""
    texts = (
        situation.agent,
        situation.customer or "",
        situation.supervisor or "",
        situation.company,
        *situation.company_aliases,
        *situation.areas,
        situation.area or "",
    )
    return frozenset(word for text in texts for word in read(text).words) if any(texts) else frozenset()


def name_words(name: str) -> frozenset[str]:
    """The folded words of a name that alone may call its bearer."""
    return (
        frozenset(word for word in read(name).words if word not in _PARTICLES and len(word) > 2)
        if name
        else frozenset()
    )


def person(reading: Reading, full: str, short: Mapping[str, frozenset[str]], known: Sequence[bool]) -> list[Place]:
    """Places of a person's name: first name, surname, or a usual short form. `known` marks other words."""
    parts = [word for word in read(full).words if word not in _PARTICLES and word not in _TITLES]
    if not parts:
        return []
    exact = set(parts)
    exact |= short.get(" ".join(parts[:2]), frozenset())  # «Majo» for María José
    for part in parts[: max(len(parts) - 1, 1)]:
        exact |= short.get(part, frozenset())
        exact.update(diminutives(part))
    found: list[int] = []
    for position, word in enumerate(reading.words):
        if (
            word in exact
            or _slip(word, parts, known=known[position])
            or _is_nickname(reading, position, parts[0], known)
        ):
            found.append(position)
    return _merged(reading, found)


def _slip(word: str, parts: Sequence[str], *, known: bool) -> bool:
    """One letter off, or the same sound; short names must be exact, and another known word is no slip."""
    for part in parts:
        if len(part) < 4 or len(word) < 3 or abs(len(part) - len(word)) > 2:
            continue
        if sound(part) == sound(word) and (not known or len(part) >= 5):
            return True
        if not known and len(part) >= 5 and word[0] == part[0] and distance(word, part, 1) <= 1:
            return True
    return False


def _is_nickname(reading: Reading, position: int, first: str, known: Sequence[bool]) -> bool:
    """«Dai» for Daiana: the beginning of the first name, written as a name."""
    word = reading.words[position]
    if not 3 <= len(word) < len(first) - 1:
        return False
    root = word[:-1] if len(word) > 4 and word[-1] in "aeioy" else word
    if not first.startswith(root) and not first.startswith(word):
        return False
    if not known[position]:
        return True
    opens = position == 0 or reading.segment[position - 1] != reading.segment[position]
    return reading.tokens[position].text[:1].isupper() and not opens  # «Sus lentes» is no Susana


def _merged(reading: Reading, positions: Sequence[int]) -> list[Place]:
    """Name words side by side are one place; particles between them are taken in."""
    places: list[Place] = []
    for position in positions:
        if places:
            start, end = places[-1]
            between = reading.words[end:position]
            if len(between) <= 2 and all(word in _PARTICLES for word in between):
                places[-1] = (start, position + 1)
                continue
        places.append((position, position + 1))
    return places


def company(reading: Reading, names_of_company: Sequence[str], known: Sequence[bool]) -> list[Place]:
    """The name in full, an alias, or the name without its generic head (Banco Andarríos: Andarríos)."""
    found: list[Place] = []
    for name in names_of_company:
        words = read(name).words
        if not words:
            continue
        forms = [words]
        bare = tuple(word for word in words if word not in _HEADS)
        while bare and bare[0] in _PARTICLES:
            bare = bare[1:]
        if bare and bare != words and sum(map(len, bare)) >= 4:
            forms.append(bare)
        for form in forms:
            found += _joined(reading, form, known, strict=form is not words)
    return _outermost(found)


def _joined(reading: Reading, form: Sequence[str], known: Sequence[bool], *, strict: bool = False) -> list[Place]:
    """Places where the words, written together or apart, spell the form, one letter off at most."""
    target = "".join(form)
    length = len(form)
    words = reading.words
    found: list[Place] = []
    for start in range(len(words)):
        if words[start][:1] != target[:1]:
            continue
        for size in range(max(1, length - 2), length + 3):
            end = start + size
            if end > len(words) or reading.sentence[end - 1] != reading.sentence[start]:
                break
            said = "".join(words[start:end])
            if abs(len(said) - len(target)) > 1:
                continue
            if said == target:
                found.append((start, end))
                break
            slip = len(target) >= 6 and (distance(said, target, 1) <= 1 or sound(said) == sound(target))
            if (
                slip
                and all(len(w) > 2 or w in form for w in words[start:end])
                and not (size == 1 and known[start])
                and not (strict and all(known[start:end]))
            ):
                found.append((start, end))
                break
    return found


def area(
    reading: Reading, texts: Sequence[str], short: Mapping[str, frozenset[str]], known: Sequence[bool]
) -> list[Place]:
    """The area's name, or the person's who stands there: «Siniestros (Rocío Paredes)», «señora Tejeda, Caja»."""
    found: list[Place] = []
    for text in texts:
        for piece in text.replace("(", ",").replace(")", ",").replace(";", ",").split(","):
            words = read(piece).words
            titled = any(word in _TITLES for word in words)
            content = [word for word in words if word not in _TITLES and word not in _GENERIC_AREA]
            if not content:
                continue
            is_person = titled or ("(" in text and piece.strip() in text[text.index("(") :])
            found += _joined(reading, content, known)
            last = content[-1]
            others = (
                (last[:-1], last[:-2])
                if last.endswith("es")
                else (last[:-1],)
                if last[-1] == "s"
                else (last + "s", last + "es")
            )
            for other in others:
                found += _joined(reading, [*content[:-1], other], known, strict=True)
            if is_person:
                found += person(reading, piece, short, known)
            elif len(content) > 1 and len(content[0]) >= 6:
                found += _joined(reading, content[:1], known)
            compact = [word for word in words if word not in _PARTICLES]
            if len(compact) != len(words):
                found += _joined(reading, compact, known)
    return _outermost(found)


def account(reading: Reading, text: str) -> list[Place]:
    """The account's figures, complete, in digits or words, with or without separators."""
    wanted = next((digits for part in text.split(",") if len(digits := _digits(part)) >= 3), _digits(text))
    if len(wanted) < 2:
        return []
    words = reading.words
    found: list[Place] = []
    index = 0
    while index < len(words):
        if not _is_figure(reading, index):
            index += 1
            continue
        start = index
        end = start
        while index < len(words) and (_is_figure(reading, index) or words[index] in _LABELS or len(words[index]) == 1):
            if _is_figure(reading, index):
                end = index + 1
            index += 1
            if len(words[index - 1]) == 1 and words[index : index + 1] == ("de",) and words[index - 1].isalpha():
                index += 2  # «V de Valencia»
        spelled = digits_of(reading, start, end)
        at = spelled.find(wanted)
        if at >= 0 and (len(wanted) >= 4 or spelled == wanted):
            found.append((start, end))
    return found


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _is_figure(reading: Reading, index: int) -> bool:
    return reading.tokens[index].kind is Kind.NUMBER or reading.words[index] in NUMBER_WORDS


def addresses(reading: Reading, known: Sequence[bool]) -> list[Place]:
    """Web and mail addresses, written, spelled («aguas punto com») or dictated without the point («santelmo cl»)."""
    words = reading.words
    found: list[Place] = []
    for position, token in enumerate(reading.tokens):
        if token.kind is Kind.ADDRESS:
            found.append((position, position + 1))
            continue
        if (
            position == 0
            or words[position] not in _DOMAINS
            or reading.sentence[position - 1] != reading.sentence[position]
        ):
            continue
        start = position - 1
        spelled = words[start] == "punto" and start > 0
        start -= spelled
        sure = words[position] in ("com", "net", "org")
        if spelled or (sure and len(words[start]) > 3) or (not known[start] and len(words[start]) >= 7):
            start -= start > 0 and words[start - 1] in ("www", "punto") and not spelled
            found.append((start, position + 1))
    return found


def website(reading: Reading, text: str) -> list[Place]:
    """The company's address, with or without scheme and www."""
    bare = fold(text).removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return [
        (position, position + 1)
        for position, token in enumerate(reading.tokens)
        if token.kind is Kind.ADDRESS and bare and bare in token.folded and "@" not in token.folded
    ]


def reason_words(reading: Reading, reason: str | None, known: Sequence[str | None]) -> list[Place]:
    """Places of the words that the reply takes up from a reason of the situation's sheet.

    Words that the sheet also has elsewhere (names, area, account: `known`) prove nothing and are left out. Words are
    compared by their beginnings (*duplicado, duplicaron; cobro, cobraron*). On the labelled hand-overs, one such word
    is said in 340 of 366 that give the reason for the call, and in 1 of 97 that do not.
    """
    if not reason:
        return []
    elsewhere = {word for text in known if text for word in read(text).words if word not in _STOP}
    wanted = [
        word
        for word in read(reason).words
        if len(word) > 2 and word not in _STOP and not any(_akin(word, other) for other in elsewhere)
    ]
    found = [
        position
        for position, word in enumerate(reading.words)
        if len(word) > 2 and word not in _STOP and any(_akin(word, asked) for asked in wanted)
    ]
    return [(position, position + 1) for position in found]


def _akin(a: str, b: str) -> bool:
    """Do two words begin alike, as words of one family do: five letters, or all but one of the shorter?"""
    if a == b:
        return True
    most = min(5, len(a) - 1, len(b) - 1)
    return most >= 3 and a[:most] == b[:most]


def clock(reading: Reading, situation: Situation) -> list[Place]:
    """The greeting of the right part of the day; a corrected greeting counts as corrected."""
    found = greetings(reading, situation.clock, situation.country)
    return [(found[-1].start, found[-1].end)] if found and found[-1].right else []


def _outermost(places: Sequence[Place]) -> list[Place]:
    """Sorted, without places inside others."""
    kept: list[Place] = []
    for start, end in sorted(set(places), key=lambda place: (place[0], -place[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
