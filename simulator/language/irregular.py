"""Irregular Spanish verbs: families that share a tail (tener: obtener, detener …) and verbs given whole."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """What differs from the regular conjugation; each part is written after the verb's prefix."""

    first: str = ""  # present, first person singular
    stressed: str = ""  # stem of the stressed present forms
    preterite: str = ""  # strong preterite stem
    future: str = ""
    imperative: str = ""  # of tú
    subjunctive: str = ""
    gerund: str = ""
    whole: bool = False  # only the verb itself, not verbs that end so


FAMILIES: dict[str, Family] = {
    "tener": Family(first="tengo", stressed="tien", preterite="tuv", future="tendr", imperative="ten"),
    "poner": Family(first="pongo", preterite="pus", future="pondr", imperative="pon"),
    "venir": Family(
        first="vengo", stressed="vien", preterite="vin", future="vendr", imperative="ven", gerund="viniendo"
    ),
    "hacer": Family(first="hago", preterite="hic", future="har", imperative="haz"),
    "facer": Family(first="fago", preterite="fic", future="far", imperative="faz"),
    "decir": Family(first="digo", stressed="dic", preterite="dij", future="dir", imperative="di", gerund="diciendo"),
    "traer": Family(first="traigo", preterite="traj", gerund="trayendo"),
    "caer": Family(first="caigo", gerund="cayendo"),
    "salir": Family(first="salgo", future="saldr", imperative="sal"),
    "valer": Family(first="valgo", future="valdr"),
    "poder": Family(stressed="pued", first="puedo", preterite="pud", future="podr", gerund="pudiendo", whole=True),
    "querer": Family(stressed="quier", first="quiero", preterite="quis", future="querr"),
    "saber": Family(first="sé", preterite="sup", future="sabr", subjunctive="sep", whole=True),
    "caber": Family(first="quepo", preterite="cup", future="cabr", whole=True),
    "andar": Family(preterite="anduv", whole=True),
    "ducir": Family(first="duzco", preterite="duj"),
    "prever": Family(first="preveo", whole=True),
    "asir": Family(first="asgo", whole=True),
}

PARTICIPLES: dict[str, str] = {
    "abrir": "abierto",
    "cubrir": "cubierto",
    "escribir": "escrito",
    "scribir": "scrito",
    "volver": "vuelto",
    "solver": "suelto",
    "poner": "puesto",
    "hacer": "hecho",
    "facer": "fecho",
    "decir": "dicho",
    "ver": "visto",
    "morir": "muerto",
    "romper": "roto",
    "imprimir": "impreso",
    "freír": "frito",
    "proveer": "provisto",
}

WHOLE: dict[str, dict[str, str]] = {
    "ser": {
        "inf": "ser",
        "pre": "soy eres es somos sois son",
        "pre.2v": "sos",
        "imp": "era eras era éramos erais eran",
        "ret": "fui fuiste fue fuimos fuisteis fueron",
        "fut": "ser",
        "sub": "sea seas sea seamos seáis sean",
        "sui": "fue",
        "imv.2s": "sé",
        "imv.3s": "sea",
        "imv.1p": "seamos",
        "imv.2p": "sed",
        "imv.3p": "sean",
        "ger": "siendo",
        "par": "sido",
    },
    "ir": {
        "inf": "ir",
        "pre": "voy vas va vamos vais van",
        "pre.2v": "vas",
        "imp": "iba ibas iba íbamos ibais iban",
        "ret": "fui fuiste fue fuimos fuisteis fueron",
        "fut": "ir",
        "sub": "vaya vayas vaya vayamos vayáis vayan",
        "sui": "fue",
        "imv.2s": "ve",
        "imv.2v": "andá",
        "imv.3s": "vaya",
        "imv.1p": "vamos",
        "imv.2p": "id",
        "imv.3p": "vayan",
        "ger": "yendo",
        "par": "ido",
    },
    "haber": {
        "inf": "haber",
        "pre": "he has ha hemos habéis han",
        "imp": "había habías había habíamos habíais habían",
        "ret": "hube hubiste hubo hubimos hubisteis hubieron",
        "fut": "habr",
        "sub": "haya hayas haya hayamos hayáis hayan",
        "sui": "hubie",
        "ger": "habiendo",
        "par": "habido",
        "imv.3s": "haya",
    },
    "estar": {
        "inf": "estar",
        "pre": "estoy estás está estamos estáis están",
        "pre.2v": "estás",
        "imp": "estaba estabas estaba estábamos estabais estaban",
        "ret": "estuve estuviste estuvo estuvimos estuvisteis estuvieron",
        "fut": "estar",
        "sub": "esté estés esté estemos estéis estén",
        "sui": "estuvie",
        "imv.2s": "está",
        "imv.3s": "esté",
        "imv.1p": "estemos",
        "imv.2p": "estad",
        "imv.3p": "estén",
        "ger": "estando",
        "par": "estado",
    },
    "dar": {
        "inf": "dar",
        "pre": "doy das da damos dais dan",
        "pre.2v": "das",
        "imp": "daba dabas daba dábamos dabais daban",
        "ret": "di diste dio dimos disteis dieron",
        "fut": "dar",
        "sub": "dé des dé demos deis den",
        "sui": "die",
        "imv.2s": "da",
        "imv.2v": "da",
        "imv.3s": "dé",
        "imv.1p": "demos",
        "imv.2p": "dad",
        "imv.3p": "den",
        "ger": "dando",
        "par": "dado",
    },
    "ver": {
        "inf": "ver",
        "pre": "veo ves ve vemos veis ven",
        "pre.2v": "ves",
        "imp": "veía veías veía veíamos veíais veían",
        "ret": "vi viste vio vimos visteis vieron",
        "fut": "ver",
        "sub": "vea veas vea veamos veáis vean",
        "sui": "vie",
        "imv.2s": "ve",
        "imv.2v": "ve",
        "imv.3s": "vea",
        "imv.1p": "veamos",
        "imv.2p": "ved",
        "imv.3p": "vean",
        "ger": "viendo",
        "par": "visto",
    },
    "oír": {
        "inf": "oír",
        "pre": "oigo oyes oye oímos oís oyen",
        "pre.2v": "oís",
        "imp": "oía oías oía oíamos oíais oían",
        "ret": "oí oíste oyó oímos oísteis oyeron",
        "fut": "oir",
        "sub": "oiga oigas oiga oigamos oigáis oigan",
        "sui": "oye",
        "imv.2s": "oye",
        "imv.2v": "oí",
        "imv.3s": "oiga",
        "imv.1p": "oigamos",
        "imv.2p": "oíd",
        "imv.3p": "oigan",
        "ger": "oyendo",
        "par": "oído",
    },
}
WHOLE["oir"] = WHOLE["oír"]
