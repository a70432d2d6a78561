"""Explores a scenario with the real engine: what of it can be reached at all.

First its own tests are played, then, by turns, ways to what is still missing are looked for from moments that were
reached (states are values: each can be taken up again), and random trainees play whole attempts. The same scenario
gives the same result: chance comes from numbered seeds, the bound is counted in moves.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from random import Random

from simulator.protocol.catalogue import Verdict
from simulator.rehearsal.coverage import Coverage, Goal, Kind, PlacedReply, contacts_of, ends_of, replies_of
from simulator.rehearsal.moments import Moment, Moments, Standing
from simulator.rehearsal.player import Player
from simulator.rehearsal.texts import Texts, Want
from simulator.rehearsal.trainees import Manner, Trainee
from simulator.rehearsal.variations import Run, calmly, hastily, without
from simulator.rehearsal.ways import FAR, Way, Ways, acts_named, leap
from simulator.scenario.model import Condition, Reply
from simulator.scenario.moves import Move, Speak, Turn, Wait, with_drafts
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.session.decide import allowed_acts
from simulator.session.dialogue import is_open
from simulator.session.state import Phase

BOUND = 1_200
"""Moves played for each contact of a scenario before it is given up to reach the rest."""
PATIENCE = 6
"""Rounds that bring nothing new before it is given up."""
A_WHILE_MS = 20_000
IDLE_MS = 240_000
"""Longer than anybody waits."""
TRIED = 4
"""Moments from which one thing is tried in a round."""
SHARE = 60
"""Moves that one thing may cost in the first round, twice as many in the second and so on: what is not to be had must
not use up the moves of the rest."""
VERDICT_SHARE = 300
"""The same for a checkpoint, for which whole scripts are played."""


def explore(scenario: Scenario, bound: int = BOUND, hopeless: Iterable[Goal] = ()) -> Coverage:
    """What of the scenario was reached within so many moves for each of its contacts; it stops as soon as all is.
    `hopeless`: what is known not to be reached, and not looked for."""
    explorer = _Explorer(scenario, bound * len(contacts_of(scenario)))
    explorer.coverage.hopeless.update(hopeless)
    return explorer.explored()


class _Explorer:
    def __init__(self, scenario: Scenario, bound: int) -> None:
        self.scenario = scenario
        self.bound = bound
        self.limit = bound
        self.coverage = Coverage.of(scenario)
        self.texts = {id: Texts(scenario, id) for id, _ in contacts_of(scenario)}
        self.ways = {id: Ways(texts) for id, texts in self.texts.items()}
        self.runs: list[Run] = []
        self.again: dict[Goal, int] = {}
        self.moments = Moments()
        self.replies = {reply.name: reply for reply in replies_of(scenario)}
        self.ends = ends_of(scenario)

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
        self.coverage.moves = self.moves
        return self.coverage

    @property
    def moves(self) -> int:
        """How many were played."""
        return sum(ways.moves for ways in self.ways.values())

    @property
    def open(self) -> bool:
        """Whether anything is missing, and anything may still be played."""
        return self.moves < self.limit and bool(self.coverage.missing())

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
        script, until = with_drafts(tuple(moves)), []
        self.moments.keep(player, script, new=False)
        for number, move in enumerate(script):
            self.step(player, (move,), script[number + 1 :])
            until.append(player.state.next_seq)
        if conclude:
            self.conclude(player)
        return Run(script, tuple(until), player, self.close(player))

    def conclude(self, player: Player) -> None:
        """Brings those contacts to their ends that did not come to one: by waiting, by leaping to the end of the days,
        else by whatever the channel allows."""
        for id in (player.at, *player.state.contacts):
            player.at = id
            acts = (acts_named(self.scenario, name)[0] for name in self.allowed(player))
            moves: list[Move] = [Wait(IDLE_MS), *leap(self.scenario, "end"), *acts]
            for move in moves:
                if player.contact.phase is not Phase.TALKING:
                    break
                self.step(player, (move,))

    def allowed(self, player: Player) -> list[str]:
        """The acts that the channel allows now, in a fixed order."""
        return sorted(allowed_acts(self.scenario, player.state, player.contact.id))

    def step(self, player: Player, way: Way, rest: tuple[Move, ...] = ()) -> bool:
        """Plays moves, notes what they reached and keeps the moment; whether anything was new."""
        self.ways[player.at].play(player, way)
        new = self.coverage.file(player.events)
        self.moments.keep(player, rest, new=new)
        return new

    def close(self, player: Player) -> Scorecard | None:
        """Scores an attempt whose contacts are over or end by themselves."""
        player.finish()
        self.coverage.file(player.events)
        if any(contact.phase is not Phase.AFTER for contact in player.state.contacts.values()):
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
        seekers = {Kind.STEP: self.seek_step, Kind.REPLY: self.seek_reply, Kind.END: self.seek_end}
        for kinds in ((Kind.REPLY,), (Kind.STEP,), (Kind.END,), (Kind.WON, Kind.LOST)):
            for goal in self.coverage.missing(*kinds):
                if self.open and goal not in self.coverage.reached and number >= self.again.get(goal, 0):
                    self.again[goal] = 2 * number
                    share = VERDICT_SHARE if goal.kind in (Kind.WON, Kind.LOST) else SHARE
                    self.limit = min(self.bound, self.moves + share * number)
                    seekers.get(goal.kind, self.seek_verdict)(goal)
                    self.limit = self.bound

    def seek_step(self, goal: Goal) -> None:
        """By the replies that lead there: some may have matched beside another that led elsewhere."""
        *_, step = self.coverage.goals[goal]
        for reply in self.replies.values():
            if reply.reply.target == step and reply.step_named(str(step)) == goal.name:
                self.try_reply(goal, reply)

    def seek_reply(self, goal: Goal) -> None:
        self.try_reply(goal, self.replies[goal.name])

    def try_reply(self, goal: Goal, placed: PlacedReply) -> None:
        """Tries to have a reply taken, until the goal is reached."""
        _name, _place, contacts, area, step, reply = placed
        moments = self.moments.at(contacts, area, step) if step else self.moments.of_customers(contacts)
        ranked = sorted(moments, key=lambda moment: self.gap(moment, reply))
        for moment in ranked[:TRIED]:
            if self.gap(moment, reply) >= FAR or not self.open:
                return
            player = moment.player.fork()
            ways = self.ways[player.at]
            if reply.when is not None and not is_open(ways.part, player.contact, reply):
                ways.holding(player, reply.when)
                if step and Standing.of(player)[1:3] != (area, step):
                    continue
            for way in ways.here(player, reply, area, step or player.contact.customer.step):
                tried = player.fork()
                self.step(tried, way, moment.rest)
                tried.let_read()
                self.step(tried, (), moment.rest)
                if goal in self.coverage.reached:
                    return

    def gap(self, moment: Moment, reply: Reply) -> int:
        return 0 if reply.when is None else self.distance(moment, reply.when)

    def distance(self, moment: Moment, condition: Condition) -> int:
        """How far the contact of a moment is from a condition."""
        return self.ways[moment.player.at].distance(moment.player.contact, condition)

    def seek_end(self, goal: Goal) -> None:
        contact, end = self.ends[goal.name]
        condition = end.when
        talking = [*self.moments.of_customers((contact,)), *self.moments.of_colleagues((contact,))]
        if condition is None:
            self.seek_own_end(goal, contact, talking)
            return
        ranked = sorted(talking, key=lambda moment: self.distance(moment, condition))
        for moment in ranked[:TRIED]:
            if not self.open or self.distance(moment, condition) >= FAR:
                return
            player = moment.player.fork()
            self.ways[contact].holding(player, condition)
            if player.contact.phase is Phase.TALKING:
                self.step(player, tuple(Speak(text) for text in self.texts[contact].finding(player, {}, most=1)))
                player.let_read()
            self.close(player)
            if goal in self.coverage.reached:
                return

    def seek_own_end(self, goal: Goal, contact: str, talking: Sequence[Moment]) -> None:
        """An end that no condition and perhaps no reply leads to is one of the channel's: by an act, after another
        act, or by nothing at all. It is found where the ends that have conditions are not to be reached."""
        ends = self.scenario.of(contact).doc.ends
        conditions = [end.when for end in ends.values() if end.when is not None]

        def others(moment: Moment) -> int:
            return sum(self.distance(moment, condition) < FAR for condition in conditions)

        nearest = sorted(talking, key=others)[: 2 * TRIED]
        players = (*self.fresh(contact), *(moment.player for moment in nearest))
        for player, ways in chain(((one, self.one_act) for one in players), ((one, self.two_acts) for one in players)):
            for way in ways(player):
                if not self.open:
                    return
                tried = player.fork()
                self.step(tried, way)
                self.close(tried)
                if goal in self.coverage.reached:
                    return

    def fresh(self, contact: str) -> Iterator[Player]:
        """An attempt in which nothing was done yet, turned to a contact, if that one comes by itself."""
        player = self.started(1)
        self.ways[contact].play(player, (Turn(contact),) if contact != player.at else ())
        if player.at == contact:
            yield player

    def idle_ways(self, player: Player) -> Iterator[Way]:
        """Acts without a word: none, one, one after another, at once or after a while."""
        return chain(self.one_act(player), self.two_acts(player))

    def one_act(self, player: Player) -> Iterator[Way]:
        """No act, then one."""
        yield leap(self.scenario, "end") or (Wait(IDLE_MS),)
        for name in self.allowed(player):
            for act in acts_named(self.scenario, name)[:2]:
                yield (act,)
                yield (act, Wait(IDLE_MS))

    def two_acts(self, player: Player) -> Iterator[Way]:
        """One act and then another."""
        for name in self.allowed(player):
            for act in acts_named(self.scenario, name)[:2]:
                after = player.fork()
                self.ways[after.at].play(after, (act,))
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
            for text in self.texts[moment.player.at].finding(moment.player, {goal.name: want}, most=1):
                said.append((moment, Speak(text)))
                read = leap(self.scenario, "answer")  # what is sent before they read is one letter with what follows
                run = self.attempt(moment.player.fork(), (Speak(text), *read, *moment.rest), conclude=True)
                applied = applied or run.verdict(goal.name) in (Verdict.MET, Verdict.MISSED)
                if not self.open or goal in self.coverage.reached:
                    return
        for moment, speak in said[:TRIED]:
            ways = [(speak, acts_named(self.scenario, name)[0]) for name in self.allowed(moment.player)]
            self.try_scripts(goal, ways, moment.player)
        for moment, speak in said[: 0 if applied else 2]:
            self.try_scripts(goal, ((*way, speak) for way in self.idle_ways(moment.player)), moment.player)
