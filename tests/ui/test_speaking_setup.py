"""Getting ready to speak before a call, and what the settings show of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
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
from tests.speech.model_folders import SMALL, lay_out

PUSH = Settings(input_mode="push")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@dataclass
class Front:
    """A window with the setup behind it, and what came of it."""

    window: MainWindow
    setup: SpeakingSetup
    models: Path
    went_on: list[str] = field(default_factory=list)
    changes: list[dict[str, object]] = field(default_factory=list)

    def go(self, settings: Settings) -> None:
        self.setup.before_call(settings, lambda: self.went_on.append("call"))

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
    window.show()
    tasks = Tasks()
    player = SilentPlayer()
    setup = SpeakingSetup(window, tmp_path / "models", lambda: player, tasks, window)
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


def test_a_checked_microphone_is_not_checked_again(front: Front) -> None:
    front.install()
    front.go(replace(PUSH, microphone_checked=True))
    assert front.went_on == ["call"]


def test_the_settings_say_who_recognises(front: Front, qtbot: QtBot) -> None:
    page = SettingsPage()
    qtbot.addWidget(page)
    front.setup.fill(page, PUSH)
    assert "No hay un modelo" in page.speaking.recogniser_state.text()
    front.install()
    front.setup.fill(page, PUSH)
    assert "vosk" in page.speaking.recogniser_state.text()


def test_another_choice_is_another_listener(front: Front) -> None:
    front.install()
    first = front.setup.ears.listener(PUSH)
    assert front.setup.ears.listener(replace(PUSH, patience="long")) is first
    assert front.setup.ears.listener(replace(PUSH, recogniser="vosk")) is not first
