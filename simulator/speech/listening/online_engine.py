"""Recognition by a service on the network, through SpeechRecognition. Only where the user has turned it on.

It says nothing before the end of the turn, and knows no times of words: they are spread over the utterance evenly,
so measures of pace and pauses must not be taken from them.
"""

import math
from collections.abc import Callable
from typing import Any, Final

from simulator.speech.heard import RATE, Heard, Hints, Word
from simulator.speech.listening.gate import Gate
from simulator.wording import mark

NAME: Final = "google"
TIMEOUT_S: Final = 6.0
"""For connecting, and for each wait after it; less than the listener gives a recogniser."""
UNSTATED_CONFIDENCE: Final = 50
"""The service need not say how sure it is; SpeechRecognition takes the same."""
PRIVACY_NOTICE: Final = mark(
    "What you say is sent over the Internet to a service of another company (Google), which turns it into text under "
    "its own terms. Do not say real data of customers. With this off, your voice never leaves this computer."
)


class OnlineFailed(Exception):  # noqa: N818 - the name says what happened
    """The service was not reached, refused, or answered what nobody can read. `code`: of the reasons of this room."""

    code: Final = "online-failed"


Ask = Callable[[bytes, str, float], object]
"""Samples (`RATE`, mono, 16 bit), language tag, seconds → the service's answer, in the form that SpeechRecognition
gives with `show_all`; [] or None where it understood nothing. Raises OnlineFailed."""


def ask_google(pcm: bytes, language: str, timeout_s: float) -> object:
    """Asks the service. Raises OnlineFailed."""
    import speech_recognition

    recogniser = speech_recognition.Recognizer()
    recogniser.operation_timeout = timeout_s
    audio = speech_recognition.AudioData(pcm, RATE, 2)
    try:
        answer: object = recogniser.recognize_google(audio, language=language, show_all=True)
    except speech_recognition.UnknownValueError:
        return None
    except (speech_recognition.RequestError, OSError, ValueError, KeyError, TypeError) as error:
        # No network, no FLAC encoder, a time-out while reading, or an answer that is not the service's.
        raise OnlineFailed(repr(error)) from error
    return answer


class GoogleRecogniser:
    """A `Recogniser`. `language`: a tag such as es-CO."""

    def __init__(self, language: str = "es-CO", *, ask: Ask = ask_google, timeout_s: float = TIMEOUT_S) -> None:
        self._language = language
        self._ask = ask
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        return NAME

    def prepare(self, hints: Hints) -> None:
        """The service takes no hints."""

    def begin(self) -> "GoogleUtterance":
        return GoogleUtterance(self.hear)

    def close(self) -> None:
        """Nothing was loaded."""

    def hear(self, pcm: bytes) -> Heard:
        """What was said; waits for the service. Raises OnlineFailed."""
        return read_answer(self._ask(pcm, self._language, self._timeout_s), len(pcm) // 2 * 1000 // RATE)


class GoogleUtterance:
    """Of a `GoogleRecogniser`: keeps the samples until the end. Silence is not sent."""

    def __init__(self, hear: Callable[[bytes], Heard]) -> None:
        self._hear = hear
        self._gate = Gate()
        self._pcm = bytearray()

    def accept(self, pcm: bytes) -> str:
        self._gate.accept(pcm)
        self._pcm += pcm
        return ""

    def finish(self) -> Heard:
        return self._hear(bytes(self._pcm)) if self._gate.heard_something else Heard("", engine=NAME)


def read_answer(answer: object, length_ms: int) -> Heard:
    """The likeliest reading of an answer, its words spread evenly over `length_ms`. Never raises."""
    first: Any = answer.get("alternative") if isinstance(answer, dict) else None
    best = first[0] if isinstance(first, list) and first else None
    said = best.get("transcript") if isinstance(best, dict) else None
    if not isinstance(best, dict) or not isinstance(said, str):
        return Heard("", engine=NAME)
    texts = said.split()
    confidence = _per_cent(best.get("confidence"))
    words = tuple(
        Word(text, length_ms * at // len(texts), length_ms * (at + 1) // len(texts), confidence)
        for at, text in enumerate(texts)
    )
    return Heard(" ".join(texts), words, NAME)


def _per_cent(share: object) -> int:
    if isinstance(share, bool) or not isinstance(share, int | float) or not math.isfinite(share):
        return UNSTATED_CONFIDENCE
    return round(100 * min(1.0, max(0.0, share)))
