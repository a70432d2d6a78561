"""A call that a colleague makes: courtesy is looked for in what is said to them."""

from functools import cache

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line
from simulator.scoring.score import score

CALL = """
scenario: from-inside
title: De la casa
channel: CHANNEL
clock: "15:40"
company: {name: Telenova, areas: [Bodega]}
agent: Diego Salas
account: "4471-22"
briefing: Llama una compañera.
customer: {name: Marta Ríos, area: Bodega}
protocol: [colleague-courtesy, handover-name, farewell]
steps:
  open: {replies: [{id: else, otherwise: need}]}
  need:
    customer: [{id: need-1, say: "Hola. ¿Salió el pedido de Elena Paz?", facts: [states-need]}]
    replies: [{id: bye, met: farewell, go: done}, {id: else, otherwise: need}]
ends:
  done: {title: Resuelto, good: true}
"""


@cache
def call(channel: str) -> Scenario:
    found = load_scenario(CALL.replace("CHANNEL", channel), "inside.yaml", shipped_protocol().protocol)
    assert found.scenario is not None, found.diagnostics
    return found.scenario


def line(*moves: object, channel: str = "colleague", id: str = "colleague-courtesy") -> Line:
    player = play(call(channel), [read_move(move) for move in ("answer", *moves)])  # type: ignore[misc]
    assert player.refused == []
    return next(line for line in score(call(channel), player.events).checkpoints if line.id == id)


PLEASE = {"say": "¿Me da el número del pedido, por favor?"}
MAY_HOLD = {"say": "¿Le importaría esperarme un minuto en la línea, por favor?"}


def test_please_to_the_caller_is_courtesy_with_a_colleague() -> None:
    met = line(PLEASE)
    assert met.verdict == "met"
    assert met.evidence[0].quote == "por favor"
    assert line({"say": "Deme el número."}).verdict == "missed"
    assert line({"say": "Deme el número."}, channel="phone").reason == "na-no-transfer", "a customer is no colleague"


@pytest.mark.parametrize(
    ("moves", "verdict"),
    [
        ((PLEASE, "hold", "resume", {"say": "Gracias por esperar."}), "missed"),
        ((PLEASE, MAY_HOLD, "hold", "resume", {"say": "Ya salió."}), "missed"),
        ((PLEASE, MAY_HOLD, "hold", "resume", {"say": "Muchas gracias por esperar."}), "met"),
        ((PLEASE, MAY_HOLD, "hold", {"wait": 10}), "met"),
    ],
)
def test_a_colleague_is_put_on_hold_as_a_customer_is(moves: tuple[object, ...], verdict: str) -> None:
    found = line(*moves)
    assert found.verdict == verdict
    assert (found.reason == "colleague-hold") == (verdict == "missed")


def test_naming_the_customer_to_the_caller_hands_nothing_over() -> None:
    assert line({"say": "Es el pedido de Marta Ríos."}, id="handover-name").verdict == "not-applicable"


def test_what_a_colleague_inherits_and_what_only_customers_are_owed() -> None:
    inherited = {id for id, play in call("colleague").checkpoints.items() if id not in call("colleague").doc.protocol}
    always = {"formal-address", "clear-and-concise", "courtesy-please", "no-rudeness", "no-blame"}
    assert inherited == always, "those of every channel; honest-answer needs a sheet"
    by_phone = {id for id in call("phone").checkpoints if id not in call("phone").doc.protocol}
    assert by_phone - inherited == {
        "listen-without-interrupting", "verify-identity", "hold-check-back", "let-customer-hang-up",
    }  # fmt: skip
