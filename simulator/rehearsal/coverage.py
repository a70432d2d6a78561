"""What attempts at a scenario have reached, of all that its file holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from simulator.protocol.catalogue import Verdict
from simulator.scenario.load import all_replies
from simulator.scenario.scenario import Scenario, reply_name
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
    checkpoint."""

    kind: Kind
    name: str


@dataclass(slots=True)
class Coverage:
    """`goals`: all that the file holds, each with its place, in its order. `reached`: what attempts reached so far; a
    checkpoint is won or lost on the card of an attempt whose contact was over. `hopeless`: what is known not to be
    reached, and not missed. `idle`: checkpoints that applied on none of those cards, with the reason (a code of
    `wording.verdicts`). `cards`: how many there were; `moves`: how many were played for it all."""

    goals: Mapping[Goal, Place]
    reached: set[Goal] = field(default_factory=set)
    hopeless: set[Goal] = field(default_factory=set)
    idle: dict[str, str] = field(default_factory=dict)
    cards: int = 0
    moves: int = 0

    @staticmethod
    def of(scenario: Scenario) -> "Coverage":
        """Nothing reached yet."""
        doc = scenario.doc
        goals: dict[Goal, Place] = {Goal(Kind.STEP, id): ("steps", id) for id in doc.steps}
        for number, colleague in enumerate(doc.colleagues):
            for id in colleague.steps:
                goals[Goal(Kind.STEP, f"{colleague.area}/{id}")] = ("colleagues", number, "steps", id)
        goals |= {Goal(Kind.END, id): ("ends", id) for id in doc.ends}
        for kind in (Kind.WON, Kind.LOST):
            goals |= {Goal(kind, id): ("protocol", id) for id in scenario.checkpoints}
        for path, (area, step), reply in all_replies(doc):
            goals[Goal(Kind.REPLY, reply_name(scenario, area, step, reply))] = path
        return Coverage(goals)

    def file(self, events: Iterable[Event]) -> bool:
        """Notes what a log reached; whether any of it is new."""
        new = [goal for goal in passed(events) if goal in self.goals and goal not in self.reached]
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


def passed(events: Iterable[Event]) -> Iterator[Goal]:
    """The steps, ends and replies that a log tells of, as they come."""
    areas: dict[str, str] = {}
    for event in events:
        match event.what:
            case ColleagueAnswered(area=area):
                areas[event.contact] = area
            case StepEntered(party="customer", step=step):
                yield Goal(Kind.STEP, step)
            case StepEntered(step=step):
                yield Goal(Kind.STEP, f"{areas[event.contact]}/{step}")
            case EndReached(end=end):
                yield Goal(Kind.END, end)
            case CustomerReacted(replies=replies):
                yield from (Goal(Kind.REPLY, name) for name in replies)
            case _:
                pass
