"""Which recording belongs to which line."""

from pathlib import Path

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player
from simulator.scenario.load import load_scenario
from simulator.scenario.scenario import Scenario
from simulator.session.state import State
from simulator.source.diagnostics import Severity
from simulator.speech.recorded import RecordedLines, check_recordings, find_recordings, recordings_beside
from simulator.speech.takes import Piece
from tests.cli.readers import patched
from tests.scenario.test_lines import TWICE
from tests.speech.wav_files import tone, write_tone

CUSTOMER, COLLEAGUE = "Marta Ríos", "Iván Páez"


@pytest.fixture
def scenario() -> Scenario:
    loaded = load_scenario(patched(TWICE), "ejemplo.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


@pytest.fixture
def state(scenario: Scenario) -> State:
    player = Player(scenario)
    player.start()
    return player.state


def test_without_recordings_a_line_stays_a_text(scenario: Scenario, state: State, tmp_path: Path) -> None:
    for folder in (None, tmp_path / "none", tmp_path):
        assert RecordedLines(scenario, folder).pieces(state, CUSTOMER, ("quiet-1",), "¿Sigue ahí?") == "¿Sigue ahí?"


def test_a_recorded_line_is_one_piece(scenario: Scenario, state: State, tmp_path: Path) -> None:
    file = write_tone(tmp_path / "quiet-1.wav")
    recorded = RecordedLines(scenario, tmp_path)
    assert recorded.pieces(state, CUSTOMER, ("quiet-1",), "¿Sigue ahí?") == (Piece("¿Sigue ahí?", file),)
    assert recorded.pieces(state, CUSTOMER, ("quiet-2",), "¿Hola?") == "¿Hola?"


def test_lines_said_in_one_breath_are_pieces_of_which_some_are_recorded(
    scenario: Scenario, state: State, tmp_path: Path
) -> None:
    told = write_tone(tmp_path / "opening.told.wav")
    recorded = RecordedLines(scenario, tmp_path)
    pieces = recorded.pieces(state, CUSTOMER, ("told", "end-line"), "Ah, bien. Adiós.")
    assert pieces == (Piece("Ah, bien.", told), Piece("Adiós."))


def test_lines_that_share_an_id_are_told_apart_by_what_is_said(
    scenario: Scenario, state: State, tmp_path: Path
) -> None:
    first, second = write_tone(tmp_path / "opening.told.wav"), write_tone(tmp_path / "second.told.wav")
    recorded = RecordedLines(scenario, tmp_path)
    assert recorded.pieces(state, CUSTOMER, ("told",), "Ah, bien.") == (Piece("Ah, bien.", first),)
    assert recorded.pieces(state, CUSTOMER, ("told",), "Ya me lo dijo.") == (Piece("Ya me lo dijo.", second),)


def test_a_colleague_does_not_speak_with_the_customers_voice(scenario: Scenario, state: State, tmp_path: Path) -> None:
    mine = write_tone(tmp_path / "opening.hello-1.wav")
    recorded = RecordedLines(scenario, tmp_path)
    assert recorded.pieces(state, CUSTOMER, ("hello-1",), "¿Aló?") == (Piece("¿Aló?", mine),)
    assert recorded.pieces(state, COLLEAGUE, ("hello-1",), "¿Aló?") == "¿Aló?"


def test_a_line_that_names_the_agent_is_never_a_recording(scenario: Scenario, state: State, tmp_path: Path) -> None:
    write_tone(tmp_path / "hello-2.wav")
    assert RecordedLines(scenario, tmp_path).pieces(state, CUSTOMER, ("hello-2",), "Buenas, Diego.") == "Buenas, Diego."


def test_what_the_scenario_does_not_say_is_synthesised(scenario: Scenario, state: State, tmp_path: Path) -> None:
    write_tone(tmp_path / "quiet-1.wav")
    recorded = RecordedLines(scenario, tmp_path)
    for ids in (("quiet-1",), ("nobody",), (), ("quiet-1", "quiet-2")):
        assert recorded.pieces(state, CUSTOMER, ids, "Otra cosa.") == "Otra cosa."


def test_names_are_found_whatever_their_capitals(scenario: Scenario, state: State, tmp_path: Path) -> None:
    file = write_tone(tmp_path / "Quiet-1.WAV")
    assert RecordedLines(scenario, tmp_path).pieces(state, CUSTOMER, ("quiet-1",), "¿Sigue ahí?") == (
        Piece("¿Sigue ahí?", file),
    )


def test_the_folder_lies_beside_the_scenario_and_is_found_by_its_id(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    folder = recordings_beside(shipped / "phone" / "cobro.yaml", "cobro-duplicado")
    assert find_recordings("cobro-duplicado", (own, shipped)) is None
    folder.mkdir(parents=True)
    assert find_recordings("cobro-duplicado", (own, shipped)) == folder
    mine = recordings_beside(own / "cobro.yaml", "cobro-duplicado")
    mine.mkdir(parents=True)
    assert find_recordings("cobro-duplicado", (own, shipped)) == mine


def test_what_is_wrong_with_the_recordings_is_said_at_their_files(scenario: Scenario, tmp_path: Path) -> None:
    write_tone(tmp_path / "quiet-1.wav")
    write_tone(tmp_path / "quiet-l.wav")
    write_tone(tmp_path / "hello-2.wav")
    (tmp_path / "quiet-2.mp3").write_bytes(tone())
    write_tone(tmp_path / "second.told.wav", bits=24)
    (tmp_path / "hoja.csv").write_text("Línea", "utf-8")
    found = {Path(d.span.start.file).name: d for d in check_recordings(scenario.doc, tmp_path)}
    assert {name: d.code for name, d in found.items()} == {
        "quiet-l.wav": "recording-unused",
        "hello-2.wav": "recording-names-agent",
        "quiet-2.mp3": "recording-unreadable",
        "second.told.wav": "recording-unreadable",
    }
    assert found["quiet-l.wav"].args["suggestion"] == "quiet-1"
    assert "24" in str(found["second.told.wav"].args["why"])
    assert {d.severity for d in found.values()} == {Severity.INFO}


def test_a_folder_that_is_not_there_has_nothing_wrong(scenario: Scenario, tmp_path: Path) -> None:
    assert list(check_recordings(scenario.doc, tmp_path / "none")) == []
