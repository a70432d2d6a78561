"""The silent twin, the marshal, and what happens where QtMultimedia cannot be loaded."""

import threading
from functools import partial

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.opening import missing_library, open_player, outputs
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.line import RenderedLine

SHORT = RenderedLine(bytes(2 * 2205))  # 100 ms


def test_the_silent_twin_keeps_the_time_and_says_that_it_is_silent(qtbot: QtBot) -> None:
    player = SilentPlayer()
    durations: list[int] = []
    player.started.connect(durations.append)
    with qtbot.waitSignals([player.started, player.finished], order="strict"):
        player.play(SHORT)
        assert durations == []  # never from inside play
    assert durations == [100]
    assert not player.is_playing
    assert player.device_name == "silent (scripted)"
    assert player.reason == "scripted"
    assert player.played == [SHORT]


def test_after_stop_the_twin_tells_nothing(qtbot: QtBot) -> None:
    player = SilentPlayer()
    ended: list[str] = []
    player.started.connect(lambda _: ended.append("started"))
    player.finished.connect(lambda: ended.append("finished"))
    player.play(SHORT)
    player.stop()
    other = SilentPlayer()
    with qtbot.waitSignal(other.finished):
        other.play(RenderedLine(bytes(2 * 4410)))
    assert ended == []


def test_a_loop_of_the_twin_has_no_end(qtbot: QtBot) -> None:
    player, other = SilentPlayer(), SilentPlayer()
    ended: list[str] = []
    player.finished.connect(lambda: ended.append("finished"))
    with qtbot.waitSignal(player.started) as started:
        player.play_loop(SHORT)
    assert started.args == [-1]
    with qtbot.waitSignal(other.finished):
        other.play(RenderedLine(bytes(2 * 4410)))
    assert player.is_playing
    assert ended == []
    player.stop()


def test_a_missing_library_gives_the_twin_with_its_reason(qtbot: QtBot, no_sound: None) -> None:
    player = open_player()
    assert player.device_name == "silent (scripted)"
    assert player.reason == "multimedia-missing"
    assert outputs() == ((), "multimedia-missing")


def test_libpulse_is_named_when_it_is_what_is_missing() -> None:
    error = ImportError("libpulse.so.0: cannot open shared object file: No such file or directory")
    assert missing_library(error) == "libpulse-missing"


def test_the_marshal_runs_calls_on_its_own_thread_in_order(qtbot: QtBot) -> None:
    marshal = Marshal()
    ran: list[tuple[int, bool]] = []
    home = QThread.currentThread()

    def run(number: int) -> None:
        ran.append((number, QThread.currentThread() is home))

    def work() -> None:
        for number in range(50):
            marshal.deliver(partial(run, number))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ran == []
    qtbot.waitUntil(lambda: len(ran) == 50)
    assert ran == [(number, True) for number in range(50)]
