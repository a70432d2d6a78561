"""The marks: all text checkpoints on a reply, loading the language, memory, `evaluate`."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand
from simulator.scoring.replies import LabelledReply
from tests.benchmarks.figure import Figure, quantile
from tests.labelled import ROOT, tuning_part

CHECKPOINTS = 61
SHORT, LONG = 20, 80
"""Words of a reply."""
ROUNDS = 5


def figures() -> Iterator[Figure]:
    """Understanding beside 61 compiled alternations on the same text; loading beside parsing nothing at all."""
    protocol = shipped_protocol().protocol
    lines = [reply for _, reply in tuning_part(protocol)]
    floors = [_alternation(lines, index) for index in range(CHECKPOINTS)]
    for words, goal in ((SHORT, "≤ 5 ms median"), (LONG, "≤ 20 ms median")):
        replies = _replies_of(lines, words)
        understood = _median(replies, lambda r: understand(protocol.rules, r.situation, r.reply))
        searched = _median(replies, lambda r: [floor.search(r.reply) for floor in floors])
        name = f"{len(protocol.rules)} text checkpoints on {words} words (floor: {CHECKPOINTS} `re` alternations)"
        yield Figure(name, understood, searched, "ms", goal)
    with tempfile.TemporaryDirectory() as home:
        first = _loaded(home)
        again = [_loaded(home) for _ in range(ROUNDS)]
    seconds = quantile([load["seconds"] * 1000 for load in again], 0.5)
    bare = quantile([load["bare"] * 1000 for load in again], 0.5)
    yield Figure("language from cold, compiled before (floor: importing numpy)", seconds, bare, "ms", "≤ 300 ms")
    yield Figure("the same, never compiled before", first["seconds"] * 1000, first["bare"] * 1000, "ms", "reported")
    yield Figure("memory added by the language", again[0]["megabytes"], None, "MB", "≤ 80 MB")
    yield _evaluate()


def _alternation(lines: Sequence[LabelledReply], index: int) -> re.Pattern[str]:
    """Forty phrases of three words of the replies, different for each checkpoint."""
    phrases = [r"\s+".join(map(re.escape, reply.reply.split()[:3])) for reply in lines[index :: len(lines) // 40]]
    return re.compile("|".join(phrases), re.IGNORECASE)


def _replies_of(lines: Sequence[LabelledReply], words: int) -> list[LabelledReply]:
    """Replies of that many words, ten per cent more or less; longer ones are made of several."""
    near = [line for line in lines if abs(len(line.reply.split()) - words) <= words // 10]
    if len(near) >= 200:
        return near[:400]
    joined = (" ".join(part.reply for part in lines[start : start + 8]) for start in range(0, 3200, 8))
    texts = [" ".join(text.split()[:words]) for text in joined]
    return [replace(line, reply=text) for line, text in zip(lines, texts, strict=False)]


def _median(replies: Sequence[LabelledReply], work: Callable[[LabelledReply], object]) -> float:
    """Milliseconds a reply takes, after a round that is not counted."""
    for reply in replies[:50]:
        work(reply)
    taken = []
    for reply in replies:
        began = time.perf_counter()
        work(reply)
        taken.append((time.perf_counter() - began) * 1000)
    return quantile(taken, 0.5)


_LOAD = """
import gc, json, re, time
began = time.perf_counter()
import numpy
bare = time.perf_counter() - began
size = lambda: int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read()).group(1)) / 1024
before = size()
gc.set_threshold(100_000)  # as simulator.app.start does
began = time.perf_counter()
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand
from simulator.language.situation import Situation
protocol = shipped_protocol().protocol
seconds = time.perf_counter() - began
understand(protocol.rules, Situation(customer_turn="Hola"), "Permitamme verifficar susolicitudd grasias.")
print(json.dumps({"bare": bare, "seconds": seconds, "megabytes": size() - before}))
"""


def _loaded(home: str) -> dict[str, float]:
    """A process of its own: how long the protocol takes to be there, and what it adds after a first reply (Linux)."""
    environment = {**os.environ, "TERCER_TIMBRE_HOME": home, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", _LOAD], env=environment, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(ran.stdout)
    return measured


def _evaluate() -> Figure:
    """Replies a minute that `evaluate` marks, the start of the program included."""
    files = sorted((ROOT / "tests" / "replies").glob("train-*.jsonl"))
    number = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "main.py", "evaluate", *map(str, files), "--out", str(Path(folder, "marks"))]
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        seconds = time.perf_counter() - began
    return Figure(f"evaluate, {number} replies", number / seconds * 60, None, "replies/min", "≥ 10,000")
