"""The recogniser on the network, against a transport of the test: nothing leaves this machine."""

import io
import json
import urllib.error
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.heard import Word
from simulator.speech.listening import online_engine
from simulator.speech.listening.online_engine import GoogleRecogniser, OnlineFailed, ask_google, read_answer
from simulator.speech.reasons import REASONS
from tests.speech.synthetic import room, voice

ANSWER = {
    "result": [
        {
            "alternative": [
                {"transcript": "buenos días Telenova", "confidence": 0.91},
                {"transcript": "buenos días tele nova"},
            ],
            "final": True,
        }
    ],
    "result_index": 0,
}
SOUND = room(300) + voice(500) + room(300)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any], io.BytesIO]], list[tuple[Any, float]]]:
    """What the library's `urlopen` does in this test; the requests that came, and their time-outs."""
    import speech_recognition
    from speech_recognition.recognizers import google

    # The encoder is a program of the platform; what is sent is not looked at.
    monkeypatch.setattr(speech_recognition.AudioData, "get_flac_data", lambda *_args, **_options: b"fLaC")

    def answers(with_: Callable[[Any], io.BytesIO]) -> list[tuple[Any, float]]:
        asked: list[tuple[Any, float]] = []

        def urlopen(request: Any, timeout: float) -> io.BytesIO:
            asked.append((request, timeout))
            return with_(request)

        monkeypatch.setattr(google, "urlopen", urlopen)
        return asked

    return answers


def lines(*objects: object) -> Callable[[Any], io.BytesIO]:
    return lambda _request: io.BytesIO("\n".join(json.dumps(each) for each in objects).encode())


def test_the_best_reading_comes_with_times_spread_evenly(service: Any) -> None:
    asked = service(lines({"result": []}, ANSWER))
    utterance = GoogleRecogniser("es-CO", timeout_s=3).begin()
    assert utterance.accept(SOUND) == ""
    heard = utterance.finish()
    assert heard.text == "buenos días Telenova"
    assert heard.words == (Word("buenos", 0, 366, 91), Word("días", 366, 733, 91), Word("Telenova", 733, 1100, 91))
    assert heard.engine == "google"
    ((request, timeout),) = asked
    assert "lang=es-CO" in request.full_url
    assert timeout == 3


def test_nothing_understood_is_an_empty_text(service: Any) -> None:
    service(lines({"result": []}))
    assert ask_google(SOUND, "es", 1) is None
    assert read_answer(None, 1000).text == ""


def test_silence_is_not_sent() -> None:
    def ask(_pcm: bytes, _language: str, _timeout: float) -> object:
        raise AssertionError("sent")

    utterance = GoogleRecogniser(ask=ask).begin()
    utterance.accept(room(1500))
    assert utterance.finish().text == ""


def _raise(error: Exception) -> Callable[[Any], io.BytesIO]:
    def raising(_request: Any) -> io.BytesIO:
        raise error

    return raising


@pytest.mark.parametrize(
    "answer",
    [
        _raise(urllib.error.URLError("no network")),
        _raise(TimeoutError("read")),
        _raise(ConnectionResetError("gone")),
        lambda _request: io.BytesIO(b"<html>a hotel's page</html>"),
        lines({"nothing": 1}),
        lines([1]),
    ],
)
def test_a_service_that_does_not_answer_is_a_reason(service: Any, answer: Callable[[Any], io.BytesIO]) -> None:
    service(answer)
    utterance = GoogleRecogniser().begin()
    utterance.accept(SOUND)
    with pytest.raises(OnlineFailed) as raised:
        utterance.finish()
    assert raised.value.code in REASONS


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["alternative", "transcript", "confidence"]), inside, max_size=3)
    ),
)


@given(_JSON, st.integers(0, 60_000))
def test_any_answer_is_read(answer: object, length_ms: int) -> None:
    for word in read_answer(answer, length_ms).words:
        assert 0 <= word.start_ms <= word.end_ms <= length_ms
        assert 0 <= word.confidence <= 100


def test_the_notice_says_where_the_voice_goes() -> None:
    assert "Google" in online_engine.PRIVACY_NOTICE
