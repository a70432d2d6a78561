"""Explores a scenario with the real engine: what of it can be reached at all.

First its own tests are played, then, by turns, ways to what is still missing are looked for from moments that were
reached (states are values: each can be taken up again), and random trainees play whole attempts. The same scenario
gives the same result: chance comes from numbered seeds, the bound is counted in moves.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from simulator.rehearsal.coverage import Coverage, Goal, Kind
from simulator.rehearsal.player import Player
from simulator.rehearsal.texts import Texts, Want
from simulator.rehearsal.trainees import Manner, Trainee
from simulator.rehearsal.variations import Run, calmly, hastily, without
from simulator.rehearsal.ways import FAR, Way, Ways, acts_named
from simulator.scenario.load import all_replies
from simulator.scenario.model import Reply
from simulator.scenario.moves import Move, Speak, Wait
from simulator.scenario.scenario import Scenario, reply_name
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.session.decide import allowed_acts
from simulator.session.dialogue import is_open
from simulator.session.state import Phase

BOUND = 1_200
"""Moves played for one scenario before it is given up to reach the rest."""
KEPT = 8
"""Moments kept of each step."""
IDLE_MS = 240_000
"""Longer than anybody waits."""
TRIED = 4
"""Moments from which one thing is tried in a round."""

Place = tuple[str | None, str]
"""Whose step the contact is in (an area, or None for the customer's), and which."""


@dataclass(slots=True)
class _Moment:
    """A moment that was reached, and what the script that led there goes on with."""

    player: Player
    rest: tuple[Move, ...]


def explore(scenario: Scenario, bound: int = BOUND) -> Coverage:
    """What of the scenario was reached within so many moves; it stops as soon as all is."""
    return _Explorer(scenario, bound).explored()


class _Explorer:
    def __init__(self, scenario: Scenario, bound: int) -> None:
        self.scenario = scenario
        self.bound = bound
        self.coverage = Coverage.of(scenario)
        self.texts = Texts(scenario)
        self.ways = Ways(scenario, self.texts)
        self.runs: list[Run] = []
        self.again: dict[Goal, int] = {}
        self.moments: dict[Place, list[_Moment]] = defaultdict(list)
        self.replies: dict[str, tuple[str | None, str, Reply]] = {
            reply_name(scenario, area, step, reply): (area, step, reply)
            for _, (area, step), reply in all_replies(scenario.doc)
        }

    def explored(self) -> Coverage:
        for test in self.scenario.doc.tests:
            self.runs.append(self.attempt(self.started(1), test.do))
        number = 0
        while self.open:
            number += 1
            self.seek(number)
            for manner in Manner:
                if self.open:
                    self.random(manner, number)
        self.coverage.steps = self.ways.moves
        return self.coverage

    @property
    def open(self) -> bool:
        """Whether anything is missing, and anything may still be played."""
        return self.ways.moves < self.bound and bool(self.coverage.missing())

    # Attempts

    def started(self, seed: int) -> Player:
        player = Player(self.scenario, seed)
        player.start()
        return player

    def attempt(self, player: Player, moves: Iterable[Move]) -> Run:
        """Plays on from a moment to the end of the moves, and scores it if the contact is over."""
        script, until = tuple(moves), []
        self.keep(player, script, False)
        for number, move in enumerate(script):
            self.step(player, (move,), script[number + 1 :])
            until.append(player.state.next_seq)
        return Run(script, tuple(until), player, self.close(player))

    def step(self, player: Player, way: Way, rest: tuple[Move, ...] = ()) -> bool:
        """Plays moves, notes what they reached and keeps the moment; whether anything was new."""
        self.ways.play(player, way)
        new = self.coverage.file(player.events)
        self.keep(player, rest, new)
        return new

    def close(self, player: Player) -> Scorecard | None:
        """Scores an attempt whose contact is over or ends by itself."""
        player.finish()
        self.coverage.file(player.events)
        if player.contact.phase is not Phase.AFTER:
            return None
        card = score(self.scenario, player.events)
        self.coverage.mark(card)
        return card

    def keep(self, player: Player, rest: tuple[Move, ...], new: bool) -> None:
        """Keeps a moment from which to go on. One that brought something new takes the place of another."""
        if player.contact.phase not in (Phase.WAITING, Phase.TALKING):
            return
        player = player.fork()
        player.reach_colleague()
        kept = self.moments[self.place(player)]
        if len(kept) >= KEPT:
            if not new:
                return
            kept.pop(KEPT // 2)
        kept.append(_Moment(player, rest))

    def random(self, manner: Manner, seed: int) -> None:
        """A whole attempt by chance."""
        trainee = Trainee(manner, self.scenario, self.texts, Random(f"{manner}-{seed}"))
        player = self.started(seed)
        for move in trainee.moves(player):
            self.step(player, (move,))
        self.close(player)

    # Ways to what is missing

    def seek(self, number: int) -> None:
        """Tries to reach each thing that is missing, from moments that were reached. What was tried in vain waits for
        twice as many rounds the next time."""
        seekers = {Kind.REPLY: self.seek_reply, Kind.END: self.seek_end}
        for kinds in ((Kind.REPLY,), (Kind.END,), (Kind.WON, Kind.LOST)):
            for goal in self.coverage.missing(*kinds):
                if self.open and goal not in self.coverage.reached and number >= self.again.get(goal, 0):
                    self.again[goal] = 2 * number
                    seekers.get(goal.kind, self.seek_verdict)(goal)

    def at(self, area: str | None, step: str) -> list[_Moment]:
        """Moments in which the party on the line is at a step; for general reactions, one or two of each step."""
        if step:
            return list(self.moments.get((area, step), ()))
        found = [kept for (whose, _), kept in self.moments.items() if whose is None]
        return [moment for kept in found for moment in kept[-2:]]

    def seek_reply(self, goal: Goal) -> None:
        area, step, reply = self.replies[goal.name]
        talking = [m for m in self.at(area, step) if m.player.contact.phase is Phase.TALKING]
        ranked = sorted(talking, key=lambda moment: self.gap(moment, reply))
        for moment in ranked[:TRIED]:
            if self.gap(moment, reply) >= FAR or not self.open:
                return
            player = moment.player.fork()
            if reply.when is not None and not is_open(self.scenario, player.contact, reply):
                self.ways.holding(player, reply.when)
                if self.place(player) != (area, step) and step:
                    continue
            for way in self.ways.here(player, reply, area, step or player.contact.customer.step):
                tried = player.fork()
                self.step(tried, way, moment.rest)
                if goal in self.coverage.reached:
                    return

    def gap(self, moment: _Moment, reply: Reply) -> int:
        return 0 if reply.when is None else self.ways.distance(moment.player.contact, reply.when)

    def place(self, player: Player) -> Place:
        contact = player.contact
        if contact.consultation is not None:
            return contact.consultation.area, contact.consultation.party.step
        return None, contact.customer.step

    def seek_end(self, goal: Goal) -> None:
        condition = self.scenario.doc.ends[goal.name].when
        talking = [m for m in self.at(None, "") + self.with_colleagues() if m.player.contact.phase is Phase.TALKING]
        if condition is None:
            self.seek_own_end(goal, talking)
            return
        ranked = sorted(talking, key=lambda moment: self.ways.distance(moment.player.contact, condition))
        for moment in ranked[:TRIED]:
            if not self.open or self.ways.distance(moment.player.contact, condition) >= FAR:
                return
            player = moment.player.fork()
            self.ways.holding(player, condition)
            if player.contact.phase is Phase.TALKING:
                self.step(player, tuple(Speak(text) for text in self.texts.finding(player, {}, most=1)))
            self.close(player)
            if goal in self.coverage.reached:
                return

    def seek_own_end(self, goal: Goal, talking: Sequence[_Moment]) -> None:
        """An end that no condition and perhaps no reply leads to is one of the channel's: by an act, after another
        act, or by nothing at all."""
        start = self.started(1)
        for player in (start, *(moment.player for moment in talking[:: max(1, len(talking) // TRIED)])):
            for way in self.idle_ways(player):
                if not self.open:
                    return
                tried = player.fork()
                self.step(tried, way)
                self.close(tried)
                if goal in self.coverage.reached:
                    return

    def idle_ways(self, player: Player) -> Iterator[Way]:
        yield (Wait(IDLE_MS),)
        for name in sorted(allowed_acts(self.scenario, player.state)):
            for act in acts_named(self.scenario, name)[:2]:
                yield (act,)
                yield (act, Wait(IDLE_MS))
                after = player.fork()
                self.ways.play(after, (act,))
                for second in sorted(allowed_acts(self.scenario, after.state) - {name}):
                    yield (act, acts_named(self.scenario, second)[0])

    def with_colleagues(self) -> list[_Moment]:
        return [moment for (area, _), kept in self.moments.items() if area is not None for moment in kept[-2:]]

    def seek_verdict(self, goal: Goal) -> None:
        """A checkpoint to be won or lost: by a text said at a moment of a script that then goes on, by how all is said,
        or by leaving out what won it."""
        checkpoint = self.scenario.known[goal.name]
        if checkpoint.by_text and (goal.kind is Kind.WON or checkpoint.always):
            self.seek_by_text(goal, Want.MET if goal.kind is Kind.WON else Want.MISSED)
        if not checkpoint.by_text and self.runs:
            said = calmly if goal.kind is Kind.WON else hastily
            self.try_scripts(goal, [said(run.script, self.scenario.doc.bounds) for run in self.runs[:2]])
        if goal.kind is Kind.LOST:
            scripts = (without(run, goal.name) for run in self.runs)
            self.try_scripts(goal, [script for script in scripts if script is not None][:TRIED])

    def try_scripts(self, goal: Goal, scripts: Iterable[Sequence[Move]]) -> None:
        for script in scripts:
            if not self.open or goal in self.coverage.reached:
                return
            self.attempt(self.started(1), script)

    def seek_by_text(self, goal: Goal, want: Want) -> None:
        tries = 0
        for moment in [m for kept in self.moments.values() for m in kept if m.rest][::-1]:
            if moment.player.contact.phase is not Phase.TALKING:
                continue
            for text in self.texts.finding(moment.player, {goal.name: want}, most=1):
                for way in ((Speak(text), *moment.rest), *self.around(moment.player, Speak(text))):
                    if not self.open or goal in self.coverage.reached or tries >= 4 * TRIED:
                        return
                    tries += 1
                    self.attempt(moment.player.fork(), way)
                    if not self.coverage.idle.get(goal.name):
                        break  # it applies as things are: no act need give it an occasion

    def around(self, player: Player, said: Speak) -> Iterator[Way]:
        """Acts after which, or before which, what is said may matter; then nothing more until the contact is over."""
        over = Wait(IDLE_MS)
        for name in sorted(allowed_acts(self.scenario, player.state)):
            act = acts_named(self.scenario, name)[0]
            yield (said, act, over)
            after = player.fork()
            self.ways.play(after, (act,))
            for second in sorted(allowed_acts(self.scenario, after.state) - {name}):
                yield (act, acts_named(self.scenario, second)[0], said, over)
