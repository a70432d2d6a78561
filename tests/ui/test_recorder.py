"""A call being recorded."""

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.records import recordings as store
from simulator.records.recordings import Recordings
from simulator.speech.line import RenderedLine
from simulator.ui.recorder import CallRecorder
from simulator.ui.tasks import Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_both_sides_are_kept_under_their_events(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recorder = CallRecorder(recordings, "a1", tasks)
    recorder.keep_line(3, RenderedLine(b"\1\0" * 22_050))
    recorder.keep_reply(5, b"\2\0" * 16_000)
    qtbot.waitUntil(lambda: tasks.idle)
    assert [(kept.seq, kept.who, kept.ms) for kept in recordings.of("a1")] == [
        (3, "customer", 1000),
        (5, "agent", 1000),
    ]
    with wave.open(str(tmp_path / "a1" / "5-agent.wav")) as file:
        assert (file.getframerate(), file.getnframes()) == (16_000, 16_000)


def test_a_full_disk_is_told_once_and_what_is_there_stays(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recordings = Recordings(tmp_path)
    recorder = CallRecorder(recordings, "a1", tasks)
    told: list[Exception] = []
    recorder.failed.connect(told.append)
    recorder.keep_reply(1, b"\1\0" * 100)
    qtbot.waitUntil(lambda: tasks.idle)

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "write_whole", full)
    recorder.keep_reply(2, b"\1\0" * 100)
    recorder.keep_reply(3, b"\1\0" * 100)
    qtbot.waitUntil(lambda: tasks.idle)
    recorder.keep_reply(4, b"\1\0" * 100)
    qtbot.waitUntil(lambda: tasks.idle)
    assert len(told) == 1
    assert isinstance(told[0], TercerTimbreError)
    assert [kept.seq for kept in recordings.of("a1")] == [1]
