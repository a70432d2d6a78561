"""A loaded scenario: the document, and the compiled rules that it names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from simulator.protocol.catalogue import Checkpoint, Rule
from simulator.scenario.agenda import Agenda
from simulator.scenario.model import Reply, ScenarioDocument, Step

FIRST_CONTACT = "c1"
"""The contact that the file's own `customer`, `steps` and `ends` are; others stand under `contacts`."""


@dataclass(frozen=True, slots=True)
class InPlay:
    """A checkpoint that this scenario marks, with its weight here. `model`: better wording, plain Spanish, or ""."""

    checkpoint: Checkpoint
    weight: int
    model: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """`checkpoints`: those in play, in the catalogue's order. `rules`: of every checkpoint that is marked or that a
    reply or an end asks about. `says`: rules of the replies' own patterns, by `says:step.reply` and
    `unsaid:step.reply` (`says:reply` for general reactions, `says:area/step.reply` for a colleague's).
    `others`: the scenario as each further contact has it, in the order of the file; of a shift, which has an `agenda`,
    all contacts.
    `text`, `hash`: the file as stored with each attempt; `protocol_hash`: of the catalogue and language used."""

    doc: ScenarioDocument
    checkpoints: Mapping[str, InPlay]
    known: Mapping[str, Checkpoint]
    rules: Mapping[str, Rule]
    says: Mapping[str, Rule]
    text: str
    hash: str
    protocol_hash: str
    others: Mapping[str, "Scenario"] = field(default_factory=lambda: MappingProxyType({}))
    agenda: Agenda | None = None

    @property
    def id(self) -> str:
        return self.doc.scenario

    @property
    def contacts(self) -> tuple[str, ...]:
        """The ids of all that come, in the order of the file."""
        return (*((FIRST_CONTACT,) if self.agenda is None else ()), *self.others)

    @property
    def customers(self) -> dict[str, str]:
        """The names of all that come, by contact."""
        return {id: self.of(id).doc.customer.name for id in self.contacts}

    @property
    def in_play(self) -> dict[str, InPlay]:
        """What is marked in any contact, in the catalogue's order; its weight is that of the first that has it."""
        found: dict[str, InPlay] = {}
        for part in (self, *self.others.values()):
            found = {**part.checkpoints, **found}
        return {id: found[id] for id in self.known if id in found}

    def of(self, contact: str) -> "Scenario":
        """The scenario as a contact has it: its own customer, steps, ends and sheet."""
        return self.others.get(contact, self)

    def rules_at(self, area: str | None, step: str) -> dict[str, Rule]:
        """The rules that a reply is marked by at a step of the customer (`area` None) or of a colleague."""
        rules = dict(self.rules)
        for reply in self.replies_at(area, step):
            name = reply_name(self, area, step, reply)
            for kind in ("says", "unsaid"):
                rule = self.says.get(f"{kind}:{name}")
                if rule is not None:
                    rules[f"{kind}:{name}"] = rule
        return rules

    def steps_of(self, area: str | None) -> Mapping[str, Step]:
        """The steps of the customer (`area` None) or of the colleague who answers for an area."""
        if area is None:
            return self.doc.steps
        colleague = self.doc.colleague_of(area)
        return {} if colleague is None else colleague.steps

    def speaker_at(self, step: str) -> str:
        """Who is on the line at a step of the customer in their place (a secretary), or ""."""
        found = self.doc.steps.get(step)
        return "" if found is None else found.speaker or ""

    def replies_at(self, area: str | None, step: str) -> tuple[Reply, ...]:
        """The replies that may match at a step: its own first, then, for the customer, the general reactions."""
        found = self.steps_of(area).get(step)
        own = () if found is None else found.replies
        return own if area is not None else (*own, *self.doc.reactions)


def answer_rule(thing: str) -> str:
    """The name of the rule by which an answer to `asks: THING` is known (the sheet's `answers`)."""
    return f"sheet:answers:{thing}"


def reply_name(scenario: Scenario, area: str | None, step: str, reply: Reply) -> str:
    """How logs and rules name a reply: `step.reply`, a general reaction `reply`, a colleague's `area/step.reply`."""
    if area is not None:
        return f"{area}/{step}.{reply.id}"
    if any(reply is general for general in scenario.doc.reactions):
        return reply.id
    return f"{step}.{reply.id}"
