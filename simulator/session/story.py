"""The pen of `decide`: each event told is filed at once, so that the next rule sees the state after it."""

from dataclasses import dataclass, field

from simulator.scenario.scenario import Scenario
from simulator.session.envelope import Event
from simulator.session.events import Happening
from simulator.session.evolve import evolve
from simulator.session.state import ContactState, State


class CommandRefusedError(Exception):
    """The command makes no sense now. `code` is for wording, `args_` its values; nothing happened."""

    def __init__(self, code: str, **args: str | int) -> None:
        super().__init__(code, args)
        self.code = code
        self.args_ = args


@dataclass(slots=True)
class Story:
    """Events being decided on top of a state."""

    scenario: Scenario
    state: State
    events: list[Event] = field(default_factory=list)

    def of(self, contact: str) -> Scenario:
        """The scenario as a contact has it: its own customer, steps and ends."""
        return self.scenario.of(contact)

    def tell(self, what: Happening, at: int, contact: str = "") -> Event:
        """Adds an event. Time never runs backwards: `at` before the last event counts as that event's time."""
        event = Event(self.state.next_seq, self.state.attempt, contact, max(at, self.state.at_ms), what)
        self.events.append(event)
        self.state = evolve(self.state, event)
        return event

    def contact(self, id: str) -> ContactState:
        """The contact as it stands now. Errors: `CommandRefusedError` `no-such-contact`."""
        found = self.state.contacts.get(id)
        if found is None:
            raise CommandRefusedError("no-such-contact", contact=id)
        return found
