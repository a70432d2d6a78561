"""Measuring sound in tests: is there any, how high, where in the spectrum."""

import numpy as np
from numpy.typing import NDArray

LOUD = 40
"""16-bit amplitude (−58 dBFS) above which a sample counts as sound."""


def samples_of(pcm: bytes) -> NDArray[np.float64]:
    return np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float64)


def level(pcm: bytes) -> float:
    """RMS, 0 … 32767."""
    sound = samples_of(pcm)
    return float(np.sqrt((sound**2).mean())) if sound.size else 0.0


def loud_seconds(pcm: bytes, rate: int) -> tuple[float, float] | None:
    """Where the first and the last loud sample stand, seconds; None for silence."""
    found = np.flatnonzero(np.abs(samples_of(pcm)) > LOUD)
    return (float(found[0]) / rate, float(found[-1]) / rate) if found.size else None


def fundamental(pcm: bytes, rate: int) -> float:
    """Median fundamental frequency of the voiced frames, Hz, by autocorrelation (60–400 Hz)."""
    sound = samples_of(pcm)
    size, found = rate // 25, []
    for start in range(0, sound.size - size, rate // 100):
        frame = sound[start : start + size] - sound[start : start + size].mean()
        if np.sqrt((frame**2).mean()) < 300:
            continue
        correlation = np.correlate(frame, frame, "full")[size - 1 :]
        low, high = rate // 400, rate // 60
        lag = low + int(correlation[low:high].argmax())
        if correlation[lag] > 0.5 * correlation[0]:
            found.append(rate / lag)
    return float(np.median(found))


def share_of_power(pcm: bytes, rate: int, low: float, high: float) -> float:
    """Share of the sound's power between two frequencies."""
    power = np.abs(np.fft.rfft(samples_of(pcm))) ** 2
    hertz = np.fft.rfftfreq(samples_of(pcm).size, 1 / rate)
    return float(power[(hertz >= low) & (hertz <= high)].sum() / power.sum())


def likeness(part: bytes, whole: bytes) -> float:
    """Best correlation of ``part`` with any stretch of ``whole``, 0 … 1."""
    heard, wanted = samples_of(whole), samples_of(part)
    size = 1 << (heard.size + wanted.size).bit_length()
    found = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size)), size)
    best = int(found.argmax())
    stretch = heard[best : best + wanted.size] if best < heard.size else heard
    return float(found.max() / np.sqrt((stretch**2).sum() * (wanted**2).sum()))


def likeness_in_pieces(part: bytes, whole: bytes, seconds: float, rate: int) -> float:
    """The median of the likeness of each piece of so many seconds: a millisecond that was skipped between two pieces
    moves all that follows, and spoils the likeness of the whole."""
    size = 2 * round(seconds * rate)
    pieces = [part[at : at + size] for at in range(0, len(part) - size + 1, size)]
    loud = [piece for piece in pieces if np.abs(samples_of(piece)).max() > 0.02]
    return float(np.median([likeness(piece, whole) for piece in loud]))
