"""The shift: who is available is offered whoever waits longest, the clock leaps to what is due, time adds up."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.rehearsal.player import Player, play, replay
from simulator.scenario.moves import Do, Move, Wait
from simulator.session.adherence import adhered, spans
from simulator.session.commands import Act
from simulator.session.decide import all_over, allowed_acts
from simulator.session.envelope import encode
from simulator.session.events import AgendaReached, ContactOpened
from simulator.session.evolve import replayed
from simulator.session.replay import commands_of
from simulator.session.shift import leap_ms, queue, taken
from simulator.session.state import Phase
from simulator.session.story import CommandRefusedError
from tests.session.shifts import (
    BREAK,
    ELVIRA,
    MARTA,
    MORNING,
    NEXT,
    REST,
    SHIFT,
    STOPS,
    half_day,
    loaded,
    moves,
    played,
)

MINUTE = 60_000


def simulated(player: Player) -> int:
    """Seconds of the simulated clock since the start."""
    return (player.now + player.state.jumped_ms) // 1000


def opened(player: Player) -> list[str]:
    return [event.contact for event in player.events if isinstance(event.what, ContactOpened)]


def test_nobody_comes_before_the_agent_is_available() -> None:
    player = played(NEXT, NEXT)
    assert simulated(player) == 21 * 60
    assert player.state.contacts == {}
    assert [waiting.contact for waiting in queue(half_day(), player.state, 21 * MINUTE)] == ["elvira"]


def test_whoever_waits_longest_is_offered_at_once_to_who_becomes_available() -> None:
    player = played(NEXT, NEXT, NEXT, "available")
    assert opened(player) == ["elvira"]
    assert [waiting.contact for waiting in queue(half_day(), player.state, 22 * MINUTE)] == ["marta"]


def test_the_next_is_not_offered_during_a_contact_nor_before_the_work_after_it_is_done() -> None:
    player = played(NEXT, "available", NEXT, *ELVIRA, {"wait": 90})
    assert opened(player) == ["elvira"]
    assert player.state.presence == "after-call"
    player.play(moves("available"))
    assert opened(player) == ["elvira", "marta"]


def test_who_waits_longer_than_they_can_gives_up_and_was_never_offered() -> None:
    player = played(NEXT, NEXT, NEXT, NEXT)
    contact = player.state.contacts["elvira"]
    assert (contact.end, contact.phase, contact.rings, simulated(player)) == ("abandoned", Phase.AFTER, 0, 23 * 60)
    assert player.state.presence == ""


def test_those_who_wait_give_up_while_the_agent_attends_somebody_else() -> None:
    both_at_once = SHIFT.replace('"09:21", patience: 300', '"09:20", patience: 20')
    scenario = loaded(both_at_once).scenario
    assert scenario is not None
    player = play(scenario, moves(NEXT, "available", NEXT, *ELVIRA))
    ends = {id: contact.end for id, contact in player.state.contacts.items()}
    assert ends == {"elvira": "happy", "marta": "abandoned"}
    assert player.state.presence == "after-call"


def test_who_lets_it_ring_out_is_away() -> None:
    player = played(NEXT, "available", NEXT, {"wait": 60})
    assert player.state.contacts["elvira"].end == "unanswered"
    assert player.state.presence == "other"
    assert "available" in allowed_acts(half_day(), player.state, "")


def test_a_break_may_be_said_during_a_contact_and_begins_after_it() -> None:
    player = played(NEXT, "available", NEXT, {"in": "elvira"}, "answer", BREAK, {"say": "Farmacias Sol Andino."})
    kinds = {span.state for span in spans(half_day(), player.state, player.now + player.state.jumped_ms)}
    assert "break" not in kinds
    player.play(moves({"say": "Deje de molestar, señora."}, {"say": "No moleste más."}, {"wait": 60}))
    assert player.contact.phase is Phase.AFTER
    assert player.state.presence == "break"


@pytest.mark.parametrize("stage", ["ringing", "talking", "after-call"])
def test_the_clock_does_not_leap_during_a_contact_nor_in_the_work_after_it(stage: str) -> None:
    begun: tuple[object, ...] = (NEXT, "available", NEXT, {"in": "elvira"})
    more = {"ringing": ({"wait": 5},), "talking": ("answer",), "after-call": ELVIRA}[stage]
    player = played(*begun, *more)
    assert (taken(player.state) is None) == (stage == "after-call")
    with pytest.raises(CommandRefusedError, match="nothing-due"):
        player.send(Act(player.now, "jump", (("to", "next"),), ""))


def test_reasons_to_be_away_are_those_of_the_list_and_who_is_available_need_not_say_it_again() -> None:
    player = played(NEXT, "available")
    with pytest.raises(CommandRefusedError, match="no-such-reason"):
        player.send(Act(player.now, "away", (("reason", "siesta"),), ""))
    with pytest.raises(CommandRefusedError, match="act-not-now"):
        player.send(Act(player.now, "available", (), ""))


def test_the_shift_is_over_at_its_end_and_not_before() -> None:
    player = played(*MORNING, *REST[:-1])
    assert not all_over(half_day(), player.state)
    player.play(moves(NEXT))
    assert all_over(half_day(), player.state)
    player.finish()
    assert player.state.ended == "finished"
    reached = [event.what for event in player.events if isinstance(event.what, AgendaReached)]
    kinds = ["work", "break", "work", "activity", "work", "over"]
    assert [what.kind for what in reached] == kinds
    assert [what.title for what in reached if what.title] == ["Pausa", "Reunión"]


def test_an_exemplary_shift_is_adhered_to_wholly() -> None:
    player = played(*MORNING, *REST)
    pieces = adhered(half_day(), player.state, 121 * MINUTE)
    assert sum(piece.lasts_ms for _, piece, fits in pieces if fits) == 120 * MINUTE


def test_coming_late_and_overrunning_the_break_are_counted_to_the_second() -> None:
    late = (NEXT, {"wait": 90}, "available", NEXT, *ELVIRA, "available", *MARTA, "available")
    over = (NEXT, BREAK, NEXT, {"wait": 120}, "available", *REST[4:])
    player = played(*late, *over)
    strayed = Counter[str]()
    for entry, piece, fits in adhered(half_day(), player.state, 121 * MINUTE):
        if not fits:
            strayed[f"{entry.kind}/{piece.state}"] += piece.lasts_ms
    assert strayed == {"work/off": 90_000, "work/break": 120_000}


def test_after_call_work_is_worked_time_up_to_what_each_contact_is_allowed() -> None:
    player = played(NEXT, "available", NEXT, *ELVIRA, {"wait": 100}, "available")
    states = Counter[str]()
    for span in spans(half_day(), player.state, player.now + player.state.jumped_ms):
        states[span.state] += span.lasts_ms
    assert (states["after-call"], states["overrun"]) == (60_000, 40_000)


def test_a_contact_that_lasts_into_the_break_does_not_count_against_the_agent() -> None:
    scenario = loaded(SHIFT.replace('"09:21"', '"09:59"')).scenario
    assert scenario is not None
    player = play(scenario, moves(NEXT, "available", NEXT, *ELVIRA, "available", NEXT, *MARTA, BREAK, NEXT))
    inside = [(entry.kind, piece.state) for entry, piece, fits in adhered(scenario, player.state, 71 * MINUTE) if fits]
    assert inside[-3:] == [("work", "contact"), ("break", "contact"), ("break", "break")]
    assert all(fits for _, _, fits in adhered(scenario, player.state, 71 * MINUTE))


@pytest.mark.parametrize(
    ("file", "test", "end"),
    [
        ("apps/app-support", "ayuda ejemplar", "happy"),
        ("in-person/counter-visit", "agente ejemplar", "resolved"),
        ("colleague/colleague-on-the-line", "atención ejemplar a una compañera", "helped"),
    ],
)
def test_whoever_has_one_customer_can_come_whatever_the_channel(file: str, test: str, end: str) -> None:
    scenario = loaded(SHIFT.replace("phone/angry-caller", file)).scenario
    assert scenario is not None
    script = (NEXT, "available", NEXT, *ELVIRA, "available", {"in": "marta"}, {"as-in": test}, "available", *REST)
    player = play(scenario, moves(*script))
    assert player.refused == []
    contact = player.state.contacts["marta"]
    assert (contact.phase, contact.channel) == (Phase.AFTER, scenario.of("marta").doc.channel)
    assert contact.end == end
    assert player.state.ended == "finished"


# Whatever is done

DOINGS = st.lists(
    st.sampled_from(
        [
            Do("jump", (("to", "next"),)),
            Do("available"),
            Do("away", (("reason", "break"),)),
            Do("away", (("reason", "other"),)),
            Do("answer"),
            Do("hang-up"),
            Wait(7_000),
            Wait(100_000),
        ]
    ),
    max_size=25,
)


def lived(doings: list[Move]) -> Player:
    player = Player(half_day())
    player.start()
    for doing in doings:
        current = taken(player.state)
        if current is not None:
            player.at = current.id
        if isinstance(doing, Do) and doing.name in ("answer", "hang-up") and current is None:
            continue
        player.play([doing])
    return player


@settings(max_examples=60, deadline=None)
@given(DOINGS)
def test_time_in_the_states_is_whole_and_adds_up_to_what_was_scheduled(doings: list[Move]) -> None:
    player = lived(doings)
    now = player.now + player.state.jumped_ms
    pieces = spans(half_day(), player.state, now)
    edges = [0, *(span.ends_ms for span in pieces)]
    assert [span.begins_ms for span in pieces] == edges[:-1]
    assert edges[-1] == now
    scheduled = max(0, min(now, 121 * MINUTE) - MINUTE)
    assert sum(piece.lasts_ms for _, piece, _ in adhered(half_day(), player.state, now)) == scheduled


@settings(max_examples=60, deadline=None)
@given(DOINGS)
def test_no_leap_passes_over_what_is_due(doings: list[Move]) -> None:
    player = Player(half_day())
    player.start()
    for doing in doings:
        before, busy = simulated(player) * 1000, taken(player.state)
        leaps = leap_ms(half_day(), player.state, player.now)
        if busy is not None:
            player.at = busy.id
        if isinstance(doing, Do) and doing.name in ("answer", "hang-up") and busy is None:
            continue
        player.play([doing])
        if isinstance(doing, Do) and doing.name == "jump":
            after = player.now + player.state.jumped_ms
            assert leaps == 0 or busy is None
            assert not [stop for stop in STOPS if before < stop * 1000 < after - 999]


@settings(max_examples=40, deadline=None)
@given(DOINGS)
def test_the_log_of_any_shift_replays(doings: list[Move]) -> None:
    player = lived(doings)
    again = replay(half_day(), commands_of(player.events))
    assert [encode(event) for event in again] == [encode(event) for event in player.events]
    assert replayed(player.events) == player.state


def test_the_log_of_a_whole_shift_replays() -> None:
    player = played(*MORNING, *REST)
    assert [encode(e) for e in replay(half_day(), commands_of(player.events))] == [encode(e) for e in player.events]
    assert replayed(player.events) == player.state
