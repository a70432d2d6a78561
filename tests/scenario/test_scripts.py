"""What a scenario's tests and its channel's section name must be there: told at its place before anything is played."""

from pathlib import Path

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.proof import prove
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.source.diagnostics import Diagnostic
from simulator.wording import render

WEB = (Path(__file__).parent / "small-web.yaml").read_text("utf-8")
CHAT = (Path(__file__).parent / "small-chat.yaml").read_text("utf-8")


def loaded(text: str) -> LoadedScenario:
    return load_scenario(text, "prueba.yaml", shipped_protocol().protocol)


def told(whole: str, old: str, new: str) -> list[Diagnostic]:
    """What is said of the scenario with one thing otherwise."""
    assert whole.count(old) >= 1
    return list(loaded(whole.replace(old, new, 1)).diagnostics)


@pytest.mark.parametrize("whole", [WEB, CHAT])
def test_both_are_sound(whole: str) -> None:
    result = loaded(whole)
    assert list(result.diagnostics) == []
    assert list(prove(result, (1, 2))) == []


@pytest.mark.parametrize(
    ("whole", "old", "new", "code", "word"),
    [
        (WEB, "register: {name:", "register: {nombre:", "scenario-bad-choice", "- register"),
        (WEB, "{id: email, label", "{id: name, label", "scenario-duplicate-id", "name, label"),
        (WEB, "      - answer\n", "      - hold\n", "scenario-unknown-act", "hold"),
        (WEB, "screen: results\n", "screen: resultados\n", "scenario-unknown-screen", "resultados"),
        (WEB, "site:\n", "chat: {patience: 30}\nsite:\n", "scenario-section-of-other-channel", "chat"),
        (CHAT, "chat: {queue", "phone: {rings_after: 3}\nchat: {queue", "scenario-section-of-other-channel", "phone"),
        (CHAT, "in: hugo", "in: ugo", "scenario-unknown-contact", "in: ugo"),
        (CHAT, "ends: {hugo: content}", "ends: {ugo: content}", "scenario-unknown-contact", "{ugo"),
        (CHAT, "ends: {hugo: content}", "ends: {hugo: contento}", "scenario-unknown-step", "contento"),
        (CHAT, "id: hugo-hola", "id: rita-hola", "scenario-duplicate-id", "{id: rita-hola"),
    ],
)
def test_a_slip_is_told_where_it_is(whole: str, old: str, new: str, code: str, word: str) -> None:
    found = [diagnostic for diagnostic in told(whole, old, new) if diagnostic.code == code]
    lines = whole.replace(old, new, 1).splitlines()
    assert any(word in lines[diagnostic.span.start.line - 1] for diagnostic in found), found


def test_answers_are_each_contact_s_own() -> None:
    own = "    sheet: {answers: {cambio: *change}}\n"
    (found,) = told(CHAT, own, "")
    assert found.code == "scenario-request-unanswered"
    assert "hugo-hola" in CHAT.replace(own, "").splitlines()[found.span.start.line - 1]


def test_a_thing_asked_for_may_stand_in_quotes() -> None:
    assert told(CHAT, "asks: cambio", '"asks: cambio"') == []


def test_a_move_that_was_refused_is_told_at_the_move() -> None:
    text = WEB.replace("      - register", "      - route-virtual-agent\n      - register", 1)
    (first, *_) = prove(loaded(text), (1,))
    assert "route-virtual-agent" in text.splitlines()[first.span.start.line - 1]


def test_a_score_that_is_not_reached_names_what_was_lost() -> None:
    text = WEB.replace("Buenos días, Librería", "Hola, Librería", 1).replace(", missed: []", "", 1)
    (found,) = prove(loaded(text), (1,))
    assert "(greet-time-of-day)" in render(found.code, dict(found.args))
