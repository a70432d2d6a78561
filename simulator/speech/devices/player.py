"""The real player: a rendered line through QtMultimedia to the desk's output. Import it late and expect ImportError:
QtMultimedia does not load where libpulse is missing (``open_player`` does both)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QIODevice, QObject, Qt, QTimer
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from simulator.speech.devices.playing import LinePlayer
from simulator.speech.devices.sound_server import server_watch
from simulator.speech.line import RenderedLine

BUFFER_MS: Final = 1000
"""Sound handed ahead to the server: a window busy for 600 ms tears the line with Qt's own 250 ms (likeness to the
original .60), not with this (.99). Stopping is not slower for it: ``reset`` drops what was handed over."""
_TAIL_MS: Final = 120
"""Silence appended, because the sink is idle some 20 ms before the last sample is heard."""
_WATCH_MS: Final = 500
_OVERTIME_MS: Final = 3000
"""A line that has not ended so long after its length never will: the device is gone."""


def output_devices() -> tuple[tuple[str, str], ...]:
    """(id, name) of each output, the default first; empty where there is no sound server."""
    default = QMediaDevices.defaultAudioOutput()
    devices = [device for device in QMediaDevices.audioOutputs() if not device.isNull()]
    devices.sort(key=lambda device: device != default)
    return tuple((bytes(device.id().data()).decode(errors="replace"), device.description()) for device in devices)


class _Loop(QIODevice):
    """The same samples for ever."""

    def __init__(self, data: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self._data = data
        self._at = 0
        self.open(QIODevice.OpenModeFlag.ReadOnly)

    def isSequential(self) -> bool:
        return True

    def bytesAvailable(self) -> int:
        return len(self._data) + super().bytesAvailable()

    def readData(self, maxlen: int) -> bytes:
        given = bytearray()
        while len(given) < maxlen:
            piece = self._data[self._at : self._at + maxlen - len(given)]
            given += piece
            self._at = (self._at + len(piece)) % len(self._data)
        return bytes(given)

    def writeData(self, data: bytes | bytearray | memoryview, len: int) -> int:  # noqa: ARG002 - Qt's names
        return -1


class Player(LinePlayer):
    """Plays on the chosen output, or on the system's default as it is at that moment."""

    def __init__(self, parent: QObject | None = None, *, device_id: str | None = None) -> None:
        super().__init__(parent)
        self.device_id = device_id
        """Id of ``output_devices``; None, or one that is unplugged, means the default."""
        self._server = server_watch()
        self._sink: QAudioSink | None = None
        self._source: QIODevice | None = None
        self._duration_ms = 0
        self._clock = QElapsedTimer()
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._ending = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._ending.timeout.connect(self._end)

    @property
    def device_name(self) -> str:
        device = self._device()
        return "" if device is None else device.description()

    @property
    def reason(self) -> str | None:
        if self._server.gone:
            return "device-lost"
        return "no-output-device" if self._device() is None else None

    @property
    def is_playing(self) -> bool:
        return self._sink is not None or self._ending.isActive()

    def play(self, line: RenderedLine, volume: int = 80, *, loop: bool = False) -> None:
        self.stop()
        turn = self._turn
        if self._server.gone:  # asked first: after this, Qt would abort the program
            self._later(turn, "failed", "device-lost")
            return
        device = self._device()
        if device is None:
            self._later(turn, "failed", "no-output-device")
            return
        self._duration_ms = line.duration_ms
        if not line.pcm:
            self._later(turn, "started", 0)
            self._ending.start(0)
            return
        audio_format, data = _fitted(line, device)
        sink = QAudioSink(device, audio_format, self)
        sink.setBufferSize(audio_format.bytesForDuration(BUFFER_MS * 1000))
        sink.setVolume(_gain(volume))
        if loop:
            self._source = _Loop(data, self)
        else:
            tail = bytes(audio_format.bytesForDuration(_TAIL_MS * 1000))
            buffer = QBuffer(self)
            buffer.setData(QByteArray(data + tail))
            buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._source = buffer
        self._sink = sink
        self._clock.start()
        sink.start(self._source)
        if sink.error() != QtAudio.Error.NoError and sink.state() == QtAudio.State.StoppedState:
            self._fail("device-refused")
            return
        sink.stateChanged.connect(self._on_state)
        self._later(turn, "started", -1 if loop else self._duration_ms)
        self._watch.start()

    def set_volume(self, volume: int) -> None:
        if self._sink is not None:
            self._sink.setVolume(_gain(volume))

    def stop(self) -> None:
        self._next_turn()
        self._ending.stop()
        self._drop()

    def _device(self) -> QAudioDevice | None:
        if self.device_id is not None:
            for device in QMediaDevices.audioOutputs():
                if bytes(device.id().data()).decode(errors="replace") == self.device_id:
                    return device
        default = QMediaDevices.defaultAudioOutput()
        return None if default.isNull() else default

    def _on_state(self) -> None:  # without its argument: PySide6 6.12 cannot convert the enum for a typed method
        if self._sink is None or self.sender() is not self._sink:
            return
        state = self._sink.state()
        if state == QtAudio.State.IdleState and not isinstance(self._source, _Loop):
            # Idle may come a moment before the end is heard, never report a line shorter than it is.
            self._ending.start(max(0, self._duration_ms - self._clock.elapsed()))
        elif state == QtAudio.State.StoppedState and self._sink.error() != QtAudio.Error.NoError:
            self._fail("device-lost")

    def _look(self) -> None:
        looped = isinstance(self._source, _Loop)
        overdue = not looped and self._clock.elapsed() > self._duration_ms + _TAIL_MS + _OVERTIME_MS
        if overdue or self._server.gone:
            self._fail("device-lost")

    def _end(self) -> None:
        self._drop()
        self.finished.emit()

    def _fail(self, code: str) -> None:
        turn = self._next_turn()
        self._ending.stop()
        self._drop()
        self._later(turn, "failed", code)

    def _drop(self) -> None:
        self._watch.stop()
        sink, self._sink = self._sink, None
        source, self._source = self._source, None
        if sink is not None:
            sink.reset()  # not stop(): that one may play out what the server already has
            sink.deleteLater()
        if source is not None:
            source.close()
            source.deleteLater()


def _gain(volume: int) -> float:
    """The setting 0–100 as a factor on the samples; squared, because loudness is not heard in proportion."""
    return (max(0, min(100, volume)) / 100) ** 2


def _fitted(line: RenderedLine, device: QAudioDevice) -> tuple[QAudioFormat, bytes]:
    """The line in a format that the device takes: as it is wherever possible (always so on Linux)."""
    wanted = QAudioFormat()
    wanted.setSampleRate(line.rate)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    if device.isFormatSupported(wanted):
        return wanted, line.pcm
    import numpy as np

    from simulator.speech import samples

    preferred = device.preferredFormat()
    wanted.setSampleRate(preferred.sampleRate())
    wanted.setChannelCount(preferred.channelCount())
    sound = samples.resampled(samples.from_pcm(line.pcm), line.rate, preferred.sampleRate())
    spread = np.repeat(sound[:, np.newaxis], preferred.channelCount(), axis=1)
    if device.isFormatSupported(wanted):
        return wanted, samples.to_pcm(spread)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Float)
    return wanted, spread.astype("<f4").tobytes()
