"""How an utterance was spoken, in plain acoustics: pace, pauses, level, noise. Nothing is said about feelings. Pure.

How things are counted, and after whom:

- **Words a minute** (`wpm`) is the *speech rate*: words over the time from the first word's beginning to the last one's
  end, **pauses inside included**, as the norms for Spanish count it (150–200, best understood 170–190; E. Rodero, «A
  comparative analysis of speech rate and perception in radio bulletins», Text & Talk 32, 2012). Sounds of hesitation
  («eh», «mmm») take time and are no words.
- **Syllables a second** (`sps10`) is the *articulation rate*: **pauses taken away** (N. de Jong and T. Wempe, «Praat
  script to detect syllable nuclei and measure speech rate automatically», Behavior Research Methods 41, 2009).
- **A pause** is a silence of 250 ms or more inside the utterance: shorter ones belong to the sounds themselves
  (F. Goldman-Eisler, Psycholinguistics, 1968; N. de Jong and H. Bosker, «Choosing a threshold for silent pauses»,
  DiSS 2013). It is found in the samples, and stands if a word begins or ends there.
- **Speech is told from silence** by level: within 25 dB of the loud parts (Praat's default), and 6 dB above the noise.
- **dBFS**: RMS against a full-scale square wave, so that a full-scale sine has −3.

numpy is imported when first used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from simulator.language.syllables import syllables
from simulator.speech.heard import RATE, Word
from simulator.speech.spoken import in_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Mask = NDArray[np.bool_]

PAUSE_MS: Final = 250
"""The least silence that counts as a pause."""
QUIETEST_DB: Final = -90
"""Digital silence is written as this level (dBFS)."""
_HOP: Final = RATE // 100
_HOP_MS: Final = 10
_BELOW_LOUD_DB: Final = 25
_ABOVE_NOISE_DB: Final = 6
_AUDIBLE_DB: Final = -60
"""A recording whose loud parts stay below this has no voice in it."""
_JOIN_FRAMES: Final = 10
"""Silences shorter than 100 ms are inside a word (the closure of p, t, k)."""
_LEAST_FRAMES: Final = 5
"""Sounds shorter than 50 ms between silences are clicks and lips."""
_EDGE_MS: Final = 200
"""So far a word's time may be off and still be corrected by the samples."""
_BOUNDARY_MS: Final = 100
_LEAST_WORDS: Final = 3
_LEAST_SPAN_MS: Final = 1_000
"""A «yes, of course» has no pace worth the name."""
_LEAST_NOISE_FRAMES: Final = 10
_GUARD_FRAMES: Final = 5
"""50 ms beside speech are still its reverberation, not the noise of the room."""
_CLIPPED: Final = 32_760
_SWING_FRAMES: Final = 5
_TAIL_FRAMES: Final = 50
LOGGED_PAUSES: Final = 20
"""The places of at most so many pauses go to the log, the longest first chosen."""

_HESITATION: Final = re.compile(r"e+h+|ee+|e+h*m+|mm+|h+m+|a+h*m+")
_FILLERS: Final = (("o", "sea"), ("digamos",))
"""Said to win time, wherever they stand."""
_FILLERS_BEFORE_A_PAUSE: Final = (("este",), ("pues",), ("bueno",), ("entonces",), ("a", "ver"))
"""Words of their own that only fill when a silence follows («este…»), or when they are said twice («este, este»).

Both lists are our own: no published count of the fillers of Spanish-speaking agents was found. Recognisers drop many
hesitations, so that the count is a lower bound."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured of an utterance; None where it cannot be known. Times: milliseconds from its first sample."""

    begin_ms: int | None = None
    """First voiced sample."""
    end_ms: int | None = None
    """Last voiced sample."""
    wpm: int | None = None
    """Words a minute, pauses included."""
    sps10: int | None = None
    """Tenths of syllables a second, pauses taken away."""
    pauses: tuple[tuple[int, int], ...] = ()
    """Begin and end of each silence of at least `PAUSE_MS` inside the utterance."""
    delay_ms: int | None = None
    """From the end of the customer's line to the first voiced sample; None when the agent began before that end."""
    fillers: int = 0
    dbfs: int | None = None
    """Level of the voice, whole dBFS (negative)."""
    noise_dbfs: int | None = None
    """Level of what sounds where nobody speaks, whole dBFS; None where there is too little of it."""
    snr: int | None = None
    """Voice over noise, whole dB."""
    swing: int | None = None
    """Between the quiet and the loud parts of the voice (10th and 95th percentile of 50 ms), whole dB."""
    tail: int | None = None
    """How far the last half second of voice lies above (or, negative, below) the level, whole dB."""
    clipped: int | None = None
    """Samples cut off at full scale, per mille of those between begin and end."""
    confidence: int | None = None
    """The recogniser's mean confidence, 0–100."""

    @property
    def pause_ms(self) -> int:
        """All pauses together."""
        return sum(end - begin for begin, end in self.pauses)

    @property
    def longest_pause_ms(self) -> int:
        """The longest pause, 0 when there is none."""
        return max((end - begin for begin, end in self.pauses), default=0)

    def as_voice(self) -> tuple[tuple[str, int], ...]:
        """The measures as the session's log keeps them (`Say.voice`): sorted by name, unknown ones left out.

        `wpm`, `sps10`, `pauses` (how many), `pause_ms`, `longest_pause_ms`, `delay_ms`, `fillers`, `dbfs`,
        `noise_dbfs`, `snr`, `swing`, `tail`, `clipped`, `confidence`; and where the pauses are, `pause01_at` (ms from
        `begin_ms`) and `pause01_ms`, of at most `LOGGED_PAUSES`. Empty when no voice was found and no word was heard.
        """
        if self.begin_ms is None and self.confidence is None:
            return ()
        known: dict[str, int | None] = {
            "wpm": self.wpm,
            "sps10": self.sps10,
            "pauses": len(self.pauses),
            "pause_ms": self.pause_ms,
            "longest_pause_ms": self.longest_pause_ms,
            "delay_ms": self.delay_ms,
            "fillers": self.fillers,
            "dbfs": self.dbfs,
            "noise_dbfs": self.noise_dbfs,
            "snr": self.snr,
            "swing": self.swing,
            "tail": self.tail,
            "clipped": self.clipped,
            "confidence": self.confidence,
        }
        longest = sorted(self.pauses, key=lambda pause: pause[0] - pause[1])[:LOGGED_PAUSES]
        for index, (begin, end) in enumerate(sorted(longest), 1):
            known[f"pause{index:02}_at"] = begin - (self.begin_ms or 0)
            known[f"pause{index:02}_ms"] = end - begin
        return tuple(sorted((name, value) for name, value in known.items() if value is not None))


def measure(
    pcm: bytes, words: Sequence[Word], *, began_ms: int | None = None, customer_ended_ms: int | None = None
) -> Measures:
    """Measures an utterance. `pcm`: `RATE`, mono, 16 bit; `words`: with times from its first sample, may be empty.

    `began_ms`, `customer_ended_ms`: on one clock, the first voiced sample (`Take.began_ms`) and the end of the
    customer's line; both are needed for the delay. Any input is answered: what cannot be known is None.
    """
    sound = _Sound(pcm, words)
    spoken = tuple(word for word in words if not is_hesitation(word.text))
    begin, end = sound.edges(words)
    pauses = tuple(pause for pause in sound.pauses(begin, end) if _stands(pause, words))
    confidence = round(sum(word.confidence for word in words) / len(words)) if words else None
    delay = None
    if began_ms is not None and customer_ended_ms is not None and began_ms >= customer_ended_ms:
        delay = began_ms - customer_ended_ms
    wpm = sps10 = None
    if begin is not None and end is not None and len(spoken) >= _LEAST_WORDS and end - begin >= _LEAST_SPAN_MS:
        wpm = round(len(spoken) * 60_000 / (end - begin))
        talking = end - begin - sum(until - since for since, until in pauses)
        count = syllables(in_words(" ".join(word.text for word in spoken)))
        sps10 = round(count * 10_000 / talking) if talking > 0 else None
    dbfs, noise = sound.level(), sound.noise()
    return Measures(
        begin_ms=begin,
        end_ms=end,
        wpm=wpm,
        sps10=sps10,
        pauses=pauses,
        delay_ms=delay,
        fillers=count_fillers(words),
        dbfs=None if dbfs is None else round(dbfs),
        noise_dbfs=None if noise is None else round(noise),
        snr=None if dbfs is None or noise is None else round(dbfs) - round(noise),
        swing=sound.swing(),
        tail=sound.tail(),
        clipped=sound.clipped(begin, end),
        confidence=confidence,
    )


def is_hesitation(word: str) -> bool:
    """Whether it is a sound of hesitation rather than a word: «eh», «em», «mmm»."""
    return _HESITATION.fullmatch(_plain(word)) is not None


def count_fillers(words: Sequence[Word]) -> int:
    """Hesitations and filling words among what was heard."""
    said = [_plain(word.text) for word in words]
    count = at = 0
    while at < len(said):
        length = 1
        if _HESITATION.fullmatch(said[at]):
            count += 1
        elif found := next((filler for filler in _FILLERS if tuple(said[at : at + len(filler)]) == filler), None):
            count += 1
            length = len(found)
        elif found := next((f for f in _FILLERS_BEFORE_A_PAUSE if tuple(said[at : at + len(f)]) == f), None):
            length = len(found)
            last, after = words[at + length - 1], words[at + length : at + length + 1]
            paused = bool(after) and after[0].start_ms - last.end_ms >= PAUSE_MS
            again = tuple(said[at + length : at + 2 * length]) == found
            count += paused or again
        at += length
    return count


def _plain(word: str) -> str:
    return word.lower().strip(" .,;:…¡!¿?«»\"'")


def _stands(pause: tuple[int, int], words: Sequence[Word]) -> bool:
    """Whether a word begins or ends in the silence, or beside it; without words every silence stands."""
    begin, end = pause[0] - _BOUNDARY_MS, pause[1] + _BOUNDARY_MS
    return not words or any(begin <= edge <= end for word in words for edge in (word.start_ms, word.end_ms))


class _Sound:
    """The samples in frames of 20 ms, one each 10 ms, and which of them are voice."""

    def __init__(self, pcm: bytes, words: Sequence[Word]) -> None:
        import numpy as np

        raw = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
        self._raw = raw
        self._power = (raw.astype(np.float64) / 32_768) ** 2
        """Of each sample."""
        count = raw.size // _HOP
        hops = self._power[: count * _HOP].reshape(count, _HOP).sum(axis=1)
        around = np.concatenate([hops[:1], hops, hops[-1:]])
        self._frames: Numbers = (around[:-2] / 2 + around[1:-1] + around[2:] / 2) / (2 * _HOP)
        self._db = _decibels(self._frames)
        self._voice = self._told_apart(words)
        self._spans = _spans(self._voice)

    def _told_apart(self, words: Sequence[Word]) -> Mask:
        import numpy as np

        nothing = np.zeros(self._db.size, dtype=np.bool_)
        if not self._db.size:
            return nothing
        within = self._db
        if words:  # a word in a minute of silence is still the loud part
            first, last = words[0].start_ms - _EDGE_MS, words[-1].end_ms + _EDGE_MS
            within = self._db[max(0, first // _HOP_MS) : max(0, last // _HOP_MS)]
            within = within if within.size else self._db
        loud, noise = float(np.percentile(within, 95)), float(np.percentile(self._db, 5))
        if loud < _AUDIBLE_DB:
            return nothing
        # Where noise and voice are as loud, or nobody paused at all, the threshold must not climb into the voice.
        threshold = max(loud - _BELOW_LOUD_DB, min(noise + _ABOVE_NOISE_DB, loud - _ABOVE_NOISE_DB))
        found: Mask = self._db >= threshold
        return found

    def edges(self, words: Sequence[Word]) -> tuple[int | None, int | None]:
        """Where the utterance begins and ends (ms): the words' own edges, put right by the samples where they agree."""
        if not words:
            if not self._spans:
                return None, None
            return self._spans[0][0] * _HOP_MS, self._spans[-1][1] * _HOP_MS
        begin, end = words[0].start_ms, words[-1].end_ms
        starts = [first * _HOP_MS for first, _ in self._spans]
        ends = [last * _HOP_MS for _, last in self._spans]
        begin = _nearest(starts, begin)
        return begin, max(begin, _nearest(ends, end))

    def pauses(self, begin: int | None, end: int | None) -> list[tuple[int, int]]:
        """The silences between the spans of voice, inside the utterance (ms)."""
        if begin is None or end is None:
            return []
        gaps = [(before[1] * _HOP_MS, after[0] * _HOP_MS) for before, after in pairwise(self._spans)]
        return [gap for gap in gaps if gap[1] - gap[0] >= PAUSE_MS and begin <= gap[0] and gap[1] <= end]

    def level(self) -> float | None:
        """RMS of the frames with voice, dBFS."""
        voiced = self._frames[self._voice]
        return float(_decibels(voiced.mean())) if voiced.size else None

    def noise(self) -> float | None:
        """Median level of what is well away from voice, dBFS."""
        import numpy as np

        silent = np.ones(self._db.size, dtype=np.bool_)
        for first, last in self._spans:
            silent[max(0, first - _GUARD_FRAMES) : last + _GUARD_FRAMES] = False
        quiet = self._db[silent & ~self._voice]
        return float(np.median(quiet)) if quiet.size >= _LEAST_NOISE_FRAMES else None

    def swing(self) -> int | None:
        """dB between the 10th and the 95th percentile of 50 ms pieces of voice."""
        import numpy as np

        pieces = self._voice.size // _SWING_FRAMES
        kept = pieces * _SWING_FRAMES
        voiced = self._voice[:kept].reshape(pieces, _SWING_FRAMES).mean(axis=1) > 0.5
        level = _decibels(self._frames[:kept].reshape(pieces, _SWING_FRAMES).mean(axis=1))[voiced]
        if level.size < _SWING_FRAMES:
            return None
        low, high = np.percentile(level, (10, 95))
        return round(float(high - low))

    def tail(self) -> int | None:
        """The end's level less the whole's, dB; None where the voice is shorter than two such ends."""
        voiced = self._frames[self._voice]
        if voiced.size < 2 * _TAIL_FRAMES:
            return None
        return round(float(_decibels(voiced[-_TAIL_FRAMES:].mean()) - _decibels(voiced.mean())))

    def clipped(self, begin: int | None, end: int | None) -> int | None:
        """Samples at full scale, per mille of the utterance."""
        if begin is None or end is None:
            return None
        piece = self._raw[begin * RATE // 1000 : end * RATE // 1000]
        if not piece.size:
            return None
        high = (piece >= _CLIPPED) | (piece <= -_CLIPPED)
        return round(1000 * float(high.mean()))


def _nearest(found: Sequence[int], wanted: int) -> int:
    best = min(found, key=lambda edge: abs(edge - wanted), default=wanted)
    return best if abs(best - wanted) <= _EDGE_MS else max(0, wanted)


def _decibels(power: Numbers) -> Numbers:
    import numpy as np

    decibels: Numbers = 10 * np.log10(np.maximum(power, 10.0 ** (QUIETEST_DB / 10)))
    return decibels


def _spans(voice: Mask) -> list[tuple[int, int]]:
    """First and last frame (exclusive) of each stretch of voice, the short silences inside and the clicks left out."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[False], voice, [False]]).astype(np.int8)))
    joined: list[tuple[int, int]] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if joined and first - joined[-1][1] < _JOIN_FRAMES:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return [(first, last) for first, last in joined if last - first >= _LEAST_FRAMES]
