"""What is heard behind a caller, by recipe: people talking in an office, a street. No recording of anybody is in it.

Each bed is made once, ``SECONDS`` long, without a seam where it begins anew; a line takes a stretch of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

    from simulator.speech.samples import Samples

SECONDS: Final = 16
_TALKERS: Final = (98.0, 112.0, 131.0, 178.0, 205.0, 226.0, 118.0)
"""Fundamental frequencies, Hz: four low voices and three high ones."""
_SYLLABLES_HZ: Final = 4.5
_SEED: Final = 1876
"""The beds are the same on every machine and day."""


def stretch(bed: Samples, size: int, draw: np.random.Generator) -> Samples:
    """``size`` samples of a bed from a place that ``draw`` chooses, around its end if need be."""
    import numpy as np

    first = int(draw.integers(bed.size))
    return np.resize(np.roll(bed, -first), size)


@cache
def talk(rate: int) -> Samples:
    """Seven people who talk at some distance, RMS 1, ``rate`` samples a second; no word of it is a word.

    Each is a buzz whose pitch wanders, shaped like the long-term spectrum of speech, in syllables and with pauses.
    """
    import numpy as np

    draw = np.random.default_rng(_SEED)
    size = SECONDS * rate
    whole = np.zeros(size)
    for hertz in _TALKERS:
        wander = _slow(size, rate, 2.0, draw)
        turns = np.cumsum(hertz * (1 + 0.12 * wander) / rate)
        turns *= round(float(turns[-1])) / turns[-1]  # a whole number of periods: no click at the seam
        buzz = np.sinc(((turns + 0.5) % 1 - 0.5) * 9) + 0.12 * draw.standard_normal(size)
        syllables = np.maximum(0, _slow(size, rate, _SYLLABLES_HZ, draw) + 0.3)
        phrases = np.clip(_slow(size, rate, 0.35, draw) * 2 + 1.0, 0, 1)
        mouth = _shaped(buzz, rate, tuple(float(f) for f in draw.uniform((450, 1100), (700, 1900))))
        whole += mouth * syllables * phrases / max(1e-9, float(np.std(mouth)))
    return _shaped(whole, rate, (550.0, 1400.0), scale_to_one=True)


@cache
def street(rate: int) -> Samples:
    """Traffic: an even rush, over which cars come and go; RMS 1, ``rate`` samples a second."""
    import numpy as np

    draw = np.random.default_rng(_SEED + 1)
    size = SECONDS * rate
    hertz = np.fft.rfftfreq(size, 1 / rate)
    rush = np.fft.irfft(np.fft.rfft(draw.standard_normal(size)) / np.sqrt(np.maximum(hertz, 60.0)), size)
    wheels = np.fft.irfft(np.fft.rfft(draw.standard_normal(size)) * np.exp(-(((hertz - 900.0) / 600.0) ** 2)), size)
    at = np.arange(size) / rate
    cars = np.zeros(size)
    for passes, lasts in ((2.5, 0.9), (7.0, 1.4), (11.8, 0.7)):
        away = np.abs(at - passes)
        cars += 1 / (1 + (np.minimum(away, SECONDS - away) / lasts) ** 2)
    sound = rush / np.std(rush) + 0.8 * cars * wheels / np.std(wheels)
    return sound / float(np.sqrt((sound**2).mean()))


def _slow(size: int, rate: int, hertz: float, draw: np.random.Generator) -> Samples:
    """A curve of standard deviation 1 that moves at ``hertz`` and slower, and joins end to start."""
    import numpy as np

    bins = max(2, round(hertz * size / rate))
    spectrum = np.zeros(size // 2 + 1, dtype=np.complex128)
    spectrum[1 : bins + 1] = draw.standard_normal(bins) + 1j * draw.standard_normal(bins)
    curve: Samples = np.fft.irfft(spectrum, size)
    return curve / float(np.std(curve))


def _shaped(sound: Samples, rate: int, formants: tuple[float, ...], *, scale_to_one: bool = False) -> Samples:
    """Through resonances at ``formants`` over a slope of −6 dB an octave, as a mouth and a room do to a buzz."""
    import numpy as np

    hertz = np.fft.rfftfreq(sound.size, 1 / rate)
    gain = sum((np.exp(-(((hertz - f) / 220.0) ** 2)) for f in formants), 0.25 * np.ones(hertz.size))
    shaped = np.fft.irfft(np.fft.rfft(sound) * gain / (1 + hertz / 700.0), sound.size)
    return shaped / float(np.sqrt((shaped**2).mean())) if scale_to_one else shaped
