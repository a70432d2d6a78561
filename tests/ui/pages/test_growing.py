"""A long list makes what is near what is seen, a step at a time, and keeps what stays the same."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from simulator.ui.pages.growing import Batch, Growing

HIGH = 100


class Part(QWidget):
    """A named part of a fixed height, whatever the look; Tab stops at it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setFixedHeight(HIGH)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Long(QScrollArea):
    """A list of named parts, each a batch, in a window in which three of them are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.growing = Growing(self)
        self.setWidget(self.growing)
        self.resize(300, 3 * HIGH)
        self.made: list[str] = []

    def put(self, *names: str) -> None:
        self.growing.put([Batch(name, 4, partial(self._part, name)) for name in names])

    def _part(self, name: str) -> QWidget:
        self.made.append(name)
        return Part(name)

    @property
    def seen(self) -> list[str]:
        parts = [made for made in self.growing.findChildren(Part) if made.isVisibleTo(self)]
        return [made.name for made in sorted(parts, key=lambda made: made.y())]


@pytest.fixture
def long(qtbot: QtBot) -> Long:
    made = Long()
    qtbot.addWidget(made)
    return made


NAMES = [f"n{number}" for number in range(100)]


def settled(qtbot: QtBot, long: Long) -> None:
    qtbot.waitUntil(lambda: not long.growing.growing)


def test_it_makes_one_batch_each_time_the_loop_comes_round(long: Long, qtbot: QtBot) -> None:
    long.put(*NAMES)
    assert long.made == NAMES[:1]
    counts: list[int] = []
    long.growing.grown.connect(lambda: counts.append(len(long.made)))
    long.show()
    settled(qtbot, long)
    assert counts == list(range(2, len(long.made) + 1))
    assert long.seen == long.made == NAMES[: len(long.made)]
    assert 6 <= len(long.made) <= 8  # what is seen, and as much below


def test_a_larger_window_and_scrolling_make_more(long: Long, qtbot: QtBot) -> None:
    long.put(*NAMES)
    long.show()
    settled(qtbot, long)
    before = len(long.made)
    long.resize(300, 6 * HIGH)
    qtbot.waitUntil(lambda: len(long.made) > before)
    settled(qtbot, long)
    before = len(long.made)
    long.verticalScrollBar().setValue(long.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: len(long.made) > before)
    settled(qtbot, long)
    assert len(long.made) < len(NAMES)


def test_what_stays_is_not_made_again(long: Long, qtbot: QtBot) -> None:
    long.put("a", "b", "c")
    long.show()
    settled(qtbot, long)
    long.put("a", "x", "c", "d")
    settled(qtbot, long)
    assert long.seen == ["a", "x", "c", "d"]
    assert long.made == ["a", "b", "c", "x", "d"]


def test_what_goes_is_hidden_at_once_and_taken_away_step_by_step(long: Long, qtbot: QtBot) -> None:
    long.put(*NAMES[:6])
    long.show()
    settled(qtbot, long)
    long.put("n0")
    assert long.seen == ["n0"]
    settled(qtbot, long)
    qtbot.waitUntil(lambda: len(long.growing.findChildren(Part)) == 1)


def test_what_came_back_is_shown_again(long: Long, qtbot: QtBot) -> None:
    long.put("a", "b", "c")
    long.show()
    settled(qtbot, long)
    long.put("a")
    long.put("a", "b", "c")
    settled(qtbot, long)
    assert long.seen == ["a", "b", "c"]


def test_tab_goes_in_the_order_of_the_list(long: Long, qtbot: QtBot) -> None:
    long.put("a", "b", "c")
    long.show()
    settled(qtbot, long)
    long.put("x", "y", "c")
    settled(qtbot, long)
    parts = {made.name: made for made in long.growing.findChildren(Part) if made.isVisibleTo(long)}
    parts["x"].setFocus()
    for name in ("y", "c"):
        QTest.keyClick(long.focusWidget(), Qt.Key.Key_Tab)
        assert long.focusWidget() is parts[name]
