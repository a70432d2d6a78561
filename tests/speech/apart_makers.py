"""Recognisers for `test_apart`, made in the process apart."""

import os
import time

from simulator.speech.heard import Heard, Hints, ListeningUnavailable, Word
from simulator.speech.listening.scripted import ScriptedRecogniser, ScriptedUtterance


class Awkward(ScriptedRecogniser):
    """Does as its hints say: `die`, `hang`, `raise`; prints, as libraries do."""

    def begin(self) -> ScriptedUtterance:
        print("a library prints", flush=True)  # noqa: T201
        wish = self.hints[-1].names[0] if self.hints else ""
        if wish == "die":
            os._exit(3)
        if wish == "hang":
            time.sleep(60)
        if wish == "raise":
            raise RuntimeError("begin")
        return super().begin()

    def prepare(self, hints: Hints) -> None:
        super().prepare(hints)


def awkward(*texts: str) -> Awkward:
    """Answers with these."""
    return Awkward(Heard(text, (Word(text, 0, 100, 88),)) for text in texts)


def unavailable() -> ListeningUnavailable:
    """There is none."""
    return ListeningUnavailable("no-microphone", "of the test")


def broken() -> None:
    """Raises as a library does."""
    raise OSError("model missing")
