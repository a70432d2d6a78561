"""Closed classes of Spanish words that the reader needs: fillers, clause breakers, abbreviations, slips of the pen.

All entries are folded (see `folding.fold`). They are grammar rather than protocol: what checkpoints mean stands in
`assets/language/es`.
"""


def listed(text: str) -> tuple[str, ...]:
    """The words of a text: word lists are easier to read and keep as running text."""
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text, separated by commas."""
    return tuple(phrase.strip() for phrase in text.split(",") if phrase.strip())


FILLERS = frozenset(
    listed(
        "eh eeh ehh ee em emm ehm mmm mm hmm ah aja ajam este pues pos bueno digamos osea mira mire veamos "
        "oiga oye ok okey po pucha entonces"
    )
)
"""Words that say nothing where they stand; they do not count in gaps, and can still be matched."""

FILLER_PAIRS = frozenset(
    {
        ("o", "sea"),
        ("es", "decir"),
        ("a", "ver"),
        ("por", "supuesto"),
        ("mas", "bien"),
        ("la", "verdad"),
        ("de", "verdad"),
        ("no", "mas"),
    }
)

BREAKERS = frozenset(listed("pero aunque entonces porque sino"))
"""Words that open a clause even where nobody wrote a comma."""

BREAKER_PAIRS = frozenset(
    {
        ("sin", "embargo"),
        ("no", "obstante"),
        ("asi", "que"),
        ("por", "eso"),
        ("o", "sea"),
        ("ya", "que"),
        ("puesto", "que"),
        ("ahora", "bien"),
        ("en", "cambio"),
    }
)

ABBREVIATIONS = frozenset(
    listed(
        "sr sra srta sres sras dr dra dres d dña da ing lic arq prof profa ud uds vd vds av avda calle tel "
        "tfno num nro ext dpto depto apto etc ej pag art min seg hrs hs hr aprox cta cia gral st sto sta a p "
        "m c"
    )
)
"""A point after one of these does not end a sentence."""

SLIPS: dict[str, tuple[str, ...]] = {
    "porfavor": ("por", "favor"),
    "porfa": ("por", "favor"),
    "porfis": ("por", "favor"),
    "xfa": ("por", "favor"),
    "xfavor": ("por", "favor"),
    "pf": ("por", "favor"),
    "porfi": ("por", "favor"),
    "osea": ("o", "sea"),
    "enque": ("en", "que"),
    "aver": ("a", "ver"),
    "alas": ("a", "las"),
    "talvez": ("tal", "vez"),
    "sobretodo": ("sobre", "todo"),
    "nomas": ("no", "mas"),
    "muchasgracias": ("muchas", "gracias"),
    "buenosdias": ("buenos", "dias"),
    "buenastardes": ("buenas", "tardes"),
    "buenasnoches": ("buenas", "noches"),
    "q": ("que",),
    "k": ("que",),
    "qe": ("que",),
    "ke": ("que",),
    "d": ("de",),
    "xq": ("porque",),
    "pq": ("porque",),
    "porq": ("porque",),
    "xque": ("porque",),
    "x": ("por",),
    "tb": ("tambien",),
    "tmb": ("tambien",),
    "tbn": ("tambien",),
    "bn": ("bien",),
    "ud": ("usted",),
    "vd": ("usted",),
    "uds": ("ustedes",),
    "vds": ("ustedes",),
    "ustd": ("usted",),
    "uste": ("usted",),
    "sr": ("señor",),
    "sra": ("señora",),
    "srta": ("señorita",),
    "sres": ("señores",),
    "señro": ("señor",),
    "dr": ("doctor",),
    "dra": ("doctora",),
    "ing": ("ingeniero",),
    "lic": ("licenciado",),
    "arq": ("arquitecto",),
    "prof": ("profesor",),
    "profa": ("profesora",),
    "dña": ("doña",),
    "num": ("numero",),
    "nro": ("numero",),
    "tel": ("telefono",),
    "tfno": ("telefono",),
    "cel": ("celular",),
    "min": ("minutos",),
    "mins": ("minutos",),
    "seg": ("segundos",),
    "segs": ("segundos",),
    "hrs": ("horas",),
    "hs": ("horas",),
    "gcias": ("gracias",),
    "grax": ("gracias",),
    "grcs": ("gracias",),
    "dnd": ("donde",),
    "msj": ("mensaje",),
    "msg": ("mensaje",),
    "wsp": ("whatsapp",),
    "wasap": ("whatsapp",),
    "guasap": ("whatsapp",),
    "wpp": ("whatsapp",),
    "whats": ("whatsapp",),
    "pa": ("para",),
    "mui": ("muy",),
    "ola": ("hola",),
    "asta": ("hasta",),
    "ase": ("hace",),
    "aser": ("hacer",),
    "ablar": ("hablar",),
    "abla": ("habla",),
    "ablo": ("hablo",),
    "ora": ("hora",),
    "oras": ("horas",),
    "oy": ("hoy",),
    "aora": ("ahora",),
}
"""Written habits and recogniser slips that are no words of their own, each with the words meant."""
