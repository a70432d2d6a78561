"""What an inbox needs to be played, told at its place; and what its scenario promises."""

from pathlib import Path

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.load import LoadedScenario, load_scenario

TEXT = (Path(__file__).parents[1] / "session" / "inbox.yaml").read_text("utf-8")


def loaded(text: str = TEXT) -> LoadedScenario:
    return load_scenario(text, "inbox.yaml", shipped_protocol().protocol)


def without(*beginnings: str) -> str:
    """The file without the lines that begin so."""
    return "\n".join(line for line in TEXT.splitlines() if not line.startswith(beginnings))


MISSING, CHOICE, RANGE = "scenario-missing-key", "scenario-bad-choice", "scenario-out-of-range"
VALUE, ACT = "scenario-bad-value", "scenario-unknown-act"


@pytest.mark.parametrize(
    ("beginnings", "key"),
    [
        (("date:",), "date"),
        (("inbox:", "  until", "  advisors", "  bodies"), "inbox"),
        (("letter:",), "letter"),
        (("    letter:",), "letter"),
    ],
)
def test_what_is_missing_is_told(beginnings: tuple[str, ...], key: str) -> None:
    found = loaded(without(*beginnings)).diagnostics
    assert (MISSING, key) in {(d.code, d.args.get("key")) for d in found}


@pytest.mark.parametrize(
    ("written", "instead", "code", "args"),
    [
        (", body: Alcaldía de San Lorenzo", "", MISSING, {"key": "body"}),
        ("advisor: Camilo Ortega", "advisor: Camilo Orteg", CHOICE, {"suggestion": "Camilo Ortega"}),
        ("kind: reclamo", "kind: reclama", CHOICE, {"suggestion": "reclamo"}),
        ('received: "2026-05-13', 'received: "2026-06-13', RANGE, {"limit": "2026-05-20 12:00"}),
        ('received: "2026-05-13', 'received: "2026-05-15', RANGE, {"limit": "2026-05-14 08:10"}),
        ('until: "2026-05-20', 'until: "2026-05-02', RANGE, {"key": "until"}),
        ('date: "2026-05-14"', 'date: "14/5/2026"', VALUE, {"key": "date"}),
        ('received: "2026-05-13 15:40"', 'received: "ayer"', VALUE, {"key": "received"}),
        ('triage:reclamo"', 'triage:reclamos"', ACT, {"suggestion": "triage:reclamo"}),
        ("forward:Alcaldía de San Lorenzo", "forward:Alcaldía", ACT, {"name": "forward:Alcaldía"}),
    ],
)
def test_mistakes_are_told_with_their_values(written: str, instead: str, code: str, args: dict[str, str]) -> None:
    assert written in TEXT
    wrong = loaded(TEXT.replace(written, instead)).diagnostics
    assert any(args.items() <= dict(d.args).items() for d in wrong if d.code == code), wrong


def test_a_class_is_read_with_or_without_its_accent() -> None:
    document = loaded(TEXT.replace("kind: reclamo", "kind: Peticion")).document
    assert document is not None
    assert document.letter is not None
    assert document.letter.kind == "petición"


def test_a_contact_may_drop_a_checkpoint_or_bring_its_own() -> None:
    text = TEXT.replace(
        "    letter: {subject: Poste",
        "    protocol: [follow-up: {drop: true}, ask-feedback]\n    letter: {subject: Poste",
    )
    scenario = loaded(text).scenario
    assert scenario is not None
    assert "follow-up" in scenario.checkpoints
    assert "follow-up" not in scenario.of("lamp").checkpoints
    assert "ask-feedback" in scenario.of("lamp").checkpoints
    assert "triage-message" in scenario.of("lamp").checkpoints
