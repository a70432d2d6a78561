"""Sound from a microphone in whatever form it gives it, block by block, as `RATE` mono 16 bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.speech.heard import RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCKS_A_SECOND: Final = 25
"""Blocks of 40 ms: of all usual rates (8,000 to 192,000, also 11,025) that is a whole number of samples."""
_OUT: Final = RATE // _BLOCKS_A_SECOND
_SCALES: Final = {"u1": (128.0, 128.0), "<i2": (0.0, 2.0**15), "<i4": (0.0, 2.0**31), "<f4": (0.0, 1.0)}
"""What is subtracted, then divided by, for −1 … 1; by numpy's name of the form of a sample."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a device gives its samples: interleaved channels; `sample` is u1, <i2, <i4 or <f4."""

    rate: int
    channels: int
    sample: str

    @property
    def is_ours(self) -> bool:
        """Nothing needs to be converted."""
        return (self.rate, self.channels, self.sample) == (RATE, 1, "<i2")


class Converter:
    """Takes bytes as they come and gives the samples that are certain; some 60 ms behind where the rate differs.

    Each block is resampled by its spectrum together with its two neighbours, which are then cut off: no click at the
    seams. ValueError for a rate that is no multiple of 25.
    """

    def __init__(self, form: Form) -> None:
        if form.rate <= 0 or form.rate % _BLOCKS_A_SECOND:
            raise ValueError(f"{form.rate} samples a second")
        self._form = form
        self._block = form.rate // _BLOCKS_A_SECOND
        self._rest = b""
        self._window: NDArray[np.float64] | None = None
        """The block before the last one given, and what follows it."""

    def take(self, data: bytes) -> bytes:
        """The next bytes of the device; what can be given by now, `RATE` mono 16 bit."""
        import numpy as np

        if self._form.is_ours:
            data = self._rest + data
            self._rest = data[len(data) // 2 * 2 :]
            return data[: len(data) // 2 * 2]
        kind = np.dtype(self._form.sample)
        data = self._rest + data
        usable = len(data) - len(data) % (kind.itemsize * self._form.channels)
        self._rest = data[usable:]
        zero, scale = _SCALES[self._form.sample]
        sound = (np.frombuffer(data[:usable], kind).astype(np.float64) - zero) / scale
        mono = sound.reshape(-1, self._form.channels).mean(axis=1)
        if self._form.rate != RATE:
            mono = self._resampled(mono)
        pcm: bytes = np.clip(np.rint(mono * 32768), -32768, 32767).astype("<i2").tobytes()
        return pcm

    def _resampled(self, mono: NDArray[np.float64]) -> NDArray[np.float64]:
        import numpy as np

        before = np.zeros(self._block) if self._window is None else self._window
        window = np.concatenate((before, mono))
        given = []
        while window.size >= 3 * self._block:
            given.append(_middle(window[: 3 * self._block]))
            window = window[self._block :]
        self._window = window
        return np.concatenate(given) if given else np.zeros(0)


def _middle(three: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middle one of three blocks at `RATE`; the outer ones fade, for a spectrum joins the end to the beginning."""
    import numpy as np

    fade = np.sin(np.linspace(0, np.pi / 2, three.size // 6)) ** 2
    three = three.copy()
    three[: fade.size] *= fade
    three[-fade.size :] *= fade[::-1]
    spectrum = np.fft.rfft(three)
    wanted = np.zeros(3 * _OUT // 2 + 1, dtype=np.complex128)
    shared = min(wanted.size, spectrum.size)
    wanted[:shared] = spectrum[:shared]
    return np.fft.irfft(wanted, 3 * _OUT)[_OUT : 2 * _OUT] * (3 * _OUT / three.size)
