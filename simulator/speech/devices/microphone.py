"""The real microphone through QtMultimedia. Import it late and expect ImportError: QtMultimedia does not load where
libpulse is missing (``open_microphone`` does both)."""

from __future__ import annotations

import platform
from typing import Final

from PySide6.QtCore import QCoreApplication, QIODevice, QMicrophonePermission, QObject, Qt, QTimer
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices, QtAudio

from simulator.speech.blocks import Converter, Form
from simulator.speech.devices.capturing import CaptureDevice
from simulator.speech.devices.sound_server import server_watch
from simulator.speech.devices.stream_watch import Reads, StreamWatch
from simulator.speech.heard import RATE

BUFFER_MS: Final = 500
"""What a busy window may leave unread. Samples come in smaller blocks than that."""
_LOOK_MS: Final = 500
_LOOKS_WITHOUT_SOUND: Final = 8
"""Four seconds: an idle sound server may hand on blocks of two. Counted in looks, not by the clock, so that a computer
that slept has not lost its microphone."""
_LOOKS_BEFORE_SOUND: Final = 10
"""Five seconds: a device may sleep (an idle null sink: 2.0 s to its first sample), or change its Bluetooth profile."""
_SAMPLES: Final = {
    QAudioFormat.SampleFormat.UInt8: "u1",
    QAudioFormat.SampleFormat.Int16: "<i2",
    QAudioFormat.SampleFormat.Int32: "<i4",
    QAudioFormat.SampleFormat.Float: "<f4",
}


def input_devices() -> tuple[tuple[str, str], ...]:
    """(id, name) of each input, the default first; empty where there is no sound server. Qt hides bare monitors."""
    default = QMediaDevices.defaultAudioInput()
    devices = [device for device in QMediaDevices.audioInputs() if not device.isNull()]
    devices.sort(key=lambda device: device != default)
    return tuple((_id_of(device), device.description()) for device in devices)


class Microphone(CaptureDevice):
    """Captures from the chosen input, or from the system's default as it is at that moment.

    Samples are given once it is certain that they come from that input: a server hands the stream of an unplugged one
    to something else (see ``stream_watch``). Then the same input is opened anew; if that fails, it is lost.

    The permission that macOS asks the user for is requested at ``open`` (read from Qt's documents, not measured on a
    Mac: the program's bundle must carry ``NSMicrophoneUsageDescription``, or the answer is no).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server_watch()
        self._wanted: str | None = None
        self._denied = False
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._device: QAudioDevice | None = None
        self._converter: Converter | None = None
        self._reading: StreamWatch | None = None
        self._uncertain = b""
        """Samples that wait until it is known where they come from."""
        self._looks_left = 0
        self._devices = QMediaDevices(self)
        self._devices.audioInputsChanged.connect(self._check)
        self._devices.audioOutputsChanged.connect(self._check)
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._look)

    @property
    def device_name(self) -> str:
        device = self._device or self._chosen()
        return "" if device is None else device.description()

    @property
    def reason(self) -> str | None:
        if self._server.gone:
            return "microphone-lost"
        if self._denied:
            return "microphone-denied"
        return "no-microphone" if self._chosen() is None else None

    @property
    def is_open(self) -> bool:
        return self._source is not None

    def open(self, device_id: str | None = None) -> None:
        self.close()
        self._wanted = device_id
        opening = self._opening
        application = QCoreApplication.instance()
        if platform.system() != "Darwin" or application is None:
            self._start(opening)
            return
        permission = QMicrophonePermission()
        if application.checkPermission(permission) == Qt.PermissionStatus.Granted:
            self._start(opening)
        else:
            application.requestPermission(permission, self, lambda answer: self._permitted(opening, answer.status()))

    def close(self) -> None:
        self._next_opening()
        self._watch.stop()
        source, self._source = self._source, None
        self._stream = self._device = self._converter = None
        self._uncertain = b""
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        if source is not None:
            source.reset()
            source.deleteLater()

    def _permitted(self, opening: int, status: Qt.PermissionStatus) -> None:
        self._denied = status != Qt.PermissionStatus.Granted
        if opening != self._opening:
            return
        if self._denied:
            self._lose_later(opening, "microphone-denied")
        else:
            self._start(opening)

    def _start(self, opening: int) -> None:
        if self._server.gone:  # asked first: after this, Qt would abort the program
            self._lose_later(opening, "microphone-lost")
            return
        device = self._chosen()
        if device is None:
            self._lose_later(opening, "no-microphone")
        elif not self._capture(device):
            self._lose_later(opening, "microphone-refused")

    def _capture(self, device: QAudioDevice) -> bool:
        """Begins; whether it could."""
        audio_format = _format_for(device)
        converter = _converter_of(audio_format)
        if converter is None:
            return False
        source = QAudioSource(device, audio_format, self)
        source.setBufferSize(audio_format.bytesForDuration(BUFFER_MS * 1000))
        stream: QIODevice | None = source.start()  # None where the server refuses, whatever the type stubs say
        if stream is None or source.error() != QtAudio.Error.NoError:
            source.deleteLater()
            return False
        self._source, self._stream, self._device, self._converter = source, stream, device, converter
        self._reading = StreamWatch()
        self._looks_left = _LOOKS_BEFORE_SOUND
        source.stateChanged.connect(self._on_state)
        stream.readyRead.connect(self._read)
        self._watch.start()
        return True

    def _chosen(self) -> QAudioDevice | None:
        if self._wanted is not None:
            for device in QMediaDevices.audioInputs():
                if _id_of(device) == self._wanted:
                    return device
        default = QMediaDevices.defaultAudioInput()
        return None if default.isNull() else default

    def _read(self) -> None:
        if self._stream is None or self._converter is None:
            return
        data = bytes(self._stream.readAll().data())
        if data:
            self._uncertain += self._converter.take(data)
            self._check()

    def _check(self) -> None:
        """Gives what has come, if it comes from where it should."""
        if self._reading is None:
            return
        reads = self._reading.reads()
        if reads is Reads.OTHER or not self._is_listed():
            self._uncertain = b""
            opening = self._opening
            # Not from inside its own signal: the stream is deleted.
            QTimer.singleShot(0, self, lambda: self._capture_again(opening))
        elif reads is Reads.SAME and self._uncertain:
            self._looks_left = _LOOKS_WITHOUT_SOUND
            certain, self._uncertain = self._uncertain, b""
            self._give(certain)

    def _capture_again(self, opening: int) -> None:
        """The stream was moved: its device is gone, or another has become the server's default."""
        device, reading = self._device, self._reading
        if opening != self._opening or device is None or reading is None:
            return
        is_there = self._is_listed() and not self._server.gone
        self.close()
        if not is_there or not self._capture(device):
            self._lose()
        elif self._reading is not None and self._reading.device != reading.device:
            self._lose()  # some servers would rather give another device than none

    def _on_state(self) -> None:  # without its argument: PySide6 cannot convert the enum for a typed method
        source = self._source
        if source is None or self.sender() is not source:
            return
        if source.state() == QtAudio.State.StoppedState and source.error() != QtAudio.Error.NoError:
            self._lose()

    def _is_listed(self) -> bool:
        """Whether Qt knows the device; on PulseAudio also some time after it has gone."""
        if self._device is None:
            return False
        ours = _id_of(self._device)
        return any(_id_of(device) == ours for device in QMediaDevices.audioInputs())

    def _look(self) -> None:
        self._looks_left -= 1
        self._read()  # a window that was busy may have left sound unread
        self._check()
        if self._source is not None and (self._looks_left <= 0 or self._server.gone):
            self._lose()

    def _lose(self) -> None:
        self.close()
        self._lose_later(self._opening, "microphone-lost")


def _id_of(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")


def _converter_of(audio_format: QAudioFormat) -> Converter | None:
    """None for a form that no converter knows."""
    kind = _SAMPLES.get(audio_format.sampleFormat())
    if kind is None or audio_format.channelCount() < 1:
        return None
    try:
        return Converter(Form(audio_format.sampleRate(), audio_format.channelCount(), kind))
    except ValueError:
        return None


def _format_for(device: QAudioDevice) -> QAudioFormat:
    """What the listeners want wherever the device takes it (always so on Linux), else what it prefers."""
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted if device.isFormatSupported(wanted) else device.preferredFormat()
