"""Synthetic sound for tests of listening: a room, a voice-like buzz, a breath, a click. `RATE`, 16 bit."""

import numpy as np

from simulator.speech.heard import RATE


def room(milliseconds: int, level: float = -70.0, seed: int = 1) -> bytes:
    """White noise of this RMS in dBFS."""
    size = milliseconds * RATE // 1000
    noise = np.random.default_rng(seed).standard_normal(size) * 32768 * 10 ** (level / 20)
    return np.clip(np.rint(noise), -32768, 32767).astype("<i2").tobytes()


def voice(milliseconds: int, level: float = -25.0, pitch: float = 140.0, noise: float = -70.0) -> bytes:
    """A buzz with the harmonics of a voice, in a room."""
    moments = np.arange(milliseconds * RATE // 1000) / RATE
    buzz = sum(np.sin(2 * np.pi * pitch * number * moments) / number for number in range(1, 12))
    sound = np.asarray(buzz, dtype=np.float64)
    sound *= 32768 * 10 ** (level / 20) / np.sqrt((sound**2).mean())
    sound += np.frombuffer(room(milliseconds, noise), "<i2")[: sound.size]
    return np.clip(np.rint(sound), -32768, 32767).astype("<i2").tobytes()
