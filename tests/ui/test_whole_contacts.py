"""Each channel from end to end: the tests of the shipped scenarios, lived in the whole window with real widgets, tell
the same story as the headless play and show the same result."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.rehearsal.player import play
from simulator.scenario.model import ScenarioTest
from simulator.scenario.moves import Speak
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.session.envelope import Event
from simulator.session.events import AgentTyped, AttemptPaused, AttemptStarted, InterruptionWarned
from simulator.ui.debrief.score_ring import ScoreRing
from simulator.ui.debrief.view import Debrief
from simulator.ui.opening import Places
from simulator.ui.pages.respite import RespitePage
from tests.scenarios.shipped import files, scenario
from tests.ui.hands import Clock, Hands, click
from tests.ui.program import Program

# The offscreen screen knows neither a window's least size nor the ways of menus, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"does not support (raise|grabbing)", extend=True)

CONTACTS = [file for file in files() if file.parent.name != "shift"]
"""A shift is lived through the window in tests/ui/test_shift.py: its desk holds the desks of these."""
each_scenario = pytest.mark.parametrize("file", CONTACTS, ids=lambda file: file.stem)


@pytest.fixture
def places(places: Places, tmp_path: Path, file: Path) -> Places:
    """A library with one scenario."""
    folder = tmp_path / "library"
    folder.mkdir()
    shutil.copy(file, folder)
    return replace(places, scenarios=(folder,))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.drive(monkeypatch)
    return clock


def story(events: Iterable[Event]) -> list[tuple[str, int, str, str]]:
    """What happened to whom and when, without what is told on screen only: keys, the first of two Enters, and that time
    stands still while the trainee is asked whether to leave."""
    return [
        (event.contact, event.at_ms, type(event.what).__name__, str(getattr(event.what, "text", "")).strip())
        for event in events
        if not isinstance(event.what, AttemptStarted | AttemptPaused | AgentTyped | InterruptionWarned)
    ]


def verdicts(card: Scorecard) -> dict[str, str]:
    return {line.id: line.verdict for line in card.checkpoints}


def can_be_typed(test: ScenarioTest) -> bool:
    """Whether keyboard and mouse can do it all: how a voice sounds cannot be typed."""
    return not any(isinstance(move, Speak) and (move.takes_ms or move.voice) for move in test.do)


def prove(program: Program, clock: Clock, test: ScenarioTest, id: str) -> None:
    """Lives a test of a scenario from the library to the debrief, and compares it with its headless play."""
    played = scenario(id)
    hands = Hands(played, program=program, clock=clock)
    hands.start()
    hands.play(test.do)
    hands.finish()
    assert not hands.refused, test.name
    program.until(lambda: program.window.shown in ("respite", "debrief"))
    respite = program.window.page("respite")
    if isinstance(respite, RespitePage):
        click(respite.go_on)
    program.shown("debrief")
    begun = hands.state.started
    assert begun is not None
    headless = play(played, test.do, seed=begun.seed)
    assert story(hands.events) == story(headless.events), test.name
    expected = score(played, headless.events)
    assert verdicts(score(played, hands.events)) == verdicts(expected), test.name
    debrief = program.window.page("debrief")
    assert isinstance(debrief, Debrief)
    ring = debrief.findChild(ScoreRing)
    assert ring is not None
    assert ring.accessibleName() == ("Sin puntaje" if expected.score is None else f"{expected.score} de 100"), test.name


@each_scenario
def test_the_exemplary_contact_in_the_window_is_the_one_of_the_headless_play(
    start: Callable[[], Program], clock: Clock, file: Path
) -> None:
    prove(start(), clock, scenario(file.stem).doc.tests[0], file.stem)


@pytest.mark.slow
@each_scenario
def test_all_others_too_one_after_the_other(start: Callable[[], Program], clock: Clock, file: Path) -> None:
    program = start()
    for test in filter(can_be_typed, scenario(file.stem).doc.tests[1:]):
        prove(program, clock, test, file.stem)
