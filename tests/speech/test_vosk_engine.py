"""Vosk without a model: its results by the library's own form, its loading by the library itself.

`Replayed` is a scripted twin of vosk.KaldiRecognizer: it plays results back and understands nothing.
"""

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.heard import Hints, ListeningUnavailable, Word
from simulator.speech.listening.vosk_engine import VoskRecogniser, load, read_partial, read_result
from tests.speech.model_folders import SPHINX, VOSK, lay_out
from tests.speech.synthetic import room, voice

GREETING = """{
  "result" : [{
      "conf" : 1.000000,
      "end" : 0.720000,
      "start" : 0.360000,
      "word" : "buenos"
    }, {
      "conf" : 0.978412,
      "end" : 1.020000,
      "start" : 0.720000,
      "word" : "días"
    }],
  "text" : "buenos días"
}"""
OFFER = """{
  "result" : [{
      "conf" : 0.512000,
      "end" : 2.310000,
      "start" : 1.980000,
      "word" : "dígame"
    }],
  "text" : "dígame"
}"""
NOTHING = '{\n  "text" : ""\n}'


class Replayed:
    """The scripted twin: a block's answer is a result (then a pause was found), or a partial one."""

    def __init__(self, answers: list[str], final: str) -> None:
        self._answers = answers
        self._final = final
        self._now = ""

    def AcceptWaveform(self, data: bytes) -> int:
        self._now = self._answers.pop(0) if self._answers else '{\n  "partial" : ""\n}'
        return int('"text"' in self._now)

    def Result(self) -> str:
        return self._now

    def PartialResult(self) -> str:
        return self._now

    def FinalResult(self) -> str:
        return self._final


def partial(words: str) -> str:
    return json.dumps({"partial": words}, ensure_ascii=False)


def test_what_precedes_a_pause_is_kept() -> None:
    recogniser = VoskRecogniser(lambda: Replayed([partial("buenos"), GREETING, partial("dígame")], OFFER))
    utterance = recogniser.begin()
    seen = [utterance.accept(room(200) + voice(300)), utterance.accept(room(400)), utterance.accept(voice(400))]
    assert seen == ["buenos", "buenos días", "buenos días dígame"]
    heard = utterance.finish()
    assert heard.text == "buenos días dígame"
    assert heard.words == (Word("buenos", 360, 720, 100), Word("días", 720, 1020, 98), Word("dígame", 1980, 2310, 51))
    assert (heard.engine, heard.rejected, heard.confidence) == ("vosk", False, 83)


def test_silence_is_no_word_whatever_the_model_says() -> None:
    utterance = VoskRecogniser(lambda: Replayed([partial("eh")], OFFER)).begin()
    assert utterance.accept(room(1500)) == ""
    assert utterance.finish().text == ""


def test_nothing_said() -> None:
    utterance = VoskRecogniser(lambda: Replayed([], NOTHING)).begin()
    utterance.accept(voice(300) + room(300))
    assert utterance.finish().words == ()


def test_each_utterance_has_a_decoder_of_its_own() -> None:
    made: list[Replayed] = []

    def decoder() -> Replayed:
        made.append(Replayed([], NOTHING))
        return made[-1]

    recogniser = VoskRecogniser(decoder)
    recogniser.begin()
    recogniser.begin()
    assert len(made) == 2
    recogniser.close()
    with pytest.raises(RuntimeError):
        recogniser.begin()


def test_names_that_the_model_cannot_hear_are_told() -> None:
    recogniser = VoskRecogniser(lambda: Replayed([], NOTHING), {"marta", "ríos", "soporte", "técnico"}.__contains__)
    recogniser.prepare(Hints(names=("Telenova", "Marta Ríos", "Soporte técnico", "Diego Ríos")))
    assert recogniser.unheard == ("telenova", "diego")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"text": "sin tiempos"}', (Word("sin", 0, 0, 0), Word("tiempos", 0, 0, 0))),
        ('{"result": [{"word": "sí", "start": 1, "end": 0.5, "conf": NaN}]}', (Word("sí", 1000, 1000, 0),)),
        ('{"result": [{"word": "no", "start": -Infinity, "end": 1e999, "conf": 7}]}', (Word("no", 0, 0, 100),)),
        ('{"result": [{"word": "[unk]", "conf": 1}, 5, null, {"conf": 1}]}', ()),
        ('{"result": [{"word": "sí", "end": 0.5, "conf": 1}], "spk": [0.1], "text": "sí"}', (Word("sí", 0, 500, 100),)),
        ('{"result": [{"conf": 0.98, "end": 1.0', ()),
        ("[]", ()),
        ("", ()),
    ],
)
def test_a_malformed_result_gives_what_is_sound_of_it(answer: str, words: tuple[Word, ...]) -> None:
    assert read_result(answer) == words


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(["result", "text", "partial", "word", "start", "end", "conf"]), inside, max_size=5
        )
    ),
)


@given(_JSON.map(json.dumps) | st.text(max_size=40))
def test_no_answer_of_the_library_raises(answer: str) -> None:
    for word in read_result(answer):
        assert word.text
        assert 0 <= word.start_ms <= word.end_ms
        assert 0 <= word.confidence <= 100
    assert read_partial(answer) == " ".join(read_partial(answer).split())


def test_the_twin_is_asked_as_the_librarys_own_class_is() -> None:
    """The wheel has no model, but its Python says how it is called."""
    import vosk

    for name in ("AcceptWaveform", "Result", "PartialResult", "FinalResult"):
        twin, real = getattr(Replayed, name), getattr(vosk.KaldiRecognizer, name)
        assert list(inspect.signature(twin).parameters) == list(inspect.signature(real).parameters)
    assert list(inspect.signature(vosk.KaldiRecognizer.SetWords).parameters) == ["self", "enable_words"]
    assert list(inspect.signature(vosk.Model.vosk_model_find_word).parameters) == ["self", "word"]


def test_partial_words_are_read_with_their_times_beside_them() -> None:
    assert (
        read_partial('{"partial": "buenos días", "partial_result": [{"conf": 1, "word": "buenos"}]}') == "buenos días"
    )


def test_a_folder_that_lacks_a_file_is_refused_with_its_name(tmp_path: Path) -> None:
    lacking = load(lay_out(tmp_path, without="graph/Gr.fst"))
    assert lacking == ListeningUnavailable("model-broken", "graph/Gr.fst")


_LOAD = """
import sys
from pathlib import Path
from simulator.speech.heard import ListeningUnavailable
from simulator.speech.listening.vosk_engine import load
told = load(Path(sys.argv[1]))
assert isinstance(told, ListeningUnavailable), told
print(told.code)
"""


@pytest.mark.parametrize("without", ["", "am/final.mdl", "conf/model.conf", "ivector/final.ie", "*"])
def test_the_library_itself_refuses_a_broken_folder_and_does_not_crash(tmp_path: Path, without: str) -> None:
    """In a process of its own: were it to crash, the suite would not go with it."""
    folder = lay_out(tmp_path, {} if without == "*" else VOSK, without=without)
    done = subprocess.run([sys.executable, "-c", _LOAD, str(folder)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "model-broken"), done.stderr


def test_a_model_of_another_recogniser_is_refused(tmp_path: Path) -> None:
    told = load(lay_out(tmp_path, SPHINX))
    assert isinstance(told, ListeningUnavailable)
    assert told.code == "model-broken"
