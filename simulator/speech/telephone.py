"""What stands between the customer's mouth and the headset: level, and the band of a telephone line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from simulator.speech.line import SAMPLE_RATE
from simulator.speech.samples import fast_length, resampled

if TYPE_CHECKING:
    from simulator.speech.samples import Samples

RECIPE: Final = 1
"""Raised with every change that is heard, so that lines cached under the old recipe are rendered again."""
BAND_HZ: Final = (300.0, 3400.0)
"""The classic telephone band (ITU-T G.712)."""
HOUSE_LEVEL_DBFS: Final = -20.0
"""Loudness (RMS over the speech) of a voice at volume 100; leaves 20 dB for its peaks."""
_LINE_RATE: Final = 8000
_EDGES_HZ: Final = (120.0, 400.0)
"""Width of the fade below and above the band: a gentle slope, since a brick wall rings."""
_HISS_DBFS: Final = -62.0
_COLOUR: Final = 0.5
"""Share of the coarse mu-law signal in the mix: heard as a line, not as damage."""
_CEILING: Final = 0.89
_NOBODY_DBFS: Final = -70.0
"""Below it nobody speaks, and there is nothing to bring to the house level."""


class LineEffect(StrEnum):
    """How the customer is heard."""

    NONE = "none"
    TELEPHONE = "telephone"


def apply(samples: Samples, effect: LineEffect, volume: int, seed: int) -> Samples:
    """The sentence(s) at ``volume`` per cent of the house level through ``effect``.

    Samples −1 … 1 at ``SAMPLE_RATE`` in and out, of the same length. ``seed`` draws the hiss: equal in, equal out.
    """
    if not samples.size:
        return samples
    if effect is LineEffect.TELEPHONE:
        samples = _telephone(samples, seed)
    return _levelled(samples, volume)


def _telephone(samples: Samples, seed: int) -> Samples:
    import numpy as np

    size = samples.size
    loud = max(float(np.abs(samples).max()), 1e-9)
    line = resampled(_band(samples), SAMPLE_RATE, _LINE_RATE) / loud
    coarse = _mu_law(line)
    wet = (1 - _COLOUR) * line + _COLOUR * coarse
    noise = np.random.default_rng(seed).standard_normal(wet.size)
    wet = resampled(wet + noise * 10 ** (_HISS_DBFS / 20) * 3, _LINE_RATE, SAMPLE_RATE)
    out = np.zeros(size)
    out[: min(size, wet.size)] = wet[:size]
    return _band(out) * loud


def _band(samples: Samples) -> Samples:
    import numpy as np

    length = fast_length(samples.size)
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    (low, high), (below, above) = BAND_HZ, _EDGES_HZ
    rise = np.clip((hertz - (low - below)) / below, 0, 1)
    fall = np.clip((high + above - hertz) / above, 0, 1)
    gain = np.sin(rise * np.pi / 2) ** 2 * np.sin(fall * np.pi / 2) ** 2
    return np.fft.irfft(np.fft.rfft(samples, length) * gain, length)[: samples.size]


def _mu_law(samples: Samples) -> Samples:
    """Through 8-bit mu-law and back (ITU-T G.711's curve): quiet sounds stay clean, loud ones get a grain."""
    import numpy as np

    mu = 255.0
    squeezed = np.sign(samples) * np.log1p(mu * np.minimum(np.abs(samples), 1)) / np.log1p(mu)
    coarse = np.rint(squeezed * 127) / 127
    opened: Samples = np.sign(coarse) * np.expm1(np.abs(coarse) * np.log1p(mu)) / mu
    return opened


def _levelled(samples: Samples, volume: int) -> Samples:
    """To the house level, measured where somebody speaks; peaks are rounded off softly instead of clipped."""
    import numpy as np

    frame = SAMPLE_RATE // 50
    whole = samples[: samples.size - samples.size % frame] if samples.size >= frame else samples
    power = (whole.reshape(-1, frame if samples.size >= frame else samples.size) ** 2).mean(axis=1)
    speech = power[power > power.max() * 0.01]
    if not speech.size or speech.mean() < 10 ** (_NOBODY_DBFS / 10):
        return samples
    wanted = 10 ** (HOUSE_LEVEL_DBFS / 20) * max(0, min(100, volume)) / 100
    scaled = samples * (wanted / float(np.sqrt(speech.mean())))
    knee = _CEILING * 0.75
    over = np.abs(scaled) - knee
    soft = knee + (_CEILING - knee) * np.tanh(np.maximum(over, 0) / (_CEILING - knee))
    return np.where(over > 0, np.sign(scaled) * soft, scaled)
