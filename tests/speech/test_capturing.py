"""The scripted microphone, and what happens where QtMultimedia cannot be loaded."""

import sys

import pytest
from pytestqt.qtbot import QtBot

from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.opening import inputs, open_microphone
from simulator.speech.heard import RATE
from simulator.speech.reasons import REASONS
from tests.speech.synthetic import room


def test_the_scripted_microphone_hears_what_is_played_and_says_that_it_is_scripted(qtbot: QtBot) -> None:
    microphone = ScriptedMicrophone()
    heard = bytearray()
    levels: list[float] = []
    microphone.frames.connect(heard.extend)
    microphone.level.connect(levels.append)
    sound = room(1000, -30)
    microphone.play(sound)
    assert not heard
    microphone.open()
    microphone.play(sound)
    assert bytes(heard) == sound
    assert levels == pytest.approx([-30] * 20, abs=1)
    assert microphone.reason == "microphone-scripted"
    assert "scripted" in microphone.device_name
    microphone.close()
    microphone.play(sound)
    assert bytes(heard) == sound


def test_it_can_be_lost(qtbot: QtBot) -> None:
    microphone = ScriptedMicrophone()
    microphone.open()
    with qtbot.waitSignal(microphone.lost) as lost:
        microphone.lose()
        assert not microphone.is_open
    assert lost.args == ["microphone-lost"]
    assert set(lost.args) <= set(REASONS)


def test_closed_from_its_own_signal_it_tells_nothing_more(qtbot: QtBot) -> None:
    microphone = ScriptedMicrophone()
    levels: list[float] = []

    def once(level: float) -> None:
        levels.append(level)
        microphone.close()

    microphone.level.connect(once)
    microphone.open()
    microphone.play(bytes(2 * RATE))
    assert len(levels) == 1
    microphone.lose()
    assert not microphone.is_open


def test_without_the_library_a_twin_says_why(qtbot: QtBot, no_sound: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "simulator.speech.devices.microphone", raising=False)
    microphone = open_microphone()
    assert microphone.reason == "multimedia-missing"
    with qtbot.waitSignal(microphone.lost) as lost:
        microphone.open()
    assert lost.args == ["multimedia-missing"]
    assert not microphone.is_open
    assert inputs() == ((), "multimedia-missing")
