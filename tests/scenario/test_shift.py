"""A shift is loaded with the files that it names, and what is stored of it needs them no more."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import replay
from simulator.scenario.agenda import agenda_of
from simulator.scenario.library import load_file
from simulator.scenario.load import load_scenario
from simulator.scenario.schema import scenario_schema
from simulator.scenario.shift import bundled, unbundled
from simulator.scoring.score import score
from simulator.session.envelope import encode
from simulator.session.replay import commands_of
from tests.session.shifts import MORNING, REST, SHIFT, half_day, loaded, played


def codes(text: str) -> list[tuple[str, int]]:
    return [(found.code, found.span.start.line) for found in loaded(text).diagnostics]


def line_of(part: str, text: str = SHIFT) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_each_contact_has_the_scenario_of_its_file_with_hour_and_agent_of_the_shift() -> None:
    assert half_day().contacts == ("elvira", "marta")
    assert half_day().customers == {"elvira": "Elvira Cárdenas", "marta": "Marta Ríos"}
    own = half_day().of("marta")
    assert (own.doc.company.name, own.doc.channel, own.doc.account) == ("Telenova", "phone", "4471-22")
    assert (own.doc.clock, own.doc.agent, own.doc.clock_minutes) == ("08:59", "Daniela Prieto", 8 * 60 + 59)
    assert own.doc.knowledge[0].title == "Telenova"
    greeting = str(own.doc.tests[0].do)
    assert "Daniela" in greeting
    assert "Diego" not in greeting


def test_what_is_stored_replays_without_the_other_files() -> None:
    again = load_scenario(half_day().text, "stored.yaml", shipped_protocol().protocol).scenario
    assert again is not None
    assert (again.doc, again.hash, again.agenda) == (half_day().doc, half_day().hash, half_day().agenda)
    log = played(*MORNING, *REST).events
    assert [encode(event) for event in replay(again, commands_of(log))] == [encode(event) for event in log]
    assert score(again, log) == score(half_day(), log)


def test_the_stored_text_changes_with_a_file_that_the_shift_names() -> None:
    read = unbundled(half_day().text)
    assert read is not None
    text, files = read
    changed = bundled(text, {**files, "phone/angry-caller": files["phone/angry-caller"] + "# otra\n"})
    again = load_scenario(changed, "stored.yaml", shipped_protocol().protocol).scenario
    assert again is not None
    assert again.hash != half_day().hash


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_a_bundle_gives_back_what_was_put_in(text: str, files: dict[str, str]) -> None:
    assert unbundled(bundled(text, files)) == (text, files)


@given(st.text())
def test_any_text_that_begins_like_a_bundle_gives_diagnostics(rest: str) -> None:
    found = load_scenario('{"files":' + rest, "odd.yaml", shipped_protocol().protocol)
    assert found.scenario is None
    assert found.diagnostics


def test_a_file_that_is_not_there_and_one_that_fills_an_attempt_alone_are_told_at_their_place() -> None:
    missing = SHIFT.replace("phone/angry-caller", "phone/angry-callers")
    assert codes(missing) == [("shift-scenario-missing", line_of("phone/angry-caller"))]
    for name in ("email/inbox-pqr", "chat/three-visitors", "outbound/cancelled-appointments"):
        assert codes(SHIFT.replace("phone/angry-caller", name)) == [
            ("shift-scenario-unfit", line_of("phone/angry-caller"))
        ]


def test_a_file_with_errors_of_its_own_is_told(tmp_path: Path) -> None:
    (tmp_path / "shift").mkdir()
    (tmp_path / "phone").mkdir()
    (tmp_path / "shift" / "one.yaml").write_text(SHIFT.replace("phone/angry-caller", "phone/broken"), "utf-8")
    (tmp_path / "phone" / "broken.yaml").write_text("scenario: broken\n", "utf-8")
    found = load_file(tmp_path / "shift" / "one.yaml", shipped_protocol().protocol)
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["shift-scenario-broken"]
    assert found.names == ("phone/guided-first-call", "phone/broken")


@pytest.mark.parametrize(
    "name", ["../phone/angry-caller", "/etc/passwd", "phone/angry-caller.yaml", "shift/../phone/x"]
)
def test_nothing_outside_the_scenarios_can_be_named(name: str) -> None:
    assert codes(SHIFT.replace("phone/angry-caller", name)) == [("scenario-bad-id", line_of("phone/angry-caller"))]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('clock: "08:59"', 'clock: "09:01"', "scenario-out-of-range"),
        ('ends: "11:00"', 'ends: "08:00"', "scenario-out-of-range"),
        ('from: "10:00"', 'from: "10:55"', "scenario-out-of-range"),
        ('from: "10:30"', 'from: "10:05"', "shift-overlap"),
        ('at: "09:21"', 'at: "11:00"', "scenario-out-of-range"),
        ('at: "09:20"', 'at: "25:00"', "scenario-bad-value"),
        ("do: [jump: next]", "do: [in: nobody]", "scenario-unknown-contact"),
        ("do: [jump: next]", "do: [in: marta, as-in: agente ejemplarr]", "scenario-bad-choice"),
        ("do: [jump: next]", "do: [leap: next]", "scenario-unknown-move"),
        ("after_call: 60", "after_calls: 60", "scenario-unknown-key"),
    ],
)
def test_mistakes_in_the_agenda_are_told_at_their_place(before: str, after: str, code: str) -> None:
    found = codes(SHIFT.replace(before, after))
    assert code in [told for told, _ in found]
    assert line_of(before) in [line for told, line in found if told == code]


def test_the_agenda_is_without_gap_from_the_beginning_to_the_end() -> None:
    agenda = half_day().agenda
    assert agenda is not None
    edges = [(entry.begins_ms, entry.ends_ms) for entry in agenda.entries]
    assert [begins for begins, _ in edges[1:]] == [ends for _, ends in edges[:-1]]
    assert (agenda.begins_ms, agenda.ends_ms) == (60_000, 121 * 60_000)
    assert [entry.kind for entry in agenda.entries] == ["work", "break", "work", "activity", "work"]
    assert agenda.entry_at(0) is None
    assert agenda.entry_at(121 * 60_000) is None


def test_a_shift_that_ends_with_a_break_has_no_empty_stretch() -> None:
    from simulator.scenario.sections.shift import Shift

    shift = Shift.model_validate(
        {"begins": "09:00", "ends": "10:00", "breaks": [{"title": "Fin", "from": "09:30", "minutes": 30}]}
    )
    assert [entry.kind for entry in agenda_of(shift, {}, 540).entries] == ["work", "break"]


def test_the_schema_knows_shifts() -> None:
    schema = scenario_schema()
    assert "ShiftDocument" in schema["$defs"]
    assert schema["if"]["properties"]["channel"] == {"const": "shift"}


def test_the_shipped_shift_loads_without_complaint() -> None:
    found = load_file(paths.scenarios() / "shift" / "first-shift.yaml", shipped_protocol().protocol)
    assert found.diagnostics == ()
