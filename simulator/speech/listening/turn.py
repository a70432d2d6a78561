"""One turn being heard: its sound, where the voice in it begins and ends, the recogniser's words. No thread, no Qt."""

import time
from dataclasses import dataclass
from typing import Final

from simulator.speech.heard import RATE, Heard, Recogniser, Utterance
from simulator.speech.listening.endpoint import LONGEST_TURN_MS, Endpoint, NoiseFloor, State, goes_on
from simulator.speech.listening.frames import PRE_ROLL_MS, Clock, FrameStream, Timeline

PARTIALS_S: Final = 0.125
"""Between two partial results: eight a second."""
_HELD_LEAD_MS: Final = 2_000
"""With push-to-talk, sound before the voice was noticed: the trainee may have begun softly."""
_HELD_LEAST_MS: Final = 80
"""With push-to-talk the trainee has said that it is speech: a short or whispered «sí» counts."""


@dataclass(frozen=True, slots=True)
class Take:
    """The sound of a turn, `RATE` mono 16-bit: exactly what the recogniser was given, so that word times fit it.

    `began_ms`, `ended_ms`: first and last sample of voice, milliseconds of `time.monotonic`; where nothing was said
    both are the end of the turn. `lead_ms`: of `pcm` before the voice.
    """

    pcm: bytes
    began_ms: int
    ended_ms: int
    lead_ms: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """What a block of sound brought. `partial`: words to show now, None where they are as before."""

    over: bool
    spoke: bool = False
    """The voice has just begun; once a turn."""
    partial: str | None = None


class Turn:
    """A turn's sound on its way and what is known of it.

    `hold`: it lasts until the stream ends (push-to-talk); else until silence, too. `before`: sound from before it.
    """

    def __init__(
        self, stream: FrameStream, *, hold: bool, patience_ms: int, before: bytes = b"", floor: NoiseFloor | None = None
    ) -> None:
        self.stream = stream
        self.hold = hold
        self.before = before
        self.cancelled = False
        self.told = False
        """Its end has been delivered."""
        if hold:
            self.endpoint = Endpoint(LONGEST_TURN_MS, floor, least_speech_ms=_HELD_LEAST_MS, least_phonation_ms=0)
        else:
            self.endpoint = Endpoint(patience_ms, floor)


class Hearing:
    """A turn with the recogniser that hears it; used from the recogniser's thread.

    The recogniser is asked only when there is voice, from `PRE_ROLL_MS` before it: it may find words in silence.
    """

    def __init__(self, turn: Turn, recogniser: Recogniser, clock: Clock = time.monotonic) -> None:
        self._turn = turn
        self._recogniser = recogniser
        self._clock = clock
        self._utterance: Utterance | None = None
        self._timeline = Timeline()
        self._pcm = bytearray()
        self._first = 0
        """The sample of the stream with which `_pcm` begins."""
        self._read = 0
        self._text = ""
        self._shown = ""
        self._shown_at = clock() - PARTIALS_S
        turn.endpoint.learn(turn.before)

    def accept(self, block: bytes, moment_ms: float) -> Progress:
        """The next samples, the first of them captured at `moment_ms`. Raises what the recogniser raises."""
        endpoint = self._turn.endpoint
        self._timeline.add_known(self._read, moment_ms)
        self._read += len(block) // 2
        self._pcm += block
        state = endpoint.accept(block, going_on=goes_on(self._text))
        too_long = self._turn.hold and self._read >= LONGEST_TURN_MS * RATE // 1000
        over = state is State.ENDED or too_long
        if endpoint.began is None:
            self._forget_what_was_no_voice()
            return Progress(over)
        spoke = self._utterance is None
        if self._utterance is None:
            self._utterance = self._recogniser.begin()
            block = bytes(self._pcm)
        self._text = self._utterance.accept(block) or self._text
        return Progress(over, spoke, self._new_partial())

    def finish(self) -> tuple[Heard, Take]:
        """No more comes. Raises what the recogniser raises."""
        if self._utterance is None:
            return Heard("", engine=self._recogniser.name), self._take()
        return self._utterance.finish(), self._take()

    def _new_partial(self) -> str | None:
        now = self._clock()
        if self._text == self._shown or now - self._shown_at < PARTIALS_S:
            return None
        self._shown, self._shown_at = self._text, now
        return self._text

    def _forget_what_was_no_voice(self) -> None:
        lead = (_HELD_LEAD_MS if self._turn.hold else PRE_ROLL_MS) * RATE // 1000
        old = self._turn.endpoint.earliest - lead - self._first
        if old > 0:
            del self._pcm[: 2 * old]
            self._first += old

    def _take(self) -> Take:
        endpoint = self._turn.endpoint
        if endpoint.began is None or endpoint.ended is None:
            end = round(self._timeline.at(self._read)) if self._read else round(self._clock() * 1000)
            return Take(bytes(self._pcm), end, end, len(self._pcm) // 2 * 1000 // RATE)
        began, ended = self._timeline.at(endpoint.began), self._timeline.at(endpoint.ended - 1)
        lead = (endpoint.began - self._first) * 1000 // RATE
        return Take(bytes(self._pcm), round(began), round(ended), lead)
