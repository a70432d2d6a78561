"""Moments of attempts at a scenario, kept so that others can go on from there. States are values: a moment is cheap."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from simulator.rehearsal.player import Player
from simulator.scenario.moves import Move, Turn
from simulator.session.channels import CHANNELS
from simulator.session.state import Phase

KEPT = 8
"""Moments kept of each standing."""


class Standing(NamedTuple):
    """Where a contact stands: which it is, whose step it is in (an area, or None for the customer), which, and whether
    nobody hears the agent there."""

    contact: str
    area: str | None
    step: str
    unheard: bool

    @staticmethod
    def of(player: Player) -> "Standing":
        contact = player.contact
        if contact.consultation is not None:
            return Standing(contact.id, contact.consultation.area, contact.consultation.party.step, contact.muted)
        refused = CHANNELS[contact.channel].refusal_to_speak(contact) is not None
        unheard = contact.muted or contact.held_since is not None or refused
        return Standing(contact.id, None, contact.customer.step, unheard)


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
        """Keeps a moment of talk, of each contact with whom the agent might go on. Where there are enough, one that
        brought something new takes another's place."""
        for id in player.state.contacts:
            if id == player.at:
                self._keep(player.fork(), rest, new=new)
            else:
                turned = player.fork()
                turned.at = id
                if not any(
                    moment.player.contact is turned.contact for moment in self._kept.get(Standing.of(turned), ())
                ):
                    self._keep(turned, (Turn(player.at), *rest), new=False)

    def _keep(self, player: Player, rest: tuple[Move, ...], *, new: bool) -> None:
        if player.contact.phase is not Phase.TALKING:
            return
        player.reach_colleague()
        kept = self._kept[Standing.of(player)]
        if len(kept) >= KEPT:
            if not new:
                return
            kept.pop(KEPT // 2)
        kept.append(Moment(player, rest))

    def at(self, contacts: Collection[str], area: str | None, step: str) -> list[Moment]:
        """All in which the party on the line is at a step in one of these contacts, heard ones first."""
        there = [Standing(id, area, step, unheard) for unheard in (False, True) for id in contacts]
        return [moment for standing in there for moment in self._kept.get(standing, ())]

    def of_customers(self, contacts: Collection[str]) -> list[Moment]:
        """A few of each of the customers' steps in these contacts."""
        return [m for standing, kept in self._of(contacts) if standing.area is None for m in kept[-2:]]

    def of_colleagues(self, contacts: Collection[str]) -> list[Moment]:
        """A few of each of the colleagues' steps in these contacts."""
        return [m for standing, kept in self._of(contacts) if standing.area is not None for m in kept[-2:]]

    def _of(self, contacts: Collection[str]) -> Iterator[tuple[Standing, list[Moment]]]:
        return ((standing, kept) for standing, kept in self._kept.items() if standing.contact in contacts)

    def heard(self) -> list[Moment]:
        """Of each step in which the agent is heard the first and the last; those first whose script goes on."""
        found: list[Moment] = []
        for standing, kept in self._kept.items():
            if not standing.unheard:
                ranked = sorted(kept, key=lambda moment: not moment.rest)
                found += ranked if len(ranked) < 2 else (ranked[0], ranked[-1])
        return sorted(found, key=lambda moment: not moment.rest)
