"""An exam: no hints, no pause, a time limit that no gap stops, a pass mark of its own."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.rehearsal.player import Player, play, replay
from simulator.scenario.moves import Do, Move, Speak
from simulator.scoring.score import score
from simulator.session.clock import GAP_MS, SessionClock
from simulator.session.commands import Act, Command, NoticeGap, PassTime, Pause, Say, ShowCaptions, Start, Withdraw
from simulator.session.decide import next_deadline
from simulator.session.envelope import decode, encode
from simulator.session.events import (
    AttemptEnded,
    AttemptStarted,
    CaptionsShown,
    ContactEnded,
    EndReached,
    ExamRules,
    GapNoticed,
    TimeRanOut,
)
from simulator.session.evolve import replayed
from simulator.session.replay import commands_of, forked
from simulator.session.story import CommandRefusedError
from tests.session.cases import Desk, mini
from tests.session.shifts import half_day
from tests.session.test_replay import command_lists, played

RULES = ExamRules("first-exam", "ab" * 32, "Primer examen", 2, 3, 60_000, 100)


def sitting(rules: ExamRules = RULES, **more: object) -> Desk:
    desk = Desk()
    desk.send(Start(0, "a1", 1, "Diego Salas", mode="exam", exam=rules, **more))  # type: ignore[arg-type]
    return desk


def talking(rules: ExamRules = RULES) -> Desk:
    desk = sitting(rules)
    desk.act(3_000, "answer")
    desk.say(4_000, "Telenova, buenos días.")
    return desk


def as_exam(commands: list[Command], limit_ms: int = 40_000) -> list[Command]:
    start = commands[0]
    assert isinstance(start, Start)
    return [replace(start, mode="exam", exam=replace(RULES, time_limit_ms=limit_ms)), *commands[1:]]


def test_its_rules_stand_in_the_log_and_there_are_no_hints() -> None:
    started = sitting(hints=True).events[0].what
    assert isinstance(started, AttemptStarted)
    assert (started.mode, started.exam, started.hints) == ("exam", RULES, False)


def test_the_limit_ends_the_contact_and_the_attempt_at_its_own_time() -> None:
    desk = talking()
    assert desk.state.left_ms(desk.state.at_ms) == 56_000
    desk.until(500_000)
    over = [(e.at_ms, e.contact, type(e.what)) for e in desk.events if e.at_ms >= 60_000]
    assert over == [
        (60_000, "", TimeRanOut),
        (60_000, "c1", EndReached),
        (60_000, "c1", ContactEnded),
        (60_000, "", AttemptEnded),
    ]
    assert desk.state.ended == "finished"
    assert desk.state.left_ms(500_000) == 0


def test_what_comes_after_the_limit_is_too_late() -> None:
    desk = talking()
    told = desk.say(60_000, "Le hacemos el reintegro.")
    assert [type(what) for what in told][-1] is AttemptEnded
    with pytest.raises(CommandRefusedError, match="attempt-over"):
        desk.say(60_001, "Le hacemos el reintegro.")


def test_a_contact_that_is_over_stays_as_it_ended() -> None:
    desk = talking()
    desk.act(11_000, "hang-up")
    desk.until(60_000)
    assert [e.what.end for e in desk.of(ContactEnded)] == ["hung-up"]


def test_what_was_done_by_the_limit_is_scored_with_the_exams_pass_mark() -> None:
    desk = talking()
    desk.until(60_000)
    card = score(mini(), desk.events)
    assert (card.pass_mark, card.end, card.result) == (100, "time-over", "failed")
    assert card.score is not None
    verdicts = {line.id: line.verdict for line in card.checkpoints}
    assert (verdicts["greet-company"], verdicts["document-case"]) == ("met", "missed")
    lenient = talking(replace(RULES, pass_mark=1))
    lenient.until(60_000)
    assert (score(mini(), lenient.events).score, score(mini(), lenient.events).pass_mark) == (card.score, 1)


def test_who_breaks_off_before_the_limit_has_no_score() -> None:
    desk = talking()
    desk.send(Withdraw(9_000))
    card = score(mini(), desk.events)
    assert (card.score, card.result) == (None, "not-scored")


def test_a_shift_that_runs_out_of_time_is_scored() -> None:
    desk = Desk(half_day())
    desk.send(Start(0, "a1", 1, "Diego Salas", mode="exam", exam=RULES))
    desk.send(Act(0, "available", (), ""))
    desk.until(60_000)
    assert desk.state.ended == "finished"
    assert score(half_day(), desk.events).result != "incomplete"


def test_the_simulated_clock_leaps_without_coming_nearer_to_the_limit() -> None:
    desk = Desk(half_day())
    desk.send(Start(0, "a1", 1, "Diego Salas", mode="exam", exam=RULES))
    desk.send(Act(100, "jump", (("to", "next"),), ""))
    assert desk.state.jumped_ms + desk.state.at_ms >= RULES.time_limit_ms
    assert desk.state.ended is None
    assert desk.state.left_ms(desk.state.at_ms) == 59_900


def test_nothing_pauses_it() -> None:
    desk = talking()
    for why in ("asked", "gap"):
        with pytest.raises(CommandRefusedError, match="exam-no-pause"):
            desk.send(Pause(9_000, why))


def test_a_gap_is_logged_after_all_that_was_due_in_it() -> None:
    desk = talking()
    told = desk.send(NoticeGap(50_000, 41_000))
    assert told[-1] == GapNoticed(41_000)
    assert len(told) > 1
    assert desk.state.left_ms(desk.state.at_ms) == 10_000


def test_captions_are_put_on_record_once() -> None:
    desk = talking()
    assert desk.send(ShowCaptions(9_000)) == [CaptionsShown()]
    assert desk.send(ShowCaptions(9_500)) == []
    needed = talking(replace(RULES, captions=True))
    assert needed.send(ShowCaptions(9_000)) == []


def test_a_fork_of_it_is_practice() -> None:
    desk = talking()
    fork = forked(desk.events, desk.events[-1].seq, "a2")
    started = fork[0].what
    assert isinstance(started, AttemptStarted)
    assert (started.mode, started.exam, started.forked_from) == ("practice", None, "a1")
    other = Desk(state=replayed(fork), events=list(fork))
    other.until(3_600_000)
    assert not other.of(TimeRanOut)


def test_the_clock_of_an_exam_runs_through_gaps() -> None:
    practice, exam = SessionClock(), SessionClock(relentless=True)
    for clock in (practice, exam):
        clock.start(0)
        assert clock.read(GAP_MS) == (GAP_MS, 0)
    assert practice.read(GAP_MS + 60_000) == (GAP_MS, 60_000)
    assert exam.read(GAP_MS + 60_000) == (GAP_MS + 60_000, 60_000)
    assert (practice.running, exam.running) == (False, True)


def exam_commands() -> st.SearchStrategy[list[Command]]:
    def gaps(commands: list[Command], after: int, lasts: int) -> list[Command]:
        return [
            *commands[: after + 1],
            NoticeGap(commands[min(after, len(commands) - 1)].at, lasts),
            *commands[after + 1 :],
        ]

    return st.builds(gaps, command_lists(), st.integers(0, 10), st.integers(0, 60_000)).map(as_exam)


@settings(max_examples=60, deadline=None)
@given(exam_commands())
def test_its_log_replays_to_the_same_bytes(commands: list[Command]) -> None:
    desk = played(commands)
    again = replay(mini(), commands_of(desk.events))
    assert [encode(event) for event in again] == [encode(event) for event in desk.events]
    assert [decode(encode(event)) for event in desk.events] == desk.events
    assert replayed(desk.events) == desk.state
    assert all(event.at_ms <= 40_000 for event in desk.events)


@settings(max_examples=60, deadline=None)
@given(exam_commands(), st.integers(200, 3_000))
def test_how_often_time_is_told_changes_nothing(commands: list[Command], every: int) -> None:
    ticking: list[Command] = []
    now = 0
    for command in commands:
        while now + every < command.at:
            now += every
            ticking.append(PassTime(now))
        now = command.at
        ticking.append(command)
    last = PassTime(now)
    ticked, plain = played([*ticking, last]), played([*commands, last])
    assert [encode(e) for e in ticked.events] == [encode(e) for e in plain.events]


def test_the_shell_is_told_of_the_limit() -> None:
    desk = talking(replace(RULES, time_limit_ms=5_000))
    assert next_deadline(desk.scenario, desk.state) == 5_000
    desk.send(Say(4_500, "Le hacemos el reintegro."))
    desk.until(5_000)
    assert next_deadline(desk.scenario, desk.state) is None


def test_a_headless_exam_may_run_out_while_its_last_line_is_said() -> None:
    texts = ("Telenova, muy buenos días.", "Le hacemos el reintegro.", "Con mucho gusto.")
    moves: tuple[Move, ...] = (Do("dismiss-colleague"), Do("answer"), *(Speak(text) for text in texts))
    whole = play(mini(), moves).events
    reached, ended = (
        next(event.at_ms for event in whole if isinstance(event.what, kind)) for kind in (EndReached, ContactEnded)
    )
    assert reached + 1 < ended
    player = Player(mini())
    player.send(Start(0, "a1", 1, "Diego Salas", mode="exam", exam=replace(RULES, time_limit_ms=reached + 1)))
    player.play(moves)
    assert player.state.ended is None
    player.finish()
    assert player.state.out_of_time
    assert [e.what.end for e in player.events if isinstance(e.what, ContactEnded)] == [player.contact.end]
