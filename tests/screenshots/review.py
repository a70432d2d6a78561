"""What a reviewer sees: the queue, an attempt, the calibration's two sides; in a wide window and in the smallest."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.records.store import Store
from simulator.records.workshop import Workshop
from simulator.ui.main_window import MainWindow
from simulator.ui.review.attempt_view import ReviewView
from tests.app.test_workshop import MOVES, begun, moves
from tests.screenshots.staff import SMALL, at_place
from tests.screenshots.staging import Shoot
from tests.ui.debrief.spoken import spoken
from tests.ui.debrief.test_debrief import rude
from tests.ui.desk.cases import call
from tests.ui.review.test_pages import figures, judging, queue

REVIEWER = "Íñigo"


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, in the whole window."""
    for name, size in (("", None), ("-small", SMALL)):
        for page, made in (("queue", queue), ("judging", judging), ("figures", figures)):
            _shoot(f"review-{page}{name}", at_place(REVIEWER, made(), "review"), size, shoot)
        for page, (events, card) in (("attempt", rude()), ("attempt-voice", spoken())):
            with TemporaryDirectory() as folder, Store.open(Path(folder) / "t.db") as store:
                workshop = Workshop(store, [])
                lived = begun(workshop, workshop.add_profile("Ana Ñáñez"))
                lived.play(moves(MOVES))
                lived.finish()
                workshop.submit(lived.opening.attempt)
                past = replace(workshop.past(lived.opening.attempt), scenario=call(), events=events, card=card)
            view = ReviewView(past)
            if view.voice is not None:
                view.moods.setCurrentWidget(view.voice)
            _shoot(f"review-{page}{name}", at_place(REVIEWER, view, "review"), size, shoot)


def _shoot(name: str, window: MainWindow, size: tuple[int, int] | None, shoot: Shoot) -> None:
    if size is not None:
        window.resize(*size)
    shoot(name, window)
