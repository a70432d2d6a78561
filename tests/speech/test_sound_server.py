"""Whether the sound server is gone, told from a socket."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.speech.devices.sound_server import ServerWatch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "native"


@pytest.fixture
def server(path: Path) -> Iterator[socket.socket]:
    """One that takes no calls: they wait in its queue, which has room for one."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(path))
        listening.listen(0)
        yield listening


def test_a_server_that_is_too_busy_to_answer_is_not_gone(path: Path, server: socket.socket) -> None:
    """Once gone is gone for good: on a machine under load a call would have ended without voice and microphone."""
    watch = ServerWatch(path)  # whose question waits in the queue
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as another:
        another.setblocking(False)
        with pytest.raises(BlockingIOError):
            another.connect(str(path))
    assert not watch.gone
    server.accept()[0].close()
    assert not watch.gone


def test_a_server_that_ended_is_gone(path: Path, server: socket.socket) -> None:
    watch = ServerWatch(path)
    server.close()
    assert watch.gone


def test_a_server_that_came_back_is_another(path: Path, server: socket.socket) -> None:
    watch = ServerWatch(path)
    server.close()
    path.unlink()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as again:
        again.bind(str(path))
        again.listen(1)
        assert watch.gone


def test_where_none_answered_at_first_none_is_gone(path: Path) -> None:
    assert not ServerWatch(path).gone
