"""Moments of attempts at a scenario, kept so that others can go on from there. States are values: a moment is cheap."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.rehearsal.player import Player
from simulator.scenario.moves import Move
from simulator.session.state import Phase

KEPT = 8
"""Moments kept of each standing."""


class Standing(NamedTuple):
    """Where a contact stands: whose step it is in (an area, or None for the customer), which, and whether nobody hears
    the agent there."""

    area: str | None
    step: str
    unheard: bool

    @staticmethod
    def of(player: Player) -> "Standing":
        contact = player.contact
        if contact.consultation is not None:
            return Standing(contact.consultation.area, contact.consultation.party.step, contact.muted)
        return Standing(None, contact.customer.step, contact.muted or contact.held_since is not None)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that was reached, and what the script that led there goes on with."""

    player: Player
    rest: tuple[Move, ...]


@dataclass(slots=True)
class Moments:
    """What is kept of a scenario: only moments of talk."""

    _kept: dict[Standing, list[Moment]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, player: Player, rest: tuple[Move, ...], *, new: bool) -> None:
        """Keeps a moment of talk. Where there are enough, one that brought something new takes another's place."""
        if player.contact.phase is not Phase.TALKING:
            return
        player = player.fork()
        player.reach_colleague()
        kept = self._kept[Standing.of(player)]
        if len(kept) >= KEPT:
            if not new:
                return
            kept.pop(KEPT // 2)
        kept.append(Moment(player, rest))

    def at(self, area: str | None, step: str) -> list[Moment]:
        """All in which the party on the line is at a step, heard ones first."""
        return [m for unheard in (False, True) for m in self._kept.get(Standing(area, step, unheard), ())]

    def of_customer(self) -> list[Moment]:
        """A few of each of the customer's steps."""
        return [m for standing, kept in self._kept.items() if standing.area is None for m in kept[-2:]]

    def of_colleagues(self) -> list[Moment]:
        """A few of each of the colleagues' steps."""
        return [m for standing, kept in self._kept.items() if standing.area is not None for m in kept[-2:]]

    def heard(self) -> list[Moment]:
        """Of each step in which the agent is heard the first and the last; those first whose script goes on."""
        found: list[Moment] = []
        for standing, kept in self._kept.items():
            if not standing.unheard:
                ranked = sorted(kept, key=lambda moment: not moment.rest)
                found += ranked if len(ranked) < 2 else (ranked[0], ranked[-1])
        return sorted(found, key=lambda moment: not moment.rest)
