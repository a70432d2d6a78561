"""The studio with the real engine: lines, cache, rendering ahead, recordings, faults."""

import dataclasses
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from simulator.speech.line import SAMPLE_RATE, RenderedLine, SpeechUnavailable
from simulator.speech.studio import VoiceStudio
from simulator.speech.synthesis import Speaker
from simulator.speech.takes import Piece
from simulator.speech.telephone import HOUSE_LEVEL_DBFS, LineEffect
from simulator.speech.voice import voice_for
from tests.speech.acoustics import level, samples_of, share_of_power
from tests.speech.conftest import process_exists
from tests.speech.test_synthesis import DEAF
from tests.speech.wav_files import write_tone

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


# The line


def test_the_line_belongs_to_what_is_asked_for_and_to_its_key(studio: VoiceStudio, tmp_path: Path) -> None:
    mobile = dataclasses.replace(VOICE, effect=LineEffect.MOBILE)
    clear = line_of(studio)
    noisy = studio.render(LINE, mobile).outcome(20)
    assert isinstance(noisy, RenderedLine)
    assert noisy.pcm != clear.pcm
    assert not noisy.from_cache
    assert len(list((tmp_path / "voice").glob("*.wav"))) == 2


# Recordings


def heard(outcome: object) -> RenderedLine:
    assert isinstance(outcome, RenderedLine)
    return outcome


def tone_share(pcm: bytes) -> float:
    """Share of the sound that is the 440 Hz of the recorded tone."""
    return share_of_power(pcm, SAMPLE_RATE, 430, 450)


def loudness(pcm: bytes) -> float:
    """dBFS of the frames of 20 ms that belong to the speech."""
    sound = samples_of(pcm) / 32767
    power = (sound[: sound.size // 441 * 441].reshape(-1, 441) ** 2).mean(axis=1)
    return float(10 * np.log10(power[power > power.max() / 100].mean()))


def test_a_recording_is_heard_in_place_of_synthesis_over_the_line_and_at_the_house_level(
    studio: VoiceStudio, tmp_path: Path
) -> None:
    quiet = write_tone(tmp_path / "a.wav", level=0.05, channels=2, rate=48_000)
    line = heard(studio.render((Piece("Buenos días.", quiet),), VOICE).outcome(20))
    assert line.duration_ms == pytest.approx(800, abs=60)
    assert tone_share(line.pcm) > 0.9
    assert loudness(line.pcm) == pytest.approx(HOUSE_LEVEL_DBFS + 20 * np.log10(VOICE.volume / 100), abs=0.5)
    assert studio.report().sentences_rendered == 0


def test_recorded_and_synthesised_pieces_are_joined_in_order_and_equally_loud(
    studio: VoiceStudio, tmp_path: Path
) -> None:
    loud = write_tone(tmp_path / "a.wav", level=0.9)
    line = heard(studio.render((Piece("Buenos días.", loud), Piece("¿Sigue ahí?")), VOICE).outcome(20))
    spoken = heard(studio.render("¿Sigue ahí?", VOICE).outcome(20)).duration_ms
    assert line.duration_ms == pytest.approx(800 + VOICE.gap_ms + spoken, abs=120)
    split = 2 * (SAMPLE_RATE * (800 + VOICE.gap_ms) // 1000)
    first, second = line.pcm[:split], line.pcm[split:]
    assert tone_share(first) > 0.8 > 0.3 > tone_share(second)
    assert loudness(first) == pytest.approx(loudness(second), abs=2)


def test_a_recording_is_kept_by_what_it_holds(tmp_path: Path) -> None:
    file = write_tone(tmp_path / "a.wav")
    pieces = (Piece("Buenos días.", file),)

    def rendered(words: tuple[Piece, ...]) -> RenderedLine:
        studio = VoiceStudio(tmp_path / "voice")
        line = heard(studio.render(words, VOICE).outcome(20))
        studio.close()
        return line

    assert not rendered(pieces).from_cache
    assert rendered(pieces).from_cache
    moved = file.rename(tmp_path / "b.wav")
    assert rendered((Piece("Buenos días.", moved),)).from_cache
    write_tone(moved, seconds=1.2)
    again = rendered((Piece("Buenos días.", moved),))
    assert not again.from_cache
    assert again.duration_ms == pytest.approx(1200, abs=60)


@pytest.mark.expects_log
def test_a_broken_recording_is_synthesised_and_logged(
    studio: VoiceStudio, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "a.wav"
    broken.write_bytes(b"no sound")
    for file in (broken, tmp_path / "gone.wav"):
        line = heard(studio.render((Piece("Buenos días.", file),), VOICE).outcome(20))
        assert tone_share(line.pcm) < 0.3
        assert str(file) in caplog.text


def test_recordings_are_heard_without_an_engine(tmp_path: Path) -> None:
    studio = VoiceStudio(tmp_path / "voice", speaker=Speaker(command=["/nonexistent/python"]))
    file = write_tone(tmp_path / "a.wav")
    assert heard(studio.render((Piece("Buenos días.", file),), VOICE).outcome(20)).duration_ms > 700
    mixed = studio.render((Piece("Buenos días.", file), Piece("¿Sigue ahí?")), VOICE).outcome(20)
    assert mixed == SpeechUnavailable(
        "engine-not-started", mixed.detail if isinstance(mixed, SpeechUnavailable) else ""
    )
    studio.close()


def test_recorded_lines_are_rendered_ahead_too(studio: VoiceStudio, tmp_path: Path) -> None:
    pieces = (Piece("Buenos días.", write_tone(tmp_path / "a.wav")),)
    studio.prefetch([(pieces, VOICE)])
    assert studio.wait_until_idle(20)
    assert studio.render(pieces, VOICE).done


# Faults


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


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP")
def test_an_engine_that_hangs_once_is_killed_and_the_line_is_heard(tmp_path: Path) -> None:
    speaker = Speaker(request_seconds=0.5)
    studio = VoiceStudio(tmp_path, speaker=speaker)
    line_of(studio, "Hola.")
    hung = speaker.pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    assert line_of(studio, "¿Sigue ahí?").duration_ms > 300
    assert not process_exists(hung)
    assert studio.report().starts == 2
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
