"""Spoken sentences for tests of recognition: what they say, and their sound, by a synthetic voice.

Such figures test the chain, never accuracy with people. Digital silence hurts a recogniser and other variants of espeak
are worse understood, so the voice is `es-419+klatt` with a noise of 8 LSB.
"""

import math
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.library import load_all, load_file
from simulator.scenario.scenario import Scenario
from simulator.speech import samples
from simulator.speech.heard import RATE
from simulator.speech.line import SAMPLE_RATE, SpeechUnavailable
from simulator.speech.listening.ngram import words_of
from simulator.speech.spoken import sentences
from simulator.speech.synthesis import Speaker
from simulator.speech.voice import Voice, voice_for

ROOT = Path(__file__).parents[2]
SPHINX_FOLDER = ROOT.parent / "shared" / "models" / "pocketsphinx-es"
QUIET_DBFS = 20 * math.log10(8 / 32768)
VOICE = replace(voice_for(gender="male"), name="roa/es-419+klatt", rate=150, pitch=50, range=50)


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence as sound: `RATE`, mono, 16 bit, with 0.4 s before it and 0.5 s after."""

    text: str
    pcm: bytes

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.text)

    @property
    def seconds(self) -> float:
        return len(self.pcm) / 2 / RATE


def angry_caller() -> Scenario:
    """The shipped call about a double charge."""
    loaded = load_file(ROOT / "scenarios" / "phone" / "angry-caller.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None
    return loaded.scenario


@cache
def shipped_calls() -> dict[str, Scenario]:
    """The shipped scenarios by id, without shifts."""
    loaded = [one.scenario for one in load_all([ROOT / "scenarios"], shipped_protocol().protocol)]
    return {one.id: one for one in loaded if one is not None and one.agenda is None}


def spread(texts: Iterable[str], count: int) -> list[str]:
    """`count` of the sentences of 4–18 words, taken evenly from beginning to end: always the same ones."""
    fit = [text for text in texts if 4 <= len(words_of(text)) <= 18]
    return [fit[at * len(fit) // count] for at in range(count)]


def say(texts: Iterable[str], seed: int = 5, voice: Voice = VOICE, noise_dbfs: float = QUIET_DBFS) -> list[Clip]:
    """The sentences spoken in a room of this noise; skips the test where there is no engine (fails in CI)."""
    speaker = Speaker()
    noise = np.random.default_rng(seed)
    try:
        started = speaker.start()
        if isinstance(started, SpeechUnavailable):
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no voice: {started.code}")
        return [Clip(text, _sound(speaker, text, voice, noise, noise_dbfs)) for text in texts]
    finally:
        speaker.close()


def quiet(seconds: float, seed: int = 3) -> bytes:
    """The room without anybody: noise of 8 LSB."""
    noise = np.random.default_rng(seed).standard_normal(int(seconds * RATE)) * 8
    return noise.astype("<i2").tobytes()


def blocks(pcm: bytes, milliseconds: int = 100) -> list[bytes]:
    """As a microphone delivers it."""
    size = RATE * milliseconds // 1000 * 2
    return [pcm[at : at + size] for at in range(0, len(pcm), size)]


def needs_sphinx_model() -> None:
    """Skips the test where the Spanish model of the tests is absent: it is never shipped."""
    if not SPHINX_FOLDER.is_dir():
        pytest.skip("needs the Spanish PocketSphinx model of the tests (shared/models/pocketsphinx-es)")


def _sound(speaker: Speaker, text: str, voice: Voice, noise: np.random.Generator, noise_dbfs: float) -> bytes:
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        for sentence in sentences(text):
            assert speaker.render(sentence, voice, file) is None
            parts.append(samples.read(file))
    whole = np.concatenate([samples.silence(400), samples.joined(parts, 250), samples.silence(500)])
    sound = samples.resampled(whole, SAMPLE_RATE, RATE)
    room = noise.standard_normal(sound.size) * 10 ** (noise_dbfs / 20)
    sound = sound * 0.5 / float(np.abs(sound).max()) + room
    return samples.to_pcm(sound)
