"""Real attempts, played and kept by the real workshop in a process that is killed at any moment, over and over.

`python -m tests.records.killing DATABASE ROUNDS SEED`, in a process without threads: the writer is forked from it when
all is loaded already, so that a round takes a fraction of a second.
"""

import os
import random
import select
import signal
import sys
import time
from collections import Counter
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Final, NoReturn

from simulator.records.signing import Signer
from simulator.records.store import Store
from simulator.records.workshop import Workshop
from simulator.scenario.moves import Do
from simulator.session.envelope import Event, decode, encode
from simulator.session.evolve import replayed
from tests.records.played import played
from tests.scenarios.shipped import scenario

SIGNER: Final = Signer(bytes(range(32)))
_TOLD: Final = scenario("angry-caller")
_SHORT: Final = (Do("answer"), Do("hang-up"))
_CALLS: Final = (_SHORT, _TOLD.doc.tests[0].do, _SHORT, _SHORT, _SHORT)
"""Most are short, so that beginnings and ends are met as often as the middle of a call."""
_PATIENCE_S: Final = 60.0
_LONGEST_S: Final = 0.4
"""From a writer's first word to its death, at most."""


def main(path: Path, rounds: int, seed: int) -> None:
    """Kill as many writers, each time comparing the database with what was acknowledged; prints how many attempts were
    found in which state."""
    chance = random.Random(seed)
    with Store.open(path) as store:
        workshop = Workshop(store, [], sign=lambda: SIGNER)
        agent = workshop.add_profile("Ana")
        for moves in _CALLS[:2]:  # loads what is loaded late, before it is forked
            workshop.submit(played(workshop, _TOLD, agent, moves))
    found: Counter[str] = Counter()
    promised: dict[str, dict[int, str]] = {}
    finished: set[str] = set()
    for number in range(rounds):
        for line in _killed(path, chance, number).splitlines():
            what, attempt, *more = line.split()
            if what == "kept":
                promised.setdefault(attempt, {})[int(more[0])] = more[1]
            else:
                finished.add(attempt)
        _compare(path, promised, finished)
        promised.clear()
    with Store.open(path, check=True) as store:
        found.update(attempt.status.value for attempt in store.attempts())
        assert store.unsealed() == []
        assert finished <= set(store.published())
    sys.stdout.write(f"{dict(sorted(found.items()))}\n")


def _killed(path: Path, chance: random.Random, seed: int) -> str:
    """What the writers acknowledged before they were killed: one, and in every fourth round two at once."""
    writers = [_forked(path, seed + more) for more in range(1 + (seed % 4 == 0))]
    if chance.random() < 0.8:  # else: they may be killed while they open the file
        for _child, read in writers:
            assert select.select([read], [], [], _PATIENCE_S)[0], "the writer says nothing"
    time.sleep(chance.uniform(0, _LONGEST_S))
    whole = ""
    for child, read in writers:
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the writer ended by itself"
        with os.fdopen(read) as pipe:
            said = pipe.read()
        whole += said[: said.rfind("\n") + 1]
    return whole


def _forked(path: Path, seed: int) -> tuple[int, int]:
    """A writer's process, and where its words are read."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _write(path, write, seed)
    os.close(write)
    return child, read


def _write(path: Path, pipe: int, seed: int) -> NoReturn:
    """Plays, keeps and submits attempts for ever, and says what is kept."""
    try:
        with Store.open(path) as store:
            workshop = Workshop(store, [], sign=lambda: SIGNER)
            (agent,) = store.profiles()

            def told(events: list[Event]) -> None:
                lines = (f"kept {e.attempt} {e.seq} {sha256(encode(e).encode()).hexdigest()}\n" for e in events)
                os.write(pipe, "".join(lines).encode())

            for moves in cycle(_CALLS[seed % 2 :]):
                attempt = played(workshop, _TOLD, agent, moves, seed=seed, told=told)
                workshop.submit(attempt)
                os.write(pipe, f"submitted {attempt}\n".encode())
    finally:
        os._exit(1)


def _compare(path: Path, promised: dict[str, dict[int, str]], finished: set[str]) -> None:
    with Store.open(path, check=True) as store:
        for attempt, events in promised.items():
            log = store.events(attempt)  # raises when a seq is missing
            assert {seq: sha256(log[seq].encode()).hexdigest() for seq in events} == events
            replayed([decode(row) for row in log])
        Workshop(store, [], sign=lambda: SIGNER).mend()  # as the next start does
        assert finished <= set(store.published())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
