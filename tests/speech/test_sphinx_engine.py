"""PocketSphinx with the Spanish model folder of the tests, on synthetic speech."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.speech.heard import RATE, Heard, Hints, ListeningUnavailable, Word
from simulator.speech.listening.apart import RecogniserApart
from simulator.speech.listening.expected import hints_for
from simulator.speech.listening.ngram import words_of
from simulator.speech.listening.sphinx_engine import Found, SphinxRecogniser, fit_of, make
from simulator.speech.listening.sphinx_model import call_model, phone_loop, read_dictionary
from tests.speech.model_folders import SPHINX, lay_out
from tests.speech.said import (
    SPHINX_FOLDER,
    Clip,
    angry_caller,
    blocks,
    needs_sphinx_model,
    quiet,
    say,
    spread,
)
from tests.speech.sentence_sets import texts as texts_of

SENTENCES = (
    "Telenova, buenos días, le habla Diego.",
    "Comprendo su molestia y le ofrezco disculpas.",
    "¿Me permite dos minutos en línea mientras reviso la factura?",
    "El reintegro llega en cinco días hábiles.",
)
HINTS = Hints(names=("Telenova", "Diego Salas", "Marta Ríos"), sentences=SENTENCES)


@pytest.fixture(scope="module")
def clips() -> list[Clip]:
    needs_sphinx_model()
    return say(SENTENCES)


@pytest.fixture
def recogniser() -> Iterator[SphinxRecogniser]:
    needs_sphinx_model()
    made = SphinxRecogniser(SPHINX_FOLDER)
    yield made
    made.close()


def test_expected_sentences_are_heard_with_their_times(recogniser: SphinxRecogniser, clips: list[Clip]) -> None:
    recogniser.prepare(HINTS)
    for clip in clips:
        utterance = recogniser.begin()
        seen = [utterance.accept(block) for block in blocks(clip.pcm)]
        heard = utterance.finish()
        assert tuple(heard.text.split()) == clip.words
        assert heard.text == " ".join(word.text for word in heard.words)
        assert not heard.rejected
        assert heard.confidence > 75
        times = [time for word in heard.words for time in (word.start_ms, word.end_ms)]
        assert times == sorted(times)
        assert 250 < times[0] < 700  # each clip begins with 0.4 s of nobody
        assert times[-1] <= clip.seconds * 1000
        assert seen[0] == ""
        assert any(0 < len(partial.split()) < len(clip.words) for partial in seen)


def test_the_words_are_those_of_speechrecognition(
    recogniser: SphinxRecogniser, clips: list[Clip], tmp_path: Path
) -> None:
    import speech_recognition

    recogniser.prepare(HINTS)
    assert recogniser.model is not None
    language, dictionary = recogniser.model.write(tmp_path)
    paths = (str(recogniser.files.acoustic), str(language), str(dictionary))
    for clip in clips:
        audio = speech_recognition.AudioData(clip.pcm, RATE, 2)
        said = speech_recognition.Recognizer().recognize_sphinx(audio, language=paths)
        assert recogniser.recognise(audio).text == said


def test_silence_never_yields_a_word(recogniser: SphinxRecogniser) -> None:
    recogniser.prepare(HINTS)
    for pcm in (quiet(2), bytes(RATE), b""):
        utterance = recogniser.begin()
        assert [utterance.accept(block) for block in blocks(pcm)] == [""] * len(blocks(pcm))
        heard = utterance.finish()
        assert (heard.text, heard.words, heard.rejected) == ("", (), False)


def test_a_long_block_in_one_piece_ends_nothing(recogniser: SphinxRecogniser, clips: list[Clip]) -> None:
    """Handed on whole, five seconds of speech end the process inside PocketSphinx."""
    whole = b"".join(clip.pcm for clip in clips[:4])
    assert len(whole) > 2 * 5 * RATE
    recogniser.prepare(Hints(sentences=tuple(clip.text for clip in clips)))
    utterance = recogniser.begin()
    utterance.accept(whole)
    assert len(utterance.finish().words) > 10


def test_an_utterance_may_be_forgotten(recogniser: SphinxRecogniser, clips: list[Clip]) -> None:
    recogniser.prepare(HINTS)
    recogniser.begin().accept(clips[0].pcm)
    utterance = recogniser.begin()
    utterance.accept(clips[1].pcm)
    assert tuple(utterance.finish().text.split()) == clips[1].words


def test_without_hints_nothing_is_heard(recogniser: SphinxRecogniser, clips: list[Clip]) -> None:
    utterance = recogniser.begin()
    utterance.accept(clips[0].pcm)
    assert utterance.finish().text == ""


@pytest.mark.parametrize("count", [8, pytest.param(50, marks=pytest.mark.slow)])
def test_what_nobody_expected_is_rejected(recogniser: SphinxRecogniser, count: int) -> None:
    """The threshold was chosen after a look at these sentences: a guard, no clean figure."""
    hints = hints_for(angry_caller())
    recogniser.prepare(hints)
    accepted = {}
    unlisted = [row["text"] for row in texts_of("development") if row["kind"] in ("service", "talk")]
    for kind, texts in (("listed", spread(hints.sentences, 100)[1::2]), ("unlisted", unlisted[1::2])):
        spoken = say(texts[:count])
        heard = [_heard(recogniser, clip) for clip in spoken]
        accepted[kind] = sum(not one.rejected for one in heard) / len(heard)
        if kind == "unlisted":
            assert not {one.text for one in heard} & {" ".join(words_of(call)) for call in hints.sentences}
    assert accepted["listed"] >= 0.87
    assert accepted["unlisted"] <= 0.13


def _heard(recogniser: SphinxRecogniser, clip: Clip) -> Heard:
    utterance = recogniser.begin()
    for block in blocks(clip.pcm):
        utterance.accept(block)
    return utterance.finish()


@pytest.mark.parametrize("day", ["jueves", "sábado", "domingo"])
def test_another_day_is_not_heard_as_the_expected_one(recogniser: SphinxRecogniser, day: str) -> None:
    """No sentence of this call names these days."""
    recogniser.prepare(hints_for(angry_caller()))
    (clip,) = say([f"La factura le llegó el {day} y vence el viernes."])
    assert tuple(_heard(recogniser, clip).text.split()) == clip.words


def test_apart_it_hears_the_same(clips: list[Clip]) -> None:
    apart = RecogniserApart.load("simulator.speech.listening.sphinx_engine:make", str(SPHINX_FOLDER))
    assert isinstance(apart, RecogniserApart)
    try:
        assert apart.name == "pocketsphinx"
        apart.prepare(HINTS)
        utterance = apart.begin()
        for block in blocks(clips[0].pcm):
            utterance.accept(block)
        heard = utterance.finish()
    finally:
        apart.close()
    assert tuple(heard.text.split()) == clips[0].words
    assert heard.engine == "pocketsphinx"


@pytest.mark.parametrize("file", ["mdef", "means", "sendump"])
def test_a_folder_that_lacks_a_file_is_refused_with_its_name(tmp_path: Path, file: str) -> None:
    told = make(str(lay_out(tmp_path, SPHINX, without=f"acoustic_model/{file}")))
    assert told == ListeningUnavailable("model-broken", f"acoustic_model/{file}")


def test_a_folder_that_the_library_cannot_read_is_refused(tmp_path: Path) -> None:
    told = RecogniserApart.load(
        "simulator.speech.listening.sphinx_engine:make", str(lay_out(tmp_path, SPHINX))
    )  # apart: were the library to crash, the suite would not go with it
    assert isinstance(told, ListeningUnavailable)
    assert told.code == "model-broken"


def test_a_folder_with_its_own_language_model_hears_by_that(
    recogniser: SphinxRecogniser, clips: list[Clip], tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SPHINX_FOLDER, folder, copy_function=shutil.copyfile)
    general = call_model(Hints(sentences=SENTENCES[1:2]), {})
    (folder / "general.lm").write_text(general.language, encoding="utf-8")
    (folder / "base_dictionary.txt").write_text(general.dictionary, encoding="utf-8")
    general_one = SphinxRecogniser(folder)
    general_one.prepare(Hints(sentences=("Nada de esto.",)))
    assert tuple(_heard(general_one, clips[1]).text.split()) == clips[1].words
    general_one.close()


def test_the_model_of_a_call_spells_what_the_dictionary_lacks() -> None:
    model = call_model(HINTS, {"buenos": ("b", "u", "e", "n", "o", "s"), "marta": ("m", "a", "r", "t", "a")})
    assert {"telenova", "diego", "ríos"} <= model.spelt <= model.words
    assert "buenos" not in model.spelt
    rows = model.dictionary.splitlines()
    assert "telenova t e l e n o b a" in rows
    assert "comprendo k o m p r e n d o" in rows
    assert "ofrezco o f r e z k o" in rows
    assert "ofrezco(2) o f r e s k o" in rows


def test_a_word_without_a_sound_is_left_out() -> None:
    assert call_model(Hints(sentences=("hola łł",)), {}).words == {"hola"}


def test_a_dictionary_is_read_whatever_is_in_it() -> None:
    assert read_dictionary("Hola o l a\nhola(2) h o l a\n\nsola\n") == {"hola": ("o", "l", "a")}


def test_the_loop_knows_every_sound() -> None:
    assert "ngram 1=28" in phone_loop()  # 25 sounds, silence, start and end


def test_the_fit_falls_with_the_score_and_with_doubt() -> None:
    def found(score: float, confidence: int) -> Found:
        return Found((Word("sí", 0, 500, confidence),), 50, score)

    assert fit_of(found(-1000, 100), -1000.0) > fit_of(found(-3000, 100), -1000.0)
    assert fit_of(found(-1000, 100), -1000.0) > fit_of(found(-1000, 40), -1000.0)
    assert fit_of(Found((), 0, 0.0), None) == float("-inf")
