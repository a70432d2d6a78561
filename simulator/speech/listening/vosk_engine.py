"""Vosk with a model folder that the user installed: hears free speech, offline.

Vosk takes no words beforehand: its one hint is a grammar, a list of phrases that is then *all* that it can hear, and
the public functions of its library (0.3.45) add no word to a model. So the names of a call are only looked for in the
model's vocabulary: which of their words cannot be heard, whatever is said, goes along with what was heard.

No model was at hand where this was written: the form of the results is the library's own, accuracy was not measured.
Vosk is called by cffi, which frees Python's lock: it need not run apart.
"""

import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Protocol

from simulator.speech.heard import RATE, Heard, Hints, ListeningUnavailable, Word
from simulator.speech.listening.gate import Gate
from simulator.speech.listening.native import native_path
from simulator.speech.listening.ngram import words_of
from simulator.speech.model_files import missing_files

NAME: Final = "vosk"
_UNKNOWN_WORD: Final = "[unk]"


class Decoder(Protocol):
    """What is used of `vosk.KaldiRecognizer`."""

    def AcceptWaveform(self, data: bytes) -> int: ...
    def Result(self) -> str: ...
    def PartialResult(self) -> str: ...
    def FinalResult(self) -> str: ...


def load(folder: Path) -> "VoskRecogniser | ListeningUnavailable":
    """The recogniser of a model folder. Never raises. Some seconds for a large model."""
    try:
        lacking = missing_files(folder)
    except OSError as error:
        return ListeningUnavailable("model-broken", str(error))
    if lacking:  # looked at first: Vosk names no file, and crashes over a graph that it cannot read
        return ListeningUnavailable("model-broken", ", ".join(lacking))
    try:
        import vosk
    except (ImportError, OSError) as error:
        return ListeningUnavailable("recogniser-missing", str(error))
    vosk.SetLogLevel(-1)
    try:
        model = vosk.Model(native_path(folder))  # by its path: by a language it would ask the network
        vosk.KaldiRecognizer(model, RATE)
    except Exception as error:  # noqa: BLE001 - this is the class that vosk raises, with one sentence for everything
        return ListeningUnavailable("model-broken", f"{folder.name}: {error}")

    def decoder() -> Decoder:
        made: Any = vosk.KaldiRecognizer(model, RATE)
        made.SetWords(True)
        return made  # type: ignore[no-any-return]

    return VoskRecogniser(decoder, lambda word: bool(model.vosk_model_find_word(word) >= 0))


class VoskRecogniser:
    """A `Recogniser` over a loaded model. `decoder` makes one over it, which takes no time: each utterance has its own,
    because after `Reset` the times of words would go on from the utterance before. `knows`: whether a word is in the
    model's vocabulary."""

    def __init__(self, decoder: Callable[[], Decoder], knows: Callable[[str], bool] = lambda _word: True) -> None:
        self._decoder: Callable[[], Decoder] | None = decoder
        self._knows: Callable[[str], bool] | None = knows
        self.unheard: tuple[str, ...] = ()
        """Words of this call's names which the model cannot hear."""

    @property
    def name(self) -> str:
        return NAME

    def prepare(self, hints: Hints) -> None:
        if self._knows is not None:
            self.unheard = unknown(hints.names, self._knows)

    def begin(self) -> "VoskUtterance":
        if self._decoder is None:
            raise RuntimeError("the recogniser is closed")
        return VoskUtterance(self._decoder(), self.unheard)

    def close(self) -> None:
        self._decoder = self._knows = None  # they hold the model


class VoskUtterance:
    """Of a `VoskRecogniser`."""

    def __init__(self, decoder: Decoder, unheard: tuple[str, ...] = ()) -> None:
        self._decoder = decoder
        self._unheard = unheard
        self._gate = Gate()
        self._words: list[Word] = []

    def accept(self, pcm: bytes) -> str:
        self._gate.accept(pcm)
        if self._decoder.AcceptWaveform(pcm):  # a pause: what precedes it is decided, and would be forgotten
            self._words += read_result(self._decoder.Result())
            partial = ""
        else:
            partial = read_partial(self._decoder.PartialResult())
        if not self._gate.heard_something:
            return ""
        return " ".join([*(word.text for word in self._words), *partial.split()])

    def finish(self) -> Heard:
        self._words += read_result(self._decoder.FinalResult())
        words = tuple(self._words) if self._gate.heard_something else ()
        return Heard(" ".join(word.text for word in words), words, NAME, unheard=self._unheard)


def read_result(text: str) -> tuple[Word, ...]:
    """The words of a result. What is malformed is left out; words without times (no `result`) stand at 0, confidence 0.

    Times in seconds become milliseconds, confidences of 0–1 become 0–100. Never raises.
    """
    answer = _object(text)
    listed = answer.get("result")
    if not isinstance(listed, list):
        said = answer.get("text")
        return tuple(Word(word, 0, 0, 0) for word in _plain(said)) if isinstance(said, str) else ()
    return tuple(word for entry in listed if (word := _word(entry)) is not None)


def read_partial(text: str) -> str:
    """The words of a partial result, joined by spaces. Never raises."""
    said = _object(text).get("partial")
    return " ".join(_plain(said)) if isinstance(said, str) else ""


def unknown(names: Iterable[str], knows: Callable[[str], bool]) -> tuple[str, ...]:
    """The words of the names that are not known, in their order, none twice."""
    return tuple(dict.fromkeys(word for name in names for word in words_of(name) if not knows(word)))


def _object(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _plain(said: str) -> list[str]:
    return [word for word in said.split() if word != _UNKNOWN_WORD]


def _word(entry: object) -> Word | None:
    if not isinstance(entry, dict):
        return None
    text = entry.get("word")
    if not isinstance(text, str) or not (words := _plain(text)):
        return None
    start = _milliseconds(entry.get("start"))
    end = max(start, _milliseconds(entry.get("end")))
    return Word(" ".join(words), start, end, round(100 * min(1.0, max(0.0, _number(entry.get("conf"))))))


def _milliseconds(value: object) -> int:
    return round(1000 * min(86_400.0, max(0.0, _number(value))))


def _number(value: object) -> float:
    """0.0 for what is no finite number (Vosk writes NaN where a confidence could not be reckoned)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    try:
        number = float(value)
    except OverflowError:
        return 0.0
    return number if math.isfinite(number) else 0.0
