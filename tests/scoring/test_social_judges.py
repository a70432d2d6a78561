"""What comments are marked by: the account's purpose once for all, requests over all threads, nobody unanswered."""

from functools import cache

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scoring.card import Line, Scorecard
from simulator.scoring.score import score

TWO = """
scenario: two-comments
title: Dos comentarios
channel: social
clock: "10:40"
company: {name: Telenova}
agent: Diego Salas
briefing: Conteste los comentarios.
social: {account: Telenova, handle: "@telenova", purpose: Informamos., post: ¡Feliz lunes!, patience: 60}
customer: {name: Marta Ríos, known: true}
commenter: {handle: "@martar"}
sheet:
  answers:
    horario: &hours ["a las seis"]
protocol:
  - state-channel-purpose
  - greet-time-of-day
  - answer-every-request
steps:
  comment:
    customer: [{id: comment-1, say: "¿Hasta qué hora abren?", facts: [states-need, "asks:horario"]}]
    replies:
      - {id: bye, met: farewell, go: done}
      - {id: thanks, otherwise: thanks}
  thanks:
    customer: [{id: thanks-1, say: "Vale."}]
    replies:
      - {id: bye, met: farewell, go: done}
      - {id: else, otherwise: thanks}
ends:
  done: {good: true}
contacts:
  luis:
    customer: {name: Luis Mora, known: true}
    commenter: {handle: "@luism"}
    sheet: {answers: {domingos: ["domingo~"]}}
    steps:
      comment:
        customer: [{id: luis-1, say: "¿Y los domingos?", facts: [states-need, "asks:domingos"]}]
        replies:
          - {id: bye, met: farewell, go: done}
          - {id: else, otherwise: comment}
    ends: {done: {good: true}}
"""
PURPOSE = "Buenos días. Por esta cuenta damos información y recibimos solicitudes."
HELLO = "Muy buenos días."
HOURS, SUNDAYS = "Cerramos a las seis de la tarde.", "Los domingos está cerrado."
BOTH = "Cerramos a las seis, y los domingos no abrimos."
BYE = "Gracias por escribirnos. Que tenga un buen día."


def loaded(text: str = TWO) -> LoadedScenario:
    return load_scenario(text, "two.yaml", shipped_protocol().protocol)


@cache
def card(*script: str) -> Scorecard:
    """`@luis` turns to a contact, `wait` waits a minute, a word is an act, everything else is said."""
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    player = play(scenario, [_move(word) for word in script])
    assert player.refused == []
    return score(scenario, player.events)


def _move(word: str) -> Move:
    if word.startswith("@"):
        move = read_move({"in": word[1:]})
    elif word == "wait":
        move = read_move({"wait": 80})
    else:
        move = read_move(word if " " not in word else {"say": word})
    assert isinstance(move, Move)
    return move


def line(checkpoint: str, *script: str) -> Line:
    return next(line for line in card(*script).checkpoints if line.id == checkpoint)


# What the account is for


def test_the_purpose_is_said_once_for_all_who_read_the_thread() -> None:
    assert line("state-channel-purpose", PURPOSE, HOURS, BYE, "@luis", HELLO, SUNDAYS, BYE).verdict == "met"


def test_said_to_the_second_it_is_too_late() -> None:
    found = line("state-channel-purpose", HELLO, HOURS, BYE, "@luis", PURPOSE, SUNDAYS, BYE)
    assert (found.verdict, found.evidence[0].quote) == ("missed", HELLO)


def test_whoever_is_answered_first_counts_not_who_came_first() -> None:
    assert line("state-channel-purpose", "@luis", PURPOSE, SUNDAYS, BYE, "@c1", HELLO, HOURS, BYE).verdict == "met"


def test_what_is_said_in_private_tells_nobody_else() -> None:
    aside = ("@luis", "private", PURPOSE, SUNDAYS, BYE)
    assert line("state-channel-purpose", *aside, "@c1", HELLO, HOURS, BYE).verdict == "missed"
    assert line("state-channel-purpose", *aside, "@c1", PURPOSE, HOURS, BYE).verdict == "met"


def test_where_nothing_is_public_the_first_answer_counts() -> None:
    private = ("private", PURPOSE, HOURS, BYE, "@luis", "private", HELLO, SUNDAYS, BYE)
    assert line("state-channel-purpose", *private).verdict == "met"


def test_who_answers_nobody_has_not_said_it() -> None:
    found = line("state-channel-purpose", "wait")
    assert (found.verdict, found.reason) == ("missed", "words-no-turn")


# Every request of the thread


def test_each_request_has_its_own_answer() -> None:
    assert line("answer-every-request", PURPOSE, HOURS, BYE, "@luis", HELLO, SUNDAYS, BYE).verdict == "met"


def test_the_same_text_for_two_people_counts_once() -> None:
    found = line("answer-every-request", PURPOSE, BOTH, BYE, "@luis", HELLO, f"  {BOTH.upper()} ".lower(), BYE)
    assert (found.verdict, found.reason) == ("missed", "requests-same-text")
    assert dict(found.args)["request"] == "¿Y los domingos?"
    own = line("answer-every-request", PURPOSE, BOTH, BYE, "@luis", HELLO, BOTH, SUNDAYS, BYE)
    assert own.verdict == "met"


# Nobody left


def test_who_got_no_answer_is_owed_everything_at_the_beginning() -> None:
    found = card(PURPOSE, HOURS, BYE, "wait")
    missed = {line.id: line.reason for line in found.checkpoints if line.verdict == "missed"}
    assert missed == dict.fromkeys(("greet-time-of-day", "answer-every-request"), "comment-unanswered")


# What the file needs


def test_the_account_and_each_persons_handle_are_needed() -> None:
    for lacking in (
        'social: {account: Telenova, handle: "@telenova", purpose: Informamos., post: ¡Feliz lunes!, patience: 60}',
        'commenter: {handle: "@martar"}',
        'commenter: {handle: "@luism"}',
    ):
        found = loaded(TWO.replace(lacking, "")).diagnostics
        assert [d.args["key"] for d in found if d.code == "scenario-missing-key"] == [lacking.split(":")[0]]
