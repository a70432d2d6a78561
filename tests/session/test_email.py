"""An inbox: messages arrive and are answered on a simulated clock that leaps, and the leaps are in the log."""

from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play, replay
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Act, PassTime, Say, Start
from simulator.session.decide import decide
from simulator.session.due import jumps
from simulator.session.envelope import decode, encode
from simulator.session.events import (
    AgentActed,
    AgentSpoke,
    ClockJumped,
    ContactEnded,
    ContactOpened,
    CustomerSpoke,
    EndReached,
)
from simulator.session.evolve import evolve, replayed
from simulator.session.replay import commands_of, remarked
from simulator.session.situation import situation
from simulator.session.state import Phase, State
from simulator.session.story import CommandRefusedError


@cache
def inbox() -> Scenario:
    text = (Path(__file__).parent / "inbox.yaml").read_text("utf-8")
    loaded = load_scenario(text, "inbox.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


def moves(*written: object) -> list[Move]:
    return [move for one in written if isinstance(move := read_move(one), Move)]


def played(*written: object) -> Player:
    player = play(inbox(), moves(*written))
    assert player.refused == []
    return player


def when(player: Player, kind: type, contact: str) -> list[str]:
    """When things of a kind happened to a contact, on the simulated clock."""
    return [
        f"{inbox().doc.moment(player.state.simulated(event.seq, event.at_ms)):%m-%d %H:%M}"
        for event in player.events
        if isinstance(event.what, kind) and event.contact == contact
    ]


VISIT = {"say": "Buenos días. Le programamos una visita."}
VAGUE = {"say": "Buenos días. Lo estamos mirando."}


def test_each_message_comes_at_its_own_hour_however_far_the_clock_leaps() -> None:
    player = played({"jump": "end"})
    assert when(player, ContactOpened, "c1") == ["05-14 08:10"]
    assert when(player, ContactOpened, "lamp") == ["05-15 18:30"]
    assert player.now == 0, "session time stands still"
    assert player.state.ended == "finished"


def test_time_that_passes_by_itself_is_simulated_time() -> None:
    player = played({"jump": "message"}, {"wait": 120})
    assert inbox().doc.moment(player.now + player.state.jumped_ms) == datetime.fromisoformat("2026-05-15 18:32")


def test_a_message_also_comes_without_a_leap() -> None:
    player = play(inbox(), moves("open"))
    arrives = inbox().doc.arrives_ms("lamp")
    for at, there in ((arrives - 1, 1), (arrives, 2)):
        player.send(PassTime(at))
        assert len(player.state.contacts) == there


def test_the_sender_reads_and_answers_after_their_time() -> None:
    player = played("open", VAGUE, {"jump": "answer"})
    assert when(player, CustomerSpoke, "c1") == ["05-14 08:10", "05-14 09:10"]
    assert player.contact.customer.step == "asks"


def test_what_was_closed_opens_again_when_the_sender_writes() -> None:
    player = played("open", VAGUE, "close")
    assert player.contact.phase is Phase.TALKING
    with pytest.raises(CommandRefusedError, match="message-closed"):
        player.send(Say(player.now, "Otra cosa."))
    player.play(moves({"jump": "answer"}, VISIT, "close", {"jump": "answer"}))
    assert player.refused == []
    assert [e.what.end for e in player.events if isinstance(e.what, EndReached)] == ["closed"]


def test_a_good_answer_ends_the_message_when_it_was_read() -> None:
    player = played("open", VISIT, "close", {"jump": "answer"})
    assert when(player, EndReached, "c1") == ["05-14 09:10"]
    assert player.contact.end == "helped"


def test_with_nothing_left_to_read_closing_ends_it_at_once() -> None:
    player = played("open", VISIT, {"jump": "answer"}, "close")
    assert player.contact.phase is Phase.AFTER
    assert player.contact.end == "helped"


@pytest.mark.parametrize(
    ("done", "end"),
    [((), "unanswered"), (("open",), "unanswered"), (("open", VAGUE), "left-open"), (("open", "close"), "closed")],
)
def test_what_is_left_at_the_end(done: tuple[object, ...], end: str) -> None:
    player = played(*done, {"jump": "end"})
    assert player.contact.end == end
    assert when(player, ContactEnded, "lamp") == ["05-20 12:00"]
    assert player.state.ended == "finished"


def test_a_reply_waits_for_an_act_with_its_value() -> None:
    wrong, right = played("open", {"triage": "queja"}), played("open", {"triage": "Reclamo"})
    assert (wrong.contact.mood, right.contact.mood) == (50, 55)


def test_the_class_is_logged_in_its_own_spelling() -> None:
    player = played("open", {"triage": "Peticion"})
    assert [e.what.args for e in player.events if isinstance(e.what, AgentActed)][-1] == (("class", "petición"),)


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ({"triage": "queso"}, "no-such-class"),
        ({"assign": "Nadie"}, "no-such-advisor"),
        ({"forward": "Nadie"}, "no-such-body"),
        ({"follow-up-on": "mañana"}, "bad-date"),
        ({"follow-up-on": "2026-05-14"}, "date-past"),
        ({"spell-check": " "}, "nothing-said"),
        ({"jump": "answer"}, "nothing-due"),
        ({"jump": "nowhere"}, "nothing-due"),
    ],
)
def test_what_cannot_be_is_refused(move: object, code: str) -> None:
    player = play(inbox(), moves("open", move))
    assert [refused.code for refused in player.refused] == [code]


def test_nothing_is_sent_about_a_message_that_was_not_opened() -> None:
    player = play(inbox(), moves(VAGUE, {"triage": "queja"}, "open", "open"))
    assert [refused.code for refused in player.refused] == ["message-not-open", "act-not-now", "act-not-now"]


def test_the_speller_looks_at_the_draft_and_shows_where() -> None:
    player = played("open", "spell-check", {"say": "Buenos dias, esta siendo revizado."})
    act = next(e for e in player.events if isinstance(e.what, AgentActed) and e.what.name == "spell-check")
    assert isinstance(act.what, AgentActed)
    (mark,) = act.what.marks
    text = dict(act.what.args)["text"]
    assert [text[start:end] for seq, start, end in mark.spans if seq == act.seq] == ["dias", "esta", "revizado"]


def test_the_hour_of_the_greeting_is_the_simulated_one() -> None:
    player = played({"jump": "message"})
    assert situation(inbox(), player.state, player.contact, "customer", player.now).clock == 18 * 60 + 30


def test_where_the_clock_may_leap() -> None:
    player = played("open", VAGUE)
    hours = {goal: ms / 3_600_000 for goal, ms in jumps(inbox(), player.state, player.now).items()}
    assert hours == {"message": 34 + 20 / 60, "answer": 1, "morning": 23 + 50 / 60, "end": 6 * 24 + 3 + 50 / 60}
    friday = played({"jump": "message"})
    assert jumps(inbox(), friday.state, friday.now)["morning"] == (3 * 24 + 13.5) * 3_600_000, "over the bridge"
    over = played({"jump": "end"})
    assert jumps(inbox(), over.state, over.now) == {}


ALL = (
    "open", {"triage": "reclamo"}, "verify", {"assign": "Camilo Ortega"}, "spell-check", VAGUE, "close",
    {"jump": "answer"}, VISIT, "close", {"wait": 90}, {"jump": "message"}, {"in": "lamp"}, "open", {"triage": "ajeno"},
    {"forward": "Alcaldía de San Lorenzo"}, {"say": "Buenas tardes. Lo remitimos a la Alcaldía."},
    {"follow-up-on": "2026-05-21"}, "close", {"jump": "morning"}, {"jump": "end"},
)  # fmt: skip


def test_the_log_answers_to_commands_that_give_it_again() -> None:
    player = played(*ALL)
    assert replay(inbox(), commands_of(player.events)) == player.events
    assert [decode(encode(event)) for event in player.events] == player.events
    assert replayed(player.events) == player.state
    assert remarked(inbox(), player.events) == player.events


def test_how_often_time_is_told_changes_nothing() -> None:
    player = played(*ALL)
    state, events = State(), []
    for command in commands_of(player.events):
        for one in (PassTime(command.at), command) if not isinstance(command, Start) else (command,):
            for event in decide(inbox(), state, one):
                events.append(event)
                state = evolve(state, event)
    assert events == player.events


def test_leaps_are_of_the_attempt_and_sum_up() -> None:
    player = played(*ALL)
    leaps = [(e.contact, e.what.ms) for e in player.events if isinstance(e.what, ClockJumped)]
    assert {contact for contact, _ in leaps} == {""}
    assert sum(ms for _, ms in leaps) == player.state.jumped_ms
    assert player.state.jumped_ms + 90_000 == inbox().doc.since_start(datetime.fromisoformat("2026-05-20 12:00"))


def test_a_leap_is_measured_from_the_moment_it_is_asked_for() -> None:
    player = played("open", VAGUE)
    player.send(Act(30_000, "jump", (("to", "answer"),)))
    assert when(player, CustomerSpoke, "c1")[-1] == "05-14 09:10"
    assert when(player, AgentSpoke, "c1") == ["05-14 08:10"]
