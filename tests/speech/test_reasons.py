"""Every reason can be said."""

import re
from pathlib import Path

import pytest

from simulator.speech.reasons import REASONS, explain

SPEECH = Path(__file__).parents[2] / "simulator" / "speech"


def test_every_code_that_the_room_gives_has_its_sentence() -> None:
    given = set()
    for path in SPEECH.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        given |= set(
            re.findall(r'(?:SpeechUnavailable|ListeningUnavailable|_Refused|_fail|SilentPlayer)\(\s*"([a-z-]+)"', text)
        )
        given |= set(re.findall(r'"failed", "([a-z-]+)"', text))
    assert len(given) > 8
    assert given <= set(REASONS)


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_is_a_sentence(code: str) -> None:
    assert explain(code).endswith((".", "libpulse0"))


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        explain("nothing-of-the-kind")
