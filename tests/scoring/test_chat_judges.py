"""What chats are marked by: equipment, survey, requests, nobody left in the queue; and rules of a contact's own."""

from functools import cache

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import read_move
from simulator.scoring.card import Line, Scorecard
from simulator.scoring.score import score

TWO = """
scenario: two-chats
title: Dos chats
channel: chat
clock: "10:40"
company: {name: Telenova, areas: [Facturación]}
agent: Diego Salas
briefing: Atienda los chats.
customer: {name: Marta Ríos}
sheet:
  answers:
    horario: ["(abrir~ / cerrar~ / atender~) ...4 _hour", "en trámite"]
    envio: ["(enviar~ / despachar~) ...6 (provincia / domicilio / casa)", "en trámite"]
protocol:
  - check-equipment
  - greet-company
  - answer-every-request
  - offer-solution:
      met: ["(abrir~ / cerrar~) ...4 _hour"]
      examples: {met: ["Cerramos a las seis."], missed: ["No sé."]}
  - send-survey
steps:
  open:
    replies: [{id: else, otherwise: need}]
  need:
    customer:
      - {id: need-1, say: "¿A qué hora cierran y envían a casa?", facts: [states-need, "asks:horario", "asks:envio"]}
    replies:
      - {id: bye, met: farewell, go: done}
      - {id: both, once: true, when: {answered: [horario, envio]}, mood: +10, say: "Perfecto, las dos cosas."}
      - {id: else, otherwise: need}
ends:
  done: {title: Resuelto, good: true, say: "Hasta luego."}
contacts:
  luis:
    customer: {name: Luis Mora}
    protocol:
      - offer-solution:
          met: ["_amount"]
          examples: {met: ["Su saldo es de 500 pesos."], missed: ["Cerramos a las seis."]}
          model: "Su saldo es de quinientos pesos."
      - send-survey: {drop: true}
    steps:
      open:
        replies: [{id: else, otherwise: ask}]
      ask:
        customer: [{id: ask-1, say: "¿Cuál es mi saldo?", facts: [states-need]}]
        replies: [{id: bye, met: farewell, go: done}, {id: else, otherwise: ask}]
    ends:
      done: {title: Resuelto, good: true, say: "Adiós."}
"""


def loaded(text: str = TWO) -> LoadedScenario:
    return load_scenario(text, "two.yaml", shipped_protocol().protocol)


@cache
def card(*script: str) -> Scorecard:
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    written = [_move(word) for word in script]
    player = play(scenario, [read_move(move) for move in written])  # type: ignore[misc]
    assert player.refused == []
    return score(scenario, player.events)


def _move(word: str) -> object:
    """A word without spaces is an act, `@luis` turns to a contact, everything else is said."""
    if word.startswith("@"):
        return {"in": word[1:]}
    return word if " " not in word else {"say": word}


def line(checkpoint: str, *script: str) -> Line:
    return next(line for line in card(*script).checkpoints if line.id == checkpoint)


HELLO, BYE = "Telenova, muy buenos días.", "Gracias por escribirnos. Que tenga un buen día."
HOURS, SHIPS = "Cerramos a las seis de la tarde.", "Sí, enviamos a su casa."
LUIS = ("@luis", "accept", HELLO, "Su saldo es de 500 pesos.", BYE)


# The equipment


def test_checked_before_the_first_chat() -> None:
    found = line("check-equipment", "check-equipment", "accept", HELLO, BYE, *LUIS)
    assert (found.verdict, found.reason, len(found.evidence)) == ("met", "equipment-met", 1)


def test_checked_in_the_view_of_another_contact_it_counts_as_well() -> None:
    assert line("check-equipment", "check-equipment", *LUIS, "@c1", "accept", HELLO, BYE).verdict == "met"


@pytest.mark.parametrize(
    ("script", "reason"),
    [(("accept", HELLO, BYE), "equipment-never"), (("accept", "check-equipment", HELLO, BYE), "equipment-late")],
)
def test_a_chat_taken_unchecked(script: tuple[str, ...], reason: str) -> None:
    found = line("check-equipment", *script, *LUIS)
    assert (found.verdict, found.reason) == ("missed", reason)


# The survey


def test_the_survey_is_asked_of_those_who_came_to_a_closing() -> None:
    assert line("send-survey", "accept", HELLO, "survey", BYE, *LUIS).verdict == "met"
    assert line("send-survey", "accept", HELLO, BYE, *LUIS).reason == "survey-missed"


# Every request


def test_two_answers_in_one_message_are_two() -> None:
    found = line("answer-every-request", "accept", HELLO, f"{HOURS} {SHIPS}", BYE, *LUIS)
    assert found.verdict == "met"
    assert [proof.quote for proof in found.evidence] == ["Cerramos a las seis de la tarde", "enviamos a su casa"]


def test_two_answers_in_two_messages_are_two() -> None:
    assert line("answer-every-request", "accept", HELLO, SHIPS, HOURS, BYE, *LUIS).verdict == "met"


def test_one_request_left_open_is_named() -> None:
    found = line("answer-every-request", "accept", HELLO, HOURS, BYE, *LUIS)
    assert (found.verdict, found.reason) == ("missed", "requests-open")
    assert dict(found.args)["request"] == "¿A qué hora cierran y envían a casa?"


def test_the_same_text_for_two_requests_counts_once() -> None:
    canned = "Su solicitud está en trámite."
    found = line("answer-every-request", "accept", HELLO, canned, canned.upper().capitalize(), BYE, *LUIS)
    assert (found.verdict, found.reason) == ("missed", "requests-same-text")


def test_the_same_text_and_an_answer_of_its_own_are_two() -> None:
    canned = "Su solicitud está en trámite."
    assert line("answer-every-request", "accept", HELLO, canned, HOURS, canned, BYE, *LUIS).verdict == "met"


def test_the_visitor_knows_when_all_is_answered() -> None:
    assert card("accept", HELLO, f"{HOURS} {SHIPS}", BYE, *LUIS).moods[-1].mood == 60


# The queue


def test_who_was_left_in_the_queue_is_owed_everything_at_the_beginning() -> None:
    found = card("check-equipment", *LUIS, "@c1", "accept", HELLO, f"{HOURS} {SHIPS}", "survey", BYE)
    assert (found.score, found.result) == (100, "passed")
    alone = card("check-equipment", *LUIS)
    assert alone.result == "incomplete"


def test_picking_the_easy_ones_does_not_pass() -> None:
    scenario = loaded().scenario
    assert scenario is not None
    moves = [read_move(_move(word)) for word in ("check-equipment", *LUIS)]
    player = play(scenario, [*moves, read_move({"wait": 100})])  # type: ignore[list-item]
    found = score(scenario, player.events)
    missed = {line.id: line.reason for line in found.checkpoints if line.verdict == "missed"}
    assert missed == dict.fromkeys(("greet-company", "answer-every-request", "offer-solution"), "left-unattended")
    assert found.result == "failed"


# Rules of a contact's own


def test_a_contact_has_its_own_solution_and_its_better_wording() -> None:
    found = line("offer-solution", "accept", HELLO, HOURS, BYE, "@luis", "accept", HELLO, HOURS, BYE)
    assert (found.verdict, found.model) == ("missed", "Su saldo es de quinientos pesos.")


def test_a_contact_may_drop_a_checkpoint() -> None:
    assert line("send-survey", "accept", HELLO, "survey", BYE, *LUIS).verdict == "met"


def test_an_unknown_checkpoint_of_a_contact_is_told_at_its_place() -> None:
    wrong = TWO.replace("- send-survey: {drop: true}", "- send-survei: {drop: true}")
    [found] = [d for d in loaded(wrong).diagnostics if d.code == "scenario-unknown-checkpoint"]
    assert found.span.start.line == wrong[: wrong.index("send-survei")].count("\n") + 1
