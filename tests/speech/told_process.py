"""A small program of ours that is told what to do, and tells what happens, in lines of JSON."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 20


class ToldProcess:
    """A module run in a process of its own, because Qt's tie to a sound server is one a process.

    Commands and messages are JSON lists, the name first; `opened` is what its message `open` said.
    """

    def __init__(self, module: str, environment: Mapping[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
            cwd=ROOT,
            text=True,
        )
        self._told: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        self.opened = self.next("open")

    def send(self, *words: str) -> None:
        """A command."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()

    def next(self, name: str, timeout: float = PATIENCE_S) -> list[Any]:
        """The next message of this name; others before it are passed over."""
        while True:
            told = self._told.get(timeout=timeout)
            if told[0] == name:
                return told[1:]
            assert told != ["end"], f"the program ended with {self.process.wait()} before it told {name}"

    def until(self, last: str) -> list[list[Any]]:
        """All messages until one of this name, that one included."""
        found: list[list[Any]] = []
        while not found or found[-1][0] != last:
            found.append(self._told.get(timeout=PATIENCE_S))
            assert found[-1] != ["end"], f"the program ended before it told {last}"
        return found

    def everything(self) -> list[list[Any]]:
        """What it tells until it ends."""
        return list(iter(lambda: self._told.get(timeout=PATIENCE_S), ["end"]))

    def close(self) -> None:
        """Ends it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if self.process.poll() is None:
            self.send("quit")
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self._thread.join()
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self._told.put(json.loads(text))
        self._told.put(["end"])
