"""A process of our own that is asked by lines of JSON, one answer to each; the waits have an end."""

import contextlib
import json
import os
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_CLOSE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """`kind`: hung, died, or failed (what came is no JSON object)."""

    kind: str
    detail: str


class Child:
    """One run of it. Its output is read by a thread, because a pipe cannot be waited on everywhere. OSError from the
    constructor if it cannot be started."""

    def __init__(self, command: Sequence[str], name: str) -> None:
        root = Path(__file__).resolve().parents[2]
        paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name=name, daemon=True)
        self._reader.start()

    def ask(self, request: Mapping[str, object]) -> bool:
        """False if the process no longer listens."""
        if self._process.stdin is None:
            return False
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return False
        return True

    def answer(self, seconds: float) -> dict[str, Any] | NoAnswer:
        """The next answer, or why there is none."""
        try:
            line = self._answers.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return NoAnswer("hung", f"no answer in {seconds:.1f} s")
        if not line:
            return NoAnswer("died", f"exit status {self._process.poll()}")
        try:
            answer = json.loads(line)
        except ValueError:
            return NoAnswer("failed", repr(line[:200]))
        return answer if isinstance(answer, dict) else NoAnswer("failed", repr(line[:200]))

    def end(self, *, politely: bool) -> None:
        """Closes the input and waits; kills what does not end. Afterwards neither process nor thread is left."""
        if not politely:
            self._process.kill()
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # a dead reader: closing would flush into a broken pipe
                self._process.stdin.close()
        try:
            self._process.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        if self._process.stdout is not None:
            for line in self._process.stdout:
                self._answers.put(line)
        self._answers.put(b"")
