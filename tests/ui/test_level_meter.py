"""The level of the microphone is said in words, not by colour alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from simulator.speech.listening.gate import SOFTEST_DBFS
from simulator.ui.level_meter import GOOD_FROM, LOUD_FROM, LevelMeter, zone_of

ORDER = ("silent", "quiet", "good", "loud")


@pytest.mark.parametrize(
    ("dbfs", "zone"),
    [(-90.0, "silent"), (-45.0, "quiet"), (-38.0, "good"), (-24.0, "good"), (-9.0, "loud"), (0.0, "loud")],
)
def test_zones(dbfs: float, zone: str) -> None:
    assert zone_of(dbfs) == zone


@given(st.floats(-200, 20), st.floats(-200, 20))
def test_louder_is_never_a_lower_zone(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert ORDER.index(zone_of(low)) <= ORDER.index(zone_of(high))


def test_the_zones_are_in_order_on_the_scale() -> None:
    assert SOFTEST_DBFS < GOOD_FROM < LOUD_FROM < 0


def test_the_word_is_shown_and_told_to_screen_readers(qtbot: QtBot) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    assert meter.accessibleDescription() == "Micrófono cerrado"
    meter.show_level(-24.0)
    assert (meter.zone, meter.word.text(), meter.accessibleDescription()) == ("good", "Bien", "Bien")
    meter.show_off()
    assert (meter.zone, meter.word.text()) == ("off", "Micrófono cerrado")


def test_a_pause_between_words_changes_no_word_and_silence_does(qtbot: QtBot) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.show_level(-20.0)
    for _reading in range(10):  # half a second
        meter.show_level(-70.0)
    assert meter.word.text() == "Bien"
    for _reading in range(30):
        meter.show_level(-70.0)
    assert meter.word.text() == "No se oye voz"


def test_the_bar_is_longer_when_it_is_louder(qtbot: QtBot, qapp: QApplication) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(400, 80)
    meter.show()
    filled = []
    for dbfs in (-50.0, -30.0, -10.0):
        meter.show_off()
        meter.show_level(dbfs)
        qapp.processEvents()
        drawn = meter.bar.grab().toImage()
        middle = drawn.height() // 2
        first = drawn.pixelColor(3, middle)
        filled.append(sum(drawn.pixelColor(x, middle) == first for x in range(drawn.width())))
    assert filled == sorted(filled)
    assert filled[-1] > filled[0] + 150


def test_the_word_keeps_its_width_beside_the_bar(qtbot: QtBot, qapp: QApplication) -> None:
    meter = LevelMeter(scale=False)
    qtbot.addWidget(meter)
    meter.resize(400, 30)
    meter.show()
    widths = set()
    for dbfs in (-80.0, -45.0, -20.0, -2.0):
        meter.show_level(dbfs)
        qapp.processEvents()
        widths.add(meter.bar.width())
    assert len(widths) == 1
