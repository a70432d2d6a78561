"""The pages of scenarios: what they offer as the mend is sound, not merely free of that one mistake."""

import re
from pathlib import Path

import pytest

from simulator.source.diagnostics import Severity
from simulator.wording.scenario import SCENARIO
from tests.cli.readers import SOUND, diagnostics, patched

PAGES = Path(__file__).resolve().parents[2] / "docs" / "diagnostics"


def mended(code: str) -> list[str]:
    """The mended examples of a page that are parts of a scenario."""
    text = (PAGES / f"{code}.md").read_text("utf-8")
    return re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)[1:] if "\nkind: scenario\n" in text else []


def test_the_small_scenario_is_sound() -> None:
    assert diagnostics(SOUND) == ()


@pytest.mark.parametrize("code", [code for code in sorted(SCENARIO) if mended(code)])
def test_a_mended_example_is_sound(code: str) -> None:
    for example in mended(code):
        wrong = [d for d in diagnostics(patched(example)) if d.severity is not Severity.INFO]
        assert wrong == []


def test_keys_of_an_example_replace_those_of_the_small_scenario() -> None:
    text = patched("steps:\n  other:\n    replies:\n      - {id: else, otherwise: resolved}\n")
    assert "other:" in text
    assert "opening:" not in text
    assert text.count("\nends:") == 1
