"""A recorded line as a sound: which files are taken, and how they are brought into the form of synthesised speech.

Taken are WAV files of plain 16-bit samples, mono or stereo, at any rate. All else is refused with a reason.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from simulator.speech import samples
from simulator.speech.line import SAMPLE_RATE
from simulator.wording import _, mark

if TYPE_CHECKING:
    from simulator.speech.samples import Samples

LONGEST_SECONDS: Final = 60
_LARGEST_BYTES: Final = LONGEST_SECONDS * 192_000 * 4 + 65_536
_RATES: Final = range(8_000, 192_001)
_QUIETEST_DBFS: Final = -50.0
_BELOW_SPEECH_DB: Final = 40.0
"""Frames so far below the loudest one are no longer part of the speech."""
_LEAD_S, _TAIL_S = 0.06, 0.15

REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unreadable": mark("the file cannot be read ({value})"),
        "format": mark("it is not a WAV file of plain samples"),
        "bits": mark("it has {value} bits a sample; 16 are needed"),
        "channels": mark("it has {value} channels; one or two are needed"),
        "rate": mark("its rate of {value} samples a second is not usual"),
        "cut": mark("it ends before its own header says so"),
        "long": mark("it is longer than {value} seconds"),
        "silent": mark("nothing is heard in it"),
    }
)
"""Code of a `RecordingRefused` → msgid."""


class RecordingRefused(Exception):  # noqa: N818 - the name says what happened
    """The file is not taken as a recording. `code` is a key of `REFUSALS`; `value` fills it."""

    def __init__(self, code: str, value: object = "") -> None:
        super().__init__(code, value)
        self.code, self.value = code, value

    @property
    def why(self) -> str:
        """The reason, in the user's language."""
        return _(REFUSALS[self.code]).format(value=self.value)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: its text, and the file in which a person says it, if there is one."""

    text: str
    recording: Path | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """What a file holds: the samples of its speech at ``SAMPLE_RATE``, and the hash of its bytes."""

    digest: str
    sound: Samples


def take_of(path: Path) -> Take:
    """Reads a recording, without the silence around its speech. Errors: `RecordingRefused`."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise RecordingRefused("unreadable", error.strerror or error) from error
    if len(data) > _LARGEST_BYTES:
        raise RecordingRefused("long", LONGEST_SECONDS)
    _inspect(data)
    return Take(sha256(data).hexdigest(), _speech(samples.decoded(data)))


def _inspect(data: bytes) -> None:
    try:
        with wave.open(io.BytesIO(data)) as file:
            bits, channels = file.getsampwidth() * 8, file.getnchannels()
            rate, frames = file.getframerate(), file.getnframes()
            there = len(file.readframes(frames))
    except (wave.Error, EOFError, ValueError, RuntimeError) as error:
        raise RecordingRefused("format") from error
    if bits != 16:
        raise RecordingRefused("bits", bits)
    if channels not in (1, 2):
        raise RecordingRefused("channels", channels)
    if rate not in _RATES:
        raise RecordingRefused("rate", rate)
    if there != frames * channels * 2:
        raise RecordingRefused("cut")
    if frames > LONGEST_SECONDS * rate:
        raise RecordingRefused("long", LONGEST_SECONDS)
    if not frames:
        raise RecordingRefused("silent")


def _speech(sound: Samples) -> Samples:
    """From shortly before the first loud frame until shortly after the last: rooms hum, so loud is relative."""
    import numpy as np

    frame = SAMPLE_RATE // 50
    padded = np.pad(sound, (0, -sound.size % frame))
    power = (padded.reshape(-1, frame) ** 2).mean(axis=1)
    loudest = float(power.max())
    if loudest < 10 ** (_QUIETEST_DBFS / 10):
        raise RecordingRefused("silent")
    loud = np.flatnonzero(power > loudest * 10 ** (-_BELOW_SPEECH_DB / 10))
    first = max(0, int(loud[0]) * frame - round(_LEAD_S * SAMPLE_RATE))
    return sound[first : (int(loud[-1]) + 1) * frame + round(_TAIL_S * SAMPLE_RATE)]
