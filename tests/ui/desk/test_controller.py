"""The queue, the store's turn and the clock of a running attempt."""

import itertools
import time

import pytest
from pytestqt.qtbot import QtBot

from simulator.session.commands import Act, PassTime, Pause
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AttemptContinued,
    AttemptEnded,
    AttemptPaused,
    AttemptStarted,
    CustomerSpoke,
    GapNoticed,
    PhoneRang,
)
from simulator.ui.session_controller import TICK_MS, SessionController, monotonic_ms
from tests.ui.desk.cases import Line, call


def test_events_come_in_order_though_a_listener_sends_at_once(qtbot: QtBot) -> None:
    line = Line()
    first: list[int] = []
    second: list[int] = []

    def answer(event: Event) -> None:
        first.append(event.seq)
        if isinstance(event.what, PhoneRang):
            line.controller.act("answer")

    line.controller.happened.connect(answer)
    line.controller.happened.connect(lambda event: second.append(event.seq))
    line.start()
    line.go(2_500)
    assert [type(what).__name__ for what in line.happened()][-2:] == ["AgentActed", "StepEntered"]
    assert first == second == list(range(len(first)))


def test_an_event_is_stored_before_anyone_hears_of_it(qtbot: QtBot) -> None:
    line = Line()
    unstored: list[Event] = []
    line.controller.happened.connect(lambda event: None if event in line.stored else unstored.append(event))
    line.start()
    line.go(12_000)
    assert line.stored == list(line.controller.events)
    assert unstored == []


def test_a_store_that_fails_stops_time_and_shows_nothing(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(2_500)
    line.broken = True
    before = line.controller.events
    with qtbot.waitSignal(line.controller.stalled) as told:
        line.controller.act("answer")
    assert told.args is not None
    assert told.args[0].code == "file-unwritable"
    assert line.controller.events == before
    stood = line.controller.now()
    line.go(4_000)
    assert line.controller.now() == stood
    assert line.controller.is_stalled


def test_what_the_store_refused_is_kept_and_goes_on_when_it_works_again(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(2_500)
    line.broken = True
    line.controller.act("answer")
    line.controller.say("Buenos días.")
    line.controller.try_again()
    assert line.controller.is_stalled
    line.broken = False
    with qtbot.waitSignal(line.controller.recovered):
        line.controller.try_again()
    names = [type(what).__name__ for what in line.happened()]
    assert names.index("AgentActed") < names.index("AgentSpoke")
    assert line.stored == list(line.controller.events)
    before = line.controller.now()
    line.go(400)
    assert line.controller.now() == before + 400


def test_a_gap_pauses_and_does_not_count(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(1_000)
    line.now += 60_000
    line.controller.tick()
    assert [what.why for what in line.of(AttemptPaused)] == ["gap"]
    assert line.controller.now() == 1_000
    assert line.of(PhoneRang) == []


def test_a_key_after_a_gap_finds_the_session_paused(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(2_500)
    line.now += 6_000
    with qtbot.waitSignal(line.controller.refused) as refused:
        line.controller.act("answer")
    assert refused.args == ["paused", {}]


def test_time_stands_still_while_paused(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(1_000)
    line.controller.pause()
    line.now += 3_600_000
    line.controller.go_on()
    assert line.controller.now() == 1_000
    assert len(line.of(AttemptContinued)) == 1
    line.go(1_200)
    assert len(line.of(PhoneRang)) == 1


def test_a_refused_command_is_told_and_changes_nothing(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    before = line.controller.state
    with qtbot.waitSignal(line.controller.refused) as refused:
        line.controller.act("hold")
    assert refused.args == ["act-not-now", {"act": "hold"}]
    assert line.controller.state is before


def test_the_phone_rings_by_itself(qtbot: QtBot) -> None:
    """With the machine's own clock: the timer is set to what is due, and no test waits for longer than that."""
    stored: list[Event] = []
    controller = SessionController(call(), store=stored.extend)
    ticks: list[int] = []
    controller.ticked.connect(ticks.append)

    def rang() -> bool:
        return any(isinstance(event.what, PhoneRang) for event in stored)

    from simulator.session.commands import Start

    controller.send(Start(0, "a1", 1, "Diego"))
    qtbot.waitUntil(rang, timeout=4_000)
    assert next(event.at_ms for event in stored if isinstance(event.what, PhoneRang)) == 2_000
    assert all(later - earlier <= 2 * TICK_MS for earlier, later in itertools.pairwise(ticks))
    controller.close()


def test_a_broken_off_log_goes_on_paused_at_its_last_moment(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    again = SessionController(line.scenario, store=line.stored.extend, events=line.controller.events)
    again.resume()
    assert again.state.paused
    assert isinstance(again.events[-1].what, AttemptPaused)
    assert again.events[-1].at_ms == 2_500
    again.go_on()
    assert isinstance(again.events[-1].what, AttemptContinued)
    again.close()


def test_nothing_is_decided_after_the_end(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.controller.withdraw()
    assert isinstance(line.happened()[-1], AttemptEnded)
    line.go(10_000)
    assert isinstance(line.happened()[-1], AttemptEnded)


@pytest.mark.parametrize("command", [Act(0, "answer"), PassTime(0), Pause(0)])
def test_before_the_start_everything_is_refused(qtbot: QtBot, command: Act | PassTime | Pause) -> None:
    line = Line()
    with qtbot.waitSignal(line.controller.refused) as refused:
        line.controller.send(command)
    assert refused.args == ["not-started", {}]


def test_the_whole_opening_is_told(qtbot: QtBot) -> None:
    line = Line()
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    line.controller.say("Telenova, buenos días.")
    assert next(type(what) for what in line.happened()[:2]) is AttemptStarted
    assert line.of(AgentActed)[0].name == "answer"
    assert len(line.of(CustomerSpoke)) == 1


def exam(limit_ms: int = 60_000) -> Line:
    line = Line()
    line.sit(limit_ms)
    return line


def test_a_suspended_exam_runs_on_and_the_gap_is_noted(qtbot: QtBot) -> None:
    line = exam()
    line.go(2_500)
    line.now += 20_000
    line.controller.tick()
    assert line.of(GapNoticed) == [GapNoticed(20_000)]
    assert line.controller.now() == 22_500
    assert not line.controller.state.paused


def test_an_exam_ends_at_its_limit_however_long_the_machine_slept(qtbot: QtBot) -> None:
    line = exam()
    line.go(2_500)
    line.now += 3_600_000
    line.controller.tick()
    assert line.controller.events[-1].at_ms == 60_000
    assert isinstance(line.happened()[-1], AttemptEnded)
    assert line.of(GapNoticed) == []


def test_an_exam_runs_on_while_the_store_fails(qtbot: QtBot) -> None:
    line = exam()
    line.go(2_500)
    line.broken = True
    line.controller.act("answer")
    assert line.controller.is_stalled
    line.now += 30_000
    line.broken = False
    line.controller.try_again()
    line.controller.tick()
    assert line.controller.now() == 32_500
    assert [what.lasts_ms for what in line.of(GapNoticed)] == [30_000]


def test_an_exam_is_taken_up_where_its_time_stands(qtbot: QtBot) -> None:
    line = exam()
    line.go(2_500)
    again = Line()
    again.controller = SessionController(
        again.scenario, store=again.store, events=line.stored, resumes_at_ms=40_000, clock_ms=again.clock
    )
    again.controller.resume()
    away = 40_000 - line.stored[-1].at_ms
    assert again.of(GapNoticed) == [GapNoticed(away)]
    assert (again.controller.now(), again.controller.state.paused) == (40_000, False)
    again.go(20_000)
    assert again.controller.state.ended == "finished"


def test_the_machines_clock_counts_its_sleep() -> None:
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert abs(monotonic_ms() - time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000) < 1_000
    first = monotonic_ms()
    assert monotonic_ms() >= first
