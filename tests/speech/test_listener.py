"""The listener with scripted recognisers: turns, and everything that may go wrong with them."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simulator.speech.heard import RATE, Heard, Hints, ListeningUnavailable, Recogniser, Utterance, Word
from simulator.speech.listening.listener import Listener, Take
from simulator.speech.listening.scripted import ScriptedRecogniser, ScriptedUtterance
from simulator.speech.studio import at_once
from tests.speech.synthetic import room, voice

BLOCK = 2 * RATE // 20
WORDS = (Word("buenos", 300, 500, 90), Word("días", 500, 700, 95))
BUENOS_DIAS = Heard("buenos días", WORDS)
PATIENCE = 700


class Told:
    """What a listener tells, in order."""

    def __init__(self, listener: Listener) -> None:
        self.messages: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        put = self.messages.put
        listener.on_ready = lambda: put(("ready",))
        listener.on_unavailable = lambda unavailable: put(("unavailable", unavailable.code))
        listener.on_speech = lambda: put(("speech",))
        listener.on_partial = lambda text: put(("partial", text))
        listener.on_heard = lambda heard, take: put(("heard", heard, take))

    def until(self, name: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        while not found or found[-1][0] != name:
            found.append(self.messages.get(timeout=10))
        return found

    def heard(self) -> tuple[Heard, Take]:
        _, heard, take = self.until("heard")[-1]
        return heard, take

    def rest(self) -> list[str]:
        """The names of what was told and not looked at."""
        found = []
        while not self.messages.empty():
            found.append(self.messages.get()[0])
        return found


class Desk:
    """A listener, what it tells, and a microphone whose clock is the count of its samples."""

    def __init__(self, load: Callable[[], Recogniser | ListeningUnavailable], **options: Any) -> None:
        self.now = 50.0
        self.deliver: Callable[[Callable[[], None]], None] = at_once
        self.listener = Listener(
            load, deliver=lambda call: self.deliver(call), patience_ms=PATIENCE, clock=lambda: self.now, **options
        )
        self.told = Told(self.listener)

    def say(self, pcm: bytes) -> None:
        for at in range(0, len(pcm), BLOCK):
            piece = pcm[at : at + BLOCK]
            self.now += len(piece) / 2 / RATE
            self.listener.feed(piece)


Opening = Callable[..., Desk]


@pytest.fixture
def opening() -> Iterator[Opening]:
    made: list[Desk] = []

    def open_desk(load: Callable[[], Recogniser | ListeningUnavailable], **options: Any) -> Desk:
        made.append(Desk(load, **options))
        return made[-1]

    yield open_desk
    for desk in made:
        desk.listener.close()


def test_an_open_turn_ends_itself_and_is_heard_once(opening: Opening) -> None:
    recogniser = ScriptedRecogniser([BUENOS_DIAS])
    desk = opening(lambda: recogniser)
    desk.listener.start_turn(hold=False)
    desk.say(room(1000) + voice(900) + room(1000))
    told = desk.told.until("heard")
    assert [message[0] for message in told if message[0] != "partial"] == ["ready", "speech", "heard"]
    _, heard, take = told[-1]
    assert heard == Heard("buenos días", WORDS, "scripted")
    assert take.began_ms == pytest.approx(51_000, abs=40)
    assert take.ended_ms == pytest.approx(51_900, abs=60)
    assert take.lead_ms == pytest.approx(300, abs=60)
    assert recogniser.given == [take.pcm]
    assert len(take.pcm) / 32 == pytest.approx(take.lead_ms + 900 + PATIENCE, abs=100)
    assert not desk.listener.is_listening
    assert desk.told.rest() == []


def test_a_held_turn_ends_with_its_key_and_not_with_a_pause(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS]))
    desk.listener.start_turn(hold=True)
    desk.say(voice(400) + room(3000) + voice(400))
    assert desk.listener.is_listening
    desk.listener.end_turn()
    heard, take = desk.told.heard()
    assert heard.text == "buenos días"
    assert take.ended_ms - take.began_ms == pytest.approx(3800, abs=40)
    assert take.lead_ms == 0
    assert len(take.pcm) == 2 * RATE * 3800 // 1000


def test_the_first_syllable_before_the_key_is_heard(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS]))
    sound = room(2000) + voice(200)
    desk.say(sound)
    desk.listener.start_turn(hold=True)
    desk.say(voice(300))
    desk.listener.end_turn()
    _, take = desk.told.heard()
    assert take.pcm[: 32 * 300] == sound[-32 * 300 :]
    assert take.began_ms == pytest.approx(52_000, abs=40)


def test_silence_is_an_empty_text_and_the_recogniser_is_not_asked(opening: Opening) -> None:
    recogniser = ScriptedRecogniser([BUENOS_DIAS])
    desk = opening(lambda: recogniser)
    desk.listener.start_turn(hold=True)
    desk.say(room(900))
    desk.listener.end_turn()
    heard, take = desk.told.heard()
    assert heard == Heard("", engine="scripted")
    assert take.began_ms == take.ended_ms == pytest.approx(50_900, abs=1)
    assert recogniser.given == []


def test_a_turn_without_a_sample_is_heard_too(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser())
    desk.listener.start_turn(hold=True)
    desk.listener.end_turn()
    heard, take = desk.told.heard()
    assert (heard.text, take.pcm) == ("", b"")


def test_a_click_opens_no_turn(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS]))
    desk.listener.start_turn(hold=False)
    desk.say(room(500) + room(30, -10) + room(2000))
    assert desk.listener.is_listening
    desk.say(voice(500) + room(1000))
    assert [message[0] for message in desk.told.until("heard") if message[0] != "partial"] == [
        "ready",
        "speech",
        "heard",
    ]


def test_words_appear_while_they_are_said(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS]))
    desk.listener.start_turn(hold=True)
    desk.say(voice(550))
    assert desk.told.until("partial")[-1] == ("partial", "buenos")
    desk.listener.end_turn()
    desk.told.heard()


def test_partial_results_come_eight_times_a_second_at_most(opening: Opening) -> None:
    words = tuple(Word(f"w{number}", number * 50, number * 50 + 50, 90) for number in range(100))
    desk = opening(lambda: ScriptedRecogniser([Heard(" ".join(word.text for word in words), words)]))
    began = time.monotonic()
    desk.listener.start_turn(hold=True)
    desk.say(voice(5000))
    desk.listener.end_turn()
    partials = [message for message in desk.told.until("heard") if message[0] == "partial"]
    assert len(partials) <= 1 + 8 * (time.monotonic() - began)


def test_a_pause_for_thought_is_no_end(opening: Opening) -> None:
    thinking = Heard("es que", (Word("es", 0, 300, 90), Word("que", 300, 500, 90)))
    desk = opening(lambda: ScriptedRecogniser([thinking]))
    desk.listener.start_turn(hold=False)
    desk.say(voice(800) + room(PATIENCE + 300) + voice(500) + room(2 * PATIENCE + 200))
    _, take = desk.told.heard()
    assert take.ended_ms - take.began_ms == pytest.approx(2300, abs=60)


def test_turns_follow_each_other_on_one_recogniser(opening: Opening) -> None:
    loaded: list[ScriptedRecogniser] = []

    def load() -> Recogniser:
        loaded.append(ScriptedRecogniser([Heard("uno"), Heard("dos"), Heard("tres")]))
        return loaded[-1]

    desk = opening(load)
    for word in ("uno", "dos", "tres"):
        desk.listener.start_turn(hold=False)
        desk.say(voice(500) + room(1000))
        assert desk.told.heard()[0].text == word
    assert len(loaded) == 1
    desk.listener.close()
    assert loaded[0].closed


def test_nothing_said_between_two_turns_is_lost(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([Heard("uno"), Heard("dos")]))
    desk.listener.start_turn(hold=False)
    desk.say(room(300) + voice(500) + room(800) + voice(600))  # goes on before the first words are found
    desk.told.heard()
    desk.listener.start_turn(hold=False)
    desk.say(room(1000))
    heard, take = desk.told.heard()
    assert heard.text == "dos"
    assert take.began_ms == pytest.approx(51_600, abs=40)
    assert take.ended_ms == pytest.approx(52_200, abs=60)


def test_the_next_turn_may_start_before_the_words_of_the_last_are_found(opening: Opening) -> None:
    gate = threading.Event()

    class Slow(ScriptedRecogniser):
        def finished(self, pcm: bytes) -> Heard:
            assert gate.wait(10)
            return super().finished(pcm)

    desk = opening(lambda: Slow([Heard("uno"), Heard("dos")]))
    for _ in range(2):
        desk.listener.start_turn(hold=True)
        desk.say(voice(500))
        desk.listener.end_turn()
    gate.set()
    assert [desk.told.heard()[0].text for _ in range(2)] == ["uno", "dos"]


def test_after_cancel_nothing_is_told(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS, Heard("dos")]))
    waiting: list[Callable[[], None]] = []
    desk.listener.start_turn(hold=True)
    desk.say(voice(1000))
    desk.told.until("speech")
    desk.told.rest()
    desk.deliver = waiting.append  # as a window does, later
    desk.listener.end_turn()
    while not waiting:
        time.sleep(0.001)
    desk.listener.cancel_turn()
    for call in waiting:
        call()
    assert desk.told.rest() == []
    desk.deliver = at_once
    desk.listener.start_turn(hold=True)
    desk.say(voice(500))
    desk.listener.end_turn()
    desk.told.heard()
    assert desk.told.rest() == []


def test_a_turn_started_in_another_replaces_it(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([Heard("uno"), Heard("dos")]))
    desk.listener.start_turn(hold=True)
    desk.say(room(500))
    desk.listener.start_turn(hold=True)
    desk.say(voice(500))
    desk.listener.end_turn()
    assert desk.told.heard()[0].text == "uno"
    assert desk.told.rest() == []


def test_hints_reach_the_recogniser_before_the_turn(opening: Opening) -> None:
    recogniser = ScriptedRecogniser([Heard("uno")])
    desk = opening(lambda: recogniser)
    hints = Hints(names=("Marta",), sentences=("buenos días",))
    desk.listener.prepare(hints)
    desk.listener.start_turn(hold=True)
    desk.listener.end_turn()
    desk.told.heard()
    assert recogniser.hints == [hints]


def test_without_a_recogniser_every_turn_says_why(opening: Opening) -> None:
    desk = opening(lambda: ListeningUnavailable("no-microphone"))
    desk.listener.start()
    assert desk.told.until("unavailable")[-1] == ("unavailable", "no-microphone")
    for _ in range(2):
        desk.listener.start_turn(hold=True)
        assert desk.told.until("unavailable")[-1] == ("unavailable", "no-microphone")
        assert not desk.listener.is_listening


@pytest.mark.expects_log
def test_a_recogniser_that_cannot_be_loaded_is_told(opening: Opening) -> None:
    def load() -> Recogniser:
        raise OSError("no such folder")

    desk = opening(load)
    desk.listener.start()
    assert desk.told.until("unavailable")[-1] == ("unavailable", "recogniser-not-loaded")


class Failing(ScriptedRecogniser):
    """Raises where it is told to, once."""

    def __init__(self, where: str) -> None:
        super().__init__([Heard("uno")])
        self.where = where

    def trip(self, where: str) -> None:
        if self.where == where:
            self.where = ""
            raise RuntimeError(where)

    def prepare(self, hints: Hints) -> None:
        self.trip("prepare")

    def begin(self) -> ScriptedUtterance:
        self.trip("begin")
        return FailingUtterance(self)


class FailingUtterance(ScriptedUtterance):
    def __init__(self, recogniser: Failing) -> None:
        super().__init__(recogniser)
        self._failing = recogniser

    def accept(self, pcm: bytes) -> str:
        self._failing.trip("accept")
        return super().accept(pcm)

    def finish(self) -> Heard:
        self._failing.trip("finish")
        return super().finish()


@pytest.mark.expects_log
@pytest.mark.parametrize("where", ["begin", "accept", "finish"])
def test_a_recogniser_that_raises_spoils_one_turn_only(opening: Opening, where: str) -> None:
    recogniser = Failing(where)
    desk = opening(lambda: recogniser)
    desk.listener.start_turn(hold=False)
    desk.say(voice(500) + room(1000))
    assert desk.told.until("unavailable")[-1] == ("unavailable", "recogniser-failed")
    assert recogniser.where == ""
    desk.listener.start_turn(hold=False)
    desk.say(voice(500) + room(1000))
    assert desk.told.heard()[0].text == "uno"
    assert desk.told.rest() == []


@pytest.mark.expects_log
def test_hints_that_fail_are_told_and_the_turn_is_heard(opening: Opening) -> None:
    desk = opening(lambda: Failing("prepare"))
    desk.listener.prepare(Hints())
    desk.listener.start_turn(hold=True)
    desk.say(voice(500))
    desk.listener.end_turn()
    told = desk.told.until("heard")
    assert ("unavailable", "recogniser-failed") in told
    assert told[-1][1].text == "uno"


class Hanging(ScriptedRecogniser):
    """Never answers, until it is let go."""

    def __init__(self, gate: threading.Event) -> None:
        super().__init__([Heard("nunca")])
        self._gate = gate

    def finished(self, pcm: bytes) -> Heard:
        assert self._gate.wait(20)
        return super().finished(pcm)


@pytest.mark.expects_log
def test_a_recogniser_that_hangs_is_replaced(opening: Opening) -> None:
    gate = threading.Event()
    hanging = Hanging(gate)
    fresh = ScriptedRecogniser([Heard("dos")])
    loads = iter([hanging, fresh])
    desk = opening(lambda: next(loads), hang_s=0.2)
    hints = Hints(names=("Marta",))
    desk.listener.prepare(hints)
    desk.listener.start_turn(hold=True)
    desk.say(voice(500))
    desk.listener.end_turn()
    assert desk.told.until("unavailable")[-1] == ("unavailable", "recogniser-hung")
    assert desk.told.until("ready") == [("ready",)]
    desk.listener.start_turn(hold=True)
    desk.say(voice(500))
    desk.listener.end_turn()
    assert desk.told.heard()[0].text == "dos"
    assert fresh.hints == [hints]
    gate.set()
    while not hanging.closed:
        time.sleep(0.001)
    assert desk.told.rest() == []


def test_close_returns_promptly_even_from_a_recogniser_that_hangs(opening: Opening) -> None:
    gate = threading.Event()
    desk = opening(lambda: Hanging(gate))
    desk.listener.start_turn(hold=True)
    desk.say(voice(500))
    desk.told.until("speech")
    desk.listener.end_turn()
    began = time.monotonic()
    desk.listener.close()
    assert time.monotonic() - began < 2
    gate.set()


def test_a_microphone_that_dies_in_mid_turn_ends_the_turn_with_what_was_heard(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS]), dead_device_s=0.05)
    desk.listener.start()
    desk.told.until("ready")
    desk.listener.start_turn(hold=True)
    desk.say(voice(800))
    heard, take = desk.told.heard()
    assert heard.text == "buenos días"
    assert take.ended_ms - take.began_ms == pytest.approx(800, abs=20)
    assert not desk.listener.is_listening


@pytest.mark.expects_log
def test_feeding_never_waits_for_the_recogniser(opening: Opening, caplog: pytest.LogCaptureFixture) -> None:
    gate = threading.Event()

    class Stuck(ScriptedRecogniser):
        def begin(self) -> ScriptedUtterance:
            assert gate.wait(20)
            return super().begin()

    desk = opening(lambda: Stuck([BUENOS_DIAS]))
    desk.listener.start_turn(hold=True)
    sound = voice(1000)
    began = time.monotonic()
    for _ in range(40):  # ten seconds more than it keeps
        desk.say(sound)
    assert time.monotonic() - began < 1.5
    desk.listener.end_turn()
    gate.set()
    heard, take = desk.told.heard()
    assert heard.text == "buenos días"
    assert 29_000 <= len(take.pcm) / 32 <= 32_000
    assert "does not keep up" in caplog.text


def test_a_held_key_is_let_go_after_a_minute(opening: Opening) -> None:
    desk = opening(lambda: ScriptedRecogniser([BUENOS_DIAS]))
    desk.listener.start_turn(hold=True)
    second = voice(1000)
    for _ in range(61):
        desk.say(second)
        while desk.listener.backlog_ms > 5000:
            time.sleep(0.001)
    _, take = desk.told.heard()
    assert len(take.pcm) / 32 == pytest.approx(60_000, abs=100)
    assert not desk.listener.is_listening


def test_a_closed_listener_takes_nothing_and_tells_nothing() -> None:
    listener = Listener(lambda: ScriptedRecogniser(), deliver=at_once)
    told = Told(listener)
    listener.close()
    listener.start_turn(hold=True)
    listener.feed(voice(100))
    listener.end_turn()
    listener.cancel_turn()
    listener.prepare(Hints())
    listener.close()
    assert told.rest() == []


def test_the_scripted_recogniser_says_that_it_is_one() -> None:
    recogniser = ScriptedRecogniser([Heard("uno", engine="vosk")])
    utterance: Utterance = recogniser.begin()
    assert recogniser.name == "scripted"
    assert utterance.accept(bytes(3200)) == ""
    assert utterance.finish() == Heard("uno", engine="scripted")
    assert recogniser.begin().finish() == Heard("", engine="scripted")
