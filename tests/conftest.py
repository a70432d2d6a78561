"""The strict climate: a folder of its own for each test, no thread left behind, no warning unheard."""

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from pydantic import Field, TypeAdapter  # noqa: F401 - half of pydantic before Qt and half after it fails to import

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # real windows are opened by tests that start Xvfb themselves
hypothesis.settings.register_profile("untimed", deadline=None)  # speed is measured in tests/benchmarks
if not os.environ.get("CI"):  # where hypothesis has a profile of its own, without a deadline too
    hypothesis.settings.load_profile("untimed")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # no test writes to the keyring of who runs it


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's folders (data, settings, cache) are this test's alone."""
    home = tmp_path / "home"
    monkeypatch.setenv("TERCER_TIMBRE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A thread that a test started has ended with it."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not _is_qt(thread)]
    for thread in left:
        thread.join(2)
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left behind: {left}"


def _is_qt(thread: threading.Thread) -> bool:
    """A pool's thread that ran Python once shows as a dummy; Qt owns it."""
    return isinstance(thread, threading._DummyThread)


@pytest.fixture(autouse=True)
def no_warning_logged(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test, unless it is marked `expects_log`."""
    yield
    if request.node.get_closest_marker("expects_log") is not None:
        return
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, f"logged: {[record.getMessage() for record in loud]}"
