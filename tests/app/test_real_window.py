"""A real window under a real X server: a whole call by keyboard, and a kill in the middle of one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from simulator.records.store import Store
from simulator.records.values import Status
from simulator.records.workshop import Workshop
from simulator.session.events import AgentSpoke
from tests.app.drive import REPLIES

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.xvfb


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of our own."""
    missing = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"{', '.join(missing)} must be there in CI")
        pytest.skip(f"needs {', '.join(missing)}")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def driven(display: str, home: Path, out: Path, *more: str) -> "subprocess.Popen[str]":
    """The driver in a process of its own."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "TERCER_TIMBRE_HOME": str(home)}
    environment.pop("WAYLAND_DISPLAY", None)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.app.drive", str(out), *more],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_whole_call_by_keyboard(display: str, own_home: Path, tmp_path: Path) -> None:
    with driven(display, own_home, tmp_path) as process:
        said, complained = process.communicate(timeout=240)
    assert process.returncode == 0, complained
    assert said.splitlines()[-1] == "done"
    with Store.open(own_home / "data" / "tercer-timbre.db") as store:
        (attempt,) = store.attempts()
        past = Workshop(store, []).past(attempt.id)
    assert attempt.status is Status.FINISHED
    assert [e.what.text for e in past.events if isinstance(e.what, AgentSpoke)][:2] == list(REPLIES)
    met = {line.id for line in past.card.checkpoints if line.verdict == "met"}
    assert {"answer-before-third-ring", "greet-company", "offer-help"} <= met
    assert all((tmp_path / f"{name}.png").stat().st_size > 5_000 for name in ("library", "call", "debrief"))


def test_a_killed_program_has_kept_every_word(display: str, own_home: Path, tmp_path: Path) -> None:
    with driven(display, own_home, tmp_path, "stop-after-answer") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert first == "answered\n"
    with Store.open(own_home / "data" / "tercer-timbre.db") as store:
        workshop = Workshop(store, [])
        assert workshop.mend() == 0
        (attempt,) = store.unfinished()
        opening = workshop.take_up(attempt.id)
    assert [e.what.text for e in opening.events if isinstance(e.what, AgentSpoke)] == [REPLIES[0]]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_window_killed_at_any_moment_has_kept_what_it_showed(
    display: str, own_home: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    with driven(display, own_home, tmp_path, "talk-on") as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        time.sleep(chance.uniform(0, 6))  # the moment is chance: it is the test
        process.send_signal(signal.SIGKILL)
        said += process.communicate()[0]
    shown = [
        line.split()[1:] for line in said.splitlines(keepends=True) if line.startswith("shown") and line[-1] == "\n"
    ]
    assert shown
    with Store.open(own_home / "data" / "tercer-timbre.db", check=True) as store:
        log = store.events(shown[0][0])
        assert [sha256(log[int(seq)].encode()).hexdigest() for _attempt, seq, _digest in shown] == [
            digest for _attempt, _seq, digest in shown
        ]
        workshop = Workshop(store, [])
        workshop.mend()
        (attempt,) = store.unfinished()
        assert len(workshop.take_up(attempt.id).events) == len(log)
