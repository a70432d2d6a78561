"""Chats: a queue, several at once, reading before reacting, patience, hold, transfer, survey, close."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play, replay
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario
from simulator.session.channels.talking import waits_since
from simulator.session.commands import Act, PassTime, Say, Start, Type
from simulator.session.decide import allowed_acts, decide
from simulator.session.envelope import Event
from simulator.session.events import ContactEnded, CustomerReacted, CustomerSpoke, StepEntered
from simulator.session.evolve import evolve
from simulator.session.replay import commands_of
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError

THREE = """
scenario: three-chats
title: Tres chats
channel: chat
clock: "10:40"
company: {name: Telenova, areas: [Facturación]}
agent: Diego Salas
briefing: Atienda los chats.
customer: {name: Marta Ríos}
chat: {at_once: 2, queue_patience: 60, patience: 100, hold_patience: 90}
protocol: [greet-company, farewell]
steps:
  open:
    replies:
      - {id: quiet, silent: 30, mood: -5, say: "¿Hola?"}
      - {id: else, otherwise: need}
  need:
    customer: [{id: need-1, say: "Buenos días, ¿hasta qué hora abren hoy?", facts: [states-need]}]
    replies:
      - {id: bye, met: farewell, go: done}
      - {id: waits, act: hold, mood: -5}
      - {id: thanked, act: survey, say: "Ya la lleno."}
      - {id: else, otherwise: need}
ends:
  done: {title: Resuelto, good: true, say: "Hasta luego."}
contacts:
  luis:
    arrives: 5
    customer: {name: Luis Mora}
    chat: {patience: 50}
    steps:
      hello: {replies: [{id: else, otherwise: hello}]}
    ends: {bye: {good: true}}
  rosa:
    arrives: 10
    customer: {name: Rosa Gil}
    steps:
      hello: {replies: [{id: else, otherwise: hello}]}
    ends: {bye: {good: true}}
"""


@cache
def three() -> Scenario:
    found = load_scenario(THREE, "three.yaml", shipped_protocol().protocol)
    assert found.scenario is not None, found.diagnostics
    return found.scenario


@dataclass
class Chats:
    """A desk of chats under test."""

    state: State = field(default_factory=State)
    events: list[Event] = field(default_factory=list)

    def send(self, *commands: object) -> None:
        for command in commands:
            for event in decide(three(), self.state, command):  # type: ignore[arg-type]
                self.state = evolve(self.state, event)
                self.events.append(event)

    def act(self, at: int, name: str, contact: str = "c1", **args: str) -> None:
        self.send(Act(at, name, tuple(args.items()), contact))

    def of(self, contact: str = "c1") -> ContactState:
        return self.state.contacts[contact]

    def told(self, kind: type) -> list[Event]:
        return [event for event in self.events if isinstance(event.what, kind)]


@pytest.fixture
def chats() -> Chats:
    desk = Chats()
    desk.send(Start(0, "a1", 1, "Diego Salas"))
    return desk


@pytest.fixture
def taken(chats: Chats) -> Chats:
    """Marta was accepted at 1 s and greeted at 2 s."""
    chats.act(1_000, "accept")
    chats.send(Say(2_000, "Telenova, buenos días."))
    return chats


# The queue


def test_a_visitor_waits_in_the_queue_until_accepted(chats: Chats) -> None:
    assert waits_since(chats.of()) == 0
    assert allowed_acts(three(), chats.state) == {"accept", "check-equipment"}
    with pytest.raises(CommandRefusedError, match="chat-not-accepted"):
        chats.send(Say(500, "Buenos días."))
    chats.act(1_000, "accept")
    assert chats.of().phase is Phase.TALKING
    assert [e.at_ms for e in chats.told(StepEntered)] == [1_000]


def test_who_is_not_taken_leaves_the_queue(chats: Chats) -> None:
    chats.send(PassTime(60_000))
    assert chats.of().end == "unanswered"
    assert [e.at_ms for e in chats.told(ContactEnded)] == [60_000]


def test_no_more_at_once_than_the_scenario_allows(taken: Chats) -> None:
    taken.act(11_000, "accept", "luis")
    with pytest.raises(CommandRefusedError, match="chats-full"):
        taken.act(12_000, "accept", "rosa")
    taken.act(13_000, "close", "luis")
    taken.act(14_000, "accept", "rosa")
    assert taken.of("rosa").phase is Phase.TALKING


def test_the_equipment_can_be_checked_before_and_between(chats: Chats) -> None:
    chats.act(500, "check-equipment")
    chats.act(1_000, "accept")
    assert "check-equipment" in allowed_acts(three(), chats.state)


# Reading


def test_what_is_sent_while_the_visitor_reads_is_one_turn(chats: Chats) -> None:
    chats.act(1_000, "accept")
    chats.send(Say(2_000, "Hola."), Say(4_000, "Le escribe Telenova."))
    assert chats.told(CustomerSpoke) == []
    chats.send(PassTime(7_000))
    [reacted] = chats.told(CustomerReacted)
    assert reacted.at_ms == 6_500  # the time to read, from the last message
    said = [mark for e in chats.events for mark in getattr(e.what, "marks", ()) if mark.checkpoint == "greet-company"]
    assert [mark.verdict for mark in said] == ["missed", "met"]


def test_keys_keep_the_visitor_reading(taken: Chats) -> None:
    taken.send(Type(4_000), PassTime(7_000))
    assert taken.told(CustomerSpoke) == []
    taken.send(PassTime(9_000))
    assert [e.at_ms for e in taken.told(CustomerSpoke)] == [8_000]  # four seconds after the last key


def test_a_message_to_which_nothing_fits_is_read_once(taken: Chats) -> None:
    taken.send(PassTime(20_000), Say(20_000, "Hasta las seis."), PassTime(23_000))
    reacted = len(taken.told(CustomerReacted))
    taken.send(PassTime(30_000))
    assert len(taken.told(CustomerReacted)) == reacted


def test_a_message_is_finished_before_the_next_one_comes(taken: Chats) -> None:
    taken.send(PassTime(5_000))
    [line] = taken.told(CustomerSpoke)
    ends = line.at_ms + line.what.lasts_ms  # type: ignore[union-attr]
    taken.act(5_500, "survey")
    second = taken.told(CustomerSpoke)[1]
    assert second.what.text == "Ya la lleno."  # type: ignore[union-attr]
    assert second.at_ms + second.what.lasts_ms > ends  # type: ignore[union-attr]


# Patience


def test_the_clock_of_an_answer_runs_from_the_end_of_the_first_message(taken: Chats) -> None:
    taken.send(PassTime(30_000))
    [line] = taken.told(CustomerSpoke)
    since = line.at_ms + line.what.lasts_ms  # type: ignore[union-attr]
    assert waits_since(taken.of()) == since
    taken.send(Say(31_000, "Hasta las seis de la tarde."))
    assert waits_since(taken.of()) is None


def test_who_gets_no_answer_leaves_and_each_as_patient_as_they_are(taken: Chats) -> None:
    taken.act(11_000, "accept", "luis")
    taken.send(PassTime(61_000))
    assert (taken.of("luis").end, taken.of().end) == ("gave-up", None)
    since = waits_since(taken.of())
    assert since is not None
    taken.send(PassTime(since + 100_000))
    assert taken.of().end == "gave-up"


def test_keys_hold_the_visitor_and_only_that_one(taken: Chats) -> None:
    taken.act(11_000, "accept", "luis")
    taken.send(Type(30_000, "luis"), PassTime(61_000))
    assert taken.of("luis").end is None
    taken.send(PassTime(84_000))
    assert taken.of("luis").end == "gave-up"


def test_a_nudge_does_not_start_the_wait_anew(chats: Chats) -> None:
    chats.act(1_000, "accept")
    chats.send(PassTime(40_000))
    assert [e.what.text for e in chats.told(CustomerSpoke)] == ["¿Hola?"]  # type: ignore[union-attr]
    assert waits_since(chats.of()) == 31_000 + 600 + 250 + 200
    chats.send(PassTime(131_000 + 1_100))
    assert chats.of().end == "gave-up"


# Hold, transfer, close


def test_on_hold_nothing_can_be_written_and_the_visitor_leaves_after_a_while(taken: Chats) -> None:
    taken.send(PassTime(20_000))
    taken.act(20_000, "hold")
    assert waits_since(taken.of()) == 20_000
    with pytest.raises(CommandRefusedError, match="visitor-on-hold"):
        taken.send(Say(21_000, "Un momento."))
    taken.send(PassTime(110_000))
    assert taken.of().end == "left-on-hold"


def test_coming_back_the_visitor_waits_from_then_on(taken: Chats) -> None:
    taken.send(PassTime(20_000))
    taken.act(20_000, "hold")
    taken.act(50_000, "resume")
    assert waits_since(taken.of()) == 50_000


def test_before_a_hold_the_visitor_has_read(taken: Chats) -> None:
    taken.act(3_000, "hold")
    assert [e.at_ms for e in taken.told(CustomerSpoke)] == [3_000]
    assert taken.of().held_since == 3_000


def test_a_transfer_names_an_area_and_ends_the_chat(taken: Chats) -> None:
    with pytest.raises(CommandRefusedError, match="no-such-area"):
        taken.act(20_000, "transfer", area="Ventas")
    taken.act(21_000, "transfer", area="Facturación")
    assert (taken.of().phase, taken.of().end, taken.of().ended_by) == (Phase.AFTER, "transferred", "agent")


def test_closing_over_somebody_is_the_agents_doing(taken: Chats) -> None:
    taken.send(PassTime(20_000))
    taken.act(20_000, "close")
    assert (taken.of().phase, taken.of().end, taken.of().ended_by) == (Phase.AFTER, "closed", "agent")


def test_a_farewell_is_read_before_the_chat_closes(taken: Chats) -> None:
    taken.send(PassTime(20_000), Say(21_000, "Que tenga un buen día, hasta luego."))
    taken.act(21_500, "close")
    assert (taken.of().phase, taken.of().end) == (Phase.AFTER, "done")


def test_who_leaves_can_no_longer_be_put_on_hold(taken: Chats) -> None:
    taken.send(PassTime(20_000), Say(21_000, "Que tenga un buen día, hasta luego."))
    with pytest.raises(CommandRefusedError, match="act-not-now"):
        taken.act(21_500, "hold")
    taken.send(PassTime(23_500))
    assert taken.of().phase is Phase.ENDING


def test_the_survey_is_sent_once(taken: Chats) -> None:
    taken.send(PassTime(20_000))
    taken.act(20_000, "survey")
    assert "survey" not in allowed_acts(three(), taken.state)


# Scripts and logs


def moves(*written: object) -> Sequence[Move]:
    return [move for one in written if isinstance(move := read_move(one), Move)]


SCRIPT = (
    "check-equipment", "accept", {"say": "Telenova, muy buenos días."}, {"in": "luis"}, "accept",
    {"say": {"text": "Telenova, buenos días.", "takes": 12}}, {"in": "c1"}, {"say": "Cerramos a las seis."}, "hold",
    {"wait": 20}, "resume", {"say": "Gracias por esperar."}, "survey", {"say": "Que tenga buen día, hasta luego."},
    {"in": "luis"}, {"transfer": "Facturación"}, {"in": "rosa"}, "accept", "close",
)  # fmt: skip


def played() -> Player:
    player = play(three(), moves(*SCRIPT))
    assert player.refused == []
    return player


def test_a_script_waits_until_the_visitor_has_answered() -> None:
    player = played()
    spoken = {e.contact: e.what.text for e in player.events if isinstance(e.what, CustomerSpoke)}
    assert spoken["c1"] == "Hasta luego."
    assert player.state.ended == "finished"


def test_the_log_answers_to_commands_that_give_it_again() -> None:
    events = played().events
    assert replay(three(), commands_of(events)) == events
