"""What every judge looks at: the scenario, the log of one contact, and the conversation that it tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.protocol.catalogue import Verdict
from simulator.scenario.acts import BREAKS_OFF
from simulator.scenario.facts import asked
from simulator.scenario.scenario import FIRST_CONTACT, Scenario
from simulator.scoring.card import Evidence
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, AgentSpoke, ContactEnded, EndReached, PhoneRang, StepEntered
from simulator.session.evolve import replayed
from simulator.session.state import ContactState, State
from simulator.session.turns import Conversation, Heard, Turn, conversation


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its proof. `reason` is a code of `simulator.wording.verdicts`, `args` its values as text."""

    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Record:
    """One contact of an attempt, read once and asked often."""

    scenario: Scenario
    """As this contact has it."""
    events: tuple[Event, ...]
    """Those of this contact and of the attempt as a whole."""
    state: State
    """After the whole log."""
    id: str = FIRST_CONTACT

    @classmethod
    def of(cls, scenario: Scenario, events: Iterable[Event]) -> tuple["Record", ...]:
        """A record for each contact of an attempt, come or not, in the order of the file."""
        log = tuple(events)
        state = replayed(log)
        return tuple(
            cls(scenario.of(id), tuple(event for event in log if event.contact in ("", id)), state, id)
            for id in (FIRST_CONTACT, *scenario.doc.contacts)
        )

    @cached_property
    def contact(self) -> ContactState | None:
        return self.state.contacts.get(self.id)

    @cached_property
    def talk(self) -> Conversation:
        return conversation(() if self.contact is None else self.contact.events)

    @cached_property
    def end(self) -> EndReached | None:
        return next((e.what for e in self.events if isinstance(e.what, EndReached)), None)

    @cached_property
    def ended(self) -> ContactEnded | None:
        return next((e.what for e in self.events if isinstance(e.what, ContactEnded)), None)

    @cached_property
    def rings(self) -> tuple[Event, ...]:
        return tuple(e for e in self.events if isinstance(e.what, PhoneRang))

    @cached_property
    def acts(self) -> tuple[Event, ...]:
        return tuple(e for e in self.events if isinstance(e.what, AgentActed))

    def acts_named(self, *names: str) -> tuple[Event, ...]:
        """The agent's acts of these names, in order."""
        return tuple(e for e in self.acts if isinstance(e.what, AgentActed) and e.what.name in names)

    @cached_property
    def spoken(self) -> tuple[tuple[Event, AgentSpoke], ...]:
        """All that the agent said, muted and side talk included."""
        return tuple((e, e.what) for e in self.events if isinstance(e.what, AgentSpoke))

    @cached_property
    def opened(self) -> Event | None:
        """The moment when the customer met the agent."""
        return next((event for event in self.events if isinstance(event.what, StepEntered)), None)

    @property
    def answered(self) -> bool:
        """Whether the contact was taken: the customer met the agent, or, where people comment without being taken, got
        an answer."""
        if self.scenario.doc.social is not None:
            return bool(self.talk.to_customer)
        return self.opened is not None

    def heard(self, fact: str) -> bool:
        """Whether a line of the customer declared the fact."""
        return fact in self.heard_facts

    @property
    def heard_facts(self) -> frozenset[str]:
        """All that lines of the customer declared."""
        return frozenset() if self.contact is None else self.contact.heard

    @cached_property
    def asked(self) -> Mapping[str, Heard]:
        """Things that the customer asked for and whose answer the sheet knows, each with the line that first asked."""
        found: dict[str, Heard] = {}
        for line in self.talk.lines:
            for thing in sorted(asked(line.facts) & self.scenario.doc.sheet.answers.keys()):
                found.setdefault(thing, line)
        return found

    def requires(self, what: str) -> bool:
        """Whether the scenario lists it under `required`."""
        return what in self.scenario.doc.required

    @cached_property
    def abuse_ended(self) -> bool:
        """The agent hung up on abuse rightly: limit said, another offence after it (the chance was not taken), and the
        end announced afterwards (PROTOCOL.md, let-customer-hang-up)."""
        return self._ended_abuse((Verdict.MET,))

    @cached_property
    def abuse_perhaps_ended(self) -> bool:
        """The same, as far as it was heard: a person has to settle limit or announcement."""
        return self._ended_abuse((Verdict.MET, Verdict.UNCLEAR))

    def _ended_abuse(self, counting: tuple[Verdict, ...]) -> bool:
        if not self.acts_named(*BREAKS_OFF):
            return False

        def said(turn: Turn, rule: str) -> bool:
            return rule in turn.marks and turn.marks[rule].verdict in counting

        turns, lines = self.talk.to_customer, self.talk.lines
        limit = next((turn for turn in turns if said(turn, "limit-offensive-language")), None)
        if limit is None:
            return False
        again = next((line for line in lines if "offensive" in line.facts and line.seq > limit.last_seq), None)
        if again is None:
            return False
        return any(turn.last_seq > again.seq and said(turn, "sheet:announces-end") for turn in turns)

    def quote(self, seq: int, start: int, end: int) -> Evidence:
        """The evidence of a span of what the agent said at event `seq`."""
        event, said = next((e, s) for e, s in self.spoken if e.seq == seq)
        return Evidence(seq, event.at_ms, said.text[start:end], start, end)

    def moment(self, event: Event, *, absent: bool = False) -> Evidence:
        """The evidence of an act, or of the moment where something should have been."""
        return Evidence(event.seq, event.at_ms, absent=absent)


def absence(turns: Sequence[Turn]) -> tuple[Evidence, ...]:
    """The evidence of an absence: the first turn where it should have been, whole."""
    if not turns:
        return ()
    message = turns[0].messages[-1]
    return (Evidence(message.seq, message.at_ms, message.text, 0, len(message.text), absent=True),)
