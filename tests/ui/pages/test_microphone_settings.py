"""How replies are spoken: each control changes its setting alone, and nothing leaves the computer unasked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.ui.pages.settings import SettingsPage

DEVICES = (("usb", "Audífonos USB"), ("pci", "Micrófono interno"))


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    made = SettingsPage()
    qtbot.addWidget(made)
    made.show_microphones(DEVICES)
    return made


def told(page: SettingsPage) -> list[Settings]:
    changes: list[Settings] = []
    page.changed.connect(changes.append)
    return changes


def pick(page: SettingsPage, index: int) -> None:
    """As by keyboard or mouse: Qt tells only those as `activated`."""
    page.speaking.device.setCurrentIndex(index)
    page.speaking.device.activated.emit(index)


def test_every_control_changes_its_setting_alone(page: SettingsPage) -> None:
    before = Settings(last_profile="p1", captions=False)
    page.show_settings(before)
    changes = told(page)
    speaking = page.speaking
    speaking.mode.buttons["open"].click()
    pick(page, 2)
    speaking.headset.click()
    speaking.patience.buttons["long"].click()
    QTest.keyClick(speaking.review, Qt.Key.Key_Space)
    speaking.recogniser.buttons["vosk"].click()
    speaking.record.click()
    QTest.keyClick(speaking.keep, Qt.Key.Key_Up)
    expected = [
        before := replace(before, **change)
        for change in (
            {"input_mode": "open"},
            {"input_device": "pci"},
            {"headset": True},
            {"patience": "long"},
            {"review_heard": False},
            {"recogniser": "vosk"},
            {"record_calls": True},
            {"keep_recordings_days": 31},
        )
    ]
    assert changes == expected


def test_showing_settings_tells_nobody(page: SettingsPage) -> None:
    changes = told(page)
    page.show_settings(
        Settings(
            input_mode="push",
            recogniser="google",
            input_device="pci",
            headset=True,
            patience="short",
            review_heard=False,
            online_allowed=True,
            record_calls=True,
            keep_recordings_days=365,
        )
    )
    speaking = page.speaking
    assert changes == []
    assert (speaking.mode.value, speaking.recogniser.value, speaking.patience.value) == ("push", "google", "short")
    assert (speaking.device.device, speaking.device.currentText()) == ("pci", "Micrófono interno")
    assert (speaking.headset.isChecked(), speaking.review.isChecked(), speaking.online.isChecked()) == (
        True,
        False,
        True,
    )
    assert speaking.keep.text() == "365 días"


def test_the_systems_own_microphone_comes_first_and_says_which_it_is(page: SettingsPage) -> None:
    device = page.speaking.device
    assert [device.itemText(at) for at in range(device.count())] == [
        "El del sistema (Audífonos USB)",
        "Audífonos USB",
        "Micrófono interno",
    ]
    page.show_settings(Settings(input_device="pci"))
    changes = told(page)
    pick(page, 0)
    assert changes[-1].input_device is None


def test_a_microphone_that_is_not_connected_stays_chosen(page: SettingsPage) -> None:
    page.show_settings(Settings(input_device="gone"))
    device = page.speaking.device
    assert device.device == "gone"
    assert device.currentText() == "El elegido antes (no está conectado)"
    page.show_microphones([*DEVICES, ("gone", "Diadema")])
    assert device.currentText() == "Diadema"


def test_choosing_the_same_microphone_again_tells_nobody(page: SettingsPage) -> None:
    changes = told(page)
    pick(page, 0)
    assert changes == []


@pytest.mark.parametrize("name", ["device", "keep"])
def test_scrolling_over_a_control_changes_nothing(qtbot: QtBot, page: SettingsPage, name: str) -> None:
    page.show_settings(Settings(record_calls=True))
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
    control: QWidget = getattr(page.speaking, name)
    QApplication.sendEvent(control, turn)
    assert changes == []


def test_days_are_counted_in_words_and_only_when_recording_is_offered(page: SettingsPage) -> None:
    page.show_settings(Settings(keep_recordings_days=1))
    assert page.speaking.keep.text() == "1 día"
    assert not page.speaking.keep.isEnabled()
    page.speaking.record.click()
    assert page.speaking.keep.isEnabled()


def test_online_recognition_asks_first_and_says_what_it_means(page: SettingsPage) -> None:
    changes = told(page)
    page.speaking.online.click()
    asking = page.speaking.asking
    assert asking is not None
    assert changes == []
    assert not page.speaking.online.isChecked()
    asking.buttons["keep"].click()
    assert changes == []
    assert not page.speaking.online.isChecked()
    assert page.speaking.recogniser.buttons["google"].isHidden()


def test_escape_leaves_online_recognition_off(page: SettingsPage) -> None:
    page.show()
    changes = told(page)
    page.speaking.online.click()
    assert page.speaking.asking is not None
    QTest.keyClick(page.speaking.asking, Qt.Key.Key_Escape)
    assert changes == []
    assert not page.speaking.online.isChecked()


def test_allowed_online_recognition_shows_its_notice_and_its_engine(page: SettingsPage) -> None:
    changes = told(page)
    page.speaking.online.click()
    assert page.speaking.asking is not None
    page.speaking.asking.buttons["allow"].click()
    assert changes == [Settings(online_allowed=True)]
    assert page.speaking.online.isChecked()
    assert not page.speaking.online_note.isHidden()
    assert "Google" in page.speaking.online_note.text()
    assert not page.speaking.recogniser.buttons["google"].isHidden()


def test_turning_online_recognition_off_takes_its_engine_away(page: SettingsPage) -> None:
    page.show_settings(Settings(online_allowed=True, recogniser="google"))
    changes = told(page)
    page.speaking.online.click()
    assert changes == [Settings(online_allowed=False, recogniser="auto")]
    assert page.speaking.recogniser.value == "auto"
    assert page.speaking.recogniser.buttons["google"].isHidden()
    assert page.speaking.online_note.isHidden()


def test_the_recognisers_state_and_the_ways_out(qtbot: QtBot, page: SettingsPage) -> None:
    speaking = page.speaking
    page.show_recogniser_state("No hay modelo.", installable=True)
    assert speaking.recogniser_state.text() == "No hay modelo."
    with qtbot.waitSignal(page.install_model_asked, timeout=1000):
        speaking.install_button.click()
    with qtbot.waitSignal(page.check_microphone_asked, timeout=1000):
        speaking.check_button.click()
    page.show_recogniser_state("Reconoce: Vosk.", installable=False)
    assert speaking.install_button.isHidden()
