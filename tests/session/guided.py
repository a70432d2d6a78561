"""A small help chat over a site, and the same over an app: what the tests of both channels share."""

from functools import cache
from pathlib import Path

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line
from simulator.scoring.score import score

WEB = (Path(__file__).parent / "guided.yaml").read_text("utf-8")
_RECORD = WEB[WEB.index("  record:") : WEB.index("  screens:")]
APPS = (
    WEB.replace("channel: web", 'channel: apps\naccount: "44-1"\nsheet: {account_data: ["saldo ... _amount"]}')
    .replace("site:", "app:")
    .replace("  virtual_agent: Nova\n", "")
    .replace(_RECORD, "")
    .replace("{id: routed, act: route-virtual-agent, go: thanks}", "{id: planned, act: follow-up, go: thanks}")
    .replace("[guide-search, register-data, route-to-virtual-agent, offer-nonconformity, farewell]", "[follow-up]")
)


@cache
def guided(text: str = WEB) -> Scenario:
    """The small help chat, under the shipped protocol."""
    loaded = load_scenario(text, "guided.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


def chat(*written: object, text: str = WEB) -> Player:
    """The chat, played: a text with a space is something written."""
    made = [{"say": one} if isinstance(one, str) and " " in one else one for one in written]
    moves = [move for one in made if isinstance(move := read_move(one), Move)]
    return play(guided(text), moves)


def line(player: Player, id: str) -> Line:
    """A checkpoint's line on the card of what was played."""
    return next(line for line in score(player.scenario, player.events).checkpoints if line.id == id)
