"""Tú, vos, vosotros or usted: found by the forms of verbs, pronouns and possessives, not by a list of phrases.

Doubtful forms are resolved towards innocence: a word that may also be a noun (*cuentas, llamadas*), a third person
(*espera* the noun, *llama* «he calls») or a first person (*escribí*) only counts with another sign beside it. Quoted
text is ignored.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.language.folding import fold_keeping_accents
from simulator.language.forms import features
from simulator.language.lexicon import Lexicon
from simulator.language.text import Reading
from simulator.language.words import listed


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that shows how the other is addressed. `treatment`: tú, vos, vosotros, usted, or `tú/vos`."""

    position: int
    treatment: str
    firm: bool


_PRONOUNS = {
    "te": "tú/vos",
    "tu": "tú/vos",
    "tus": "tú/vos",
    "ti": "tú",
    "contigo": "tú",
    "tuyo": "tú/vos",
    "tuya": "tú/vos",
    "tuyos": "tú/vos",
    "tuyas": "tú/vos",
    "vos": "vos",
    "os": "vosotros",
    "vosotros": "vosotros",
    "vosotras": "vosotros",
    "vuestro": "vosotros",
    "vuestra": "vosotros",
    "vuestros": "vosotros",
    "vuestras": "vosotros",
}
_USTED = frozenset(listed("usted ustedes ud uds le les su sus suyo suya suyos suyas"))
_CLITICS = frozenset(listed("te se me lo la le los las les nos os"))
_NOUN_BEFORE = frozenset(
    listed(
        "el la los las un una unos unas mi mis su sus tu tus este esta estos estas ese esa esos esas nuestro "
        "nuestra nuestros nuestras de del al con sin por para en otro otra otros otras cada dos tres cuatro "
        "cinco muchas muchos algunas varias pocas todas sus ambas primeras ultimas cuantas cuantos mas y o "
        "son a segun sobre entre estas"
    )
)
_SUBJECTS = frozenset(listed("que si tu vos no cuando como donde lo ya"))
_OPENERS = frozenset(
    listed(
        "y pero entonces bueno listo vale porfa favor ok tranquilo tranquila ahora luego despues solo nomas "
        "mejor primero"
    )
)
_BARE = frozenset(
    listed(
        "mirar esperar revisar entrar ingresar abrir cerrar escribir llamar descargar buscar tocar hacer "
        "poner venir decir tener salir oír presionar apretar elegir escuchar tomar dejar calmar contar enviar "
        "mandar probar reiniciar apagar prender encender pulsar seleccionar marcar bajar subir instalar "
        "copiar leer fijar verificar confirmar intentar quitar sacar conectar desconectar cambiar pagar "
        "firmar acercar llevar traer aguantar aguardar callar regalar colaborar indicar dar pedir seguir "
        "volver guardar anotar apuntar completar llenar rellenar adjuntar"
    )
)
_NAMES_OF_VERB = frozenset(listed("ten ve sal ven pon haz di sé se da oye ve mira"))


def treatment_marks(reading: Reading, lexicon: Lexicon) -> list[Mark]:
    """All marks in order, quoted ones left out; marks of usted included."""
    return [
        mark
        for position in range(len(reading.words))
        if not reading.quoted[position]
        for mark in _marks(reading, position, lexicon)
    ]


def _marks(reading: Reading, position: int, lexicon: Lexicon) -> Iterator[Mark]:
    word = reading.words[position]
    written = fold_keeping_accents(reading.tokens[position].text)
    if word in _PRONOUNS:
        if _is_pronoun(reading, position, word, written):
            yield Mark(position, _PRONOUNS[word], True)
        return
    if word in _USTED:
        yield Mark(position, "usted", word in ("usted", "ustedes", "ud", "uds"))
        return
    if len(word) < 3 and word not in ("di", "ve", "da"):
        return
    if reading.tokens[position].text[0].isupper() and not _opens(reading, position):
        return  # a name
    treatment = _of_verb(reading, position, word, written, lexicon)
    if treatment:
        yield Mark(position, treatment, treatment != "usted")


def _is_pronoun(reading: Reading, position: int, word: str, written: str) -> bool:
    before = reading.words[position - 1] if position else ""
    if word == "te" and (written == "té" or before in ("de", "un", "el")):
        return False
    return not (word == "os" and reading.tokens[position].text.isupper())


def _of_verb(reading: Reading, position: int, word: str, written: str, lexicon: Lexicon) -> str:
    """The treatment that a verb form shows, or empty."""
    verbs = lexicon.verbs
    own = verbs.forms.get(word, ())
    before = reading.words[position - 1] if position else ""
    same = position > 0 and reading.segment[position - 1] == reading.segment[position]
    previous = before if same else ""
    attached = _attached(word, lexicon)
    if not own:
        return attached
    codes = {code for _, code, _ in own}
    seconds = {code for code in codes if code.endswith((".2s", ".2v", ".2p"))}
    if not seconds:
        return "usted" if any(code in ("imv.3s", "imv.3p") for code in codes) else ""
    if seconds == codes or codes - seconds <= {"imv.1p"}:
        if word in lexicon.plurals_like_tu or (word.endswith(("es", "as")) and word in lexicon.protected):
            return _treatment_of(seconds) if previous in _CLITICS | {"no", "tu", "vos", "si"} else ""
        if previous in _NOUN_BEFORE and not _certain(word, written) and previous not in ("a", "y", "o", "mas", "con"):
            return ""
        if word in ("id", "red", "sed", "ves", "des", "das", "eras", "vas", "ten", "ved") and not _certain_short(
            word, previous
        ):
            return ""
        return _treatment_of(seconds)
    return _ambiguous(reading, position, word, written, own, previous, attached)


def _certain(word: str, written: str) -> bool:
    """Endings that no noun has."""
    return word.endswith(("aste", "iste", "abas", "ieras", "aras", "arias", "erias", "irias", "asteis", "isteis")) or (
        written[-2:] in ("ás", "és", "ís") and len(word) > 3
    )


def _certain_short(word: str, previous: str) -> bool:
    if word in ("vas", "ves", "das"):
        return True
    return (word == "ten" and previous in ("", "y", "favor")) or word == "eras"


def _ambiguous(
    reading: Reading,
    position: int,
    word: str,
    written: str,
    own: list[tuple[str, str, str]] | tuple[()],
    previous: str,
    attached: str,
) -> str:
    """A form that is second person in one reading and something else in another."""
    seconds = [(verb, code, text) for verb, code, text in own if code.endswith((".2s", ".2v", ".2p"))]
    others = [(verb, code, text) for verb, code, text in own if not code.endswith((".2s", ".2v", ".2p"))]
    # An accent that only the second person has: esperá, tenés, hacé.
    if written != word:
        exact = [code for _, code, text in seconds if text == written]
        rival = [code for _, code, text in others if text == written]
        if exact and not rival:
            return _treatment_of(set(exact))
    if attached and attached != "usted":
        return attached
    bare = [verb for verb, code, _ in seconds if code == "imv.2s"]
    rest = [code for _, code, _ in seconds if code != "imv.2s"]
    if rest and not bare:
        # «pasas» is a noun too, «vivís» is not: only a sign beside it decides.
        return _treatment_of(set(rest)) if previous in ("no", "tu", "vos", "si", "que", "te", "lo", "la") else ""
    if not bare or not any(verb in _BARE for verb in bare):
        return "usted" if any(code in ("imv.3s", "imv.3p", "sub.3s") for _, code, _ in others) else ""
    if any(code in ("imv.3s", "sub.3s", "sub.1s") for _, code, _ in others):
        return "usted"  # «pague» of pagar also is nothing else; «sienta» is sentir and sentar: innocent
    if written != word and not any(text == written for _, _, text in seconds):
        return ""
    return "tú" if _imperative_place(reading, position, word) else ""


_AFTER_IMPERATIVE = frozenset(
    listed(
        "el la los las un una tu tus mi mis este esta ese esa eso esto aqui ahi alla en a por para que si "
        "bien con lo le me nos de al donde nomas no tranquilo tranquila unos unas sobre abajo arriba entre "
        "solo cualquier 1 2 3 4 5"
    )
)
_FINITE_NOUNS = frozenset(
    listed("espera llama cuenta firma marca toma baja copia entra deja saca cambia guarda lleva compra ayuda indica")
)


def _imperative_place(reading: Reading, position: int, word: str) -> bool:
    """Does a bare form stand where an order stands: at the opening, before its object, and not after a subject?"""
    words = reading.words
    after = (
        words[position + 1]
        if position + 1 < len(words) and reading.segment[position + 1] == reading.segment[position]
        else ""
    )
    if not _opens(reading, position):
        before = words[position - 1]
        if before not in _OPENERS and before != "favor":
            return False
    if word in ("di", "ve", "da", "sal", "pon", "haz", "ven", "ten"):
        return (
            word in ("haz", "pon", "ven")
            or (word == "ve" and after in ("a", "al"))
            or (word in ("sal", "di") and after in ("de", "que"))
        )
    if word in (
        "pasa",
        "queda",
        "falta",
        "sigue",
        "deja",
        "indica",
        "da",
        "cuenta",
        "toma",
        "cambia",
        "cierra",
        "abre",
        "tiene",
    ) and (after in ("que", "con", "de", "a", "en", "")):
        return False
    if reading.question[position]:
        return False  # «¿espera el técnico…?», «¿revisa usted…?»
    if "usted" in words[position + 1 : position + 4]:
        return False
    return after in _AFTER_IMPERATIVE or (
        not after and word in ("espera", "mira", "oye", "escucha", "calla", "revisa", "aguanta")
    )


def _opens(reading: Reading, position: int) -> bool:
    return position == 0 or reading.segment[position - 1] != reading.segment[position]


def _attached(word: str, lexicon: Lexicon) -> str:
    """The treatment of an imperative with pronouns: espérame, dime, deme; also of «ayudarte», «llamándote»."""
    if len(word) < 4 or (word in lexicon.protected and word not in lexicon.verbs):
        return ""
    found = lexicon.verbs.with_pronouns(word)
    if not found:
        return ""
    treatments = set()
    for _, code, _, pronouns in found:
        if "te" in pronouns and code in ("inf", "ger", "imv.2s", "imv.2v"):
            treatments.add("tú/vos")
        elif "os" in pronouns and code in ("inf", "ger", "imv.2p"):
            treatments.add("vosotros")
        elif code.startswith("imv"):
            treatments.add(features(code).treatment or "nosotros")
        else:
            treatments.add("")
    if "usted" in treatments or "ustedes" in treatments:
        return "usted"
    if "" in treatments or "nosotros" in treatments:
        return ""
    if treatments == {"tú", "vos"}:
        return "tú/vos"
    return sorted(treatments)[0]


def _treatment_of(codes: set[str]) -> str:
    people = {code[-2:] for code in codes}
    if people == {"2p"}:
        return "vosotros"
    if people == {"2v"}:
        return "vos"
    if people == {"2s"}:
        tenses = {code[:3] for code in codes}
        return "tú" if tenses <= {"pre", "sub", "imv"} else "tú/vos"
    return "tú/vos"
