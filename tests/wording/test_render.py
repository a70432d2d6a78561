from collections.abc import Iterator

import pytest

from simulator.wording import _, mark, n_, render, set_language
from simulator.wording.tables import tables


@pytest.fixture(autouse=True)
def spanish_again() -> Iterator[None]:
    yield
    set_language("es")


def test_spanish_is_spoken_from_the_start() -> None:
    assert _("passed") == "apto"


def test_the_language_can_be_chosen() -> None:
    set_language("en")
    assert _("passed") == "passed"


def test_a_text_without_translation_stays_english() -> None:
    assert _("Nobody translated this") == "Nobody translated this"


def test_the_empty_text_is_not_the_catalogues_header() -> None:
    assert _("") == ""


def test_plural_follows_the_number() -> None:
    assert n_("{n} thing", "{n} things", 1).format(n=1) == "1 thing"
    assert n_("{n} thing", "{n} things", 2).format(n=2) == "2 things"


def test_marking_does_not_translate() -> None:
    assert mark("passed") == "passed"


def test_a_code_is_rendered_with_its_values() -> None:
    said = render("yaml-duplicate-key", {"key": "mood", "line": 3})
    assert said.startswith("La clave «mood» está escrita dos veces (la primera, en la línea 3)")


def test_values_are_not_templates() -> None:
    assert "{line}" in render("yaml-duplicate-key", {"key": "{line}", "line": 3})


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("no-such-code", {})


def test_a_code_stands_in_one_table_only() -> None:
    codes = [code for _module, table in tables() for code in table]
    assert sorted(codes) == sorted(set(codes))
