"""What may be said next on the line: the lines that the seed will draw if each reply of the present step were to match.

Pure. It only feeds the rendering ahead: a line that it misses costs a short wait, never a wrong word. The suite plays
calls and compares, so that it follows `simulator.session.dialogue`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.scenario.model import Line, Reply, VoiceWish
from simulator.scenario.scenario import FIRST_CONTACT, Scenario, reply_name
from simulator.session.chance import draw
from simulator.session.dialogue import IGNORED_MOOD, area_of, filled, wording_of
from simulator.session.difficulty import felt
from simulator.session.events import CustomerReacted
from simulator.session.state import ContactState, Phase, State


@dataclass(frozen=True, slots=True)
class LikelyLine:
    """A line that may be said next. `speaker`: the customer's or the colleague's name; `mood`: the customer's then
    (`COLLEAGUE_MOOD` for a colleague, whose voice has no mood); `lines`: ids of the authored lines that make it."""

    text: str
    speaker: str
    voice: VoiceWish
    foreign: bool
    mood: int
    lines: tuple[str, ...]
    colleague: bool


COLLEAGUE_MOOD = 60
"""Colleagues have no mood of their own; they answer as people at work do, a little above neutral."""


def likely_lines(scenario: Scenario, state: State, contact_id: str = FIRST_CONTACT) -> tuple[LikelyLine, ...]:
    """The lines that may come next at the contact, the likeliest first, none twice."""
    contact = state.contacts.get(contact_id)
    if contact is None or state.started is None:
        return ()
    return tuple(dict.fromkeys(_possible(_Ahead(scenario, state, contact))))


@dataclass(frozen=True, slots=True)
class _Ahead:
    scenario: Scenario
    state: State
    contact: ContactState

    def spoken(
        self, area: str | None, lines: Sequence[Line | None], mood: int, step: str | None = None
    ) -> Iterator[LikelyLine]:
        """The lines as one, of whoever is on the line at `step` (by default the present one)."""
        said = [line for line in lines if line is not None]
        if not said:
            return
        doc = self.scenario.doc
        started = self.state.started
        assert started is not None
        text = " ".join(filled(doc, started.agent, wording_of(line, started)) for line in said)
        ids = tuple(line.id for line in said)
        if area is None:
            other = self.scenario.speaker_at(self.contact.customer.step if step is None else step)
            foreign = doc.customer.foreign and not other
            yield LikelyLine(text, other or doc.customer.name, doc.voice_of(other), foreign, mood, ids, False)
            return
        colleague = doc.colleague_of(area)
        if colleague is not None:
            yield LikelyLine(text, colleague.name, colleague.voice, False, COLLEAGUE_MOOD, ids, True)

    def drawn(self, lines: Sequence[Line], what: str, visit: int) -> Line | None:
        assert self.state.started is not None
        whose = what if self.contact.id == FIRST_CONTACT else f"{self.contact.id}:{what}"
        return lines[draw(self.state.started.seed, whose, visit, len(lines))] if lines else None

    def first(self, area: str | None) -> Iterator[LikelyLine]:
        """The line with which the customer, or the colleague of an area, opens."""
        steps = self.scenario.steps_of(area)
        name = next(iter(steps), None)
        if name is None:
            return
        mood = self.contact.mood
        yield from self.spoken(area, [self.drawn(steps[name].customer, _key(area, name), 1)], mood, name)


def _possible(ahead: _Ahead) -> Iterator[LikelyLine]:
    contact = ahead.contact
    consultation = contact.consultation
    match contact.phase:
        case Phase.WAITING:
            yield from ahead.first(None)
        case Phase.TALKING if consultation is not None and consultation.answered_at is None:
            yield from ahead.first(consultation.area)
            yield from _after_replies(ahead, None)
        case Phase.TALKING:
            yield from _after_replies(ahead, area_of(contact))
            if consultation is not None:
                yield from _after_replies(ahead, None)
            yield from _speaking_first(ahead)
            yield from _endings(ahead)
        case Phase.ENDING | Phase.AFTER:
            return


def _after_replies(ahead: _Ahead, area: str | None) -> Iterator[LikelyLine]:
    """One line for each reply of the step, as `follow` would say it."""
    scenario, contact = ahead.scenario, ahead.contact
    party = contact.customer if area is None else contact.party
    for reply in sorted(scenario.replies_at(area, party.step), key=_unlikeliness):
        name = reply_name(scenario, area, party.step, reply)
        times = 1 + sum(name in e.what.replies for e in contact.events if isinstance(e.what, CustomerReacted))
        lines = [ahead.drawn(reply.say, name, times)]
        target, ends, step = reply.target, scenario.doc.ends, party.step
        if target is not None and area is None and target in ends:
            lines.append(ahead.drawn(ends[target].say, f"end:{target}", 0))
        elif target is not None:
            entered = scenario.steps_of(area)[target]
            visit = party.visits.get(target, 0) + 1
            lines.append(ahead.drawn(entered.customer, _key(area, target), visit))
            step = target
        mood = max(0, min(100, contact.mood + felt(scenario, contact, reply.mood)))
        yield from ahead.spoken(area, lines, mood, step)


def _speaking_first(ahead: _Ahead) -> Iterator[LikelyLine]:
    """What somebody says who stands at a counter and is not greeted."""
    scenario, contact = ahead.scenario, ahead.contact
    step = scenario.doc.steps.get(scenario.doc.counter.asks or "")
    if step is not None and contact.channel == "in-person" and contact.customer.spoken is None:
        mood = max(0, contact.mood + felt(scenario, contact, IGNORED_MOOD))
        yield from ahead.spoken(None, [ahead.drawn(step.customer, scenario.doc.counter.asks or "", 1)], mood)


def _endings(ahead: _Ahead) -> Iterator[LikelyLine]:
    """Ends whose conditions may come to hold at any turn."""
    for name, end in ahead.scenario.doc.ends.items():
        if end.when is not None:
            yield from ahead.spoken(None, [ahead.drawn(end.say, f"end:{name}", 0)], ahead.contact.mood)


def _key(area: str | None, step: str) -> str:
    return step if area is None else f"{area}/{step}"


def _unlikeliness(reply: Reply) -> tuple[int, int]:
    """Sorts what to render first: answers to words that please, then other words, the fallback, acts, silences."""
    if reply.speaks:
        return (0, -reply.mood)
    if reply.otherwise is not None:
        return (1, 0)
    if reply.act:
        return (2, 0)
    return (3, reply.silent or reply.held or 0)
