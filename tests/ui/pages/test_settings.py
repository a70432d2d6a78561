"""Settings are told as they change, and shown without being told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.ui.pages.settings import SettingsPage


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    made = SettingsPage()
    qtbot.addWidget(made)
    return made


def told(page: SettingsPage) -> list[Settings]:
    changes: list[Settings] = []
    page.changed.connect(changes.append)
    return changes


def test_every_control_changes_its_setting_alone(qtbot: QtBot, page: SettingsPage) -> None:
    before = Settings(last_profile="p1", guided_call_done=("p1",))
    page.show_settings(before)
    changes = told(page)
    QTest.keyClick(page.volume.slider, Qt.Key.Key_Right)
    QTest.keyClick(page.rate.slider, Qt.Key.Key_Left)
    QTest.keyClick(page.text_size.slider, Qt.Key.Key_Right)
    QTest.keyClick(page.captions, Qt.Key.Key_Space)
    page.hints.click()
    page.theme.buttons["dark"].click()
    expected = [
        before := replace(before, **change)
        for change in (
            {"volume": 85},
            {"speech_rate": 95},
            {"text_size": 110},
            {"captions": False},
            {"hints": False},
            {"theme": "dark"},
        )
    ]
    assert changes == expected


def test_showing_settings_tells_nobody(page: SettingsPage) -> None:
    changes = told(page)
    page.show_settings(Settings(captions=False, volume=35, speech_rate=60, text_size=200, theme="dark", hints=False))
    assert changes == []
    assert page.theme.value == "dark"
    assert page.text_size.slider.value() == page.text_size.slider.maximum()


def test_a_value_between_two_steps_is_kept_until_it_is_changed(page: SettingsPage) -> None:
    page.show_settings(Settings(volume=83))
    changes = told(page)
    page.captions.click()
    assert changes[-1].volume == 83


def test_scrolling_over_a_slider_changes_nothing(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitExposed(page):
        page.show()
    changes = told(page)
    none, down = Qt.MouseButton.NoButton, QPoint(0, -120)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        down,
        down,
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.volume.slider, turn)
    assert changes == []


def test_the_voice_can_be_tried_and_its_state_is_said(qtbot: QtBot, page: SettingsPage) -> None:
    with qtbot.waitSignal(page.test_voice, timeout=1000):
        page.test_button.click()
    page.show_voice_state("No hay motor de voz.")
    assert not page.voice_state.isHidden()
    page.show_voice_state("")
    assert page.voice_state.isHidden()
