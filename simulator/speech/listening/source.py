"""Captured samples as an ``AudioSource`` of SpeechRecognition, without PyAudio. Import it late: it takes 0.1 s."""

import warnings
from types import TracebackType
from typing import Final, Self

from simulator.speech.heard import RATE
from simulator.speech.listening.frames import FrameStream

with warnings.catch_warnings():
    # Deprecated in Python 3.11/3.12, and backported by the library for 3.13.
    warnings.filterwarnings("ignore", "'(aifc|audioop)' is deprecated", DeprecationWarning)
    import speech_recognition


class FrameSource(speech_recognition.AudioSource):  # type: ignore[misc]  # the library has no types
    """What the library's ``listen`` and ``record`` take, and what the listener reads.

    As ``listen`` counts its time limits in samples, not by the clock, only the stream's own limit keeps a dead device
    from blocking it for ever.
    """

    SAMPLE_RATE: Final = RATE
    SAMPLE_WIDTH: Final = 2
    CHUNK: Final = RATE // 20
    """Samples read at once: 50 ms."""

    def __init__(self, stream: FrameStream | None = None) -> None:  # not super().__init__: that one raises
        self.frames = stream or FrameStream()
        self.stream: FrameStream | None = None
        """Set while the source is entered, as the library expects."""

    def __enter__(self) -> Self:
        self.stream = self.frames
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream = None
        self.frames.end()
