"""Both sides of a recorded call in one sound: each where it was, long silences shortened. numpy is imported late.

The track is built piece by piece (`Mixing.step`), so that a window can build it between two events of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.speech import samples
from simulator.speech.heard import RATE
from simulator.speech.line import RenderedLine
from simulator.speech.measuring import measure

LONG_MS: Final = 3_000
"""A silence of both that is longer (a hold, a pause of the session) is shortened …"""
SHORT_MS: Final = 1_000
"""… to this."""
_OVERTIME_MS: Final = 200
"""A clip may outlast its place so long, before it is cut: clocks of call and sound differ a little."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording to be placed. `begin_ms`, `end_ms`: where the words were, in session time; `read`: the samples
    (mono, 16 bit, `rate` a second); `is_voice`: a microphone's, whose first words, not its first sample, belong to
    `begin_ms`."""

    begin_ms: int
    end_ms: int
    read: Callable[[], bytes]
    rate: int
    is_voice: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """The mixed sound (`RATE`, mono, 16 bit). `places`: (ms in the track, session ms, length), in order."""

    pcm: bytes
    places: tuple[tuple[int, int, int], ...]

    @property
    def lasts_ms(self) -> int:
        """Length of the sound in milliseconds."""
        return len(self.pcm) // 2 * 1000 // RATE

    def call_at(self, track_ms: int) -> int:
        """The session time that is heard at a moment of the track."""
        found = 0
        for at, call, length in self.places:
            if track_ms < at:
                break
            found = call + min(track_ms - at, length)
        return found

    def track_at(self, call_ms: int) -> int:
        """Where a session time is heard; for a silence that was left out, where it goes on."""
        for at, call, length in self.places:
            if call_ms < call + length:
                return at + max(0, call_ms - call)
        return self.lasts_ms

    def line(self, from_ms: int = 0) -> RenderedLine:
        """The track from a moment of its own on, for a player."""
        return RenderedLine(self.pcm[max(0, from_ms) * RATE // 1000 * 2 :], RATE)


class Mixing:
    """Builds a track; `step` until it says that nothing is left, then `track`."""

    def __init__(self, clips: Sequence[Clip]) -> None:
        import numpy as np

        self._clips = sorted(clips, key=lambda clip: clip.begin_ms)
        self._places = _places(self._clips)
        last = self._places[-1] if self._places else (0, 0, 0)
        self._mix = np.zeros((last[0] + last[2]) * RATE // 1000, dtype=np.int32)
        self._track = Track(b"", self._places)
        self._next = 0

    def step(self) -> bool:
        """Places one more clip; whether there are more. Errors: those of its `read`."""
        import numpy as np

        if self._next < len(self._clips):
            clip = self._clips[self._next]
            self._next += 1
            pcm, lead_ms = clip.read(), 0
            if clip.is_voice and clip.rate == RATE:
                lead_ms = measure(pcm, ()).begin_ms or 0
            sound = samples.resampled(samples.from_pcm(pcm), clip.rate, RATE)[lead_ms * RATE // 1000 :]
            longest = clip.end_ms - clip.begin_ms + _OVERTIME_MS
            first = self._track.track_at(clip.begin_ms) * RATE // 1000
            piece = np.rint(sound[: longest * RATE // 1000] * samples.FULL_SCALE).astype(np.int32)
            piece = piece[: max(0, self._mix.size - first)]
            self._mix[first : first + piece.size] += piece
        return self._next < len(self._clips)

    def track(self) -> Track:
        """The track, once every clip is placed."""
        import numpy as np

        np.clip(self._mix, -samples.FULL_SCALE, samples.FULL_SCALE, out=self._mix)
        return Track(self._mix.astype("<i2").tobytes(), self._places)


def _places(clips: Sequence[Clip]) -> tuple[tuple[int, int, int], ...]:
    """The stretches of the call that are kept, and where in the track they begin."""
    kept: list[list[int]] = []
    for clip in clips:
        end = max(clip.begin_ms, clip.end_ms) + _OVERTIME_MS
        if kept and clip.begin_ms - kept[-1][1] <= LONG_MS:
            kept[-1][1] = max(kept[-1][1], end)
        else:
            kept.append([clip.begin_ms, end])
    places: list[tuple[int, int, int]] = []
    at = 0
    for begin, end in kept:
        places.append((at, begin, end - begin))
        at += end - begin + SHORT_MS
    return tuple(places)
