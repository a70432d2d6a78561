"""Several contacts in one attempt: each has its own customer, steps and ends, and a clock of its own."""

from functools import cache

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.report import card_of, report
from simulator.scoring.score import score
from simulator.session.events import AgentSpoke, ContactOpened, CustomerSpoke
from simulator.session.replay import commands_of

TWO = """
scenario: two-lines
title: Dos líneas
channel: phone
clock: "10:40"
company: {name: Telenova}
agent: Diego Salas
briefing: Atienda dos llamadas.
customer: {name: Marta Ríos}
protocol: [greet-company, farewell]
steps:
  open: {replies: [{id: else, otherwise: need}]}
  need:
    customer: [{id: need-1, say: "Buenos días, ¿hasta qué hora abren?", facts: [states-need]}]
    replies: [{id: bye, met: farewell, go: done}, {id: else, otherwise: need}]
ends:
  done: {title: Resuelto, good: true, say: "Hasta luego."}
contacts:
  luis:
    arrives: 40
    customer: {name: Luis Mora, mood: 30}
    steps:
      hello: {replies: [{id: else, otherwise: ask}]}
      ask:
        customer: [{id: ask-1, say: "Quiero saber mi saldo.", facts: [states-need]}]
        replies: [{id: saldo, says: ["saldo"], mood: +20, go: told}, {id: else, otherwise: ask}]
      told: {customer: [{id: told-1, say: "Gracias."}], replies: [{id: else, otherwise: bye}]}
    ends:
      bye: {title: Contento, good: true, say: "Adiós."}
tests:
  - name: las dos
    do: [answer, say: "Telenova, muy buenos días.", say: "Que tenga buen día, hasta luego.", in: luis, answer]
    expect: {ends: {luis: bye}}
"""


def loaded(text: str = TWO) -> LoadedScenario:
    return load_scenario(text, "two.yaml", shipped_protocol().protocol)


@cache
def two() -> Scenario:
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    return scenario


def moves(*written: object) -> list[Move]:
    return [move for one in written if isinstance(move := read_move(one), Move)]


FIRST = ("answer", {"say": "Telenova, muy buenos días."}, {"say": "Que tenga buen día, hasta luego."})
SECOND = (
    {"in": "luis"},
    "answer",
    {"say": "Telenova, buenos días."},
    {"say": "Su saldo es cero."},
    {"say": "Que le vaya bien, hasta luego."},
)


def played(*written: object) -> Player:
    player = play(two(), moves(*written))
    assert player.refused == []
    return player


def test_each_contact_has_its_own_customer_and_comes_at_its_time() -> None:
    player = played(*FIRST, *SECOND)
    opened = [(e.contact, e.at_ms, e.what.mood) for e in player.events if isinstance(e.what, ContactOpened)]
    assert opened == [("c1", 0, 50), ("luis", 40_000, 30)]
    said = {e.what.text for e in player.events if isinstance(e.what, CustomerSpoke) and e.contact == "luis"}
    assert "Quiero saber mi saldo." in said
    assert player.state.ended == "finished"


def test_one_can_go_to_and_fro_between_them() -> None:
    player = played("answer", {"wait": 42}, *SECOND[:3], {"in": "c1"}, *FIRST[1:], {"in": "luis"}, *SECOND[3:])
    talked = [e.contact for e in player.events if isinstance(e.what, AgentSpoke)]
    assert talked == ["luis", "c1", "c1", "luis", "luis"]
    assert score(two(), player.events).result != "incomplete"


def test_a_checkpoint_missed_with_one_of_them_is_missed_and_quotes_that_one() -> None:
    player = played(*FIRST, {"in": "luis"}, "answer", {"say": "Diga."}, *SECOND[3:])
    card = score(two(), player.events)
    greeting = next(line for line in card.checkpoints if line.id == "greet-company")
    assert greeting.verdict == "missed"
    assert [proof.quote for proof in greeting.evidence] == ["Diga."]
    goodbye = next(line for line in card.checkpoints if line.id == "farewell")
    assert goodbye.verdict == "met"
    assert len(goodbye.evidence) == 2
    assert [(outcome.contact, outcome.end, outcome.end_good) for outcome in card.contacts] == [
        ("c1", "done", True),
        ("luis", "bye", True),
    ]
    assert card_of(report(two(), player.events, card)) == card


def test_as_long_as_one_goes_on_the_attempt_is_incomplete() -> None:
    player = played(*FIRST, *SECOND[:3])
    assert player.state.ended is None
    assert score(two(), player.events).result == "incomplete"


def test_the_log_answers_to_commands_that_give_it_again() -> None:
    from simulator.rehearsal.player import replay

    player = played(*FIRST, *SECOND)
    assert replay(two(), commands_of(player.events)) == player.events


def test_mistakes_in_a_further_contact_are_told_at_their_place() -> None:
    wrong = (
        TWO.replace("go: told}", "go: tild}")
        .replace("  luis:", "  luis:")
        .replace("states-need]}]\n        r", "x]}]\n        r")
    )
    found = {(d.code, d.span.start.line) for d in loaded(wrong).diagnostics}
    line = wrong[: wrong.index("go: tild")].count("\n") + 1
    assert ("scenario-unknown-step", line) in found
    assert any(code == "scenario-unknown-fact" for code, _ in found)
