"""What `doctor` will show."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.speech.heard import ListeningUnavailable
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.speech.models import ModelStore
from simulator.speech.reasons import REASONS
from simulator.speech.report import microphone_report, models_report, recogniser_report, report
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


def test_a_microphone_that_cannot_be_looked_for_has_a_reason(qtbot: QtBot, no_sound: None) -> None:
    found = microphone_report(None)
    assert (found.devices, found.name) == ((), "")
    assert found.reason == "multimedia-missing"


def test_a_recogniser_is_loaded_and_let_go() -> None:
    recogniser = ScriptedRecogniser()
    found = recogniser_report(lambda: recogniser)
    assert (found.name, found.unavailable) == ("scripted", None)
    assert found.load_ms >= 0
    assert recogniser.closed


def test_a_recogniser_that_is_not_there_has_a_reason() -> None:
    why = ListeningUnavailable("no-model")
    assert recogniser_report(lambda: why).unavailable == why


def test_models_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert models_report(ModelStore(tmp_path)) == ()

    def refused(self: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refused)
    told = models_report(ModelStore(tmp_path))
    assert isinstance(told, TercerTimbreError)
    assert told.code == "file-unreadable"
