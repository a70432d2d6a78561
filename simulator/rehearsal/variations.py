"""Scripts that were played, and variations of them: calmly or hastily spoken, without what won a checkpoint."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from simulator.protocol.catalogue import Verdict
from simulator.rehearsal.player import Player
from simulator.rehearsal.texts import NEUTRAL
from simulator.scenario.model import Bounds
from simulator.scenario.moves import Move, Speak
from simulator.scoring.card import Line, Scorecard
from simulator.session.events import AgentSpoke

WORD_MS = 500
"""How long a word takes, at 120 words a minute."""

Voice = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A script that was played. `until`: the seq of the next event after each move; `card` None: the contact was not
    over."""

    script: tuple[Move, ...]
    until: tuple[int, ...]
    player: Player
    card: Scorecard | None

    def line(self, checkpoint: str) -> Line | None:
        """The checkpoint's line on the card."""
        lines = self.card.checkpoints if self.card is not None else ()
        return next((line for line in lines if line.id == checkpoint), None)

    def verdict(self, checkpoint: str) -> str | None:
        line = self.line(checkpoint)
        return None if line is None else line.verdict

    def move_of(self, seq: int) -> int:
        """Which move an event belongs to."""
        return next(number for number, until in enumerate((*self.until, seq + 1)) if seq < until)


def without(run: Run, checkpoint: str) -> list[Move] | None:
    """The script without the moves that won a checkpoint, if it did: something that says nothing in place of words."""
    line = run.line(checkpoint)
    if line is None or line.verdict != Verdict.MET:
        return None
    proving = {evidence.event for evidence in line.evidence}
    for event in run.player.events:
        if isinstance(event.what, AgentSpoke) and any(
            mark.checkpoint == checkpoint and mark.verdict == Verdict.MET for mark in event.what.marks
        ):
            proving.add(event.seq)
    guilty = {run.move_of(seq) for seq in proving}
    moves = [
        replace(move, text=NEUTRAL[0]) if number in guilty and isinstance(move, Speak) else move
        for number, move in enumerate(run.script)
        if number not in guilty or isinstance(move, Speak)
    ]
    return moves if guilty else None


def calmly(script: Iterable[Move], bounds: Bounds) -> list[Move]:
    """The script with all words spoken inside the bounds."""
    return [spoken(move, calm_voice(bounds)) if isinstance(move, Speak) else move for move in script]


def hastily(script: Sequence[Move], bounds: Bounds) -> list[Move]:
    """The script with all words spoken over the other's line, every other time beyond the bounds."""
    voices = (calm_voice(bounds), voice_beyond(bounds))
    return [
        replace(spoken(move, voices[number % 2]), interrupt=True) if isinstance(move, Speak) else move
        for number, move in enumerate(script)
    ]


def spoken(said: Speak, voice: Voice) -> Speak:
    """The words, spoken with a voice for as long as it takes."""
    return replace(said, takes_ms=max(1, len(said.text.split())) * WORD_MS, voice=voice)


def calm_voice(bounds: Bounds) -> Voice:
    """Measures of a voice inside the bounds."""
    return (("wpm", bounds.wpm - 10), ("dbfs", bounds.quietest + 20), ("snr", bounds.snr + 15), ("pauses", 1))


def voice_beyond(bounds: Bounds) -> Voice:
    """Measures of a hasty, loud and noisy voice."""
    return (("wpm", bounds.wpm + 80), ("dbfs", -1), ("snr", bounds.snr - 5), ("pauses", 1))
