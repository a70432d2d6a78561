"""Mistakes of authors: all at once, each at its place, never an exception."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.library import load_all, load_file, scenario_files
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.schema import scenario_schema
from simulator.source.diagnostics import Severity

MINI = (Path(__file__).parents[1] / "session" / "mini.yaml").read_text("utf-8")


def loaded(text: str) -> LoadedScenario:
    return load_scenario(text, "prueba.yaml", shipped_protocol().protocol)


def codes(text: str) -> set[str]:
    return {diagnostic.code for diagnostic in loaded(text).diagnostics}


def changed(old: str, new: str) -> str:
    """The small scenario with one thing otherwise."""
    assert MINI.count(old) >= 1
    return MINI.replace(old, new, 1)


def test_a_sound_scenario_has_nothing_to_say() -> None:
    result = loaded(MINI)
    assert result.scenario is not None
    assert [d for d in result.diagnostics if d.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "suggestion"),
    [
        ("go: thanks", "go: thnaks", "scenario-unknown-step", "thanks"),
        ("otherwise: resolved", "otherwise: resolvd", "scenario-unknown-step", "resolved"),
        ("- hold-check-back", "- hold-chek-back", "scenario-unknown-checkpoint", "hold-check-back"),
        ("channel: phone", "channel: phnoe", "scenario-bad-choice", "phone"),
        ("briefing:", "breifing:", "scenario-unknown-key", "briefing"),
        ("facts: [praises", "facts: [prases", "scenario-unknown-fact", "praises"),
        ("act: resume", "act: resum", "scenario-unknown-act", "resume"),
        ("[dismiss-colleague, answer,", "[dismiss-colleague, anser,", "scenario-unknown-move", "answer"),
        ('done: ["complete"]', 'done: ["complet"]', "scenario-unknown-act", "complete"),
        ("expect: {result: passed, end: resolved}", "expect: {end: resolve}", "scenario-unknown-step", "resolved"),
        ("end: resolved}", "ends: {c1: resolvd}}", "scenario-unknown-step", "resolved"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(old: str, new: str, code: str, suggestion: str) -> None:
    found = [d for d in loaded(changed(old, new)).diagnostics if d.code == code]
    assert [d.args.get("suggestion") for d in found] == [suggestion]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('clock: "10:40"', 'clock: "25:40"', "scenario-bad-clock"),
        ("mood: 40,", "mood: 400,", "scenario-out-of-range"),
        ("mood: 40,", "mood: mucho,", "scenario-bad-value"),
        ("silent: 8,", "silent: 8, held: 3,", "scenario-mixed-triggers"),
        ("otherwise: resolved", "otherwise: resolved, go: resolved", "scenario-mixed-otherwise"),
        ('when: {mood: "<= 0"}', "when: {mood: poco}", "scenario-bad-comparison"),
        ("scenario: mini", "scenario: Mini Uno", "scenario-bad-id"),
        ("title: Una llamada de prueba\n", "", "scenario-missing-key"),
        ("id: complaint-2,", "id: complaint-1,", "scenario-duplicate-id"),
        ("id: waits, held: 30", "id: mute, held: 30", "scenario-duplicate-id"),
        ("  resolved: {good", "  thanks: {good", "scenario-step-is-end"),
        ("{id: bye, otherwise: resolved}", "{id: bye}", "scenario-no-trigger"),
        ("steps:\n  opening:", "required: [espera]\nsteps:\n  opening:", "scenario-unknown-required"),
        ("{id: hush, says:", "{id: hush, missed: greet-company, says:", "scenario-missed-needs-always"),
        (
            "  cut: {title: Nadie habló}",
            "  cut: {title: Nadie habló}\n  lost: {title: Nunca}",
            "scenario-unreachable-end",
        ),
        ("reactions:", "  island: {customer: [{id: i-1, say: Hola}]}\nreactions:", "scenario-unreachable-step"),
    ],
)
def test_each_mistake_has_its_code(old: str, new: str, code: str) -> None:
    assert code in codes(changed(old, new))


def test_mistakes_are_placed_on_their_line() -> None:
    text = changed("go: thanks", "go: thnaks")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "thnaks" in row)
    found = [d for d in loaded(text).diagnostics if d.code == "scenario-unknown-step"]
    assert [d.span.start.line for d in found] == [line]
    assert found[0].span.start.column == text.splitlines()[line - 1].index("thnaks") + 1


def test_all_mistakes_come_at_once() -> None:
    text = (
        changed("channel: phone", "channel: phnoe").replace("briefing:", "breifing:").replace("mood: 40,", "mood: 400,")
    )
    assert {"scenario-bad-choice", "scenario-unknown-key", "scenario-missing-key", "scenario-out-of-range"} <= codes(
        text
    )


def test_a_mistake_inside_a_pattern_is_placed_in_the_file() -> None:
    text = changed('says: "idiota"', 'says: "$conceptoquenoexiste"')
    found = [d for d in loaded(text).diagnostics if d.severity is Severity.ERROR]
    assert found
    assert "conceptoquenoexiste" in text.splitlines()[found[0].span.start.line - 1]


def test_a_checkpoint_that_the_scenario_drops_is_not_marked() -> None:
    result = loaded(changed("  - hold-check-back\n", "  - hold-check-back\n  - formal-address: {drop: true}\n"))
    assert result.scenario is not None
    assert "formal-address" not in result.scenario.checkpoints
    assert "no-rudeness" in result.scenario.checkpoints  # inherited: a critical of the channel


def test_weights_are_the_scenarios() -> None:
    result = loaded(MINI)
    assert result.scenario is not None
    assert result.scenario.checkpoints["greet-company"].weight == 3


@pytest.mark.parametrize("text", ["", "42", "- a\n- b", "{", "\x00\x01", "a: &a [*a]", "título: no"])
def test_what_is_no_scenario_is_said_so(text: str) -> None:
    result = loaded(text)
    assert result.scenario is None
    assert any(d.severity is Severity.ERROR for d in result.diagnostics)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.integers(0, len(MINI) - 1), st.integers(0, 60))
def test_no_text_makes_the_loader_fail(noise: str, at: int, cut: int) -> None:
    loaded(MINI[:at] + noise + MINI[at + cut :])


def test_a_file_that_cannot_be_read_is_a_diagnostic(tmp_path: Path) -> None:
    result = load_file(tmp_path / "no-existe.yaml", shipped_protocol().protocol)
    assert [d.code for d in result.diagnostics] == ["scenario-unreadable"]


def test_two_files_with_one_id(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(MINI, "utf-8")
    (tmp_path / "b.yml").write_text(MINI, "utf-8")
    assert [file.name for file in scenario_files([tmp_path])] == ["a.yaml", "b.yml"]
    first, second = load_all([tmp_path], shipped_protocol().protocol)
    assert first.scenario is not None
    assert second.scenario is None
    assert second.diagnostics[-1].code == "scenario-duplicate-scenario"


def test_the_schema_knows_every_key_of_a_scenario() -> None:
    schema = scenario_schema()
    assert {"scenario", "steps", "ends", "customer"} <= set(schema["properties"])
    assert schema["additionalProperties"] is False
