"""Calls that the agent makes: who is dialled, how it rings there, who picks up, and when it is too late."""

from functools import cache

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play, replay
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line
from simulator.scoring.mood import mood_moves
from simulator.scoring.report import card_of, report
from simulator.scoring.score import score
from simulator.session.channels.outbound import PICK_UP_MS
from simulator.session.channels.phone import RING_EVERY_MS
from simulator.session.envelope import encode
from simulator.session.events import ContactEnded, CustomerReacted, CustomerSpoke, PhoneRang, RangOut, StepEntered
from simulator.session.replay import commands_of
from simulator.session.transcript import transcript

LIST = """
scenario: two-to-call
title: Dos por llamar
channel: outbound
clock: "10:40"
company: {name: Telenova}
agent: Diego Salas
briefing: Llame a las dos personas.
customer: {name: Marta Ríos, mood: 50}
phone: {rings_after: 1, gives_up_after: 4}
outbound: {title: señora, number: "555 0101", reason: Aviso de corte, picks_up: 2, within: 60}
people: [{name: Elena, voice: {gender: female, rate: 120}}]
protocol: [greet-company, ask-for-person-with-title, answer-before-third-ring, document-case]
steps:
  desk:
    as: Elena
    customer: [{id: desk-1, say: "Oficina de la señora Ríos, buenos días."}]
    replies: [{id: asked, met: ask-for-person-with-title, go: passes}, {id: else, otherwise: desk}]
  passes:
    as: Elena
    customer: [{id: passes-1, say: "Ya se la paso."}]
    replies: [{id: through, silent: 3, go: herself}, {id: else, otherwise: herself}]
  herself:
    customer: [{id: herself-1, say: "¿Sí? Habla Marta Ríos.", facts: [gives-name]}]
    replies: [{id: else, otherwise: done}]
ends:
  done: {title: Avisada, good: true, say: "Gracias. Hasta luego."}
contacts:
  luis:
    customer: {name: Luis Mora, mood: 30}
    outbound: {title: señor, number: "555 0102", reason: Aviso de corte, picks_up: 1, at_try: 2, within: 60}
    steps:
      hello: {customer: [{id: hello-1, say: "¿Aló?"}], replies: [{id: else, otherwise: bye}]}
    ends:
      bye: {title: Enterado, good: true}
"""
ASKED = "Telenova, buenos días, ¿podría hablar con la señora Marta Ríos, por favor?"


@cache
def loaded(text: str = LIST) -> LoadedScenario:
    return load_scenario(text, "list.yaml", shipped_protocol().protocol)


@cache
def two() -> Scenario:
    scenario = loaded().scenario
    assert scenario is not None, loaded().diagnostics
    return scenario


def called(*moves: object, text: str = LIST) -> Player:
    scenario = loaded(text).scenario
    assert scenario is not None, loaded(text).diagnostics
    return play(scenario, [read_move(move) for move in moves])  # type: ignore[misc]


def rings(player: Player, contact: str = "c1") -> list[int]:
    return [e.at_ms for e in player.events if e.contact == contact and isinstance(e.what, PhoneRang)]


def ends(player: Player) -> dict[str, str]:
    return {e.contact: e.what.end for e in player.events if isinstance(e.what, ContactEnded)}


def line_of(player: Player, id: str) -> Line:
    return next(line for line in score(two(), player.events).checkpoints if line.id == id)


def test_it_rings_there_until_somebody_picks_up() -> None:
    player = called("dial", {"wait": 30})
    taken = next(e for e in player.events if isinstance(e.what, StepEntered))
    assert rings(player) == [1_000, 1_000 + RING_EVERY_MS]
    assert taken.at_ms == rings(player)[-1] + PICK_UP_MS


def test_who_picks_up_speaks_with_her_own_name_and_pace() -> None:
    player = called("dial", {"say": ASKED}, {"wait": 8})
    first, *_, last = [e.what for e in player.events if isinstance(e.what, CustomerSpoke)]
    assert (first.speaker, last.speaker) == ("Elena", "")
    assert first.lasts_ms > 3_000, "seven words at 120 a minute"
    names = [row.name for row in transcript(player.events, "Marta Ríos") if row.who == "customer"]
    assert names == ["Elena", "Elena", "Marta Ríos"]


def moods(player: Player) -> list[tuple[str, int, int]]:
    """What moved the mood, from where, to where."""
    found = [e.what for e in player.events if isinstance(e.what, CustomerReacted)]
    return [(what.trigger, what.mood_from, what.mood_to) for what in found if what.mood_from != what.mood_to]


RUDE = "Páseme con la señora Marta Ríos, idiota."


TOUCHY = LIST.replace("[{id: asked,", "[{id: rude, missed: no-rudeness, mood: -30}, {id: asked,").replace(
    "{id: else, otherwise: done}", "{id: back, says: [recepción], go: desk}, {id: else, otherwise: done}"
)


def test_who_is_put_through_has_a_mood_of_their_own() -> None:
    player = called("dial", {"say": RUDE}, {"wait": 8}, text=TOUCHY)
    assert moods(player) == [("turn", 50, 20), ("took-over", 20, 50)]
    assert [e.what.mood for e in player.events if isinstance(e.what, CustomerSpoke)][-1] == 50
    points = [point for point in score(player.scenario, player.events).moods if point.contact == "c1"]
    first, angered, own = mood_moves(player.events, points)
    assert (first.change, angered.change, own.change) == (None, -30, None)
    assert own.because == "Se puso otra persona al teléfono"


def test_whoever_comes_back_on_the_line_is_as_they_left_it() -> None:
    back = {"say": "Páseme con recepción, por favor."}
    player = called("dial", {"say": RUDE}, {"wait": 8}, back, text=TOUCHY)
    assert moods(player) == [("turn", 50, 20), ("took-over", 20, 50), ("took-over", 50, 20)]


def test_words_wait_for_the_line_to_open() -> None:
    assert called("dial", {"say": ASKED}).refused == []
    assert [refused.code for refused in called({"say": ASKED}).refused] == ["line-not-open"]


def test_a_call_may_be_cancelled_and_made_again() -> None:
    player = called("dial", {"wait": 3}, "cancel", {"wait": 2}, "dial", {"say": ASKED})
    assert player.refused == []
    assert rings(player) == [1_000, 6_000, 11_000]


def test_one_line_is_not_taken_twice() -> None:
    player = called("dial", {"say": ASKED}, {"in": "luis"}, "dial")
    assert [refused.code for refused in player.refused] == ["line-busy"]


def test_nobody_picks_up_the_first_time() -> None:
    player = called({"in": "luis"}, "dial", {"wait": 25}, "dial", {"say": "Buenos días."})
    out = [(e.at_ms, e.what.times) for e in player.events if isinstance(e.what, RangOut)]
    assert out == [(1_000 + 4 * RING_EVERY_MS, 1)]
    assert player.state.contacts["luis"].end == "bye"
    assert ("rang-out", "luis") in [(row.text, row.contact) for row in transcript(player.events)]


def test_a_number_in_vain_is_written_up_and_left() -> None:
    notes = {"customer": "Luis", "reason": "Aviso", "solution": "No contesta", "follow-up": "Mañana"}
    player = called({"in": "luis"}, "dial", {"wait": 25}, {"notes": notes})
    assert ends(player)["luis"] == "no-answer"
    assert [refused.code for refused in called({"notes": notes}).refused] == ["act-not-now"], "nobody was tried yet"


def test_it_is_too_late_when_nobody_is_called_for_long() -> None:
    idle = called({"wait": 61})
    assert ends(idle) == {"c1": "not-called", "luis": "not-called"}
    assert line_of(idle, "ask-for-person-with-title").reason == "call-never"
    busy = called("dial", {"say": ASKED}, {"wait": 5}, {"wait": 20})
    assert "luis" not in ends(busy), "his time runs from the end of the other call"
    assert ends(called({"in": "luis"}, "dial", {"wait": 120}))["luis"] == "no-answer"


def test_what_is_owed_to_whom_nobody_reached() -> None:
    tried = called("dial", {"say": ASKED}, {"wait": 4}, {"say": "Gracias."}, {"wait": 5}, {"in": "luis"}, "dial",
                   {"wait": 150})  # fmt: skip
    assert line_of(tried, "ask-for-person-with-title").verdict == "met"
    assert line_of(tried, "document-case").verdict == "missed"
    assert line_of(tried, "answer-before-third-ring").reason == "na-called-out"


def test_commands_of_a_log_give_the_same_bytes() -> None:
    log = called("dial", {"wait": 2}, "cancel", {"in": "luis"}, "dial", {"wait": 30}, "dial", {"say": "Buenas."}).events
    again = replay(two(), commands_of(log))
    assert [encode(event) for event in again] == [encode(event) for event in log]
    assert card_of(report(two(), log, score(two(), log))) == score(two(), log)


def test_each_person_has_a_row_of_the_list() -> None:
    def mistakes(text: str) -> list[tuple[str, dict[str, str | int]]]:
        return [(d.code, dict(d.args)) for d in loaded(text).diagnostics]

    row = 'outbound: {title: señor, number: "555 0102", reason: Aviso de corte, picks_up: 1, at_try: 2, within: 60}\n'
    assert ("scenario-missing-key", {"key": "outbound"}) in mistakes(LIST.replace(row, "arrives: 0\n"))
    own = 'outbound: {title: señora, number: "555 0101", reason: Aviso de corte, picks_up: 2, within: 60}\n'
    assert ("scenario-missing-key", {"key": "outbound"}) in mistakes(LIST.replace(own, ""))


def test_the_transcript_says_whom_the_agent_called() -> None:
    player = called("dial", {"wait": 2}, "cancel", {"in": "luis"}, "dial")
    rows = transcript(player.events, "Marta Ríos", others=two().doc.other_customers)
    assert [dict(row.args)["person"] for row in rows if row.text == "dial"] == ["Marta Ríos", "Luis Mora"]


def test_an_outgoing_call_inherits_what_a_telephone_call_does() -> None:
    def inherited(text: str) -> set[str]:
        scenario = load_scenario(text, "one.yaml", shipped_protocol().protocol).scenario
        assert scenario is not None
        return set(scenario.checkpoints) - set(scenario.doc.protocol)

    alone = LIST.partition("contacts:")[0].replace("agent: Diego", 'account: "4471-22"\nagent: Diego')
    assert inherited(alone) == inherited(alone.replace("channel: outbound", "channel: phone"))
    assert {"listen-without-interrupting", "verify-identity", "let-customer-hang-up"} <= inherited(alone)
