"""The one owner of a running attempt: commands go in, stored events come out in order.

Views call `send` and listen to `happened`. What is decided is decided by `simulator.session`; here are only the queue,
the store's turn before anything is shown, and the machine's clock.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from simulator.errors import TercerTimbreError
from simulator.scenario.scenario import Scenario
from simulator.session.clock import SessionClock
from simulator.session.commands import (
    Act,
    Command,
    Continue,
    Finish,
    Interrupt,
    NoticeGap,
    PassTime,
    Pause,
    Say,
    ShowCaptions,
    TellSide,
    Type,
    Withdraw,
)
from simulator.session.decide import all_over, allowed_acts, decide, next_deadline
from simulator.session.envelope import Event
from simulator.session.events import AttemptContinued, AttemptEnded, AttemptPaused, AttemptStarted, Recognised
from simulator.session.evolve import evolve, replayed
from simulator.session.state import ContactState, State
from simulator.session.story import CommandRefusedError

TICK_MS = 500
"""The longest wait between two ticks: running clocks on the desk never lag by more."""

_AWAKE_OR_NOT: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""The clock that counts sleep: a name of its own on Linux, the plain one of macOS; Windows' monotonic clock does it."""

Store = Callable[[list[Event]], None]
"""Makes events durable, or raises `TercerTimbreError` or `OSError` and keeps none of them."""


def monotonic_ms() -> int:
    """The machine's monotonic clock in whole milliseconds. It goes on while the machine sleeps, so that a suspended
    session has a gap."""
    now = time.monotonic_ns() if _AWAKE_OR_NOT is None else time.clock_gettime_ns(_AWAKE_OR_NOT)
    return now // 1_000_000


class SessionController(QObject):
    """Owns one attempt.

    A new attempt begins with `send(Start(…))`. `events` is the log of an attempt that goes on (after a kill, or a fork
    whose beginning is already stored): call `resume`, which leaves it paused until `go_on`; an exam goes on at once, at
    session time `resumes_at_ms` if that is later than its last event.

    A command is decided only when every listener has been told of what the earlier ones caused: a listener that sends
    during an emission does not reverse history for the listeners after it.

    When the store fails, nothing of the command is shown, time stands still and `stalled` is emitted; the events wait.
    `try_again` stores them, and all goes on as if nothing had been.
    """

    happened = Signal(object)
    """`Event`, stored and filed into `state`."""
    refused = Signal(str, object)
    """A code for wording, and its values (`dict[str, str | int]`)."""
    ticked = Signal(int)
    """Session time (ms), at least every `TICK_MS` while time runs."""
    stalled = Signal(object)
    """`TercerTimbreError` or `OSError`: the store failed, time stands still."""
    recovered = Signal()
    """The store works again."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        store: Store,
        events: Sequence[Event] = (),
        resumes_at_ms: int = 0,
        clock_ms: Callable[[], int] = monotonic_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._scenario = scenario
        self._store = store
        self._clock_ms = clock_ms
        self._events = list(events)
        self._state = replayed(events)
        self._resumes_at_ms = resumes_at_ms
        self._clock = SessionClock(session_ms=self._state.at_ms)
        self._queue: deque[Command] = deque()
        self._unstored: list[Event] = []
        self._at = scenario.contacts[0]
        self._working = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    @property
    def scenario(self) -> Scenario:
        """The scenario being played."""
        return self._scenario

    @property
    def state(self) -> State:
        """The state after the last event told."""
        return self._state

    @property
    def events(self) -> tuple[Event, ...]:
        """The log so far: stored and told."""
        return tuple(self._events)

    @property
    def contact(self) -> ContactState | None:
        """The contact that the agent is turned to, once it is opened."""
        return self._state.contacts.get(self._at)

    @property
    def contact_scenario(self) -> Scenario:
        """The scenario as the contact has it that the agent is turned to."""
        return self._scenario.of(self._at)

    @property
    def turned_to(self) -> str:
        """The contact that the agent is turned to."""
        return self._at

    @property
    def all_over(self) -> bool:
        """Whether every contact came and is over: what is left is to write it up and finish."""
        return all_over(self._scenario, self._state)

    def turn_to(self, contact: str) -> None:
        """The agent turns to another contact of the attempt: what is said and done from here on concerns it."""
        self._at = contact

    @property
    def is_exam(self) -> bool:
        """Whether nothing stops the time of this attempt."""
        return self._state.started is not None and self._state.started.mode == "exam"

    @property
    def is_stalled(self) -> bool:
        """Whether events wait for a store that failed."""
        return bool(self._unstored)

    def allowed_acts(self) -> frozenset[str]:
        """The acts of the channel that make sense now."""
        return allowed_acts(self._scenario, self._state, self._at)

    def now(self) -> int:
        """Session time (ms) at this moment, for the `at` of a command."""
        session_ms, gap = self._clock.read(self._clock_ms())
        if gap:
            self.send(NoticeGap(session_ms, gap) if self.is_exam else Pause(session_ms, "gap"))
        return session_ms

    def send(self, command: Command) -> None:
        """Queues a command. Its events are stored and told before `send` returns, unless it is called from a listener
        or while the store fails: then they follow in their turn."""
        self._queue.append(command)
        self._work()

    def say(self, text: str, *, interrupt: bool = False) -> None:
        """The typed words of the agent, now, to whoever is on the line."""
        self.send(Say(self.now(), text, self._at, interrupt=interrupt))

    def say_aloud(
        self, text: str, recognised: Recognised, *, at: int, takes_ms: int, voice: tuple[tuple[str, int], ...]
    ) -> None:
        """The spoken words of the agent, said by session time `at` (ms)."""
        self.now()  # a gap is noticed before the words are
        self.send(Say(at, text, self._at, takes_ms=takes_ms, voice=voice, recognised=recognised))

    def cut_in(self, began: int) -> None:
        """The agent's voice has sounded over the other's line since session time `began` (ms), and goes on."""
        self.send(Interrupt(self.now(), began, self._at))

    def tell_side(self, text: str) -> None:
        """The agent's words, now, to the colleague across the desk."""
        self.send(TellSide(self.now(), text, self._at))

    def act(self, name: str, /, **args: str) -> None:
        """An act of the channel, now. `args`: `area` for consult, the fields for notes (`follow_up` is «follow-up»)."""
        pairs = tuple(sorted((key.replace("_", "-"), value) for key, value in args.items()))
        self.send(Act(self.now(), name, pairs, self._at))

    def typed(self) -> None:
        """A key arrived in the reply field, or the agent's voice sounds, now."""
        self.send(Type(self.now(), self._at))

    def pause(self) -> None:
        """Time stands still until `go_on`."""
        self.send(Pause(self.now()))

    def go_on(self) -> None:
        """Ends a pause."""
        self.send(Continue(self.now()))

    def finish(self) -> None:
        """Ends the attempt: finished after the contact's end, abandoned before."""
        self.send(Finish(self.now()))

    def withdraw(self) -> None:
        """Leaves without a mark."""
        self.send(Withdraw(self.now()))

    def show_captions(self) -> None:
        """Has it on record that the customer's words are shown from now on in an exam."""
        self.send(ShowCaptions(self.now()))

    def resume(self) -> None:
        """Takes up the log given at construction: paused, whatever the moment it broke off at; an exam goes on."""
        if self._state.started is None or self._state.ended is not None or self._state.paused:
            return
        if not self.is_exam:
            self.send(Pause(self._state.at_ms, "gap"))
            return
        away = max(0, self._resumes_at_ms - self._state.at_ms)
        self._clock.session_ms = self._state.at_ms + away
        self._clock.relentless = True
        self._clock.start(self._clock_ms())
        self.send(NoticeGap(self._clock.session_ms, away))

    def try_again(self) -> None:
        """Stores what the store refused, and goes on; `stalled` again when it still fails."""
        if self._unstored and not self._working:
            self._work()
            if not self._unstored:
                self.recovered.emit()

    def close(self) -> None:
        """No tick comes any more and nothing more is decided. What is stored stays stored."""
        self._closed = True
        self._timer.stop()
        self._queue.clear()

    @Slot()
    def tick(self) -> None:
        """Lets time pass: what is due happens."""
        if self._closed or self._unstored:
            return
        now = self.now()
        if self._clock.running:
            self.send(PassTime(now))
            self.ticked.emit(now)
        self._schedule()

    def _work(self) -> None:
        if self._working or self._closed:
            return
        self._working = True
        try:
            if self._unstored:
                self._file()
            while self._queue and not self._unstored:
                self._carry_out(self._queue.popleft())
        finally:
            self._working = False
        self._schedule()

    def _carry_out(self, command: Command) -> None:
        try:
            self._unstored = decide(self._scenario, self._state, command)
        except CommandRefusedError as refusal:
            self.refused.emit(refusal.code, dict(refusal.args_))
            return
        self._file()

    def _file(self) -> None:
        if not self._unstored:
            return
        try:
            self._store(list(self._unstored))
        except (TercerTimbreError, OSError) as error:
            if not self.is_exam:  # whose time runs on: `now` will find a gap
                self._clock.stop(self._clock_ms())
            self.stalled.emit(error)
            return
        stored, self._unstored = self._unstored, []
        for event in stored:
            self._state = evolve(self._state, event)
            self._events.append(event)
            self._keep_time(event)
            self.happened.emit(event)
        if not self._clock.running and self._time_should_run():
            self._clock.start(self._clock_ms())

    def _keep_time(self, event: Event) -> None:
        match event.what:
            case AttemptStarted(mode=mode):
                self._clock.relentless = mode == "exam"
                self._clock.start(self._clock_ms())
            case AttemptContinued():
                self._clock.start(self._clock_ms())
            case AttemptPaused() | AttemptEnded():
                self._clock.stop(self._clock_ms())
            case _:
                pass

    def _time_should_run(self) -> bool:
        return self._state.started is not None and not self._state.paused and self._state.ended is None

    def _schedule(self) -> None:
        if self._closed or self._unstored or not self._clock.running:
            self._timer.stop()
            return
        due = next_deadline(self._scenario, self._state)
        wait = TICK_MS if due is None else min(TICK_MS, max(0, due - self._clock.session_ms))
        self._timer.start(wait)
