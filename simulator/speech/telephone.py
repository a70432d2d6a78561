"""What stands between the customer's mouth and the headset: where they call from, the telephone line, and the level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from simulator.speech import surroundings
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.samples import fast_length, resampled

if TYPE_CHECKING:
    import numpy as np

    from simulator.speech.samples import Samples

RECIPE: Final = 2
"""Raised with every change that is heard, so that lines cached under the old recipe are rendered again."""
BAND_HZ: Final = (300.0, 3400.0)
"""The classic telephone band (ITU-T G.712)."""
HOUSE_LEVEL_DBFS: Final = -20.0
"""Loudness (RMS over the speech) of a voice at volume 100; leaves 20 dB for its peaks."""
_LINE_RATE: Final = 8000
_EDGES_HZ: Final = (120.0, 400.0)
"""Width of the fade below and above the band: a gentle slope, since a brick wall rings."""
_COLOUR: Final = 0.5
"""Share of the coarse mu-law signal in the mix: heard as a line, not as damage."""
_CEILING: Final = 0.89
_LEAST_HISS: Final = 10 ** (-62 / 20)
_NOBODY_DBFS: Final = -70.0
"""Below it nobody speaks, and there is nothing to bring to the house level."""


class LineEffect(StrEnum):
    """How the customer is heard. The names are those that a scenario may wish for, and ``NONE`` for no line at all."""

    NONE = "none"
    CLEAR = "clear"
    """A good line from a quiet room."""
    ORDINARY = "ordinary"
    """The same from an office where others talk."""
    NOISY = "noisy"
    """From a street, on a hissing line."""
    MOBILE = "mobile"
    """A mobile telephone on the move: street and people, coarse sound, words with holes in them."""


_BY_DIFFICULTY: Final = (
    LineEffect.CLEAR, LineEffect.ORDINARY, LineEffect.ORDINARY, LineEffect.NOISY, LineEffect.MOBILE,
)  # fmt: skip


def line_of(difficulty: int, wish: str | None = None) -> LineEffect:
    """The line of a call: the one that the scenario wishes for, else by the difficulty 1 … 5. ValueError for a wish
    that names no line."""
    if wish is not None:
        return LineEffect(wish)
    return _BY_DIFFICULTY[min(5, max(1, difficulty)) - 1]


@dataclass(frozen=True, slots=True)
class _Line:
    """Levels in dB relative to the speech. ``holes``: seconds between two of them on average, 0 for none."""

    hiss: float
    talk: float | None = None
    street: float | None = None
    grain: float = 127
    """Steps of the mu-law on either side of zero."""
    holes: float = 0.0


# SNR over the speech, all noise together, is what the suite measures: 39, 29, 20 and 18 dB.
_LINES: Final[Mapping[LineEffect, _Line]] = MappingProxyType(
    {
        LineEffect.CLEAR: _Line(hiss=-38.0),
        LineEffect.ORDINARY: _Line(hiss=-34.0, talk=-29.0),
        LineEffect.NOISY: _Line(hiss=-27.0, talk=-32.0, street=-19.0),
        LineEffect.MOBILE: _Line(hiss=-32.0, talk=-22.0, street=-18.0, grain=63, holes=1.6),
    }
)
_HOLE_MS: Final = (20, 60)
"""A lost packet, or three in a row."""


def apply(samples: Samples, effect: LineEffect, volume: int, seed: int) -> Samples:
    """The sentence(s) at ``volume`` per cent of the house level through ``effect``.

    Samples −1 … 1 at ``SAMPLE_RATE`` in and out, of the same length. ``seed`` draws noise and holes: equal in, equal
    out.
    """
    if not samples.size:
        return samples
    line = _LINES.get(effect)
    if line is not None:
        samples = _telephone(samples, line, seed)
    return levelled(samples, volume)


def _telephone(samples: Samples, line: _Line, seed: int) -> Samples:
    import numpy as np

    size = samples.size
    loud = max(float(np.abs(samples).max()), 1e-9)
    wet = resampled(_band(samples), SAMPLE_RATE, _LINE_RATE) / loud
    speech = _speech_level(wet, _LINE_RATE) or 0.0
    draw = np.random.default_rng(seed)
    for bed, level in ((surroundings.talk, line.talk), (surroundings.street, line.street)):
        if level is not None:
            wet = wet + speech * 10 ** (level / 20) * surroundings.stretch(bed(_LINE_RATE), wet.size, draw)
    wet = (1 - _COLOUR) * wet + _COLOUR * _mu_law(wet, line.grain)
    if line.holes:
        wet = wet * _holes(wet.size, line.holes, draw)
    # The hiss is the line's own, at the near end: it is heard in the holes too.
    wet = wet + draw.standard_normal(wet.size) * max(speech * 10 ** (line.hiss / 20), _LEAST_HISS)
    wet = resampled(wet, _LINE_RATE, SAMPLE_RATE)
    out = np.zeros(size)
    out[: min(size, wet.size)] = wet[:size]
    return _band(out) * loud


def _holes(size: int, apart: float, draw: np.random.Generator) -> Samples:
    """A gain that is 0 in the holes and 1 elsewhere, with edges of 2 ms. A hole never follows another within 0.4 s, and
    there is none at the beginning, where a word would lose what it is known by."""
    import numpy as np

    gain = np.ones(size)
    edge = _LINE_RATE // 500
    ramp = np.linspace(1, 0, edge)
    at = 0.4 + draw.exponential(max(0.1, apart - 0.4))
    while True:
        first, length = round(at * _LINE_RATE), int(draw.integers(_HOLE_MS[0], _HOLE_MS[1] + 1)) * _LINE_RATE // 1000
        if first + length > size:
            return gain
        gain[first : first + length] = 0
        gain[first : first + edge] = ramp
        gain[first + length - edge : first + length] = ramp[::-1]
        at += length / _LINE_RATE + 0.4 + draw.exponential(max(0.1, apart - 0.4))


def _band(samples: Samples) -> Samples:
    import numpy as np

    length = fast_length(samples.size)
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    (low, high), (below, above) = BAND_HZ, _EDGES_HZ
    rise = np.clip((hertz - (low - below)) / below, 0, 1)
    fall = np.clip((high + above - hertz) / above, 0, 1)
    gain = np.sin(rise * np.pi / 2) ** 2 * np.sin(fall * np.pi / 2) ** 2
    return np.fft.irfft(np.fft.rfft(samples, length) * gain, length)[: samples.size]


def _mu_law(samples: Samples, steps: float) -> Samples:
    """Through mu-law and back (ITU-T G.711's curve, which has 127 steps): quiet sounds stay clean, loud ones get a
    grain."""
    import numpy as np

    mu = 255.0
    squeezed = np.sign(samples) * np.log1p(mu * np.minimum(np.abs(samples), 1)) / np.log1p(mu)
    coarse = np.rint(squeezed * steps) / steps
    opened: Samples = np.sign(coarse) * np.expm1(np.abs(coarse) * np.log1p(mu)) / mu
    return opened


def levelled(samples: Samples, volume: int) -> Samples:
    """To ``volume`` per cent of the house level, measured where somebody speaks; peaks are rounded off softly instead
    of clipped. What holds no speech is returned as it is."""
    import numpy as np

    level = _speech_level(samples, SAMPLE_RATE)
    if level is None:
        return samples
    wanted = 10 ** (HOUSE_LEVEL_DBFS / 20) * max(0, min(100, volume)) / 100
    scaled = samples * (wanted / level)
    knee = _CEILING * 0.75
    over = np.abs(scaled) - knee
    soft = knee + (_CEILING - knee) * np.tanh(np.maximum(over, 0) / (_CEILING - knee))
    return np.where(over > 0, np.sign(scaled) * soft, scaled)


def _speech_level(samples: Samples, rate: int) -> float | None:
    """RMS of the frames of 20 ms in which somebody speaks; None if nobody does."""
    import numpy as np

    if not samples.size:
        return None
    frame = rate // 50
    whole = samples[: samples.size - samples.size % frame] if samples.size >= frame else samples
    power = (whole.reshape(-1, frame if samples.size >= frame else samples.size) ** 2).mean(axis=1)
    speech = power[power > power.max() * 0.01]
    if not speech.size or speech.mean() < 10 ** (_NOBODY_DBFS / 10):
        return None
    return float(np.sqrt(speech.mean()))
