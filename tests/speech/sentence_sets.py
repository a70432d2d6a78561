"""Two sets of spoken sentences: one to choose thresholds on, a clean one that was written before any of it was heard.

Whoever chooses a threshold, a weight or a list after a look at the clean set's figures makes it a development set, and
has to write another.

- *Listed*: expected in their call. Of the clean set: of the eight spoken calls that the development set does not hold,
  every tenth part of the expected sentences of 4–14 words; names aside, none is one of the development set.
- *Near*: one word of an expected sentence is another (`near-day`, `near-number`, `near-name`), or a «no» is put in or
  left out (`near-no`).
- *Service*: what other desks say. *Talk*: small talk, and what nobody should say.

Synthetic voices at a pace of their own, each in a room of its own noise; none is in both sets but `VOICE`. In the
clean set they take turns, in the other each says everything. Such figures test the chain, never accuracy with people.
The one person of the tests is in neither: her sentences were heard when the threshold was chosen.
"""

import csv
import wave
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from simulator.speech.accuracy import words_of as folded
from simulator.speech.heard import Heard, Hints
from simulator.speech.listening.expected import hints_for
from simulator.speech.listening.sphinx_engine import SphinxRecogniser
from tests.speech.said import ROOT, SPHINX_FOLDER, VOICE, Clip, blocks, say, shipped_calls

NEAR: Final = ("near-day", "near-number", "near-name", "near-no")
UNLISTED_KINDS: Final = (*NEAR, "service", "talk")

SetName = Literal["development", "clean"]


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks: a voice of espeak-ng, words a minute, pitch, and the noise of the room (dBFS)."""

    voice: str
    rate: int
    pitch: int
    noise_dbfs: float


VOICES: Final[Mapping[SetName, tuple[Speaking, ...]]] = MappingProxyType(
    {
        "development": (
            Speaking("roa/es-419+klatt", 150, 50, -72),
            Speaking("roa/es+klatt2", 165, 50, -60),
            Speaking("roa/es-419+m3", 155, 50, -72),
            Speaking("roa/es-419+f4", 150, 50, -72),
        ),
        "clean": (
            Speaking("roa/es-419+klatt", 150, 50, -72),
            Speaking("roa/es-419+klatt", 190, 55, -55),
            Speaking("roa/es+klatt4", 150, 50, -72),
            Speaking("roa/es-419+f3", 160, 50, -72),
            Speaking("roa/es+m7", 150, 45, -55),
            Speaking("roa/es-419+Annie", 140, 50, -72),
        ),
    }
)

PERSON: Final = ROOT.parent / "shared" / "models" / "human-clip" / "sppas_SPA_F23_SPA_T02.wav"
PERSON_SAYS: Final = (  # seconds, words, and the words with one of them changed
    (1.2, 3.4, "Tengo un problema con el suavizante de agua.", "Tengo un problema con el calentador de agua."),
    (
        4.4,
        7.5,
        "El nivel de agua es demasiado y gotea continuamente.",
        "El nivel de agua es demasiado y no gotea continuamente.",
    ),
    (
        7.9,
        11.1,
        "¿Podría enviarme a un técnico el martes por la mañana, por favor?",
        "¿Podría enviarme a un técnico el lunes por la mañana, por favor?",
    ),
    (11.7, 13.6, "Es el único día que puedo esta semana.", "Es el único día que no puedo esta semana."),
    (
        14.3,
        17.0,
        "Le agradecería que me confirmase la cita por escrito.",
        "Le agradecería que me confirmase la cita por teléfono.",
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the set. `of`: the expected sentence that a near one misses, else ""."""

    scenario: str
    kind: str
    text: str
    of: str
    speaking: Speaking


@dataclass(frozen=True, slots=True)
class Judged:
    """What was heard of a sentence. `expected`: the words of every sentence of its call."""

    row: Row
    heard: Heard
    expected: frozenset[tuple[str, ...]]

    @property
    def accepted(self) -> bool:
        return bool(self.heard.text) and not self.heard.rejected

    @property
    def put_in_the_mouth(self) -> bool:
        """Accepted as an expected sentence that was not said."""
        words = folded(self.heard.text)
        return self.accepted and words in self.expected and words != folded(self.row.text)

    def wrong_and_sure(self, sure: int) -> list[str]:
        """The words that were not said and would count without a doubt: accepted, and as sure as that."""
        if not self.accepted:
            return []
        said = folded(self.row.text)
        kept = _kept(said, [folded(word.text)[0] for word in self.heard.words])
        return [word.text for at, word in enumerate(self.heard.words) if at not in kept and word.confidence >= sure]


def texts(name: SetName) -> list[dict[str, str]]:
    """The frozen sentences: `scenario`, `kind`, `text`, `of`."""
    with (Path(__file__).parent / f"{name}_set.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def rows(name: SetName) -> list[Row]:
    """The sentences with who says them. Of the clean set each once, the voices taking turns within each kind."""
    voices = VOICES[name]
    if name == "development":
        return [Row(**row, speaking=voice) for voice in voices for row in texts(name)]
    turns = Counter[str]()
    found = []
    for row in texts(name):
        kind = row["kind"].partition("-")[0]
        found.append(Row(**row, speaking=voices[turns[kind] % len(voices)]))
        turns[kind] += 1
    return found


def hints_of(scenario: str) -> Hints:
    """What is expected in a shipped call."""
    return hints_for(shipped_calls()[scenario])


def heard(name: SetName) -> Iterator[Judged]:
    """The whole set, heard as the program hears it: a recogniser for each call and voice."""
    whole = rows(name)
    for scenario in dict.fromkeys(row.scenario for row in whole):
        for number, speaking in enumerate(VOICES[name]):
            mine = [row for row in whole if (row.scenario, row.speaking) == (scenario, speaking)]
            voice = replace(VOICE, name=speaking.voice, rate=speaking.rate, pitch=speaking.pitch)
            clips = say([row.text for row in mine], seed=11 + number, voice=voice, noise_dbfs=speaking.noise_dbfs)
            yield from _listened(hints_of(scenario), mine, clips)


def heard_of_the_person() -> Iterator[Judged]:
    """Her five sentences in each call: expected there (`listed`), but for one word (`near`), not at all (`service`)."""
    clips = person_clips()
    changed = tuple(other for *_, other in PERSON_SAYS)
    for scenario in dict.fromkeys(row["scenario"] for row in texts("clean")):
        for kind, more in (("listed", tuple(clip.text for clip in clips)), ("near", changed), ("service", ())):
            hints = hints_of(scenario)
            mine = [Row(scenario, kind, clip.text, "", Speaking("a person", 0, 0, 0)) for clip in clips]
            yield from _listened(replace(hints, sentences=(*hints.sentences, *more)), mine, clips)


def person_clips() -> list[Clip]:
    """The human clip cut at its hand-made labels."""
    with wave.open(str(PERSON)) as file:
        rate, pcm = file.getframerate(), file.readframes(file.getnframes())
    return [Clip(text, pcm[int(a * rate) * 2 : int(b * rate) * 2]) for a, b, text, _other in PERSON_SAYS]


def _listened(hints: Hints, mine: list[Row], clips: list[Clip]) -> Iterator[Judged]:
    expected = frozenset(folded(text) for text in hints.sentences)
    recogniser = SphinxRecogniser(SPHINX_FOLDER)
    recogniser.prepare(hints)
    for row, clip in zip(mine, clips, strict=True):
        utterance = recogniser.begin()
        for block in blocks(clip.pcm):
            utterance.accept(block)
        yield Judged(row, utterance.finish(), expected)
    recogniser.close()


def _kept(said: tuple[str, ...], heard: list[str]) -> set[int]:
    """The places of `heard` whose words were said, in the order in which they were (longest common sequence)."""
    best: list[list[tuple[int, ...]]] = [[()] * (len(heard) + 1) for _ in range(len(said) + 1)]
    for a, word in enumerate(said, 1):
        for b, other in enumerate(heard, 1):
            both = (*best[a - 1][b - 1], b - 1) if word == other else ()
            best[a][b] = max(both, best[a - 1][b], best[a][b - 1], key=len)
    return set(best[-1][-1])
