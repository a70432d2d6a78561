"""The desk's own sounds: their recipe and their loader. ``python -m simulator.speech.sounds`` writes ``assets/sounds``.

Made of sines here, so they are ours and free of others' rights. Deterministic: running the recipe again gives the same
bytes (the suite checks it). Frequencies of the line tones follow Latin American practice (425 Hz, ITU-T E.180).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from simulator import paths
from simulator.speech import samples
from simulator.speech.line import RenderedLine

if TYPE_CHECKING:
    from simulator.speech.samples import Samples

RATE: Final = 16_000
"""Samples a second of the files; enough for tones, and half the size."""
_LINE_HZ: Final = 425.0


class Sound(StrEnum):
    """A file of ``assets/sounds``. Those marked «loop» join end to start without a click."""

    RING = "ring"
    RING_EAR = "ring-ear"
    HOLD = "hold"
    RINGBACK = "ringback"
    BUSY = "busy"
    HANG_UP = "hang-up"
    CHAT = "chat"
    CALL_ENDED = "call-ended"


LOOPS: Final = frozenset({Sound.HOLD, Sound.RINGBACK, Sound.BUSY})
"""The sounds to be played with ``play_loop``; their silence between two tones is part of the file."""


def load(sound: Sound, folder: Path | None = None) -> RenderedLine:
    """A sound as it ships, ready for a player. OSError if the installation lacks it."""
    data = ((folder or paths.assets() / "sounds") / f"{sound}.wav").read_bytes()
    return RenderedLine(data[44:], int.from_bytes(data[24:28], "little"))


def recipes() -> Mapping[Sound, Callable[[], Samples]]:
    """How each sound is made."""
    return MappingProxyType(
        {
            Sound.RING: _ring,
            Sound.RING_EAR: _ring_ear,
            Sound.HOLD: _hold,
            Sound.RINGBACK: lambda: _padded(_tone(_LINE_HZ, 1.0, 0.16), 5.0),
            Sound.BUSY: lambda: _padded(_tone(_LINE_HZ, 0.25, 0.16), 0.5),
            Sound.HANG_UP: _hang_up,
            Sound.CHAT: _chat,
            Sound.CALL_ENDED: _call_ended,
        }
    )


def write(folder: Path) -> None:
    """Writes every sound into ``folder``: mono, 16 bit, ``RATE``."""
    folder.mkdir(parents=True, exist_ok=True)
    for sound, recipe in recipes().items():
        (folder / f"{sound}.wav").write_bytes(samples.wav_bytes(samples.to_pcm(recipe()), RATE))


def _ring() -> Samples:
    """A modern desk telephone: two soft bells that alternate twelve times in a second. The pause is the session's."""
    import numpy as np

    out = np.zeros(round(1.25 * RATE))
    for strike in range(12):
        _add(out, _bell(850.0 if strike % 2 else 680.0, 0.34), strike / 12)
    return 0.32 * _faded(out)


def _ring_ear() -> Samples:
    """The same call in the headset: quiet, low, one bell a quarter second, so that it never startles."""
    import numpy as np

    out = np.zeros(round(1.25 * RATE))
    for strike in range(4):
        _add(out, _bell(_LINE_HZ * (1.5 if strike % 2 else 1.0), 0.45), strike / 4)
    return 0.14 * _faded(out)


def _hold() -> Samples:
    """Sixteen calm seconds over four chords (our own tune); its last note has died away before it begins again."""
    import numpy as np

    second = 16.0 / 32  # thirty-two steps
    chords = ((57, 60, 64, 67), (53, 57, 60, 64), (48, 55, 60, 64), (55, 59, 62, 67))
    tune = (
        *(76, 0, 72, 74, 0, 71, 69, 0, 72, 0, 69, 67, 0, 69, 65, 0),
        *(67, 0, 72, 76, 0, 74, 72, 0, 71, 0, 74, 79, 0, 74, 0, 0),
    )
    out = np.zeros(16 * RATE)
    for step in range(32):
        chord = chords[step // 8]
        _add(out, 0.20 * _pluck(chord[(step * 3) % 4], 1.1), step * second, wrap=True)
        if step % 8 == 0:
            for note in chord:
                _add(out, 0.10 * _pluck(note - 12, 3.6), step * second, wrap=True)
        if tune[step]:
            _add(out, 0.26 * _pluck(tune[step], 1.5), step * second, wrap=True)
    return 0.5 * out


def _hang_up() -> Samples:
    """The line after the other side put down: three short tones."""
    import numpy as np

    return np.concatenate([_padded(_tone(_LINE_HZ, 0.2, 0.15), 0.36) for _ in range(3)])


def _chat() -> Samples:
    """A colleague's message: a soft double pop upwards."""
    import numpy as np

    out = np.zeros(round(0.28 * RATE))
    _add(out, 0.30 * _bell(620.0, 0.14), 0.0)
    _add(out, 0.34 * _bell(930.0, 0.18), 0.09)
    return _faded(out)


def _call_ended() -> Samples:
    """The call is over: two bells downwards."""
    import numpy as np

    out = np.zeros(round(0.9 * RATE))
    _add(out, 0.26 * _bell(784.0, 0.5), 0.0)
    _add(out, 0.26 * _bell(523.25, 0.7), 0.18)
    return _faded(out)


def _time(seconds: float) -> Samples:
    import numpy as np

    return np.arange(round(seconds * RATE)) / RATE


def _tone(hertz: float, seconds: float, level: float) -> Samples:
    """A line tone with 8 ms edges, so that it does not click."""
    import numpy as np

    at = _time(seconds)
    edge = np.minimum(1.0, np.minimum(at, seconds - at) / 0.008)
    return level * edge * np.sin(2 * np.pi * hertz * at)


def _bell(hertz: float, seconds: float) -> Samples:
    """A struck bell: three partials, the higher the sooner gone."""
    import numpy as np

    at = _time(seconds)
    sound: Samples = np.zeros(at.size)
    for ratio, level, life in ((1.0, 1.0, 0.35), (2.0, 0.35, 0.2), (2.76, 0.18, 0.1)):
        sound = sound + level * np.exp(-at / (life * seconds)) * np.sin(2 * np.pi * hertz * ratio * at)
    return sound * np.minimum(1.0, at / 0.003) * np.minimum(1.0, (seconds - at) / 0.01)


def _pluck(note: int, seconds: float) -> Samples:
    """A soft plucked note, ``note`` as in MIDI (69 is 440 Hz)."""
    import numpy as np

    at = _time(seconds)
    hertz = 440.0 * 2.0 ** ((note - 69) / 12)
    body = np.sin(2 * np.pi * hertz * at) + 0.3 * np.sin(4 * np.pi * hertz * at) * np.exp(-at * 6)
    note_sound: Samples = body * np.exp(-at * 3.2 / seconds) * np.minimum(1.0, at / 0.012)
    note_sound *= np.minimum(1.0, (seconds - at) / 0.05)
    return note_sound


def _padded(sound: Samples, seconds: float) -> Samples:
    import numpy as np

    return np.concatenate([sound, np.zeros(round(seconds * RATE) - sound.size)])


def _faded(sound: Samples) -> Samples:
    import numpy as np

    left = np.arange(sound.size, 0, -1) / RATE
    faded: Samples = sound * np.minimum(1.0, left / 0.02)
    return faded


def _add(out: Samples, sound: Samples, start: float, *, wrap: bool = False) -> None:
    """Mixes in place; ``wrap``: what outlasts the end sounds on at the beginning, so that a loop has no seam."""
    first = round(start * RATE)
    fits = min(sound.size, out.size - first)
    out[first : first + fits] += sound[:fits]
    if wrap and fits < sound.size:
        out[: sound.size - fits] += sound[fits:]


if __name__ == "__main__":
    write(paths.assets() / "sounds")
