"""The road for slow work: order, threads, failures, and its end."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulator.ui.tasks import Tasks

ROOT = Path(__file__).parents[2]

DROPPED = """
import gc
from PySide6.QtCore import QCoreApplication, QEvent
from simulator.ui.tasks import Tasks

def once():
    tasks, done = Tasks(), []
    tasks.run(int, done.append, done.append)
    while not done:
        app.processEvents()
    tasks.close()

app = QCoreApplication([])
gc.disable()
for _ in range(50):
    once()
    app.processEvents()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
gc.collect()
print("whole")
"""
"""Drops a road while Qt still has to delete what it asked to have deleted later, if it asks for such a thing."""


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def _unwanted(error: Exception) -> None:
    raise AssertionError("no task of this test fails") from error


def test_a_road_dropped_right_after_its_last_result_leaves_the_program_whole() -> None:
    # In a process of its own: a failure is a crash and would take the other tests along.
    ran = subprocess.run([sys.executable, "-c", DROPPED], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "whole\n", "")


def test_work_is_done_in_order_on_one_worker_and_told_on_the_windows_thread(qtbot: QtBot, tasks: Tasks) -> None:
    worked: set[int] = set()
    told: list[tuple[int, int]] = []

    def work(number: int) -> int:
        worked.add(threading.get_ident())
        return number

    for number in range(50):
        tasks.run(partial(work, number), lambda n: told.append((n, threading.get_ident())), _unwanted)
    assert not tasks.idle
    assert told == []
    qtbot.waitUntil(lambda: tasks.idle)
    here = threading.get_ident()
    assert told == [(number, here) for number in range(50)]
    assert len(worked) == 1
    assert here not in worked


def test_a_failure_comes_by_its_own_callback(qtbot: QtBot, tasks: Tasks) -> None:
    failed: list[Exception] = []
    tasks.run(lambda: 1 // 0, lambda _value: failed.append(AssertionError()), failed.append)
    qtbot.waitUntil(lambda: tasks.idle)
    (error,) = failed
    assert isinstance(error, ZeroDivisionError)


def test_a_callback_may_ask_for_more_work(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[str] = []
    tasks.run(lambda: "first", lambda _first: tasks.run(lambda: "second", told.append, _unwanted), _unwanted)
    qtbot.waitUntil(lambda: told == ["second"])


def test_what_was_not_delivered_at_the_end_is_dropped(qtbot: QtBot) -> None:
    tasks, told = Tasks(), list[object]()
    begun, go, never = threading.Event(), threading.Event(), threading.Event()

    def long() -> bool:
        begun.set()
        return go.wait(5)

    tasks.run(int, told.append, told.append)  # done, but not told yet
    tasks.run(long, told.append, told.append)
    tasks.run(never.set, told.append, told.append)
    assert begun.wait(5)
    threading.Timer(0.05, go.set).start()
    tasks.close()
    assert go.is_set()  # it waited
    tasks.close()
    assert tasks.idle
    qtbot.wait(20)
    assert told == []
    assert not never.is_set()


def test_a_callback_dies_on_the_windows_thread(qtbot: QtBot, tasks: Tasks) -> None:
    """What a callback holds is often a page."""
    died: list[int] = []

    class Held:
        def told(self, _value: object) -> None:
            pass

    for _ in range(300):
        held = Held()
        weakref.finalize(held, lambda: died.append(threading.get_ident()))
        tasks.run(int, held.told, _unwanted)
    del held
    qtbot.waitUntil(lambda: tasks.idle)
    gc.collect()
    assert died == [threading.get_ident()] * 300
