"""`doctor` in a process of its own: Qt's tie to a sound server is one a process."""

import dataclasses
import json
import os
import re
import subprocess
import sys
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator import paths, settings
from simulator.cli.doctor import _lacking, _microphone
from simulator.cli.listening import SENTENCES
from simulator.records.store import Store
from simulator.speech import samples
from simulator.speech.accuracy import compared, words_of
from simulator.speech.line import SAMPLE_RATE
from simulator.speech.listening.gate import SOFTEST_DBFS
from simulator.speech.models import user_models
from simulator.speech.reasons import REASONS
from simulator.speech.report import MicrophoneReport
from simulator.speech.synthesis import Speaker
from simulator.speech.voice import voice_for
from tests.records.sealed import submitted
from tests.speech.conftest import SoundServer, microphone_server
from tests.speech.model_folders import SMALL, SPHINX, lay_out

__all__ = ["microphone_server"]  # the fixture

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT.parent / "shared" / "models" / "pocketsphinx-es"
NAME_THEIR_MEND = frozenset(
    {
        "no-engine", "no-output-device", "device-lost", "libpulse-missing", "no-microphone", "microphone-lost",
        "microphone-refused", "microphone-denied", "no-model", "model-broken", "recogniser-missing",
        "recogniser-not-loaded", "online-not-allowed",
    }
)  # fmt: skip
OF_A_CALL = frozenset(
    {
        "voice-refused", "cancelled", "closed", "microphone-scripted", "online-failed", "recogniser-failed",
        "recogniser-hung", "scripted",
    }
)  # fmt: skip
"""Nothing that doctor, which only looks, can meet."""


@pytest.fixture
def deaf(own_home: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a machine without a sound server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
    return {**kept, "XDG_RUNTIME_DIR": str(tmp_path), "PULSE_SERVER": f"unix:{tmp_path / 'nobody'}"}


def doctor(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "main.py"), "doctor", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def document(environment: dict[str, str]) -> tuple[int, dict[str, Any]]:
    ran = doctor(environment, "--json")
    # Vosk's library says by itself, on standard error, what is wrong with a model.
    assert [line for line in ran.stderr.splitlines() if "VoskAPI" not in line] == []
    return ran.returncode, json.loads(ran.stdout)


def test_a_machine_without_anything_is_told_what_it_lacks_and_how_to_mend_it(deaf: dict[str, str]) -> None:
    ran = doctor(deaf)
    assert ran.returncode == 0
    assert ran.stderr == "Revisando este equipo; diga algo en voz alta durante los próximos segundos…\n"
    signs = {topic: sign for sign, topic in re.findall(r"^(\S) ([^:]+): ", ran.stdout, re.M)}
    assert signs == {
        "Voz del cliente": "✓",
        "Salida de sonido": "!",
        "Micrófono": "!",
        "Modelos": "!",
        "Reconocedor": "!",
        "Base de datos": "✓",
        "Equipo de trabajo": "✓",
        "Espacio en disco": "✓",
    }
    assert "models install es" in ran.stdout


def test_the_document_has_a_state_a_text_and_a_reason_for_each(deaf: dict[str, str]) -> None:
    code, found = document(deaf)
    assert code == 0
    assert list(found) == sorted(["voice", "output", "microphone", "models", "recogniser", "database", "team", "disk"])
    assert all(part["state"] in ("well", "lacking") and part["text"] for part in found.values())
    assert "roa/es-419" in found["voice"]["spanish_voices"]
    assert (found["output"]["reason"], found["microphone"]["reason"]) == ("no-output-device", "no-microphone")
    assert found["recogniser"]["reason"] == "no-model"
    assert found["disk"]["free_bytes"] > 0


def test_looking_makes_no_database(deaf: dict[str, str], own_home: Path) -> None:
    doctor(deaf)
    assert not (own_home / "data" / paths.DATABASE).exists()


def test_the_database_is_counted(deaf: dict[str, str]) -> None:
    with Store.open(paths.user_data() / paths.DATABASE):
        pass
    code, found = document(deaf)
    assert (code, found["database"]["state"], found["database"]["attempts"]) == (0, "well", 0)


def test_a_team_that_cannot_be_reached_is_lacking_and_what_waits_is_counted(deaf: dict[str, str]) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        submitted(store, "a1", "a2")
    address = "postgresql://puesto@127.0.0.1:1/equipo"
    settings.save(paths.user_config() / paths.SETTINGS, settings.Settings(team=address))
    code, found = document(deaf)
    assert (code, found["team"]["state"]) == (0, "lacking")
    (target,) = found["team"]["targets"]
    assert target == {"address": address, "waiting": 2, "reason": "team-unreachable"}
    assert "2 intentos esperan para enviarse" in found["team"]["text"]


def test_what_is_broken_gives_exit_code_1(deaf: dict[str, str]) -> None:
    (paths.user_data() / paths.DATABASE).write_bytes(b"no es una base de datos" * 100)
    model = user_models().folder / SMALL
    lay_out(model, without="graph/HCLr.fst")
    code, found = document(deaf)
    assert code == 1
    assert (found["database"]["state"], found["database"]["reason"]) == ("broken", "store-corrupt")
    assert "python main.py restore ARCHIVO" in found["database"]["mend"]
    assert (found["models"]["state"], found["models"]["installed"][0]["faulty"]) == ("broken", ["graph/HCLr.fst"])
    assert "graph/HCLr.fst" in found["models"]["text"]
    assert f"models remove {SMALL}" in found["models"]["mend"]
    assert (found["recogniser"]["state"], found["recogniser"]["reason"]) == ("broken", "model-broken")


def test_a_model_that_only_looks_like_one_is_broken_for_its_recogniser(deaf: dict[str, str]) -> None:
    """All files are there, none holds a model: Vosk itself refuses it."""
    user_models().install_folder(lay_out(user_models().folder.parent / "x" / SMALL))
    code, found = document(deaf)
    assert (code, found["models"]["state"]) == (1, "well")
    assert (found["recogniser"]["state"], found["recogniser"]["reason"]) == ("broken", "model-broken")


def test_without_a_microphone_the_trial_is_not_held(deaf: dict[str, str]) -> None:
    user_models().install_folder(lay_out(user_models().folder.parent / "x" / "s", SPHINX))
    ran = doctor(deaf, "--listen")
    assert ran.returncode == 1
    assert "1/6" not in ran.stdout
    assert "Traceback" not in ran.stderr


def test_the_sentences_are_six_of_service_with_different_words() -> None:
    assert len(SENTENCES) == 6
    words = [word for sentence in SENTENCES for word in words_of(sentence)]
    assert 55 <= len(words) <= 80
    assert all(compared(one, two).rate > 50 for one in SENTENCES for two in SENTENCES if one != two)


# With a real sound server


@pytest.fixture
def hearing(own_home: Path, microphone_server: SoundServer) -> dict[str, str]:
    return microphone_server.environment


def spoken_wav(speaker: Speaker, text: str, path: Path) -> Path:
    """The text by a clear voice in a quiet room, with a moment of it before and after: the first samples that a null
    sink is given are lost, and digital silence is nothing that a recogniser has ever heard."""
    voice = dataclasses.replace(voice_for(), name="roa/es-419+klatt")
    assert speaker.render(text, voice, path) is None
    said = samples.read(path)
    lead = SAMPLE_RATE
    room = np.random.default_rng(3).standard_normal(said.size + 2 * lead) * 8 / 32768
    room[lead : lead + said.size] += said
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.to_pcm(room))
    return path


@pytest.fixture
def spoken(tmp_path: Path) -> Iterator[list[Path]]:
    """The six sentences as a synthetic voice reads them."""
    speaker = Speaker()
    try:
        yield [spoken_wav(speaker, text, tmp_path / f"{n}.wav") for n, text in enumerate(SENTENCES)]
    finally:
        speaker.close()


@pytest.mark.parametrize(("loudest", "state"), [(-90, "lacking"), (-73, "lacking"), (-45, "well"), (-3, "lacking")])
def test_a_microphone_is_good_only_where_a_voice_was_heard(loudest: float, state: str) -> None:
    found = _microphone(MicrophoneReport(("USB",), "USB", None, loudest, -90))
    assert (found.state, bool(found.mend)) == (state, state == "lacking")
    assert ("No se oyó ninguna voz" in found.mend) == (loudest < SOFTEST_DBFS)


@pytest.mark.parametrize("code", sorted(REASONS.keys() - NAME_THEIR_MEND - OF_A_CALL))
def test_what_only_says_what_is_wrong_comes_with_its_mend(code: str) -> None:
    assert _lacking("voice", code, {}).mend


@pytest.mark.sound
def test_devices_are_named_and_a_silent_microphone_is_found_out(hearing: dict[str, str]) -> None:
    code, found = document(hearing)
    assert code == 0
    assert found["output"]["state"] == "well"
    microphone = found["microphone"]
    assert (microphone["state"], microphone["reason"]) == ("lacking", None)
    assert microphone["loudest_dbfs"] < SOFTEST_DBFS
    assert "silenciado" in microphone["mend"]
    assert microphone["device"] in microphone["devices"]


@pytest.mark.sound
def test_a_voice_is_heard_at_its_level(
    hearing: dict[str, str], microphone_server: SoundServer, spoken: list[Path]
) -> None:
    stop = threading.Event()

    def talk() -> None:
        while not stop.is_set():
            microphone_server.say(spoken[0]).wait(20)

    talking = threading.Thread(target=talk)
    talking.start()
    try:
        _code, found = document(hearing)
    finally:
        stop.set()
        talking.join()
    assert found["microphone"]["state"] == "well"
    assert -40 < found["microphone"]["loudest_dbfs"] < -6


@pytest.mark.slow
@pytest.mark.sound
@pytest.mark.skipif(not MODEL.is_dir(), reason=f"needs the Spanish PocketSphinx model folder {MODEL.name}")
def test_six_sentences_are_read_to_the_real_recogniser(
    hearing: dict[str, str], microphone_server: SoundServer, spoken: list[Path]
) -> None:
    """A synthetic voice into a virtual microphone: it proves the chain, never accuracy with people."""
    user_models().install_folder(MODEL)
    command = [sys.executable, "-u", str(ROOT / "main.py"), "doctor", "--listen"]
    with subprocess.Popen(command, env=hearing, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        out: list[str] = []
        for line in process.stdout:
            out.append(line)
            if found := re.match(r"(\d)/6  ", line):
                microphone_server.say(spoken[int(found[1]) - 1]).wait(30)
        code = process.wait(30)
    text = "".join(out)
    assert code == 0, text
    rate = re.search(r"pocketsphinx: tasa de error de palabras (\d+),(\d) %", text)
    assert rate, text
    assert int(rate[1]) <= 30, text
    assert re.search(r"Desde su último sonido hasta el texto: [12],\d s; de ellos, 1,2 s", text), text
    assert "conocía estas frases de antemano" in text


def test_a_chosen_recogniser_without_a_model_is_lacking(deaf: dict[str, str]) -> None:
    settings.save(paths.user_config() / paths.SETTINGS, settings.Settings(recogniser="vosk"))
    code, found = document(deaf)
    assert (code, found["recogniser"]["state"], found["recogniser"]["chosen"]) == (0, "lacking", "vosk")
