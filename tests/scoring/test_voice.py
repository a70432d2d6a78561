"""The voice of a call, from logs made by hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scoring.report import report
from simulator.scoring.score import score
from simulator.scoring.voice import CallVoice, call_voice, voice_json
from simulator.session.commands import Say
from simulator.session.envelope import Event, canonical
from simulator.session.events import (
    AgentActed,
    AgentInterrupted,
    AgentSpoke,
    ContactEnded,
    ContactOpened,
    CustomerSpoke,
    Happening,
    LineEnded,
    LineTimed,
    Party,
    StepEntered,
)
from tests.session.cases import Desk, mini


def log(*moments: tuple[int, Happening]) -> tuple[Event, ...]:
    return tuple(Event(seq, "a1", "c1", at, what) for seq, (at, what) in enumerate(moments))


def of(contact: str, seq: int, at: int, what: Happening) -> Event:
    """One event of a log of several contacts."""
    return Event(seq, "a1", contact, at, what)


def said(takes: int, *, to: Party = "customer", overlap: int = 0, heard: bool = True, **measures: int) -> AgentSpoke:
    voice = tuple(sorted(measures.items()))
    return AgentSpoke(to, "Con mucho gusto", takes_ms=takes, overlap_ms=overlap, heard=heard, voice=voice)


def line(lasts: int) -> CustomerSpoke:
    return CustomerSpoke(("l1",), "Me cobraron dos veces", (), lasts, 50)


ANSWER = AgentActed("answer")
END = ContactEnded("resolved", "customer")


def test_a_call_with_all_its_figures() -> None:
    voice = call_voice(
        log(
            (0, ANSWER),
            (3_000, said(3_000, wpm=180, sps10=50, pauses=1, pause_ms=400, fillers=1, dbfs=-20, snr=30, swing=12)),
            (3_500, line(4_000)),
            (7_500, LineEnded(2)),
            (
                14_500,
                said(
                    6_000,
                    wpm=120,
                    sps10=40,
                    pauses=2,
                    pause_ms=900,
                    fillers=0,
                    dbfs=-26,
                    snr=20,
                    swing=21,
                    delay_ms=1_000,
                ),
            ),
            (15_000, line(2_000)),
            (20_000, said(1_000, wpm=150, delay_ms=2_000, dbfs=-23)),
            (20_000, END),
        )
    )
    assert voice == CallVoice(
        turns=voice.turns,
        lines=voice.lines,
        lasts_ms=20_000,
        typed=0,
        wpm=(180 * 3 + 120 * 6 + 150) // 10,
        sps10=(50 * 26 + 40 * 51) // 77,  # of the seconds without the pauses
        agent_ms=10_000,
        customer_ms=6_000,
        talk_share=63,  # 62.5, rounded up
        longest_ms=6_000,
        over_ms=0,
        over_permille=0,
        delay_ms=1_500,
        fillers10=67,  # one in nine measured seconds
        pauses=3,
        pause_ms=1_300,
        dbfs=-24,
        snr=23,  # of the nine seconds that were measured
        swing=21,
    )
    assert [(turn.begin_ms, turn.end_ms) for turn in voice.turns] == [(0, 3_000), (8_500, 14_500), (19_000, 20_000)]
    assert [(it.begin_ms, it.end_ms) for it in voice.lines] == [(3_500, 7_500), (15_000, 17_000)]


def test_typed_messages_are_counted_and_not_measured() -> None:
    voice = call_voice(log((0, ANSWER), (3_000, said(0)), (9_000, said(2_000, wpm=150)), (9_100, END)))
    assert (voice.typed, len(voice.turns), voice.agent_ms) == (1, 1, 2_000)


def test_a_typed_call_has_no_voice() -> None:
    voice = call_voice(log((0, ANSWER), (3_000, said(0)), (3_500, line(4_000)), (9_000, END)))
    assert voice.turns == ()
    assert (voice.wpm, voice.talk_share, voice.delay_ms, voice.fillers10, voice.pauses, voice.dbfs) == (None,) * 6
    assert voice_json(voice) is None


def test_an_empty_log() -> None:
    assert call_voice(()).turns == ()


@pytest.mark.parametrize(
    ("after", "end"),
    [
        ([], 5_000),
        ([(1_050, LineTimed(0, 2_500))], 3_500),
        ([(1_050, LineTimed(0, 2_500)), (3_600, LineEnded(0))], 3_600),
        ([(2_000, AgentInterrupted(0, 3_300, 400)), (2_000, LineEnded(0, cut=True))], 2_000),
        # Cut by a message whose end came long after the line's own.
        ([(9_000, LineEnded(0, cut=True))], 5_000),
        ([(3_000, END)], 3_000),
        ([(9_000, END)], 5_000),
    ],
)
def test_how_long_a_line_sounds(after: list[tuple[int, Happening]], end: int) -> None:
    (only,) = call_voice(log((1_000, line(4_000)), *after)).lines
    assert (only.begin_ms, only.end_ms) == (1_000, end)


def test_talk_over_is_what_both_said_at_once() -> None:
    """Cut off by the voice: measured by the shell. Over the line's end: at most as long as the message."""
    voice = call_voice(
        log(
            (0, ANSWER),
            (1_000, line(4_000)),
            (2_500, AgentInterrupted(1, 2_900, 400)),
            (2_500, LineEnded(1, cut=True)),
            (4_100, said(2_000, overlap=2_900, wpm=150)),
            (5_000, line(4_000)),
            (9_000, said(2_000, overlap=2_000, wpm=150)),
            (9_500, line(1_000)),
            (10_500, said(300, overlap=800, wpm=150)),
            (12_000, END),
        )
    )
    assert [turn.over for turn in voice.turns] == [((2_100, 2_500),), ((7_000, 9_000),), ((10_200, 10_500),)]
    assert voice.over_ms == 400 + 2_000 + 300
    assert voice.over_permille == 225


@pytest.mark.parametrize(("duplex", "possible"), [(0, False), (1, True)])
def test_who_cannot_be_heard_meanwhile_cannot_talk_over(duplex: int, *, possible: bool) -> None:
    voice = call_voice(log((0, ANSWER), (3_000, said(3_000, duplex=duplex)), (3_000, line(4_000)), (9_000, END)))
    assert voice.can_talk_over is possible


def test_a_voice_without_a_message_still_talked_over() -> None:
    voice = call_voice(
        log((0, ANSWER), (1_000, line(4_000)), (2_500, AgentInterrupted(1, 2_900, 400)), (9_000, said(2_000, wpm=150)))
    )
    assert voice.turns[0].over == ()
    assert voice.over_ms == 400


def test_the_longest_monologue_goes_on_until_the_customer_speaks() -> None:
    voice = call_voice(
        log(
            (3_000, said(2_000, wpm=1)),
            (9_000, said(3_000, wpm=1)),
            (9_500, line(100)),
            (14_000, said(4_000, wpm=1)),
            (24_000, said(9_000, to="colleague", wpm=1)),
        )
    )
    assert voice.longest_ms == 5_000


def test_whoever_gives_up_in_the_queue_cuts_nobody_elses_line() -> None:
    voice = call_voice(
        (
            of("c1", 0, 0, ANSWER),
            of("c1", 1, 1_000, line(4_000)),
            of("c2", 2, 2_000, ContactEnded("abandoned", "customer")),
            of("c1", 3, 5_000, LineEnded(1)),
        )
    )
    assert [(line.begin_ms, line.end_ms) for line in voice.lines] == [(1_000, 5_000)]


def test_the_share_of_talk_over_is_of_the_time_on_all_lines() -> None:
    """A call that goes out is taken when somebody picks up; what lies between two calls is no call."""
    voice = call_voice(
        (
            of("c1", 0, 1_000, AgentActed("dial")),
            of("c1", 1, 10_000, StepEntered("customer", "hello", 1)),
            of("c1", 2, 10_000, line(4_000)),
            of("c1", 3, 13_000, said(2_000, overlap=1_000, wpm=150)),
            of("c1", 4, 15_000, END),
            of("c2", 5, 100_000, ANSWER),
            of("c2", 6, 100_000, StepEntered("customer", "hello", 1)),
            of("c2", 7, 104_000, said(4_000, wpm=150)),
            of("c2", 8, 105_000, END),
        )
    )
    assert (voice.over_ms, voice.over_permille) == (1_000, 100)


def test_no_monologue_goes_on_from_one_call_to_the_next() -> None:
    voice = call_voice(
        (
            of("c1", 0, 4_000, said(3_000, wpm=1)),
            of("c1", 1, 5_000, END),
            of("c2", 2, 50_000, said(2_000, wpm=1)),
        )
    )
    assert voice.longest_ms == 3_000


def test_what_is_written_in_a_chat_was_not_to_be_spoken() -> None:
    """A shift may have both: only what could have been said is counted as typed."""
    voice = call_voice(
        (
            of("call", 0, 0, ContactOpened("phone", 50)),
            of("call", 1, 4_000, said(3_000, wpm=150)),
            of("call", 2, 9_000, AgentSpoke("customer", "Un momento.")),
            of("chat", 3, 20_000, ContactOpened("chat", 50)),
            of("chat", 4, 30_000, AgentSpoke("customer", "Buenos días.")),
        )
    )
    assert voice.typed == 1


def test_what_nobody_on_the_line_heard_counts_for_nothing() -> None:
    voice = call_voice(
        log(
            (2_000, said(2_000, wpm=100, pauses=0)),
            (9_000, said(5_000, heard=False, wpm=300, pauses=9)),
            (19_000, said(5_000, to="side", wpm=300, pauses=9)),
        )
    )
    assert (voice.wpm, voice.pauses, voice.agent_ms, len(voice.turns)) == (100, 0, 2_000, 3)


def test_the_pace_is_the_one_of_the_card() -> None:
    """The debrief must not show another figure than the verdict on speak-slowly quotes."""
    from simulator.scoring.record import Record
    from simulator.scoring.voice_judges import judge_slowly

    desk = Desk.answered()
    desk.send(Say(6_000, "Telenova, buenos días.", takes_ms=2_000, voice=(("dbfs", -20), ("wpm", 171))))
    desk.until(16_000)
    desk.send(Say(20_000, "Le hacemos el reintegro.", takes_ms=3_100, voice=(("wpm", 133),)))
    args = dict(judge_slowly(Record.of(mini(), desk.events)[0], mini().known["speak-slowly"]).args)
    assert args["wpm"] == str(call_voice(desk.events).wpm)


def test_pauses_stand_where_they_were() -> None:
    turn = call_voice(
        log((9_000, said(4_000, pause01_at=1_000, pause01_ms=300, pause02_at=2_500, pause02_ms=700)))
    ).turns[0]
    assert turn.pauses == ((6_000, 6_300), (7_500, 8_200))
    assert turn.measure("pause01_ms") == 300
    assert turn.measure("wpm") is None


def test_the_report_keeps_the_voice() -> None:
    desk = Desk.answered()
    desk.send(Say(6_000, "Telenova, buenos días.", takes_ms=2_000, voice=(("dbfs", -20), ("wpm", 171))))
    document = report(mini(), desk.events, score(mini(), desk.events))
    stored = json.loads(canonical(document))["voice"]
    assert stored == voice_json(call_voice(desk.events))
    assert (stored["wpm"], stored["agent_ms"], stored["dbfs"], stored["pauses"]) == (171, 2_000, -20, None)
    assert stored["turns"][0]["measures"] == {"dbfs": -20, "wpm": 171}


def test_the_report_of_a_typed_call_has_none() -> None:
    desk = Desk.answered()
    desk.say(6_000, "Telenova, buenos días.")
    assert report(mini(), desk.events, score(mini(), desk.events))["voice"] is None


happenings = st.one_of(
    st.builds(
        said,
        st.integers(0, 9_000),
        to=st.sampled_from(["customer", "colleague", "side"]),
        overlap=st.integers(0, 9_000),
        heard=st.booleans(),
        wpm=st.integers(0, 400),
        fillers=st.integers(0, 9),
        delay_ms=st.integers(0, 9_000),
    ),
    st.just(said(0)),
    st.builds(line, st.integers(0, 9_000)),
    st.builds(LineEnded, st.integers(0, 20), st.booleans()),
    st.builds(LineTimed, st.integers(0, 20), st.integers(0, 9_000)),
    st.builds(AgentInterrupted, st.integers(0, 20), st.integers(0, 9_000), st.integers(0, 9_000)),
    st.just(ANSWER),
    st.just(END),
)


@given(st.lists(st.tuples(st.integers(0, 9_000), happenings), max_size=20))
def test_any_log_gives_figures_that_can_be_stored(gaps: list[tuple[int, Happening]]) -> None:
    at, moments = 0, []
    for gap, what in gaps:
        at += gap
        moments.append((at, what))
    voice = call_voice(log(*moments))
    document = voice_json(voice)
    assert (document is None) == (not voice.turns)
    if document is not None:
        assert json.loads(canonical(document)) == document
    assert all(it.begin_ms <= it.end_ms for it in voice.lines)
    assert voice.talk_share is None or 0 <= voice.talk_share <= 100
