"""Explores a scenario with the real engine: what of it can be reached at all.

First its own tests are played, then, by turns, ways to what is still missing are looked for from moments that were
reached (states are values: each can be taken up again), and random trainees play whole attempts. The same scenario
gives the same result: chance comes from numbered seeds, the bound is counted in moves.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from simulator.protocol.catalogue import Verdict
from simulator.rehearsal.coverage import Coverage, Goal, Kind
from simulator.rehearsal.moments import Moment, Moments, Standing
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
PATIENCE = 6
"""Rounds that bring nothing new before it is given up."""
A_WHILE_MS = 20_000
IDLE_MS = 240_000
"""Longer than anybody waits."""
TRIED = 4
"""Moments from which one thing is tried in a round."""


def explore(scenario: Scenario, bound: int = BOUND, hopeless: Iterable[Goal] = ()) -> Coverage:
    """What of the scenario was reached within so many moves; it stops as soon as all is. `hopeless`: what is known not
    to be reached, and not looked for."""
    explorer = _Explorer(scenario, bound)
    explorer.coverage.hopeless.update(hopeless)
    return explorer.explored()


class _Explorer:
    def __init__(self, scenario: Scenario, bound: int) -> None:
        self.scenario = scenario
        self.bound = bound
        self.coverage = Coverage.of(scenario)
        self.texts = Texts(scenario)
        self.ways = Ways(scenario, self.texts)
        self.runs: list[Run] = []
        self.again: dict[Goal, int] = {}
        self.moments = Moments()
        self.replies: dict[str, tuple[str | None, str, Reply]] = {
            reply_name(scenario, area, step, reply): (area, step, reply)
            for _, (area, step), reply in all_replies(scenario.doc)
        }

    def explored(self) -> Coverage:
        for test in self.scenario.doc.tests:
            self.runs.append(self.attempt(self.started(1), test.do))
        number, fruitful = 0, 0
        while self.open and number - fruitful < (PATIENCE if self.urgent else 1):
            number += 1
            before = len(self.coverage.reached)
            self.seek(number)
            for manner in Manner:
                if self.open:
                    self.random(manner, number)
            if len(self.coverage.reached) > before:
                fruitful = number
        self.coverage.moves = self.ways.moves
        return self.coverage

    @property
    def open(self) -> bool:
        """Whether anything is missing, and anything may still be played."""
        return self.ways.moves < self.bound and bool(self.coverage.missing())

    @property
    def urgent(self) -> bool:
        """Whether more is missing than replies, of which some are rarities."""
        return bool(self.coverage.missing(Kind.STEP, Kind.END, Kind.WON, Kind.LOST))

    # Attempts

    def started(self, seed: int) -> Player:
        player = Player(self.scenario, seed)
        player.start()
        return player

    def attempt(self, player: Player, moves: Iterable[Move], *, conclude: bool = False) -> Run:
        """Plays on from a moment to the end of the moves, and scores it if the contact is over."""
        script, until = tuple(moves), []
        self.moments.keep(player, script, new=False)
        for number, move in enumerate(script):
            self.step(player, (move,), script[number + 1 :])
            until.append(player.state.next_seq)
        if conclude:
            self.conclude(player)
        return Run(script, tuple(until), player, self.close(player))

    def conclude(self, player: Player) -> None:
        """Brings a contact to its end that did not come to one: by waiting, else by whatever the channel allows."""
        moves: list[Move] = [Wait(IDLE_MS), *(acts_named(self.scenario, name)[0] for name in self.allowed(player))]
        for move in moves:
            if player.contact.phase is not Phase.TALKING:
                return
            self.step(player, (move,))

    def allowed(self, player: Player) -> list[str]:
        """The acts that the channel allows now, in a fixed order."""
        return sorted(allowed_acts(self.scenario, player.state, player.contact.id))

    def step(self, player: Player, way: Way, rest: tuple[Move, ...] = ()) -> bool:
        """Plays moves, notes what they reached and keeps the moment; whether anything was new."""
        self.ways.play(player, way)
        new = self.coverage.file(player.events)
        self.moments.keep(player, rest, new=new)
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

    def random(self, manner: Manner, seed: int) -> None:
        """A whole attempt by chance."""
        trainee = Trainee(manner, self.scenario, self.texts, Random(f"{manner}-{seed}"))
        player = self.started(seed)
        for move in trainee.moves(player):
            self.step(player, (move,))
        self.conclude(player)
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

    def seek_reply(self, goal: Goal) -> None:
        area, step, reply = self.replies[goal.name]
        moments = self.moments.at(area, step) if step else self.moments.of_customer()
        ranked = sorted(moments, key=lambda moment: self.gap(moment, reply))
        for moment in ranked[:TRIED]:
            if self.gap(moment, reply) >= FAR or not self.open:
                return
            player = moment.player.fork()
            if reply.when is not None and not is_open(self.scenario, player.contact, reply):
                self.ways.holding(player, reply.when)
                if step and Standing.of(player)[:2] != (area, step):
                    continue
            for way in self.ways.here(player, reply, area, step or player.contact.customer.step):
                tried = player.fork()
                self.step(tried, way, moment.rest)
                if goal in self.coverage.reached:
                    return

    def gap(self, moment: Moment, reply: Reply) -> int:
        return 0 if reply.when is None else self.ways.distance(moment.player.contact, reply.when)

    def seek_end(self, goal: Goal) -> None:
        condition = self.scenario.doc.ends[goal.name].when
        talking = [*self.moments.of_customer(), *self.moments.of_colleagues()]
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

    def seek_own_end(self, goal: Goal, talking: Sequence[Moment]) -> None:
        """An end that no condition and perhaps no reply leads to is one of the channel's: by an act, after another
        act, or by nothing at all. It is found where the ends that have conditions are not to be reached."""
        conditions = [end.when for end in self.scenario.doc.ends.values() if end.when is not None]

        def others(moment: Moment) -> int:
            contact = moment.player.contact
            return sum(self.ways.distance(contact, condition) < FAR for condition in conditions)

        nearest = sorted(talking, key=others)[: 2 * TRIED]
        for player in (self.started(1), *(moment.player for moment in nearest)):
            for way in self.idle_ways(player):
                if not self.open:
                    return
                tried = player.fork()
                self.step(tried, way)
                self.close(tried)
                if goal in self.coverage.reached:
                    return

    def idle_ways(self, player: Player) -> Iterator[Way]:
        """Acts without a word: none, one, one after another, at once or after a while."""
        yield (Wait(IDLE_MS),)
        for name in self.allowed(player):
            for act in acts_named(self.scenario, name)[:2]:
                yield (act,)
                yield (act, Wait(IDLE_MS))
                after = player.fork()
                self.ways.play(after, (act,))
                for second in self.allowed(after):
                    if second != name:
                        yield (act, acts_named(self.scenario, second)[0])
                        yield (act, Wait(A_WHILE_MS), acts_named(self.scenario, second)[0])

    def seek_verdict(self, goal: Goal) -> None:
        """A checkpoint to be won or lost: by a text said at a moment of a script that then goes on, by how all is said,
        or by leaving out what won it."""
        checkpoint = self.scenario.known[goal.name]
        if checkpoint.by_text and (goal.kind is Kind.WON or checkpoint.always):
            self.seek_by_text(goal, Want.MET if goal.kind is Kind.WON else Want.MISSED)
        if not checkpoint.by_text:
            said = calmly if goal.kind is Kind.WON else hastily
            self.try_scripts(goal, [said(run.script, self.scenario.doc.bounds) for run in self.runs[:2]])
            for moment in self.moments.heard()[:1]:
                self.try_scripts(goal, self.idle_ways(moment.player), moment.player)
        if goal.kind is Kind.LOST:
            scripts = (without(run, goal.name) for run in self.runs)
            self.try_scripts(goal, [script for script in scripts if script is not None][:TRIED])

    def try_scripts(self, goal: Goal, scripts: Iterable[Sequence[Move]], start: Player | None = None) -> None:
        """Plays scripts, from the beginning or from a moment, until one reaches the goal."""
        for script in scripts:
            if not self.open or goal in self.coverage.reached:
                return
            self.attempt(self.started(1) if start is None else start.fork(), script, conclude=True)

    def seek_by_text(self, goal: Goal, want: Want) -> None:
        """Says what decides, now here, now there; then with an act after it, and, where it never applied, before it."""
        applied = False
        said: list[tuple[Moment, Speak]] = []
        for moment in self.moments.heard():
            for text in self.texts.finding(moment.player, {goal.name: want}, most=1):
                said.append((moment, Speak(text)))
                run = self.attempt(moment.player.fork(), (Speak(text), *moment.rest), conclude=True)
                applied = applied or run.verdict(goal.name) in (Verdict.MET, Verdict.MISSED)
                if not self.open or goal in self.coverage.reached:
                    return
        for moment, speak in said[:TRIED]:
            ways = [(speak, acts_named(self.scenario, name)[0]) for name in self.allowed(moment.player)]
            self.try_scripts(goal, ways, moment.player)
        for moment, speak in said[: 0 if applied else 2]:
            self.try_scripts(goal, ((*way, speak) for way in self.idle_ways(moment.player)), moment.player)
