"""The microphone check, with scripted twins: a microphone that a test speaks into, a player without sound, a
recogniser that gives prepared answers through the real listener."""

import math
import struct
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.heard import RATE, Heard, ListeningUnavailable, Word
from simulator.speech.listening.listener import Listener
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.speech.measuring import Measures
from simulator.speech.models import CATALOGUE
from simulator.ui.model_offer import ModelOffer
from simulator.ui.pages.check_report import findings, understood
from simulator.ui.pages.microphone_check import SECONDS, MicrophoneCheck
from simulator.ui.tasks import Tasks
from tests.speech.synthetic import room

DEVICES = (("usb", "Audífonos USB"), ("pci", "Micrófono interno"))


def voice(seconds: float, amplitude: int = 6000) -> bytes:
    """A buzz of 140 Hz and its overtones in syllables, over hiss of a few bits, between silences of 0.4 s."""
    made = bytearray()
    total = round(seconds * RATE)
    for at in range(total):
        speaking = 0.4 * RATE < at < total - 0.4 * RATE and at % 4000 < 3400
        tone = sum(math.sin(2 * math.pi * 140 * order * at / RATE) / order for order in (1, 2, 3, 4))
        made += struct.pack("<h", round((amplitude * tone / 2 if speaking else 0) + (at * 7919 % 13) - 6))
    return bytes(made)


SPOKEN = voice(SECONDS)


class Bench:
    """A page with its twins."""

    def __init__(self, qtbot: QtBot, *, microphone: ScriptedMicrophone | None = None, offer: bool = False) -> None:
        self.qtbot = qtbot
        self.microphone = microphone or ScriptedMicrophone()
        self.player = SilentPlayer()
        self.tasks = Tasks()
        self.marshal = Marshal()
        self.listeners: list[Listener] = []
        self.devices = list(DEVICES)
        self.page = MicrophoneCheck(
            self.microphone,
            self.player,
            devices=lambda: self.devices,
            tasks=self.tasks,
            offer=ModelOffer(CATALOGUE["es"], closable=False) if offer else None,
            name="Ana",
        )
        qtbot.addWidget(self.page)
        self.chosen: list[dict[str, object]] = []
        self.page.chosen.connect(self.chosen.append)

    def listener(self, loaded: ScriptedRecogniser | ListeningUnavailable) -> Listener:
        made = Listener(lambda: loaded, deliver=self.marshal.deliver)
        self.listeners.append(made)
        return made

    def begin(self, settings: Settings | None = None) -> MicrophoneCheck:
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.begin(settings or Settings())
        return self.page

    def record(self, pcm: bytes = SPOKEN) -> None:
        self.page.record_button.click()
        self.microphone.play(pcm)

    def texts(self, inside: QWidget | None = None) -> list[str]:
        return [made.text() for made in (inside or self.page).findChildren(QLabel) if made.isVisible()]

    def close(self) -> None:
        self.page.hide()
        for listener in self.listeners:
            listener.close()
        self.tasks.close()


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    made.close()


def test_it_opens_the_chosen_microphone_and_closes_it_on_leaving(bench: Bench) -> None:
    opened = [bench.microphone.is_open]
    page = bench.begin(Settings(input_device="pci"))
    opened.append(bench.microphone.is_open)
    assert page.device.device == "pci"
    bench.page.hide()
    opened.append(bench.microphone.is_open)
    assert opened == [False, True, False]
    assert page.meter.zone == "off"


def test_the_level_is_live(bench: Bench) -> None:
    page = bench.begin()
    bench.microphone.play(SPOKEN)
    assert page.meter.zone == "good"
    assert page.result.isHidden()


def test_the_sentence_names_the_person(bench: Bench) -> None:
    assert bench.page.sentence == "Buenos días, le habla Ana, ¿en qué le puedo ayudar?"


def test_a_recording_is_counted_down_measured_and_played_back(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    page.record_button.click()
    assert page.countdown.text() == "Hable ahora: 6 s"
    bench.microphone.play(SPOKEN[: RATE * 2 * 3])
    assert page.countdown.text() == "Hable ahora: 3 s"
    assert page.progress.value() == 3 * RATE
    assert bench.player.played == []
    bench.microphone.play(SPOKEN[RATE * 2 * 3 :] + b"\x01\x00" * RATE)
    assert not page.done_button.isEnabled()  # not before it is known what was recorded
    qtbot.waitUntil(lambda: bool(bench.player.played), timeout=5000)
    assert [(line.pcm, line.rate) for line in bench.player.played] == [(SPOKEN, RATE)]
    qtbot.waitUntil(lambda: any("buena fuerza" in text for text in bench.texts(page.report)), timeout=5000)
    shown = bench.texts(page.report)
    assert "El lugar es bastante silencioso." in shown
    assert any(text.startswith("Nivel −") and "por encima del ruido" in text for text in shown)


def test_it_says_when_it_has_been_heard(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    page.record_button.click()
    bench.microphone.play(SPOKEN[: 2 * RATE])
    with qtbot.waitSignal(bench.player.finished, timeout=5000):
        page.record_button.click()  # stop: what came so far is the recording
    assert page.report.play_state.text() == "¿Se oyó con claridad?"
    page.report.play_button.click()
    assert len(bench.player.played) == 2


@pytest.mark.parametrize("silence", [bytes(2 * RATE * SECONDS), room(SECONDS * 1000, -73), room(SECONDS * 1000, -40)])
def test_silence_is_said_not_played_and_no_microphone_is_tested_by_it(
    qtbot: QtBot, bench: Bench, silence: bytes
) -> None:
    """Nothing at all, the hiss of a muted input, a fan."""
    page = bench.begin()
    page.use_listener(bench.listener(ScriptedRecogniser([Heard("")])))
    bench.record(silence)
    qtbot.waitUntil(lambda: any("No se oyó ninguna voz" in text for text in bench.texts(page.report)), timeout=5000)
    assert any("elija otro" in text for text in bench.texts(page.report))
    assert bench.player.played == []
    assert page.report.play_button.isHidden()
    assert page.report.words.isHidden()
    assert page.done_button.text() == "Ahora no"
    with qtbot.waitSignal(page.done, timeout=1000):
        page.done_button.click()
    assert bench.chosen == []
    bench.record()
    qtbot.waitUntil(lambda: len(bench.player.played) == 1, timeout=5000)
    page.done_button.click()
    assert [one["microphone_checked"] for one in bench.chosen] == [True]
    assert page.done_button.text() == "Listo"


@pytest.mark.parametrize(
    ("measures", "tones", "said"),
    [
        (Measures(dbfs=-24, snr=40, clipped=0), ["good", "good"], "buena fuerza"),
        (Measures(dbfs=-45, snr=30, clipped=0), ["warning", "good"], "acérquese"),
        (Measures(dbfs=-6, snr=50, clipped=0), ["warning", "good"], "aleje"),
        (Measures(dbfs=-15, snr=50, clipped=9), ["warning", "good"], "aleje"),
        (Measures(dbfs=-24, snr=18, clipped=0), ["good", "warning"], "audífonos"),
        (Measures(dbfs=-24, snr=None, clipped=0), ["good", "warning"], "silencio al final"),
        (Measures(), ["warning"], "silenciado"),
    ],
)
def test_each_weakness_has_its_advice(measures: Measures, tones: list[str], said: str) -> None:
    found = findings(measures)
    assert [finding.tone for finding in found] == tones
    assert any(said in finding.text for finding in found)


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (Heard("buenos días", (Word("buenos", 0, 1, 92), Word("días", 1, 2, 90))), "Se entendió: «buenos días»"),
        (Heard("buenos días", (Word("buenos", 0, 1, 42),)), "Se entendió, aunque sin seguridad: «buenos días»"),
        (Heard("buenos días", (Word("buenos", 0, 1, 92),), rejected=True), "No se entendió con seguridad"),
        (Heard(""), "No se entendió con seguridad"),
    ],
)
def test_what_was_understood_is_said_with_its_certainty(heard: Heard, said: str) -> None:
    assert understood(heard).startswith(said)


def test_a_recogniser_hears_the_recording_and_shows_words_as_they_come(qtbot: QtBot, bench: Bench) -> None:
    words = (Word("buenos", 400, 800, 95), Word("días", 800, 1200, 95))
    recogniser = ScriptedRecogniser([Heard("buenos días", words)])
    listener = bench.listener(recogniser)
    page = bench.begin()
    page.use_listener(listener)
    assert page.model.isHidden()
    page.record_button.click()
    bench.microphone.play(SPOKEN[: RATE * 2 * 2])
    qtbot.waitUntil(lambda: page.partial.text().startswith("«buenos"), timeout=5000)
    bench.microphone.play(SPOKEN[RATE * 2 * 2 :])
    assert page.report.words.text().startswith("Un momento")
    qtbot.waitUntil(lambda: page.report.words.text() == "Se entendió: «buenos días»", timeout=5000)
    assert recogniser.hints[0].sentences == (page.sentence,)
    assert recogniser.given == [SPOKEN]


def test_the_listeners_own_callbacks_come_back_when_the_page_is_left(bench: Bench) -> None:
    listener = bench.listener(ScriptedRecogniser())
    heard: list[Heard] = []

    def note(what: Heard, _take: object) -> None:
        heard.append(what)

    listener.on_heard = note
    page = bench.begin()
    page.use_listener(listener)
    assert listener.on_heard is not note
    page.hide()
    assert listener.on_heard is note
    page.begin(Settings())
    assert listener.on_heard is not note


def test_a_recogniser_that_cannot_be_loaded_says_why(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    page.use_listener(bench.listener(ListeningUnavailable("recogniser-not-loaded")))
    qtbot.waitUntil(lambda: not page.model.isHidden(), timeout=5000)
    assert "Quite su modelo" in page.model_state.text()


def test_without_a_model_the_offer_stands_there_and_the_rest_works(qtbot: QtBot) -> None:
    bench = Bench(qtbot, offer=True)
    page = bench.begin()
    assert any("Descargar" in made.text() for made in page.model.findChildren(type(page.record_button)))
    bench.record()
    qtbot.waitUntil(lambda: any("buena fuerza" in text for text in bench.texts(page.report)), timeout=5000)
    assert page.report.words.isHidden()
    bench.close()


def test_a_lost_microphone_is_said_and_can_be_opened_again(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    page.record_button.click()
    bench.microphone.play(SPOKEN[:RATE])
    with qtbot.waitSignal(bench.microphone.lost, timeout=1000):
        bench.microphone.lose()
    assert page.trouble.text.text().startswith("Se perdió el micrófono")
    assert not page.record_button.isEnabled()
    assert page.trouble.retry_button.hasFocus()
    assert bench.player.played == []
    bench.devices = [("pci", "Micrófono interno")]
    page.trouble.retry_button.click()
    assert page.trouble.isHidden()
    assert bench.microphone.is_open
    assert page.device.itemText(1) == "Micrófono interno"
    bench.record()
    qtbot.waitUntil(lambda: len(bench.player.played) == 1, timeout=5000)


def test_no_microphone_at_all_is_said(qtbot: QtBot) -> None:
    bench = Bench(qtbot, microphone=ScriptedMicrophone("no-microphone"))
    with qtbot.waitSignal(bench.microphone.lost, timeout=1000):
        bench.begin()
    assert bench.page.trouble.text.text().startswith("Este equipo no tiene micrófono")
    bench.close()


def test_another_microphone_is_a_setting_and_is_opened(bench: Bench) -> None:
    page = bench.begin()
    page.record_button.click()
    page.device.setCurrentIndex(2)
    page.device.activated.emit(2)
    assert bench.chosen == [{"input_device": "pci"}]
    assert bench.microphone.is_open
    assert page.record_button.text() == "Grabar mi voz"  # the recording of the other one is forgotten


def test_another_microphone_has_not_been_tested_by_the_recording_of_the_one_before(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    bench.record()
    qtbot.waitUntil(lambda: page.result.isVisible() and bench.tasks.idle, timeout=5000)
    page.device.setCurrentIndex(2)
    page.device.activated.emit(2)
    assert page.result.isHidden()
    page.done_button.click()
    assert bench.chosen[-1] == {"microphone_checked": True, "usual_dbfs": 0}


def test_the_steps_that_are_shown_are_numbered_without_a_gap(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()

    def numbers() -> list[str]:
        return [text[:2] for text in bench.texts() if text[:1].isdigit() and text[1:3] == ". "]

    assert numbers() == ["1.", "2.", "3."]
    bench.record()
    qtbot.waitUntil(lambda: page.result.isVisible() and bench.tasks.idle, timeout=5000)
    assert numbers() == ["1.", "2.", "3.", "4."]


def test_the_result_is_in_sight_in_a_low_window(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    page.resize(760, 420)
    bench.record()
    qtbot.waitUntil(lambda: page.result.isVisible() and bench.tasks.idle, timeout=5000)
    qtbot.waitUntil(lambda: not page.report.play_button.visibleRegion().isEmpty(), timeout=2000)


def test_a_recording_of_before_is_no_result_of_now(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    bench.record()
    page.record_button.click()  # at once the next one: the measures of the first come late
    qtbot.waitUntil(lambda: bench.tasks.idle, timeout=5000)
    assert page.result.isHidden()
    bench.microphone.play(bytes(2 * RATE * SECONDS))
    qtbot.waitUntil(lambda: any("No se oyó ninguna voz" in text for text in bench.texts(page.report)), timeout=5000)
    assert not any("buena fuerza" in text for text in bench.texts(page.report))


def test_the_headset_is_asked_not_guessed(bench: Bench) -> None:
    page = bench.begin()
    assert page.headset.value == ""
    page.headset.buttons["yes"].click()
    page.headset.buttons["no"].click()
    assert bench.chosen == [{"headset": True}, {"headset": False}]


def test_done_is_remembered_and_escape_leaves_without_it(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    with qtbot.waitSignal(page.left, timeout=1000):
        QTest.keyClick(page.record_button, Qt.Key.Key_Escape)
    assert bench.chosen == []
    with qtbot.waitSignal(page.done, timeout=1000):
        QTest.keyClick(page.done_button, Qt.Key.Key_Space)
    assert bench.chosen == [{"microphone_checked": True, "usual_dbfs": 0}]


def test_the_keyboard_goes_through_in_the_order_of_the_steps(qtbot: QtBot, bench: Bench) -> None:
    page = bench.begin()
    bench.record()
    qtbot.waitUntil(lambda: page.report.play_button.isVisible(), timeout=5000)
    page.device.setFocus()
    order = []
    for _step in range(6):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        order.append(page.focusWidget())
    expected = [page.record_button, page.report.play_button, page.headset.buttons["yes"], page.done_button]
    positions = [order.index(made) for made in expected if made in order]
    assert positions == sorted(positions)
    assert {page.record_button, page.report.play_button, page.done_button} <= set(order)
