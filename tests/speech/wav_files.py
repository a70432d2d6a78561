"""WAV files as people's programs write them, for tests of recordings."""

import io
import wave
from pathlib import Path

import numpy as np


def tone(
    *,
    seconds: float = 0.8,
    rate: int = 44_100,
    channels: int = 1,
    bits: int = 16,
    level: float = 0.3,
    lead: float = 0.0,
) -> bytes:
    """A tone of 440 Hz that pulses like speech, after `lead` seconds of faint room noise."""
    at = np.arange(round(seconds * rate)) / rate
    sound = level * np.sin(2 * np.pi * 440 * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    room = np.random.default_rng(1).standard_normal(round(lead * rate)) * level / 1000
    whole = np.repeat(np.concatenate([room, sound]), channels)
    width = bits // 8
    numbers = np.rint(whole * (2 ** (bits - 1) - 1)).astype("<i8") + (128 if bits == 8 else 0)
    raw = numbers.view(np.uint8).reshape(-1, 8)[:, :width].tobytes()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(raw)
    return out.getvalue()


def write_tone(path: Path, **how: float) -> Path:
    """The same as a file, with the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tone(**how))  # type: ignore[arg-type]
    return path
