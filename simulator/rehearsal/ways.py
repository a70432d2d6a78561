"""Ways to what a scenario waits for: moves by which a reply may be taken, and by which a condition may come to hold.

They are proposals. Whether they lead there is seen by playing them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from simulator.rehearsal.player import Player
from simulator.rehearsal.texts import Texts, Want, Wish
from simulator.scenario.acts import JUMP, vocabulary_of
from simulator.scenario.model import Condition, Reply, ScenarioDocument
from simulator.scenario.moves import Do, Move, Speak, Wait
from simulator.scenario.scenario import Scenario, answer_rule, reply_name
from simulator.session.decide import allowed_acts
from simulator.session.dialogue import area_of, holds, is_open
from simulator.session.state import ContactState, Phase
from simulator.session.turns import as_heard, conversation
from simulator.session.windows import answered, verdict_so_far

Way = tuple[Move, ...]

FAR = 1_000
"""What cannot be undone: a fact that was not to be heard, an act that was not to be done."""


def _areas(doc: ScenarioDocument) -> Iterable[str]:
    return (*doc.company.areas, *(colleague.area for colleague in doc.colleagues))


ARGUMENTS: Mapping[str, tuple[str, Callable[[ScenarioDocument], Iterable[str]]]] = MappingProxyType(
    {"consult": ("area", _areas)}
)
"""Acts with an argument whose values the scenario lists: its name, and where they stand. Other arguments are taken from
the moves of the scenario's own tests."""


def acts_named(scenario: Scenario, name: str) -> list[Do]:
    """The ways to do an act, with the arguments that this scenario knows."""
    written = (move for test in scenario.doc.tests for move in test.do if isinstance(move, Do) and move.name == name)
    found = [Do(name, move.args) for move in written]
    if name in ARGUMENTS:
        argument, values = ARGUMENTS[name]
        found += [Do(name, ((argument, value),)) for value in values(scenario.doc)]
    return list(dict.fromkeys(found)) or [Do(name)]


def leap(scenario: Scenario, to: str) -> Way:
    """The leap of the clock to one of its goals (`JUMPS`), where days pass."""
    return (Do(JUMP, (("to", to),)),) if JUMP in vocabulary_of(scenario.doc.channel).acts else ()


@dataclass(slots=True)
class Ways:
    """The proposals for one contact of a scenario. `texts`: what can be said in it; `moves`: how many were played to
    find a way."""

    texts: Texts
    moves: int = 0

    @property
    def scenario(self) -> Scenario:
        """The whole scenario."""
        return self.texts.scenario

    @property
    def part(self) -> Scenario:
        """The scenario as the contact has it."""
        return self.texts.part

    def play(self, player: Player, way: Way) -> None:
        """Plays the moves, and counts them."""
        self.moves += len(way)
        player.play(way)

    def here(self, player: Player, reply: Reply, area: str | None, step: str) -> Iterator[Way]:
        """How the reply may be taken from where the player stands, the likeliest first."""
        contact = player.contact
        if reply.silent is not None:
            yield (Wait(self._rest(player) + reply.silent * 1000 + 500),)
            before = [r.silent for r in self.part.replies_at(area, step) if r.silent and r.silent < reply.silent]
            if before:  # each of them may say something, after which the silence begins anew
                yield (Wait(self._rest(player) + 1000 * (sum(before) + reply.silent + 6 * len(before))),)
        elif reply.held is not None:
            for way in self._doing(player, "hold"):
                yield (*way, Wait(reply.held * 1000 + 500))
        elif reply.act:
            for act in reply.act:
                yield from self._doing(player, act)
        else:
            wish = self._wish(contact, reply, area, step)
            alone = {**self._others_unmet(reply, area, step), **wish}
            for text in dict.fromkeys((*self.texts.finding(player, alone, 1), *self.texts.finding(player, wish))):
                yield (
                    Speak(text, interrupt=reply.interrupted),
                    *leap(self.scenario, "answer"),
                )  # hours pass until they read

    def _wish(self, contact: ContactState, reply: Reply, area: str | None, step: str) -> Wish:
        """What the words must and must not be for the reply, and for what its `when` asks of this very turn."""
        name = reply_name(self.part, area, step, reply)
        wish: dict[str, Want] = dict.fromkeys(reply.not_, Want.UNMET)
        if reply.unsaid:
            wish[f"unsaid:{name}"] = Want.UNMET
        if reply.otherwise is not None:
            for other in self.part.replies_at(area, step):
                if other.target is not None or other.say:
                    wish |= {id: Want.UNMET for id in other.met[:1] if other.when is None}
        if reply.when is not None:
            wish |= {id: Want.UNMET for id in reply.when.unmet if id in self.part.rules}
            lacking = [id for id in reply.when.met if not self._met(contact, id)]
            wish |= {id: Want.MET for id in lacking if id in self.part.rules}
            wish |= {answer_rule(thing): Want.UNMET for thing in reply.when.unanswered}
            wish |= {answer_rule(thing): Want.MET for thing in self._unanswered(contact, reply.when)}
        wish |= dict.fromkeys(reply.missed, Want.MISSED)
        wish |= dict.fromkeys(reply.met, Want.MET)
        if reply.says:
            wish[f"says:{name}"] = Want.MET
        return wish

    def _others_unmet(self, reply: Reply, area: str | None, step: str) -> dict[str, Want]:
        """What the words should leave out for this reply to be followed: all that match move the mood, the first of
        them leads on."""
        wish: dict[str, Want] = {}
        for other in self.part.replies_at(area, step):
            if other is reply:
                break
            if other.target is not None or other.say:
                spare = [id for id in other.met if id not in reply.met]
                if other.says:
                    spare.insert(0, f"says:{reply_name(self.part, area, step, other)}")
                wish |= dict.fromkeys(spare[:1], Want.UNMET)  # without one of them it does not match
        return wish

    def _met(self, contact: ContactState, id: str) -> bool:
        known = self.part.doc.customer.known
        return verdict_so_far(self.part.known[id], as_heard(conversation(contact.events)), name_known=known) == "met"

    def _unanswered(self, contact: ContactState, condition: Condition) -> list[str]:
        """What was asked and should be answered for the condition, and is not."""
        talk = as_heard(conversation(contact.events))
        return [thing for thing in condition.answered if not answered(talk, thing)]

    def _rest(self, player: Player) -> int:
        """How long (ms) the line lasts that sounds now."""
        spoken = player.contact.party.spoken
        return 0 if spoken is None else max(0, spoken.until_ms - player.now)

    def _doing(self, player: Player, name: str) -> Iterator[Way]:
        """The act, after another that makes it possible if it is not possible now."""
        allowed = allowed_acts(self.scenario, player.state, player.contact.id)
        if name in allowed:
            yield from ((act,) for act in acts_named(self.scenario, name))
            return
        for other in sorted(allowed):
            for first in acts_named(self.scenario, other):
                tried = player.fork()
                self.play(tried, (first,))
                if name in allowed_acts(self.scenario, tried.state, tried.contact.id):
                    yield from ((first, act) for act in acts_named(self.scenario, name))
                    break

    def _named(self, name: str) -> Reply | None:
        """The customer's reply, or the general reaction, of this name."""
        step, _, id = name.rpartition(".")
        return next((reply for reply in self.part.replies_at(None, step) if reply.id == id), None)

    # Conditions

    def distance(self, contact: ContactState, condition: Condition) -> int:
        """How far the contact is from the condition; 0 when it holds. `FAR` and more: not to be reached from here."""
        party, gap = contact.party, 0
        compared = (
            (condition.mood, contact.mood, 5),
            (condition.visits, party.visits.get(party.step, 0), 1),
            (condition.turns, party.turns, 1),
        )
        for comparison, value, unit in compared:
            if comparison is not None and not comparison.holds(value):
                gap += 1 + abs(comparison.number - value) // unit
        gap += 4 * (len(set(condition.heard) - contact.heard) + len(set(condition.done) - contact.done))
        for name in set(condition.replied) - contact.replied:
            earlier = self._named(name)
            gap += 4 + (0 if earlier is None or earlier.when is None else self.distance(contact, earlier.when))
        gap += FAR * (not contact.heard.isdisjoint(condition.unheard) or not contact.done.isdisjoint(condition.undone))
        gap += 4 * sum(not self._met(contact, id) for id in condition.met)
        gap += 4 * len(self._unanswered(contact, condition))
        talk = as_heard(conversation(contact.events)) if condition.unanswered else None
        gap += FAR * sum(talk is not None and answered(talk, thing) for thing in condition.unanswered)
        return gap + FAR * sum(self._met(contact, id) for id in condition.unmet)

    def towards(self, player: Player, condition: Condition) -> Iterator[Way]:
        """Moves that may bring the contact nearer to the condition."""
        contact = player.contact
        area = area_of(contact)
        step = contact.party.step
        lacking = [id for id in condition.met if not self._met(contact, id)]
        for id in lacking:
            yield from ((Speak(text),) for text in self.texts.finding(player, {id: Want.MET}, most=1))
        for thing in self._unanswered(contact, condition):
            wish = {answer_rule(thing): Want.MET, **dict.fromkeys(map(answer_rule, condition.unanswered), Want.UNMET)}
            yield from ((Speak(text),) for text in self.texts.finding(player, wish, most=1))
        for name in condition.done:
            if name not in contact.done:
                act, _, argument = name.partition(":")
                for way in self._doing(player, act):
                    last = way[-1]
                    if isinstance(last, Do) and (not argument or argument in dict(last.args).values()):
                        yield way
        for reply in self.part.replies_at(area, step):
            if self._helps(contact, condition, reply, area, step):
                if is_open(self.part, contact, reply):
                    yield from list(self.here(player, reply, area, step))[:1]
                elif reply.when is not None and reply.when != condition:
                    yield from islice(self.towards(player, reply.when), 3)
        if condition.mood is not None and condition.mood.number < contact.mood:
            yield from ((Speak(text),) for text in self.texts.finding(player, {"no-rudeness": Want.MISSED}, most=1))
            yield (Wait(self._rest(player) + 12_000),)
        if condition.visits is not None or condition.turns is not None:
            yield from ((Speak(text),) for text in self.texts.finding(player, {}, most=1))

    def _helps(self, contact: ContactState, condition: Condition, reply: Reply, area: str | None, step: str) -> bool:
        """Whether taking the reply moves the mood, tells a fact or is one that the condition asks for."""
        wanted = set(condition.heard) - contact.heard
        target = self.part.steps_of(area).get(reply.target or "")
        lines = (*reply.say, *(target.customer if target is not None else ()))
        facts = {*reply.facts, *(fact for line in lines for fact in line.facts)}
        mood = condition.mood
        return bool(
            (wanted & facts)
            or reply_name(self.part, area, step, reply) in set(condition.replied) - contact.replied
            or (mood is not None and not mood.holds(contact.mood) and reply.mood * (mood.number - contact.mood) > 0)
        )

    def holding(self, player: Player, condition: Condition, most: int = 6) -> bool:
        """Plays what brings the condition to hold; whether it does. Each time the nearest of the proposals is kept."""
        for _ in range(most):
            if player.contact.phase is not Phase.TALKING:
                return False
            if holds(self.part, player.contact, condition):
                return True
            now = self.distance(player.contact, condition)
            if now >= FAR:
                return False
            nearest, best = now, None
            for way in self.towards(player, condition):
                tried = player.fork()
                self.play(tried, way)
                tried.let_read()
                gap = self.distance(tried.contact, condition)
                if gap < nearest or (gap == 0 and best is None):
                    nearest, best = gap, tried
            if best is None:
                return False
            player.events, player.state, player.now = best.events, best.state, best.now
        return holds(self.part, player.contact, condition)
