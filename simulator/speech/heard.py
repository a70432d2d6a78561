"""What listening yields, and what every recogniser offers. No library is imported here."""

from dataclasses import dataclass
from typing import Final, Protocol

RATE: Final = 16_000
"""Samples a second of everything captured and recognised: mono, signed 16-bit, little-endian (SPEECH.md)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was heard. Times in milliseconds from the first sample of the utterance; `confidence` 0–100."""

    text: str
    start_ms: int
    end_ms: int
    confidence: int


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance as a recogniser understood it. `text` is its words joined by spaces; empty when nothing was said.

    `rejected`: the recogniser found words, but the sound fits them badly (a recogniser that knows only expected
    phrases hears one of them in everything): what was said is unknown. `unheard`: words of this call's names that the
    recogniser cannot write, whatever is said.
    """

    text: str
    words: tuple[Word, ...] = ()
    engine: str = ""
    rejected: bool = False
    unheard: tuple[str, ...] = ()

    @property
    def confidence(self) -> int:
        """Mean of the words' confidences, 0–100; 0 when nothing was heard."""
        return sum(word.confidence for word in self.words) // len(self.words) if self.words else 0


@dataclass(frozen=True, slots=True)
class ListeningUnavailable:
    """Nobody listens. `code`: a key of `simulator.speech.reasons.REASONS`; `detail`: for the log, or names a file."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """What may be expected in this call: names of people, company, areas; whole sentences that an agent might say.

    A recogniser of free speech takes the names if it can take anything; one without a language model of its own makes
    one of the sentences.
    """

    names: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


class Utterance(Protocol):
    """One utterance being listened to; used from one thread."""

    def accept(self, pcm: bytes) -> str:
        """Takes the next samples (`RATE`, mono, 16 bit); the words understood so far, "" where none are offered."""
        ...

    def finish(self) -> Heard:
        """No more samples come: what was said. To be called once."""
        ...


class Recogniser(Protocol):
    """A loaded recogniser: made once, off the window's thread, and kept. Used from one thread."""

    @property
    def name(self) -> str:
        """`vosk`, `pocketsphinx`, `google` …, or `scripted`."""
        ...

    def prepare(self, hints: Hints) -> None:
        """Makes ready for a call; may take a moment."""
        ...

    def begin(self) -> Utterance:
        """A new utterance; the one before it is finished or forgotten."""
        ...

    def close(self) -> None:
        """Frees what was loaded. Idempotent."""
        ...
