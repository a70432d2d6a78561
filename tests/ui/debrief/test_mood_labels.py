"""What is written into the mood's plot can be read, however near to each other the changes are."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from simulator.scoring.mood import Curve, MoodMove
from simulator.ui.debrief.look import plot_look
from simulator.ui.debrief.mood_view import MoodPlot
from simulator.ui.theme import current_look

SIZES = [(700, 220), (420, 180), (1200, 500)]


def drawn(qtbot: QtBot, curves: list[Curve], size: tuple[int, int]) -> MoodPlot:
    plot = MoodPlot(curves, 120_000, plot_look(current_look()))
    plot.resize(*size)
    qtbot.addWidget(plot)
    plot.draw()
    with qtbot.waitExposed(plot):
        plot.show()
    QApplication.processEvents()
    return plot


def curve(name: str, *points: tuple[int, int]) -> Curve:
    moods = [mood for _at, mood in points]
    changes = [None, *(b - a for a, b in pairwise(moods))]
    moves = (MoodMove(at, mood, change, "", 1) for (at, mood), change in zip(points, changes, strict=True))
    return Curve(name, tuple(moves), points[-1][0])


CROWDED = [
    curve("Rosa Sandoval", (0, 50), (58_000, 48), (58_500, 46), (59_000, 44), (95_000, 4), (120_000, 2)),
    curve("Patricio Contreras", (1_000, 52), (60_000, 55), (61_000, 97), (119_000, 100)),
]


@pytest.mark.parametrize("size", SIZES)
def test_labels_stand_apart_and_whole_inside(qtbot: QtBot, size: tuple[int, int]) -> None:
    plot = drawn(qtbot, CROWDED, size)
    places = [place for found in plot.labels.values() for place in found]
    assert not [(a, b) for a, b in combinations(places, 2) if a.intersects(b)]
    assert all(plot.rect().toRectF().contains(place) for place in places)


def test_names_and_changes_are_written_wherever_there_is_room(qtbot: QtBot) -> None:
    plot = drawn(qtbot, CROWDED, (1200, 500))
    assert {"Rosa Sandoval", "Patricio Contreras", "−40", "−2", "+3", "+42"} <= set(plot.labels)


def test_labels_find_new_places_when_the_plot_grows(qtbot: QtBot) -> None:
    plot = drawn(qtbot, CROWDED, (420, 180))
    few = sum(map(len, plot.labels.values()))
    plot.resize(1200, 500)
    QApplication.processEvents()
    assert sum(map(len, plot.labels.values())) > few
