"""Where a turn begins and ends: voice told from noise by its energy, and how long a pause may last.

``Recognizer.listen`` of SpeechRecognition does the same for a dictated phrase and does not fit here: its pause is fixed
before the phrase begins (ours doubles while the words go on, known from the partial result); its energy threshold
climbs towards 1.5 times the energy of the voice itself while somebody speaks, so that a long turn is cut; it does not
tell when voice began; and a click or a breath ends it. Its ``AudioSource`` is used (``source.py``).

Pure: samples in, decisions out; positions are counted in samples since the first one accepted.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import TYPE_CHECKING, Final

from simulator.speech.heard import RATE
from simulator.speech.listening.going_on import goes_on

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["QUIETEST", "Endpoint", "NoiseFloor", "State", "goes_on", "level_of"]

QUIETEST: Final = -90.0
"""dBFS reported for digital silence."""
FRAME: Final = RATE // 50
"""Samples judged at once: 20 ms."""
LEAST_SPEECH_MS: Final = 200
"""Loud sound shorter than this is a click, not a turn."""
LEAST_PHONATION_MS: Final = 60
"""Of it, so much must have a pitch: a breath or a rustle of paper has none."""
LONGEST_TURN_MS: Final = 60_000
_CLICK_PAUSE_MS: Final = 300
"""A pause so long within the first ``LEAST_SPEECH_MS`` of sound: what was before it was a click."""
_ON_DB: Final = 10.0
_OFF_DB: Final = 6.0
"""Voice begins so far above the noise, and lasts until it is nearer than this (hysteresis)."""
_PITCHED: Final = 0.45
"""Autocorrelation at the pitch period from which a frame counts as pitched: noise .15, voice .6 to .95."""


class State(Enum):
    """What is happening in the turn."""

    QUIET = "quiet"
    """Nobody has spoken yet."""
    SPEAKING = "speaking"
    PAUSE = "pause"
    """Voice was heard and is silent now, not long enough to be the end."""
    ENDED = "ended"


def level_of(pcm: bytes) -> float:
    """RMS in dBFS, ``QUIETEST`` … 0; a square wave at full scale is 0, a sine at full scale −3."""
    import numpy as np

    sound = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float64)
    return _decibels(float(np.dot(sound, sound)) / sound.size) if sound.size else QUIETEST


def _decibels(mean_square: float) -> float:
    import math

    return max(QUIETEST, 10 * math.log10(mean_square / 32768**2)) if mean_square > 0 else QUIETEST


class NoiseFloor:
    """The level of the room, from the quietest moments of the last three seconds: speech always has gaps in three
    seconds, a fan has none. Outlives the turn, so that the next one knows the room from its first sample.
    """

    def __init__(self, lowest: float = -65.0, first_guess: float = -55.0) -> None:
        self._lowest = lowest
        self._recent: deque[float] = deque(maxlen=30)
        """The quietest frame of each tenth of a second."""
        self._guesses = deque([first_guess] * 15)
        """Stand for what has not been heard yet, and leave one by one: a first turn may begin with voice."""
        self._tenth: list[float] = []
        self._level = max(lowest, first_guess)

    @property
    def level(self) -> float:
        """dBFS, never below ``lowest``: in digital silence a whisper of noise is no voice."""
        return self._level

    def take(self, level: float) -> None:
        """The level of one more frame (20 ms), dBFS."""
        self._tenth.append(level)
        if len(self._tenth) < RATE // 10 // FRAME:
            return
        self._recent.append(min(self._tenth))
        self._tenth.clear()
        if self._guesses:
            self._guesses.popleft()
        ordered = sorted((*self._recent, *self._guesses))
        self._level = max(self._lowest, ordered[len(ordered) // 10])


class Endpoint:
    """One turn. ``floor`` is shared by the turns of a session."""

    def __init__(
        self,
        patience_ms: int,
        floor: NoiseFloor | None = None,
        *,
        least_speech_ms: int = LEAST_SPEECH_MS,
        least_phonation_ms: int = LEAST_PHONATION_MS,
        longest_ms: int = LONGEST_TURN_MS,
    ) -> None:
        self.patience_ms = patience_ms
        self.floor = floor or NoiseFloor()
        self._least_speech = least_speech_ms * RATE // 1000
        self._least_phonation = least_phonation_ms * RATE // 1000
        self._longest = longest_ms * RATE // 1000
        self._rest = b""
        self._before = b""
        """The frame before this one: a low voice needs 40 ms to show its pitch."""
        self._state = State.QUIET
        self._loud = False
        self._speech = 0
        self._phonation = 0
        self._candidate: int | None = None
        self.position = 0
        """Samples judged so far (whole frames)."""
        self.began: int | None = None
        """The first sample of voice, once it is certain that it is voice."""
        self.ended: int | None = None
        """The sample after the last one of voice so far."""

    @property
    def state(self) -> State:
        """As of the last frame."""
        return self._state

    @property
    def earliest(self) -> int:
        """The first sample that may still turn out to be voice of this turn."""
        found = self.began if self.began is not None else self._candidate
        return self.position if found is None else found

    def learn(self, pcm: bytes) -> None:
        """Sound from before the turn, to know the room by; no part of the turn."""
        for at in range(0, len(pcm) - 2 * FRAME + 1, 2 * FRAME):
            self.floor.take(level_of(pcm[at : at + 2 * FRAME]))

    def accept(self, pcm: bytes, *, going_on: bool = False) -> State:
        """The next samples; ``going_on``: the words so far are not the end (``goes_on``), wait twice as long.

        Once ``ENDED`` it stays so; the samples after the end of turn are not judged.
        """
        self._rest += pcm
        at = 0
        while len(self._rest) - at >= 2 * FRAME and self._state is not State.ENDED:
            self._judge(self._rest[at : at + 2 * FRAME], self.patience_ms * (2 if going_on else 1) * RATE // 1000)
            at += 2 * FRAME
        self._rest = self._rest[at:]
        return self._state

    def _judge(self, frame: bytes, patience: int) -> None:
        level = level_of(frame)
        self.floor.take(level)
        start, self.position = self.position, self.position + FRAME
        self._loud = level > self.floor.level + (_OFF_DB if self._loud else _ON_DB)
        if self._loud:
            self._hear_voice(frame, start)
        elif self.began is not None and self.ended is not None:
            silent = self.position - self.ended
            self._state = State.ENDED if silent >= patience else State.PAUSE
        elif self.ended is not None and self.position - self.ended >= _CLICK_PAUSE_MS * RATE // 1000:
            self._forget_click()
        self._before = frame
        if self.began is not None and self.position - self.began >= self._longest:
            self._state = State.ENDED

    def _hear_voice(self, frame: bytes, start: int) -> None:
        if self._candidate is None:
            self._candidate = start
        self.ended = self.position
        self._speech += FRAME
        if self.began is None:
            if self._phonation < self._least_phonation and _pitched(self._before + frame):
                self._phonation += FRAME
            if self._speech < self._least_speech or self._phonation < self._least_phonation:
                return
            self.began = self._candidate
        self._state = State.SPEAKING

    def _forget_click(self) -> None:
        self._candidate = self.ended = None
        self._speech = self._phonation = 0


def _pitched(pcm: bytes) -> bool:
    """Does the sound repeat itself 60 to 400 times a second?"""
    import numpy as np

    sound: NDArray[np.float64] = np.frombuffer(pcm, "<i2").astype(np.float64)
    sound = sound - sound.mean()
    size = sound.size
    longest = min(RATE // 60, size // 2)
    spectrum = np.fft.rfft(sound, 2 * size)
    alike = np.fft.irfft(np.abs(spectrum) ** 2, 2 * size)[: longest + 1]
    if alike[0] <= 0:
        return False
    lags = np.arange(RATE // 400, longest + 1)
    # Fewer samples overlap at a longer lag: without this, a low voice would look less pitched than a high one.
    return bool((alike[lags] / alike[0] * (size / (size - lags))).max() >= _PITCHED)
