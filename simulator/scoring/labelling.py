"""What a person decided about a mark, as a labelled reply: the turn that decided, in its situation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from simulator.language.situation import Situation
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line
from simulator.scoring.replies import LabelledReply
from simulator.session.envelope import Event
from simulator.session.evolve import replayed
from simulator.session.situation import situation
from simulator.session.turns import Turn, conversation


@dataclass(frozen=True, slots=True)
class Decided:
    """The agent's turn by whose words a checkpoint was marked, and the situation in which it was said."""

    words: str
    situation: Situation


def decided_in(scenario: Scenario, events: Sequence[Event], line: Line) -> Decided | None:
    """The turn on which a line of the card was decided; None where acts, clocks or no single turn decided it."""
    checkpoint = scenario.known.get(line.id)
    if checkpoint is None or not checkpoint.by_text or not line.evidence:
        return None
    seq = line.evidence[0].event
    contact = next((event.contact for event in events if event.seq == seq), "")
    talk = conversation(event for event in events if event.contact == contact)
    turn = next((turn for turn in talk.turns if any(message.seq == seq for message in turn.messages)), None)
    if turn is None:
        return None
    return Decided("\n".join(message.text for message in turn.messages), _situation(scenario, events, contact, turn))


def labelled(decided: Decided, id: str, checkpoint: str, met: bool) -> LabelledReply:
    """A person's verdict on it, as `evaluate` reads it."""
    return LabelledReply(id, checkpoint, met, MappingProxyType({}), decided.situation, decided.words)


def _situation(scenario: Scenario, events: Sequence[Event], contact: str, turn: Turn) -> Situation:
    state = replayed(event for event in events if event.seq < turn.first_seq)
    at_ms = turn.messages[0].at_ms
    return situation(scenario.of(contact), state, state.contacts[contact], turn.to, at_ms)
