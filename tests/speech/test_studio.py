"""The studio with the real engine: lines, cache, rendering ahead, faults."""

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.speech.line import SAMPLE_RATE, RenderedLine, SpeechUnavailable
from simulator.speech.studio import VoiceStudio
from simulator.speech.synthesis import Speaker
from simulator.speech.voice import voice_for
from tests.speech.acoustics import level, share_of_power
from tests.speech.test_synthesis import DEAF

VOICE = voice_for(customer="marta", mood=25)
LINE = "¡Llevo tres días llamando! Me cobraron $48.900 dos veces. ¿Qué van a hacer?"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[VoiceStudio]:
    made = VoiceStudio(tmp_path / "voice")
    yield made
    made.close()


def line_of(studio: VoiceStudio, text: str = LINE) -> RenderedLine:
    outcome = studio.render(text, VOICE).outcome(20)
    assert isinstance(outcome, RenderedLine)
    return outcome


def test_a_line_is_rendered_through_the_telephone(studio: VoiceStudio) -> None:
    line = line_of(studio)
    assert 4000 < line.duration_ms < 9000
    assert level(line.pcm) > 1000
    assert share_of_power(line.pcm, SAMPLE_RATE, 150, 3800) > 0.999
    assert not line.from_cache


def test_the_sentences_of_a_line_are_joined(studio: VoiceStudio) -> None:
    whole = line_of(studio, "Uno. Dos. Tres.").duration_ms
    parts = sum(line_of(studio, text).duration_ms for text in ("Uno.", "Dos.", "Tres."))
    assert whole == pytest.approx(parts + 2 * VOICE.gap_ms, abs=120)  # a fading s is trimmed by chance


def test_what_was_rendered_once_never_asks_the_engine_again(tmp_path: Path) -> None:
    first = VoiceStudio(tmp_path)
    made = line_of(first)
    assert first.report().sentences_rendered == 3
    first.close()
    second = VoiceStudio(tmp_path)
    again = line_of(second)
    assert again.pcm == made.pcm
    assert again.from_cache
    assert second.report().sentences_rendered == 0
    second.close()


def test_a_damaged_recording_is_rendered_again(tmp_path: Path) -> None:
    first = VoiceStudio(tmp_path)
    made = line_of(first)
    first.close()
    (file,) = tmp_path.glob("*.wav")
    file.write_bytes(file.read_bytes()[:-1000])
    second = VoiceStudio(tmp_path)
    again = line_of(second)
    assert not again.from_cache
    assert again.duration_ms == pytest.approx(made.duration_ms, abs=120)  # espeak's breath is drawn anew each time
    second.close()
    assert len(list(tmp_path.glob("*.wav"))) == 1


def test_a_line_rendered_ahead_is_delivered_before_render_returns(studio: VoiceStudio) -> None:
    studio.prefetch([(LINE, VOICE), ("¿Sigue ahí?", VOICE)])
    assert studio.wait_until_idle(20)
    assert studio.is_ready(LINE, VOICE)
    assert studio.render("¿Sigue ahí?", VOICE).done


def test_what_is_asked_for_goes_before_what_is_rendered_ahead(tmp_path: Path) -> None:
    order: queue.SimpleQueue[str] = queue.SimpleQueue()
    studio = VoiceStudio(tmp_path)
    ahead = [(f"Esta es la frase número {number}.", VOICE) for number in range(60)]
    studio.prefetch(ahead)
    studio.render(LINE, VOICE, lambda _: order.put("asked")).outcome(20)
    assert order.get_nowait() == "asked"
    assert not studio.is_ready(*ahead[-1])
    studio.cancel_prefetch()
    assert studio.wait_until_idle(20)
    assert not studio.is_ready(*ahead[-1])
    studio.close()


def test_a_new_list_replaces_the_old_one(studio: VoiceStudio) -> None:
    studio.prefetch([(f"Frase {number}.", VOICE) for number in range(200)])
    studio.prefetch([(LINE, VOICE)])
    assert studio.wait_until_idle(20)
    assert studio.is_ready(LINE, VOICE)
    assert not studio.is_ready("Frase 199.", VOICE)


def test_callbacks_come_by_the_callers_road_and_exactly_one_of_them(tmp_path: Path) -> None:
    road: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    heard: list[object] = []
    studio = VoiceStudio(tmp_path, deliver=road.put)
    studio.render(LINE, VOICE, heard.append, heard.append)
    call = road.get(timeout=20)
    assert heard == []
    call()
    assert len(heard) == 1
    assert isinstance(heard[0], RenderedLine)
    studio.close()


def test_a_cancelled_line_tells_nobody(tmp_path: Path) -> None:
    road: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    heard: list[object] = []
    studio = VoiceStudio(tmp_path, deliver=road.put)
    rendering = studio.render(LINE, VOICE, heard.append, heard.append)
    call = road.get(timeout=20)  # rendered, but not yet delivered
    assert rendering.cancel()
    call()
    assert heard == []
    assert rendering.outcome(0) == SpeechUnavailable("cancelled")
    studio.close()


def test_nothing_to_say_is_a_line_of_no_length(studio: VoiceStudio) -> None:
    assert line_of(studio, "…").duration_ms == 0


def test_a_hung_engine_becomes_captions_and_may_be_tried_again(tmp_path: Path) -> None:
    studio = VoiceStudio(tmp_path, speaker=Speaker(command=[sys.executable, "-c", DEAF], request_seconds=0.2))
    failures: list[SpeechUnavailable] = []
    studio.render(LINE, VOICE, failure=failures.append).outcome(20)
    assert [failure.code for failure in failures] == ["engine-hung"]
    unavailable = studio.report().unavailable
    assert unavailable is not None
    assert unavailable.code == "engine-hung"
    studio.try_again()
    assert isinstance(studio.render(LINE, VOICE).outcome(20), SpeechUnavailable)
    assert studio.report().starts == 4
    studio.close()


def test_an_engine_killed_between_two_lines_is_not_noticed_by_the_listener(tmp_path: Path) -> None:
    speaker = Speaker()
    studio = VoiceStudio(tmp_path, speaker=speaker)
    line_of(studio, "Hola.")
    assert speaker.pid is not None
    os.kill(speaker.pid, signal.SIGKILL)
    assert line_of(studio).duration_ms > 4000
    assert studio.report().starts == 2
    studio.close()


def test_close_fails_what_is_still_asked_for_and_leaves_nothing(tmp_path: Path) -> None:
    started = threading.Event()
    studio = VoiceStudio(tmp_path)
    renderings = [studio.render(f"Frase número {number}.", VOICE, lambda _: started.set()) for number in range(40)]
    assert started.wait(20)
    studio.close()
    studio.close()
    outcomes = [rendering.outcome(0) for rendering in renderings]
    assert isinstance(outcomes[0], RenderedLine)
    assert outcomes[-1] == SpeechUnavailable("closed")
    assert studio.render(LINE, VOICE).outcome(0) == SpeechUnavailable("closed")


def test_the_report_names_engine_and_cache(studio: VoiceStudio) -> None:
    line_of(studio)
    report = studio.report()
    assert report.engine is not None
    assert report.unavailable is None
    assert "roa/es-419" in report.engine.spanish_voices
    assert report.cache_bytes > 100_000
