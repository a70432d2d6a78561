"""The forms of `minuto~`: a noun or adjective in number, gender, diminutive and superlative."""

_DIMINUTIVES = ("it", "ic", "ill")
_FEMININE_OR = ("or", "ón", "és", "án", "ín")


def noun_forms(word: str) -> tuple[str, ...]:
    """All forms, the word first; gender only from a masculine in -o, -or, -ón, -és (write `señor~`, `minuto~`).

    >>> noun_forms("minuto")[:4]
    ('minuto', 'minutos', 'minuta', 'minutas')
    """
    forms = [word, *_plurals(word)]
    root = word[:-1]
    if word.endswith("o"):
        forms += [root + "a", root + "as"]
        forms += [_before_i(root) + "ísim" + ending for ending in ("o", "a", "os", "as")]
    elif word.endswith(_FEMININE_OR) and not word.endswith("ión") and len(word) > 3:
        bare = _unaccented(word)
        forms += [bare + "a", bare + "as"]
    forms += diminutives(word)
    return tuple(dict.fromkeys(forms))


def _plurals(word: str) -> list[str]:
    if word.endswith("z"):
        return [word[:-1] + "ces"]
    if word.endswith("s") and len(word) > 3 and word[-2] not in "áéíóú":
        return [word]
    if word[-1] in "aeioué":
        return [word + "s"]
    if word[-1] in "áíóú":
        return [word + "s", word + "es"]
    return [_unaccented(word) + "es"]


def _unaccented(word: str) -> str:
    return word[:-2] + word[-2:].translate(str.maketrans("áéíóú", "aeiou"))


def _before_i(root: str) -> str:
    if root.endswith("c"):
        return root[:-1] + "qu"
    if root.endswith("g"):
        return root + "u"
    if root.endswith("z"):
        return root[:-1] + "c"
    return root


def diminutives(word: str) -> list[str]:
    """Minutito, minutico, minutillo; cafecito; Blanquita, Manuelito."""
    plain = word.translate(str.maketrans("áéíóú", "aeiou"))
    if plain[-1] in "oa":
        root = _before_i(plain[:-1])
        endings = ("o", "a", "os", "as") if plain[-1] == "o" else ("a", "as")
        return [root + infix + ending for infix in _DIMINUTIVES for ending in endings]
    if plain[-1] == "e":
        return [plain[:-1] + infix + ending for infix in ("ecit", "it") for ending in ("o", "a", "os", "as")]
    if plain[-1] in "lrn":
        infixes = ("it", "cit") if plain[-1] != "l" else ("it",)
        return [plain + infix + ending for infix in infixes for ending in ("o", "a", "os", "as")]
    return []
