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
        "el la los las un una unos unas mi mis su sus este esta estos estas ese esa esos esas nuestra "
        "nuestro de del al con sin por para en otro otra cada"
    )
)
_VERB_BEFORE = frozenset(listed("te me nos se lo le no tu vos si que cuando donde como ya ahora tambien"))
"""What stands before a verb rather than before a noun."""
_FREQUENT = frozenset(
    listed(
        "tienes puedes quieres sabes debes necesitas vas estas eres haces dices crees prefieres deseas "
        "gustas sigues vienes piensas entiendes recuerdas conoces llamas llevas encuentras esperas tenes "
        "podes queres decis venis haces sos pedis seguis preferis sentis tengas puedas quieras hayas "
        "vayas estes seas sepas hagas digas veas vengas pongas salgas des tenias podias querias habias "
        "estabas ibas decias sabias hacias tendras podras querras sabras haras diras veras vendras "
        "pondras saldras seras estaras iras habras dejes preocupes dudes olvides cuelgues has hubieras "
        "fueras consigues podeis teneis quereis sabeis haceis estais sois vais debeis necesitais habeis "
        "tengais podais querais esteis"
    )
) - frozenset(listed("estas deseas des esperas"))
_CERTAIN_ENDINGS = (
    "aste", "iste", "drias",
    "abas", "ieras", "arias", "erias", "irias", "asteis", "isteis", "abais", "ariais", "eriais", "iriais",
    "areis", "ereis", "ireis",
)  # fmt: skip
"""Endings that no noun of the language data has."""
_SELDOM_ORDERS = frozenset(
    listed(
        "pasa queda falta sigue deja indica cuenta toma cambia cierra abre tiene lleva trae llama firma "
        "baja sube marca paga busca entra espera ayuda copia guarda prueba saca envia manda"
    )
)
"""Forms that open a statement as easily as an order: «Toma unos minutos», «Firma el jefe»."""
_CHILEAN = frozenset(listed("estai cachai vai teni queri podi sabi necesitai llamai esperai"))
_NO_FORMS = frozenset(
    listed(
        "bebe preve cafe dios adios correos deseos empleos medios radios estudios servicios remedios tele vale suele"
    )
)
_BARE = frozenset(
    listed(
        "mirar esperar revisar entrar ingresar abrir cerrar escribir llamar descargar buscar tocar hacer "
        "poner venir decir tener salir oír presionar apretar elegir escuchar tomar dejar calmar contar "
        "enviar mandar probar reiniciar apagar prender encender pulsar seleccionar marcar bajar subir "
        "instalar copiar leer fijar verificar confirmar intentar quitar sacar conectar desconectar "
        "cambiar pagar firmar acercar llevar traer aguantar aguardar callar regalar colaborar indicar "
        "dar pedir seguir volver guardar anotar apuntar completar llenar rellenar adjuntar disculpar "
        "perdonar"
    )
)
_AFTER_IMPERATIVE = frozenset(
    listed(
        "el la los las un una tu tus mi mis este esta ese esa eso esto aqui ahi alla en a por para que "
        "si bien con lo le me nos de al donde nomas no unos unas sobre abajo arriba entre solo cualquier"
    )
)


def treatment_marks(reading: Reading, lexicon: Lexicon, names: frozenset[str] = frozenset()) -> list[Mark]:
    """All marks in order, quoted words and `names` (folded words) left out; marks of usted included."""
    return [
        mark
        for position in range(len(reading.words))
        if not reading.quoted[position] and reading.words[position] not in names
        for mark in _marks(reading, position, lexicon)
    ]


def _marks(reading: Reading, position: int, lexicon: Lexicon) -> Iterator[Mark]:
    word = reading.words[position]
    written = fold_keeping_accents(reading.tokens[position].text)
    capital = reading.tokens[position].text[0].isupper() and not reading.tokens[position].text.isupper()
    if capital and not _opens(reading, position):
        return  # part of a name: «Ávila Te Cuida»
    if word in _PRONOUNS:
        if _is_pronoun(reading, position, word, written):
            yield Mark(position, _PRONOUNS[word], True)
        return
    if word in _USTED:
        yield Mark(position, "usted", word in ("usted", "ustedes", "ud", "uds"))
        return
    if len(word) < 3 and word not in ("di", "ve", "da"):
        return
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
    same = position > 0 and reading.segment[position - 1] == reading.segment[position]
    previous = reading.words[position - 1] if same else ""
    own = lexicon.verbs.entries(word)
    if word in _CHILEAN:
        return "vos"
    if not own:
        if written.endswith("á") and len(word) >= 6 and not lexicon.is_word(word) and not written.endswith("rá"):
            return "vos"  # an unknown verb in -ar
        return _attached(word, written, previous, lexicon)
    seconds = [entry for entry in own if entry[1].endswith((".2s", ".2v", ".2p"))]
    others = [entry for entry in own if not entry[1].endswith((".2s", ".2v", ".2p"))]
    if not seconds:
        return "usted" if any(code in ("imv.3s", "imv.3p") for _, code, _ in others) else ""
    if not [entry for entry in others if entry[1] != "imv.1p"]:
        return _treatment_of(seconds) if _is_verb(reading, position, written, previous, seconds, lexicon) else ""
    if word in _NO_FORMS:
        return ""
    if word == "viste":
        return "tú/vos" if previous in _VERB_BEFORE else ""
    if written != word:  # an accent that only one reading has: esperá, tenés, hacé
        exact = [entry for entry in seconds if entry[2] == written]
        if exact and not any(entry[2] == written for entry in others):
            return _treatment_of(exact)
        if not exact:
            return ""
    if word.endswith("s"):
        past = [entry for entry in seconds if entry[1][:3] in ("pre", "sub")]
        return _treatment_of(past) if past and previous in _VERB_BEFORE else ""
    bare = [verb for verb, code, _ in seconds if code == "imv.2s"]
    if any(code in ("imv.3s", "sub.3s") for _, code, _ in others):
        return "usted"  # «pague»; «sienta» is sentir and sentar: innocent
    if any(verb in _BARE for verb in bare) and _imperative_place(reading, position, word, lexicon):
        return "tú"
    return ""


def _is_verb(
    reading: Reading,
    position: int,
    written: str,
    previous: str,
    seconds: list[tuple[str, str, str]],
    lexicon: Lexicon,
) -> bool:
    """Is a form that conjugation gives to the second person alone really meant as a verb, and not as a noun in -s?"""
    word = reading.words[position]
    after = reading.words[position + 1] if position + 1 < len(reading.words) else ""
    if word in lexicon.plurals_like_tu:
        if previous == "que" and after in ("un", "una", "buen", "buena", "feliz", "muy", "lindo", "linda", "bien"):
            return True  # «que pases buena tarde»
        return previous in ("te", "me", "lo", "tu", "vos") or (previous == "no" and word not in ("mas", "mes"))
    codes = {code for _, code, _ in seconds}
    if word in _FREQUENT or word.endswith(_CERTAIN_ENDINGS):
        return True
    if len(word) >= 7 and codes & {"fut.2s", "sui.2s"}:
        return True
    if written != word and written.endswith(("ás", "és", "ís", "áis", "éis")) and len(word) > 3:
        return previous != "de"
    if any(code == "imv.2v" and text == written != word for _, code, text in seconds):
        return word not in _NO_FORMS
    if codes <= {"imv.2p"}:
        return len(word) > 4 and previous not in _NOUN_BEFORE  # «esperad», not «la red»
    if not word.endswith("s"):
        return word in ("haz", "ponte", "vete")
    if previous in ("lo", "la"):
        return True  # an article would agree: «la consigues»
    if previous in ("las", "los", "les") and position > 1 and reading.words[position - 2] in ("no", "que", "si", "tu"):
        return True
    return previous in _VERB_BEFORE or (after.endswith(("ar", "er", "ir")) and after in lexicon.verbs.changes)


def _imperative_place(reading: Reading, position: int, word: str, lexicon: Lexicon) -> bool:
    """Does a bare form stand where only an order to tú stands?

    Instructions to usted look alike («luego firma aquí»), therefore only the beginning of a sentence counts.
    """
    words = reading.words
    after = ""
    if position + 1 < len(words) and reading.segment[position + 1] == reading.segment[position]:
        after = words[position + 1]
    starts = position == 0 or reading.sentence[position - 1] != reading.sentence[position]
    asked = position > 0 and words[position - 1] in ("favor", "porfa")
    if word in ("mira", "oye", "disculpa", "perdona"):
        return _opens(reading, position) and after not in ("usted", "el", "la")
    if not (starts or asked) or reading.question[position] or after in ("usted", "ustedes"):
        return False
    if word in ("di", "ve", "da", "sal", "pon", "haz", "ven", "ten"):
        return word in ("haz", "pon", "ven") or (word == "ve" and after in ("a", "al"))
    if word in _SELDOM_ORDERS and after not in ("tu", "tus", "aqui", "bien", "no", "nomas", "adelante"):
        return False
    if any(_says_usted(reading, other, lexicon) for other in range(len(words)) if other != position):
        return False
    return after in _AFTER_IMPERATIVE or not after


def _says_usted(reading: Reading, position: int, lexicon: Lexicon) -> bool:
    word = reading.words[position]
    if word in ("usted", "ustedes", "su", "sus", "le", "les"):
        return True
    own = lexicon.verbs.entries(word)
    return bool(own) and all(code in ("imv.3s", "sub.3s", "sub.1s") for _, code, _ in own)


def _opens(reading: Reading, position: int) -> bool:
    return position == 0 or reading.segment[position - 1] != reading.segment[position]


def _attached(word: str, written: str, previous: str, lexicon: Lexicon) -> str:
    """The treatment of a form with pronouns: espérame, dime, deme; also of «ayudarte», «llamándote», «servirle»."""
    if len(word) < 4 or word in lexicon.plurals_like_tu or word in _NO_FORMS:
        return ""
    treatments = set()
    for infinitive, code, _, pronouns in lexicon.verbs.with_pronouns(word):
        to_you = "te" in pronouns
        if code in ("inf", "ger"):
            told = "tú/vos" if to_you else "vosotros" if "os" in pronouns else ""
            treatments.add(told or ("usted" if pronouns[-1] in ("le", "les") or "se" in pronouns else "nobody"))
        elif "os" in pronouns:
            treatments.add("vosotros" if code == "imv.2p" else "nobody")
        elif code in ("imv.3s", "imv.3p"):
            if not to_you:
                treatments.add(features(code).treatment)
        elif code in ("imv.2s", "imv.2v"):
            about_things = not {"me", "nos", "te"} & set(pronouns)
            if about_things and written == word and infinitive not in _BARE:
                treatments.add("nobody")  # «generales» is no «genera + les»
            elif pronouns[0] != "se":
                treatments.add(features(code).treatment)
        else:
            treatments.add("nobody")
    if not treatments or "nobody" in treatments:
        return ""
    if "usted" in treatments or "ustedes" in treatments:
        return "usted"
    if treatments == {"vos"} and word.endswith(("le", "les")) and previous in ("a", "para", "pa", "de", "por", "toy"):
        return ""  # «pa servile» leaves out the r
    return "tú/vos" if treatments == {"tú", "vos"} else min(treatments)


def _treatment_of(entries: list[tuple[str, str, str]]) -> str:
    codes = {code for _, code, _ in entries}
    people = {code[-2:] for code in codes}
    if people == {"2p"}:
        return "vosotros"
    if people == {"2v"}:
        return "vos"
    if people == {"2s"}:
        tenses = {code[:3] for code in codes}
        return "tú" if tenses <= {"pre", "sub", "imv"} else "tú/vos"
    return "tú/vos"
