"""The pages of the codes of language, rules and catalogue do what they say."""

import re
from pathlib import Path

import pytest

from simulator.wording.understanding import FINDINGS, UNDERSTANDING
from tests.protocol.readers import READERS

PAGES = Path(__file__).resolve().parents[2] / "docs" / "diagnostics"


@pytest.mark.parametrize("code", sorted(UNDERSTANDING))
def test_a_page_does_what_it_says(code: str) -> None:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    kind = re.search(r"^kind: (\S+)$", text, re.M)
    failing, mended = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
    assert kind
    assert code in READERS[kind.group(1)](failing)
    assert READERS[kind.group(1)](mended) <= {"example-met", "example-missed"} - {code}


def test_every_code_in_the_source_is_worded() -> None:
    root = Path(__file__).resolve().parents[2] / "simulator"
    used: set[str] = set()
    for room in ("language", "protocol"):
        for path in (root / room).glob("*.py"):
            source = path.read_text(encoding="utf-8")
            used.update(
                re.findall(
                    r'"((?:pattern|patterns|rule|rules|concept|concepts|checkpoint|checkpoints|example|verbs|sample|language|weights)-[a-z-]+)"',
                    source,
                )
            )
            used.update(re.findall(r'"(reply-[a-z-]+)"', source))
    hearing = (root / "session" / "hearing.py").read_text(encoding="utf-8")
    used.update(re.findall(r'"(heard-[a-z-]+)"', hearing))
    assert used == {*UNDERSTANDING, *FINDINGS}
