"""Comments under a post: nobody has to be taken, public and private sides, hiding, closing, going away unanswered."""

from dataclasses import dataclass, field
from functools import cache

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play, replay
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import read_move
from simulator.scenario.scenario import Scenario
from simulator.session.channels.social import comments, hidden
from simulator.session.channels.talking import waits_since
from simulator.session.commands import Act, PassTime, Say, Start
from simulator.session.decide import allowed_acts, decide
from simulator.session.envelope import Event
from simulator.session.events import CustomerSpoke
from simulator.session.evolve import evolve
from simulator.session.replay import commands_of
from simulator.session.state import ContactState, Phase, State
from simulator.session.story import CommandRefusedError
from simulator.session.transcript import transcript
from simulator.session.turns import conversation

TWO = """
scenario: two-comments
title: Dos comentarios
channel: social
clock: "10:40"
company: {name: Telenova}
agent: Diego Salas
briefing: Conteste los comentarios.
social: {account: Telenova, handle: "@telenova", purpose: Informamos., post: ¡Feliz lunes!, patience: 100}
customer: {name: Marta Ríos, known: true}
commenter: {handle: "@martar"}
protocol: [state-channel-purpose, farewell]
steps:
  comment:
    customer: [{id: comment-1, say: "¿Hasta qué hora abren hoy?", facts: [states-need]}]
    replies:
      - {id: bye, met: farewell, go: done}
      - {id: seen, says: ["DNI"], when: {private: false}, mood: -10, say: "¿Aquí, delante de todos?"}
      - {id: told, says: ["DNI"], when: {private: true}, mood: +5, say: "Es el 1234."}
      - {id: hidden, act: hide, mood: -5, say: "¿Por qué me lo ocultan?"}
      - {id: else, otherwise: comment}
ends:
  done: {title: Resuelto, good: true, say: "Hasta luego."}
contacts:
  luis:
    arrives: 5
    customer: {name: Luis Mora}
    commenter: {handle: "@luism", patience: 50}
    steps:
      comment:
        customer: [{id: luis-1, say: "¿Y los domingos?", facts: [states-need]}]
        replies: [{id: else, otherwise: comment}]
    ends: {bye: {good: true}}
"""


@cache
def two() -> Scenario:
    found = load_scenario(TWO, "two.yaml", shipped_protocol().protocol)
    assert found.scenario is not None, found.diagnostics
    return found.scenario


@dataclass
class Thread:
    """The account's desk under test."""

    state: State = field(default_factory=State)
    events: list[Event] = field(default_factory=list)

    def send(self, *commands: object) -> None:
        for command in commands:
            for event in decide(two(), self.state, command):  # type: ignore[arg-type]
                self.state = evolve(self.state, event)
                self.events.append(event)

    def act(self, at: int, name: str, contact: str = "c1") -> None:
        self.send(Act(at, name, (), contact))

    def of(self, contact: str = "c1") -> ContactState:
        return self.state.contacts[contact]

    def lines(self, contact: str = "c1") -> list[str]:
        return [e.what.text for e in self.of(contact).events if isinstance(e.what, CustomerSpoke)]

    def allowed(self, contact: str = "c1") -> frozenset[str]:
        return allowed_acts(two(), self.state, contact)


@pytest.fixture
def thread() -> Thread:
    desk = Thread()
    desk.send(Start(0, "a1", 1, "Diego Salas"))
    return desk


# Coming and going


def test_a_comment_stands_there_and_nobody_has_to_take_it(thread: Thread) -> None:
    assert (thread.of().phase, thread.lines()) == (Phase.TALKING, ["¿Hasta qué hora abren hoy?"])
    assert thread.allowed() == {"private", "hide", "close", "notes"}
    assert "luis" not in thread.state.contacts
    thread.send(PassTime(5_000))
    assert thread.lines("luis") == ["¿Y los domingos?"]


def test_who_waits_waits_since_the_comment_was_written(thread: Thread) -> None:
    [said] = [e for e in thread.events if isinstance(e.what, CustomerSpoke)]
    assert waits_since(thread.of()) == said.what.lasts_ms  # type: ignore[union-attr]
    thread.send(Say(10_000, "A las seis de la tarde."))
    assert waits_since(thread.of()) is None


def test_who_gets_no_answer_goes_away_unanswered_and_who_got_one_gives_up(thread: Thread) -> None:
    thread.send(PassTime(6_000), Say(20_000, "A las seis de la tarde."))
    thread.send(PassTime(400_000))
    assert (thread.of().end, thread.of("luis").end) == ("gave-up", "unanswered")
    times = {e.contact: e.at_ms for e in thread.events if type(e.what).__name__ == "EndReached"}
    assert times["luis"] < 60_000 < times["c1"]


def test_a_closed_thread_is_read_no_more(thread: Thread) -> None:
    thread.act(10_000, "close")
    assert (thread.of().end, thread.of().ended_by) == ("closed", "agent")
    assert thread.allowed() == {"notes"}
    with pytest.raises(CommandRefusedError, match="thread-closed"):
        thread.send(Say(11_000, "A las seis de la tarde."))


def test_a_farewell_is_read_before_the_thread_closes(thread: Thread) -> None:
    thread.send(Say(10_000, "Que tenga un buen día, hasta luego."))
    thread.act(10_500, "close")
    assert (thread.of().phase, thread.of().end) == (Phase.AFTER, "done")


# Public and private


def test_the_same_words_are_taken_otherwise_in_public_and_in_private(thread: Thread) -> None:
    thread.send(Say(10_000, "¿Me da su DNI?"), PassTime(20_000))
    assert thread.lines()[-1] == "¿Aquí, delante de todos?"
    thread.act(25_000, "private")
    thread.send(Say(26_000, "¿Me da su DNI?"), PassTime(40_000))
    assert thread.lines()[-1] == "Es el 1234."


def test_each_message_stands_on_the_side_where_it_was_written(thread: Thread) -> None:
    thread.send(Say(10_000, "Le escribo en privado."))
    thread.act(20_000, "private")
    assert thread.allowed() == {"public", "hide", "close", "notes"}
    thread.send(Say(21_000, "¿Me da su DNI?"), PassTime(30_000))
    thread.act(31_000, "public")
    thread.send(Say(32_000, "Hasta luego a todos."), PassTime(45_000))
    sides = [
        (e.text, e.private) for e in transcript(thread.events) if e.who in ("agent", "customer") and e.contact == "c1"
    ]
    assert sides == [
        ("¿Hasta qué hora abren hoy?", False),
        ("Le escribo en privado.", False),
        ("¿Hasta qué hora abren hoy?", False),
        ("¿Me da su DNI?", True),
        ("Es el 1234.", True),
        ("Hasta luego a todos.", False),
        ("Hasta luego.", False),
    ]


def test_going_elsewhere_begins_a_turn_of_its_own_after_the_one_before_was_read(thread: Thread) -> None:
    thread.send(Say(10_000, "Un momento."))
    thread.act(10_500, "private")
    assert len(thread.lines()) == 2
    thread.send(Say(11_000, "A las seis de la tarde."), Say(12_000, "De lunes a viernes."))
    turns = conversation(thread.of().events).to_customer
    assert [(len(turn.messages), turn.private) for turn in turns] == [(1, False), (2, True)]


def test_the_side_is_each_threads_own(thread: Thread) -> None:
    thread.send(PassTime(6_000))
    thread.act(7_000, "private")
    assert (thread.of().private, thread.of("luis").private) == (True, False)


# Hiding


def test_hiding_takes_what_is_public_out_of_sight_until_more_is_written(thread: Thread) -> None:
    thread.send(PassTime(10_000))
    before = comments(thread.of())
    thread.act(10_000, "hide")
    assert hidden(thread.of()) == before
    assert thread.lines()[-1] == "¿Por qué me lo ocultan?"
    assert "hide" in thread.allowed()
    thread.act(20_000, "hide")
    assert len(hidden(thread.of())) == 2


def test_what_is_private_cannot_be_hidden(thread: Thread) -> None:
    thread.act(10_000, "private")
    thread.send(Say(11_000, "¿Me da su DNI?"), PassTime(30_000))
    thread.act(30_000, "hide")
    assert thread.lines()[-1] == "¿Por qué me lo ocultan?"  # in private, where the two talk
    assert hidden(thread.of()) == comments(thread.of())
    assert "hide" not in thread.allowed()


# Scripts and logs


def test_the_log_answers_to_commands_that_give_it_again() -> None:
    script = (
        {"say": "Buenos días. Por esta cuenta informamos."}, "private", {"say": "¿Me da su DNI?"}, {"in": "luis"},
        {"say": "Los domingos no."}, "hide", "close", {"in": "c1"}, "public", {"say": "Hasta luego."},
    )  # fmt: skip
    player = play(two(), [read_move(move) for move in script])  # type: ignore[misc]
    assert player.refused == []
    assert player.state.ended == "finished"
    assert replay(two(), commands_of(player.events)) == player.events
