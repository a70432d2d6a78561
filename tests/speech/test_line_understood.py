"""Is a caller still understood over the lines of difficulty 1 to 3? Asked of a machine, which is stricter than people.

PocketSphinx with the Spanish acoustic model of ``../shared/models`` (tests only), the sentences in its n-gram. The
figures compare lines with each other; they say nothing about people.
"""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.speech import samples, telephone
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.listening.ngram import Ngrams, words_of
from simulator.speech.synthesis import Speaker
from simulator.speech.telephone import LineEffect, line_of
from simulator.speech.voice import voice_for

MODEL = Path(__file__).resolve().parents[2].parent / "shared" / "models" / "pocketsphinx-es"
SENTENCES = (
    "llevo tres días llamando y nadie me resuelve el problema de la cuenta",
    "me cobraron dos veces el mismo plan en el mes de marzo",
    "quiero que me regresen el dinero hoy mismo",
    "el técnico no llegó a la hora que dijeron",
    "quiero hablar con un supervisor por favor",
    "mi número de cuenta termina en cuarenta y ocho",
    "la señal se corta todas las noches",
    "muchas gracias por su ayuda que tenga buen día",
    "no entiendo por qué subió tanto el recibo",
    "puede repetir eso más lento",
    "tengo un boleto para el martes y lo quiero el jueves",
    "entonces cuánto tengo que pagar",
)
VOICE = dataclasses.replace(voice_for(), name="roa/es-419+klatt")
"""The speaker that this model understands best."""
RATE = 16_000


@pytest.fixture(scope="module")
def decoder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    if not MODEL.is_dir():
        pytest.skip("needs the Spanish acoustic model folder in ../shared/models (tests only)")
    folder = tmp_path_factory.mktemp("model")
    sentences = [words_of(sentence) for sentence in SENTENCES]
    vocabulary = {word for words in sentences for word in words}
    rows = (MODEL / "base_dictionary.txt").read_text("utf-8").splitlines()
    kept = [row for row in rows if row.split()[0].split("(")[0] in vocabulary]
    (folder / "words.dict").write_text("\n".join(kept) + "\n", "utf-8")
    (folder / "sentences.arpa").write_text(Ngrams(sentences).arpa(), "utf-8")
    return importlib.import_module("pocketsphinx").Decoder(
        hmm=str(MODEL / "acoustic_model"),
        lm=str(folder / "sentences.arpa"),
        dict=str(folder / "words.dict"),
        samprate=RATE,
        loglevel="FATAL",
    )


def errors(wanted: tuple[str, ...], heard: tuple[str, ...]) -> int:
    """Words to be put in, left out or replaced."""
    row = list(range(len(heard) + 1))
    for count, word in enumerate(wanted, 1):
        before, row = row, [count]
        for place, other in enumerate(heard, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (word != other)))
    return row[-1]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> list[samples.Samples]:
    speaker, file = Speaker(), tmp_path_factory.mktemp("spoken") / "line.wav"
    pause = samples.silence(270)
    sounds: list[samples.Samples] = []
    for sentence in SENTENCES:
        assert speaker.render(sentence, VOICE, file) is None
        sounds.append(np.concatenate([pause, samples.trimmed(samples.read(file)), pause]))
    speaker.close()
    return sounds


def word_error_rate(decoder: Any, spoken: list[samples.Samples], effect: LineEffect) -> float:
    wrong = total = 0
    faint = np.random.default_rng(1)
    for seed, (sentence, sound) in enumerate(zip(SENTENCES, spoken, strict=True)):
        line = samples.resampled(telephone.apply(sound, effect, 80, seed), SAMPLE_RATE, RATE)
        decoder.start_utt()
        decoder.process_raw(samples.to_pcm(line + faint.standard_normal(line.size) * 8 / 32767), full_utt=True)
        decoder.end_utt()
        found = decoder.hyp()
        wanted = words_of(sentence)
        wrong += errors(wanted, () if found is None else tuple(found.hypstr.split()))
        total += len(wanted)
    return wrong / total


def test_lines_up_to_difficulty_three_are_understood_about_as_well_as_a_clear_one(
    decoder: Any, spoken: list[samples.Samples]
) -> None:
    clear = word_error_rate(decoder, spoken, LineEffect.CLEAR)
    assert clear < 0.2
    for difficulty in (2, 3):
        assert word_error_rate(decoder, spoken, line_of(difficulty)) < clear + 0.08


def test_the_hardest_line_is_harder_and_no_wall(decoder: Any, spoken: list[samples.Samples]) -> None:
    clear, mobile = (word_error_rate(decoder, spoken, line_of(difficulty)) for difficulty in (1, 5))
    assert clear < mobile < 0.6
