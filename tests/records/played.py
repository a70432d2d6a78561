"""Real attempts, played headless through the workshop as the window plays them, each event kept as it happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.records.values import Profile
from simulator.records.workshop import Workshop
from simulator.rehearsal.player import Player
from simulator.scenario.moves import Move
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Command
from simulator.session.decide import decide
from simulator.session.envelope import Event
from simulator.session.evolve import evolve


@dataclass(slots=True)
class KeptPlayer(Player):
    """A player whose events are durable before anything else sees them. `keep`: makes them so."""

    keep: Callable[[list[Event]], None] = lambda _events: None

    def send(self, command: Command) -> None:
        """Decides, stores, then files, in the order of the window."""
        events = decide(self.scenario, self.state, command)
        self.keep(events)
        for event in events:
            self.events.append(event)
            self.state = evolve(self.state, event)


def played(
    workshop: Workshop,
    scenario: Scenario,
    profile: Profile,
    moves: Sequence[Move],
    *,
    seed: int = 1,
    told: Callable[[list[Event]], None] = lambda _events: None,
) -> str:
    """A whole attempt, kept; returns its id. `told`: hears of events that are kept."""
    opening = workshop.begin(scenario, profile, hints=False, seed=seed)
    assert opening.start is not None

    def keep(events: list[Event]) -> None:
        opening.keep(events)
        told(events)

    player = KeptPlayer(scenario, seed, profile.name, attempt=opening.attempt, keep=keep)
    player.send(opening.start)
    player.play(moves)
    player.finish()
    return opening.attempt
