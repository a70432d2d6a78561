"""A recogniser's scripted twin: it understands nothing and gives prepared answers. Its name says so."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from simulator.speech.heard import RATE, Heard, Hints


class ScriptedRecogniser:
    """Answers the utterances with `heard`, one after the other; when they are used up, with nothing.

    Words that have times appear in the partial result when the sound has come so far.
    """

    def __init__(self, heard: Iterable[Heard] = ()) -> None:
        self._left = deque(replace(answer, engine=self.name) for answer in heard)
        self.hints: list[Hints] = []
        """All that it was prepared with."""
        self.given: list[bytes] = []
        """The sound of each utterance that was finished."""
        self.closed = False

    @property
    def name(self) -> str:
        return "scripted"

    def prepare(self, hints: Hints) -> None:
        self.hints.append(hints)

    def begin(self) -> "ScriptedUtterance":
        return ScriptedUtterance(self)

    def close(self) -> None:
        self.closed = True

    def next_answer(self) -> Heard:
        """What the utterance of now will be heard as."""
        return self._left[0] if self._left else Heard("", engine=self.name)

    def finished(self, pcm: bytes) -> Heard:
        """The answer, which is then used up."""
        self.given.append(pcm)
        answer = self.next_answer()
        if self._left:
            self._left.popleft()
        return answer


class ScriptedUtterance:
    """Of a `ScriptedRecogniser`."""

    def __init__(self, recogniser: ScriptedRecogniser) -> None:
        self._recogniser = recogniser
        self._pcm = bytearray()

    def accept(self, pcm: bytes) -> str:
        self._pcm += pcm
        passed = len(self._pcm) // 2 * 1000 // RATE
        return " ".join(word.text for word in self._recogniser.next_answer().words if word.end_ms <= passed)

    def finish(self) -> Heard:
        return self._recogniser.finished(bytes(self._pcm))
