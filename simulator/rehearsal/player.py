"""Plays moves headless: the same decider as on screen, with session time that jumps to what happens next."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from simulator.scenario.acts import SHIFT, vocabulary_of
from simulator.scenario.moves import AsIn, Do, Move, Speak, Turn, Wait, Withdraw, with_drafts
from simulator.scenario.scenario import FIRST_CONTACT, Scenario
from simulator.session import commands
from simulator.session.channels.outbound import dialled_at
from simulator.session.commands import Command
from simulator.session.decide import all_over, allowed_acts, decide, next_deadline
from simulator.session.dialogue import unread
from simulator.session.envelope import Event
from simulator.session.events import Intensity
from simulator.session.evolve import evolve
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError

RINGING_MS = 60_000
"""Longest wait for a first ring, or for a colleague to answer, before the next move is tried all the same."""
FLOOR_MS = 1_000
"""While a spoken reply lasts, the floor is held as keys hold it: so often."""


@dataclass(frozen=True, slots=True)
class RefusedMove:
    """A move that the session refused: its place in the script (from 0) and the code that wording renders."""

    index: int
    code: str
    args: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Player:
    """One headless attempt. `now`: session time in milliseconds."""

    scenario: Scenario
    seed: int = 1
    agent: str = ""
    difficulty: int | None = None
    """The scenario's own without one."""
    intensity: Intensity = "full"
    attempt: str = "rehearsal"
    events: list[Event] = field(default_factory=list)
    refused: list[RefusedMove] = field(default_factory=list)
    state: State = field(default_factory=State)
    now: int = 0
    at: str = FIRST_CONTACT
    """The contact that the agent is turned to."""

    def __post_init__(self) -> None:
        if self.at not in self.scenario.contacts:
            self.at = self.scenario.contacts[0]

    def start(self) -> None:
        """Begins the attempt with the scenario's own agent unless one is named."""
        agent = self.agent or self.scenario.doc.agent
        start = commands.Start(self.now, self.attempt, self.seed, agent)
        self.send(replace(start, difficulty=self.difficulty, intensity=self.intensity))

    def fork(self) -> "Player":
        """The same attempt from here on, apart: what either plays, the other does not know of."""
        return replace(self, events=list(self.events), refused=list(self.refused))

    def send(self, command: Command) -> None:
        """Decides a command and files its events. Errors: `CommandRefusedError`."""
        for event in decide(self.scenario, self.state, command):
            self.events.append(event)
            self.state = evolve(self.state, event)

    @property
    def contact(self) -> ContactState:
        return self.state.contacts[self.at]

    def pass_time(self, ms: int) -> None:
        """Lets `ms` pass."""
        self.now += ms
        self.send(commands.PassTime(self.now))

    def play(self, moves: Sequence[Move]) -> None:
        """Makes the moves in order. A refused move is noted and skipped, as on screen its button would be grey."""
        for index, move in enumerate(with_drafts(moves)):
            try:
                self._make(move)
            except CommandRefusedError as refusal:
                args = tuple(sorted((name, str(value)) for name, value in refusal.args_.items()))
                self.refused.append(RefusedMove(index, refusal.code, args))

    def finish(self) -> None:
        """Lets what was sent be read and the last lines of reached ends be said, and closes the attempt if all contacts
        are over."""
        if not self._goes_on():
            return
        self._until(lambda: all(unread(contact) is None for contact in self.state.contacts.values()))
        self._until(lambda: not any(contact.phase is Phase.ENDING for contact in self.state.contacts.values()))
        if self._goes_on() and all_over(self.scenario, self.state):
            self.send(commands.Finish(self.now))

    def _goes_on(self) -> bool:
        return self.state.ended is None

    def _make(self, move: Move) -> None:
        match move:
            case Wait(ms=ms):
                self.pass_time(ms)
            case Withdraw():
                self.send(commands.Withdraw(self.now))
            case Do(name=name, args=args) if self.scenario.agenda is not None and name in SHIFT.acts:
                self.send(commands.Act(self.now, name, args, ""))
            case AsIn(test=name):
                tests = self.scenario.of(self.at).doc.tests
                for own in with_drafts(next((test.do for test in tests if test.name == name), ())):
                    self._make(own)
            case Do(name=name, args=args, interrupt=interrupt):
                self._ready(interrupt or name in ("mute", "unmute", "dismiss-colleague", "complete"))
                if name in vocabulary_of(self.contact.channel).patient:
                    self._until(lambda: name in allowed_acts(self.scenario, self.state, self.at))
                self.send(commands.Act(self.now, name, args, self.at))
            case Turn(contact=contact):
                self._until(lambda: contact in self.state.contacts)
                if contact not in self.state.contacts:
                    raise CommandRefusedError("no-such-contact", contact=contact)
                self.at = contact
            case Speak():
                self._speak(move)

    def _speak(self, move: Speak) -> None:
        if move.to_colleague and self.contact.consultation is None:
            self.send(commands.TellSide(self.now, move.text, self.at))
            return
        self.reach_colleague()
        self._until(lambda: dialled_at(self.contact) is None)
        if vocabulary_of(self.contact.channel).face_to_face:
            self._until(lambda: self.contact.phase is not Phase.WAITING)
        self._ready(move.interrupt)
        for _ in range(move.takes_ms // FLOOR_MS):
            self.send(commands.Type(self.now, self.at))
            self.pass_time(FLOOR_MS)
        self.pass_time(move.takes_ms % FLOOR_MS)
        said = commands.Say(
            self.now, move.text, self.at, takes_ms=move.takes_ms, interrupt=move.interrupt, voice=move.voice
        )
        self.send(said)

    def let_read(self) -> None:
        """Waits until the contact has read what was sent, where that is a matter of seconds."""
        self._until(lambda: unread(self.contact) is None)

    def reach_colleague(self) -> None:
        """Waits until a colleague who is being called answers, or nobody does."""
        self._until(lambda: not self._colleague_rings())

    def _colleague_rings(self) -> bool:
        consultation = self.contact.consultation
        return consultation is not None and consultation.answered_at is None and not consultation.failed

    def _ready(self, interrupt: bool) -> None:
        """Waits for the customer to have read what was sent, and for the line that sounds to end."""
        if not interrupt:
            self.let_read()
        spoken = self.contact.party.spoken
        if not interrupt and spoken is not None and self.contact.party.speaking(self.now):
            self.now = spoken.until_ms
            self.send(commands.PassTime(self.now))

    def _until(self, reached: Callable[[], bool]) -> None:
        """Lets time jump from deadline to deadline until `reached()`, or nothing more happens."""
        limit = self.now + RINGING_MS
        while not reached():
            due = next_deadline(self.scenario, self.state)
            if due is None or due > limit:
                return
            self.now = max(self.now, due)
            self.send(commands.PassTime(self.now))


def play(
    scenario: Scenario,
    moves: Iterable[Move],
    *,
    seed: int = 1,
    agent: str = "",
    difficulty: int | None = None,
    intensity: Intensity = "full",
) -> Player:
    """A whole headless attempt: started, played, finished."""
    player = Player(scenario, seed, agent, difficulty, intensity)
    player.start()
    player.play(tuple(moves))
    player.finish()
    return player


def replay(scenario: Scenario, log: Iterable[Command]) -> list[Event]:
    """The events that a list of commands gives from the beginning."""
    state = State()
    events: list[Event] = []
    for command in log:
        for event in decide(scenario, state, command):
            events.append(event)
            state = evolve(state, event)
    return events
