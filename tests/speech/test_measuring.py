"""Voice measures against what is known: synthetic speech at four rates, a person's annotated clip, made-up sounds."""

import dataclasses
import importlib
import os
import re
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.speech import samples
from simulator.speech.heard import RATE, Word
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.listening.pronunciation import pronounce
from simulator.speech.measuring import LOGGED_PAUSES, Measures, count_fillers, is_hesitation, measure
from simulator.speech.synthesis import Speaker
from simulator.speech.voice import voice_for
from tests.speech.acoustics import loud_seconds

MODELS = Path(__file__).parents[3] / "shared" / "models"
SENTENCES = (
    "Entiendo su molestia y lamento mucho lo ocurrido con su factura",
    "Permítame revisar su cuenta para darle una solución",
    "Le vamos a reintegrar el cobro en su próxima factura",
)
RATES = (120, 160, 200, 240)
GAP_MS = 400


def tone(ms: int, dbfs: float = -20, rate: int = RATE) -> NDArray[np.float64]:
    """A voice-like hum of harmonics at a level (RMS)."""
    t = np.arange(ms * rate // 1000) / rate
    hum = np.zeros(t.size)
    for n in range(1, 12):
        hum += np.sin(2 * np.pi * 140 * n * t + n) / n
    level: float = np.sqrt((hum**2).mean())
    return hum * (10 ** (dbfs / 20) / level)


def hush(ms: int) -> NDArray[np.float64]:
    return np.zeros(ms * RATE // 1000)


def noisy(sound: NDArray[np.float64], dbfs: float, seed: int = 1) -> bytes:
    hiss = np.random.default_rng(seed).normal(0, 10 ** (dbfs / 20), sound.size)
    return pcm_of(sound + hiss)


def pcm_of(sound: NDArray[np.float64]) -> bytes:
    return np.clip(np.rint(sound * 32_768), -32_768, 32_767).astype("<i2").tobytes()


# Pace, against speech of known length


def spoken(speaker: Speaker, rate: int, folder: Path) -> tuple[bytes, float]:
    """The sentences at a rate as a microphone takes them (`RATE`, some noise around), and their true length (s)."""
    voice = dataclasses.replace(voice_for(), name="roa/es-419+klatt", rate=rate)
    parts = []
    for sentence in SENTENCES:
        file = folder / "line.wav"
        assert speaker.render(sentence, voice, file) is None
        parts.append(samples.trimmed(samples.read(file)))
    sound = samples.resampled(samples.joined(parts, GAP_MS), SAMPLE_RATE, RATE)
    around = loud_seconds(samples.to_pcm(sound), RATE)
    assert around is not None
    hiss = np.random.default_rng(rate).normal(0, 8 / 32_768, RATE + sound.size)
    hiss[RATE // 2 : RATE // 2 + sound.size] += sound
    return samples.to_pcm(hiss), around[1] - around[0]


def known_words(seconds: float, shift_ms: int) -> list[Word]:
    """Scripted: words spread evenly over the known length, the edges off by as much as recognisers are (SPEECH.md)."""
    said = " ".join(SENTENCES).split()
    step = seconds * 1000 / len(said)
    edges = [round(500 + step * index) for index in range(len(said) + 1)]
    words = [Word(text, edges[at], edges[at + 1], 90) for at, text in enumerate(said)]
    words[0] = Word(said[0], edges[0] - shift_ms, edges[1], 90)
    words[-1] = Word(said[-1], edges[-2], edges[-1] + shift_ms, 90)
    return words


@pytest.mark.parametrize("shift_ms", [-80, 0, 80])
@pytest.mark.parametrize("rate", RATES)
def test_pace_of_synthetic_speech(speaker: Speaker, tmp_path: Path, rate: int, shift_ms: int) -> None:
    pcm, seconds = spoken(speaker, rate, tmp_path)
    words = known_words(seconds, shift_ms)
    found = measure(pcm, words)
    assert found.wpm == pytest.approx(len(words) / seconds * 60, rel=0.03)


def aligned(pcm: bytes) -> list[Word]:
    """The known sentences laid over the sound by PocketSphinx with the Spanish model: real word times."""
    folder = MODELS / "pocketsphinx-es"
    if not folder.is_dir():
        pytest.skip("needs the Spanish acoustic model folder in ../shared/models (tests only)")
    try:
        pocketsphinx = importlib.import_module("pocketsphinx")
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail("pocketsphinx is not installed")
        pytest.skip("needs pocketsphinx")
    dictionary = str(folder / "base_dictionary.txt")
    decoder = pocketsphinx.Decoder(hmm=str(folder / "acoustic_model"), dict=dictionary, lm=None, loglevel="FATAL")
    for word in {word for word in " ".join(SENTENCES).lower().split() if decoder.lookup_word(word) is None}:
        decoder.add_word(word, " ".join(pronounce(word)), True)
    decoder.set_align_text(" ".join(SENTENCES).lower())
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    segments = [part for part in decoder.seg() if not part.word.startswith(("<", "["))]
    return [
        Word(re.sub(r"\(\d+\)", "", part.word), part.start_frame * 10, part.end_frame * 10 + 10, 90)
        for part in segments
    ]


@pytest.mark.parametrize("rate", RATES)
def test_pace_from_the_word_times_of_a_recogniser(speaker: Speaker, tmp_path: Path, rate: int) -> None:
    pcm, seconds = spoken(speaker, rate, tmp_path)
    words = aligned(pcm)
    assert [word.text for word in words] == " ".join(SENTENCES).lower().split()
    found = measure(pcm, words)
    assert found.wpm == pytest.approx(len(words) / seconds * 60, rel=0.03)
    assert len(found.pauses) == len(SENTENCES) - 1
    for begin, end in found.pauses:
        assert end - begin == pytest.approx(GAP_MS + 65, abs=80)  # joined() keeps 65 ms of each sentence's own edges


def test_syllables_are_counted_without_the_pauses(speaker: Speaker, tmp_path: Path) -> None:
    pcm, seconds = spoken(speaker, 160, tmp_path)
    found = measure(pcm, known_words(seconds, 0))
    # En-tien-do su mo-les-tia y la-men-to mu-cho lo o-cu-rri-do con su fac-tu-ra: 23; 19 and 18 the others.
    assert found.sps10 == pytest.approx(10 * 60 / (seconds - found.pause_ms / 1000), rel=0.03)


# Pauses, against a person's clip labelled by hand


def labelled() -> tuple[bytes, list[tuple[float, float, str]]]:
    folder = MODELS / "human-clip"
    if not folder.is_dir():
        pytest.skip("needs the annotated human clip in ../shared/models (tests only)")
    with wave.open(str(next(folder.glob("*.wav")))) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2)
        pcm = file.readframes(file.getnframes())
    grid = next(folder.glob("*.TextGrid")).read_text("utf-8")
    found = re.findall(r'intervals \[\d+\]:\s*xmin = ([\d.]+)\s*xmax = ([\d.]+)\s*text = "([^"]*)"', grid)
    return pcm, [(float(begin), float(end), text) for begin, end, text in found]


def words_of(intervals: list[tuple[float, float, str]]) -> list[Word]:
    """The labelled words, spread evenly over their stretch."""
    words = []
    for begin, end, text in intervals:
        said = re.findall(r"\w+", text)
        for at, word in enumerate(said):
            step = (end - begin) * 1000 / len(said)
            words.append(Word(word, round(begin * 1000 + at * step), round(begin * 1000 + (at + 1) * step), 80))
    return words


@pytest.mark.parametrize("with_words", [False, True])
@pytest.mark.parametrize("noise_dbfs", [None, -50, -40])
def test_pauses_of_a_person(with_words: bool, noise_dbfs: int | None) -> None:
    pcm, intervals = labelled()
    if noise_dbfs is not None:
        pcm = noisy(samples.from_pcm(pcm), noise_dbfs)
    truth = [(begin, end) for begin, end, text in intervals[1:-1] if text == "#"]
    assert len(truth) == 4
    found = measure(pcm, words_of(intervals) if with_words else ()).pauses
    assert len(found) == len(truth)
    errors = []
    for (begin, end), (since, until) in zip(truth, found, strict=True):
        # At −40 dBFS the noise covers the last 0.14 s of a vowel that dies away.
        assert since / 1000 == pytest.approx(begin, abs=0.15 if noise_dbfs == -40 else 0.1)
        errors.append(abs((until - since) / 1000 - (end - begin)))
    assert sum(errors) / len(errors) <= 0.1


def test_pace_of_a_person() -> None:
    pcm, intervals = labelled()
    words = words_of(intervals)
    begin, end = intervals[1][0], intervals[-2][1]
    assert measure(pcm, words).wpm == pytest.approx(len(words) / (end - begin) * 60, rel=0.03)


# Level, noise, pauses of made-up sounds


@pytest.mark.parametrize(("voice", "noise"), [(-20, -60), (-20, -40), (-30, -45), (-12, -70)])
def test_level_and_noise(voice: int, noise: int) -> None:
    sound = np.concatenate([hush(700), tone(1500, voice), hush(500), tone(1500, voice), hush(700)])
    found = measure(noisy(sound, noise), ())
    assert found.dbfs == pytest.approx(voice, abs=1)
    assert found.noise_dbfs == pytest.approx(noise, abs=1)
    assert found.snr == pytest.approx(voice - noise, abs=1)


@pytest.mark.parametrize(("gap", "counted"), [(200, False), (300, True), (1200, True)])
def test_what_a_pause_is(gap: int, counted: bool) -> None:
    sound = np.concatenate([hush(500), tone(1000), hush(gap), tone(1000), hush(500)])
    pauses = measure(noisy(sound, -60), ()).pauses
    assert len(pauses) == counted
    if counted:
        assert list(pauses[0]) == pytest.approx([1500, 1500 + gap], abs=20)


def test_a_silence_inside_one_word_is_no_pause() -> None:
    """The line dropped out: the recogniser hears one word, and nothing begins or ends in the hole."""
    sound = noisy(np.concatenate([tone(1000), hush(400), tone(1000)]), -60)
    assert len(measure(sound, [Word("reintegraremos", 0, 2400, 60)]).pauses) == 0
    assert len(measure(sound, [Word("le", 0, 1000, 60), Word("ayudo", 1400, 2400, 60)]).pauses) == 1


def test_a_click_does_not_split_a_pause() -> None:
    sound = np.concatenate([tone(1000), hush(500), tone(20, -15), hush(500), tone(1000)])
    assert [end - begin for begin, end in measure(noisy(sound, -60), ()).pauses] == [pytest.approx(1020, abs=30)]


def test_a_swinging_voice_and_an_even_one() -> None:
    even = np.concatenate([hush(500), *[tone(200, -24) for _ in range(12)], hush(500)])
    swinging = np.concatenate([hush(500), *[tone(200, level) for level in (-32, -16) * 6], hush(500)])
    low, high = measure(noisy(even, -60), ()).swing, measure(noisy(swinging, -60), ()).swing
    assert low is not None
    assert high is not None
    assert low <= 3
    assert high == pytest.approx(16, abs=2)


@pytest.mark.parametrize(("end", "tail"), [(-20, 0), (-32, -12)])
def test_a_voice_that_fades_at_the_end(end: int, tail: int) -> None:
    sound = np.concatenate([hush(500), *[tone(500, -20) for _ in range(8)], tone(500, end), hush(500)])
    assert measure(noisy(sound, -60), ()).tail == pytest.approx(tail, abs=1)


def test_shouting_into_the_microphone_is_clipped() -> None:
    sound = np.concatenate([hush(300), tone(1000, 3), hush(300)])
    clipped = measure(pcm_of(sound), ()).clipped
    assert clipped is not None
    assert clipped > 100
    assert measure(pcm_of(np.concatenate([hush(300), tone(1000, -20)])), ()).clipped == 0


def test_the_customer_had_ended_before() -> None:
    assert measure(b"", (), began_ms=5_300, customer_ended_ms=4_000).delay_ms == 1_300
    assert measure(b"", (), began_ms=3_900, customer_ended_ms=4_000).delay_ms is None
    assert measure(b"", (), began_ms=3_900).delay_ms is None


# Fillers


def said(text: str, pauses: tuple[int, ...] = ()) -> list[Word]:
    """Words of 200 ms, 50 ms apart; half a second after the words of these indexes."""
    words, at = [], 0
    for index, word in enumerate(text.split()):
        words.append(Word(word, at, at + 200, 90))
        at += 700 if index in pauses else 250
    return words


@pytest.mark.parametrize(
    ("text", "pauses", "count"),
    [
        ("eh buenos días", (), 1),
        ("le ayudo eh mmm con su factura", (), 2),
        ("padre e hijo", (), 0),
        ("o sea que no le llegó", (), 1),
        ("este mes le llega", (), 0),
        ("este mes le llega", (0,), 1),
        ("este este mes le llega", (), 1),
        ("pues claro que sí", (), 0),
        ("pues vamos a ver", (0,), 1),
        ("muy bien pues", (2,), 0),
        ("digamos que sí", (), 1),
        ("", (), 0),
    ],
)
def test_fillers(text: str, pauses: tuple[int, ...], count: int) -> None:
    assert count_fillers(said(text, pauses)) == count


@pytest.mark.parametrize(
    ("word", "yes"),
    [
        ("eh", True),
        ("Eeeh", True),
        ("mmm", True),
        ("em", True),
        ("e", False),
        ("he", False),
        ("me", False),
        ("a", False),
    ],
)
def test_hesitations(word: str, yes: bool) -> None:
    assert is_hesitation(word) is yes


AYUDO = ("le", "ayudo", "con", "su", "factura")


def test_hesitations_are_no_words() -> None:
    sound = noisy(np.concatenate([tone(3000)]), -60)
    plain = [Word(word, at * 600, at * 600 + 600, 90) for at, word in enumerate(AYUDO)]
    hesitant = [*plain[:2], Word("eh", 1200, 1800, 90), *plain[3:]]
    assert measure(sound, plain).wpm == 100
    assert measure(sound, hesitant).wpm == 80


# Whatever comes in


@pytest.mark.parametrize(
    "pcm", [b"", b"\1", b"\0" * 31, b"\0" * RATE, b"\xff\x7f" * RATE, b"\0\x80" * 40, bytes(range(256)) * 40]
)
@pytest.mark.parametrize("words", [[], [Word("sí", 0, 0, 0)], [Word("sí", -50, 90_000, 100), Word("no", 10, 5, 3)]])
def test_odd_input_is_measured_as_far_as_it_goes(pcm: bytes, words: list[Word]) -> None:
    voice = measure(pcm, words).as_voice()
    assert all(type(value) is int for _, value in voice)


def test_silence_has_no_voice() -> None:
    assert measure(noisy(hush(2000), -75), ()) == Measures(noise_dbfs=-75)
    assert measure(b"\0" * RATE, ()).as_voice() == ()


word_lists = st.lists(
    st.builds(
        Word,
        st.sampled_from(["sí", "eh", "factura", "", "24", "o", "sea", "este"]),
        st.integers(-500, 4000),
        st.integers(-500, 4000),
        st.integers(0, 100),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.floats(-90, 6)), max_size=6),
    st.floats(-95, -20),
    word_lists,
    st.integers(0, 2**16),
)
def test_any_sound_gives_whole_numbers(
    parts: list[tuple[int, float]], noise: float, words: list[Word], seed: int
) -> None:
    sound = np.concatenate([hush(0), *[tone(ms, dbfs) if ms else hush(300) for ms, dbfs in parts]])
    found = measure(noisy(sound, noise, seed), words, began_ms=seed, customer_ended_ms=100)
    voice = found.as_voice()
    assert list(voice) == sorted(voice)
    assert all(type(name) is str and type(value) is int for name, value in voice)
    values = dict(voice)
    assert all(0 <= values.get(name, 0) <= 1000 for name in ("clipped", "fillers", "pauses"))
    assert all(-90 <= values.get(name, -1) <= 0 for name in ("dbfs", "noise_dbfs"))
    assert sum(name.endswith("_at") for name in values) <= LOGGED_PAUSES
    for begin, end in found.pauses:
        assert found.begin_ms is not None
        assert found.end_ms is not None
        assert found.begin_ms <= begin < end <= found.end_ms


def test_the_log_names_everything_that_was_measured() -> None:
    sound = np.concatenate([hush(500), tone(1000), hush(600), tone(1000), hush(500)])
    words = [Word("le", 500, 1000, 80), Word("ayudo", 1000, 1500, 90), Word("enseguida", 2100, 3100, 70)]
    voice = dict(measure(noisy(sound, -60), words, began_ms=900, customer_ended_ms=400).as_voice())
    known = (
        "wpm sps10 pauses pause_ms longest_pause_ms delay_ms fillers dbfs noise_dbfs snr swing tail clipped confidence"
    )
    assert set(voice) == {*known.split(), "pause01_at", "pause01_ms"}
    assert voice["pause01_at"] == pytest.approx(1000, abs=30)
    assert (voice["delay_ms"], voice["confidence"], voice["pauses"]) == (500, 80, 1)
