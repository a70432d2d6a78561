"""What difficulty changes: patience, moods, pace, who cuts in, who distracts; and how strong the language is."""

from collections.abc import Sequence
from typing import Final

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.score import score
from simulator.session.commands import PassTime, Start, Type
from simulator.session.events import (
    ColleagueChatted,
    ContactEnded,
    CustomerReacted,
    CustomerSpoke,
    Intensity,
)

CALL = """
scenario: hard
title: Difícil
channel: phone
difficulty: 3
clock: "10:40"
company: {name: Telenova}
agent: Diego Salas
briefing: Atienda.
customer: {name: Marta Ríos, mood: 60, voice: {rate: 160}}
phone: {hold_patience: 100}
side_conversation: {colleague: Andrés, from_difficulty: 4, lines: [{at: 0, say: "¿Viste el partido?"}]}
protocol: [greet-company, end-side-conversation]
steps:
  open: {replies: [{id: else, otherwise: need}]}
  need:
    customer:
      - id: need-1
        say: "Esto es un desastre y usted un inútil de primera."
        mild: "Esto es un desastre y usted no ayuda."
        facts: [states-need, offensive]
    replies:
      - {id: long, keeps_floor: 20, once: true, say: "Vaya al grano, por favor.", mood: -10}
      - {id: hard, when: {difficulty: ">= 4"}, says: [bueno], mood: -20, say: "¿Bueno? ¡Nada de bueno!"}
      - {id: mute, silent: 10, say: "¿Sigue ahí?", mood: -10}
      - {id: else, otherwise: need}
ends:
  left-on-hold: {title: Colgó}
  unanswered: {title: Nadie}
"""


CUTS_IN: Final = "Vaya al grano, por favor."


def hard() -> Scenario:
    loaded = load_scenario(CALL, "hard.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


GREETED: Final = ("answer", {"say": "Telenova, buenos días."})


def calling(
    difficulty: int,
    moves: Sequence[object] = GREETED,
    intensity: Intensity = "full",
) -> Player:
    player = Player(hard())
    player.send(Start(0, "a1", 1, "Diego Salas", difficulty=difficulty, intensity=intensity))
    player.play([read_move(move) for move in moves])  # type: ignore[misc]  # all are moves
    return player


def first_at(player: Player, kind: type, after: int = 0) -> int:
    return next(event.at_ms for event in player.events if isinstance(event.what, kind) and event.at_ms > after)


def line(player: Player) -> CustomerSpoke:
    return next(event.what for event in player.events if isinstance(event.what, CustomerSpoke))


def test_a_harder_customer_speaks_faster() -> None:
    lasts = [line(calling(difficulty)).lasts_ms for difficulty in (1, 3, 5)]
    assert lasts == sorted(lasts, reverse=True)
    assert len(set(lasts)) == 3


@pytest.mark.parametrize(("difficulty", "seconds"), [(1, 13), (3, 10), (5, 7)])
def test_patience_ends_sooner(difficulty: int, seconds: int) -> None:
    player = calling(difficulty)
    spoken = player.contact.party.spoken
    assert spoken is not None
    player.pass_time(60_000)
    silent = next(e for e in player.events if isinstance(e.what, CustomerReacted) and e.what.trigger == "silent")
    assert silent.at_ms - spoken.until_ms == seconds * 1000
    assert silent.what.mood_to < silent.what.mood_from  # type: ignore[union-attr]


@pytest.mark.parametrize(("difficulty", "seconds"), [(3, 100), (5, 70)])
def test_a_hold_is_borne_for_less_time(difficulty: int, seconds: int) -> None:
    player = calling(difficulty, ("answer", {"say": "Telenova, buenos días."}, "hold"))
    held = player.contact.held_since
    assert held is not None
    player.pass_time(200_000)
    assert first_at(player, ContactEnded) - held == seconds * 1000


def test_who_keeps_the_floor_for_too_long_is_cut_off() -> None:
    player = calling(3)
    spoken = player.contact.party.spoken
    assert spoken is not None
    start = spoken.until_ms
    for second in range(30):
        player.send(Type(start + second * 1000))
    cut = [e.at_ms for e in player.events if isinstance(e.what, CustomerSpoke) and e.what.text == CUTS_IN]
    assert cut == [start + 20_000]


def test_who_answers_in_time_is_not() -> None:
    player = calling(3)
    spoken = player.contact.party.spoken
    assert spoken is not None
    for second in range(15):
        player.send(Type(spoken.until_ms + second * 1000))
    player.send(PassTime(spoken.until_ms + 60_000))
    assert CUTS_IN not in {e.what.text for e in player.events if isinstance(e.what, CustomerSpoke)}


@pytest.mark.parametrize(("difficulty", "said"), [(3, False), (4, True)])
def test_an_author_may_ask_for_the_difficulty(difficulty: int, said: bool) -> None:
    player = calling(difficulty, ("answer", {"say": "Telenova, buenos días."}, {"say": "Bueno, ya veo."}))
    assert any(isinstance(e.what, CustomerSpoke) and "¡Nada" in e.what.text for e in player.events) is said


@pytest.mark.parametrize(("difficulty", "verdict"), [(3, "not-applicable"), (4, "missed")])
def test_a_colleague_may_distract_the_more_skilled_only(difficulty: int, verdict: str) -> None:
    player = calling(difficulty)
    assert any(isinstance(e.what, ColleagueChatted) for e in player.events) is (difficulty == 4)
    card = score(hard(), player.events)
    assert next(line.verdict for line in card.checkpoints if line.id == "end-side-conversation") == verdict


def test_milder_language_changes_the_words_and_nothing_else() -> None:
    full, mild = calling(3), calling(3, intensity="mild")
    assert "inútil" in line(full).text
    assert line(mild).text == "Esto es un desastre y usted no ayuda."
    assert line(mild).facts == line(full).facts
    assert line(mild).mood == line(full).mood
