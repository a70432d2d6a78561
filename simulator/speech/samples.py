"""Sound as numbers: reading what an engine wrote, trimming, joining, resampling. numpy is imported when first used."""

from __future__ import annotations

import io
import wave
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.speech.line import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]
    """Mono samples, −1 … 1."""

FULL_SCALE: Final = 32_767
_QUIET: Final = 0.002
"""Amplitude (−54 dBFS) below which the edges of a sentence count as silence."""
_LEAD_MS: Final = 25
"""A sound server may swallow the first 20 ms (measured on a null sink); the first consonant must not be in them."""
_TAIL_MS: Final = 40


class UnreadableSound(Exception):  # noqa: N818 - the name says what is wrong
    """The bytes are no sound that we read (16-bit WAV or AIFF)."""


def read(path: Path) -> Samples:
    """Samples of a sound file, mixed to mono, at ``SAMPLE_RATE``. Raises ``UnreadableSound`` or OSError."""
    return decoded(path.read_bytes())


def decoded(data: bytes) -> Samples:
    """The same of a file's bytes."""
    samples, rate = _aiff(data) if data[:4] == b"FORM" else _wav(data)
    return samples if rate == SAMPLE_RATE else resampled(samples, rate, SAMPLE_RATE)


def to_pcm(samples: Samples) -> bytes:
    """Signed 16-bit little-endian; clipped at full scale."""
    import numpy as np

    return np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE).astype("<i2").tobytes()


def from_pcm(pcm: bytes) -> Samples:
    """The inverse of ``to_pcm``."""
    import numpy as np

    return np.frombuffer(pcm, "<i2").astype(np.float64) / FULL_SCALE


def wav_bytes(pcm: bytes, rate: int) -> bytes:
    """A mono 16-bit WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return out.getvalue()


def silence(milliseconds: int) -> Samples:
    """Digital silence at ``SAMPLE_RATE``."""
    import numpy as np

    return np.zeros(SAMPLE_RATE * max(0, milliseconds) // 1000)


def trimmed(samples: Samples) -> Samples:
    """Without the silence that the engine puts at the edges; empty if there is nothing but silence."""
    import numpy as np

    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not loud.size:
        return samples[:0]
    first = max(0, int(loud[0]) - SAMPLE_RATE * _LEAD_MS // 1000)
    return samples[first : int(loud[-1]) + 1 + SAMPLE_RATE * _TAIL_MS // 1000]


def joined(sentences: list[Samples], gap_ms: int) -> Samples:
    """One line of its sentences, with the speaker's pause between them."""
    import numpy as np

    parts: list[Samples] = []
    for sentence in sentences:
        if parts:
            parts.append(silence(gap_ms))
        parts.append(trimmed(sentence))
    return np.concatenate(parts) if parts else silence(0)


def resampled(samples: Samples, rate: int, new_rate: int) -> Samples:
    """At another rate, by the spectrum: nothing above the lower of the two half rates survives."""
    import numpy as np

    if not samples.size or rate == new_rate:
        return samples
    padded = fast_length(samples.size, rate)
    spectrum = np.fft.rfft(samples, padded)
    length = padded * new_rate // rate
    wanted = np.zeros(length // 2 + 1, dtype=np.complex128)
    shared = min(wanted.size, spectrum.size)
    wanted[:shared] = spectrum[:shared]
    kept = max(1, samples.size * new_rate // rate)
    return (np.fft.irfft(wanted, length) * (length / padded))[:kept]


def fast_length(size: int, multiple_of: int = 1) -> int:
    """A length ≥ ``size`` that the FFT likes: a multiple of ``multiple_of``, times a number made of 2, 3 and 5."""
    blocks = -(-size // multiple_of)
    while True:
        rest = blocks
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return blocks * multiple_of
        blocks += 1


def _wav(data: bytes) -> tuple[Samples, int]:
    import numpy as np

    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getsampwidth() != 2:
                raise UnreadableSound(f"{file.getsampwidth() * 8} bits")
            raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
            channels, rate = file.getnchannels(), file.getframerate()
    except (wave.Error, EOFError, ValueError) as error:
        raise UnreadableSound(str(error)) from error
    return _mono(raw.astype(np.float64), channels), rate


def _aiff(data: bytes) -> tuple[Samples, int]:
    """16-bit AIFF and AIFF-C, as macOS' engine writes it (read from its format, not measured on a Mac)."""
    import numpy as np

    channels = rate = 0
    order, sound = ">i2", b""
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "big")
        body = data[at + 8 : at + 8 + size]
        if name == b"COMM" and len(body) >= 18:
            channels, bits = int.from_bytes(body[0:2], "big"), int.from_bytes(body[6:8], "big")
            exponent, mantissa = int.from_bytes(body[8:10], "big") & 0x7FFF, int.from_bytes(body[10:18], "big")
            rate = round(mantissa * 2.0 ** (exponent - 16383 - 63))
            if body[18:22] == b"sowt":
                order = "<i2"
            elif body[18:22] not in (b"", b"NONE", b"twos"):
                raise UnreadableSound(repr(body[18:22]))
            if bits != 16:
                raise UnreadableSound(f"{bits} bits")
        elif name == b"SSND":
            sound = body[8:]
        at += 8 + size + size % 2
    if not channels or not rate:
        raise UnreadableSound("no COMM chunk")
    usable = len(sound) - len(sound) % (2 * channels)
    return _mono(np.frombuffer(sound[:usable], order).astype(np.float64), channels), rate


def _mono(raw: Samples, channels: int) -> Samples:
    mixed: Samples = raw.reshape(-1, channels).mean(axis=1) / FULL_SCALE
    return mixed
