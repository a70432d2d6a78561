"""What `doctor` will show."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from simulator.speech.reasons import REASONS
from simulator.speech.report import report
from simulator.speech.studio import VoiceStudio
from simulator.speech.synthesis import Speaker


def test_this_machine_has_a_voice_and_says_why_it_has_no_output(qtbot: QtBot, tmp_path: Path, no_sound: None) -> None:
    studio = VoiceStudio(tmp_path)
    found = report(studio)
    studio.close()
    assert found.voice_reason is None
    assert "roa/es-419" in found.spanish_voices
    assert found.outputs == ()
    assert found.output_reason == "multimedia-missing"


def test_a_machine_without_an_engine_has_a_reason(qtbot: QtBot, tmp_path: Path, no_sound: None) -> None:
    studio = VoiceStudio(tmp_path, speaker=Speaker(command=["/nonexistent/python"]))
    found = report(studio)
    studio.close()
    assert found.voice_reason == "engine-not-started"
    assert found.voice_reason in REASONS
    assert found.spanish_voices == ()
