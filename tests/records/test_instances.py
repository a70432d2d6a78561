"""Processes: killed at any moment, or two at once on one file."""

import multiprocessing
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import TercerTimbreError
from simulator.records.store import Store
from tests.records import writer
from tests.records.cases import events, later, stock

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds until a silent process fails the test


@contextmanager
def process(task: Callable[..., None], *args: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process that runs the task with a pipe to answer on; whatever happens it is gone afterwards.

    A fork server has the libraries loaded, so that a process starts in milliseconds; where there is none (Windows) each
    process is started anew.
    """
    servers = "forkserver" in multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if servers else "spawn")
    if servers:
        context.set_forkserver_preload([writer.__name__])
    ours, theirs = context.Pipe(duplex=False)
    child: BaseProcess = context.Process(target=task, args=(*args, theirs))
    child.start()
    theirs.close()
    try:
        yield child, ours
    finally:
        child.kill()
        child.join()
        ours.close()
        child.close()


def answer(pipe: Connection) -> int:
    assert pipe.poll(PATIENCE), "the process says nothing"
    said: int = pipe.recv()
    return said


def kill_and_compare(path: Path, rounds: int, seed: int) -> None:
    """Kill the writer `rounds` times; each time the log must hold all that was acknowledged, whole batches only."""
    chance = random.Random(seed)
    with Store.open(path) as store:
        new = stock(store)
    for number in range(rounds):
        attempt = f"a{number}"
        with Store.open(path) as store:
            store.begin(later(new, attempt, minutes=number))
        acknowledged = 0
        with process(writer.write, str(path), attempt) as (child, pipe):
            for _ in range(chance.randrange(1, 40)):
                acknowledged = answer(pipe)
            for _ in range(chance.randrange(20_000)):
                pass  # let it get anywhere between two acknowledgements
            child.kill()
            child.join()
            while pipe.poll():  # what it acknowledged before it died
                try:
                    acknowledged = pipe.recv()
                except EOFError:
                    break
        with Store.open(path) as store:
            log = store.events(attempt)  # raises when a seq is missing
            assert len(log) >= acknowledged > 0
            assert len(log) in writer.batch_ends(len(log))
            assert log == [text for _, text in events(0, len(log), attempt)]
            assert store.unfinished()[0].id == attempt
            store.append(attempt, events(len(log), 1, attempt))  # the next start goes on where it stopped
            assert store.check() == []


def test_a_kill_loses_nothing_acknowledged(path: Path) -> None:
    kill_and_compare(path, rounds=20, seed=2)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_acknowledged(path: Path) -> None:
    kill_and_compare(path, rounds=200, seed=6)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process is forked")
def test_two_hundred_kills_of_the_workshop_lose_nothing_acknowledged(path: Path) -> None:
    command = [sys.executable, "-m", "tests.records.killing", str(path), "200", "7"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "'finished': " in ran.stdout
    assert "'running': " in ran.stdout, "some were killed in the middle"


def test_two_instances_take_turns_in_one_attempt(path: Path) -> None:
    with Store.open(path) as store:
        store.begin(stock(store))
        tasks = [process(writer.write_turns, str(path), "a1", 100) for _ in range(2)]
        with tasks[0] as (_, one), tasks[1] as (_, other):
            answer(one)
            answer(other)
        assert store.events("a1") == [text for _, text in events(0, 200)]


def test_the_slower_of_two_writers_is_refused(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as other:
        one.begin(stock(one), events(0, 1))
        other.append("a1", events(1, 1))
        with pytest.raises(TercerTimbreError) as refusal:
            one.append("a1", [(1, '{"rewritten":true}')])
        assert (refusal.value.code, refusal.value.args_["seq"]) == ("events-stored", 1)
        assert one.events("a1") == other.events("a1") == [text for _, text in events(0, 2)]


def test_several_first_starts_at_once_make_one_database(path: Path) -> None:
    for turn in range(5):
        fresh = path.with_name(f"fresh-{turn}.db")
        tasks = [process(writer.open_only, str(fresh)) for _ in range(4)]
        with tasks[0] as (_, a), tasks[1] as (_, b), tasks[2] as (_, c), tasks[3] as (_, d):
            assert [answer(pipe) for pipe in (a, b, c, d)] == [0, 0, 0, 0]
