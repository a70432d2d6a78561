"""The real speaker process: what it renders, and what happens when it dies, hangs, or cannot start."""

import dataclasses
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from simulator.speech import samples
from simulator.speech.line import SAMPLE_RATE, SpeechUnavailable
from simulator.speech.synthesis import EngineInfo, Speaker
from simulator.speech.voice import Manner, Voice, foreign_accents, voice_for
from tests.speech.acoustics import fundamental, level
from tests.speech.conftest import process_exists

ROOT = Path(__file__).parents[2]
COMPLAINT = "Llevo tres días llamando y nadie me resuelve el problema de la factura"


def rendered(speaker: Speaker, voice: Voice, folder: Path, text: str = COMPLAINT) -> bytes:
    file = folder / "line.wav"
    assert speaker.render(text, voice, file) is None
    return samples.to_pcm(samples.trimmed(samples.read(file)))


def seconds(pcm: bytes) -> float:
    return len(pcm) / 2 / SAMPLE_RATE


def test_it_says_what_it_is(speaker: Speaker) -> None:
    info = speaker.start()
    assert isinstance(info, EngineInfo)
    assert {"roa/es", "roa/es-419"} <= set(info.spanish_voices)
    assert info.library in {"system", "wheel"}
    assert info.version in info.identity


def test_a_spanish_line_is_heard_at_the_asked_rate(speaker: Speaker, tmp_path: Path) -> None:
    pcm = rendered(speaker, voice_for(rate=165), tmp_path)
    assert level(pcm) > 800
    # espeak's words are 4.2 syllables long on average; ours are Spanish: 12 words at 165 a minute take 4.4 s, ± 15 %.
    assert seconds(pcm) == pytest.approx(12 / 165 * 60, rel=0.15)


def test_moods_are_heard_in_pitch_and_pace(speaker: Speaker, tmp_path: Path) -> None:
    def heard(mood: int) -> tuple[float, float]:
        pcm = rendered(speaker, dataclasses.replace(voice_for(mood=mood), name="roa/es-419"), tmp_path)
        return fundamental(pcm, SAMPLE_RATE), seconds(pcm)

    (furious_hz, furious_s), (annoyed_hz, annoyed_s), (neutral_hz, neutral_s) = heard(0), heard(25), heard(50)
    assert furious_hz > annoyed_hz + 10 > neutral_hz + 20
    assert furious_s < annoyed_s < neutral_s
    assert neutral_hz == pytest.approx(103, abs=6)


@pytest.mark.parametrize("name", ["+f3", "+f4", "+Annie", "+f2", "", "+m7", "+klatt", "+m3"])
def test_moods_and_manners_are_heard_in_every_speaker(speaker: Speaker, tmp_path: Path, name: str) -> None:
    """Fundamental frequency (Hz) and length (s) of one sentence, as an ear would rank them."""

    def heard(voice: Voice) -> tuple[float, float]:
        pcm = rendered(speaker, dataclasses.replace(voice, name=f"roa/es-419{name}"), tmp_path)
        return fundamental(pcm, SAMPLE_RATE), seconds(pcm)

    furious, annoyed, neutral, delighted = (heard(voice_for(mood=mood)) for mood in (0, 25, 50, 100))
    sad, anxious, elderly = (heard(voice_for(manner=manner)) for manner in (Manner.SAD, Manner.ANXIOUS, Manner.ELDERLY))
    assert furious[0] > 1.08 * annoyed[0] > 1.2 * neutral[0]
    assert furious[1] < annoyed[1] < neutral[1]
    assert neutral[0] < delighted[0] < furious[0]
    assert sad[0] < 0.87 * neutral[0]
    assert elderly[0] < 0.87 * neutral[0]
    assert anxious[0] > 1.15 * neutral[0]
    assert anxious[1] < 0.9 * neutral[1] < neutral[1] < 0.9 * sad[1] < 0.9 * elderly[1]
    sad_and_furious = heard(voice_for(mood=0, manner=Manner.SAD))
    assert sad[0] < sad_and_furious[0] < furious[0]
    assert sad[1] > sad_and_furious[1] > furious[1]


def test_every_request_is_spoken_at_its_own_rate(speaker: Speaker, tmp_path: Path) -> None:
    """pyttsx3 alone loses a rate set right after a request: one in three here was spoken at an earlier one's."""
    slow, fast = (dataclasses.replace(voice_for(), rate=rate) for rate in (120, 240))
    lengths = [seconds(rendered(speaker, (slow, fast)[turn % 2], tmp_path)) for turn in range(40)]
    assert min(lengths[::2]) > 1.6 * max(lengths[1::2])


CANCELLED = """
import sys
from pathlib import Path
from simulator.speech.engine import Talker
talker = Talker(own_library=False)
driver = talker._engine.proxy._driver
synthesise, dropped = driver._start_synthesis, []
def cancelled(text):  # what is left of a request that was cancelled before espeak-ng's thread took it up
    dropped.append(text)
    driver._start_synthesis = synthesise
    driver.endLoop()
driver._start_synthesis = cancelled
talker.render({"text": "hola", "path": sys.argv[1], "voice": "roa/es-419", "language": "es-419", "gender": "male",
               "rate": 165, "pitch": 50, "range": 50})
Path(sys.argv[2]).write_text(str(len(dropped)))
"""


def test_a_request_that_pyttsx3_cancels_is_made_again(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", CANCELLED, str(tmp_path / "a.wav"), str(tmp_path / "dropped")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=30,
        check=False,  # espeak-ng asserts in its own clean-up
    )
    assert (tmp_path / "dropped").read_text() == "1"
    assert level(samples.to_pcm(samples.read(tmp_path / "a.wav"))) > 500


def test_genders_are_heard(speaker: Speaker, tmp_path: Path) -> None:
    for customer in ("a", "b", "c", "d", "e", "f"):
        female = rendered(speaker, voice_for(gender="female", customer=customer), tmp_path)
        male = rendered(speaker, voice_for(gender="male", customer=customer), tmp_path)
        assert fundamental(female, SAMPLE_RATE) > 160
        assert fundamental(male, SAMPLE_RATE) < 130


def test_range_is_obeyed_although_pyttsx3_does_not_know_it(speaker: Speaker, tmp_path: Path) -> None:
    flat, lively = (dataclasses.replace(voice_for(), name="roa/es-419+f3", range=span) for span in (0, 99))
    low, high = (fundamental(rendered(speaker, voice, tmp_path), SAMPLE_RATE) for voice in (flat, lively))
    assert high > low * 1.2


def test_every_foreign_accent_has_its_voice(speaker: Speaker, tmp_path: Path) -> None:
    takes = {
        tongue: rendered(speaker, voice_for(mother_tongue=tongue, customer="x"), tmp_path)
        for tongue in foreign_accents()
    }
    assert all(level(pcm) > 500 for pcm in takes.values())
    assert len(set(takes.values())) == len(foreign_accents())


def test_a_refused_voice_and_a_refused_path_are_told_and_cost_no_restart(speaker: Speaker, tmp_path: Path) -> None:
    refused = speaker.render("hola", dataclasses.replace(voice_for(), name="roa/xx"), tmp_path / "a.wav")
    assert refused is not None
    assert refused.code == "voice-refused"
    unwritten = speaker.render("hola", voice_for(), tmp_path / "none" / "a.wav")
    assert unwritten is not None
    assert unwritten.code == "nothing-written"
    assert speaker.render("hola", voice_for(), tmp_path / "a.wav") is None
    assert speaker.starts == 1


def test_a_killed_engine_is_restarted_and_the_line_is_there(speaker: Speaker, tmp_path: Path) -> None:
    rendered(speaker, voice_for(), tmp_path)
    first = speaker.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert level(rendered(speaker, voice_for(), tmp_path)) > 800
    assert speaker.starts == 2
    assert speaker.pid != first


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGSTOP")
def test_a_hung_engine_is_killed_and_restarted(tmp_path: Path) -> None:
    speaker = Speaker(request_seconds=0.5)
    speaker.start()
    hung = speaker.pid
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    assert speaker.render("hola", voice_for(), tmp_path / "a.wav") is None
    assert not process_exists(hung)
    assert speaker.starts == 2
    speaker.close()


DEAF = """
import json, sys
print(json.dumps({"ready": True, "driver": "deaf", "version": "1", "library": "none", "voices": []}), flush=True)
for line in sys.stdin: pass
"""


def test_an_engine_that_hangs_again_after_the_restart_is_given_up_as_a_value(tmp_path: Path) -> None:
    speaker = Speaker(command=[sys.executable, "-c", DEAF], request_seconds=0.2)
    failure = speaker.render("hola", voice_for(), tmp_path / "a.wav")
    assert isinstance(failure, SpeechUnavailable)
    assert failure.code == "engine-hung"
    assert speaker.starts == 2
    assert speaker.pid is None
    # Given up: the next line costs no time and no process.
    assert speaker.render("hola", voice_for(), tmp_path / "a.wav") == failure
    assert speaker.starts == 2
    speaker.forgive()
    assert speaker.render("hola", voice_for(), tmp_path / "a.wav") is not None
    assert speaker.starts == 4


@pytest.mark.parametrize(
    ("command", "code", "starts"),
    [
        ([sys.executable, "-c", ""], "engine-died", 2),
        ([sys.executable, "-c", "print('nonsense')"], "engine-failed", 2),
        ([sys.executable, "-c", """print('{"ready": false, "code": "no-engine"}')"""], "no-engine", 1),
        (["/nonexistent/python"], "engine-not-started", 0),
    ],
)
def test_an_engine_that_cannot_start_is_a_value(tmp_path: Path, command: list[str], code: str, starts: int) -> None:
    speaker = Speaker(command=command)
    failure = speaker.render("hola", voice_for(), tmp_path / "a.wav")
    assert failure is not None
    assert failure.code == code
    assert speaker.starts == starts


def test_a_wrong_data_path_in_the_environment_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, speaker: Speaker, tmp_path: Path
) -> None:
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(tmp_path))
    assert isinstance(speaker.start(), EngineInfo)


@pytest.mark.skipif(sys.platform != "linux", reason="needs LD_LIBRARY_PATH")
def test_a_systems_library_without_its_data_gives_way_to_our_own(
    monkeypatch: pytest.MonkeyPatch, speaker: Speaker, tmp_path: Path
) -> None:
    (tmp_path / "libespeak-ng.so.1").symlink_to(_library_of_the_wheel())  # its compiled-in data path does not exist
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    info = speaker.start()
    assert isinstance(info, EngineInfo)
    assert info.library == "wheel"
    assert speaker.starts == 2
    assert level(rendered(speaker, voice_for(), tmp_path)) > 800


def _library_of_the_wheel() -> Path:
    spec = importlib.util.find_spec("espeakng_loader")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "libespeak-ng.so.1"


def test_close_ends_the_process_and_may_be_repeated() -> None:
    speaker = Speaker()
    speaker.start()
    pid = speaker.pid
    assert pid is not None
    speaker.close()
    speaker.close()
    assert not process_exists(pid)


PARENT = """
import sys
from simulator.speech.synthesis import Speaker
speaker = Speaker()
speaker.start()
print(speaker.pid, flush=True)
sys.stdin.read()
"""


def test_the_engine_does_not_outlive_a_killed_parent() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    engine = int(parent.stdout.readline())
    assert process_exists(engine)
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    gone = threading.Event()
    for _ in range(200):
        # The system adopts the orphan and buries it; a zombie that nobody buries (in a container) is gone too.
        if not process_exists(engine) or _is_zombie(engine):
            gone.set()
            break
        gone.wait(0.05)
    assert gone.is_set()


def _is_zombie(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] == "Z"


def test_nothing_but_answers_comes_out_of_the_engine(tmp_path: Path) -> None:
    request = {
        "id": 1, "text": "hola", "path": str(tmp_path / "a.wav"), "voice": "roa/es-419", "language": "es-419",
        "gender": "male", "rate": 165, "pitch": 50, "range": 50,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "simulator.speech.engine"],
        input=json.dumps(request) + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=30,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["ready"] is True
    assert lines[1:] == [{"id": 1, "ok": True}]


def test_the_program_itself_never_loads_the_engine() -> None:
    code = "import sys, simulator.speech.studio, simulator.speech.sounds, simulator.speech.report; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    ).stdout.split()
    assert not {"pyttsx3", "espeakng_loader", "numpy", "PySide6"} & set(loaded)
