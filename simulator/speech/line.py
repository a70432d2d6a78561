"""What speaking yields: a rendered line, or the reason why there is no voice."""

from dataclasses import dataclass
from typing import Final

SAMPLE_RATE: Final = 22_050
"""Samples a second of every line handed out (espeak-ng's own rate, so that nothing is resampled twice)."""


@dataclass(frozen=True, slots=True)
class RenderedLine:
    """A customer's line as sound.

    ``pcm`` is mono, signed 16-bit, little-endian, ``rate`` samples a second; ``duration_ms`` is its length rounded up.
    """

    pcm: bytes
    rate: int = SAMPLE_RATE
    from_cache: bool = False

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds, rounded up, so that a caller who waits for it never cuts the last sample."""
        return -(-len(self.pcm) * 1000 // (2 * self.rate))


@dataclass(frozen=True, slots=True)
class SpeechUnavailable:
    """No sound for this line. ``code`` is a key of ``simulator.speech.reasons.REASONS``; ``detail`` is for the log."""

    code: str
    detail: str = ""
