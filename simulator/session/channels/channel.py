"""What a channel is to the session: a table of acts and a few clocks. One file each; talk itself is `dialogue`'s."""

from dataclasses import dataclass
from typing import Protocol

from simulator.scenario.scenario import Scenario
from simulator.session.commands import Act
from simulator.session.state import ContactState, State
from simulator.session.story import Story

READS = "reads"
"""The deadline at which a customer who writes has read the agent's reply."""


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """Something that happens by itself at `at` (ms) unless something else comes first. `kind` is the channel's word,
    `detail` its argument. Ordered by time, then kind, then detail, so that ties fall the same everywhere."""

    at: int
    kind: str
    detail: str = ""


class Channel(Protocol):
    """The rules of one channel. Stateless: everything is in the contact."""

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        """The acts that make sense now."""

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        """Why nobody would hear the agent now (a code for wording), or None when somebody would."""

    def act(self, story: Story, command: Act, at: int) -> None:
        """Carries out an act that `allowed` lists. Errors: `CommandRefusedError` for bad arguments."""

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        """All that may happen by itself, in no order."""

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        """Makes the deadline happen. It must tell at least one event, or the clock would stand still."""
