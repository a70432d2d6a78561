"""The journeys of an attempt over a real store: begin, be killed, go on, finish, look back, live anew."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.records.store import Store
from simulator.records.values import Profile, Status
from simulator.records.workshop import Opening, Workshop
from simulator.rehearsal.player import Player
from simulator.scenario.moves import Move, read_move
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Continue, Finish, Pause
from simulator.session.envelope import encode
from simulator.session.evolve import replayed
from tests.session.cases import mini
from tests.session.shifts import MORNING, REST, half_day

MOVES: list[object] = [
    "dismiss-colleague", "answer", {"say": "Telenova, muy buenos días."}, {"say": "Le hacemos el reintegro."},
    {"say": "Con mucho gusto."},
    {"notes": {"customer": "Marta", "reason": "cobro doble", "solution": "reintegro", "follow-up": "mañana"}},
]  # fmt: skip


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with Store.open(tmp_path / "t.db") as store:
        yield Workshop(store, [])


@pytest.fixture
def ana(workshop: Workshop) -> Profile:
    return workshop.add_profile("Ana Ñáñez")


class Lived(Player):
    """A headless desk whose events are kept by the workshop as they happen."""

    def __init__(self, opening: Opening, scenario: Scenario) -> None:
        super().__init__(scenario)
        self.opening = opening
        self.events = list(opening.events)
        self.state = replayed(opening.events)
        self.now = self.state.at_ms

    def send(self, command) -> None:  # type: ignore[no-untyped-def]
        before = len(self.events)
        super().send(command)
        if self.events[before:]:
            self.opening.keep(self.events[before:])


def begun(workshop: Workshop, ana: Profile) -> Lived:
    opening = workshop.begin(mini(), ana, hints=False, seed=3)
    lived = Lived(opening, mini())
    assert opening.start is not None
    lived.send(opening.start)
    return lived


def moves(some: list[object]) -> list[Move]:
    return [read_move(move) for move in some]  # type: ignore[misc]


def test_a_finished_call_is_kept_with_its_scorecard(workshop: Workshop, ana: Profile) -> None:
    lived = begun(workshop, ana)
    lived.play(moves(MOVES))
    lived.finish()
    past = workshop.past(lived.opening.attempt)
    assert (past.card.result, past.card.score) == ("passed", 100)
    assert (past.summary.status, past.summary.score) == (Status.FINISHED, 100)
    assert [encode(event) for event in past.events] == [encode(event) for event in lived.events]


def test_the_trainees_own_name_is_the_agents(workshop: Workshop, ana: Profile) -> None:
    lived = begun(workshop, ana)
    assert lived.state.started is not None
    assert lived.state.started.agent == "Ana Ñáñez"


def test_a_call_that_broke_off_goes_on_where_it_stopped(workshop: Workshop, ana: Profile) -> None:
    lived = begun(workshop, ana)
    lived.play(moves(MOVES[:3]))
    stored = workshop.store.unfinished(ana.id)
    assert [row.id for row in stored] == [lived.opening.attempt]
    again = Lived(workshop.take_up(lived.opening.attempt), mini())
    assert again.state == lived.state
    again.send(Pause(again.now, "gap"))
    again.send(Continue(again.now))
    again.play(moves(MOVES[3:]))
    again.finish()
    assert workshop.past(lived.opening.attempt).card.result == "passed"


def test_an_old_attempt_is_scored_by_the_text_it_was_played_with(workshop: Workshop, ana: Profile) -> None:
    lived = begun(workshop, ana)
    lived.play(moves(MOVES[:3]))
    assert workshop.past(lived.opening.attempt).scenario.text == mini().text


def test_a_moment_can_be_lived_anew(workshop: Workshop, ana: Profile) -> None:
    lived = begun(workshop, ana)
    lived.play(moves([*MOVES[:3], {"say": "Cálmese."}]))
    before = next(event.seq for event in lived.events if getattr(event.what, "text", "") == "Cálmese.") - 1
    fork = Lived(workshop.fork(lived.opening.attempt, before), mini())
    fork.play(moves(MOVES[3:]))
    fork.finish()
    past = workshop.past(fork.opening.attempt)
    assert past.summary.forked_from == lived.opening.attempt
    assert past.card.result == "passed"


def test_leaving_before_the_end_is_incomplete(workshop: Workshop, ana: Profile) -> None:
    lived = begun(workshop, ana)
    lived.play(moves(MOVES[:3]))
    lived.send(Finish(lived.now))
    past = workshop.past(lived.opening.attempt)
    assert (past.summary.status, past.card.result) == (Status.ABANDONED, "incomplete")


def test_a_kill_between_the_last_event_and_the_scorecard_is_mended(
    workshop: Workshop, ana: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = begun(workshop, ana)
    lived.play(moves(MOVES))

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(workshop.store, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        lived.finish()
    monkeypatch.undo()
    assert [row.id for row in workshop.store.unfinished()] == [lived.opening.attempt]
    assert workshop.mend() == 1
    assert workshop.past(lived.opening.attempt).summary.status is Status.FINISHED


def test_a_shift_goes_on_and_is_marked_from_what_was_stored_with_it(workshop: Workshop, ana: Profile) -> None:
    opening = workshop.begin(half_day(), ana, hints=False, seed=1)
    lived = Lived(opening, half_day())
    assert opening.start is not None
    lived.send(opening.start)
    lived.play(moves([*MORNING[:5]]))
    taken_up = workshop.take_up(opening.attempt)
    again = Lived(taken_up, taken_up.scenario)
    again.now = lived.now
    again.play(moves([*MORNING[5:], *REST]))
    again.finish()
    past = workshop.past(opening.attempt)
    assert past.card.result == "passed"
    assert past.card.shift is not None
    assert past.card.shift.handled == 2


def test_ones_own_attempts_are_taken_away_as_text_too(workshop: Workshop, ana: Profile, tmp_path: Path) -> None:
    lived = begun(workshop, ana)
    lived.play(moves(MOVES))
    lived.finish()
    assert workshop.take_away(ana, tmp_path / "mine.zip") == 1
    with zipfile.ZipFile(tmp_path / "mine.zip") as made:
        (name,) = [name for name in made.namelist() if name.startswith("attempts/")]
        told = made.read(name).decode().splitlines()
        log = [json.loads(line) for line in made.read("attempts.jsonl").splitlines()]
    events = [line["event"] for line in log if "event" in line]
    assert [json.loads(encode(event)) for event in lived.events] == events
    assert "Resultado: apto. Nota: 100 de 100." in told
    assert "Sin entregar." in told
    assert any(line.endswith("Ana Ñáñez: Telenova, muy buenos días.") for line in told)
    assert any(line.startswith("✓ ") for line in told)
    assert any(line.startswith("    «") for line in told)
