"""The counter: somebody comes, whoever speaks first is timed, and they leave as they were treated."""

from functools import cache

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, replay
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line
from simulator.scoring.score import score
from simulator.session.commands import PassTime, Say, Start, Type
from simulator.session.decide import allowed_acts
from simulator.session.events import ContactEnded, CustomerReacted, CustomerSpoke, StepEntered
from simulator.session.replay import commands_of
from simulator.session.state import Phase
from simulator.session.story import CommandRefusedError

COUNTER = """
scenario: counter
title: El mostrador
channel: in-person
difficulty: 3
clock: "10:40"
company: {name: Telenova}
agent: Diego Salas
supervisor: Laura Peña
briefing: Atienda.
customer: {name: Marta Ríos, mood: 50}
counter: {arrives_after: 5, speaks_after: 10, asks: ignored, leaves_after: 40}
side_conversation: {colleague: Andrés, lines: [{at: 0, say: "¿Viste el partido?"}, {at: 30, say: "Qué golazo."}]}
protocol: [greet-first, end-side-conversation, farewell]
steps:
  open: {replies: [{id: else, otherwise: need}]}
  ignored:
    customer: [{id: ignored-1, say: "¿Hola?"}]
    replies: [{id: else, otherwise: need}]
  need:
    customer: [{id: need-1, say: "Quiero saber el horario.", facts: [states-need]}]
    replies: [{id: bye, met: farewell, go: done}, {id: mute, silent: 15, say: "¿Me oye?"}, {id: else, otherwise: need}]
ends:
  done: {title: Contenta, good: true, say: "Muchas gracias, hasta luego."}
"""

GREETING = "Buenos días, bienvenida. ¿En qué le puedo ayudar?"
BYE = "Que le vaya bien, hasta luego."


def loaded(text: str = COUNTER) -> LoadedScenario:
    return load_scenario(text, "counter.yaml", shipped_protocol().protocol)


@cache
def counter(text: str = COUNTER) -> Scenario:
    scenario = loaded(text).scenario
    assert scenario is not None, loaded(text).diagnostics
    return scenario


def started(text: str = COUNTER, difficulty: int = 3) -> Player:
    player = Player(counter(text))
    player.send(Start(0, "a1", 1, "Diego Salas", difficulty=difficulty))
    return player


def until(player: Player, ms: int) -> Player:
    player.now = ms
    player.send(PassTime(ms))
    return player


def phase_at(player: Player, ms: int) -> Phase:
    return until(player, ms).contact.phase


def moves(*written: object) -> list[Move]:
    return [move for one in written if isinstance(move := read_move(one), Move)]


def play(*written: object) -> Player:
    player = started()
    player.play(moves(*written))
    player.finish()
    assert player.refused == []
    return player


def line(player: Player, id: str) -> Line:
    return next(found for found in score(player.scenario, player.events).checkpoints if found.id == id)


def first(player: Player, kind: type) -> int | None:
    return next((event.at_ms for event in player.events if isinstance(event.what, kind)), None)


# Coming and speaking first


def test_somebody_comes_at_their_time_and_nobody_hears_a_word_before() -> None:
    player = started()
    assert phase_at(player, 4_999) is Phase.WAITING
    with pytest.raises(CommandRefusedError) as refused:
        player.send(Say(4_999, GREETING))
    assert refused.value.code == "nobody-at-counter"
    assert phase_at(player, 5_000) is Phase.TALKING
    assert first(player, CustomerSpoke) is None


def test_the_agent_who_greets_is_first() -> None:
    player = play({"say": GREETING}, {"say": BYE})
    met = line(player, "greet-first")
    assert (met.verdict, met.reason, dict(met.args)["seconds"]) == ("met", "first-met", "0")
    assert met.evidence[0].quote == GREETING


def test_who_is_not_greeted_speaks_by_themself_and_likes_it_less() -> None:
    player = until(started(), 15_000)
    assert first(player, CustomerSpoke) == 15_000
    assert player.contact.customer.step == "ignored"
    assert player.contact.mood == 45
    player.send(Say(17_000, GREETING))
    missed = line(player, "greet-first")
    assert (missed.verdict, missed.reason, dict(missed.args)["seconds"]) == ("missed", "first-missed", "10")
    reacted = [event.what for event in player.events if isinstance(event.what, CustomerReacted)]
    assert reacted[0].trigger == "silent"


def test_where_no_step_is_named_they_go_where_any_answer_would_lead() -> None:
    text = COUNTER.replace("asks: ignored, ", "").replace(
        '  ignored:\n    customer: [{id: ignored-1, say: "¿Hola?"}]\n    replies: [{id: else, otherwise: need}]\n', ""
    )
    player = until(started(text), 15_000)
    assert player.contact.customer.step == "need"


@pytest.mark.parametrize(("difficulty", "speaks"), [(1, 18_000), (3, 15_000), (5, 12_000)])
def test_the_more_difficult_the_sooner_they_lose_patience(difficulty: int, speaks: int) -> None:
    player = until(started(difficulty=difficulty), 30_000)
    assert first(player, CustomerSpoke) == speaks


def test_who_is_typing_a_greeting_has_turned_to_them() -> None:
    player = until(started(), 6_000)
    for second in range(6, 25):
        player.send(Type(second * 1000))
    player.send(Say(25_000, GREETING))
    assert line(player, "greet-first").verdict == "met"


def test_a_spoken_greeting_counts_from_its_first_sound() -> None:
    player = until(started(), 6_000)
    player.send(Say(16_500, GREETING, takes_ms=3_000))
    assert line(player, "greet-first").verdict == "met"


def test_nobody_attended_leaves_at_last() -> None:
    player = until(started(), 60_000)
    assert (player.contact.phase, player.contact.end) == (Phase.AFTER, "unattended")
    assert first(player, ContactEnded) == 45_000
    assert line(player, "greet-first").verdict == "missed"


def test_who_left_before_anybody_said_a_word_is_counted() -> None:
    text = COUNTER.replace("speaks_after: 10", "speaks_after: 60")
    player = until(started(text), 60_000)
    missed = line(player, "greet-first")
    assert (missed.reason, dict(missed.args)["seconds"]) == ("first-never", "40")


def test_who_was_greeted_does_not_leave_by_that_clock() -> None:
    player = until(started(), 6_000)
    player.send(Say(6_000, GREETING))
    assert until(player, 50_000).contact.phase is Phase.TALKING


# The colleague beside


@pytest.mark.parametrize(
    ("done", "verdict", "reason"),
    [
        (("dismiss-colleague", {"say": GREETING}, {"say": BYE}), "met", "side-counter-met"),
        (
            ({"wait": 6}, {"tell-colleague": "Ya, luego."}, "dismiss-colleague", {"say": GREETING}, {"say": BYE}),
            "met",
            "side-counter-met",
        ),
        (({"say": GREETING}, "dismiss-colleague", {"say": BYE}), "missed", "side-counter-open"),
        (({"say": GREETING}, {"tell-colleague": "¿Y quién ganó?"}, {"say": BYE}), "missed", "side-counter-heard"),
        (({"wait": 20}, "dismiss-colleague", {"say": GREETING}, {"say": BYE}), "missed", "side-counter-waiting"),
        (({"wait": 60},), "missed", "side-counter-waiting"),
    ],
)
def test_the_chat_is_closed_before_turning_to_the_customer(done: tuple[object, ...], verdict: str, reason: str) -> None:
    found = line(play(*done), "end-side-conversation")
    assert (found.verdict, found.reason) == (verdict, reason)


def test_without_a_chat_there_is_none_to_close() -> None:
    text = COUNTER.replace("lines: [{at: 0", "from_difficulty: 5, lines: [{at: 0")
    player = until(started(text), 6_000)
    player.send(Say(6_000, GREETING))
    assert line(player, "end-side-conversation").reason == "na-no-side-conversation"


# Acts and ends


def test_a_counter_has_neither_bell_nor_hold() -> None:
    player = until(started(), 6_000)
    acts = allowed_acts(player.scenario, player.state)
    assert acts == {"dismiss-colleague", "escalate", "call-next", "notes"}


def test_calling_the_next_one_ends_it_and_the_customer_has_a_last_word() -> None:
    text = COUNTER.replace("ends:\n", 'ends:\n  dismissed: {title: Echada, say: "¿Y yo?"}\n')
    player = until(started(text), 6_000)
    player.play(moves({"say": GREETING}, "call-next"))
    assert (player.contact.phase, player.contact.ended_by) == (Phase.ENDING, "agent")
    player.finish()
    assert player.contact.end == "dismissed"
    assert player.state.ended == "finished"


def test_calling_the_next_one_while_they_take_leave_keeps_their_end() -> None:
    player = until(started(), 6_000)
    player.send(Say(6_000, GREETING))
    until(player, 20_000)
    player.send(Say(20_000, BYE))
    assert player.contact.phase is Phase.ENDING
    player.play(moves({"call-next": {"interrupt": True}}))
    assert (player.contact.phase, player.contact.end) == (Phase.AFTER, "done")


def test_the_supervisor_takes_over() -> None:
    player = play({"say": GREETING}, "escalate", {"notes": {"customer": "Marta"}})
    assert player.contact.end == "escalated"


def test_silences_count_from_the_coming_and_from_the_last_line() -> None:
    text = COUNTER.replace("open: {replies: [", 'open: {replies: [{id: cough, silent: 4, say: "Ejem."}, ')
    player = until(started(text), 9_000)
    assert first(player, StepEntered) == 5_000
    assert first(player, CustomerSpoke) == 9_000


def test_the_log_answers_to_commands_that_give_it_again() -> None:
    player = play({"wait": 16}, "dismiss-colleague", {"say": GREETING}, {"say": BYE}, {"notes": {"customer": "Marta"}})
    assert replay(counter(), commands_of(player.events)) == player.events


# The file


def test_a_step_that_is_asked_from_must_exist_and_is_reached_by_it() -> None:
    assert all(d.code != "scenario-unreachable-step" for d in loaded().diagnostics)
    wrong = loaded(COUNTER.replace("asks: ignored", "asks: ignord"))
    found = next(d for d in wrong.diagnostics if d.code == "scenario-unknown-step")
    assert found.args["suggestion"] == "ignored"
    assert COUNTER.splitlines()[found.span.start.line - 1].startswith("counter:")
