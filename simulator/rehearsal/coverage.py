"""What attempts at a scenario have reached, of all that its file holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from simulator.protocol.catalogue import Verdict
from simulator.scenario.load import all_replies
from simulator.scenario.model import End, Reply
from simulator.scenario.scenario import FIRST_CONTACT, Scenario, reply_name
from simulator.scoring.card import Scorecard
from simulator.session.envelope import Event
from simulator.session.events import ColleagueAnswered, CustomerReacted, EndReached, StepEntered

Place = tuple[str | int, ...]
"""Where something stands in the file: keys and indexes."""


class Kind(StrEnum):
    """What can be reached."""

    STEP = "steps"
    END = "ends"
    REPLY = "replies"
    WON = "won"
    LOST = "lost"


class Goal(NamedTuple):
    """One thing to be reached. `name`: a step (a colleague's: `area/step`), an end, a reply as logs name it, or a
    checkpoint; what a further contact has to itself is named `contact/…`."""

    kind: Kind
    name: str


@dataclass(slots=True)
class Coverage:
    """`goals`: all that the file holds, every contact's, each with its place, in its order. `reached`: what attempts
    reached so far; a checkpoint is won or lost on the card of an attempt whose contacts were over. `hopeless`: what is
    known not to be reached, and not missed. `idle`: checkpoints that applied on none of those cards, with the reason (a
    code of `wording.verdicts`). `cards`: how many there were; `moves`: how many were played for it all."""

    scenario: Scenario
    goals: Mapping[Goal, Place]
    reached: set[Goal] = field(default_factory=set)
    hopeless: set[Goal] = field(default_factory=set)
    idle: dict[str, str] = field(default_factory=dict)
    cards: int = 0
    moves: int = 0

    @staticmethod
    def of(scenario: Scenario) -> "Coverage":
        """Nothing reached yet."""
        goals: dict[Goal, Place] = {}
        for contact, part in contacts_of(scenario):
            own = _place(contact)
            for kind, key, ids in ((Kind.STEP, "steps", part.doc.steps), (Kind.END, "ends", part.doc.ends)):
                goals |= {Goal(kind, _named(scenario, contact, key, id)): (*own, key, id) for id in ids}
        for number, colleague in enumerate(scenario.doc.colleagues):
            for id in colleague.steps:
                goals[Goal(Kind.STEP, f"{colleague.area}/{id}")] = ("colleagues", number, "steps", id)
        for kind in (Kind.WON, Kind.LOST):
            for contact, part in contacts_of(scenario):
                for id in part.checkpoints:
                    goals.setdefault(Goal(kind, id), (*_place(contact), "protocol", id))
        for reply in replies_of(scenario):
            goals.setdefault(Goal(Kind.REPLY, reply.name), reply.place)
        return Coverage(scenario, goals)

    def file(self, events: Iterable[Event]) -> bool:
        """Notes what a log reached; whether any of it is new."""
        reached = passed(self.scenario, events)
        new = [goal for goal in reached if goal in self.goals and goal not in self.reached]
        self.reached.update(new)
        return bool(new)

    def mark(self, card: Scorecard) -> bool:
        """Notes what was won and lost on the card of an attempt whose contact is over; whether any of it is new."""
        self.cards += 1
        before = len(self.reached)
        for line in card.checkpoints:
            match line.verdict:
                case Verdict.MET:
                    self.reached.add(Goal(Kind.WON, line.id))
                case Verdict.MISSED:
                    self.reached.add(Goal(Kind.LOST, line.id))
                case Verdict.NOT_APPLICABLE if self.idle.get(line.id, line.reason):
                    self.idle[line.id] = line.reason
                    continue
                case _:
                    pass
            self.idle[line.id] = ""  # it applied
        return len(self.reached) > before

    def missing(self, *kinds: Kind) -> list[Goal]:
        """What was not reached, of these kinds or of all, in the order of the file."""
        sought = self.goals.keys() - self.reached - self.hopeless
        return [goal for goal in self.goals if goal in sought and (not kinds or goal.kind in kinds)]

    def figures(self) -> dict[str, int]:
        """Of each kind how many were reached, and how many there are (`steps`, `all_steps`, …); `moves`, `attempts`."""
        found = {"moves": self.moves, "attempts": self.cards}
        for kind in Kind:
            found[str(kind)] = sum(goal.kind is kind for goal in self.goals if goal in self.reached)
            found[f"all_{kind}"] = sum(goal.kind is kind for goal in self.goals)
        return found


class PlacedReply(NamedTuple):
    """A reply, general reaction or a colleague's reply. `contacts`: those in which it may be given: one, unless
    several share it; `step` "": at any."""

    name: str
    place: Place
    contacts: tuple[str, ...]
    area: str | None
    step: str
    reply: Reply

    def step_named(self, step: str) -> str:
        """A step of whoever gives this reply, as goals name it."""
        if self.area is not None:
            return f"{self.area}/{step}"
        return step if self.contacts[0] == FIRST_CONTACT else f"{self.contacts[0]}/{step}"


def replies_of(scenario: Scenario) -> Iterator[PlacedReply]:
    """Every reply of the file, each once."""
    for contact, part in contacts_of(scenario):
        for path, (area, step), reply in all_replies(part.doc):
            key = str(path[0])
            sharing = tuple(id for id, _ in contacts_of(scenario) if not _is_own(scenario, id, key))
            own = _is_own(scenario, contact, key)
            if own or contact == FIRST_CONTACT:
                name = _named(scenario, contact, key, reply_name(part, area, step, reply))
                place = (*_place(contact), *path)
                yield PlacedReply(name, place, (contact,) if own else sharing, area, step, reply)


def ends_of(scenario: Scenario) -> dict[str, tuple[str, End]]:
    """Every end of the file by its name, with the contact that it belongs to."""
    return {
        _named(scenario, contact, "ends", id): (contact, end)
        for contact, part in contacts_of(scenario)
        for id, end in part.doc.ends.items()
    }


def contacts_of(scenario: Scenario) -> tuple[tuple[str, Scenario], ...]:
    """The contacts of a scenario, each with the scenario as it has it."""
    return ((FIRST_CONTACT, scenario), *scenario.others.items())


def _is_own(scenario: Scenario, contact: str, key: str) -> bool:
    """Whether a further contact has what stands under `key` to itself, rather than from the file."""
    return contact in scenario.doc.contacts and key in scenario.doc.contacts[contact].model_fields_set


def _named(scenario: Scenario, contact: str, key: str, name: str) -> str:
    return f"{contact}/{name}" if _is_own(scenario, contact, key) else name


def _place(contact: str) -> Place:
    return () if contact == FIRST_CONTACT else ("contacts", contact)


def passed(scenario: Scenario, events: Iterable[Event]) -> Iterator[Goal]:
    """The steps, ends and replies that a log tells of, as they come."""
    areas: dict[str, str] = {}
    for event in events:
        contact = event.contact
        match event.what:
            case ColleagueAnswered(area=area):
                areas[contact] = area
            case StepEntered(party="customer", step=step):
                yield Goal(Kind.STEP, _named(scenario, contact, "steps", step))
            case StepEntered(step=step):
                yield Goal(Kind.STEP, f"{areas[contact]}/{step}")
            case EndReached(end=end):
                yield Goal(Kind.END, _named(scenario, contact, "ends", end))
            case CustomerReacted(replies=replies):
                for name in replies:
                    key = "colleagues" if "/" in name else "steps" if "." in name else "reactions"
                    yield Goal(Kind.REPLY, _named(scenario, contact, key, name))
            case _:
                pass
