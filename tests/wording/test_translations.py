"""The Spanish is whole, fresh and fits: run `python -m simulator.wording.compile` after any change."""

import string

import pytest

from simulator.wording import DOMAIN, TRANSLATIONS
from simulator.wording.compile import Merged, merge, missing
from simulator.wording.extract import uses

FOLDER = TRANSLATIONS / "es"


@pytest.fixture(scope="module")
def merged() -> Merged:
    return merge(FOLDER)


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_text_of_the_program_has_its_spanish(merged: Merged) -> None:
    lacking = [f"{use.place}: {use.msgid or 'put together before it is looked up'}" for use in missing(merged)]
    assert not lacking, "without Spanish:\n" + "\n".join(lacking)


def test_the_compiled_catalogue_is_fresh(merged: Merged) -> None:
    stored = (FOLDER / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()
    assert stored == merged.mo(), "run python -m simulator.wording.compile"


def test_translations_use_the_same_values(merged: Merged) -> None:
    plurals = {use.msgid: placeholders(use.plural) for use in uses() if use.msgid and use.plural}
    wrong = [
        f"{msgid!r} → {form!r}"
        for msgid, forms in merged.translations.items()
        for form in forms
        if placeholders(form) not in (placeholders(msgid), plurals.get(msgid))
    ]
    assert not wrong, "\n".join(wrong)


def test_spanish_is_typeset_as_spanish(merged: Merged) -> None:
    """Questions and exclamations open as they close; nobody is addressed as «tú» or «vos»."""
    wrong = [
        form
        for forms in merged.translations.values()
        for form in forms
        if form.count("¿") != form.count("?")
        or form.count("¡") != form.count("!")
        or form.count("«") != form.count("»")
    ]
    assert not wrong, "\n".join(wrong)
