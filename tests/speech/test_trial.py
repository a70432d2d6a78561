"""The microphone's trial, with scripted twins of microphone and recogniser (with the real ones: tests/cli)."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from simulator.speech.devices import trial as trial_module
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.trial import ReadAloud, Trial, application, microphone_level
from simulator.speech.heard import RATE, Heard, Hints, ListeningUnavailable, Recogniser
from simulator.speech.listening.scripted import ScriptedRecogniser
from tests.speech.synthetic import room, voice

BLOCK_MS = 50


class Talker:
    """Plays sound into the scripted microphone at the pace of a real one, over and over a room's noise."""

    def __init__(self, microphone: ScriptedMicrophone) -> None:
        self._microphone = microphone
        self._left = b""
        self._timer = QTimer(interval=BLOCK_MS)
        self._timer.timeout.connect(self._play)
        self._timer.start()

    def say(self, pcm: bytes) -> None:
        self._left += pcm

    def _play(self) -> None:
        size = 2 * RATE * BLOCK_MS // 1000
        piece, self._left = self._left[:size], self._left[size:]
        self._microphone.play(piece + room(BLOCK_MS)[: size - len(piece)])


def trial_of(
    microphone: ScriptedMicrophone, load: Callable[[], Recogniser | ListeningUnavailable], patience_ms: int = 300
) -> Trial:
    return Trial(load, device_id=None, patience_ms=patience_ms, microphone=microphone)


def test_the_level_of_a_room_and_of_a_voice_in_it(qtbot: QtBot) -> None:
    microphone = ScriptedMicrophone()
    talker = Talker(microphone)
    level = microphone_level(None, ms=300, microphone=microphone)
    assert (level.name, level.reason) == ("scripted microphone", None)
    assert level.loudest == pytest.approx(-70, abs=3)
    talker.say(voice(100, level=-20))
    level = microphone_level(None, ms=400, microphone=microphone)
    assert level.loudest == pytest.approx(-20, abs=4)
    assert level.usual == pytest.approx(-70, abs=3)
    assert not microphone.is_open


def test_a_microphone_that_is_not_there_has_its_reason(qtbot: QtBot) -> None:
    level = microphone_level(None, microphone=ScriptedMicrophone("no-microphone"))
    assert level.reason == "no-microphone"


def test_a_microphone_that_gives_nothing_is_not_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial_module, "_LIMIT_MS", 50)
    assert microphone_level(None, microphone=ScriptedMicrophone()).reason == "microphone-lost"


def test_sentences_are_heard_one_after_the_other_with_their_delay(qtbot: QtBot) -> None:
    recogniser = ScriptedRecogniser([Heard("uno"), Heard("dos")])
    microphone = ScriptedMicrophone()
    talker = Talker(microphone)
    trial = trial_of(microphone, lambda: recogniser)
    try:
        assert trial.start(Hints(sentences=("uno", "dos"))) is None
        for text in ("uno", "dos"):
            talker.say(room(300) + voice(700) + room(200))
            told = trial.hear()
            assert isinstance(told, ReadAloud)
            assert (told.heard.text, told.heard.engine) == (text, "scripted")
            assert told.delay_ms is not None
            assert 250 <= told.delay_ms < 3_000  # the pause, and what the machine takes
    finally:
        trial.close()
    assert recogniser.hints == [Hints(sentences=("uno", "dos"))]
    assert recogniser.closed
    assert not microphone.is_open


def test_who_says_nothing_is_not_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial_module, "BEGIN_MS", 200)
    microphone = ScriptedMicrophone()
    talker = Talker(microphone)
    trial = trial_of(microphone, ScriptedRecogniser)
    try:
        assert trial.start(Hints()) is None
        assert trial.hear() == ReadAloud(Heard(""), None)
        talker.say(voice(600) + room(100))
        monkeypatch.setattr(trial_module, "BEGIN_MS", 5_000)
        told = trial.hear()
        assert isinstance(told, ReadAloud)
        assert told.delay_ms is not None
    finally:
        trial.close()


def test_without_a_recogniser_it_does_not_begin(qtbot: QtBot) -> None:
    why = ListeningUnavailable("recogniser-failed", "x")
    microphone = ScriptedMicrophone()
    trial = trial_of(microphone, lambda: why)
    try:
        assert trial.start(Hints()) == why
        assert not microphone.is_open
        assert trial.hear() == why
    finally:
        trial.close()


def test_a_microphone_that_vanishes_ends_it(qtbot: QtBot) -> None:
    microphone = ScriptedMicrophone()
    talker = Talker(microphone)
    trial = trial_of(microphone, ScriptedRecogniser)
    try:
        assert trial.start(Hints()) is None
        talker.say(voice(2_000))
        QTimer.singleShot(300, microphone.lose)
        assert trial.hear() == ListeningUnavailable("microphone-lost")
    finally:
        trial.close()


def test_the_application_that_is_there_stays(qtbot: QtBot) -> None:
    with application() as one:
        assert one is QCoreApplication.instance()
    assert QCoreApplication.instance() is one
