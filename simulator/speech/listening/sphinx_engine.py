"""PocketSphinx with a Spanish model folder: hears what may be said in this call, and rejects the rest by its sound.

SpeechRecognition's `recognize_sphinx` loads its decoder anew for each clip, gives no words before the end and no times;
so the decoders are kept here, and its `AudioData` is what `recognise` takes. The words are those that it would give.

Three decoders listen. While somebody speaks, a quick one offers words for the screen, and a loop of single sounds
measures how well these sounds can be explained at all. At the end the third takes the whole utterance at once, as
`recognize_sphinx` does: with the mean of the whole sound instead of a running one a third of the mistakes go.

Every call keeps Python's lock: a window would stand still. Use it through `apart.RecogniserApart` (`choosing` does).
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.speech.heard import RATE, Heard, Hints, ListeningUnavailable, Word
from simulator.speech.listening.gate import Gate
from simulator.speech.listening.native import native_path
from simulator.speech.listening.sphinx_model import CallModel, call_model, phone_loop, read_dictionary
from simulator.speech.model_files import SphinxFiles, sphinx_files

if TYPE_CHECKING:
    from speech_recognition import AudioData

NAME: Final = "pocketsphinx"
WORST_FIT: Final = -18.0
"""An utterance whose fit is below it is rejected: chosen on the development set of `tests/speech/sentence_sets.py` as
the strictest that lets through 97 % of what was heard rightly to the word. On the clean set, which had no part in it
(`python -m tests.benchmarks listening`): 68 of 69 of those (92–100 %), none of 88 other sentences (0–4 %). Of 64 near
misses 40 (50–73 %: one changed word changes little of the sound), none of the 152 as the listed sentence (0–2 %). A
person's listed sentences lay between -14 and +3; of her unlisted ones more than half are let through."""
_FRAME_MS: Final = 10
_MOST_BYTES: Final = RATE // 5
"""Handed to a streaming decoder at once, 100 ms: five seconds in one piece end the process (measured)."""
_SHRINK_FRAMES: Final = 90
"""Added to the speech over which the fit is averaged: of a short word less is known, so it is judged more mildly."""
_DOUBT: Final = 10.0
"""What the words' mean probability weighs in the fit."""


class ModelBroken(Exception):  # noqa: N818 - the name says what is wrong
    """The folder is no model that PocketSphinx can load."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the decoder made of an utterance. `score`: of its best path, in the decoder's own logarithm."""

    words: tuple[Word, ...]
    speech_frames: int
    score: float


def make(folder: str) -> "SphinxRecogniser | ListeningUnavailable":
    """For `RecogniserApart`: the recogniser of a model folder."""
    try:
        return SphinxRecogniser(Path(folder))
    except (ModelBroken, OSError) as error:
        return ListeningUnavailable("model-broken", str(error))
    except ImportError as error:
        return ListeningUnavailable("recogniser-missing", str(error))


class SphinxRecogniser:
    """A `Recogniser`; raises ModelBroken, OSError (FileNotFoundError names the file that lacks), ImportError.

    Without a general language model in the folder only what `prepare` was told can be heard.
    """

    def __init__(self, folder: Path, *, worst_fit: float = WORST_FIT) -> None:
        self.files: SphinxFiles = sphinx_files(folder)
        self.worst_fit = worst_fit
        self.model: CallModel | None = None
        """What this call's decoders were made of."""
        self._sounds = read_dictionary(self.files.dictionary.read_text(encoding="utf-8", errors="replace"))
        self._mean: str | None = None
        """Cepstral mean of the last utterance: of this voice and this microphone."""
        self._whole: Any = None
        self._quick: Any = None
        self._utterance: SphinxUtterance | None = None
        with tempfile.TemporaryDirectory(prefix="sphinx-") as place:
            loop = Path(place) / "sounds.lm"
            loop.write_text(phone_loop(), encoding="utf-8", newline="\n")
            self._loop = self._decoder(allphone=native_path(loop), dict=None, lm=None, beam=1e-20, pbeam=1e-20, lw=2.0)

    @property
    def name(self) -> str:
        return NAME

    def prepare(self, hints: Hints) -> None:
        """Some 0.2 s. Raises ModelBroken, OSError."""
        self.model = call_model(hints, self._sounds)
        with tempfile.TemporaryDirectory(prefix="sphinx-") as place:
            language, dictionary = self.model.write(Path(place))
            if self.files.language_model is not None:
                language, dictionary = self.files.language_model, self.files.dictionary
            files = {"lm": native_path(language), "dict": native_path(dictionary)}
            self._whole = self._decoder(**files)
            self._quick = self._decoder(**files, fwdflat=False, bestpath=False)

    def begin(self) -> "SphinxUtterance":
        if self._whole is None:
            self.prepare(Hints())
        if self._utterance is not None:
            self._utterance.abandon()
        self._utterance = SphinxUtterance(self, self._quick, self._loop, self._mean)
        return self._utterance

    def recognise(self, audio: "AudioData", loop_score: float | None = None) -> Heard:
        """What was said in a clip. `loop_score`: how well the loop of sounds explains it, where that is known."""
        if self._whole is None:
            self.prepare(Hints())
        pcm = audio.get_raw_data(convert_rate=RATE, convert_width=2)
        found = self._find(pcm)
        if found is None or not found.words:
            return Heard("", engine=NAME)
        if loop_score is None:
            _hear(self._loop, pcm)
            loop_score = _score(self._loop)
        text = " ".join(word.text for word in found.words)
        fit = fit_of(found, loop_score)
        return Heard(text, found.words, NAME, rejected=fit < self.worst_fit)

    def close(self) -> None:
        self._whole = self._quick = self._loop = None

    def _find(self, pcm: bytes) -> Found | None:
        _hear(self._whole, pcm)
        self._mean = self._whole.get_cmn(False)
        score = _score(self._whole)
        if score is None:
            return None
        words = tuple(_words(self._whole))
        frames = sum(word.end_ms - word.start_ms for word in words) // _FRAME_MS
        return Found(words, frames, score)

    def _decoder(self, **options: Any) -> Any:
        import pocketsphinx

        try:
            config = pocketsphinx.Config(hmm=native_path(self.files.acoustic), logfn=os.devnull, **options)
            return pocketsphinx.Decoder(config)
        except (RuntimeError, ValueError) as error:
            raise ModelBroken(f"{self.files.acoustic}: {error}") from error


class SphinxUtterance:
    """Of a `SphinxRecogniser`."""

    def __init__(self, recogniser: SphinxRecogniser, quick: Any, loop: Any, mean: str | None) -> None:
        self._recogniser = recogniser
        self._quick = quick
        self._loop = loop
        self._mean = mean
        self._pcm = bytearray()
        self._gate = Gate()
        self._open = True
        for decoder in (quick, loop):
            if mean is not None:
                decoder.set_cmn(mean)
            decoder.start_utt()

    def accept(self, pcm: bytes) -> str:
        self._pcm += pcm
        self._gate.accept(pcm)
        if len(pcm) < 2:
            return self._so_far()
        for at in range(0, len(pcm), _MOST_BYTES):
            for decoder in (self._quick, self._loop):
                decoder.process_raw(pcm[at : at + _MOST_BYTES], False, False)
        return self._so_far()

    def finish(self) -> Heard:
        from speech_recognition import AudioData

        self.abandon()
        if not self._gate.heard_something:
            return Heard("", engine=NAME)
        # The first utterance's running mean is far off, so there the loop hears it again, whole.
        score = _score(self._loop) if self._mean is not None else None
        return self._recogniser.recognise(AudioData(bytes(self._pcm), RATE, 2), score)

    def abandon(self) -> None:
        """Ends it in the decoders, which the next one needs. Idempotent."""
        if self._open:
            self._open = False
            for decoder in (self._quick, self._loop):
                decoder.end_utt()

    def _so_far(self) -> str:
        best = self._quick.hyp()
        return best.hypstr if best is not None and self._gate.heard_something else ""


def fit_of(found: Found, loop_score: float | None) -> float:
    """How well the words fit their sound: the higher the better; what was said as expected lies around zero."""
    if not found.words:
        return float("-inf")
    doubt = _DOUBT * sum(word.confidence for word in found.words) / 100 / len(found.words)
    behind = 0.0 if loop_score is None else found.score - loop_score
    return behind / (found.speech_frames + _SHRINK_FRAMES) + doubt


def _hear(decoder: Any, pcm: bytes) -> None:
    """A whole utterance at once."""
    decoder.start_utt()
    decoder.process_raw(pcm, False, True)
    decoder.end_utt()


def _score(decoder: Any) -> float | None:
    """Of the best path; None where nothing was found."""
    best = decoder.hyp()
    return None if best is None else float(decoder.get_logmath().log(best.score))


def _words(decoder: Any) -> Iterator[Word]:
    """The words of the best path, without silences, noises and the numbers of pronunciations."""
    for segment in decoder.seg() or ():
        text = segment.word.partition("(")[0]
        if text and text[0] not in "<[+":
            start, end = segment.start_frame * _FRAME_MS, (segment.end_frame + 1) * _FRAME_MS
            yield Word(text, start, end, round(100 * min(1.0, max(0.0, segment.prob))))
