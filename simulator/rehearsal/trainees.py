"""Trainees of the explorer: good, poor, silent and rude ones, who play a whole attempt by chance from a seed.

Each follows one of the scenario's own tests, or, where there is none, what the channel allows, and strays from it in
their own way. They know nothing of the steps; whatever the channel's table allows they may do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from simulator.rehearsal.player import Player
from simulator.rehearsal.texts import NEUTRAL, Texts
from simulator.rehearsal.variations import calm_voice, spoken, voice_beyond
from simulator.rehearsal.ways import acts_named
from simulator.scenario.moves import Move, Speak, Wait
from simulator.scenario.scenario import Scenario
from simulator.session.decide import allowed_acts
from simulator.session.state import Phase

MOST_MOVES = 30
"""Moves of one attempt."""


class Manner(StrEnum):
    """How a trainee is."""

    GOOD = "good"
    POOR = "poor"
    SILENT = "silent"
    RUDE = "rude"


_STRAYS = {Manner.GOOD: 0.25, Manner.POOR: 0.5, Manner.SILENT: 0.5, Manner.RUDE: 0.4}
"""How often (of 1) a move is another than the script's."""
_PAUSES = (4, 9, 16, 25, 70, 130, 200)
"""For how many seconds a silent one says nothing."""


@dataclass(frozen=True, slots=True)
class Trainee:
    """One trainee at a scenario. `texts`: of each contact; `chance`: a generator of their own."""

    manner: Manner
    scenario: Scenario
    texts: Mapping[str, Texts]
    chance: Random

    def moves(self, player: Player) -> Iterator[Move]:
        """What they do, move after move, seeing how the attempt stands; the caller plays each before asking on."""
        tests = self.scenario.doc.tests
        script = list(self.chance.choice(tests).do) if tests else []
        for _ in range(MOST_MOVES):
            if player.state.ended is not None or (not script and player.contact.phase is Phase.AFTER):
                return
            follows = bool(script) and self.chance.random() >= _STRAYS[self.manner]
            if follows:
                yield self._voiced(script.pop(0))
                continue
            stray = self._stray(player)
            if script and self.chance.random() < 0.5:
                script.pop(0)  # instead of it, not before it
            yield self._voiced(stray)

    def _stray(self, player: Player) -> Move:
        chance = self.chance.random()
        match self.manner:
            case Manner.SILENT if chance < 0.6:
                return Wait(self.chance.choice(_PAUSES) * 1000)
            case Manner.RUDE if chance < 0.6:
                return Speak(self._pick(self.texts[player.at].wrong("no-rudeness")), interrupt=chance < 0.3)
            case _ if chance < 0.6:
                return Speak(self._about(player))
            case _:
                return self._act(player)

    def _about(self, player: Player) -> str:
        """Words on something that the step expects, or on any other checkpoint: well said, or badly."""
        part, texts = self.scenario.of(player.at), self.texts[player.at]
        here = part.steps_of(None).get(player.contact.customer.step)
        ids = list(here.expects) if here is not None and self.chance.random() < 0.7 else list(part.checkpoints)
        id = self.chance.choice(ids or list(part.checkpoints) or [""])
        return self._pick(texts.wrong(id) if self.manner is Manner.POOR else texts.right(id))

    def _act(self, player: Player) -> Move:
        """Any act that the channel allows now. Only a rude one hangs up on somebody."""
        acts = sorted(allowed_acts(self.scenario, player.state, player.contact.id))
        if self.manner is not Manner.RUDE and player.contact.phase is Phase.TALKING:
            acts = [act for act in acts if act != "hang-up"]
        return self.chance.choice(acts_named(self.scenario, self.chance.choice(acts))) if acts else Wait(5_000)

    def _pick(self, texts: Iterator[str]) -> str:
        found = list(texts)
        return self.chance.choice(found) if found else self.chance.choice(NEUTRAL)

    def _voiced(self, move: Move) -> Move:
        """What is said gets a voice where the scenario marks voices: a calm one, or one beyond its bounds."""
        measured = any("voice" in play.checkpoint.marks for play in self.scenario.checkpoints.values())
        if not isinstance(move, Speak) or move.voice or not measured:
            return move
        bad = self.manner is not Manner.GOOD and self.chance.random() < 0.6
        bounds = self.scenario.doc.bounds
        return spoken(move, voice_beyond(bounds) if bad else calm_voice(bounds))
