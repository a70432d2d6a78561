"""The microphone: its settings, its check, the offer of a model, the level."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.heard import RATE, Heard, Word
from simulator.speech.measuring import Measures
from simulator.speech.models import CATALOGUE
from simulator.ui.level_meter import LevelMeter
from simulator.ui.main_window import MainWindow
from simulator.ui.model_offer import ModelOffer, ModelOfferDialog
from simulator.ui.pages.check_report import understood
from simulator.ui.pages.library import LibraryPage
from simulator.ui.pages.microphone_check import MicrophoneCheck
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.tasks import Tasks
from tests.screenshots.staging import Shoot
from tests.ui.sample_services import LIBRARY

DEVICES = (("usb", "Audífonos USB Plantronics"), ("pci", "Micrófono interno (HDA Intel PCH)"))


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, under its name."""
    _settings(shoot)
    _offer(shoot)
    _check(shoot)
    _meter(shoot)


def _settings(shoot: Shoot) -> None:
    page = SettingsPage()
    page.resize(1080, 2200)
    page.show_microphones(DEVICES)
    page.show_settings(Settings(input_mode="push", record_calls=True))
    page.show_recogniser_state("No hay modelo de español: todavía no se entiende lo que usted dice.", installable=True)
    shoot("speaking-settings", page)
    online = SettingsPage()
    online.resize(1080, 2200)
    online.show_microphones(DEVICES)
    online.show_settings(Settings(input_mode="open", headset=True, online_allowed=True, recogniser="google"))
    online.show_recogniser_state("Reconoce: Google, por Internet.", installable=False)
    shoot("speaking-settings-online", online)
    asked = SettingsPage()
    asked.show()
    asked.speaking.online.click()
    shoot("speaking-settings-privacy", asked)
    narrow = SettingsPage()
    narrow.resize(540, 2600)
    narrow.show_microphones(DEVICES)
    narrow.show_recogniser_state("Reconoce: Vosk, modelo pequeño de español.", installable=False)
    shoot("speaking-settings-narrow", narrow)


def _offer(shoot: Shoot) -> None:
    for name, size in (("", (1280, 800)), ("-small", (760, 520))):
        window = MainWindow()
        window.resize(*size)
        page = LibraryPage()
        page.show_library(LIBRARY, guided_done=True)
        window.put_page("library", page)
        window.show_page("library")
        offer = ModelOffer(CATALOGUE["es"])
        window.show()
        ModelOfferDialog(window, offer)
        shoot(f"speaking-offer{name}", window)
        window.show()
        offer.show_progress(14_300_000, 39_000_000)
        shoot(f"speaking-offer{name}-progress", window)
        offer.show_failed(
            "No se puede llegar al servidor alphacephei.com (la red no está disponible). Revise la conexión.",
            resumes=True,
        )
        shoot(f"speaking-offer{name}-failed", window)
        offer.show_installed(CATALOGUE["es"].name)
        shoot(f"speaking-offer{name}-installed", window)


def _check(shoot: Shoot) -> None:
    microphone = ScriptedMicrophone()
    player = SilentPlayer()
    tasks = Tasks()
    page = MicrophoneCheck(
        microphone, player, devices=lambda: DEVICES, tasks=tasks, offer=ModelOffer(CATALOGUE["es"], closable=False)
    )
    page.begin(Settings())
    for _reading in range(3):
        microphone.level.emit(-24.0)
    page.resize(1080, 1200)
    shoot("speaking-check-without-model", page)
    page.begin(Settings(headset=True))
    microphone.level.emit(-21.0)
    page.record_button.click()
    microphone.play(bytes(3 * RATE))
    page.resize(1080, 800)
    shoot("speaking-check-recording", page)
    heard = Heard("buenos días le habla diego en qué le puedo ayudar", (Word("buenos", 0, 200, 93),), "scripted")
    for name, measures, said in (
        ("", Measures(dbfs=-23, noise_dbfs=-61, snr=38, clipped=0), heard),
        ("-noisy", Measures(dbfs=-44, noise_dbfs=-58, snr=14, clipped=0), Heard("")),
        ("-silent", Measures(), None),
    ):
        done = MicrophoneCheck(microphone, player, devices=lambda: DEVICES, tasks=tasks, listener=None)
        done.model.hide()
        done.begin(Settings(headset=True))
        done._show_result(True)
        done.report.show_measures(measures)
        if said is None:
            done._judge(silent=True)
        else:
            done.report.show_words(understood(said))
            done.report.show_playing("¿Se oyó con claridad?")
        microphone.level.emit(-23.0 if not name else -46.0)
        done.resize(1080, 1050)
        shoot(f"speaking-check{name}", done)
    page.begin(Settings())
    microphone.lose()
    page.resize(1080, 800)
    shoot("speaking-check-lost", page)
    page.begin(Settings())
    page.resize(540, 1900)
    shoot("speaking-check-narrow", page)
    tasks.close()


def _meter(shoot: Shoot) -> None:
    page = QWidget()
    page.setObjectName("page")
    inside = QVBoxLayout(page)
    for dbfs in (None, -58.0, -45.0, -24.0, -4.0):
        meter = LevelMeter()
        if dbfs is not None:
            meter.show_level(dbfs)
        inside.addWidget(meter)
    small = LevelMeter(scale=False)
    small.show_level(-22.0)
    small.setMaximumWidth(300)
    inside.addWidget(small)
    page.resize(700, 420)
    shoot("speaking-meter", page)
