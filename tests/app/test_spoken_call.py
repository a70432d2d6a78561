"""A call by voice alone: spoken WAV, sound server, QtMultimedia, listener, recogniser, session, scorecard.

The recogniser is PocketSphinx with the Spanish model folder of `../shared/models` (tests only, never shipped). It
proves the chain: a machine that understands a machine says nothing of people.
"""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from simulator import paths, settings
from simulator.protocol.shipped import shipped_protocol
from simulator.records.recordings import Recordings
from simulator.rehearsal.player import play
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import Move, Speak
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line, Scorecard
from simulator.scoring.score import score
from simulator.session.envelope import Event, decode
from simulator.session.events import AgentSpoke, CustomerSpoke
from simulator.settings import Settings
from simulator.speech import samples
from simulator.speech.heard import RATE
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.listening.ngram import words_of
from simulator.speech.models import ModelStore
from simulator.speech.synthesis import Speaker
from simulator.speech.voice import voice_for
from tests.app.spoken_drive import SCENARIO
from tests.speech.conftest import RECORD_RATE, Recorder, SoundServer

ROOT = Path(__file__).parents[2]
MODEL = ROOT.parent / "shared" / "models" / "pocketsphinx-es"
AGENT = dataclasses.replace(voice_for(), name="roa/es-419+klatt", rate=165)
"""The machine's voice that this model understands best (SPEECH.md)."""

ROOM_S = 200

pytestmark = [pytest.mark.sound, pytest.mark.usefixtures("speaking_home")]


@pytest.fixture
def speaking_home(own_home: Path) -> None:
    """A desk at which the microphone is open, with the model and a scenario of its own."""
    if not MODEL.is_dir():
        pytest.skip("needs the Spanish model folder of PocketSphinx (../shared/models/pocketsphinx-es)")
    ModelStore(paths.user_data() / paths.MODELS).install_folder(MODEL)
    text = (paths.scenarios() / "phone" / "guided-first-call.yaml").read_text("utf-8")
    folder = paths.user_data() / "scenarios"
    folder.mkdir()
    text = text.replace("guided-first-call", SCENARIO).replace("pass_mark:", "review_heard: false\npass_mark:")
    (folder / "spoken.yaml").write_text(text, "utf-8")
    chosen = Settings(input_mode="open", patience="short", review_heard=False, microphone_checked=True)
    settings.save(paths.user_config() / paths.SETTINGS, chosen)


def spoken_scenario() -> Scenario:
    text = (paths.user_data() / "scenarios" / "spoken.yaml").read_text("utf-8")
    loaded = load_scenario(text, "spoken.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None
    return loaded.scenario


def replies(scenario: Scenario) -> list[str]:
    """What the exemplary agent of the scenario says."""
    return [move.text for move in scenario.doc.tests[0].do if isinstance(move, Speak)]


def recorded(texts: Sequence[str], folder: Path) -> list[Path]:
    """A quiet room for some minutes, and each text spoken by the machine after half a second."""
    noise = np.random.default_rng(1).standard_normal(ROOM_S * RATE) * 8 / 32768
    made = [folder / "room.wav"]
    made[0].write_bytes(samples.wav_bytes(samples.to_pcm(noise), RATE))
    speaker = Speaker()
    for number, text in enumerate(texts):
        file = folder / f"{number}.wav"
        assert speaker.render(text, AGENT, file) is None
        sound = samples.resampled(samples.trimmed(samples.read(file)), SAMPLE_RATE, RATE)
        file.write_bytes(samples.wav_bytes(samples.to_pcm(np.concatenate([np.zeros(RATE // 2), sound])), RATE))
        made.append(file)
    speaker.close()
    return made


def called(server: SoundServer, out: Path, wavs: list[Path]) -> list[Event]:
    """The events of a call in which these were spoken."""
    home = {"TERCER_TIMBRE_HOME": os.environ["TERCER_TIMBRE_HOME"], "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.app.spoken_drive", str(out), *map(str, wavs)],
        cwd=ROOT,
        env={**server.environment, **home},
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return [decode(line) for line in (out / "events.jsonl").read_text("utf-8").splitlines()]


def _seq(events: Sequence[Event], said: AgentSpoke) -> int:
    return next(event.seq for event in events if event.what is said)


def spoken_of(events: Sequence[Event]) -> list[AgentSpoke]:
    return [event.what for event in events if isinstance(event.what, AgentSpoke)]


def typed(scenario: Scenario, texts: Sequence[str]) -> tuple[list[Event], Scorecard]:
    """The same call, typed."""
    moves: list[Move] = [scenario.doc.tests[0].do[0], *(Speak(text) for text in texts)]
    player = play(scenario, moves, agent="Andrés Vega")
    return player.events, score(scenario, player.events)


def turns_of(line: Line, events: Sequence[Event]) -> set[int]:
    """Which of the agent's replies (from 0) prove a verdict."""
    said = [event.seq for event in events if isinstance(event.what, AgentSpoke)]
    return {said.index(proof.event) for proof in line.evidence if proof.event in said}


def test_a_spoken_greeting_is_captured_recognised_and_marked(microphone_server: SoundServer, tmp_path: Path) -> None:
    scenario = spoken_scenario()
    greeting = replies(scenario)[0]
    ear = Recorder(microphone_server.environment)
    try:
        events = called(microphone_server, tmp_path, recorded([greeting], tmp_path))
        heard = np.frombuffer(ear.since(0, ear.position / 2 / RECORD_RATE), "<i2")
    finally:
        ear.close()
    (said,) = spoken_of(events)
    assert said.recognised is not None
    assert said.recognised.engine == "pocketsphinx"
    assert not said.recognised.reviewed
    assert words_of(said.text) == words_of(greeting)
    met = {mark.checkpoint for mark in said.marks if mark.verdict == "met"}
    assert {"greet-company", "greet-time-of-day", "introduce-self", "offer-help"} <= met
    measured = dict(said.voice)
    assert 120 < measured["wpm"] < 220
    assert measured["snr"] > 20
    (line,) = [event for event in events if isinstance(event.what, CustomerSpoke)]
    kept = Recordings(paths.user_data() / paths.RECORDINGS).of(line.attempt)  # the driver had chosen to record
    assert {(one.seq, one.who) for one in kept} == {(line.seq, "customer"), (_seq(events, said), "agent")}
    assert np.abs(heard.astype(np.int32)).max() > 500  # the bell and the customer came out of the other end


@pytest.mark.slow
def test_a_call_by_voice_alone_is_marked_as_the_same_words_typed(
    microphone_server: SoundServer, tmp_path: Path
) -> None:
    scenario = spoken_scenario()
    texts = replies(scenario)
    events = called(microphone_server, tmp_path, recorded(texts, tmp_path))
    said = spoken_of(events)
    assert len(said) == len(texts)
    misheard = {at for at, text in enumerate(texts) if words_of(said[at].text) != words_of(text)}
    assert len(misheard) <= len(texts) // 2, [one.text for one in said]
    typed_events, typed_lines = typed(scenario, texts)
    spoken_lines = {line.id: line for line in score(scenario, events).checkpoints}
    compared = 0
    for before in typed_lines.checkpoints:
        line = spoken_lines[before.id]
        if not scenario.checkpoints[line.id].checkpoint.by_text:
            continue
        # What was misheard never makes a met one missed: at worst a person decides.
        assert (before.verdict, line.verdict) != ("met", "missed"), line
        if line.reason in ("heard-badly", "heard-faintly"):
            # The right words with little confidence, as a busy machine may make of them: a person decides.
            assert line.verdict == "unclear", line
        elif misheard.isdisjoint(turns_of(before, typed_events) | turns_of(line, events)):
            # A question that was misheard is not answered: its customer never gives the name.
            allowed = {before.verdict, *(("unclear", "not-applicable") if misheard else ())}
            assert line.verdict in allowed, line
            compared += line.verdict == before.verdict
    assert compared >= 8
