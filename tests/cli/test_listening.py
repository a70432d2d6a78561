"""What `doctor --listen` prints of a trial, which is scripted here (the real one: test_doctor, slow lane)."""

from collections import deque

import pytest

from simulator.cli.listening import SENTENCES, hold
from simulator.speech.devices.trial import ReadAloud
from simulator.speech.heard import Heard, ListeningUnavailable


class ScriptedTrial:
    """Gives prepared answers; nobody reads anything."""

    def __init__(self, *told: ReadAloud | ListeningUnavailable) -> None:
        self._told = deque(told)

    def hear(self) -> ReadAloud | ListeningUnavailable:
        return self._told.popleft()


def read(text: str, delay_ms: int | None = 1_400, engine: str = "scripted") -> ReadAloud:
    return ReadAloud(Heard(text, engine=engine), delay_ms)


def test_each_sentence_is_shown_with_what_was_heard_and_the_whole_is_summed_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = [read(sentence) for sentence in SENTENCES[:4]]
    trial = ScriptedTrial(*told, read("", None, ""), read("ya quedó echo el reintegro le puedo ayudar en algo más"))
    found = hold(trial, 1_200, quiet=False)
    out, err = capsys.readouterr()
    assert err == ""
    assert all(f"{n}/6  {sentence}" in out for n, sentence in enumerate(SENTENCES, start=1))
    assert "     palabras erradas: 1 de 11; texto a los 1,4 s" in out
    assert "     no se oyó nada\n" in out
    assert "scripted: tasa de error de palabras 20,6 % (14 de 68 palabras)." in out
    assert "Desde su último sonido hasta el texto: 1,4 s; de ellos, 1,2 s son la pausa" in out
    assert found is not None
    assert (found["word_error_rate"], found["errors"], found["words"]) == (20.6, 14, 68)
    assert (found["delay_ms"], found["pause_ms"], found["knew_the_sentences"]) == (1400, 1200, False)
    assert [row["errors"] for row in found["sentences"]] == [0, 0, 0, 0, 13, 1]


def test_quietly_only_the_sentences_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    trial = ScriptedTrial(*(read(sentence, engine="pocketsphinx") for sentence in SENTENCES))
    found = hold(trial, 700, quiet=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert all(sentence in err for sentence in SENTENCES)
    assert found is not None
    assert (found["engine"], found["knew_the_sentences"], found["word_error_rate"]) == ("pocketsphinx", True, 0.0)


def test_a_microphone_that_vanishes_is_said_and_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    trial = ScriptedTrial(read(SENTENCES[0]), ListeningUnavailable("microphone-lost"))
    assert hold(trial, 700, quiet=False) is None
    out, err = capsys.readouterr()
    assert "2/6" in out
    assert "3/6" not in out
    assert "micrófono" in err
