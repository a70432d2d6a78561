"""Was anything said at all? A recogniser finds words in a breath or in the hum of a fan; such it is not offered."""

import math
import sys
from array import array
from operator import mul
from typing import Final

from simulator.speech.heard import RATE

BLOCK_MS: Final = 100
SOFTEST_DBFS: Final = -55.0
"""Below it nobody speaks into a headset: a soft voice is some 15 dB louder."""
RISE_DB: Final = 6.0
"""How far the loudest moment must stand out of the utterance's own noise."""
_ENOUGH_BLOCKS: Final = 4
"""A shorter utterance has no noise of its own to compare with."""
_BLOCK_BYTES: Final = RATE * BLOCK_MS // 1000 * 2
_ABSENT_DBFS: Final = -90.0
"""Digital silence: what comes before a device delivers."""


class Gate:
    """Takes the samples of one utterance (`RATE`, mono, 16 bit) and says whether it is more than noise."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._levels: list[float] = []

    def accept(self, pcm: bytes) -> None:
        """The next samples, in pieces of any length."""
        self._rest += pcm
        while len(self._rest) >= _BLOCK_BYTES:
            self._levels.append(level_dbfs(bytes(self._rest[:_BLOCK_BYTES])))
            del self._rest[:_BLOCK_BYTES]

    @property
    def heard_something(self) -> bool:
        """Whether something stood out so far."""
        present = [level for level in self._levels if level > _ABSENT_DBFS]
        if not present or max(present) < SOFTEST_DBFS:
            return False
        return len(present) < _ENOUGH_BLOCKS or max(present) - min(present) > RISE_DB


def level_dbfs(pcm: bytes) -> float:
    """The RMS level of samples, 0 at full scale, −90 at least. Without numpy, which would double the memory of a
    recogniser's own process; 0.1 ms for a block."""
    samples = array("h", pcm[: len(pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    if not samples:
        return _ABSENT_DBFS
    power = sum(map(mul, samples, samples)) / len(samples) / 32768.0**2
    return max(_ABSENT_DBFS, 10 * math.log10(power)) if power > 0 else _ABSENT_DBFS
