"""Every code of a diagnostic has its page, and the page's examples do what it says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from simulator.source.tree import parse
from simulator.wording.tables import diagnostic_tables
from tests.cli.readers import READERS as SCENARIO_READERS
from tests.protocol.readers import READERS as PROTOCOL_READERS

PAGES = Path(__file__).resolve().parents[2] / "docs" / "diagnostics"
CODES = frozenset(code for _module, table in diagnostic_tables() for code in table)
WRITTEN = sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README")


def yaml_codes(example: str | bytes) -> set[str]:
    return {diagnostic.code for diagnostic in parse(example, "example.yaml").diagnostics}


# A kind of file → what reads an example of it and gives the codes found. A room with codes of its own adds its kind.
READERS: Mapping[str, Callable[[str | bytes], set[str]]] = MappingProxyType(
    {"yaml": yaml_codes, **PROTOCOL_READERS, **SCENARIO_READERS}
)


@dataclass(frozen=True, slots=True)
class Page:
    header: Mapping[str, str]
    examples: tuple[str, ...]
    """The failing one, and the mended one if the page shows it."""

    def failing(self) -> str | bytes:
        text = self.readable(0) * int(self.header.get("repeat", "1"))
        return text.encode(self.header["encoding"]) if "encoding" in self.header else text

    def readable(self, number: int) -> str:
        text = self.examples[number]
        if self.header.get("escapes") == "true":
            return re.sub(
                r"\\(?:t|x[0-9a-f]{2}|u[0-9a-f]{4})", lambda m: m.group().encode().decode("unicode_escape"), text
            )
        return text


def page(code: str) -> Page:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    _before, header, body = text.split("---\n", 2)
    pairs = dict(line.split(": ", 1) for line in header.splitlines())
    return Page(pairs, tuple(re.findall(r"^```yaml\n(.*?)^```", body, re.M | re.S)))


def readable_pages() -> list[str]:
    return [code for code in WRITTEN if page(code).header["kind"] in READERS]


def test_every_kind_of_example_has_its_reader() -> None:
    kinds = {page(code).header["kind"] for code in WRITTEN}
    assert kinds <= set(READERS), f"register a reader for: {', '.join(sorted(kinds - set(READERS)))}"


def test_every_code_has_its_page() -> None:
    lacking = sorted(CODES.difference(WRITTEN))
    assert not lacking, f"write docs/diagnostics/<code>.md for: {', '.join(lacking)}"


def test_every_page_has_its_code() -> None:
    assert set(WRITTEN) <= CODES


@pytest.mark.parametrize("code", readable_pages())
def test_the_failing_example_gives_the_code(code: str) -> None:
    shown = page(code)
    assert code in READERS[shown.header["kind"]](shown.failing())


@pytest.mark.parametrize("code", readable_pages())
def test_the_mended_example_does_not(code: str) -> None:
    shown = page(code)
    for number in range(1, len(shown.examples)):
        assert code not in READERS[shown.header["kind"]](shown.readable(number))


@pytest.mark.parametrize("code", WRITTEN)
def test_a_page_says_what_it_is_about(code: str) -> None:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert re.search(rf"^# .+ \(`{code}`\)$", text, re.M)
    assert "## Ejemplo que falla" in text
    assert "## Cómo se arregla" in text
