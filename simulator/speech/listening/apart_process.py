"""The recogniser's own process: ``python -m simulator.speech.listening.apart_process MODULE:FUNCTION [ARGUMENT…]``.

First line out: ``{"name": …}``, or ``{"code": …, "detail": …}`` and the end. Then one answer to each line:
``{"do": "prepare", "names": […], "sentences": […]}``, ``{"do": "begin"}``, ``{"do": "accept", "pcm": base64}``,
``{"do": "finish"}`` → ``{"ok": true, …}`` or ``{"ok": false, "detail": …}``. The end of the input ends the process.
"""

import base64
import importlib
import json
import os
import signal
import sys
from collections.abc import Iterable
from typing import IO, Any

from simulator.speech.heard import Hints, ListeningUnavailable, Recogniser, Utterance
from simulator.speech.listening.apart import heard_to


def serve(lines: Iterable[bytes], out: IO[str], maker: str, arguments: list[str]) -> None:
    """Answers until the lines end."""
    try:
        module, _, function = maker.partition(":")
        loaded = getattr(importlib.import_module(module), function)(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever a library raises, the parent must get its answer
        loaded = ListeningUnavailable("recogniser-not-loaded", repr(error))
    if isinstance(loaded, ListeningUnavailable):
        _tell(out, {"code": loaded.code, "detail": loaded.detail})
        return
    _tell(out, {"name": loaded.name})
    desk = _Desk(loaded)
    for line in lines:
        try:
            _tell(out, {"ok": True, **desk.answer(json.loads(line))})
        except Exception as error:  # noqa: BLE001 - as above
            _tell(out, {"ok": False, "detail": repr(error)})
    loaded.close()


class _Desk:
    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._utterance: Utterance | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["do"] == "prepare":
            self._recogniser.prepare(Hints(tuple(request["names"]), tuple(request["sentences"])))
            return {}
        if request["do"] == "begin":
            self._utterance = self._recogniser.begin()
            return {}
        if self._utterance is None:
            raise ValueError("no utterance")
        if request["do"] == "accept":
            return {"text": self._utterance.accept(base64.b64decode(request["pcm"]))}
        utterance, self._utterance = self._utterance, None
        return {"heard": heard_to(utterance.finish())}


def _tell(out: IO[str], answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()


def main() -> None:
    """Runs on this process' own input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the whole group; the parent decides when we end
    # A library may print: keep the real output for the answers, send the prints to the error stream.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, out, sys.argv[1], sys.argv[2:])


if __name__ == "__main__":
    main()
