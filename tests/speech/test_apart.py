"""A recogniser in a process of its own: the same answers, and no fault of it reaches the program."""

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.heard import Heard, Hints, ListeningUnavailable, Word
from simulator.speech.listening.apart import RecogniserApart, RecogniserStopped, heard_from, heard_to
from tests.speech.conftest import process_exists

MAKERS = "tests.speech.apart_makers"


@pytest.fixture
def apart() -> Iterator[RecogniserApart]:
    made = RecogniserApart.load(f"{MAKERS}:awkward", "uno", "dos", answer_seconds=2.0)
    assert isinstance(made, RecogniserApart)
    yield made
    pid = made.pid
    made.close()
    made.close()
    assert pid is None or not process_exists(pid)


def test_it_answers_as_the_recogniser_itself_would(apart: RecogniserApart) -> None:
    assert apart.name == "scripted"
    apart.prepare(Hints(("Ana",), ("buenos días",)))
    utterance = apart.begin()
    assert utterance.accept(bytes(3000)) == ""
    assert utterance.accept(bytes(3400)) == "uno"
    assert utterance.finish() == Heard("uno", (Word("uno", 0, 100, 88),), "scripted")
    assert apart.begin().finish().text == "dos"
    assert apart.starts == 1


def test_an_error_of_the_recogniser_is_raised_and_the_process_lives(apart: RecogniserApart) -> None:
    apart.prepare(Hints(("raise",)))
    with pytest.raises(RecogniserStopped, match="begin"):
        apart.begin()
    apart.prepare(Hints(("work",)))
    assert apart.begin().finish().text == "uno"
    assert apart.starts == 1


@pytest.mark.parametrize(("wish", "kind"), [("die", "died"), ("hang", "hung")])
def test_a_process_that_is_lost_is_started_anew(apart: RecogniserApart, wish: str, kind: str) -> None:
    utterance = apart.begin()
    apart.prepare(Hints((wish,)))
    pid = apart.pid
    with pytest.raises(RecogniserStopped, match=kind):
        apart.begin()
    assert pid is not None
    assert not process_exists(pid)
    with pytest.raises(RecogniserStopped, match="no process"):
        utterance.accept(bytes(10))
    apart.prepare(Hints(("work",)))
    with pytest.raises(RecogniserStopped, match="was ended"):
        utterance.accept(bytes(10))
    assert apart.begin().finish().text == "uno"
    assert apart.starts == 2


def test_why_there_is_none_is_told() -> None:
    before = threading.active_count()
    assert RecogniserApart.load(f"{MAKERS}:unavailable") == ListeningUnavailable("no-microphone", "of the test")
    broken = RecogniserApart.load(f"{MAKERS}:broken")
    assert isinstance(broken, ListeningUnavailable)
    assert broken.code == "recogniser-not-loaded"
    assert "model missing" in broken.detail
    missing = RecogniserApart.load(f"{MAKERS}:nothing")
    assert isinstance(missing, ListeningUnavailable)
    absent = RecogniserApart.load("x:y", command=("/nonexistent/program",))
    assert isinstance(absent, ListeningUnavailable)
    assert {missing.code, absent.code} == {"recogniser-not-loaded"}
    assert threading.active_count() == before


words = st.builds(Word, st.text(), st.integers(0, 60_000), st.integers(0, 60_000), st.integers(0, 100))


@given(st.builds(Heard, st.text(), st.lists(words).map(tuple), st.text(), st.booleans()))
def test_what_was_heard_travels_whole(heard: Heard) -> None:
    assert heard_from(heard_to(heard)) == heard
