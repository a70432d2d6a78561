"""A help chat: somebody writes, and the agent sees what they have in front (a site, an app) and guides them there."""

from dataclasses import dataclass

from simulator.scenario.scenario import Scenario
from simulator.scenario.sections.screens import Screen, Screens
from simulator.session.channels.channel import Deadline
from simulator.session.channels.talking import cut_line, last_line, noted, silence_deadlines, timed_reply
from simulator.session.channels.writing import close
from simulator.session.commands import Act
from simulator.session.dialogue import enter, reach_end, react
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentActed, ContactEnded, StepEntered
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError, Story

MOST_DAYS = 60
"""A follow-up further away is none."""


def screens_of(scenario: Scenario) -> Screens:
    """What is mirrored on the desk: the site, or the app."""
    return scenario.doc.site if scenario.doc.channel == "web" else scenario.doc.app


def screen_of(scenario: Scenario, contact: ContactState) -> Screen | None:
    """What the customer has in front now: the screen of the last step that names one, or the first; None when the
    scenario has none."""
    screens, steps = screens_of(scenario).screens, scenario.doc.steps
    for event in reversed(contact.events):
        if isinstance(event.what, StepEntered) and event.what.party == "customer":
            shown = steps[event.what.step].screen
            if shown is not None:
                return screens.get(shown)
    return next(iter(screens.values()), None)


@dataclass(frozen=True, slots=True)
class HelpChat:
    """See `Channel`. `own`: the acts of the channel while people write, and whether they can still be done after."""

    own: frozenset[str]

    def allowed(self, scenario: Scenario, contact: ContactState) -> frozenset[str]:
        site = scenario.doc.site
        lacking = set() if site.record else {"register"}
        if site.virtual_agent is None or "route-virtual-agent" in contact.done:
            lacking.add("route-virtual-agent")
        match contact.phase:
            case Phase.WAITING:
                return frozenset({"answer"})
            case Phase.TALKING:
                return (self.own | {"close", "notes"}) - lacking
            case Phase.ENDING:
                return ((self.own & _AFTERWARDS) | {"close", "notes"}) - lacking
            case Phase.AFTER:
                return ((self.own & _AFTERWARDS) | {"notes"}) - lacking

    def refusal_to_speak(self, contact: ContactState) -> str | None:
        return {Phase.WAITING: "chat-not-accepted", Phase.AFTER: "chat-over"}.get(contact.phase)

    def act(self, story: Story, command: Act, at: int) -> None:
        contact = story.contact(command.contact)
        args, marks = noted(story, contact, command, at)
        match command.name:
            case "register":
                _check_fields(story.of(contact.id), args)
            case "follow-up":
                _check_follow_up(args)
            case "close":
                cut_line(story, contact, at)
        story.tell(AgentActed(command.name, args, marks), at, contact.id)
        match command.name:
            case "answer":
                enter(story, contact.id, next(iter(story.of(contact.id).doc.steps)), at)
            case "close":
                close(story, contact.id, at)
            case "notes":
                pass
            case _:
                react(story, contact.id, "act", at, act=command.name, args=args)

    def deadlines(self, scenario: Scenario, state: State, contact: ContactState) -> list[Deadline]:
        match contact.phase:
            case Phase.WAITING:
                wait = patience_ms(scenario, contact, screens_of(scenario).patience)
                return [Deadline(contact.opened_ms + wait, "gives-up")]
            case Phase.TALKING:
                return silence_deadlines(scenario, contact)
            case Phase.ENDING:
                return [last_line(state, contact)]
            case Phase.AFTER:
                return []

    def due(self, story: Story, contact_id: str, deadline: Deadline) -> None:
        contact, at = story.contact(contact_id), deadline.at
        match deadline.kind:
            case "gives-up":
                reach_end(story, contact_id, at, default="unanswered")
            case "silent":
                only = timed_reply(story.of(contact_id), contact, deadline)
                react(story, contact_id, "silent", at, only=only)
            case "line-dead":
                story.tell(ContactEnded(contact.end or "", contact.ended_by), at, contact_id)
            case _:
                raise AssertionError(deadline)


_AFTERWARDS = frozenset({"register", "follow-up"})
"""What can still be done when the chat is over: it asks nothing of the customer."""


def _check_fields(scenario: Scenario, args: tuple[tuple[str, str], ...]) -> None:
    known = {field.id for field in scenario.doc.site.record}
    for name, _ in args:
        if name not in known:
            raise CommandRefusedError("no-such-field", field=name)


def _check_follow_up(args: tuple[tuple[str, str], ...]) -> None:
    said = dict(args)
    days = said.get("days", "").strip()
    if not (days.isascii() and days.isdigit() and 1 <= int(days) <= MOST_DAYS) or not said.get("task", "").strip():
        raise CommandRefusedError("follow-up-incomplete", days=MOST_DAYS)


WEB = HelpChat(frozenset({"register", "route-virtual-agent"}))
APPS = HelpChat(frozenset({"follow-up"}))
