"""Getting ready to speak before a call, and what the settings show of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.speech.devices.capturing import CaptureDevice, ScriptedMicrophone
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.listening import choosing
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.ui import ears, speaking_setup
from simulator.ui.main_window import MainWindow
from simulator.ui.model_offer import ModelOfferDialog
from simulator.ui.pages.microphone_check import MicrophoneCheck
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.speaking_setup import CHECK_PAGE, SpeakingSetup
from simulator.ui.tasks import Tasks
from tests.speech.model_folders import SMALL, SPHINX, lay_out

PUSH = Settings(input_mode="push")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@dataclass
class Front:
    """A window with the setup behind it, and what came of it."""

    window: MainWindow
    setup: SpeakingSetup
    models: Path
    went_on: list[str] = field(default_factory=list)
    went_back: list[str] = field(default_factory=list)
    changes: list[dict[str, object]] = field(default_factory=list)

    def go(self, settings: Settings) -> None:
        self.setup.before_call(settings, "Ana", self.back, lambda: self.went_on.append("call"))

    def back(self) -> None:
        self.went_back.append("back")
        self.window.show_page("briefing")

    def dialogs(self) -> list[ModelOfferDialog]:
        return [dialog for dialog in self.window.findChildren(ModelOfferDialog) if dialog.isVisible()]

    def check(self) -> MicrophoneCheck:
        page = self.window.page(CHECK_PAGE)
        assert isinstance(page, MicrophoneCheck)
        return page

    def install(self) -> None:
        """A folder of the form of a Vosk model; the recogniser that is loaded is a scripted one."""
        lay_out(self.models / SMALL)


@pytest.fixture
def front(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    def microphone(parent: ears.Ears) -> CaptureDevice:
        return ScriptedMicrophone(parent=parent)

    monkeypatch.setattr(ears, "open_microphone", microphone)
    monkeypatch.setattr(speaking_setup, "input_choices", lambda: (("usb", "Headset"),))
    monkeypatch.setattr(choosing, "load", lambda *_choice, **_rest: ScriptedRecogniser())
    window = MainWindow()
    qtbot.addWidget(window)
    window.put_page("briefing", QWidget())
    window.show_page("briefing")
    window.show()
    tasks = Tasks()
    setup = SpeakingSetup(window, tmp_path / "models", SilentPlayer(), tasks, window)
    made = Front(window, setup, tmp_path / "models")
    setup.changed.connect(made.changes.append)
    yield made
    setup.close()
    tasks.close()


def test_a_typed_call_waits_for_nothing(front: Front) -> None:
    front.go(Settings())
    assert front.went_on == ["call"]


def test_without_a_model_it_is_offered_once_and_the_call_goes_on(front: Front) -> None:
    front.go(PUSH)
    (dialog,) = front.dialogs()
    assert front.went_on == []
    dialog.offer.declined.emit()
    assert front.went_on == ["call"]
    front.go(PUSH)
    assert front.went_on == ["call", "call"]
    assert not front.setup.can_listen(PUSH)


def test_the_microphone_is_checked_before_the_first_spoken_call(front: Front) -> None:
    front.install()
    front.go(PUSH)
    assert front.window.shown == CHECK_PAGE
    assert front.went_on == []
    front.check().done_button.click()
    assert front.went_on == ["call"]
    assert {"microphone_checked": True, "usual_dbfs": 0} in front.changes
    assert front.window.page(CHECK_PAGE) is None


@pytest.mark.parametrize("way", ["button", "Esc"])
def test_who_leaves_the_check_is_back_at_the_briefing_without_a_call(front: Front, way: str) -> None:
    front.install()
    front.go(PUSH)
    page = front.check()
    if way == "button":
        page.back_button.click()
    else:
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert front.went_on == []
    assert front.window.shown == "briefing"
    assert not any("microphone_checked" in change for change in front.changes)
    assert front.window.page(CHECK_PAGE) is None
    front.go(PUSH)
    assert front.window.shown == CHECK_PAGE


def test_the_check_before_a_call_says_the_name_of_the_trainee(front: Front) -> None:
    front.install()
    front.go(PUSH)
    assert "le habla Ana" in front.check().sentence


def test_the_call_begins_from_the_briefing_once_the_check_is_done(front: Front) -> None:
    front.install()
    front.go(PUSH)
    front.check().done_button.click()
    assert (front.window.shown, front.went_back, front.went_on) == ("briefing", ["back"], ["call"])


def test_the_check_of_the_settings_goes_back_to_them_and_calls_nobody(front: Front) -> None:
    front.install()
    for leave in ("back_button", "done_button"):
        front.setup.show_check(PUSH, "Ana", front.back)
        getattr(front.check(), leave).click()
    assert front.went_back == ["back", "back"]
    assert front.went_on == []


def test_a_check_that_another_page_takes_the_place_of_is_over(front: Front) -> None:
    front.setup.show_check(PUSH, "Ana", front.back)
    front.window.show_page("briefing")
    front.window.navigated.emit("library")
    assert front.window.page(CHECK_PAGE) is None
    assert front.went_back == []


def test_a_checked_microphone_is_not_checked_again(front: Front) -> None:
    front.install()
    front.go(replace(PUSH, microphone_checked=True))
    assert front.went_on == ["call"]


def test_the_settings_say_who_recognises(front: Front, qtbot: QtBot) -> None:
    page = SettingsPage()
    qtbot.addWidget(page)
    front.setup.fill(page, PUSH)
    assert "No hay un modelo" in page.speaking.recogniser_state.text()
    assert not page.speaking.install_button.isHidden()
    lay_out(front.models / "pocketsphinx-es", SPHINX)
    front.setup.fill(page, PUSH)
    assert "pocketsphinx" in page.speaking.recogniser_state.text()
    assert "Solo entiende frases esperadas" in page.speaking.recogniser_state.text()
    assert not page.speaking.install_button.isHidden()  # who has this one may still want to speak freely
    front.install()
    front.setup.fill(page, PUSH)
    assert "vosk" in page.speaking.recogniser_state.text()
    assert page.speaking.install_button.isHidden()


def test_another_choice_is_another_listener(front: Front) -> None:
    front.install()
    first = front.setup.ears.listener(PUSH)
    assert front.setup.ears.listener(replace(PUSH, patience="long")) is first
    assert front.setup.ears.listener(replace(PUSH, recogniser="vosk")) is not first
