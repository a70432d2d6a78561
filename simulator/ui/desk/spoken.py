"""A spoken reply on its way from the recogniser to the session. Pure."""

from dataclasses import dataclass, replace

from simulator.session.events import Recognised
from simulator.session.hearing import SURE
from simulator.speech.heard import Heard
from simulator.speech.listening.turn import Take
from simulator.speech.measuring import measure


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said aloud and not yet sent. `began`, `ended`: session time (ms) of the voice; `voice`: its measures;
    `pcm`: its sound."""

    recognised: Recognised
    began: int
    ended: int
    voice: tuple[tuple[str, int], ...]
    pcm: bytes

    @property
    def text(self) -> str:
        """The words as they were heard."""
        return self.recognised.text

    @property
    def is_doubtful(self) -> bool:
        """Whether it was heard so badly that it should be read before it counts."""
        sure = [confidence for _, _, confidence in self.recognised.words]
        return self.recognised.rejected or (bool(sure) and sum(sure) // len(sure) < SURE)

    def followed_by(self, more: "Spoken") -> "Spoken":
        """This and what was said after it, as one reply. The measures are those of the longer part."""
        shift = len(self.text) + 1
        words = tuple((a + shift, b + shift, sure) for a, b, sure in more.recognised.words)
        joined = replace(
            self.recognised,
            text=f"{self.text} {more.text}",
            words=self.recognised.words + words,
            rejected=self.recognised.rejected or more.recognised.rejected,
        )
        longer = self if self.ended - self.began >= more.ended - more.began else more
        voice = dict(longer.voice)
        if "pauses" in dict(self.voice) or "pauses" in dict(more.voice):  # between the two was another one
            voice["pauses"] = dict(self.voice).get("pauses", 0) + dict(more.voice).get("pauses", 0) + 1
        spoken_ms = self.ended - self.began + more.ended - more.began
        return Spoken(joined, more.ended - spoken_ms, more.ended, tuple(sorted(voice.items())), self.pcm + more.pcm)

    def reviewed(self) -> Recognised:
        """How it is logged once the trainee has read it and sent it by hand."""
        return replace(self.recognised, reviewed=True)


def spoken(
    heard: Heard, take: Take, *, began: int, customer_ended: int | None, headset: bool, usual_dbfs: int
) -> Spoken:
    """What was heard with its measures.

    `began`, `customer_ended`: session time (ms) of the first voice and of the end of the other's line; `headset`:
    the microphone stays open while the customer speaks; `usual_dbfs`: the speaker's own level, 0 when not known.
    """
    words, at = [], 0
    for word in heard.words:
        start = heard.text.find(word.text, at)
        if start < 0:
            continue
        at = start + len(word.text)
        words.append((start, at, word.confidence))
    measures = measure(take.pcm, heard.words, began_ms=began, customer_ended_ms=customer_ended)
    measured = dict(measures.as_voice())
    measured["duplex"] = int(headset)
    if usual_dbfs:
        measured["usual_dbfs"] = usual_dbfs
    recognised = Recognised(heard.text, heard.engine, tuple(words), rejected=heard.rejected, unheard=heard.unheard)
    lasted = max(0, take.ended_ms - take.began_ms)
    if measures.begin_ms is not None and measures.end_ms is not None:
        lasted = measures.end_ms - measures.begin_ms  # counted in samples: no clock stood between
    ended = began + lasted
    return Spoken(recognised, began, ended, tuple(sorted(measured.items())), take.pcm)
